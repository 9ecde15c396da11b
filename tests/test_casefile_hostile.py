"""A berkas perkara made to harm whoever checks it: nothing is inflated, no traceback, nothing speaks to a terminal."""

import io
import json
import os
import random
import tracemalloc
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import pytest

from monitor import casefile
from monitor.cli import audit as audit_command
from monitor.cli.opening import Trouble
from tests.office import Office
from tests.test_casefile import export, forged, members, settled

ESCAPE = "\x1b[2J\x1b[1;32mutuh\x07\u202e\ud800\n"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    made = Office(tmp_path_factory.mktemp("home"))
    yield export(made, settled(made))
    made.close()


def zipped(files: dict[str, bytes], method: int = ZIP_STORED, **attributes: int) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", method) as box:
        for name, content in files.items():
            member = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = method
            member.external_attr = attributes.get("external_attr", 0o600 << 16)
            box.writestr(member, content)
    return out.getvalue()


@pytest.mark.parametrize("method", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_a_bomb_is_never_inflated(whole: bytes, method: int) -> None:
    bomb = zipped({**members(whole), "halaman/" + "a" * 64: b"\0" * (200 << 20)}, method)
    assert len(bomb) < 2 << 20
    tracemalloc.start()
    try:
        assert "dimampatkan" in casefile.check(bomb).faults[0]
        assert tracemalloc.get_traced_memory()[1] < 20 << 20
    finally:
        tracemalloc.stop()


def test_members_that_lie_over_one_another_are_refused(whole: bytes) -> None:
    """A hundred entries in the folder of the ZIP that all point at one member: a small file, read a hundred times."""
    out = io.BytesIO()
    with ZipFile(out, "w") as box:
        box.writestr("halaman/" + "a" * 64, b"x" * 100_000)
        one = box.infolist()[0]
        for number in range(100):
            again = ZipInfo(f"halaman/{number:064x}", one.date_time)
            again.header_offset, again.CRC = one.header_offset, one.CRC
            again.compress_size = again.file_size = one.file_size
            box.filelist.append(again)
            box.NameToInfo[again.filename] = again
    assert "bertumpuk" in casefile.check(out.getvalue()).faults[0]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "teks/../../x.json", "C:\\x", "halaman/x.html",
                                  "halaman/index.html", "a\\b", "README.txt/x"])
def test_a_name_that_is_none_of_ours_is_told_though_every_hash_was_made_anew(whole: bytes, name: str) -> None:
    faults = casefile.check(forged({**members(whole), name: b"x"})).faults
    assert any("nama yang tidak dipakai" in fault for fault in faults), faults


def test_a_link_in_place_of_a_file_is_told(whole: bytes) -> None:
    """Unix tools would follow it when they unpack the file."""
    made = zipped(dict(sorted(members(whole).items())), external_attr=0o120777 << 16)
    assert any("bukan ZIP yang ditulis Jernih" in fault for fault in casefile.check(made).faults)


def test_nothing_in_it_speaks_to_the_terminal(whole: bytes, tmp_path: Path,
                                              capsys: pytest.CaptureFixture[str]) -> None:
    files = members(whole)
    plain = json.loads(files["manifest.json"])
    plain["rantai"]["ujung"] = ESCAPE
    chain = json.loads(files["rantai.json"])
    chain["langkah"][0]["nomor"] = ESCAPE
    named = ESCAPE.encode("utf-8", "replace").decode()
    for made in (zipped({**files, named: b"x"}), zipped({**files, "manifest.json": json.dumps(plain).encode()}),
                 zipped({**files, "rantai.json": json.dumps(chain).encode()}),
                 zipped({name: content for name, content in files.items() if name != "README.txt"} | {named: b""})):
        told = casefile.check(made)
        assert told.faults
        assert all(line.isprintable() for line in (*told.faults, told.head, told.seal)), told
        path = tmp_path / "perkara.zip"
        path.write_bytes(made)
        with pytest.raises(Trouble) as trouble:
            audit_command.verify(path)
        assert "\x1b" not in trouble.value.sentence
    assert "\x1b" not in capsys.readouterr().out


def test_thousands_of_faults_are_some_lines(whole: bytes) -> None:
    files = members(whole)
    told = casefile.check(zipped({**files, **{f"halaman/baru{n}": b"" for n in range(3000)}}))
    assert len(told.faults) <= casefile.MOST_FAULTS + 1
    assert "lagi" in told.faults[-1]


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipa")
    for path in (tmp_path / "pipa", tmp_path, Path("/dev/zero"), tmp_path / "tiada.zip"):
        with pytest.raises(Trouble) as told:
            audit_command.verify(path)
        assert told.value.code == 2


ODD: tuple[Any, ...] = (None, True, -1, 10**30, 1e308, "", ESCAPE, "9" * 400, [], {}, [[]], {"": None}, "2024-01-01",
                        float("inf"), float("nan"))


def places(value: Any, so_far: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if so_far:
        yield so_far
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*so_far, key))


def put(value: Any, place: tuple[Any, ...], odd: Any) -> None:
    *outer, last = place
    for key in outer:
        value = value[key]
    value[last] = odd


@pytest.mark.parametrize("name", ["manifest.json", "rantai.json", "perkara.json", "teks"])
def test_any_value_in_any_place_is_a_fault_and_never_a_traceback(whole: bytes, name: str) -> None:
    files, chance = members(whole), random.Random(7)
    target = next(one for one in files if one.startswith(name))
    every = list(places(json.loads(files[target])))
    for place in chance.sample(every, min(len(every), 120)):
        held = json.loads(files[target])
        put(held, place, chance.choice(ODD))
        changed = {**files, target: json.dumps(held).encode("utf-8", "surrogatepass")}
        for made in (zipped(changed), *([] if name == "manifest.json" else [forged(changed)])):
            told = casefile.check(made)
            assert all(line.isprintable() for line in told.faults)


@pytest.mark.parametrize("content", [b"[" * 200_000, b"{\"a\":" * 100_000, b"9" * 1_000_000, b"\xff\xfe", b"null",
                                     b"{\"berkas\": 3}", b"{}", b"\"\\ud800\""])
@pytest.mark.parametrize("name", ["manifest.json", "rantai.json", "perkara.json"])
def test_json_without_bottom_or_sense(whole: bytes, name: str, content: bytes) -> None:
    assert casefile.check(zipped({**members(whole), name: content})).faults


def test_flipped_bytes_of_the_folder_of_the_zip(whole: bytes) -> None:
    """Where sizes, offsets and names stand: a wrong one is a fault, whatever zipfile makes of it."""
    start = whole.rfind(b"PK\x01\x02", 0, len(whole) - 200)
    chance = random.Random(3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(300):
            place = chance.randrange(start, len(whole))
            made = whole[:place] + bytes([chance.randrange(256)]) + whole[place + 1 :]
            assert made == whole or casefile.check(made).faults
