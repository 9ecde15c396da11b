"""A year of made-up events in digests: each event in exactly one, stored once, the same bytes again, nothing leaks."""

import csv
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from monitor import digests, shipped
from monitor.cli import app
from monitor.cli.digest import content
from monitor.digests import Digest, Edition, Events, Flagged, IsuLine, Period, SourceLine
from monitor.entries import Words
from monitor.people import Refusal
from monitor.pipeline import answers, editions, reports
from monitor.rumors import Rumor
from tests.office import Office
from tests.people import ANI, RINI

ZONES = ("WIB", "WITA", "WIT")
AT = datetime(2024, 2, 14, 1, 0, tzinfo=UTC)


def period(label: str = "2024-W07", zone: str = "WIT") -> Period:
    found = digests.period(label, zone)
    assert isinstance(found, Period)
    return found


def row(number: int, **more: object) -> Flagged:
    plain = Flagged(number, AT, f"Judul rahasia {number}", f"https://warga.example/{number}", "Info Warga", AT, "BARU",
                    0.9, ("politik_uang",), ("81.72",))  # fmt: skip
    return replace(plain, **more)  # type: ignore[arg-type]


ISU = IsuLine(1, "Surat suara sudah tercoblos", AT, "HOAKS", "konten palsu", "", 4, 3.5,
              "KPU: kotak suara masih tersegel", "12-kpu-kotak-suara/")  # fmt: skip
EVENTS = Events(
    40, 38, (row(1), row(2, finding="HOAKS", title="Kotak tercoblos"), row(3, origin="manual", finding="HOAKS")), 2,
    {"HOAKS": 1}, (2.0, 30.0, 4.0), 5, 1, (SourceLine("Info Warga", 12, 3, AT, "", "Server tidak menjawab."),),
    dismissals={"bukan hoaks": 2}, isu=(ISU,), published=1,
)  # fmt: skip
BEFORE = digests.earlier("2024-W06", replace(EVENTS, flagged=(row(9),), findings={"FAKTA": 2}))
DIGEST = Digest("Diskominfo Kota Contoh", period(), EVENTS, 1, BEFORE, public="https://x.example/publik")


# ---- Periods


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("year", [2020, 2024, 2026])
def test_a_year_of_events_lies_in_weeks_each_in_exactly_one(zone: str, year: int) -> None:
    random = Random(year)
    start = datetime(year, 1, 1, tzinfo=UTC) - timedelta(days=10)
    moments = [start + timedelta(seconds=random.randrange(386 * 86400)) for _ in range(3000)]
    weeks = [period(digests.label_of(start - timedelta(days=7), zone), zone)]
    while weeks[-1].end < start + timedelta(days=400):
        following = digests.week(digests.label_of(weeks[-1].end, zone), zone)
        assert isinstance(following, Period)
        assert following.start == weeks[-1].end
        assert digests.before(following) == weeks[-1]
        weeks.append(following)
    held = Counter(week.label for moment in moments for week in weeks if week.start <= moment < week.end)
    assert held.total() == len(moments)
    assert all(digests.label_of(moment, zone) in held for moment in moments)


@pytest.mark.parametrize(("label", "days", "before"), [
    ("2024-02-14", 1, "2024-02-13"), ("2024-02", 29, "2024-01"), ("2024-01", 31, "2023-12"),
    ("2024-02-01..2024-02-14", 14, "2024-01-18..2024-01-31"), ("2024-w07", 7, "2024-W06"), ("2021-W01", 7, "2020-W53"),
])  # fmt: skip
def test_days_months_and_spans(label: str, days: int, before: str) -> None:
    found = period(label)
    assert found.end - found.start == timedelta(days=days)
    assert digests.before(found).label == before
    assert digests.before(found).end == found.start


@pytest.mark.parametrize("label", ["", "2024", "2024-13", "2024-02-30", "2024-02-14..2024-02-01", "a..b", "2024-02..x"])
def test_what_is_no_period_is_refused(label: str) -> None:
    assert isinstance(digests.period(label, "WIB"), Refusal)


