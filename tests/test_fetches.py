"""Room fetches: when a source is due, what its answer means, and what the person reads about it."""

import gzip
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from monitor import fetches
from monitor.fetches import Fetch, Move, Reply, Request, Schedule, Visit
from monitor.sources import Source

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(hours=24)
FEED = b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>Kabar</title></item></channel></rss>'
SOURCE = Source("Kabar Contoh", "https://contoh.go.id/umpan", "rss", rhythm=3600)


def reply(status: int = 200, body: bytes = FEED, source: Source = SOURCE, asked: str = "", **more: object) -> Reply:
    request = Request(source.name, source.url, source.name, etag=asked)
    values: dict[str, object] = {"final_url": source.url, "headers": {"content-type": "application/rss+xml"}}
    return Reply(request, NOW, NOW, status, body=body, **(values | more))  # type: ignore[arg-type]


def judge(answer: Reply, schedule: Schedule | None = None, source: Source = SOURCE, spread: float = 0.0) -> Visit:
    return fetches.judge(source, schedule, answer, NOW, spread)


def after_failures(count: int, **more: object) -> Schedule:
    return Schedule(SOURCE.name, NOW, failures=count, origin=SOURCE.url, **more)  # type: ignore[arg-type]


# Retry-After, Cache-Control, Expires: the dates of a server.

RETRY_AFTER = [
    ("120", 120),
    ("0", 0),
    (" 60 ", 60),
    ("86400", 86_400),
    ("86401", 86_400),
    ("999999999", 86_400),
    ("9" * 5_000, 86_400),
    ("-5", 0),
    ("1.5", 0),
    ("1e3", 0),
    ("٣٠", 0),
    ("", 0),
    ("soon", 0),
    ("Sat, 21 Nov 2026 03:10:00 GMT", 600),
    ("Saturday, 21-Nov-26 03:10:00 GMT", 600),
    ("Sat Nov 21 03:10:00 2026", 600),
    ("Sat, 21 Nov 2026 10:10:00 +0700", 600),
    ("Sat, 21 Nov 2026 03:10:00 -0000", 600),
    ("Sat, 21 Nov 2026 02:59:00 GMT", 0),
    ("Sun, 22 Nov 2026 04:00:00 GMT", 86_400),
    ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400),
    ("Sat, 21 Nov 0000 03:10:00 GMT", 0),
    ("Sat, 32 Nov 2026 03:10:00 GMT", 0),
    ("Sat, 21 Nov 2026 25:10:00 GMT", 0),
    ("Sab, 21 Nop 2026 03:10:00 WIB", 0),
    ("\x00", 0),
]


@pytest.mark.parametrize("text, seconds", RETRY_AFTER)
def test_retry_after(text: str, seconds: int) -> None:
    assert fetches.retry_after({"retry-after": text}, NOW) == timedelta(seconds=seconds)


FRESH = [
    ({"cache-control": "max-age=600"}, 600),
    ({"cache-control": "public, max-age=600, must-revalidate"}, 600),
    ({"cache-control": 'Max-Age="600"'}, 600),
    ({"cache-control": "max-age=600", "age": "100"}, 500),
    ({"cache-control": "max-age=600", "age": "900"}, 0),
    ({"cache-control": "max-age=600", "age": "-3"}, 600),
    ({"cache-control": "max-age=31536000"}, 86_400),
    ({"cache-control": "max-age=99999999999999999999"}, 0),
    ({"cache-control": "max-age=-1"}, 0),
    ({"cache-control": "max-age=abc"}, 0),
    ({"cache-control": "s-maxage=600"}, 0),
    ({"cache-control": "xmax-age=600"}, 0),
    ({"cache-control": "no-cache, max-age=600"}, 0),
    ({"cache-control": "no-store"}, 0),
    ({"cache-control": "private", "expires": "Sat, 21 Nov 2026 03:10:00 GMT"}, 600),
    ({"cache-control": "max-age=60", "expires": "Sat, 21 Nov 2026 03:10:00 GMT"}, 60),
    ({"expires": "Sat, 21 Nov 2026 03:10:00 GMT", "date": "Sat, 21 Nov 2026 03:05:00 GMT"}, 300),
    ({"expires": "Sat, 21 Nov 2026 03:10:00 GMT", "date": "nonsense"}, 600),
    ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0),
    ({"expires": "0"}, 0),
    ({"expires": "-1"}, 0),
    ({"expires": "Mon, 21 Nov 2039 03:10:00 GMT"}, 86_400),
    ({}, 0),
]


