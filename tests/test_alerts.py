"""monitor/alerts.py: what the people on call are told, and how often."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone

import pytest

from monitor import alerts
from monitor.alerts import Alert, Quiet, Urgent, Vitals

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
WIT, WITA = timezone(timedelta(hours=9), "WIT"), timezone(timedelta(hours=8), "WITA")
WELL = Vitals(NOW - timedelta(days=1), NOW - timedelta(minutes=5), timedelta(minutes=15), 353, 12, 0.6)
QUIET = Quiet(time(21), time(6), WIT)


def house(*looks: tuple[timedelta, Vitals], quiet: Quiet | None = None) -> list[tuple[list[str], list[str]]]:
    """What each look mails (begun, ended), with the rows kept between the looks as a store would."""
    rows: dict[tuple[str, datetime], Alert] = {}
    mails = []
    for after, vitals in looks:
        now = NOW + after
        found = alerts.notices([row for row in rows.values() if row.cleared is None], vitals, now, quiet)
        for row in (*found.keep, *alerts.told(found, now)):
            rows[row.cause, row.since] = row
        mails.append(([one.cause for one in found.begun], [one.cause for one in found.ended]))
    return mails


def test_a_house_that_is_well_says_nothing() -> None:
    assert house((timedelta(), WELL)) == [([], [])]


@pytest.mark.parametrize("vitals, cause", [
    (replace(WELL, cycle=NOW - timedelta(minutes=31)), "siklus"),
    (replace(WELL, cycle=None, started=NOW - timedelta(minutes=31)), "siklus"),
    (replace(WELL, failing=177), "sumber"),
    (replace(WELL, free=0.09), "cakram"),
    (replace(WELL, stuck=1), "kiriman"),
    (replace(WELL, urgent=(Urgent(7, "Judul", "sumber", 9.0),)), "konten:7"),
])
def test_each_cause_is_told_once_and_its_end_once(vitals: Vitals, cause: str) -> None:
    minutes = [timedelta(minutes=n) for n in range(5)]
    told = house(*[(n, vitals) for n in minutes[:3]], (minutes[3], WELL), (minutes[4], WELL))
    end = [] if cause.startswith("konten") else [cause]
    assert told == [([cause], []), ([], []), ([], []), ([], end), ([], [])]


@pytest.mark.parametrize("vitals", [
    replace(WELL, cycle=NOW - timedelta(minutes=30)),
    replace(WELL, cycle=None, started=NOW - timedelta(minutes=29)),
    replace(WELL, cycle=NOW - timedelta(days=3), started=NOW - timedelta(minutes=1)),
    replace(WELL, failing=176),
    replace(WELL, sources=0, failing=0),
    replace(WELL, free=0.10),
])
def test_the_brink_itself_is_no_cause(vitals: Vitals) -> None:
    assert alerts.causes(vitals, NOW) == ()


def test_a_value_at_the_brink_does_not_mail_all_day() -> None:
    over, under, well = replace(WELL, failing=180), replace(WELL, failing=170), replace(WELL, failing=100)
    looks = [over, under, over, under, well, under]
    assert house(*[(timedelta(minutes=n), vitals) for n, vitals in enumerate(looks)]) == [
        (["sumber"], []), ([], []), ([], []), ([], []), ([], ["sumber"]), ([], [])]


def test_quiet_hours_hold_the_mail_until_they_end() -> None:
    bad = replace(WELL, free=0.05)
    night = timedelta(hours=13)  # 05.00 UTC is 14.00 WIT: 03.00 WIT
    looks = [(night, replace(bad, cycle=NOW + night)), (timedelta(hours=16, minutes=1),
             replace(bad, cycle=NOW + timedelta(hours=16)))]
    assert house(*looks, quiet=QUIET) == [([], []), (["cakram"], [])]


def test_an_urgent_konten_is_told_at_night_too() -> None:
    night = timedelta(hours=13)
    bad = replace(WELL, free=0.05, cycle=NOW + night, urgent=(Urgent(7, "Judul", "sumber", 9.0),))
    assert house((night, bad), quiet=QUIET) == [(["konten:7"], [])]


def test_what_came_and_went_at_night_is_not_told() -> None:
    night = timedelta(hours=13)
    looks = [(night, replace(WELL, free=0.05, cycle=NOW + night)),
             (night + timedelta(minutes=5), replace(WELL, cycle=NOW + night)),
             (timedelta(hours=17), replace(WELL, cycle=NOW + timedelta(hours=17)))]
    assert house(*looks, quiet=QUIET) == [([], []), ([], []), ([], [])]


def test_an_end_at_night_is_told_in_the_morning() -> None:
    bad = replace(WELL, free=0.05)
    hours = [timedelta(hours=n) for n in (0, 13, 17)]
    vitals = [bad, replace(WELL, cycle=NOW + hours[1]), replace(WELL, cycle=NOW + hours[2])]
    assert house(*zip(hours, vitals, strict=True), quiet=QUIET) == [(["cakram"], []), ([], []), ([], ["cakram"])]


@pytest.mark.parametrize("hour, holds", [(20, False), (21, True), (23, True), (0, True), (5, True), (6, False)])
def test_quiet_hours_run_over_midnight_in_the_offices_zone(hour: int, holds: bool) -> None:
    moment = datetime(2026, 11, 21, hour, tzinfo=UTC) - timedelta(hours=9)
    assert QUIET.holds(moment) is holds


def test_equal_ends_mean_no_quiet_hours() -> None:
    assert not any(Quiet(time(6), time(6), WIT).holds(NOW + timedelta(hours=n)) for n in range(24))


def test_a_mail_that_did_not_go_out_is_tried_at_the_next_look() -> None:
    bad = replace(WELL, free=0.05)
    first = alerts.notices([], bad, NOW)
    again = alerts.notices(first.keep, bad, NOW + timedelta(minutes=1))
    assert [one.cause for one in again.begun] == ["cakram"]
    assert again.keep == ()


def test_the_letter_says_what_where_and_what_to_do() -> None:
    items = tuple(Urgent(n, f"Judul {n}\r\nBcc: x@y.example\x00", "info\twarga", 9.0) for n in range(25))
    vitals = replace(WELL, failing=300, cycle=NOW - timedelta(hours=2), free=0.05, urgent=items)
    begun = alerts.notices([], vitals, NOW)
    subject = alerts.subject(begun, "Kota Contoh\nBcc: x@y.example")
    text = alerts.letter(begun, vitals, NOW, WIT, "http://127.0.0.1:8765")
    assert subject == "[Jernih · Kota Contoh Bcc: x@y.example] 25 konten mendesak, 3 gangguan"
    assert "300 dari 353 sumber gagal" in text
    assert "putaran terakhir yang selesai 21-11-2026 12.00 WIT" in text
    assert "tinggal 5 %" in text
    assert "- Judul 3 Bcc: x@y.example (info warga)\n  http://127.0.0.1:8765/konten/3" in text
    assert "- dan 5 lagi" in text
    assert "belum diperiksa orang" in text


def test_the_letter_of_an_end_names_what_is_well_again() -> None:
    row = Alert("siklus", NOW - timedelta(hours=2), told=NOW - timedelta(hours=2))
    over = alerts.notices([row], WELL, NOW)
    text = alerts.letter(over, WELL, NOW, WITA, "http://127.0.0.1:8765")
    assert "Pulih: pengumpulan berjalan lagi (sejak 21-11-2026 11.00 WITA, selesai 21-11-2026 13.00 WITA)" in text
    assert alerts.subject(over, "Kota") == "[Jernih · Kota] 1 pulih"