def test_a_week_is_finished_on_monday_at_six_in_the_office() -> None:
    found = period("2024-W07", "WIT")
    monday = datetime(2024, 2, 18, 15, 0, tzinfo=UTC)
    assert not digests.finished(found, monday + timedelta(hours=5, minutes=59))
    assert digests.finished(found, monday + timedelta(hours=6))
    assert digests.last_finished(monday + timedelta(hours=7), "WIT").label == "2024-W07"
    assert digests.last_finished(monday + timedelta(hours=5), "WIT").label == "2024-W06"


# ---- Content


def test_json_comes_back_as_the_same_digest_and_the_same_bytes() -> None:
    for one in (DIGEST, digests.external(DIGEST), replace(DIGEST, before=None, number=3, reason="angka keliru")):
        text = digests.to_json(one)
        assert digests.from_json(text) == one
        assert digests.to_json(digests.from_json(text)) == text


@given(st.text(max_size=200))
def test_no_text_breaks_reading_a_digest(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        digests.from_json(text)


FORMS = ("html", "json", "csv", "whatsapp", "xlsx")


@pytest.mark.parametrize("form", FORMS)
def test_the_external_edition_holds_no_unverified_suspicion(form: str) -> None:
    raw = content(digests.external(DIGEST), form)
    if form == "xlsx":
        with zipfile.ZipFile(BytesIO(raw)) as book:
            raw = b"".join(book.read(name) for name in book.namelist())
    assert b"rahasia 1" not in raw
    assert b"warga.example/1" not in raw
    assert b"Server tidak menjawab" not in raw
    counted = digests.counts(digests.external(DIGEST).events)
    assert counted["flagged"] == 3
    assert digests.tables(digests.external(DIGEST))["topik"] == digests.tables(DIGEST)["topik"]


def test_no_press_outlet_stands_under_a_stamp() -> None:
    told = digests.unstamped(EVENTS, ["Info Warga"])
    assert [(one.source, one.url) for one in told.flagged if one.finding] == [("karya pers", "")] * 2
    assert told.flagged[0] == EVENTS.flagged[0]


def test_every_question_stands_against_the_week_before() -> None:
    tables = digests.tables(DIGEST)
    assert [(line.code, line.now, line.before) for line in tables["hasil"]] == [("HOAKS", 1, 0), ("FAKTA", 0, 2)]
    assert [(line.code, line.now, line.before) for line in tables["athg"]] == [("ancaman", 3, 1)]
    assert digests.tables(replace(DIGEST, before=None))["topik"][0].before is None


def test_what_the_model_got_right_and_wrong() -> None:
    told = replace(EVENTS, sampled=20, judged=15, missed=1)
    assert digests.accuracy(told) == {"confirmed": 1, "dismissed": 2, "sampled": 20, "judged": 15, "missed": 1,
                                      "unchecked": 1}  # fmt: skip
    page = content(replace(DIGEST, events=told), "html").decode()
    assert "15 sudah dinilai orang dan 1 tampak hoaks yang terlewat" in page
    assert "antara 1,2% dan 29,8%" in page
    assert "tidak ada sampel acak" in content(DIGEST, "html").decode()


def test_the_page_leads_with_three_sentences_four_numbers_charts_and_isu() -> None:
    page = content(DIGEST, "html").decode()
    order = ["Dari 38 artikel", "konten menunggu verifikator", "</b> isu terverifikasi", "<svg", "Isu utama",
             "KPU: kotak suara masih tersegel", "Waktu menjawab", "Semua konten yang ditandai"]  # fmt: skip
    places = [page.index(part, page.index("<body>")) for part in order]
    assert places == sorted(places)
    assert 'href="https://x.example/publik/12-kpu-kotak-suara/"' in page
    assert "<script" not in page
    assert "Politik uang" in page


def test_the_third_sentence_tells_of_the_next_stage(tmp_path: Path) -> None:
    office = Office(tmp_path)
    try:
        on = replace(DIGEST, stages=reports.stages(office.settings, period("2024-W47")))
        assert on.sentences[2].startswith("Tahap sekarang: Masa tenang. Berikutnya Pemungutan suara mulai 27 November")
        assert "TPS dipindah" in on.sentences[2]
    finally:
        office.close()


def test_whatsapp_fits_one_screen() -> None:
    many = replace(EVENTS, isu=tuple(replace(ISU, headline="Fakta yang panjang sekali " * 10) for _ in range(9)))
    text = digests.to_whatsapp(replace(DIGEST, events=many))
    assert len(text) <= 900
    assert text.startswith("*Laporan mingguan 2024-W07*")


EVIL = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "  =1+1", "＝1")


