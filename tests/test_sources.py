"""feeds.toml and the catalogue, as an operator meets them."""

import csv
import os
import re
import time
import tomllib
from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from datetime import time as clock
from pathlib import Path

import pytest
import soupsieve
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.regions import gazetteer
from monitor import shipped
from monitor.sources import (
    CATEGORIES,
    KINDS,
    PRIORITY_WEIGHTS,
    RHYTHMS,
    ConfigError,
    Office,
    Selectors,
    Settings,
    Source,
    canonical,
    catalogue,
    changed,
    coming,
    from_opml,
    kept,
    keys,
    meant,
    offset,
    opml,
    paused,
    read,
    stage,
    today,
    toml,
)
from monitor.sources.addresses import private
from monitor.sources.checks import duration, lasting
from monitor.sources.lines import Lines
from monitor.sources.reading import INSIDE, MANY, SINGLE, TABLES
from monitor.sources.selectors import sound

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("JERNIH_SHARED", ROOT.parent / "shared"))
CATALOGUE = catalogue(shipped.text("sources.toml"))
ANTARA = next(source for source in CATALOGUE if source.name == "ANTARA Maluku")


def wrong(text: str | bytes, shipped: tuple[Source, ...] = ()) -> tuple[str, ...]:
    """The sentences with which a text is refused."""
    with pytest.raises(ConfigError) as caught:
        read(text, shipped)
    return caught.value.sentences()


def source(**keys: object) -> str:
    """A [[source]] table with a good name, address and kind unless told otherwise."""
    table = {"name": "Contoh", "url": "https://kota.example/rss.xml", "kind": "rss", **keys}
    return "[[source]]\n" + "".join(
        f"{key} = {value!r}\n" if not isinstance(value, bool) else f"{key} = {str(value).lower()}\n"
        for key, value in table.items()
    )


# ---- what is right


def test_an_empty_file_is_the_whole_catalogue_and_waits_for_a_contact() -> None:
    found = read("", CATALOGUE)
    assert found.sources == CATALOGUE
    assert "contact" in paused(found)
    assert not paused(read('[office]\ncontact = "humas@kota.example"', CATALOGUE))


def test_a_blank_contact_is_none() -> None:
    assert paused(read('[office]\ncontact = "   "'))


def test_a_source_of_ones_own_gets_rhythm_zone_and_region_from_what_it_says() -> None:
    found = read(source(category="media_daerah", code="81.72", pers=True)).sources[0]
    assert (found.rhythm, found.zone, found.region, found.pers) == (1800, "WIT", "Kota Tual", "ya")
    assert found.origin == "feeds.toml"


def test_a_source_without_a_region_keeps_the_time_of_the_office() -> None:
    assert read('[office]\nzone = "Asia/Makassar"\n' + source()).sources[0].zone == "WITA"


def test_an_office_without_a_zone_has_that_of_its_region() -> None:
    assert read('[office]\ncode = "81.72"').office.zone == "WIT"
    assert read('[office]\ncode = "81.72"\nzone = "WIB"').warnings


def test_a_source_of_the_catalogue_is_changed_by_name_and_keeps_the_rest() -> None:
    found = read('[[source]]\nname = "ANTARA Maluku"\nrhythm = "2h"', CATALOGUE)
    mine = next(row for row in found.sources if row.name == "ANTARA Maluku")
    assert mine == replace(ANTARA, rhythm=7200, origin="feeds.toml")
    assert len(found.sources) == len(CATALOGUE)


def test_a_disabled_source_of_the_catalogue_stays_so_until_the_operator_says_otherwise() -> None:
    name = next(row.name for row in CATALOGUE if not row.enabled)
    silent = read(f'[[source]]\nname = "{name}"\nrhythm = "2h"', CATALOGUE)
    assert any(name in sentence for sentence in silent.warnings)
    assert name not in {row.name for row in silent.watched}
    spoken = read(f'[[source]]\nname = "{name}"\nenabled = true', CATALOGUE)
    assert name in {row.name for row in spoken.watched}


def test_an_upgrade_of_the_catalogue_never_makes_a_working_file_wrong() -> None:
    found = read(source(name="Antara Ambon", url="https://AMBON.antaranews.com:443/rss/terkini.xml"), CATALOGUE)
    assert "ANTARA Maluku" not in {row.name for row in found.sources}
    assert any("ANTARA Maluku" in sentence and "Antara Ambon" in sentence for sentence in found.warnings)


