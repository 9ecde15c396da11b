"""Scenarios of the weekly report: each event in exactly one week, the same bytes twice, plain sentences."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import digests, shipped
from monitor.digests import Digest, Events, Flagged, Period, SourceLine
from monitor.people import Refusal

ZONE = "WIT"
AT = datetime(2024, 2, 14, 1, 0, tzinfo=UTC)
ROW = Flagged(
    1,
    AT,
    "Surat suara <b>tercoblos</b>",
    "https://contoh.example/1",
    "Warga",
    AT,
    "BARU",
    0.912,
    ("logistik",),
    ("81.72",),
)
LINE = SourceLine("Kabar Contoh", 12, 3, AT, "", "Server tidak menjawab.")
EVENTS = Events(40, 38, (ROW,), 2, {"HOAKS": 1}, (2.0, 30.0, 4.0), 5, 1, (LINE,))


def week(label: str = "2024-W07", zone: str = ZONE) -> Period:
    period = digests.week(label, zone)
    assert isinstance(period, Period)
    return period


DIGEST = Digest("Diskominfo Kota Contoh", week(), EVENTS, 0)


def test_week_7_of_2024_starts_on_monday_midnight_in_the_offices_zone() -> None:
    assert week().start == datetime(2024, 2, 11, 15, 0, tzinfo=UTC)
    assert week().end - week().start == timedelta(days=7)


@pytest.mark.parametrize(
    "label", ["", "2024", "2024-07", "2024-W54", "2024-W00", "W07", "10000-W01", "a-Wb", "2021-W53"]
)
def test_what_is_no_week_is_refused_with_an_example(label: str) -> None:
    outcome = digests.week(label, ZONE)
    assert isinstance(outcome, Refusal)
    assert "2024-W07" in outcome.sentence


@given(st.datetimes(datetime(2019, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC)))
def test_every_moment_lies_in_exactly_one_week(moment: datetime) -> None:
    period = week(digests.label_of(moment, ZONE))
    assert period.start <= moment < period.end
    assert digests.before(period).end == period.start


def test_counts_are_counted() -> None:
    counted = digests.counts(EVENTS)
    assert (counted["flagged"], counted["verified"], counted["sources_failing"]) == (1, 1, 1)
    assert (counted["median_hours"], counted["worst_hours"]) == (4.0, 30.0)
    assert digests.counts(replace(EVENTS, answers=()))["median_hours"] is None


def test_json_holds_every_flagged_konten_marked_as_unchecked() -> None:
    plain = json.loads(digests.to_json(DIGEST))
    assert plain["events"]["flagged"][0]["mark"] == digests.UNCHECKED
    assert plain["period"]["label"] == "2024-W07"
    assert digests.to_json(DIGEST) == digests.to_json(DIGEST)


def test_a_finding_takes_the_place_of_the_mark() -> None:
    found = replace(DIGEST, events=replace(EVENTS, flagged=(replace(ROW, finding="HOAKS"),)))
    assert json.loads(digests.to_json(found))["events"]["flagged"][0]["mark"] == "HOAKS"
    assert digests.UNCHECKED not in html(found)


def html(digest: Digest) -> str:
    return digests.to_html(
        digest, shipped.text("digest.html"), {"logistik": "Surat suara dan TPS", "81.72": "Kota Tual"}
    )


def test_html_escapes_titles_and_shows_names_zone_and_state() -> None:
    page = html(DIGEST)
    assert "<b>tercoblos" not in page
    for expected in ("Surat suara &lt;b&gt;tercoblos", "Kota Tual", "WIT", "BARU", "0,91", "Server tidak menjawab."):
        assert expected in page


def test_html_is_well_formed_and_loads_nothing_from_elsewhere() -> None:
    seen: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append(tag)

    Reader().feed(html(DIGEST))
    assert not {"script", "img", "link", "iframe"} & set(seen)


def test_an_empty_week_says_so() -> None:
    empty = replace(DIGEST, events=Events(0, 0, (), 0, {}, (), 0, 0, ()))
    assert empty.sentences == (
        "Minggu ini tidak ada artikel yang terkumpul.",
        "Tidak ada yang menunggu.",
        "Belum ada sumber yang dipantau.",
    )
    assert "Tidak ada konten yang ditandai minggu ini." in html(empty)