@pytest.mark.parametrize("evil", EVIL)
def test_no_cell_is_a_formula(evil: str) -> None:
    digest = replace(DIGEST, events=replace(EVENTS, flagged=(row(1, title=evil, source=evil),)))
    read = list(csv.reader(StringIO(content(digest, "csv").decode("utf-8-sig"))))
    assert read[1][1] == "'" + evil
    with zipfile.ZipFile(BytesIO(content(digest, "xlsx"))) as book:
        sheets = b"".join(book.read(name) for name in book.namelist() if "worksheets/sheet" in name)
    assert b"<f>" not in sheets


@pytest.mark.parametrize("form", FORMS)
def test_the_same_digest_gives_the_same_bytes(form: str) -> None:
    assert content(DIGEST, form) == content(DIGEST, form)


def test_charts_say_in_words_what_they_show_and_escape_names() -> None:
    page = digests.to_html(DIGEST, shipped.text("digest.html"), {"politik_uang": "<b>Uang</b>"})
    assert 'aria-label="Topik konten: &lt;b&gt;Uang&lt;/b&gt; 3"' in page
    assert "<b>Uang" not in page


def unpacked(pdf: bytes) -> bytes:
    """The PDF's streams, as far as they are deflated."""
    found = []
    for stream in re.findall(rb"stream\n(.*?)\nendstream", pdf, re.S):
        with suppress(zlib.error):
            found.append(zlib.decompress(stream))
    return b"".join(found)


def test_pdf_is_tagged_the_same_twice_and_loads_nothing() -> None:
    pytest.importorskip("weasyprint", reason="the extra [pdf] is not installed")
    first = content(DIGEST, "pdf")
    assert first.startswith(b"%PDF")
    assert b"/StructTreeRoot" in unpacked(first)
    assert content(DIGEST, "pdf") == first
    page = '<img src="http://127.0.0.1:1/x.png"><link rel="stylesheet" href="file:///etc/passwd"><p>aman</p>'
    made = digests.to_pdf(page)
    assert isinstance(made, bytes)


# ---- Editions in the store


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.close()


def test_an_unfinished_week_is_not_stored(office: Office) -> None:
    found = period("2024-W47")
    assert isinstance(reports.finish(office.house, found, "internal", office.now), Refusal)
    assert reports.stored(office.house, found, "internal") is None


def test_a_finished_week_is_stored_once_and_given_again_whatever_happens_later(office: Office) -> None:
    found, late = period("2024-W47"), datetime(2024, 11, 25, 3, 0, tzinfo=UTC)
    office.published()
    first = reports.finish(office.house, found, "internal", late)
    assert isinstance(first, Digest)
    assert (len(first.events.flagged), first.events.published, first.number) == (6, 1, 1)
    office.isu(number=2)
    again = reports.finish(office.house, found, "internal", late + timedelta(days=3))
    assert again == first
    assert content(first, "html") == content(again, "html")  # type: ignore[arg-type]
    with office.store.read() as tx:
        assert [one.number for one in tx.editions()] == [1]


def test_a_correction_is_a_new_edition_with_its_reason(office: Office) -> None:
    found, late = period("2024-W47"), datetime(2024, 11, 25, 3, 0, tzinfo=UTC)
    reports.finish(office.house, found, "internal", late)
    second = reports.finish(office.house, found, "internal", late, reason="satu isu terlewat")
    assert isinstance(second, Digest)
    assert (second.number, second.reason) == (2, "satu isu terlewat")
    assert "satu isu terlewat" in content(second, "html").decode()
    assert reports.stored(office.house, found, "internal") == second
    assert reports.stored(office.house, found, "internal", 1) != second