@pytest.mark.parametrize("headers, seconds", FRESH)
def test_fresh_for(headers: dict[str, str], seconds: int) -> None:
    assert fetches.fresh_for(headers, NOW) == timedelta(seconds=seconds)


# Due.

DUE = [
    ("never visited", None, True),
    ("due now", Schedule("Kabar Contoh", NOW), True),
    ("long overdue", Schedule("Kabar Contoh", NOW - timedelta(days=400)), True),
    ("due in a second", Schedule("Kabar Contoh", NOW + timedelta(seconds=1)), False),
    ("due in a day", Schedule("Kabar Contoh", NOW + DAY), False),
    ("clock was years ahead", Schedule("Kabar Contoh", NOW + timedelta(days=1500)), True),
    ("tried in the future", Schedule("Kabar Contoh", NOW + HOUR, tried=NOW + timedelta(hours=3)), True),
    ("tried a little in the future", Schedule("Kabar Contoh", NOW + HOUR, tried=NOW + timedelta(minutes=2)), False),
    ("paused", Schedule("Kabar Contoh", NOW - HOUR, paused="dihapus"), False),
    ("address edited", Schedule("Kabar Contoh", NOW + HOUR, paused="dihapus", origin="https://lama.go.id/"), True),
]


@pytest.mark.parametrize("name, schedule, expected", DUE)
def test_due(name: str, schedule: Schedule | None, expected: bool) -> None:
    schedules = {SOURCE.name: schedule} if schedule else {}
    assert bool(fetches.due(schedules, [SOURCE], NOW)) is expected, name


def test_due_leaves_out_disabled_sources_and_puts_the_longest_overdue_first() -> None:
    sources = [replace(SOURCE, name=name, enabled=name != "mati") for name in ("baru", "lama", "mati")]
    schedules = {n: Schedule(n, NOW - timedelta(days=d), origin=SOURCE.url) for n, d in (("baru", 1), ("lama", 9))}
    assert [one.name for one in fetches.due(schedules, sources, NOW)] == ["lama", "baru"]


def test_a_weekly_source_is_not_mistaken_for_a_clock_jump() -> None:
    weekly = replace(SOURCE, rhythm=7 * 86_400)
    schedules = {SOURCE.name: Schedule(SOURCE.name, NOW + timedelta(days=6), origin=SOURCE.url)}
    assert fetches.due(schedules, [weekly], NOW) == []


# Request.


def test_a_request_is_conditional_and_goes_to_where_the_source_moved() -> None:
    new = "https://baru.go.id/u"
    state = Schedule(SOURCE.name, NOW, etag='"a"', last_modified="x", address=new, origin=SOURCE.url)
    assert fetches.request(SOURCE, state) == Request(SOURCE.name, new, SOURCE.name, etag='"a"', last_modified="x")


def test_a_request_after_an_edited_address_forgets_what_was_learnt_from_the_old_one() -> None:
    state = Schedule("Kabar Contoh", NOW, etag='"a"', address="https://baru.go.id/u", origin="https://lama.go.id/u")
    assert fetches.request(SOURCE, state) == Request("Kabar Contoh", SOURCE.url, "Kabar Contoh")


def test_a_robots_exception_is_passed_on() -> None:
    assert fetches.request(replace(SOURCE, robots_exception="izin tertulis 3 Mei"), None).robots_exception


# Judge: every outcome.