def test_the_catalogue_can_be_narrowed_to_regions_or_left_out() -> None:
    near = read('[catalogue]\nregions = ["81.72", "64"]', CATALOGUE).watched
    assert {row.code[:2] for row in near} == {"00", "64", "81"}
    assert "RRI Tual mirror (cabe)" in {row.name for row in near}
    assert read("[catalogue]\nenabled = false", CATALOGUE).watched == ()


def test_stages_may_be_tables_or_inline_and_dates_may_stand_in_quotes() -> None:
    inline = read('[[election]]\nname = "P"\nstage = [{name = "Kampanye", start = "2024-09-25", end = 2024-11-23}]')
    tables = read(
        '[[election]]\nname = "P"\n[[election.stage]]\nname = "Kampanye"\nstart = 2024-09-25\nend = 2024-11-23'
    )
    assert inline.elections == tables.elections


def test_both_days_of_a_stage_belong_to_it_and_stages_overlap() -> None:
    shipped_file = read((ROOT / "feeds.toml").read_bytes())
    assert [found.name for found in stage(shipped_file, date(2024, 11, 24))] == ["Masa tenang"]
    assert [found.name for found in stage(shipped_file, date(2024, 11, 26))] == ["Masa tenang"]
    assert [meant(found) for found in stage(shipped_file, date(2024, 11, 27))] == ["pemungutan", "penghitungan"]
    assert [meant(found) for found in stage(shipped_file, date(2024, 2, 14))] == ["pemungutan", "penghitungan"]
    assert stage(shipped_file, date(2026, 11, 21)) == ()
    assert coming(shipped_file, date(2024, 11, 24))[0].name == "Pemungutan suara"


def test_the_day_is_that_of_the_office() -> None:
    late = datetime(2024, 11, 23, 15, 30, tzinfo=UTC)
    assert today(Settings(office=Office(zone="WIT")), late) == date(2024, 11, 24)
    assert today(Settings(office=Office(zone="WIB")), late) == date(2024, 11, 23)
    assert offset("WITA").utcoffset(None).total_seconds() == 8 * 3600


def test_quiet_hours_are_read_as_times() -> None:
    found = read('[notices]\nquiet_from = "22:00"\nquiet_to = 06:30:00').notices
    assert (found.quiet_from, found.quiet_to) == (clock(22), clock(6, 30))


def test_weights_are_kept_as_the_operator_set_them() -> None:
    assert read("[priority]\nhoax = 2\nstage = 0.5").priority == {"hoax": 2.0, "stage": 0.5}


def test_a_loopback_source_is_open_when_the_network_is() -> None:
    local = source(url="http://127.1.0.7:8000/rss", rhythm="1s")
    assert read('[network]\nallow = ["127.1.0.0/16"]\n' + local).sources[0].rhythm == 1
    telegram = source(url="http://127.1.0.7/s/kanal", kind="telegram", owner="media")
    assert read('[network]\nallow = ["127.1.0.0/16"]\n' + telegram).sources[0].kind == "telegram"


def test_windows_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    text = "\ufeff" + source().replace("\n", "\r\n")
    assert read(text.encode()).sources == read(source()).sources


def test_a_listing_without_selectors_is_allowed_and_told() -> None:
    found = read(source(kind="html"))
    assert found.watched
    assert "cara umum" in found.warnings[0]


# ---- what is wrong: file and line, in Indonesian, all at once

