"""The whole corridor with a fake web and a real cage and store: what a cycle brings, and what it must not do twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import httpx
import pytest

from classifiers.detector import Score
from monitor import digests, items, pipeline, rumors, sources, store
from monitor.articles import Article
from monitor.cage import Cage
from monitor.entries import Entry, Waiting
from monitor.fetches import Fetch
from monitor.people import Person, Refusal
from monitor.pipeline import Finding, House
from monitor.store import Filters
from monitor.web import Collector
from tests.people import ANI, KARTA

NOW = datetime(2024, 11, 20, 3, 0, tzinfo=UTC)
FEEDS = """
[office]
name = "Diskominfo Kota Contoh"
zone = "WIT"
contact = "diskominfo@contoh.example"
[catalogue]
enabled = false
[[source]]
name = "Kabar"
url = "https://kabar.example/rss.xml"
kind = "rss"
pers = "ya"
[[source]]
name = "Warga"
url = "https://warga.example/rss.xml"
kind = "rss"
[[source]]
name = "Cek Fakta"
url = "https://cekfakta.example/rss.xml"
kind = "rss"
category = "cek_fakta"
"""
PAGE = "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
LONG = "Surat suara sudah tercoblos di gudang, sebarkan sebelum dihapus. " * 12
CALM = "Pemerintah kota membuka pelayanan kependudukan pada hari Sabtu di balai kota bagi warga. " * 12


class Clock:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


class Pointing:
    """A detector that flags whatever asks to be spread: enough to walk the corridor."""

    model = "uji-1"

    def scores(self, texts: list[tuple[str, str]]) -> list[Score]:
        return [self.score(title, text) for title, text in texts]

    def score(self, title: str, text: str) -> Score:
        hit = "sebarkan" in text.lower()
        return Score(0.9 if hit else 0.1, "asserts", 0.8, hit, ("surat_suara",), (), (), (), "", self.model)


def rss(*items: tuple[str, str]) -> str:
    body = "".join(
        f"<item><title>{title}</title><link>{link}</link><pubDate>Tue, 19 Nov 2024 08:00:00 +0700</pubDate></item>"
        for title, link in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{body}</channel></rss>'


class Web:
    """Pages by address; every visit is remembered."""

    def __init__(self) -> None:
        self.visits: list[str] = []
        self.pages = {
            "https://kabar.example/rss.xml": rss(("Pelayanan hari Sabtu", "https://kabar.example/1")),
            "https://warga.example/rss.xml": rss(("GEGER surat suara", "https://warga.example/9")),
            "https://cekfakta.example/rss.xml": rss(("[SALAH] Surat suara", "https://cekfakta.example/5")),
            "https://kabar.example/1": PAGE.format(title="Pelayanan hari Sabtu", text=CALM),
            "https://warga.example/9": PAGE.format(title="GEGER surat suara", text=LONG),
            "https://cekfakta.example/5": PAGE.format(title="[SALAH] Surat suara", text=LONG),
            "https://kpu.example/pengumuman": PAGE.format(title="Pernyataan KPU", text=CALM),
        }

    def __call__(self, request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        if url.endswith("/robots.txt"):
            return httpx.Response(404)
        self.visits.append(url)
        page = self.pages.get(url)
        if page is None:
            return httpx.Response(404, text="tidak ada")
        kind = "application/rss+xml" if page.startswith("<?xml") else "text/html; charset=utf-8"
        return httpx.Response(200, text=page, headers={"content-type": kind})


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    one = Cage()
    yield one
    one.close()


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def house(tmp_path: Path, cage: Cage, web: Web, clock: Clock) -> Iterator[House]:
    settings = sources.read(FEEDS)
    kept = store.open("", tmp_path)
    kept.migrate()
    collector = Collector(settings.network, "uji", transport=httpx.MockTransport(web), gap=0.0, now=clock)
    yield House(settings, kept, collector, cage, Pointing())  # type: ignore[arg-type]
    collector.close()
    kept.close()


def flagged(house: House) -> list[str]:
    with house.store.read() as tx:
        return [row.words.title for row in tx.queue(Filters()) if row.words]


def rows(house: House, kind: type) -> list[object]:
    from sqlalchemy import select

    from monitor.store.tables import TABLES

    with house.store.read() as tx:
        return tx.rows(kind, select(TABLES[kind]))


def test_one_cycle_walks_the_corridor(house: House, clock: Clock) -> None:
    cycle = pipeline.collect(house, clock, Event())
    assert (cycle.due, cycle.fetched, cycle.failed, cycle.new, cycle.flagged) == (3, 6, 0, 3, 1)
    assert flagged(house) == ["GEGER surat suara"]


def test_a_fact_check_is_knowledge_and_never_a_konten(house: House, clock: Clock) -> None:
    pipeline.collect(house, clock, Event())
    assert not [title for title in flagged(house) if "[SALAH]" in title]
    assert len(rows(house, Article)) == 3


def test_the_next_cycle_brings_nothing_twice(house: House, clock: Clock, web: Web) -> None:
    pipeline.collect(house, clock, Event())
    clock.at += timedelta(hours=2)
    cycle = pipeline.collect(house, clock, Event())
    assert (cycle.due, cycle.new, cycle.flagged) == (3, 0, 0)
    assert web.visits.count("https://warga.example/9") == 1


def test_before_their_rhythm_sources_are_left_alone(house: House, clock: Clock, web: Web) -> None:
    pipeline.collect(house, clock, Event())
    seen = len(web.visits)
    clock.at += timedelta(minutes=5)
    assert pipeline.collect(house, clock, Event()).due == 0
    assert len(web.visits) == seen


def test_a_failing_source_is_a_row_and_the_others_go_on(house: House, clock: Clock, web: Web) -> None:
    web.pages["https://kabar.example/rss.xml"] = "<html><title>Internet Positif</title>Situs diblokir</html>"
    cycle = pipeline.collect(house, clock, Event())
    assert cycle.failed == 1
    assert flagged(house) == ["GEGER surat suara"]
    with house.store.read() as tx:
        bad = tx.schedules()["Kabar"]
    assert bad.failures == 1
    assert bad.sentence


def test_a_konten_is_visited_again_and_an_edit_becomes_a_version(house: House, clock: Clock, web: Web) -> None:
    pipeline.collect(house, clock, Event())
    web.pages["https://warga.example/9"] = PAGE.format(title="GEGER surat suara (ralat)", text=LONG + "Ralat: keliru.")
    clock.at += timedelta(hours=7)
    assert pipeline.collect(house, clock, Event()).flagged == 0, "an edited konten is no new one"
    with house.store.read() as tx:
        row = tx.queue(Filters())[0]
        detail = tx.item(row.item.id)
    assert detail is not None
    assert [version.version for version, _ in detail.versions] == [1, 2]
    assert len(flagged(house)) == 1


def test_a_konten_that_the_feed_carries_whole_is_not_looked_up_again_on_its_page(
    house: House, clock: Clock, web: Web
) -> None:
    feed = rss(("GEGER surat suara", "https://warga.example/9")).replace(
        "</item>", f"<content:encoded><![CDATA[<p>{LONG}</p>]]></content:encoded></item>"
    )
    web.pages["https://warga.example/rss.xml"] = feed.replace(
        '<rss version="2.0">', '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    )
    pipeline.collect(house, clock, Event())
    assert flagged(house) == ["GEGER surat suara"]
    clock.at += timedelta(hours=7)
    pipeline.collect(house, clock, Event())
    assert "https://warga.example/9" not in web.visits


def test_an_unedited_page_gives_no_second_version(house: House, clock: Clock, web: Web) -> None:
    pipeline.collect(house, clock, Event())
    clock.at += timedelta(hours=7)
    pipeline.collect(house, clock, Event())
    assert web.visits.count("https://warga.example/9") == 2
    assert len(rows(house, Article)) == 3


def versions(house: House) -> dict[str, list[str]]:
    """The titles of every version of an article, by the entry's address."""
    with house.store.read() as tx:
        entries = {one.id: one.url for one in rows(house, Entry)}  # type: ignore[attr-defined]
        articles = sorted(rows(house, Article), key=lambda one: one.version)  # type: ignore[attr-defined]
        words = tx.words_of(one.words for one in articles)  # type: ignore[attr-defined]
    found: dict[str, list[str]] = {}
    for one in articles:
        found.setdefault(entries[one.entry], []).append(words[one.words].title)  # type: ignore[attr-defined]
    return found


