"""`jernih doctor`: each check says what is well and what is not, and every fault comes with its repair."""

import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor import store as stores
from monitor.cli import app, checkup
from monitor.cli.checkup import BAD, GOOD, LOOK, Finding
from monitor.cli.doctor import doctor, missing_libraries
from monitor.cli.opening import Environment

NOW = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
GIB = 2**30
HOUR = timedelta(hours=1)


@pytest.mark.parametrize("found, mark, word", [
    (checkup.python((3, 11)), GOOD, "3.11"),
    (checkup.python((3, 14)), GOOD, "3.14"),
    (checkup.python((3, 10)), BAD, "3.11"),
    (checkup.python((3, 15)), BAD, "3.15"),
    (checkup.libraries([]), GOOD, "terpasang"),
    (checkup.libraries(["httpx", "lxml"]), BAD, "httpx, lxml"),
    (checkup.home("/var/lib/jernih", ""), GOOD, "/var/lib/jernih"),
    (checkup.home("/var/lib/jernih", "Permission denied"), BAD, "Permission denied"),
    (checkup.disk(10 * GIB, 20 * GIB), GOOD, "10,0 GiB"),
    (checkup.disk(2 * GIB, 40 * GIB), LOOK, "2,0 GiB"),
    (checkup.disk(50 * 2**20, 40 * GIB), BAD, "50 MiB"),
    (checkup.database("x", "current"), GOOD, "sesuai"),
    (checkup.database("x", "new"), GOOD, "belum ada"),
    (checkup.database("x", "older"), LOOK, "versi lama"),
    (checkup.database("x", "trouble", "Berkas rusak."), BAD, "rusak"),
    (checkup.feeds("f", [], [], 12), GOOD, "12 sumber"),
    (checkup.feeds("f", [], [], 0), LOOK, "Tidak ada"),
    (checkup.feeds("f", [], ["hati-hati"], 3), LOOK, "hati-hati"),
    (checkup.feeds("f", ["f baris 3: salah", "f baris 9: salah"], [], 0), BAD, "dan 1 lagi"),
    (checkup.contact("a@b.example", "f"), GOOD, "a@b.example"),
    (checkup.contact("", "f"), LOOK, "dijeda"),
    (checkup.zone("WIT", "WIT", "81.72"), GOOD, "WIT"),
    (checkup.zone("WIB", "", ""), GOOD, "WIB"),
    (checkup.zone("WIB", "WIT", "81.72"), LOOK, "WIT"),
    (checkup.clock(NOW, NOW - HOUR, []), GOOD, "wajar"),
    (checkup.clock(NOW, NOW + HOUR, []), BAD, "mundur"),
    (checkup.clock(datetime(1970, 1, 2, tzinfo=UTC), None, []), BAD, "masa lalu"),
    (checkup.clock(NOW, None, [NOW + HOUR, NOW + 3 * HOUR]), BAD, "60 menit"),
    (checkup.clock(NOW, None, [NOW + HOUR, NOW + timedelta(seconds=3)]), GOOD, "cocok"),
    (checkup.network(0, 0, "", "", {}), LOOK, "kontak"),
    (checkup.network(3, 1, "", "", {}), GOOD, "1 dari 3"),
    (checkup.network(3, 3, "", "http://p:3128", {}), GOOD, "lewat proxy"),
    (checkup.network(3, 0, "Nama situs ini tidak ditemukan.", "", {}), BAD, "tidak ditemukan"),
    (checkup.network(3, 0, "x", "", {"https_proxy": "http://p:3128"}), BAD, "feeds.toml"),
    (checkup.port(8765, "meja", "free"), GOOD, "Bebas"),
    (checkup.port(8765, "meja", "ours"), GOOD, "sedang berjalan"),
    (checkup.port(8766, "metrik", "taken"), BAD, "program lain"),
    (checkup.model("abc", ""), GOOD, "abc"),
    (checkup.model("", "Berkas model tidak ada."), BAD, "tidak ada"),
    (checkup.factors([], "k"), GOOD, "tersegel"),
    (checkup.factors(["rini", "ayu"], "k"), BAD, "2 akun: rini, ayu"),
    (checkup.factors([], "k", "Kunci rusak."), BAD, "rusak"),
    (checkup.lock(""), GOOD, "Tidak ada"),
    (checkup.lock("pid 7"), GOOD, "pid 7"),
    (checkup.cage("", ""), GOOD, "dapat berjalan"),
    (checkup.cage("memory", "x"), BAD, "memory"),
    (checkup.letters("", 0, False), LOOK, "belum diatur"),
    (checkup.letters("s", 2, True), LOOK, "JERNIH_SMTP_PASSWORD"),
    (checkup.letters("s", 2, False), GOOD, "2 orang"),
    (checkup.letter(True, ""), GOOD, "Diterima"),
    (checkup.letter(None, "diam"), LOOK, "diam"),
    (checkup.letter(False, "ditolak"), BAD, "ditolak"),
])
def test_checks(found: Finding, mark: str, word: str) -> None:
    assert found.mark == mark
    assert word in found.sentence
    assert found.repair or mark != BAD