REFUSED = [
    ('[office]\nnmae = "x"', 2, "maksud Anda “name”"),
    ('[office]\nkode_wilayah = "81.72"', 2, "maksud Anda “code”"),
    ('[ofice]\nname = "x"', 1, "maksud Anda “office”"),
    ('[[sumber]]\nname = "x"', 1, "maksud Anda “source”"),
    ('[office]\nzone = "GMT"', 2, "WIB, WITA, atau WIT"),
    ('[office]\ncode = "99.99"', 2, "tidak ada dalam daftar resmi"),
    ('[office]\ncode = "Tual"', 2, "kode wilayah ditulis"),
    ('[office]\ncontact = "a\\nb"', 2, "huruf kendali"),
    ("[office]\nname = 7", 2, "harus teks"),
    ("office = 3", 1, "harus tabel"),
    ('[desk]\nport = "8765"', 2, "angka bulat"),
    ("[desk]\nport = 70000", 2, "paling besar 65535"),
    ("[desk]\nport = true", 2, "angka bulat"),
    ('[desk]\nhost = "kota"', 2, "alamat IP"),
    ('[network]\nallow = ["10.0.0.0/8",\n "10.0.0.1/8"]', 3, "bukan jaringan yang sah"),
    ('[network]\nproxy = "http://orang:sandi@proxy.example"', 2, "sandi"),
    ('[public]\nurl = "ftp://kota.example"', 2, "https:// atau http://"),
    ("[priority]\nhox = 1", 2, "maksud Anda “hoax”"),
    ("[priority]\nhoax = nan", 2, "angka"),
    ("[priority]\nhoax = 101", 2, "0 dan 100"),
    ('[notices]\nto = ["a@b.example"]', 2, "smtp"),
    ('[notices]\nto = ["bukan surel"]', 2, "bukan alamat surel"),
    ('[notices]\nquiet_from = "22:00"', 2, "bersama-sama"),
    ('[notices]\nquiet_from = "25:00"', 2, "22:00"),
    ('[[election]]\nname = "A"\n[[election]]\nname = "A"', 4, "sudah ada"),
    (
        '[[election]]\nname = "A"\n[[election.stage]]\nname = "B"\nstart = 2024-02-02\nend = 2024-02-01',
        6,
        "sebelum mulai",
    ),
    ('[[election]]\nname = "A"\n[[election.stage]]\nname = "B"\nstart = 2024-02-02', 3, "“end” wajib diisi"),
    ('[[election]]\nname = "A"\n[[election.stage]]\nname = "B"\nstart = 2024-02-30\nend = 2024-03-01', 5, "TOML"),
    ('[[election]]\nname = "A"\n[[election.stage]]\nname = "B"\nstart = "besok"\nend = 2024-03-01', 5, "2024-11-27"),
    ("[[candidate]]\nnames = []", 2, "tidak boleh kosong"),
    ('[[candidate]]\nnames = ["A"]\nelection = "Pilkada 2029"', 3, "tidak ada di [[election]]"),
    ('[[official]]\nname = "KPU"\ndomain = "https://kpu.go.id"', 3, "tanpa http"),
    ('[[channel]]\nname = "W"\nkind = "webhook"\nurl = "https://10.0.0.1/x"', 4, "private = true"),
    ('[[channel]]\nname = "W"\nkind = "webhook"\nurl = "https://a.internal"\nprivate = true', 1, "pin"),
    (
        '[[channel]]\nname = "W"\nkind = "webhook"\nurl = "https://a.example"\nsecret = "rahasia123"',
        5,
        "variabel lingkungan",
    ),
    ('[[channel]]\nname = "S"\nkind = "mail"\ntarget = "semua"', 4, "daftar penerima"),
    ('[[channel]]\nname = "S"\nkind = "wordpress"', 1, "“url” wajib"),
    (source(kind="rs"), 4, "rss, atom, rdf"),
    (source(kind="json"), 4, "json-feed"),
    (source(url="kota.example/rss"), 3, "https:// atau http://"),
    (source(url="file:///etc/passwd"), 3, "https:// atau http://"),
    (source(url="https://"), 3, "nama situs"),
    (source(url="https://a b.example"), 3, "spasi"),
    (source(url="https://kota.example:99999/"), 3, "tidak dapat dibaca"),
    (source(url="https://u:p@kota.example/"), 3, "sandi"),
    (source(url="https://@kota.example/"), 3, "sandi"),
    (source(url="http://10.0.0.1/"), 3, "jaringan tertutup"),
    (source(url="http://[::1]/"), 3, "jaringan tertutup"),
    (source(url="http://[::ffff:10.0.0.1]/"), 3, "jaringan tertutup"),
    (source(url="http://[64:ff9b::a00:1]/"), 3, "jaringan tertutup"),
    (source(url="http://localhost:8765/"), 3, "jaringan tertutup"),
    (source(url="http://intranet/"), 3, "jaringan tertutup"),
    (source(url="http://127.1/"), 3, "tidak lazim"),
    (source(url="http://0x7f000001/"), 3, "tidak lazim"),
    (source(url="http://2130706433/"), 3, "tidak lazim"),
    (source(url="http://010.0.0.1/"), 3, "tidak lazim"),
    (source(url="http://１２７.0.0.1/"), 3, "tidak lazim"),
    (source(rhythm="5"), 5, "dengan satuan"),
    (source(rhythm=30), 5, "dengan satuan"),
    (source(rhythm="5s"), 5, "terlalu sering"),
    (source(rhythm="99d"), 5, "di luar batas"),
    (source(enabled="ya"), 5, "true atau false"),
    (source(code="81.99"), 5, "tidak ada dalam daftar resmi"),
    (source(trust="tinggi"), 1, "siapa yang menilai"),
    (source(name="  "), 2, "tidak boleh kosong"),
    (source(origin="katalog"), 5, "tidak dikenal"),
    (source() + "selectors = {itm = 'a'}", 5, "maksud Anda “item”"),
    (source() + "[source.selectors]\nlink = 'a[href'", 6, "selektor CSS"),
    (source() + "[source.selectors]\ndrop = ['div.a', 'div >']", 6, "selektor CSS"),
    (source(url="https://t.me/joinchat/abc", kind="telegram", owner="media"), 3, "undangan"),
    (source(url="https://t.me/+abc", kind="telegram", owner="media"), 3, "undangan"),
    (source(url="https://t.me/kanal", kind="telegram", owner="media"), 3, "t.me/s/"),
    (source(url="https://t.me/s/kanal", kind="telegram"), 1, "owner"),
    (source(url="https://t.me/s/kanal", kind="telegram", owner="orang"), 5, "media, penyelenggara"),
    (source(url="https://t.me/s/kanal"), 4, 'kind = "telegram"'),
    (source(url="https://chat.whatsapp.com/abc", kind="html"), 3, "WhatsApp"),
    (source(url="https://www.youtube.com/@orang", kind="youtube", owner="media"), 3, "channel_id"),
    (source(url="https://www.youtube.com/feeds/videos.xml?channel_id=UC" + "a" * 22), 4, 'kind = "youtube"'),
    (source() + source(url="https://lain.example/"), 6, "sudah ada di atas"),
    (source() + source(name="Lain", url="HTTPS://Kota.Example:443/rss.xml#x"), 7, "sudah dipakai"),
    ('[[source]]\nname = "X"', 1, "“url” wajib diisi"),
    ("source = 3", 1, "[[source]]"),
    ("[source]\nname = 'x'", 1, "dua kurung siku"),
    ("[[source]]\nname = 'x\n", 2, "TOML"),
    ("[office]\n[office]", 2, "sudah ada di atas"),
    ('[office]\nname = "a"\nname = "b"', 3, "sudah diisi"),
    ("[office\nname = 1", 1, "kurung siku"),
    ("[office]\nname = 'a\ncode = 'b'", 2, "tanda kutip"),
    ("[office]\nname = 'a'\ncontact = \"a\n\n\n", 3, "tanda kutip"),
    ("[network]\nallow = [\n '1', # ]\n\n[office]\nzone = 'WIB'", 5, "TOML"),
    ("[catalogue]\nregions = [\n  '81',\n\n\n", 2, "TOML"),
    ("a = 1\nb = [\n1,\n]\na = 2", 5, "sudah diisi"),
    ("a = 'C:\\x'\nb = \"C:\\x\"", 2, "kutip tunggal"),
    ("= 1", 1, "kunci = nilai"),
    ("[office]\nname kota", 2, "tanda ="),
    ("[office]\nname = Kota Tual", 2, "tanda kutip"),
    ("a" + ".a" * 20000 + "=1", 1, "titik"),
    ("a=" + "[" * 20000, 0, "terlalu dalam"),
    ("[desk]\nport = " + "9" * 5000, 2, "angka terlalu panjang"),
]