def test_a_title_that_changes_in_the_feed_is_an_edit_and_may_become_a_konten(
    house: House, clock: Clock, web: Web
) -> None:
    pipeline.collect(house, clock, Event())
    web.pages["https://kabar.example/rss.xml"] = rss(("GEGER pelayanan Sabtu", "https://kabar.example/1"))
    web.pages["https://kabar.example/1"] = PAGE.format(title="GEGER pelayanan Sabtu", text=LONG)
    clock.at += timedelta(hours=2)
    pipeline.collect(house, clock, Event())
    assert versions(house)["https://kabar.example/1"] == ["Pelayanan hari Sabtu", "GEGER pelayanan Sabtu"]
    assert sorted(flagged(house)) == ["GEGER pelayanan Sabtu", "GEGER surat suara"]
    seen = web.visits.count("https://kabar.example/1")
    clock.at += timedelta(minutes=40)
    pipeline.collect(house, clock, Event())
    assert web.visits.count("https://kabar.example/1") == seen == 2


def test_where_the_page_cannot_be_read_an_edit_is_what_the_feed_says_now(
    house: House, clock: Clock, web: Web
) -> None:
    del web.pages["https://kabar.example/1"]
    pipeline.collect(house, clock, Event())
    web.pages["https://kabar.example/rss.xml"] = rss(("Pelayanan Sabtu batal", "https://kabar.example/1"))
    clock.at += timedelta(hours=2)
    pipeline.collect(house, clock, Event())
    assert versions(house)["https://kabar.example/1"] == ["Pelayanan hari Sabtu", "Pelayanan Sabtu batal"]


