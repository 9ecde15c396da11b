"""`jernih clarify` from draft to page and back, as two people would type it."""

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from monitor import clarifications
from monitor.cli.clarify import app
from monitor.cli.opening import Trouble
from tests.office import FEEDS, Office
from tests.published import TEXT


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    home = tmp_path / "home"
    made = Office(home)
    (tmp_path / "feeds.toml").write_text(FEEDS, "utf-8")
    monkeypatch.setenv("JERNIH_HOME", str(home))
    monkeypatch.setenv("JERNIH_FEEDS", str(tmp_path / "feeds.toml"))
    yield made
    made.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def refused(*arguments: str) -> str:
    outcome = run(*arguments)
    assert isinstance(outcome.exception, Trouble), outcome
    return outcome.exception.sentence


def test_the_commands_walk_the_same_way_as_the_room(office: Office) -> None:
    rumor = office.isu()
    assert "Klarifikasi 1: DRAF" in run("draft", str(rumor), "--as", "ani").output
    assert "KPU Kota Contoh memeriksa" in run("show", "1", "--json").output
    assert "galat" in run("show", "1").output, "its links were never looked at"
    assert "diperbaiki" in refused("submit", "1", "--as", "ani")
    assert "tidak berlaku" in refused("publish", "1", "--as", "rini")
    assert "klarifikasi" in refused("approve", "7", "--as", "rini").lower()


def test_a_text_goes_out_and_comes_back_as_json(office: Office, tmp_path: Path) -> None:
    one = office.published()
    path = tmp_path / "teks.json"
    path.write_text(json.dumps(asdict(replace(TEXT, speaker="KPU: Sari, ketua divisi"))), "utf-8")
    said = run("correct", str(one), "--as", "ani", "--text", str(path), "--reason", "jabatan keliru")
    # The moment of the office lies in the past of the machine's clock: its links are old by then.
    assert isinstance(said.exception, Trouble)
    shown = json.loads(run("show", str(one), "--json").output)
    assert clarifications.draft_of(replace(TEXT.words(), text=json.dumps(shown))) == TEXT


@pytest.mark.parametrize("text", ["", "[]", "{", '{"headline": "x"}', "null"])
def test_a_broken_file_is_refused_in_one_sentence(office: Office, tmp_path: Path, text: str) -> None:
    one = office.drafted()
    path = tmp_path / "teks.json"
    path.write_text(text, "utf-8")
    assert "bukan teks klarifikasi" in refused("edit", str(one), "--as", "ani", "--text", str(path))


def test_the_list_names_what_waits(office: Office) -> None:
    one = office.published()
    assert f"{one:5} DITERBITKAN" in run("list").output
