"""The command line: cheap to start, every command listed and mounted, troubles as sentences with exit codes."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.cli import COMMANDS, load, models

HEAVY = ("sklearn", "pandas", "trafilatura", "weasyprint", "sqlalchemy", "httpx", "numpy", "pydantic",
         "cryptography")


def jernih(
    *arguments: str, home: Path, feeds: str | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Runs the program as a person would, in a home of its own."""
    path = home / "feeds.toml"
    if feeds is not None:
        path.write_text(feeds, encoding="utf-8")
    environment = os.environ | {"JERNIH_HOME": str(home / "var"), "JERNIH_FEEDS": str(path), "JERNIH_DATABASE_URL": ""}
    return subprocess.run(
        [sys.executable, "-m", "monitor.cli", *arguments],
        env=environment,
        input=stdin,
        capture_output=True,
        timeout=120,
    )


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_listed_command_can_be_called_for_help(name: str) -> None:
    assert load(name) is not None


def test_help_loads_no_command_and_nothing_heavy() -> None:
    code = (
        "import sys; from monitor.cli import app; "
        "import contextlib, io\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    try: app(['--help'])\n"
        "    except SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
        "print([name for name in sys.modules if name.startswith('monitor.cli.')])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert found.stdout.splitlines() == ["[]", "[]"], found.stderr


def test_scoring_needs_numpy_alone() -> None:
    code = (
        "import sys; from monitor.cli import score; score.detector.load()\n"
        "print([n for n in ('sklearn','scipy','pandas','trafilatura','sqlalchemy','httpx') if n in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert found.stdout.strip() == "[]", found.stderr


def test_a_broken_feeds_toml_ends_with_its_line_and_exit_code_2(tmp_path: Path) -> None:
    done = jernih("collect", "--once", home=tmp_path, feeds='[office]\nname = "X"\nkontak = "a@b.example"\n')
    assert done.returncode == 2
    assert "baris 3" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_missing_feeds_toml_is_a_sentence(tmp_path: Path) -> None:
    done = jernih("collect", "--once", home=tmp_path)
    assert done.returncode == 2
    assert "feeds.toml" in done.stderr.decode()


def test_without_a_contact_nothing_is_visited_and_it_says_so(tmp_path: Path) -> None:
    done = jernih("collect", "--once", home=tmp_path, feeds='[office]\nname = "Diskominfo"\n')
    assert done.returncode == 0, done.stderr
    assert "contact" in done.stderr.decode()
    assert "0 sumber" in done.stdout.decode()


def test_an_empty_queue_an_empty_week_and_a_whole_chain(tmp_path: Path) -> None:
    feeds = '[office]\nname = "Diskominfo"\n'
    assert "Antrean kosong" in jernih("queue", home=tmp_path, feeds=feeds).stdout.decode()
    assert '"2024-W07"' in jernih("digest", "--week", "2024-W07", "--format", "json", home=tmp_path).stdout.decode()
    assert "utuh" in jernih("audit", "verify", home=tmp_path).stdout.decode()


def test_report_of_a_period_holds_its_lessons_and_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "pelajaran.txt").write_text("Latih petugas kelurahan.", "utf-8")
    (tmp_path / "feeds.toml").write_text("", "utf-8")
    given = ("report", "--period", "2024-02", "--format", "html")
    done = jernih(*given, "--lessons", str(tmp_path / "pelajaran.txt"), home=tmp_path)
    assert "1 Februari 2024 sampai 29 Februari 2024" in done.stdout.decode()
    assert "Latih petugas kelurahan." in jernih(*given, home=tmp_path).stdout.decode()
    for wrong in (("--period", "kemarin"), ("--period", "2024-02", "--format", "xlsx"), ("--period", "2024-02")):
        assert jernih("report", *wrong, home=tmp_path).returncode == 2


def test_wrong_words_are_refused_with_what_is_possible(tmp_path: Path) -> None:
    done = jernih("digest", "--week", "minggu lalu", home=tmp_path, feeds="")
    assert (done.returncode, "2024-W07" in done.stderr.decode()) == (2, True)
    done = jernih("digest", "--format", "docx", home=tmp_path)
    assert (done.returncode, "html" in done.stderr.decode()) == (2, True)


def test_stem_gives_a_line_for_a_line(tmp_path: Path) -> None:
    done = jernih("stem", "-", home=tmp_path, stdin=b"Perekonomian Indonesia sedang dalam pertumbuhan\n\nmemberikan\n")
    assert done.stdout.decode().splitlines() == ["ekonomi indonesia sedang dalam tumbuh", "", "beri"]


def test_half_a_character_in_a_line_stops_no_batch(tmp_path: Path) -> None:
    line = b'{"id": "\\udfff", "text": "pemilu \\ud800 curang, sebarkan segera"}\n'
    done = jernih("score", "-", home=tmp_path, stdin=line * 2)
    found = [json.loads(one) for one in done.stdout.splitlines()]
    assert [one["id"] for one in found] == ["?", "?"]
    assert done.returncode == 0


def test_score_answers_every_line_and_a_bad_one_never_stops_the_batch(tmp_path: Path) -> None:
    good = b'{"id": 7, "text": "KPU menetapkan jadwal debat kedua."}\n'
    done = jernih("score", "-", home=tmp_path, stdin=good + b"bukan json\n" + b'{"title": "x"}\n' + b"\xff\n" + good)
    answers = done.stdout.decode().splitlines()
    assert len(answers) == 5
    assert done.returncode == 1
    assert answers[0] == answers[4]
    assert '"hoax"' in answers[0]
    assert all('"error"' in answer for answer in answers[1:4])


@pytest.mark.parametrize(("arguments", "sentence"), [
    (["sukar"], "Perintah “sukar” tidak dikenal."),
    (["sources", "chek"], "Perintah “chek” tidak dikenal."),
    (["queue", "--semua"], "Pilihan --semua tidak dikenal"),
    (["verdict", "propose", "1"], "--as belum diisi."),
    (["backup"], "FILE belum diisi."),
    (["queue", "--limit", "0"], "Isi --limit tidak cocok"),
    (["restore", "tidak-ada.zip"], "Cadangan tidak-ada.zip tidak ada."),
    (["backup", "tidak-ada/cadangan.zip"], "Folder tidak-ada tidak ada."),
])
def test_wrong_use_is_a_sentence_and_exit_code_2(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = jernih(*arguments, home=tmp_path, feeds="")
    assert done.returncode == 2
    assert done.stderr.decode().startswith(sentence)
    assert done.stderr.decode().count("\n") == 1


@pytest.mark.parametrize("arguments", [
    ["sources", "export", "{home}/a/b.opml"],
    ["demo", "--city-port", "{port}"],
])
def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "var").touch()
    (tmp_path / "a").touch()
    with socket.create_server(("127.1.9.10", 0)) as held:
        port = held.getsockname()[1]
    done = jernih(*(one.format(home=tmp_path, port=port) for one in arguments), home=tmp_path, feeds="")
    assert done.returncode == 1
    assert "tidak dapat ditulis" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_a_broken_model_in_force_is_told_and_the_shipped_one_is_the_way_back(tmp_path: Path) -> None:
    own = tmp_path / "var" / "model"
    (own / "abc123").mkdir(parents=True)
    (own / "abc123" / "manifest.json").write_text("bukan json")
    models.choose(tmp_path / "var", "abc123")
    done = jernih("collect", "--json", home=tmp_path, feeds='[office]\nname = "Diskominfo"\n')
    assert (done.returncode, "belum dinilai" in done.stderr.decode()) == (0, True)
    told = jernih("doctor", home=tmp_path)
    assert "--back bawaan" in told.stdout.decode()
    assert jernih("retrain", "--back", "bawaan", home=tmp_path).returncode == 0
    assert "belum dinilai" not in jernih("collect", "--json", home=tmp_path).stderr.decode()