HTML = b"<!doctype html><html><head><title>Beranda</title></head><body><p>Selamat datang</p></body></html>"
CHALLENGE = b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Enable JavaScript</body></html>"
OUTCOMES = [
    ("a feed", reply(), "berhasil", False),
    ("203", reply(203), "berhasil", False),
    ("304", reply(304, b"", asked='"a"'), "tidak berubah", False),
    ("304 unasked", reply(304, b""), "jawaban janggal", True),
    ("204", reply(204, b""), "kosong", True),
    ("zero bytes", reply(200, b""), "kosong", True),
    ("only spaces", reply(200, b" \r\n\t "), "kosong", True),
    ("HTML for a feed", reply(200, HTML), "bukan umpan", True),
    ("HTML for a feed, with a BOM", reply(200, b"\xef\xbb\xbf\n" + HTML), "bukan umpan", True),
    ("a challenge with 403", reply(403, CHALLENGE), "uji peramban", False),
    ("a challenge told by a header", reply(403, b"x", headers={"cf-mitigated": "challenge"}), "uji peramban", False),
    ("a redirect to the block page", reply(final_url="http://internetpositif.uzone.id/"), "diblokir jaringan", False),
    ("451", reply(451, b""), "diblokir jaringan", False),
    ("511", reply(511, b""), "halaman masuk jaringan", True),
    ("301 without an address", reply(301, b""), "jawaban janggal", True),
    ("206", reply(206), "jawaban janggal", True),
    ("400", reply(400, b""), "ditolak situs", False),
    ("401", reply(401, b""), "perlu masuk", False),
    ("403", reply(403, b""), "ditolak situs", False),
    ("404", reply(404, b""), "tidak ada", False),
    ("407", reply(407, b""), "proksi bermasalah", True),
    ("408", reply(408, b""), "waktu habis", True),
    ("410", reply(410, b""), "dihapus", False),
    ("418", reply(418, b""), "ditolak situs", False),
    ("425", reply(425, b""), "diminta pelan", True),
    ("429", reply(429, b""), "diminta pelan", True),
    ("500", reply(500, b""), "situs bermasalah", True),
    ("503", reply(503, b""), "situs bermasalah", True),
    ("599", reply(599, b""), "situs bermasalah", True),
    ("999", reply(999, b""), "jawaban janggal", True),
    *[(code, reply(0, b"", error=code, cause="why"), fetches.OUTCOMES[code].term, not fetches.OUTCOMES[code].hard)
      for code in fetches.ERRORS],
]  # fmt: skip


@pytest.mark.parametrize("name, answer, outcome, retry", OUTCOMES)
def test_every_answer_has_its_outcome_and_two_texts(name: str, answer: Reply, outcome: str, retry: bool) -> None:
    fetch = judge(answer).fetch
    assert (fetch.outcome, fetch.retry) == (outcome, retry), name
    if not fetches.good(outcome):
        assert fetch.cause
        assert fetch.sentence.endswith(".")
        assert len(fetch.sentence) > 40


def test_the_row_holds_what_came() -> None:
    fetch = judge(reply()).fetch
    assert (fetch.size, fetch.digest) == (len(FEED), sha256(FEED).hexdigest())
    assert (fetch.source, fetch.url, fetch.final_url, fetch.status) == (SOURCE.name, SOURCE.url, SOURCE.url, 200)


def test_terms_and_sentences_are_plain_and_different() -> None:
    terms = [one.term for one in fetches.OUTCOMES.values()]
    sentences = [one.sentence for one in fetches.OUTCOMES.values() if one.sentence]
    assert len(set(terms)) == len(terms)
    assert len(set(sentences)) == len(sentences)
    for sentence in sentences:
        assert not any(word in sentence.lower() for word in ("crawl", "feed ", "fetch", "timeout", "error")), sentence
        assert sentence[0].isupper()


def test_html_is_what_a_listing_is_fetched_for() -> None:
    listing = replace(SOURCE, kind="html")
    visit = fetches.judge(listing, None, reply(200, HTML, listing), NOW, 0.0)
    assert visit.parse
    assert visit.fetch.outcome == "berhasil"


# The next visit.

NEXT = [
    ("a good visit waits for its rhythm", reply(), 0, 3600),
    ("304 too", reply(304, b"", asked='"a"'), 0, 3600),
    ("a fresh answer waits longer", reply(headers={"cache-control": "max-age=7200"}), 0, 7200),
    ("a short freshness changes nothing", reply(headers={"cache-control": "max-age=60"}), 0, 3600),
    ("freshness is capped", reply(headers={"cache-control": "max-age=999999"}), 0, 86_400),
    ("first soft failure", reply(500), 0, 3600),
    ("second", reply(500), 1, 7200),
    ("tenth", reply(500), 9, 36_000),
    ("capped", reply(500), 27, 86_400),
    ("first hard failure", reply(404), 0, 21_600),
    ("second hard failure", reply(404), 1, 43_200),
    ("hard, capped", reply(404), 12, 86_400),
    ("Retry-After is longer", reply(503, headers={"retry-after": "10000"}), 0, 10_000),
    ("Retry-After is shorter", reply(503, headers={"retry-after": "10"}), 0, 3600),
    ("Retry-After is absurd", reply(429, headers={"retry-after": "9999999"}), 0, 86_400),
]


