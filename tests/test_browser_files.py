"""What people hand in, in chromium: a picture of a chat, evidence as a file, merging; wide, and on a phone without
JavaScript."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.cage import Cage
from monitor.pipeline import handing
from monitor.store import Store
from tests import made_city
from tests.test_browser import PHONE, WIDE, chromium, opened, served
from tests.test_browser_walk import shot
from tests.test_pictures import photo

pytestmark = pytest.mark.browser
__all__ = ["chromium"]
TEXT = "Surat suara sudah tercoblos di gudang, hubungi 0812-3456-7890, sebarkan sebelum dihapus"
CLAIM = "Surat suara untuk Kota Contoh sudah tercoblos di gudang"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    made_city.add_konten(held, made_city.settings(), 0)
    yield held
    held.close()


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    with Cage(1) as cage, served(store, seal=lambda name, content: handing.seal(store, cage, name, content)) as found:
        yield found


@pytest.mark.parametrize(("size", "script"), [(WIDE, True), (PHONE, False)], ids=["wide", "phone without JavaScript"])
def test_a_picture_becomes_a_konten_and_a_file_becomes_evidence(
    chromium: Any, store: Store, address: str, tmp_path: Path, size: tuple[int, int], script: bool
) -> None:
    picture, fake = tmp_path / "WA.jpg", tmp_path / "surat.pdf"
    picture.write_bytes(photo(600, 1200))
    fake.write_bytes(b"MZ this is a program")
    with opened(chromium, size, java_script_enabled=script) as page:
        page.goto(f"{address}/konten/baru")
        page.fill("#teks", TEXT)
        page.fill("#tempat", "Grup warga kelurahan")
        page.select_option("#saluran", "WhatsApp")
        page.set_input_files("#gambar", str(picture))
        page.click("main form.stack button.primary")
        assert page.locator("figure img").evaluate("image => image.decode().then(() => image.naturalHeight)") == 320
        assert "0812" not in page.inner_text("main")
        page.click("text=Tampilkan")
        assert page.locator("figure img").evaluate("image => image.decode().then(() => image.naturalHeight)") == 1200
        assert "0812-3456-7890" in page.inner_text("main")
        shot(page, "gambar-percakapan", size[0])
        page.fill("#klaim", CLAIM)
        page.click("form[action$='/lekatkan'] button")
        page.fill("#keterangan", "Foto segel.")
        page.set_input_files("#berkas", str(fake))
        page.click("text=Tambah berkas")
        assert "bukan gambar" in page.inner_text(".told[role=alert]")
        assert page.input_value("#keterangan") == "Foto segel."
        page.set_input_files("#berkas", str(picture))
        page.click("text=Tambah berkas")
        assert page.locator("#bukti img").evaluate("image => image.decode().then(() => image.naturalHeight)") == 320
        page.click("#bukti >> text=Tampilkan")
        assert page.locator("#bukti img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 600
        assert "Foto segel." in page.inner_text("#bukti")
        shot(page, "bukti-berkas", size[0])
        with page.expect_download() as saved:
            page.click("text=Simpan berkas")
        assert saved.value.suggested_filename == "WA.webp"
        assert [fault for fault in page.faults if "415" not in fault] == []
    with store.read() as tx:
        assert [act.act for act in tx.acts()].count("lihat data pribadi") == 1
        assert [act.act for act in tx.acts()].count("lihat berkas bukti") == 1