@pytest.mark.parametrize("form", ["html", "json", "csv", "whatsapp", "xlsx"])
def test_erased_words_are_in_no_file_of_a_stored_week(office: Office, form: str) -> None:
    found, late = period("2024-W47"), datetime(2024, 11, 25, 3, 0, tzinfo=UTC)
    office.published()
    first = reports.finish(office.house, found, "internal", late)
    assert isinstance(first, Digest)
    gone, stays = office.konten[3], office.konten[4]
    with office.store.read() as tx:
        edition = tx.edition(found.label, "internal")
        assert edition is not None
        assert gone.words.title not in tx.words_of([edition.words])[edition.words].text
    assert gone.words.title in text(content(first, "json"), "json")
    office.store.erase([gone.words.digest], "Admin", "permintaan", "UU 27/2022", late)
    again = reports.stored(office.house, found, "internal")
    assert again is not None
    made = text(content(again, form), form)
    assert gone.words.title not in made
    assert gone.entry.url not in made
    if form != "whatsapp":
        assert digests.GONE in made
        assert stays.words.title in made
    if form == "html":
        assert "Teks 1 konten sudah dihapus" in made
    assert reports.finish(office.house, found, "internal", late) == again


@pytest.mark.parametrize("form", ["html", "json", "whatsapp", "xlsx"])
def test_erased_claims_and_headlines_are_in_no_file_of_a_stored_week(office: Office, form: str) -> None:
    found, late = period("2024-W47"), datetime(2024, 11, 25, 3, 0, tzinfo=UTC)
    one = office.published()
    first = reports.finish(office.house, found, "internal", late)
    assert isinstance(first, Digest)
    with office.store.read() as tx:
        edition, file = tx.edition(found.label, "internal"), tx.editions_of(one)[0]
        assert edition is not None
        rumor = tx.get(Rumor, first.events.isu[0].rumor)
        assert rumor is not None
        kept = tx.words_of([edition.words])[edition.words].text
    line = first.events.isu[0]
    assert all((line.claim, line.headline, line.link))
    for said in (line.claim, line.headline, line.link):
        assert said not in kept
    office.store.erase([rumor.words, file.words], "Admin", "permintaan", "UU 27/2022", late)
    again = reports.stored(office.house, found, "internal")
    assert again is not None
    assert (again.events.isu[0].claim, again.events.isu[0].headline, again.events.isu[0].link) == (digests.GONE, "", "")
    made = text(content(again, form), form)
    for said in (line.claim, line.headline, line.link):
        assert said not in made


def test_a_correction_of_a_page_leaves_the_headline_of_an_older_week(office: Office) -> None:
    found, late = period("2024-W47"), datetime(2024, 11, 25, 3, 0, tzinfo=UTC)
    one = office.published()
    first = reports.finish(office.house, found, "internal", late)
    office.now = late
    changed = replace(office.opened(one).text, headline="KPU: semua kotak suara masih tersegel rapat")  # type: ignore
    proposed = answers.propose_correction(office.house, one, ANI, changed, "judul kurang jelas", office.later())
    assert not isinstance(proposed, Refusal)
    assert not isinstance(answers.sign_proposal(office.house, one, RINI, office.later()), Refusal)
    assert reports.stored(office.house, found, "internal") == first