@pytest.mark.parametrize("name, answer, failures, seconds", NEXT)
def test_the_next_visit(name: str, answer: Reply, failures: int, seconds: int) -> None:
    schedule = judge(answer, after_failures(failures)).schedule
    assert schedule.due - NOW == timedelta(seconds=seconds), name
    assert schedule.tried == NOW


@pytest.mark.parametrize("spread", [0.0, 0.3, 1.0])
def test_jitter_only_adds_and_never_beyond_a_day(spread: float) -> None:
    good = judge(reply(), spread=spread).schedule.due - NOW
    assert good == HOUR * (1 + 0.1 * spread)
    assert judge(reply(404), after_failures(20), spread=spread).schedule.due - NOW == DAY


def test_a_weekly_source_waits_a_week_when_it_is_well_and_a_day_when_it_fails() -> None:
    weekly = replace(SOURCE, rhythm=7 * 86_400)
    assert judge(reply(source=weekly), source=weekly).schedule.due - NOW == timedelta(days=7)
    assert judge(reply(500, source=weekly), source=weekly).schedule.due - NOW == DAY


def test_a_failure_keeps_the_last_good_state() -> None:
    known = after_failures(0, etag='"a"', last_modified="then", succeeded=NOW - DAY, address="https://baru.go.id/u")
    schedule = judge(reply(200, HTML), known).schedule
    kept = (schedule.etag, schedule.last_modified, schedule.succeeded, schedule.address)
    assert kept == ('"a"', "then", NOW - DAY, "https://baru.go.id/u")
    assert (schedule.failures, schedule.outcome) == (1, "bukan umpan")


def test_success_clears_the_trouble_and_unpauses() -> None:
    known = after_failures(
        31, paused="situs bermasalah", outcome="situs bermasalah", cause="HTTP 500", sentence="Situs."
    )
    schedule = judge(reply(headers={"etag": '"b"', "last-modified": "now"}), known).schedule
    assert (schedule.failures, schedule.paused, schedule.cause, schedule.sentence) == (0, "", "", "")
    assert (schedule.etag, schedule.last_modified, schedule.succeeded) == ('"b"', "now", NOW)


def test_304_keeps_the_validators() -> None:
    known = after_failures(0, etag='"a"', last_modified="then")
    assert judge(reply(304, b"", asked='"a"'), known).schedule.etag == '"a"'


def test_a_validator_of_absurd_length_is_not_kept() -> None:
    assert judge(reply(headers={"etag": '"' + "a" * 2_000 + '"'})).schedule.etag == ""


# Pausing.


@pytest.mark.parametrize("failures, paused", [(0, ""), (28, ""), (29, "situs bermasalah"), (40, "situs bermasalah")])
def test_thirty_failures_in_a_row_pause_never_silently(failures: int, paused: str) -> None:
    schedule = judge(reply(500), after_failures(failures)).schedule
    assert schedule.paused == paused
    assert ("dijeda" in schedule.sentence and "coba sekarang" in schedule.sentence) is bool(paused)


def test_410_pauses_at_once_and_stays_paused_until_a_success() -> None:
    gone = judge(reply(410)).schedule
    assert gone.paused == "dihapus"
    assert "dijeda" in gone.sentence
    assert fetches.due({SOURCE.name: gone}, [SOURCE], NOW + timedelta(days=2)) == []
    assert judge(reply(500), gone).schedule.paused == "dihapus"
    assert judge(reply(), gone).schedule.paused == ""


@pytest.mark.parametrize("code", ["stopped", "held"])
def test_stopped_and_held_count_nothing(code: str) -> None:
    known = after_failures(29)
    schedule = judge(reply(0, b"", error=code, cause="x", headers={"retry-after": "300"}), known).schedule
    assert (schedule.failures, schedule.paused, schedule.tried) == (29, "", None)
    assert schedule.due - NOW == timedelta(seconds=300)