def test_a_text_that_the_feed_carries_is_edited_without_a_visit(house: House, clock: Clock, web: Web) -> None:
    def carrying(title: str, text: str) -> str:
        namespace = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        return rss((title, "https://kabar.example/1")).replace("<rss", f"<rss {namespace}").replace(
            "</item>", f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>")  # fmt: skip

    web.pages["https://kabar.example/rss.xml"] = carrying("Pelayanan hari Sabtu", CALM)
    pipeline.collect(house, clock, Event())
    web.pages["https://kabar.example/rss.xml"] = carrying("GEGER pelayanan", LONG)
    clock.at += timedelta(hours=2)
    pipeline.collect(house, clock, Event())
    assert versions(house)["https://kabar.example/1"] == ["Pelayanan hari Sabtu", "GEGER pelayanan"]
    assert "https://kabar.example/1" not in web.visits
    assert "GEGER pelayanan" in flagged(house)


def test_another_source_that_words_a_title_its_own_way_edits_nothing(house: House, clock: Clock, web: Web) -> None:
    pipeline.collect(house, clock, Event())
    web.pages["https://warga.example/rss.xml"] = rss(("Kata warga: pelayanan", "https://kabar.example/1"))
    clock.at += timedelta(hours=2)
    assert pipeline.collect(house, clock, Event()).new == 0
    assert web.visits.count("https://kabar.example/1") == 1
    assert versions(house)["https://kabar.example/1"] == ["Pelayanan hari Sabtu"]


def test_a_title_that_changes_at_every_visit_costs_one_page_an_hour(house: House, clock: Clock, web: Web) -> None:
    often = FEEDS.replace('name = "Kabar"\n', 'name = "Kabar"\nrhythm = "15m"\n')
    house = replace(house, settings=sources.read(often))
    pipeline.collect(house, clock, Event())
    for number in range(12):
        web.pages["https://kabar.example/rss.xml"] = rss((f"Dibaca {number} kali", "https://kabar.example/1"))
        clock.at += timedelta(minutes=20)
        pipeline.collect(house, clock, Event())
    assert web.visits.count("https://kabar.example/rss.xml") == 13
    assert web.visits.count("https://kabar.example/1") == 1 + 4
    assert len(versions(house)["https://kabar.example/1"]) == 1


def test_an_edit_waits_until_the_version_before_it_is_scored(house: House, clock: Clock, web: Web) -> None:
    blind = replace(house, detector=None)
    pipeline.collect(blind, clock, Event())
    web.pages["https://kabar.example/rss.xml"] = rss(("Pelayanan batal", "https://kabar.example/1"))
    web.pages["https://kabar.example/1"] = PAGE.format(title="Pelayanan batal", text=CALM)
    clock.at += timedelta(hours=2)
    pipeline.collect(blind, clock, Event())
    assert len(versions(house)["https://kabar.example/1"]) == 1
    for _ in range(2):
        clock.at += timedelta(hours=2)
        pipeline.collect(house, clock, Event())
    assert versions(house)["https://kabar.example/1"] == ["Pelayanan hari Sabtu", "Pelayanan batal"]


def test_a_page_that_is_gone_leaves_an_article_of_title_and_summary(house: House, clock: Clock, web: Web) -> None:
    del web.pages["https://warga.example/9"]
    pipeline.collect(house, clock, Event())
    with house.store.read() as tx:
        articles = [one for one in rows(house, Article) if one.method == "feed"]  # type: ignore[attr-defined]
        words = tx.words_of(one.words for one in articles)  # type: ignore[attr-defined]
    assert [one.title for one in words.values()] == ["GEGER surat suara"]
    assert articles[0].doubt  # type: ignore[attr-defined]
    assert articles[0].sentence  # type: ignore[attr-defined]


def test_an_entry_without_an_address_is_judged_by_what_the_feed_says(house: House, clock: Clock, web: Web) -> None:
    web.pages["https://warga.example/rss.xml"] = (
        '<?xml version="1.0"?><rss version="2.0"><channel><item><guid isPermaLink="false">9</guid>'
        "<title>GEGER surat suara</title><description>Sebarkan sebelum dihapus.</description></item></channel></rss>"
    )
    cycle = pipeline.collect(house, clock, Event())
    assert (cycle.new, cycle.flagged) == (3, 1)
    assert flagged(house) == ["GEGER surat suara"]


def test_a_page_that_fails_for_now_is_tried_later(house: House, clock: Clock, web: Web) -> None:
    page = web.pages.pop("https://warga.example/9")
    web.pages["https://warga.example/9"] = ""
    pipeline.collect(house, clock, Event())
    web.pages["https://warga.example/9"] = page
    clock.at += timedelta(hours=2)
    pipeline.collect(house, clock, Event())
    assert flagged(house) == ["GEGER surat suara"]


def test_without_a_model_articles_wait_and_are_scored_later(house: House, clock: Clock) -> None:
    pipeline.collect(replace(house, detector=None), clock, Event())
    assert flagged(house) == []
    with house.store.read() as tx:
        assert tx.waiting_counts() == {"score": 3}
    clock.at += timedelta(minutes=1)
    pipeline.collect(house, clock, Event())
    assert flagged(house) == ["GEGER surat suara"]


def test_told_to_stop_it_ends_with_rows_that_say_so(house: House, clock: Clock) -> None:
    stop = Event()
    stop.set()
    cycle = pipeline.collect(house, clock, stop)
    assert cycle.stopped
    assert {one.outcome for one in rows(house, Fetch)} == {"dihentikan"}  # type: ignore[attr-defined]
    assert pipeline.collect(house, clock, Event()).new == 3


FINDING = Finding("Surat suara sudah tercoblos di gudang KPU", "HOAKS", "KPU: semua tersegel.", "konten palsu")


def propose(house: House, clock: Clock, person: Person = ANI, finding: Finding = FINDING) -> object:
    links = pipeline.visit_links(house, ["https://kpu.example/pengumuman"], clock, Event())
    with house.store.read() as tx:
        item = tx.queue(Filters())[0].item.id
    return pipeline.propose(house, item, person, finding, links, clock())


def test_a_finding_is_proposed_signed_and_stands_in_the_weekly_report(house: House, clock: Clock) -> None:
    pipeline.collect(house, clock, Event())
    outcome = propose(house, clock)
    assert isinstance(outcome, tuple), outcome
    rumor, _ = outcome
    assert rumor.state == rumors.MENUNGGU
    with house.store.read() as tx:
        evidence = tx.evidence(rumor.id)[0]
        assert tx.words_of([evidence.words])[evidence.words].title == "Pernyataan KPU"
    assert house.store.kept(evidence.page)
    clock.at += timedelta(minutes=1)
    signed = pipeline.sign(house, rumor.id, KARTA, None, clock())
    assert not isinstance(signed, Refusal)
    assert signed.state == rumors.TERVERIFIKASI
    period = digests.week("2024-W47", "WIT")
    assert isinstance(period, digests.Period)
    digest = pipeline.digest(house, period)
    assert [(row.title, row.state, row.finding) for row in digest.events.flagged] == [
        ("GEGER surat suara", items.DALAM_ISU, "HOAKS")
    ]
    assert digest.events.findings == {"HOAKS": 1}
    with house.store.read() as tx:
        assert tx.audit_faults() == []
        assert [act.act for act in tx.acts()] == ["ambil", "lekatkan ke isu", "ajukan hasil", "setujui"]


def test_a_refused_finding_leaves_nothing_behind(house: House, clock: Clock) -> None:
    pipeline.collect(house, clock, Event())
    outcome = propose(house, clock, finding=replace(FINDING, criticism=True))
    assert isinstance(outcome, Refusal)
    with house.store.read() as tx:
        assert tx.acts() == []
        assert tx.queue(Filters())[0].item.state == items.BARU
        assert tx.rumors() == []


def test_waiting_rows_are_gone_when_all_is_done(house: House, clock: Clock) -> None:
    pipeline.collect(house, clock, Event())
    left = rows(house, Waiting)
    assert [(one.stage, one.due) for one in left] == [("page", NOW + timedelta(hours=6))]  # type: ignore[attr-defined]
