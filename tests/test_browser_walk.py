"""The whole life of a konten in chromium: all who take part; wide and phone, by keyboard, without JavaScript."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor import desk as pages
from monitor.desk import Server, listen
from monitor.desk.clarifyform import FIELDS
from monitor.items import DIKESAMPINGKAN, Item
from monitor.people import codes
from monitor.pipeline import people
from monitor.store import Store
from tests import made_city
from tests.published import TEXT
from tests.test_browser import PHONE, SHOTS, WIDE, chromium, opened, playwright
from tests.walking import CLAIM, EXPLANATION, Clock, Keys, Pointer, as_, visited

pytestmark = pytest.mark.browser
__all__ = ["chromium"]
# Links to public pages then lead to the server of the test.
OWN = """
[desk]
port = {port}
[[official]]
name = "KPU"
domain = "kpu.go.id"
confirmed_by = "Sekretaris"
"""


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
    heard = listen("127.0.0.1", 0)
    known = made_city.settings(OWN.format(port=heard.getsockname()[1]))
    server = Server(pages.app(made_city.desk(store, known, now=clock, visit=visited)), heard)
    server.start()
    yield server.address
    server.stop()


def shot(page: Any, name: str, width: int) -> None:
    """A screenshot of a page that must not be wider than the screen."""
    SHOTS.mkdir(exist_ok=True)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{name} is {over} px too wide at {width}"
    page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)


WAYS = {"wide": (WIDE, Pointer, True), "phone": (PHONE, Pointer, True), "by keyboard": (WIDE, Keys, True),
        "without JavaScript": (PHONE, Pointer, False)}


@pytest.mark.parametrize("way", WAYS)
def test_the_whole_life_of_a_konten(chromium: Any, store: Store, clock: Clock, address: str, way: str) -> None:
    size, hands, script = WAYS[way]
    with opened(chromium, size, java_script_enabled=script) as page:
        walk = Walk(page, hands(page), store, clock, address, way)
        walk.to_a_finding()
        walk.to_two_signatures()
        walk.to_a_draft(script)
        walk.to_a_publication()
        walk.to_the_audit()
        assert [fault for fault in page.faults if "422" not in fault] == []


@dataclass
class Walk:
    """One konten from the queue to the public page, by whoever is competent for each step."""

    page: Any
    hands: Pointer
    store: Store
    clock: Clock
    address: str
    way: str

    def button(self, name: str) -> Any:
        return self.page.get_by_role("button", name=name, exact=True).first

    def be(self, name: str, role: str, path: str) -> None:
        self.clock.at += timedelta(seconds=30)
        as_(self.page, self.store, self.clock, name, role)
        self.page.goto(self.address + path)

    def shot(self, name: str) -> None:
        """The keyboard and a browser without JavaScript are shown the same pages: two sizes of pictures are enough."""
        if self.way in ("wide", "phone"):
            shot(self.page, f"jalan-{name}", self.page.viewport_size["width"])

    def is_(self, state: str) -> None:
        playwright.expect(self.page.locator("article .state").first).to_have_text(state)

    def to_a_finding(self) -> None:
        page, hands = self.page, self.hands
        self.be("sari", "verifikator", "/")
        hands.send(page.locator(".rows h2 a").first)
        hands.send(self.button("Ambil"))
        hands.write(page.get_by_label("Klaim yang beredar"), TEXT.claim)
        self.shot("konten")
        hands.send(self.button("Lekatkan"))
        hands.press(page.get_by_text("Catat", exact=True).first)
        hands.write(page.locator("textarea[name=temuan]").first, "Grup percakapan, tanpa nama.")
        hands.send(self.button("Simpan"))
        hands.write(page.get_by_label("Tambah alamat"), TEXT.citations[0].url)
        hands.send(self.button("Tambah bukti"))
        playwright.expect(page.locator("#bukti")).to_contain_text("Pernyataan KPU Kota Contoh")
        self.find(EXPLANATION)

    def find(self, explanation: str) -> None:
        self.hands.tick(self.page.get_by_label("HOAKS", exact=True))
        self.hands.choose(self.page.get_by_label("Jenis"), "konten palsu")
        self.hands.write(self.page.get_by_label("Penjelasan"), explanation)
        self.shot("isu")
        self.hands.send(self.button("Ajukan hasil"))
        self.is_("menunggu persetujuan")

    def to_two_signatures(self) -> None:
        page, hands = self.page, self.hands
        self.be("rini", "redaktur", "/persetujuan")
        self.shot("persetujuan")
        hands.send(page.get_by_role("link", name=TEXT.claim))
        hands.write(page.get_by_label("Atau kembalikan dengan catatan"), "Sebutkan sumbernya.")
        self.shot("tanda-tangan")
        hands.send(self.button("Kembalikan"))
        self.is_("terbuka")
        self.be("sari", "verifikator", "/isu/1")
        self.find(EXPLANATION + " Sumber: pengumuman KPU.")
        self.be("karta", "kepala", "/isu/1")
        hands.send(self.button("Setujui"))
        self.is_("terverifikasi")
        self.shot("selesai")

    def to_a_draft(self, script: bool) -> None:
        page, hands = self.page, self.hands
        self.be("sari", "verifikator", "/isu/1")
        hands.send(self.button("Tulis klarifikasi"))
        playwright.expect(page.locator("#cacat-penyampai")).to_contain_text("Bagian contoh ini belum diganti.")
        hands.write(page.locator("#judul"), TEXT.claim)
        for one in FIELDS[1:]:
            hands.write(page.locator(f"#{one.name}"), getattr(TEXT, one.attribute))
        if not script:
            hands.send(self.button("Pratinjau"))
        playwright.expect(page.locator("#cacat-judul")).to_contain_text("Galat")
        self.shot("galat")
        hands.write(page.locator("#judul"), TEXT.headline)
        hands.write(page.locator("#alamat"), TEXT.slug)
        if not script:
            hands.send(self.button("Pratinjau"))
        playwright.expect(page.locator("#pratinjau")).to_contain_text(TEXT.headline)
        playwright.expect(page.locator("#cacat-judul")).to_have_text("")
        self.shot("menulis")
        hands.send(self.button("Simpan"))
        playwright.expect(page.locator("#pemeriksaan")).to_contain_text("tidak ada yang perlu diperbaiki")
        hands.send(self.button("Ajukan"))
        self.is_("menunggu persetujuan")

    def to_a_publication(self) -> None:
        page, hands = self.page, self.hands
        self.be("rini", "redaktur", "/persetujuan")
        hands.send(page.get_by_role("link", name=TEXT.headline))
        self.shot("klarifikasi")
        hands.send(self.button("Setujui"))
        assert page.request.get(f"{self.address}/publik/1-{TEXT.slug}/").status == 404
        hands.send(self.button("Terbitkan"))
        hands.send(page.get_by_role("link", name="Buka halamannya"))
        page.context.clear_cookies()
        page.reload()
        playwright.expect(page.get_by_role("heading", level=1)).to_have_text(TEXT.headline)
        playwright.expect(page.locator("article")).to_contain_text("HOAKS")
        assert page.url == f"{self.address}/publik/1-{TEXT.slug}/"
        self.shot("publik")

    def to_the_audit(self) -> None:
        page = self.page
        self.be("karta", "kepala", "/isu/1")
        self.hands.send(page.get_by_role("link", name="Audit isu ini"))
        done = page.locator("tbody tr td:nth-child(3)").all_inner_texts()
        assert [done.count(act) for act in ("ajukan hasil", "kembalikan", "setujui")] == [2, 1, 1]
        self.shot("audit")
        page.goto(self.address + "/klarifikasi/1")
        self.hands.send(page.get_by_role("link", name="Audit klarifikasi ini"))
        done = page.locator("tbody tr td:nth-child(3)").all_inner_texts()
        assert [done.count(act) for act in ("buat", "ajukan", "setujui", "terbitkan")] == [1, 1, 1, 1]
        assert page.locator("tbody tr td:nth-child(4)", has_not_text="klarifikasi 1").count() == 0


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
        page.goto(address + "/?keadaan=baru")
        for key in "jxjxa":
            page.keyboard.press(key)
        page.wait_for_url("**/konten/isu")
        assert page.locator("input[type=checkbox]:checked").count() == 2
        page.get_by_label("Klaim yang beredar").fill(CLAIM)
        page.get_by_role("button", name="Lekatkan").click()
        page.wait_for_url("**/isu/1")
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
        made_city.logged_in(store, "budi", ("verifikator",), clock.at)
        page.goto(address + "/")
        boxes.nth(0).check()
        boxes.nth(1).check()
        page.get_by_text("Serahkan, label").click()
        page.locator("#label").fill("TPS 12")
        shot(page, "antrean-banyak", PHONE[0])
        page.get_by_role("button", name="Beri", exact=True).click()
        playwright.expect(page.locator(".told")).to_contain_text("2 konten diberi label")
        page.locator(".rows .label").first.click()
        page.wait_for_url("**/?label=tps*")
        assert page.locator(".rows > li").count() == 2
        page.get_by_text("Simpan saringan ini").click()
        page.get_by_label("Nama saringan").fill("TPS 12")
        page.get_by_role("button", name="Simpan", exact=True).click()
        playwright.expect(page.locator(".shelf")).to_contain_text("Tersimpan sebagai “TPS 12”")
        boxes.nth(0).check()
        boxes.nth(1).check()
        page.get_by_text("Serahkan, label").click()
        page.locator("#kepada").select_option("budi")
        page.get_by_role("button", name="Serahkan", exact=True).click()
        playwright.expect(page.locator(".told")).to_contain_text("2 konten diserahkan")
        as_(page, store, clock, "budi", "verifikator")
        page.goto(address + "/kerja")
        assert page.locator(".rows h3 a").count() == 2
        shot(page, "kerja", PHONE[0])


def test_the_buttons_of_keys_do_what_the_keys_do(chromium: Any, store: Store, clock: Clock, address: str) -> None:
    with opened(chromium) as page:
        as_(page, store, clock, "sari", "verifikator")
        page.goto(address + "/")
        for name in ("turun", "turun", "naik", "centang"):
            page.locator(".keys button", has_text=name).click()
        assert page.locator(".rows > li[aria-current] input:checked").count() == 1
        page.get_by_role("button", name="Centang semua").click()
        assert page.locator(".rows input:checked").count() == page.locator(".rows input").count()
        page.locator(".keys button", has_text="buka").click()
        page.wait_for_url("**/konten/*")
        assert page.faults == []


def test_logging_in_with_a_second_factor(chromium: Any, store: Store, clock: Clock, address: str) -> None:
    people.first_link(store, "kunci", clock.at)
    with opened(chromium, PHONE) as page:
        page.context.clear_cookies()
        page.goto(address + "/undangan?kunci=kunci")
        secret = page.locator("input[name=rahasia]").input_value()
        assert page.locator(".qr img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 50
        page.get_by_label("Nama akun").fill("ayu")
        page.locator("#sandi").fill("kapal biru hujan meja")
        page.locator("#ulang").fill("kapal biru hujan meja")
        page.locator("#kode").fill(codes.code_at(secret, codes.step_of(clock.at)))
        shot(page, "masuk-pertama", PHONE[0])
        page.get_by_role("button", name="Simpan").click()
        shot(page, "masuk-kode-pemulihan", PHONE[0])
        page.get_by_role("button", name="Masuk sekarang").or_(page.get_by_role("link", name="Masuk sekarang")).click()
        clock.at += timedelta(seconds=60)
        page.get_by_label("Nama akun").fill("ayu")
        page.get_by_label("Sandi").fill("kapal biru hujan meja")
        page.get_by_label("Kode 6 angka").fill(codes.code_at(secret, codes.step_of(clock.at)))
        shot(page, "masuk", PHONE[0])
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_url(address + "/")
        for path in ("akun", "pengguna"):
            page.goto(f"{address}/{path}")
            shot(page, path, PHONE[0])
        assert page.faults == []