def test_stopped_makes_a_row() -> None:
    fetch = fetches.stopped(Request("entri:7", "https://contoh.go.id/a", "Kabar Contoh", entry=7), NOW)
    assert (fetch.outcome, fetch.entry, fetch.source) == ("dihentikan", 7, "Kabar Contoh")
    assert fetch.sentence


def test_our_own_network_is_told_from_the_sites_and_forgiven() -> None:
    down = [judge(reply(0, b"", error=code, cause="x")).fetch for code in ("dns", "dns", "connect", "stopped")]
    assert fetches.offline(down)
    assert not fetches.offline(down[:2])
    assert not fetches.offline([*down, judge(reply(500)).fetch])
    assert not fetches.offline([*down, judge(reply(403, b"")).fetch])
    before = after_failures(29)
    after = fetches.forgiven(before, judge(reply(0, b"", error="dns", cause="x"), before).schedule)
    assert (after.failures, after.paused) == (29, "")
    assert after.due > NOW
    assert after.sentence


# Moving.


def moves(*permanent: str, between: Reply | None = None) -> tuple[Schedule, list[Move]]:
    schedule, found = after_failures(0), []
    for address in permanent:
        visit = fetches.parsed(judge(reply(permanent=address), schedule), seen=1)
        schedule = visit.schedule
        found += [visit.move] if visit.move else []
        if between:
            schedule = judge(between, schedule).schedule
    return schedule, found


def test_three_equal_permanent_answers_move_the_address() -> None:
    new = "https://baru.go.id/umpan"
    assert moves(new, new)[1] == []
    schedule, found = moves(new, new, new)
    assert found == [Move(SOURCE.name, SOURCE.url, new, NOW)]
    assert schedule.address == new
    assert fetches.request(SOURCE, schedule).url == new


@pytest.mark.parametrize(
    "permanent",
    [("a", "b", "a", "b"), ("a", "a", "b", "b"), ("a", "a", "", "a"), ("", "", "", "")],
)
def test_unequal_answers_never_move(permanent: tuple[str, ...]) -> None:
    addresses = [one and f"https://{one}.go.id/u" for one in permanent]
    assert moves(*addresses)[1] == []


def test_failures_between_neither_count_nor_reset() -> None:
    new = "https://baru.go.id/umpan"
    assert len(moves(new, new, new, between=reply(500))[1]) == 1


def test_a_move_to_a_page_that_is_no_feed_does_not_count() -> None:
    new = "https://parkir.example/umpan"
    schedule = after_failures(0)
    for _ in range(5):
        visit = judge(reply(permanent=new), schedule)
        visit = fetches.parsed(visit, problem="not_feed", cause="no root element")
        assert visit.move is None
        schedule = visit.schedule
    assert (schedule.address, schedule.moving_count) == ("", 0)


# After reading.


def test_parsed_counts_and_renews() -> None:
    visit = fetches.parsed(judge(reply()), seen=20, new=3)
    assert (visit.fetch.seen, visit.fetch.new, visit.fetch.outcome) == (20, 3, "berhasil")
    assert visit.schedule.renewed == NOW
    assert fetches.parsed(judge(reply()), seen=20).schedule.renewed is None


def test_entries_left_over_drop_the_validators_and_say_so() -> None:
    visit = fetches.parsed(judge(reply(headers={"etag": '"b"', "cache-control": "max-age=80000"})), 700, 500, left=200)
    assert (visit.schedule.etag, visit.fetch.left) == ("", 200)
    assert visit.schedule.due - NOW == HOUR
    assert "200" in visit.fetch.sentence


PROBLEMS = [
    ("not_feed", "bukan umpan", True),
    ("empty", "kosong", True),
    ("portal", "halaman masuk jaringan", True),
    ("challenge", "uji peramban", False),
    ("blocked", "diblokir jaringan", False),
    ("timeout", "terlalu berat", False),
    ("memory", "terlalu berat", False),
    ("crash", "terlalu berat", False),
    ("format", "format tidak terbaca", False),
    ("a code of tomorrow", "format tidak terbaca", False),
]


