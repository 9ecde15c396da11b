"""Our scripts of klarifikasi in chromium: live preview, copying, boxes over a picture; and the same without them."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from monitor.desk import Server, listen
from tests.office import Office
from tests.published import TEXT
from tests.test_clarify_desk import Room
from tests.test_redactions import pictured

pytestmark = pytest.mark.browser
playwright = pytest.importorskip("playwright.sync_api", reason="browser: playwright is not installed")
CHROMIUM = os.environ.get("JERNIH_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
if not CHROMIUM:
    pytest.skip("browser: chromium is not installed", allow_module_level=True)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    office = Office(tmp_path)
    yield Room(office)
    office.close()


@contextmanager
def opened(room: Room, **more: Any) -> Iterator[Any]:
    """A page of ani's browser; every complaint of it fails the test."""
    server = Server(room.app, listen("127.0.0.1", 0))
    server.start()
    faults: list[str] = []
    try:
        with playwright.sync_playwright() as tool:
            browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            context = browser.new_context(base_url=server.address, viewport={"width": 1280, "height": 900}, **more)
            context.add_cookies([{"name": "sesi", "value": room.cookies["ani"], "url": server.address}])
            page = context.new_page()
            page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: faults.append(str(error)))
            yield page
            browser.close()
    finally:
        server.stop()
    assert faults == []


def test_the_preview_and_its_faults_follow_what_is_typed(room: Room) -> None:
    one = room.office.drafted()
    before = room.office.opened(one)
    with opened(room) as page:
        page.goto(f"/klarifikasi/{one}/ubah")
        page.fill("#judul", "Surat suara sudah tercoblos di gudang KPU")
        page.wait_for_selector("#cacat-judul .fault")
        assert "tercoblos" in page.inner_text("#pratinjau .paper h2")
        page.fill("#penjelasan", "Menurut KPU, Bambang Sutrisno tetap terdaftar.")
        page.wait_for_selector("#alasan-nama-calon")
        page.fill("#alasan-nama-calon", "kutipan keterangan KPU")
        page.fill("#judul", TEXT.headline)
        page.wait_for_selector("#cacat-judul .fault", state="detached")
        assert page.input_value("#alasan-nama-calon") == "kutipan keterangan KPU"
    assert room.office.opened(one) == before, "nothing was kept"


def test_a_text_is_copied_by_its_button_and_selected_where_there_is_none(room: Room) -> None:
    one = room.office.published()
    with opened(room, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"/klarifikasi/{one}")
        page.click("button[data-copy=salin-wa]")
        page.wait_for_selector("text=Tersalin")
        assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#salin-wa")
    with opened(room, java_script_enabled=False) as page:
        page.goto(f"/klarifikasi/{one}")
        assert page.locator("button[data-copy]:visible").count() == 0
        assert TEXT.headline in page.input_value("#salin-wa")


@pytest.mark.parametrize("script", [True, False])
def test_boxes_are_dragged_or_clicked(room: Room, script: bool) -> None:
    one, evidence, _ = pictured(room)
    with opened(room, java_script_enabled=script) as page:
        page.goto(f"/klarifikasi/{one}/samarkan?bukti={evidence}")
        page.click("text=Tampilkan")
        page.wait_for_selector("#kanvas")
        if script:
            box = page.locator("#kanvas").bounding_box()
            page.mouse.move(box["x"] + 64, box["y"] + 64)
            page.mouse.down()
            page.mouse.move(box["x"] + 192, box["y"] + 128, steps=4)
            with page.expect_navigation():
                page.mouse.up()
        else:
            page.locator("#kanvas").click(position={"x": 64, "y": 64})
            page.wait_for_selector("input[name=sudut]", state="attached")
            page.locator("#kanvas").click(position={"x": 192, "y": 128})
            page.wait_for_selector("input[name=sudut]", state="detached")
        assert page.input_value("input[name=k]") == "64,64,128,64"
        page.fill("#alt", "Tangkapan layar percakapan, nama pengirim ditutup.")
        page.click("button[value=simpan]")
        page.wait_for_selector("#gambar img")
    text = room.office.opened(one).text
    assert text
    assert len(text.pictures) == 1