@pytest.mark.parametrize(("text", "line", "words"), REFUSED)
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, words: str) -> None:
    found = wrong(text)
    where = f"feeds.toml baris {line}: " if line else "feeds.toml: "
    assert any(sentence.startswith(where) and words in sentence for sentence in found), found


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    text = "\n".join(
        [
            "# kepala",
            "[office]  # kantor",
            'zone = "X"',
            "",
            "[[source]]",
            'name = """A',
            'B"""',
            'url = "ftp://x"',
            'kind = "rss"',
            "# [[source]]",
            "[[source]]",
            'name = "B"',
            'kind = "html"',
            'url = "https://b.example"',
            "[source.selectors]",
            'lnk = "a"',
        ]
    )
    assert [sentence.split(":")[0] for sentence in wrong(text)] == [
        "feeds.toml baris 3",
        "feeds.toml baris 6",
        "feeds.toml baris 8",
        "feeds.toml baris 16",
    ]


def test_bytes_that_are_no_utf8_are_told_with_their_line() -> None:
    assert "baris 2" in wrong(b'[office]\nname = "\xff"')[0]


def test_a_catalogue_name_with_a_bad_key_is_told_at_its_table() -> None:
    assert wrong('[[source]]\nname = "ANTARA Maluku"\nkind = "x"', CATALOGUE)[0].startswith("feeds.toml baris 3")