@pytest.mark.parametrize("problem, outcome, retry", PROBLEMS)
def test_a_problem_in_reading_is_a_failure_that_keeps_what_was_known(problem: str, outcome: str, retry: bool) -> None:
    known = after_failures(4, etag='"a"', succeeded=NOW - DAY)
    visit = fetches.parsed(judge(reply(headers={"etag": '"b"'}), known), problem=problem, cause="line 3")
    assert (visit.fetch.outcome, visit.fetch.retry, visit.fetch.cause) == (outcome, retry, "line 3")
    assert visit.fetch.sentence
    assert (visit.schedule.etag, visit.schedule.succeeded, visit.schedule.failures) == ('"a"', NOW - DAY, 5)
    assert visit.schedule.due > NOW
    assert not visit.parse


def test_the_room_that_read_may_bring_its_own_sentence() -> None:
    visit = fetches.parsed(
        judge(reply()), problem="format", cause="x", sentence="Pemilih judul tidak menemukan apa pun."
    )
    assert visit.fetch.sentence == visit.schedule.sentence == "Pemilih judul tidak menemukan apa pun."


# Pages of entries.

PAGE = {"content-type": "text/html; charset=utf-8"}
PAGES = [
    ("a page", reply(200, HTML, headers=PAGE), 0, "berhasil", None),
    ("a PDF", reply(200, b"%PDF-1.7", headers={"content-type": "application/pdf"}), 0, "bukan halaman", None),
    ("no content type", reply(200, HTML, headers={}), 0, "berhasil", None),
    ("404", reply(404, HTML, headers=PAGE), 0, "tidak ada", None),
    ("500", reply(500, b"", headers=PAGE), 0, "situs bermasalah", HOUR),
    ("500 again", reply(500, b"", headers=PAGE), 2, "situs bermasalah", 3 * HOUR),
    ("500 for the last time", reply(500, b"", headers=PAGE), 4, "situs bermasalah", None),
    ("503 asks for two hours", reply(503, b"", headers={"retry-after": "7200"}), 0, "situs bermasalah", 2 * HOUR),
    ("robots", reply(0, b"", error="robots", cause="x"), 0, "dilarang robots.txt", None),
    ("stopped", reply(0, b"", error="stopped", cause="x"), 4, "dihentikan", timedelta(0)),
    (
        "held",
        reply(0, b"", error="held", cause="x", headers={"retry-after": "60"}),
        4,
        "ditunda",
        timedelta(seconds=60),
    ),
    ("a challenge", reply(200, CHALLENGE, headers=PAGE), 0, "uji peramban", None),
]


@pytest.mark.parametrize("name, answer, tries, outcome, again", PAGES)
def test_pages(name: str, answer: Reply, tries: int, outcome: str, again: timedelta | None) -> None:
    fetch, at = fetches.judge_page(answer, NOW, tries)
    assert fetch.outcome == outcome, name
    assert at == (None if again is None else NOW + again), name
    assert isinstance(fetch, Fetch)


# Named pages.


