"""The static folder holds the same site, nothing unpublished, and never half of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli.export import app
from tests.office import FEEDS, Office
from tests.published import TEXT


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    home = tmp_path / "home"
    made = Office(home)
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(FEEDS + '\n[public]\nurl = "https://klarifikasi.kota.example"\n', "utf-8")
    monkeypatch.setenv("JERNIH_HOME", str(home))
    monkeypatch.setenv("JERNIH_FEEDS", str(feeds))
    yield made
    made.close()


def test_the_folder_holds_the_published_and_every_link_leads_somewhere(office: Office, tmp_path: Path) -> None:
    one = office.published()
    office.drafted(1, headline="KPU: rahasia yang belum terbit di gudang")
    folder = tmp_path / "situs"
    assert CliRunner().invoke(app, ["site", str(folder)]).exit_code == 0
    pages = list(folder.rglob("*.html"))
    assert folder / f"{one}-{TEXT.slug}" / "index.html" in pages
    for path in folder.rglob("*"):
        assert path.is_dir() or b"rahasia" not in path.read_bytes()
    for page in pages:
        for link in re.findall(r'(?:href|src)="([^"#:]+)"', page.read_text("utf-8")):
            target = page.parent / link
            assert (target / "index.html" if target.is_dir() else target).exists(), f"{page}: {link}"
    assert "<form" not in "".join(page.read_text("utf-8") for page in pages)


def test_a_second_export_replaces_the_first_and_other_folders_are_left_alone(office: Office, tmp_path: Path) -> None:
    folder, other = tmp_path / "situs", tmp_path / "lain"
    other.mkdir()
    (other / "penting.txt").write_text("jangan hapus", "utf-8")
    assert CliRunner().invoke(app, ["site", str(other)]).exception is not None
    assert (other / "penting.txt").exists()
    CliRunner().invoke(app, ["site", str(folder)])
    (folder / "sisa.html").write_text("x", "utf-8")
    assert CliRunner().invoke(app, ["site", str(folder)]).exit_code == 0
    assert not (folder / "sisa.html").exists()
    assert not (tmp_path / "situs.part").exists()


def test_labels_are_written_once_for_their_owner_alone_and_audited(office: Office, tmp_path: Path) -> None:
    office.isu("FAKTA")
    for form in ("jsonl", "csv"):
        file = tmp_path / f"label.{form}"
        done = CliRunner().invoke(app, ["labels", str(file), "--format", form])
        assert done.exit_code == 0, done.output
        assert "bukan hoaks (FAKTA): 1" in done.output
        assert "1 label" in done.output
        assert file.stat().st_mode & 0o077 == 0
        assert b"FAKTA" in file.read_bytes()
        held = file.read_bytes()
        assert CliRunner().invoke(app, ["labels", str(file), "--format", form]).exit_code != 0
        assert file.read_bytes() == held
    assert CliRunner().invoke(app, ["labels", str(tmp_path / "x"), "--format", "xml"]).exit_code != 0
    with office.store.read() as tx:
        acts = [act for act in tx.acts() if act.act == "ekspor label"]
    assert [(act.key, act.detail) for act in acts] == [("jsonl", {"labels": 1}), ("csv", {"labels": 1})]