def test_a_flood_of_faults_ends() -> None:
    started = time.perf_counter()
    found = wrong("\n".join(f"kunci{number} = 1" for number in range(40_000)))
    assert len(found) == 201
    assert "masih ada" in "".join(found)
    assert time.perf_counter() - started < 10


@settings(max_examples=300, deadline=2000)
@given(
    st.one_of(
        st.text(),
        st.binary(),
        st.lists(
            st.sampled_from(
                [
                    "[",
                    "]",
                    "[[",
                    "]]",
                    "source",
                    "office",
                    "election",
                    ".stage",
                    "\n",
                    "=",
                    '"',
                    "'",
                    '"""',
                    "name",
                    "url",
                    "{",
                    "}",
                    ",",
                    "#",
                    "1",
                    "https://a.example/",
                    "2024-01-01",
                    "\\",
                    "\x00",
                    "\ud800",
                    " ",
                    "=[",
                    "true",
                ]
            )
        ).map("".join),
    )
)
def test_no_junk_raises_anything_but_config_error(text: str | bytes) -> None:
    try:
        assert isinstance(read(text, CATALOGUE[:3]), Settings)
    except ConfigError as refused:
        problems = refused.problems
    else:
        return
    assert problems
    assert all(problem.sentence and problem.line >= 0 for problem in problems)


VALUES = st.recursive(
    st.one_of(st.text(max_size=20), st.integers(), st.booleans(), st.floats(), st.dates()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=300, deadline=2000)
@given(st.sampled_from([*SINGLE, *MANY]), st.data())
def test_no_value_of_any_key_raises_anything_but_config_error(table: str, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(keys((table,))))
    value = written(data.draw(VALUES))
    head = f"[{table}]" if table in SINGLE else f"[[{table}]]"
    assert usable(f"{head}\n{key} = {value}\n") in (True, False)


def usable(text: str) -> bool:
    """Does the text give settings rather than problems?"""
    try:
        read(text)
    except ConfigError as refused:
        return not refused.problems
    return True


def written(value: object) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{written(str(key))} = {written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return (
            '"'
            + "".join(f"\\U{ord(letter):08x}" if not 0xD800 <= ord(letter) < 0xE000 else "?" for letter in value)
            + '"'
        )
    return str(value)


# ---- lines


def test_every_key_of_the_shipped_file_has_its_line() -> None:
    text = (ROOT / "feeds.toml").read_text(encoding="utf-8")
    lines = Lines(text)
    for path in leaves(tomllib.loads(text)):
        name = next(part for part in reversed(path) if isinstance(part, str))
        assert name in text.split("\n")[lines.line(path) - 1], path


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", '"b c"', "d", "'e'", '"\\u0066"']),
            st.sampled_from(
                [
                    "1",
                    '"x # y"',
                    '"""\nx\n[a]\n"""',
                    "'''\n'k' = 1\n'''",
                    "[\n1, # [no]\n2]",
                    "{ p = 1, q = [ { r = 2 } ] }",
                    "[]",
                    "2024-01-01 10:00:00",
                    '""',
                    '"\\""',
                ]
            ),
        ),
        max_size=8,
    )
)
def test_lines_agree_with_tomllib_on_what_there_is(pairs: list[tuple[str, str]]) -> None:
    text = "".join(
        f"[[t.{'u' if number % 2 else 'v'}]] # x\n{key} = {value}\n\n" for number, (key, value) in enumerate(pairs)
    )
    found = set(Lines(text).at)
    assert set(leaves(tomllib.loads(text))) <= found


def leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of everything that is no table."""
    if isinstance(value, dict):
        return [leaf for key, part in value.items() for leaf in leaves(part, (*path, key))]
    if isinstance(value, list):
        return [leaf for at, part in enumerate(value) for leaf in leaves(part, (*path, at))]
    return [path]


# ---- addresses, durations, selectors


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0",
        "100.64.0.1",
        "169.254.169.254",
        "172.31.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "2002:a00:1::",
        "fe80::1",
        "fd00::1",
        "ff02::1",
        "64:ff9b:1::1",
        "::7f00:1",
        "printer",
        "db.local",
        "localhost.",
        "a.localhost",
    ],
)
def test_closed_space_is_closed(host: str) -> None:
    assert private(host, ())


@pytest.mark.parametrize("host", ["8.8.8.8", "103.1.2.3", "2404:6800:4003::1", "kota.go.id", "172.32.0.1", "11.0.0.1"])
def test_open_space_is_open(host: str) -> None:
    assert not private(host, ())


def test_allow_opens_only_what_it_names() -> None:
    assert not private("127.1.2.3", ("127.1.0.0/16",))
    assert private("127.2.0.1", ("127.1.0.0/16",))


@pytest.mark.parametrize(
    "other",
    [
        "HTTPS://Kota.Example/a?b=1&c=2",
        "https://kota.example:443/a?c=2&b=1",
        "https://kota.example/x/../a?b=1&c=2#bawah",
    ],
)
def test_spellings_of_one_address_are_one(other: str) -> None:
    assert canonical(other) == canonical("https://kota.example/a?b=1&c=2")


@given(st.integers(1, 30 * 86400))
def test_a_duration_is_read_back(seconds: int) -> None:
    assert duration(lasting(seconds)) == seconds


SELECTORS = [
    "a",
    "*",
    "h3.judul > a",
    'a[href*="/Berita/index/"]',
    "div#isi p:not(.iklan, .baca)",
    "ul > li:nth-child(2n+1)",
    "a[href]",
    "div:has(> a)",
    'p:-soup-contains("Baca juga")',
    ".a.b.c",
    "a ~ b + c",
    "h1, h2 ,h3",
    "span[d-time]",
    "article::before",
    "a:is(.x, #y) b",
    "[data-id='1']",
    "[lang|=id i]",
    "td:nth-of-type(3)",
    "é.ü",
    "a\\:b",
]


@pytest.mark.parametrize("selector", SELECTORS)
def test_sound_selectors_pass_as_they_do_with_soupsieve(selector: str) -> None:
    if "::" not in selector:
        soupsieve.compile(selector)
    assert sound(selector)


@pytest.mark.parametrize(
    "selector",
    [
        "a >",
        "> a",
        "a,",
        "a[",
        "a[href",
        "a]",
        "div..x",
        "#",
        ".",
        "a{}",
        "a:not(",
        "a))",
        "a > > b",
        "a,,b",
        '"a"',
        "a[href=]",
        "a b /",
    ],
)
def test_slips_in_selectors_are_seen(selector: str) -> None:
    with pytest.raises(soupsieve.SelectorSyntaxError):
        soupsieve.compile(selector)
    assert not sound(selector)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["a", "div", ".x", "#y", "[href]", '[a="b"]', ":not(", ")", ">", " ", "+", ",", ":first-child", "*", "~"]
        ),
        min_size=1,
        max_size=8,
    ).map("".join)
)
def test_whatever_soupsieve_accepts_passes(selector: str) -> None:
    try:
        soupsieve.compile(selector)
    except soupsieve.SelectorSyntaxError:
        return
    assert sound(selector)


# ---- the catalogue


def test_the_catalogue_has_353_sources_and_none_of_them_twice() -> None:
    assert len(CATALOGUE) == 353
    assert len({row.name.casefold() for row in CATALOGUE}) == 353
    assert len({canonical(row.url) for row in CATALOGUE}) == 353
    assert {row.origin for row in CATALOGUE} == {"katalog"}


def test_docs_say_how_many_sources_ship() -> None:
    enabled = sum(row.enabled for row in CATALOGUE)
    text = (ROOT / "docs" / "sumber.md").read_text(encoding="utf-8")
    assert f"{len(CATALOGUE)} sumber ({enabled} aktif)" in text
    assert f"katalog {len(CATALOGUE)} sumber" in (ROOT / "feeds.toml").read_text(encoding="utf-8")


def test_every_source_of_the_catalogue_would_pass_in_an_operators_file() -> None:
    found = read(toml(CATALOGUE))
    assert [
        replace(row, origin="katalog", evidence=other.evidence)
        for row, other in zip(found.sources, CATALOGUE, strict=True)
    ] == list(CATALOGUE)


def test_what_ships_disabled_says_why() -> None:
    assert [row.name for row in CATALOGUE if not row.enabled and not row.note] == []


def test_weak_evidence_is_never_enabled() -> None:
    assert [row.name for row in CATALOGUE if row.enabled and row.evidence == "rendah"] == []


def test_regions_and_zones_agree_with_the_gazetteer() -> None:
    odd = [row.name for row in CATALOGUE if row.code != "00" and gazetteer().zone_name(row.code) != row.zone]
    assert odd == []
    names = {row.code: row.region for row in CATALOGUE}
    short = {"31": "DKI Jakarta", "34": "DI Yogyakarta", "00": "Nasional"}
    assert {
        code: name
        for code, name in names.items()
        if name.replace("Kab. ", "Kabupaten ") != short.get(code, gazetteer().name(code))
    } == {}


@pytest.mark.parametrize("code", ["81.72", "35.71", "35.06", "53.71", "64.72", "64"])
def test_the_places_of_the_first_offices_have_an_enabled_source(code: str) -> None:
    assert [row.name for row in CATALOGUE if row.enabled and row.code == code]


def test_offices_are_no_press() -> None:
    public = {"penyelenggara_pemilu", "pemerintah_pusat", "pemda"}
    assert {row.pers for row in CATALOGUE if row.category in public} == {"tidak"}


def test_every_selector_of_the_catalogue_compiles() -> None:
    for row in CATALOGUE:
        for selector in css(row):
            soupsieve.compile(selector)


def css(row: Source) -> list[str]:
    """The selectors of a source."""
    found = [getattr(row.selectors, field.name) for field in fields(Selectors)] if row.selectors else []
    return [part for value in found for part in (value if isinstance(value, tuple) else (value,)) if part]


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "sources.csv").exists(), reason="no shared data (JERNIH_SHARED)")
def test_the_catalogue_has_every_source_of_the_shared_list() -> None:
    with (SHARED / "sources.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    mine = {row.url: row for row in CATALOGUE}
    assert {row["url"] for row in rows} == set(mine)
    doubtful = [
        row["name"]
        for row in rows
        if mine[row["url"]].enabled
        and (
            row["notes"].startswith("LOW")
            or "selectors not seen" in row["notes"]
            or row["kind"] == "json"
            or "selectors to be read" in row["notes"]
        )
    ]
    assert doubtful == []


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "captures").exists(), reason="no shared data (JERNIH_SHARED)")
@pytest.mark.parametrize(
    ("name", "file", "least"),
    [
        ("Berita Kab. Kediri", "kedirikab-berita-home-phpmu.html", 5),
        ("Tempo Cek Fakta index", "tempo-cekfakta-index-2022-03.html", 10),
        ("Detik indeks", "detik-indeks-4dfffb9.html", 10),
        ("Pemkab Malang", "malangkab-home-yii2.html", 3),
    ],
)
def test_selectors_of_the_catalogue_fit_the_captures(name: str, file: str, least: int) -> None:
    page = BeautifulSoup((SHARED / "captures" / "html" / file).read_bytes(), "lxml")
    selectors = next(row.selectors for row in CATALOGUE if row.name == name)
    assert selectors is not None
    items = page.select(selectors.item) if selectors.item else [page]
    assert len([link for item in items for link in item.select(selectors.link) if link.get("href")]) >= least
    if selectors.date:
        assert len([item for item in items if item.select_one(selectors.date)]) >= least


# ---- OPML, pasting, reloading


def test_opml_comes_back_as_it_went() -> None:
    rich = replace(
        ANTARA, name='Aneh " & <b>', note="a 'b' \"c\"", selectors=Selectors(link="a[href='x']", drop=("p", "q"))
    )
    rows = (rich, *CATALOGUE)
    found = from_opml(opml(rows))
    assert found.doubts == (f"“{ANTARA.name}” dilewati: nama atau alamatnya sudah ada di atas.",)
    back = {row.name: row for row in found.sources}
    assert [replace(back[row.name], origin="katalog") for row in rows if row.name != ANTARA.name] == [
        row for row in rows if row.name != ANTARA.name
    ]


def test_opml_of_another_reader_becomes_tables_to_paste() -> None:
    body = b"""<opml version="1.1"><body><outline text="pemda"><outline text="Kota" type="rss" xmlUrl="https://k.example/f"/>
    </outline><outline title="WP" text="x" xmlUrl="https://w.example/wp-json/wp/v2/posts"/><outline text="Y"
    xmlUrl="https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"/><outline text="dalam"
    xmlUrl="http://192.168.1.1/rss"/><outline text="kosong"/></body></opml>"""
    found = from_opml(body)
    assert [(row.name, row.kind, row.category) for row in found.sources] == [
        ("Kota", "rss", "pemda"),
        ("WP", "wp-json", "lainnya"),
    ]
    assert [sentence.split("”")[0] for sentence in found.doubts] == ["“Y", "“dalam"]
    assert read(toml(found.sources)).sources == found.sources


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<rss/>",
        b"<opml",
        b"\xff\xfe",
        b'<!DOCTYPE x [<!ENTITY a "b">]><opml>&a;</opml>',
        b'<?xml version="1.0" encoding="zzz"?><opml/>',
    ],
)
def test_what_is_no_opml_is_told(body: bytes) -> None:
    with pytest.raises(ConfigError, match=r".+"):
        from_opml(body)


@settings(max_examples=100, deadline=None)
@given(st.binary())
def test_no_junk_opml_raises_anything_but_config_error(body: bytes) -> None:
    with suppress(ConfigError):
        assert from_opml(body).sources == ()


def test_a_reload_says_what_changed() -> None:
    old = read('[office]\ncontact = "a@b.example"\n' + source(name="A") + source(name="B", url="https://b.example"))
    new = read(
        '[office]\ncontact = "a@b.example"\nname = "Kota"\n[desk]\nport = 1\n'
        + source(name="A", rhythm="2h")
        + source(name="C", url="https://c.example")
    )
    assert changed(old, new) == (
        "Mulai dipantau: C.",
        "Tidak lagi dipantau: B.",
        "Sumber berubah: A (irama).",
        "Berubah: data kantor.",
        "Bagian [desk] berubah; ini baru berlaku setelah Jernih dijalankan ulang.",
    )
    assert changed(old, old) == ()
    assert "mulai dipantau" in changed(read(""), old)[0]
    assert "contact" in changed(old, read(""))[0]


def test_a_broken_edit_says_that_the_old_settings_stay() -> None:
    with pytest.raises(ConfigError) as caught:
        read("[office]\nnmae = 1\nzone = 2")
    assert "pengaturan lama tetap berlaku" in kept(caught.value)
    assert "baris 2" in kept(caught.value)
    assert "1 masalah lain" in kept(caught.value)


# ---- the shipped file and the docs


def test_the_shipped_file_is_right_without_a_warning_and_waits_for_a_contact() -> None:
    found = read((ROOT / "feeds.toml").read_bytes(), CATALOGUE)
    assert found.warnings == ()
    assert paused(found)


def test_the_examples_of_the_shipped_file_are_right_too() -> None:
    text = (ROOT / "feeds.toml").read_text(encoding="utf-8")
    code = re.compile(r"^# ?((?:\[\[\w+\]\]|\w+ = ).*)$", re.MULTILINE)
    assert read(code.sub(r"\1", text), CATALOGUE).watched


def test_every_table_and_key_is_documented_and_nothing_else() -> None:
    documented = sections((ROOT / "docs" / "sumber.md").read_text(encoding="utf-8"))
    real = {(table,): set(keys((table,))) for table in TABLES} | {path: set(keys(path)) for path in INSIDE}
    assert documented == real, "docs/sumber.md does not say the keys of monitor/sources/rows.py: edit its tables"


def sections(text: str) -> dict[tuple[str, ...], set[str]]:
    """The keys in the first table under each heading that names a table of feeds.toml."""
    found = {}
    for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        path = tuple(re.findall(r"[a-z]+", re.findall(r"`\[+([a-z.]+)\]+`", part)[0]))
        first = re.search(r"\| kunci .*?\n\n", part + "\n\n", re.DOTALL)
        assert first, path
        found[path] = set(re.findall(r"^\| `(\w+)` ", first[0], re.MULTILINE))
    return found


def test_every_choice_is_documented() -> None:
    text = (ROOT / "docs" / "sumber.md").read_text(encoding="utf-8")
    assert [
        word
        for word in (*KINDS, *CATEGORIES, *PRIORITY_WEIGHTS)
        if f"`{word}`" not in text and f'`"{word}"`' not in text
    ] == []
    assert set(RHYTHMS) == set(CATEGORIES)


def test_every_table_is_shown_in_the_shipped_file() -> None:
    text = (ROOT / "feeds.toml").read_text(encoding="utf-8")
    assert [table for table in TABLES if f"[{table}]" not in text] == []
    assert [
        key for table in SINGLE for key in keys((table,)) if not re.search(rf"^(# )?{key} =", text, re.MULTILINE)
    ] == []


def test_a_proxy_that_the_collector_could_not_speak_to_is_refused_with_its_line() -> None:
    with pytest.raises(ConfigError) as caught:
        read('[network]\nproxy = "https://proxy.contoh.go.id:3128"\n')
    assert "baris 2" in caught.value.sentences()[0]
