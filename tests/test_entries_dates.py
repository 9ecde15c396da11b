"""Dates: every way that Indonesian sources write one, right to the second, or honestly unknown with its reason."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.entries import DOUBTS, dates

NOW = datetime(2024, 11, 20, 12, 0, tzinfo=UTC)

# (as written, the source's zone, what it is in UTC, the doubt that goes with it)
KNOWN = [
    # RFC 822 and its mistakes
    ("Sun, 15 Mar 2020 15:51:04 +0700", "WIB", "2020-03-15 08:51:04", ""),
    ("Thu, 12 Mar 2020 05:08:20 GMT", "WITA", "2020-03-12 05:08:20", ""),
    ("Tue, 29 Apr 2014 01:10:40 UT", "WIB", "2014-04-29 01:10:40", ""),
    ("29 Apr 2014 01:10 +0900", "WIB", "2014-04-28 16:10:00", ""),
    ("Mon, 12 Feb 2024 15:30:00", "WIT", "2024-02-12 06:30:00", ""),
    ("Mon, 12 Feb 2024 15:30:00 -0000", "WIB", "2024-02-12 15:30:00", ""),
    ("Mon, 12 Feb 24 15:30:00 +0700", "WIB", "2024-02-12 08:30:00", ""),
    ("Mon, 12 Feb 2024 15:30:00 WIB", "WIT", "2024-02-12 08:30:00", ""),
    ("Mon, 12 Feb 2024 15:30:00 WITA", "WIB", "2024-02-12 07:30:00", ""),
    ("Mon, 12 Feb 2024 15:30:00 WIT", "WIB", "2024-02-12 06:30:00", ""),
    ("Mon, 12 Feb 2024 15:30:00 EST", "WIB", "2024-02-12 20:30:00", ""),
    ("Sen, 12 Feb 2024 15:30:00 +0700", "WITA", "2024-02-12 08:30:00", ""),
    ("Sab, 05 Agu 2023 07:05:09 +0800", "WIB", "2023-08-04 23:05:09", ""),
    ("Kam, 17 Okt 2024 18:00:01 +0700", "WIB", "2024-10-17 11:00:01", ""),
    ("Monday, 12-Aug-24 10:30:15 UTC", "WIB", "2024-08-12 10:30:15", ""),
    ("Mon Aug 12 10:30:15 2024", "WITA", "2024-08-12 02:30:15", ""),
    ("Mon Aug 12 10:30:15 WIB 2024", "WITA", "2024-08-12 03:30:15", ""),
    # ISO 8601
    ("2024-08-13T10:30:15 WIB", "WIT", "2024-08-13 03:30:15", ""),
    ("2024-02-12T15:30:00+07:00", "WIT", "2024-02-12 08:30:00", ""),
    ("2024-02-12T15:30:00+0700", "WIT", "2024-02-12 08:30:00", ""),
    ("2024-02-12T15:30:00Z", "WIT", "2024-02-12 15:30:00", ""),
    ("2024-02-12t15:30:00z", "WIT", "2024-02-12 15:30:00", ""),
    ("2024-02-12T15:30:00.250Z", "WIB", "2024-02-12 15:30:00.250", ""),
    ("2024-02-12T15:30:00", "WITA", "2024-02-12 07:30:00", ""),
    ("2024-02-12 15:30:00", "WIB", "2024-02-12 08:30:00", ""),
    ("2024-02-12 15:30", "WIT", "2024-02-12 06:30:00", ""),
    ("2024-02-12 15:30:00 +0700", "WIT", "2024-02-12 08:30:00", ""),
    ("2024-02-12 15:30:45 WIB", "WIT", "2024-02-12 08:30:45", ""),
    ("20240212T153000Z", "WIB", "2024-02-12 15:30:00", ""),
    ("20240212153000", "WIB", "2024-02-12 08:30:00", ""),
    ("2024-02-12", "WIB", "2024-02-11 17:00:00", "day"),
    ("20240212", "WIT", "2024-02-11 15:00:00", "day"),
    # epoch
    ("1707706800", "WIT", "2024-02-12 03:00:00", ""),
    ("1707706800123", "WIT", "2024-02-12 03:00:00.123", ""),
    # what pages write
    ("05 Agustus 2019", "WIB", "2019-08-04 17:00:00", "day"),
    ("05 Agustus 2019", "WITA", "2019-08-04 16:00:00", "day"),
    ("05 Agustus 2019", "WIT", "2019-08-04 15:00:00", "day"),
    ("29 Maret 2022", "WIB", "2022-03-28 17:00:00", "day"),
    ("16:00:13, 16 Agu 2024", "WIB", "2024-08-16 09:00:13", ""),
    ("🕔 16:00:13, 16 Agu 2024", "WIB", "2024-08-16 09:00:13", ""),
    ("16:00:13, 16 Agu 2024 - Oleh : Dinas Kominfo", "WIB", "2024-08-16 09:00:13", ""),
    ("16 Agu 2024, 16:00:13 WIB", "WIT", "2024-08-16 09:00:13", ""),
    ("Rabu, 11 Desember 2019 - 14:12 WIB", "WIB", "2019-12-11 07:12:00", ""),
    ("Rabu, 11 Desember 2019 | 14.12 WITA", "WIB", "2019-12-11 06:12:00", ""),
    ("Rabu 11 Desember 2019 14:12 Wit", "WIB", "2019-12-11 05:12:00", ""),
    ("Rabu , 11 Des 2019, 14:12:09 wib", "WIB", "2019-12-11 07:12:09", ""),
    ("Jum'at, 16 Agustus 2024 - 09:05 WIB", "WIB", "2024-08-16 02:05:00", ""),
    ("Jum’at, 16 Agustus 2024 - 09:05 WIB", "WIB", "2024-08-16 02:05:00", ""),
    ("Jumat, 16 Agustus 2024 09.05", "WITA", "2024-08-16 01:05:00", ""),
    ("JUMAT, 16 AGUSTUS 2024", "WIB", "2024-08-15 17:00:00", "day"),
    ("Jum`at, 16/08/2024 09:05", "WIB", "2024-08-16 02:05:00", ""),
    ("Ahad, 18 Agustus 2024", "WIB", "2024-08-17 17:00:00", "day"),
    ("Minggu (18/8/2024) 10.00 WIB", "WIB", "2024-08-18 03:00:00", ""),
    ("23/06/2022", "WIB", "2022-06-22 17:00:00", "day"),
    ("3/4/2024", "WIB", "2024-04-02 17:00:00", "day"),
    ("23-06-2022 21:09:44", "WIB", "2022-06-23 14:09:44", ""),
    ("23.06.2022 21.09", "WIB", "2022-06-23 14:09:00", ""),
    ("2022/06/23 21:09", "WIB", "2022-06-23 14:09:00", ""),
    ("12 Februari 2024 pukul 15.30 WIB", "WIT", "2024-02-12 08:30:00", ""),
    ("12 Februari 2024 Pkl. 15:30 WITA", "WIB", "2024-02-12 07:30:00", ""),
    ("12 Februari 2024 jam 15:30", "WIT", "2024-02-12 06:30:00", ""),
    ("Diterbitkan pada Senin, 12 Februari 2024 pukul 15.30 WIB", "WIB", "2024-02-12 08:30:00", ""),
    ("Dipublikasikan: 12 Februari 2024", "WIB", "2024-02-11 17:00:00", "day"),
    ("Posted on February 12, 2024", "WIB", "2024-02-11 17:00:00", "day"),
    ("Tayang: Senin, 12/02/2024 15:30 WIB", "WIB", "2024-02-12 08:30:00", ""),
    ("12 Feb 2024, 3:30 PM", "WIB", "2024-02-12 08:30:00", ""),
    ("12 Feb 2024 12:05 am", "WIB", "2024-02-11 17:05:00", ""),
    ("12 Feb 2024 15:30 GMT+7", "WIT", "2024-02-12 08:30:00", ""),
    ("12 Feb 2024 15:30 UTC+08:00", "WIB", "2024-02-12 07:30:00", ""),
    ("Minggu, 05 Nop 2023 20:15:33 WIT (GMT+9)", "WIB", "2023-11-05 11:15:33", ""),
    ("12 Pebruari 2024", "WIB", "2024-02-11 17:00:00", "day"),
    ("7 Sept 2024 10:00", "WIB", "2024-09-07 03:00:00", ""),
    ("01 Mei 2024 - 00:00 WIB", "WIB", "2024-04-30 17:00:00", ""),
    ("31 Desember 2023 23:59:59 WIT", "WIB", "2023-12-31 14:59:59", ""),
    ("29 Februari 2024", "WIB", "2024-02-28 17:00:00", "day"),
    ("Admin | 15 Januari 2024", "WIB", "2024-01-14 17:00:00", "day"),
    ("15 Januari 2024 oleh Admin", "WIB", "2024-01-14 17:00:00", "day"),
    ("Kominfo - 15 Januari 2024 10:20 WIB - Dibaca 120 kali", "WIB", "2024-01-15 03:20:00", ""),
    ("15\u00a0Januari\u00a02024\u00a0\u201310:20 WIB", "WIB", "2024-01-15 03:20:00", ""),
    ("１５ Januari ２０２４", "WIB", "2024-01-14 17:00:00", "day"),
    ("12/02/24", "WIB", "2024-02-11 17:00:00", "day"),
    ("12 Feb '24", "WIB", "2024-02-11 17:00:00", "day"),
    ("12-Feb-24 15:30", "WIT", "2024-02-12 06:30:00", ""),
    ("02/28/2024", "WIB", "2024-02-27 17:00:00", "day"),
    ("Submitted by humas on Mon, 02/05/2024 - 15:30", "WIB", "2024-02-05 08:30:00", ""),
    ("Fri, 03/05/2024 - 15:30", "WIB", "2024-05-03 08:30:00", ""),
    ("Kompas.com, Diperbarui 18/04/2024, 10:03 WIB", "WIT", "2024-04-18 03:03:00", ""),
    ("Diperbarui 12 Feb 2024, 15:30 WIB Diterbitkan 11 Feb 2024, 14:20 WIB", "WIT", "2024-02-11 07:20:00", ""),
    ("11 Feb 2024, 14:20 WIB - Diperbarui 12 Feb 2024", "WIT", "2024-02-11 07:20:00", ""),
    ("Terbit 11 Feb 2024 14:20 | Update 12 Feb 2024 10:00", "WIB", "2024-02-11 07:20:00", ""),
    ("12 Feb 2024 @ 15:30", "WIB", "2024-02-12 08:30:00", ""),
    ("Posted by : admin, Tanggal : 12-02-2024 Jam : 15:30:11, Dibaca : 321 kali", "WITA", "2024-02-12 07:30:11", ""),
    ("Budi Santoso, Rini Wati, Tim Redaksi Kabar Contoh - 12/02/2024, 15:30 WIB", "WIT", "2024-02-12 08:30:00", ""),
    ("2024-02-12 15:30:00 Asia/Makassar", "WIB", "2024-02-12 07:30:00", ""),
    ("12 Februari 2024 pukul 15.30.05 Asia/Jayapura", "WIB", "2024-02-12 06:30:05", ""),
    ("1707706800.123", "WIT", "2024-02-12 03:00:00.123", ""),
    ("1707706800123456", "WIT", "2024-02-12 03:00:00.123456", ""),
    ("12 Februari 2024 M / 2 Syakban 1445 H", "WIB", "2024-02-11 17:00:00", "day"),
    ("Mon Feb 12 2024 15:30:00 GMT+0700 (Western Indonesia Time)", "WIT", "2024-02-12 08:30:00", ""),
    ("Senin 12-02-2024,15:30 WIB", "WIT", "2024-02-12 08:30:00", ""),
    ("Selasa 12 Maret 2024 18:30 WIB/19:30 WITA", "WIT", "2024-03-12 11:30:00", ""),
    ("Hari ini, 20 November 2024", "WIB", "2024-11-19 17:00:00", "day"),
    # relative to the visit (2024-11-20 19:00 WIB)
    ("3 hours ago", "WIB", "2024-11-20 09:00:00", "relative"),
    ("2 days ago", "WIT", "2024-11-18 12:00:00", "relative"),
    ("an hour ago", "WIB", "2024-11-20 11:00:00", "relative"),
    ("Yesterday", "WIB", "2024-11-19 12:00:00", "relative"),
    ("Baru saja", "WIB", "2024-11-20 12:00:00", "relative"),
    ("Politik | 14 menit yang lalu", "WIB", "2024-11-20 11:46:00", "relative"),
    ("3 jam lalu - Politik", "WIB", "2024-11-20 09:00:00", "relative"),
    ("4 jam lalu", "WIB", "2024-11-20 08:00:00", "relative"),
    ("4 jam yang lalu", "WIT", "2024-11-20 08:00:00", "relative"),
    ("15 menit lalu", "WIB", "2024-11-20 11:45:00", "relative"),
    ("2 hari lalu", "WITA", "2024-11-18 12:00:00", "relative"),
    ("sejam yang lalu", "WIB", "2024-11-20 11:00:00", "relative"),
    ("seminggu lalu", "WIB", "2024-11-13 12:00:00", "relative"),
    ("Hari ini, 14:30 WIB", "WIB", "2024-11-20 07:30:00", "relative"),
    ("Kemarin, 10:20 WIB", "WIB", "2024-11-19 03:20:00", "relative"),
]

# (as written, why it is not known)
UNKNOWN = [
    ("", "missing"), ("   ", "missing"), ("1", "unreadable"), ("12", "unreadable"), ("2024", "unreadable"),
    ("Senin", "unreadable"), ("Maret 2024", "unreadable"), ("14:30", "unreadable"), ("14:30 WIB", "unreadable"),
    ("5 menit baca", "unreadable"), ("12 komentar", "unreadable"), ("3 tahun", "unreadable"), ("besok", "unreadable"),
    ("Januari", "unreadable"), ("12 Januari", "unreadable"), ("31 Februari 2024", "unreadable"),
    ("29 Februari 2023", "unreadable"), ("2024-13-01", "unreadable"), ("2024-02-30T10:00:00Z", "unreadable"),
    ("12 Februari 2024 25:61 WIB", "unreadable"), ("31/31/2024", "unreadable"), ("12/31/2024", "future"),
    ("Rp 5.000.000", "unreadable"),
    ("0812-3456-7890", "unreadable"), ("tanggal menyusul", "unreadable"), ("0000-00-00 00:00:00", "unreadable"),
    ("12 Februari 2024 s.d. 15 Maret 2024", "unreadable"), ("3 - 5 Maret 2024", "unreadable"),
    ("3 s/d 5 Maret 2024", "unreadable"), ("Gempa terjadi 3 jam lalu", "unreadable"), ("13/13/2024", "unreadable"),
    ("kemarin lusa dan lain-lain lalu", "unreadable"),
    ("99999999999999999999", "unreadable"), ("12 Feb 2024 13:30 PM", "unreadable"), ("<b>x</b>", "unreadable"),
    ("13 Agustus 2024 sampai pukul sekitar 10:30", "unreadable"), ("dua jam lalu", "unreadable"),
    ("12 Feb 2024 15:30 SGT", "zone"), ("Mon, 12 Feb 2024 15:30:00 JST", "zone"),
    ("12 Feb 2024 15:30 WIB +0900", "zone"),
    ("12 Feb 2024 15:30 GMT+19", "zone"), ("1970-01-01", "implausible"), ("0001-01-01T00:00:00Z", "implausible"),
    ("Thu, 01 Jan 1970 00:00:00 GMT", "implausible"), ("Wed, 20 Nov 2024 19:06:00 +0700", "future"),
    ("21 November 2024", "future"), ("20 Nov 2026 10:00", "future"), ("2100-01-01", "future"), ("9999999999", "future"),
    ("in 3 hours", "unreadable"), ("3 jam lagi", "unreadable"), ("\x00\x01", "missing"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "zone", "utc", "doubt"), KNOWN)
def test_date_is_right_to_the_second(written: str, zone: str, utc: str, doubt: str) -> None:
    found = dates.read(written, zone, NOW)
    assert (found.at, found.doubt) == (datetime.fromisoformat(utc + "+00:00"), doubt)
    assert found.at is not None
    assert found.at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(("written", "doubt"), UNKNOWN)
def test_date_is_honestly_unknown(written: str, doubt: str) -> None:
    assert dates.read(written, "WIB", NOW) == dates.When(None, doubt)
    assert doubt in DOUBTS


MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
    "Desember",
)  # fmt: skip


def test_table_is_long_enough() -> None:
    assert len(KNOWN) >= 105


def test_clock_of_a_few_minutes_ahead_is_forgiven() -> None:
    assert dates.read("Wed, 20 Nov 2024 19:04:00 +0700", "WIB", NOW).at == NOW + timedelta(minutes=4)


def test_date_depends_on_the_visit_and_on_nothing_else() -> None:
    later = NOW + timedelta(days=400)
    assert dates.read("4 jam lalu", "WIB", later).at == later - timedelta(hours=4)
    assert dates.read("21 November 2024", "WIB", later).at == datetime(2024, 11, 20, 17, 0, tzinfo=UTC)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(
    st.datetimes(datetime(1995, 1, 1), datetime(2024, 11, 1)),
    st.sampled_from(["{0:%-d} {1} {0:%Y}", "{0:%d} {1} {0:%Y} {0:%H:%M:%S}", "{0:%-d} {1} {0:%Y} {0:%H:%M}"]),
)
def test_respelt_dates_equal_dateparser(at: datetime, form: str) -> None:
    """Where dateparser reads a form, our shorter way through the standard library must say the same."""
    written = form.format(at, MONTHS[at.month - 1])
    expected = dates._dateparser(written.lower(), "WITA", None)
    assert expected is not None
    assert dates.read(written, "WITA", NOW).at == expected.astimezone(UTC)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=80), st.sampled_from(["WIB", "WITA", "WIT", ""]))
def test_any_text_is_a_past_moment_or_a_reason(text: str, zone: str) -> None:
    found = dates.read(text, zone, NOW)
    assert found.at is None or dates.OLDEST <= found.at <= NOW + dates.AHEAD
    assert found.doubt in ("", *DOUBTS)


def test_long_text_is_cut_before_it_costs_anything() -> None:
    started = datetime.now(UTC)
    assert dates.read("12 Februari " * 100_000, "WIB", NOW).at is None
    assert dates.read("2 " * 100_000 + "jam lalu", "WIB", NOW).at is None
    assert datetime.now(UTC) - started < timedelta(seconds=1)