def test_libraries_of_this_very_installation_are_there() -> None:
    assert missing_libraries() == []
    assert missing_libraries("there-is-no-such-distribution") == ["there-is-no-such-distribution"]


def office(folder: Path, text: str) -> Environment:
    feeds = folder / "feeds.toml"
    feeds.write_text(text)
    return Environment(folder / "home", "", feeds)


def by_name(found: list[Finding]) -> dict[str, Finding]:
    return {one.name: one for one in found}


def test_an_empty_office_is_told_what_is_missing_and_nothing_is_made(tmp_path: Path) -> None:
    found = by_name(doctor(office(tmp_path, "[catalogue]\nenabled = false\n")))
    assert found["Kontak"].mark == LOOK
    assert found["Basis data"].sentence.endswith("dibuat saat pertama dijalankan.")
    assert found["Model"].mark == GOOD
    assert found["Sangkar"].mark == GOOD
    assert not (tmp_path / "home").exists()


def test_a_held_lock_a_taken_port_and_a_broken_file_are_seen(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        place = office(tmp_path, f"[desk]\nport = {port}\n[catalogue]\nenabled = false\n")
        free = by_name(doctor(place, offline=True))
        assert free[f"Port {port}"].mark == BAD
        kept = stores.open("", place.home)
        with kept.leader():
            kept.migrate()
            running = by_name(doctor(place, offline=True))
        kept.close()
    assert "pid" in running["Kunci"].sentence
    assert running[f"Port {port}"].mark == GOOD
    assert running["Basis data"].mark == GOOD
    place.feeds.write_text("[office\n")
    assert "baris 1" in by_name(doctor(place, offline=True))["feeds.toml"].sentence


def test_sources_that_answer_are_the_network(tmp_path: Path) -> None:
    text = ('[office]\ncontact = "a@b.example"\n[catalogue]\nenabled = false\n[network]\nallow = ["127.1.0.0/16"]\n'
            '[[source]]\nname = "tutup"\nurl = "http://127.1.9.201:9/feed"\nkind = "rss"\n')
    found = by_name(doctor(office(tmp_path, text)))
    assert found["Jaringan"].mark == BAD
    assert "Tidak ada sumber yang menjawab" in found["Jaringan"].sentence


def test_command_ends_with_1_where_something_is_broken(tmp_path: Path) -> None:
    place = office(tmp_path, "salah = 1\n")
    known = {"JERNIH_HOME": str(place.home), "JERNIH_FEEDS": str(place.feeds), "JERNIH_DATABASE_URL": ""}
    answer = CliRunner().invoke(app, ["doctor", "--json", "--tanpa-jaringan"], env=known)
    assert answer.exit_code == 1
    found = {one["name"]: one for one in json.loads(answer.output)}
    assert found["feeds.toml"]["mark"] == "rusak"
    assert found["feeds.toml"]["repair"] == f"nano {place.feeds}"
    shown = CliRunner().invoke(app, ["doctor", "--tanpa-jaringan"], env=known)
    assert "▲ rusak" in shown.output
    assert "✓ baik" in shown.output
