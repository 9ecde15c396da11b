"""The whole life of a konten in chromium: all who take part; wide and phone, by keyboard, without JavaScript."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor import desk as pages
from monitor.desk import Server, listen
from monitor.items import DIKESAMPINGKAN, Item
from monitor.people import codes
from monitor.pipeline import Link, people
from monitor.store import Store
from tests import made_city
from tests.test_browser import PHONE, SHOTS, WIDE, chromium, opened, playwright

pytestmark = pytest.mark.browser
__all__ = ["chromium"]
CLAIM = "Surat suara untuk Kota Contoh sudah tercoblos di gudang"
EXPLANATION = "KPU Kota Contoh menunjukkan segel gudang yang utuh, disaksikan Bawaslu."


class Clock:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.at = made_city.NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    known = made_city.settings()
    made_city.fill(held, known, konten=0)
    for n in (0, 1, 2, 4, 5, 6, 7, 8):
        made_city.add_konten(held, known, n)
    yield held
    held.close()


@pytest.fixture
def address(store: Store, clock: Clock) -> Iterator[str]:
    def visited(urls: Any) -> list[Link]:
        return [Link(url, "Pernyataan KPU Kota Contoh", None, "ab" * 32, "") for url in urls]

    server = Server(pages.app(made_city.desk(store, now=clock, visit=visited)), listen("127.0.0.1", 0))
    server.start()
    yield server.address
    server.stop()


def as_(page: Any, store: Store, clock: Clock, name: str, *roles: str) -> None:
    """The browser becomes somebody else's."""
    cookie = made_city.logged_in(store, name, roles, clock.at)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sesi", "value": cookie, "domain": "127.0.0.1", "path": "/"}])


def shot(page: Any, name: str, size: tuple[int, int]) -> None:
    """A screenshot of a page that must not be wider than the screen."""
    SHOTS.mkdir(exist_ok=True)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{name} is {over} px too wide at {size[0]}"
    page.screenshot(path=SHOTS / f"{name}-{size[0]}.png", full_page=True)


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_whole_life_of_a_konten(chromium: Any, store: Store, clock: Clock, address: str, size: tuple[int, int],
                                    script: bool) -> None:
    with opened(chromium, size, java_script_enabled=script) as page:
        as_(page, store, clock, "sari", "verifikator")
        page.goto(address + "/")
        page.locator(".rows h2 a").first.click()
        page.wait_for_url("**/konten/*")
        page.get_by_role("button", name="Ambil").click()
        page.get_by_label("Klaim yang beredar").fill(CLAIM)
        shot(page, "jalan-konten", size)
        page.get_by_role("button", name="Lekatkan").click()
        page.wait_for_url("**/isu/1")
        page.get_by_text("Catat", exact=True).first.click()
        page.locator("textarea[name=temuan]").first.fill("Grup percakapan, tanpa nama.")
        page.get_by_role("button", name="Simpan").first.click()
        page.get_by_label("Tambah alamat").fill("https://kpu.example/pengumuman")
        page.get_by_role("button", name="Tambah bukti").click()
        playwright.expect(page.locator("#bukti")).to_contain_text("Pernyataan KPU Kota Contoh")
        page.get_by_label("HOAKS", exact=True).check()
        page.get_by_label("Jenis").select_option("konten palsu")
        page.get_by_label("Penjelasan").fill(EXPLANATION)
        shot(page, "jalan-isu", size)
        page.get_by_role("button", name="Ajukan hasil").click()
        playwright.expect(page.locator("article .state").first).to_have_text("menunggu persetujuan")
        clock.at += timedelta(seconds=30)
        as_(page, store, clock, "rini", "redaktur")
        page.goto(address + "/persetujuan")
        shot(page, "jalan-persetujuan", size)
        page.get_by_role("link", name=CLAIM).click()
        page.get_by_label("Atau kembalikan dengan catatan").fill("Sebutkan sumbernya.")
        shot(page, "jalan-tanda-tangan", size)
        page.get_by_role("button", name="Kembalikan").click()
        playwright.expect(page.locator("article .state").first).to_have_text("terbuka")
        as_(page, store, clock, "sari", "verifikator")
        page.goto(address + "/isu/1")
        page.get_by_label("HOAKS", exact=True).check()
        page.get_by_label("Penjelasan").fill(EXPLANATION + " Sumber: pengumuman KPU.")
        page.get_by_role("button", name="Ajukan hasil").click()
        clock.at += timedelta(seconds=30)
        as_(page, store, clock, "karta", "kepala")
        page.goto(address + "/isu/1")
        page.get_by_role("button", name="Setujui").click()
        playwright.expect(page.locator("article .state").first).to_have_text("terverifikasi")
        shot(page, "jalan-selesai", size)
        page.goto(address + "/audit?hal=isu&nomor=1")
        assert page.locator("tbody tr").first.inner_text().count("setujui") == 1
        shot(page, "jalan-audit", size)
        assert page.faults == []


