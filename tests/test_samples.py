"""monitor/samples and what is drawn by chance: once a week, made again from its row, judged, reviewed, counted."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor import items, samples
from monitor.articles import Article
from monitor.entries import Entry, Words
from monitor.fetches import Fetch
from monitor.items import BARU, DIKESAMPINGKAN, DIPROSES, SAMPLE, Item, ItemAct, ScoreRow
from monitor.people import Person, Refusal
from monitor.pipeline import Finding, House, acts
from monitor.pipeline import samples as chance
from monitor.pipeline.learning import labels
from monitor.rumors import Rumor
from monitor.samples import BUKA_LAGI, BUKAN_HOAKS, SETUJU, TAK_TERNILAI, TAMPAK_HOAKS
from monitor.sources import Sample, Settings
from monitor.store import Store
from tests import made_city
from tests.asgi import Client
from tests.people import ANI, BUDI, KARTA, RINI

# Monday, 06.30 in WIT: the week before (2026-W47) is just finished.
MONDAY = datetime(2026, 11, 22, 21, 30, tzinfo=made_city.NOW.tzinfo)
WEEK = "2026-W47"


@pytest.fixture
def settings() -> Settings:
    return made_city.settings()


def read_articles(store: Store, count: int, at: datetime, source: str = "Kabar Contoh", **score: object) -> list[int]:
    """Articles that the model let pass; their ids."""
    made = []
    with store.write() as tx:
        visit = tx.add(Fetch(source, "https://kabar.example/rss", at, at, "berhasil"))
        for n in range(count):
            words = Words(f"{source} berita {at.isoformat()} nomor {n}", f"Isi berita ke-{n} dari {source}.")
            tx.put_words([words])
            entry = tx.add(Entry(source, visit.id, f"{source}-{at.isoformat()}-{n}", f"https://kabar.example/{n}",
                                 words.digest, at))
            article = tx.add(Article(entry.id, visit.id, 1, at, entry.url, words.digest, "feed"))
            row = ScoreRow(article.id, at, 0.1, "unclear", 0.2, False, (), (), (), (), "", "uji")
            tx.add(replace(row, **score))  # type: ignore[arg-type]
            made.append(article.id)
    return made


@pytest.fixture
def filled(store: Store) -> Store:
    """A week of articles: 60 ordinary ones, some flagged, some from fact-checkers, and some of the week after."""
    week = MONDAY - timedelta(days=3)
    read_articles(store, 60, week)
    read_articles(store, 5, week, "Cek Contoh")
    read_articles(store, 4, week, "Info Warga", flag=True)
    read_articles(store, 7, MONDAY - timedelta(hours=1))
    return store


def test_twenty_are_drawn_once_and_the_row_tells_how(filled: Store, settings: Settings) -> None:
    assert chance.draw_due(filled, settings, MONDAY - timedelta(hours=1)) is None, "a week is finished at 06.00"
    draw = chance.draw_due(filled, settings, MONDAY)
    assert draw is not None
    assert (draw.label, draw.pool, len(set(draw.articles))) == (WEEK, 60, 20)
    assert chance.draw_due(filled, settings, MONDAY + timedelta(days=2)) is None
    with filled.read() as tx:
        drawn = tx.items_of_articles(draw.articles)
        assert [(one.origin, one.state) for one in drawn] == [(SAMPLE, BARU)] * 20
        assert {row.entry.source for row in tx.queue_rows([one.id for one in drawn])} == {"Kabar Contoh"}
        assert [(act.act, act.key) for act in tx.acts()] == [("undi sampel", WEEK)]
        assert tx.draws() == [draw]
    with filled.read() as tx:
        left = tx.unflagged(draw.start, draw.until, ["Cek Contoh"])
    pool = sorted([*left, *draw.articles])
    assert samples.pooled(pool) == draw.pooled
    assert samples.drawn(reversed(pool), draw.seed, 20) == draw.articles


def test_a_late_draw_is_made_up_once_and_an_office_may_switch_it_off(filled: Store, settings: Settings) -> None:
    off = replace(settings, sample=Sample(articles=0))
    assert chance.draw_due(filled, off, MONDAY) is None
    late = MONDAY + timedelta(days=5)
    few = replace(settings, sample=Sample(articles=3))
    draw = chance.draw_due(filled, few, late)
    assert draw is not None
    assert (draw.label, len(draw.articles)) == (WEEK, 3)
    assert chance.draw_due(filled, settings, late) is None


def test_an_empty_week_draws_nothing(store: Store, settings: Settings) -> None:
    assert chance.draw_due(store, settings, MONDAY) is None


def test_another_secret_draws_others_and_every_article_is_as_likely() -> None:
    pool = range(1000)
    first, second = (samples.drawn(pool, samples.seed(word, WEEK), 20) for word in ("a", "b"))
    assert first != second
    assert samples.seed("a", WEEK) != samples.seed("a", "2026-W48")
    hit = Counter(one for n in range(2000) for one in samples.drawn(range(40), samples.seed(str(n), WEEK), 4))
    assert all(150 < hit[one] < 250 for one in range(40)), "each is drawn about 200 times of 2,000"


def test_same_text_and_what_is_a_konten_already_are_drawn_once_or_never(store: Store, settings: Settings) -> None:
    known = read_articles(store, 3, MONDAY - timedelta(days=2))
    with store.write() as tx:
        row = tx.get(Article, known[0])
        assert row is not None
        score = tx.score_of(row.id)
        assert score is not None
        tx.add(Item(row.id, score.id, MONDAY, 1.0))
        entry = tx.add(Entry("Info Warga", row.fetch, "twin", "https://x.example/twin",
                             tx.get(Article, known[1]).words, row.at))  # type: ignore[union-attr]
        twin = tx.add(Article(entry.id, row.fetch, 1, row.at, entry.url, entry.words, "feed"))
        tx.add(replace(score, id=0, article=twin.id))
    draw = chance.draw_due(store, settings, MONDAY)
    assert draw is not None
    assert sorted(draw.articles) == known[1:]


def drawn(store: Store, settings: Settings) -> list[Item]:
    draw = chance.draw_due(store, settings, MONDAY)
    assert draw is not None
    with store.read() as tx:
        return tx.items_of_articles(draw.articles)


def test_what_people_say_of_it_is_counted_with_an_interval(filled: Store, settings: Settings) -> None:
    rows, now = drawn(filled, settings), MONDAY + timedelta(hours=3)
    for item in rows[:9]:
        assert not isinstance(chance.judge(filled, item.id, 1, ANI, BUKAN_HOAKS, now), Refusal)
    suspected = chance.judge(filled, rows[9].id, 1, BUDI, TAMPAK_HOAKS, now)
    assert isinstance(suspected, Item)
    assert (suspected.state, suspected.holder) == (DIPROSES, "budi")
    acts.on_item(filled, rows[10].id, 1, ANI, lambda one: items.dismiss(one, ANI, "ekstraksi salah", now), now)
    with filled.read() as tx:
        found = chance.found(tx, MONDAY, MONDAY + timedelta(days=7))
        assert chance.found(tx, MONDAY - timedelta(days=7), MONDAY).drawn == 0
        audited = [act.act for act in tx.acts("konten", str(rows[9].id))]
    assert (found.drawn, found.hoaxes.hits, found.hoaxes.of) == (20, 1, 10)
    assert (round(found.hoaxes.low, 3), round(found.hoaxes.high, 3)) == (0.018, 0.404)
    assert audited == [TAMPAK_HOAKS]


def test_what_is_undone_was_not_said(filled: Store, settings: Settings) -> None:
    item, now = drawn(filled, settings)[0], MONDAY + timedelta(hours=3)
    chance.judge(filled, item.id, 1, ANI, TAMPAK_HOAKS, now)
    assert isinstance(acts.undo(filled, item.id, ANI, now + timedelta(seconds=5)), Item)
    with filled.read() as tx:
        assert chance.outcomes(tx, [item]) == {item.id: ""}


@pytest.mark.parametrize("said, expected", [
    ((), ""), (("dismiss bukan hoaks",), BUKAN_HOAKS), (("dismiss opini/kritik",), BUKAN_HOAKS),
    (("dismiss ganda",), TAK_TERNILAI), (("tampak hoaks",), TAMPAK_HOAKS), (("tampak hoaks", "batalkan"), ""),
    (("tampak hoaks", "lepas", "ambil", "dismiss bukan hoaks"), BUKAN_HOAKS),
    (("dismiss bukan hoaks", "buka lagi"), ""), (("ambil",), ""),
    (("tampak hoaks", "dismiss ganda", "batalkan"), TAMPAK_HOAKS),
])
def test_the_last_word_counts(said: tuple[str, ...], expected: str) -> None:
    rows = []
    for word in said:
        dismissal = word.startswith("dismiss ")
        rows.append(ItemAct(1, MONDAY, "ani", "kesampingkan" if dismissal else word, BARU,
                            DIKESAMPINGKAN if dismissal else BARU, word.removeprefix("dismiss ") if dismissal else ""))
    assert samples.outcome(rows) == expected
    assert samples.outcome(rows, "HOAKS") == TAMPAK_HOAKS
    assert samples.outcome(rows, "FAKTA") == BUKAN_HOAKS


def test_only_what_was_drawn_is_judged_so(store: Store, settings: Settings) -> None:
    plain = made_city.add_konten(store, settings, 0)
    for outcome in (BUKAN_HOAKS, TAMPAK_HOAKS, "entah"):
        assert isinstance(chance.judge(store, plain, 1, ANI, outcome, MONDAY), Refusal)
    with store.read() as tx:
        assert tx.item_acts(plain) == []


def test_a_kepala_judges_nothing(filled: Store, settings: Settings) -> None:
    item = drawn(filled, settings)[0]
    for outcome in (BUKAN_HOAKS, TAMPAK_HOAKS):
        assert isinstance(chance.judge(filled, item.id, 1, KARTA, outcome, MONDAY), Refusal)


# Dismissals that chance puts before a redaktur


def dismissed(store: Store, settings: Settings, count: int, who: Person = ANI) -> list[int]:
    """Konten that were set aside; ids of the acts."""
    numbers = []
    for n in range(count):
        item = made_city.add_konten(store, settings, 100 + n * 17)
        acts.on_item(store, item, 1, who, lambda one: items.dismiss(one, who, "bukan hoaks", MONDAY), MONDAY)
        with store.read() as tx:
            numbers.append(tx.item_acts(item)[-1].id)
    return numbers


def test_one_in_twenty_is_chosen_and_nobody_chooses_it() -> None:
    told = [ItemAct(n, MONDAY, "ani", "kesampingkan", BARU, DIKESAMPINGKAN, id=n) for n in range(20_000)]
    chosen = [act.id for act in told if samples.chosen(act, "rahasia", 0.05)]
    assert 900 < len(chosen) < 1100
    assert chosen == [act.id for act in told if samples.chosen(act, "rahasia", 0.05)]
    assert chosen != [act.id for act in told if samples.chosen(act, "lain", 0.05)]
    assert set(chosen) <= {act.id for act in told if samples.chosen(act, "rahasia", 0.2)}
    assert not any(samples.chosen(act, "rahasia", 0.0) for act in told)
    assert all(samples.chosen(act, "rahasia", 1.0) for act in told)


def test_a_redaktur_agrees_or_opens_again(store: Store, settings: Settings) -> None:
    every = replace(settings, sample=Sample(dismissals=1.0))
    first, second, third = dismissed(store, every, 3)
    now = MONDAY + timedelta(minutes=1)
    with store.read() as tx:
        assert chance.picked(tx, every, MONDAY + timedelta(seconds=5)) == [], "an undo is still possible"
        assert [act.id for act, _ in chance.picked(tx, every, now, RINI)] == [third, second, first]
        assert chance.picked(tx, every, now, ANI) == [], "nobody reviews their own"
    assert not isinstance(chance.review(store, every, first, RINI, SETUJU, "", now), Refusal)
    assert isinstance(chance.review(store, every, first, RINI, SETUJU, "", now), acts.Stale)
    assert isinstance(chance.review(store, every, second, RINI, BUKA_LAGI, " ", now), Refusal)
    opened = chance.review(store, every, second, RINI, BUKA_LAGI, "Beredar juga di grup lain.", now)
    assert not isinstance(opened, Refusal)
    assert isinstance(chance.review(store, every, third, ANI, SETUJU, "", now), Refusal)
    assert isinstance(chance.review(store, every, third, KARTA, SETUJU, "", now), Refusal)
    with store.read() as tx:
        figure = chance.agreed(tx, now)
        assert (figure.hits, figure.of, len(chance.picked(tx, every, now))) == (1, 2, 1)
        states = {act.item: tx.get(Item, act.item).state for act in tx.dismissals(MONDAY, now)}  # type: ignore[union-attr]
        assert Counter(states.values()) == {DIKESAMPINGKAN: 2, BARU: 1}
        told = [act.act for act in tx.acts() if act.who == "rini"]
        assert told == ["tinjau: setuju", "tinjau: buka lagi", "buka lagi"]
        assert tx.audit_faults() == []


def test_what_was_opened_again_meanwhile_waits_no_longer(store: Store, settings: Settings) -> None:
    every = replace(settings, sample=Sample(dismissals=1.0))
    act = dismissed(store, every, 1)[0]
    with store.read() as tx:
        number = tx.dismissals(MONDAY, MONDAY + timedelta(hours=1))[0].item
    acts.on_item(store, number, 2, BUDI, lambda one: items.reopen(one, BUDI, "keliru", MONDAY), MONDAY)
    assert isinstance(chance.review(store, every, act, RINI, SETUJU, "", MONDAY + timedelta(hours=1)), acts.Stale)


def test_what_was_drawn_is_remembered_and_stays_what_it_is(store: Store, settings: Settings) -> None:
    lots = chance.Lots()
    for n in range(12):
        share = replace(settings, sample=Sample(dismissals=0.5 if n < 10 else 0.2))
        item = made_city.add_konten(store, settings, 300 + n * 7)
        at = MONDAY + timedelta(days=n * 6)
        acts.on_item(store, item, 1, ANI, lambda one, at=at: items.dismiss(one, ANI, "ganda", at), at)  # type: ignore[misc]
        with store.read() as tx:
            for now in (at + timedelta(minutes=1), at - timedelta(days=2), at + timedelta(days=2)):
                assert chance.picked(tx, share, now, None, lots) == chance.picked(tx, share, now), (n, now)


# The pages


def browser(store: Store, settings: Settings, name: str, *roles: str, now: datetime = MONDAY) -> Client:
    found = Client(pages.app(made_city.desk(store, settings, now=lambda: now)), "http://127.0.0.1:8765")
    found.cookies.set("sesi", made_city.logged_in(store, name, roles, now), domain="127.0.0.1")
    return found


def test_the_sample_is_judged_on_its_page_without_the_indikasi(filled: Store, settings: Settings) -> None:
    sari = browser(filled, settings, "sari", "verifikator", now=MONDAY + timedelta(minutes=5))
    assert "Belum ada undian" in sari.get("/sampel").text
    first, second, *_ = drawn(filled, settings)
    page = BeautifulSoup(sari.get("/sampel").text, "html.parser")
    assert len(page.select(".rows > li")) == 20
    assert page.select(".indikasi, mark") == []
    assert sari.send(f"/sampel/{first.id}", {"versi": "1", "hasil": "entah"}).status_code == 422
    answer = sari.send(f"/sampel/{first.id}", {"versi": "1", "hasil": BUKAN_HOAKS, "minggu": WEEK})
    assert answer.headers["location"] == f"/sampel?minggu={WEEK}#k{first.id}"
    stale = sari.send(f"/sampel/{first.id}", {"versi": "1", "hasil": TAMPAK_HOAKS, "minggu": WEEK})
    assert stale.status_code == 409
    assert "sari lebih dahulu" in stale.text
    assert sari.send(f"/sampel/{second.id}", {"versi": "1", "hasil": TAMPAK_HOAKS}).headers["location"] == (
        f"/konten/{second.id}")
    told = BeautifulSoup(sari.get(f"/sampel?minggu={WEEK}").text, "html.parser").select_one(".lead").get_text()
    assert "50 % (1 dari 2; dengan keyakinan 95 % antara 9 dan 91 %)" in told
    assert sari.get("/sampel?minggu=%00<b>").status_code == 200


def test_a_redaktur_reviews_on_the_page_and_nothing_typed_is_lost(store: Store, settings: Settings) -> None:
    every = replace(settings, sample=Sample(dismissals=1.0))
    first, second = dismissed(store, every, 2)
    rini = browser(store, every, "rini", "redaktur", now=MONDAY + timedelta(minutes=5))
    assert len(BeautifulSoup(rini.get("/tinjauan").text, "html.parser").select(".rows > li")) == 2
    assert rini.send(f"/tinjauan/{first}", {"hasil": BUKA_LAGI, "alasan": " "}).status_code == 422
    assert rini.send(f"/tinjauan/{first}", {"hasil": BUKA_LAGI, "alasan": "Beredar lagi."}).status_code == 303
    assert rini.send(f"/tinjauan/{first}", {"hasil": SETUJU}).status_code == 409
    odd = rini.send(f"/tinjauan/{second}", {"hasil": "entah", "alasan": "<b>ini</b>"})
    assert BeautifulSoup(odd.text, "html.parser").select_one("[name=alasan]")["value"] == "<b>ini</b>"
    assert rini.send("/tinjauan/999999999999999999", {"hasil": SETUJU}).status_code == 409
    assert "0 % (0 dari 1" in rini.get("/tinjauan").text


def test_a_drawn_article_that_looks_like_a_hoax_is_a_label_until_there_is_a_finding(
    filled: Store, settings: Settings
) -> None:
    first, second, third, *_ = drawn(filled, settings)
    now = MONDAY + timedelta(minutes=5)
    chance.judge(filled, first.id, 1, ANI, TAMPAK_HOAKS, now)
    chance.judge(filled, second.id, 1, BUDI, BUKAN_HOAKS, now)
    chance.judge(filled, third.id, 1, BUDI, TAMPAK_HOAKS, now)
    acts.undo(filled, third.id, BUDI, now)
    house = House(settings, filled, None, None, None)  # type: ignore[arg-type]
    assert {(one.account, one.hoax) for one in labels(house)} == {("ani", True), ("budi", False)}
    isu = acts.attach(filled, [(first.id, 2)], ANI, "Klaim yang ternyata benar saja", 0, now)
    assert isinstance(isu, Rumor)
    acts.lay_note(filled, isu.id, ANI, "Segel utuh.", now)
    finding = Finding("Klaim yang ternyata benar saja", "FAKTA", "Memang benar.")
    assert isinstance(acts.propose(filled, settings, isu.id, isu.version, ANI, finding, now), Rumor)
    acts.sign(filled, isu.id, isu.version + 1, KARTA, None, now + timedelta(minutes=1))
    assert [(one.account, one.hoax) for one in labels(house)] == [("budi", False), ("ani", False)]