def html(title: str, text: str = "", extra: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{extra}</head><body>{text}</body></html>".encode()


LONG = "<p>" + "Pemerintah kota menjelaskan tata cara pemungutan suara kepada warga. " * 60 + "</p>"
NAMED = [
    ("Cloudflare", html("Just a moment...", "Enable JavaScript and cookies to continue"), "challenge"),
    ("Cloudflare, by its script", html("contoh.go.id", "", "<script>window._cf_chl_opt={}</script>"), "challenge"),
    ("Cloudflare block", html("Attention Required! | Cloudflare", "Sorry, you have been blocked"), "challenge"),
    ("Sucuri", html("You are being redirected...", "", "<script>sucuri_cloudproxy_js=''</script>"), "challenge"),
    ("Turnstile", html("Verifikasi", '<div class="cf-turnstile"></div>'), "challenge"),
    ("free hosting", html("x", "", "<script>slowAES.decrypt(c,2,a,b)</script>"), "challenge"),
    ("Internet Positif", html("Internet Positif", "Situs ini diblokir"), "blocked"),
    ("Internet Positif frame", html("", '<iframe src="http://internetpositif.uzone.id/x"></iframe>'), "blocked"),
    ("Mercusuar", html("", "<script>location='http://mercusuar.uzone.id/'</script>"), "blocked"),
    (
        "lamanlabuh",
        html("302", '<meta http-equiv=refresh content="0;url=http://lamanlabuh.aduankonten.id/">'),
        "blocked",
    ),
    ("FortiGuard", html("Web Filter Violation", "FortiGuard Intrusion Prevention - Access Blocked"), "blocked"),
    ("MikroTik", html("mikrotik hotspot > login", "Please log on to use the service"), "portal"),
    ("FortiGate", html("Firewall Authentication", '<form action="/fgtauth">'), "portal"),
    ("WISPr", html("Login", "<!-- <WISPAccessGatewayParam> -->"), "portal"),
    ("wifi.id", html("Welcome to wifi.id", "Beli paket"), "portal"),
    ("for sale", html("contoh.com is for sale", "Buy this domain"), "parked"),
    ("Sedo", html("contoh.com", '<script src="//img.sedoparking.com/x.js"></script>'), "parked"),
    ("suspended", html("Account Suspended", "Contact your hosting provider"), "parked"),
    ("nginx", html("Welcome to nginx!", "If you see this page"), "parked"),
    ("cPanel", html("Default Web Site Page", "SORRY!"), "parked"),
    ("an article about Internet Positif", html("Internet Positif memblokir situs judi", LONG), ""),
    ("an article with a comment captcha", html("Jadwal TPS", LONG, '<script src="//g-recaptcha.js"></script>'), ""),
    ("an ordinary short page", html("Beranda Dinas Kominfo", "Selamat datang"), ""),
    ("a feed that speaks of captchas", FEED.replace(b"Kabar", b"Just a moment captcha"), ""),
    ("JSON that speaks of hotspots", b'{"title": "hotspot"}', ""),
    ("nothing", b"", ""),
    ("an endless title", b"<html><title>" + b"x" * 100_000, ""),
    ("unclosed tags", b"<html>" + b"<script" * 30_000, ""),
]


@pytest.mark.parametrize("name, body, code", NAMED)
def test_named(name: str, body: bytes, code: str) -> None:
    assert fetches.named(body, "text/html" if body.startswith(b"<!") else "") == code, name


HOSTS = [
    ("http://internetpositif.uzone.id/", "blocked"),
    ("https://lamanlabuh.aduankonten.id/", "blocked"),
    ("http://welcome2.wifi.id/login", "portal"),
    ("https://www.hugedomains.com/x", "parked"),
    ("https://berita.go.id/internetpositif.uzone.id", ""),
    ("https://bukaninternetpositif.id/", ""),
]


@pytest.mark.parametrize("url, code", HOSTS)
def test_named_by_where_we_were_sent(url: str, code: str) -> None:
    assert fetches.named(LONG.encode(), "text/html", url) == code


IS_HTML = [
    (b"<!DOCTYPE HTML><html>", True),
    (b"\n <html lang=id>", True),
    (b"\xef\xbb\xbf<!doctype html>", True),
    (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html xmlns="http://www.w3.org/1999/xhtml">', True),
    (b"<!-- cached --><html>", True),
    (FEED, False),
    (b'<?xml version="1.0"?><rss><channel><description>&lt;html&gt; <html></description>', False),
    (b'{"content_html": "<html>"}', False),
    (b"<feed xmlns='http://www.w3.org/2005/Atom'>", False),
    (b"plain words", False),
    (gzip.compress(b"<html>", mtime=0), False),
]


@pytest.mark.parametrize("body, expected", IS_HTML)
def test_is_html(body: bytes, expected: bool) -> None:
    assert fetches.is_html(body) is expected


SHARED = Path(os.environ.get("JERNIH_SHARED", Path(__file__).parent.parent.parent / "shared"))


@pytest.mark.shared
def test_real_pages_are_named_nothing_and_told_from_feeds() -> None:
    if not (SHARED / "captures").is_dir():
        pytest.skip("needs the shared research data (captures) beside the clone")
    pages = [path for path in (SHARED / "captures" / "html").rglob("*") if path.is_file()]
    feeds = [path for path in (SHARED / "captures" / "rss").rglob("*") if path.is_file()]
    assert pages
    assert feeds
    for path in pages:
        body = path.read_bytes()
        assert (fetches.named(body, "text/html"), fetches.is_html(body)) == ("", True), path.name
    for path in feeds:
        body = path.read_bytes()
        assert (fetches.named(body, "text/html"), fetches.is_html(body)) == ("", False), path.name