def test_the_queue_by_keys_alone(chromium: Any, store: Store, clock: Clock, address: str) -> None:
    with opened(chromium) as page:
        as_(page, store, clock, "sari", "verifikator")
        page.goto(address + "/")
        ids = page.locator(".rows > li").evaluate_all("rows => rows.map(row => Number(row.dataset.id))")

        def state(item: int) -> str:
            with store.read() as tx:
                found = tx.get(Item, item)
            assert found is not None
            return found.state + found.holder

        def current() -> int:
            return int(page.locator(".rows > li[aria-current]").get_attribute("data-id"))

        for key in "jjk":
            page.keyboard.press(key)
        assert current() == ids[0]
        page.keyboard.press("4")
        page.wait_for_url("**selesai=kesampingkan**")
        assert state(ids[0]) == DIKESAMPINGKAN
        assert current() == ids[1]
        page.keyboard.press("u")
        page.wait_for_url("**selesai=urungkan**")
        assert state(ids[0]) == "BARU"
        for key in "jxjjx":
            page.keyboard.press(key)
        page.keyboard.press("v")
        page.wait_for_url("**selesai=ambil**")
        assert [state(item) for item in ids[:4]] == ["DIPROSESsari", "BARU", "DIPROSESsari", "BARU"]
        page.keyboard.press("?")
        assert page.locator("dialog").is_visible()
        page.keyboard.press("Escape")
        page.keyboard.press("/")
        page.keyboard.type("j tercoblos")
        assert page.locator("[type=search]").input_value() == "j tercoblos"
        page.keyboard.press("Escape")
        page.keyboard.press("j")
        here = current()
        page.keyboard.press("o")
        page.wait_for_url(f"**/konten/{here}")
        assert page.faults == []


def test_every_key_is_also_a_button(chromium: Any, store: Store, clock: Clock, address: str) -> None:
    with opened(chromium, PHONE, java_script_enabled=False) as page:
        as_(page, store, clock, "sari", "verifikator")
        page.goto(address + "/")
        boxes = page.locator(".rows input[type=checkbox]")
        boxes.nth(0).check()
        boxes.nth(2).check()
        page.locator("#alasan").select_option("opini/kritik")
        page.get_by_role("button", name="Kesampingkan").click()
        playwright.expect(page.locator(".told")).to_contain_text("2 konten dikesampingkan")
        page.get_by_role("button", name="Urungkan").click()
        playwright.expect(page.locator(".told")).to_contain_text("2 langkah diurungkan")


def test_logging_in_with_a_second_factor(chromium: Any, store: Store, clock: Clock, address: str) -> None:
    people.first_link(store, "kunci", clock.at)
    with opened(chromium, PHONE) as page:
        page.context.clear_cookies()
        page.goto(address + "/undangan?kunci=kunci")
        secret = page.locator("input[name=rahasia]").input_value()
        assert page.locator(".qr img").evaluate("image => image.naturalWidth") > 50
        page.get_by_label("Nama akun").fill("ayu")
        page.locator("#sandi").fill("kapal biru hujan meja")
        page.locator("#ulang").fill("kapal biru hujan meja")
        page.locator("#kode").fill(codes.code_at(secret, codes.step_of(clock.at)))
        shot(page, "masuk-pertama", PHONE)
        page.get_by_role("button", name="Simpan").click()
        shot(page, "masuk-kode-pemulihan", PHONE)
        page.get_by_role("button", name="Masuk sekarang").or_(page.get_by_role("link", name="Masuk sekarang")).click()
        clock.at += timedelta(seconds=60)
        page.get_by_label("Nama akun").fill("ayu")
        page.get_by_label("Sandi").fill("kapal biru hujan meja")
        page.get_by_label("Kode 6 angka").fill(codes.code_at(secret, codes.step_of(clock.at)))
        shot(page, "masuk", PHONE)
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_url(address + "/")
        for path in ("akun", "pengguna"):
            page.goto(f"{address}/{path}")
            shot(page, path, PHONE)
        assert page.faults == []