class Old:
    """A week as an older program stored it: with the words of its konten and isu."""

    def __init__(self, office: Office, *reasons: str) -> None:
        self.office, self.period, self.at = office, period("2024-W47"), datetime(2024, 11, 25, 3, 0, tzinfo=UTC)
        office.published()
        self.digest = reports.digest(office.house, self.period)
        for number, reason in enumerate(reasons, 1):
            self.store(replace(self.digest, number=number, reason=reason, flagged_before=number))

    def store(self, digest: Digest) -> None:
        words = Words(digests.heading(digest), digests.to_json(digest))
        with self.office.store.write() as tx:
            tx.put_words([words])
            tx.add(Edition(self.period.label, "internal", digest.number, self.period.start, self.period.end, self.at,
                           "jernih", words.digest, digest.reason))

    def payloads(self) -> list[str]:
        with self.office.store.read() as tx:
            return [held.text for one in tx.editions() for held in tx.words_of([one.words]).values()]


def test_what_an_older_program_stored_with_words_is_parted_from_them(office: Office) -> None:
    old = Old(office, "", "satu isu terlewat")
    gone = office.konten[3]
    assert any(gone.words.title in one for one in old.payloads())
    assert editions.part(office.store, old.at) == 2
    assert not any(gone.words.title in one or old.digest.events.isu[0].claim in one for one in old.payloads())
    last = reports.stored(office.house, old.period, "internal")
    assert last is not None
    assert (last.number, last.flagged_before) == (4, 2), "the last stays the last"
    assert last.reason.startswith("satu isu terlewat; isinya sama")
    assert last.events == old.digest.events
    assert editions.part(office.store, old.at) == 0
    assert office.store.audit_faults() == []
    office.store.erase([gone.words.digest], "Admin", "permintaan", "UU 27/2022", old.at)
    again = reports.stored(office.house, old.period, "internal")
    assert again is not None
    assert gone.words.title not in content(again, "json").decode()
    with office.store.read() as tx:
        acts = tx.acts("laporan", "2024-W47 internal")
        assert tx.report_deliveries([one.id for one in tx.editions()]) == []
    assert [act.act for act in acts] == ["pisahkan kata"] * 2


def test_a_correction_by_this_program_stays_the_last(office: Office) -> None:
    old = Old(office, "")
    reports.finish(office.house, old.period, "internal", old.at, reason="angka keliru")
    assert editions.part(office.store, old.at) == 2
    last = reports.stored(office.house, old.period, "internal")
    assert last is not None
    assert last.reason.startswith("angka keliru")


def test_erase_reaches_what_an_older_program_stored(office: Office, tmp_path: Path,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    old, gone = Old(office, ""), office.konten[3]
    monkeypatch.setenv("JERNIH_HOME", str(tmp_path))
    monkeypatch.setenv("JERNIH_DATABASE_URL", "")
    with office.store.read() as tx:
        number = next(one.item.id for one in tx.queue_rows(range(1, 9)) if one.words.title == gone.words.title)
    made = CliRunner().invoke(app, ["erase", str(number), "--why", "permintaan", "--basis", "UU 27/2022"])
    assert made.exit_code == 0, made.output
    assert not any(gone.words.title in one for one in old.payloads())


def text(content: bytes, form: str) -> str:
    if form != "xlsx":
        return content.decode()
    with zipfile.ZipFile(BytesIO(content)) as box:
        return "".join(box.read(name).decode() for name in box.namelist())


def test_a_late_run_is_made_up_once_in_both_editions(office: Office) -> None:
    late = datetime(2024, 11, 28, 3, 0, tzinfo=UTC)
    assert [one.audience for one in reports.finish_due(office.house, late)] == ["internal", "eksternal"]
    assert reports.finish_due(office.house, late + timedelta(hours=1)) == []


def test_events_are_counted_in_their_own_week_only(office: Office) -> None:
    one = office.published()
    with office.store.read() as tx:
        at = tx.editions_of(one)[0].at
    seen = [label for label in ("2024-W46", "2024-W47", "2024-W48")
            if reports.digest(office.house, period(label)).events.published]  # fmt: skip
    assert seen == [digests.label_of(at, "WIT")]


def test_an_empty_week_says_so(office: Office) -> None:
    empty = reports.digest(office.house, period("2023-W10"), "eksternal")
    assert empty.sentences[0] == "Minggu ini tidak ada artikel yang terkumpul."
    assert json.loads(digests.to_json(empty))["counts"]["flagged"] == 0
