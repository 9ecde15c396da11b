"""The pages of klarifikasi, as people of an office use them: write, check, sign, publish, correct, withdraw."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from monitor.clarifications import KOREKSI, Draft
from monitor.desk import Desk, Names, app
from monitor.desk.clarifyform import FIELDS
from monitor.pipeline import Link, answers, picturing
from monitor.pipeline.answers import File
from monitor.rumors import SELESAI, Rumor
from tests import made_city
from tests.asgi import Client
from tests.office import Office
from tests.published import TEXT

ROLES = {"ani": ("verifikator",), "budi": ("verifikator",), "rini": ("redaktur",), "karta": ("kepala",)}


class Room:
    """An office with its desk; `as_` gives the browser of one of its people."""

    def __init__(self, office: Office) -> None:
        self.office = office
        names = Names({"81.72": "Kota Contoh"}.get, str)  # type: ignore[arg-type]
        self.app = app(Desk(office.store, lambda: office.settings, lambda: office.now, names=names, visit=self.visit,
                             redact=lambda *what: picturing.blacked(office.cage, *what)))
        self.visited: list[str] = []
        self.cookies = {name: made_city.logged_in(office.store, name, roles, office.now)
                        for name, roles in ROLES.items()}

    def visit(self, urls: Sequence[str]) -> list[Link]:
        self.visited += urls
        return [Link(url, url, None, "" if url in self.office.dead else "ab" * 32, "") for url in urls]

    def as_(self, name: str) -> Client:
        browser = Client(self.app)
        browser.cookies.set("sesi", self.cookies[name], domain="127.0.0.1")
        return browser

    def send(self, name: str, number: int, act: str, **form: str) -> httpx.Response:
        """One of the plain buttons, on the version that is there now."""
        self.office.later()
        version = str(self.office.opened(number).row.version)
        return self.as_(name).send(f"/klarifikasi/{number}/{act}", {"versi": version, **form})


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    office = Office(tmp_path)
    yield Room(office)
    office.close()


def typed(text: Draft, version: int = 0) -> dict[str, str]:
    """The form as a browser sends it."""
    form = {one.name: getattr(text, one.attribute) for one in FIELDS}
    form |= {"alamat": text.slug, "kategori": text.category, "terusan": text.relay, "versi": str(version)}
    for number, cited in enumerate(text.citations):
        form |= {f"tautan-{number}": cited.url, f"judul-tautan-{number}": cited.title}
    return form | {f"alasan-{code}": reason for code, reason in text.waivers.items()}


def soup(answer: httpx.Response) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def public(room: Room) -> list[str]:
    with room.office.store.read() as tx:
        return [one.text.headline for one in answers.publications(tx) if one.text]


def test_from_a_verified_isu_to_a_public_page_by_plain_forms(room: Room) -> None:
    rumor, ani = room.office.isu(), room.as_("ani")
    assert "Tulis klarifikasi" in ani.get(f"/isu/{rumor}").text
    begun = ani.send(f"/isu/{rumor}/klarifikasi")
    assert (begun.status_code, begun.headers["location"]) == (303, "/klarifikasi/1/ubah")
    assert "Tulis klarifikasi" not in soup(ani.get(f"/isu/{rumor}")).select_one(".aside").get_text()
    form = ani.get("/klarifikasi/1/ubah")
    assert "Bagian contoh ini belum diganti." in soup(form).select_one("#cacat-penyampai").get_text()
    refused = room.send("ani", 1, "ajukan")
    assert refused.status_code == 422
    saved = ani.send("/klarifikasi/1/ubah", typed(TEXT, 1))
    assert saved.status_code == 303, soup(saved).select_one(".told")
    assert set(room.visited) == {one.url for one in TEXT.citations}
    assert room.office.opened(1).text == TEXT
    assert room.send("ani", 1, "ajukan").status_code == 303
    assert "Klarifikasi" in room.as_("rini").get("/persetujuan").text
    assert room.send("rini", 1, "setujui").status_code == 303
    assert public(room) == []
    assert room.send("rini", 1, "terbitkan").status_code == 303
    assert public(room) == [TEXT.headline]
    assert TEXT.headline in room.as_("ani").get("/publik/").text


@pytest.mark.parametrize("act", ["setujui", "kembalikan", "sahkan", "terbitkan", "konfirmasi", "tolak"])
def test_a_verifikator_signs_nothing(room: Room, act: str) -> None:
    one = room.office.approved()
    assert room.send("budi", one, act, alasan="x").status_code == 403


def test_the_author_sees_no_signature_and_gets_none(room: Room) -> None:
    made_city.logged_in(room.office.store, "rini", ("verifikator", "redaktur"), room.office.now)
    one = room.office.drafted()
    room.send("rini", one, "ubah", **{key: value for key, value in typed(TEXT).items() if key != "versi"})
    room.send("rini", one, "ajukan")
    assert room.office.opened(one).row.state == "MENUNGGU"
    assert "/setujui" not in room.as_("rini").get(f"/klarifikasi/{one}").text
    for act in ("setujui", "kembalikan"):
        answer = room.send("rini", one, act, alasan="x")
        assert answer.status_code == 422
        assert "tidak menulis teks ini" in soup(answer).select_one(".told").get_text()
    assert "/setujui" in room.as_("karta").get(f"/klarifikasi/{one}").text
    assert room.send("karta", one, "kembalikan", alasan="perjelas sumbernya").status_code == 303
    assert "perjelas sumbernya" in room.as_("rini").get(f"/klarifikasi/{one}").text


def test_a_stale_form_keeps_what_was_typed_says_who_was_first_and_shows_the_difference(room: Room) -> None:
    one = room.office.drafted()
    seen = room.office.opened(one).row.version
    theirs, mine = replace(TEXT, where="papan warga"), replace(TEXT, where="kotak surat warga")
    assert room.as_("budi").send(f"/klarifikasi/{one}/ubah", typed(theirs, seen)).status_code == 303
    late = room.as_("ani").send(f"/klarifikasi/{one}/ubah", typed(mine, seen))
    assert late.status_code == 409
    page = soup(late)
    assert page.select_one("#di-mana")["value"] == "kotak surat warga"
    assert "budi lebih dahulu" in page.select_one(".told").get_text()
    changed = (page.select_one("del").get_text(), page.select_one("ins").get_text())
    assert changed == ("dihapus: papan", "baru: kotak surat")
    assert room.office.opened(one).text == theirs
    now = str(page.select_one("form.stack input[name=versi]")["value"])
    assert room.as_("ani").send(f"/klarifikasi/{one}/ubah", typed(mine, int(now))).status_code == 303
    assert room.office.opened(one).text == mine


@pytest.mark.parametrize("act", ["ajukan", "setujui", "terbitkan", "tarik", "konfirmasi"])
def test_every_button_is_of_the_version_that_was_seen(room: Room, act: str) -> None:
    one = room.office.approved()
    who = {"ajukan": "ani", "tarik": "ani", "konfirmasi": "karta"}.get(act, "rini")
    before = room.office.opened(one)
    late = room.as_(who).send(f"/klarifikasi/{one}/{act}", {"versi": "1", "alasan": "sebab"})
    assert late.status_code == 409
    assert room.office.opened(one).row == before.row


def test_a_preview_keeps_nothing_and_offers_nothing_to_share(room: Room) -> None:
    one = room.office.drafted()
    before = room.office.opened(one)
    other = replace(TEXT, headline="Surat suara sudah tercoblos di gudang KPU")
    whole = room.as_("ani").send(f"/klarifikasi/{one}/pratinjau", typed(other))
    part = room.as_("ani").send(f"/klarifikasi/{one}/pratinjau", typed(other), headers={"hx-request": "true"})
    assert "<html" in whole.text
    assert "<html" not in part.text
    for answer in (whole, part):
        page = soup(answer)
        assert other.headline in page.select_one(".paper h2").get_text()
        assert "mengulang klaim" in page.select_one("#cacat-judul").get_text()
        assert "wa.me" not in answer.text
    assert "hx-swap-oob" in part.text
    assert room.office.opened(one) == before


def test_a_warning_asks_for_its_reason_beside_its_field(room: Room) -> None:
    one = room.office.drafted()
    named = replace(TEXT, explanation="Menurut KPU, Bambang Sutrisno tetap terdaftar.")
    version = room.office.opened(one).row.version
    room.as_("ani").send(f"/klarifikasi/{one}/ubah", typed(named, version))
    place = soup(room.as_("ani").get(f"/klarifikasi/{one}/ubah")).select_one("#cacat-penjelasan")
    assert place.select_one("textarea[name=alasan-nama-calon]")
    assert room.send("ani", one, "ajukan").status_code == 422
    given = replace(named, waivers={"nama-calon": "kutipan keterangan KPU"})
    version = room.office.opened(one).row.version
    room.as_("ani").send(f"/klarifikasi/{one}/ubah", typed(given, version))
    assert room.send("ani", one, "ajukan").status_code == 303
    assert "alasannya: kutipan keterangan KPU" in room.as_("rini").get(f"/klarifikasi/{one}").text


def test_a_correction_shows_old_and_new_waits_and_keeps_its_address(room: Room) -> None:
    one = room.office.published()
    address = soup(room.as_("ani").get(f"/klarifikasi/{one}")).find("a", string=re.compile("Buka halamannya"))["href"]
    better = replace(TEXT, speaker="KPU Kota Contoh: Sari Dewi, ketua divisi", slug="alamat-lain")
    version = room.office.opened(one).row.version
    form = typed(better, version)
    page = soup(room.as_("ani").get(f"/klarifikasi/{one}/ubah"))
    assert not page.select("input[name=alamat]"), "the address of a published page never changes"
    missing = room.as_("ani").send(f"/klarifikasi/{one}/koreksi", form)
    assert missing.status_code == 422
    assert soup(missing).select_one("#penyampai")["value"] == better.speaker
    assert room.as_("ani").send(f"/klarifikasi/{one}/koreksi", form | {"alasan": "jabatan keliru"}).status_code == 303
    assert room.office.opened(one).row.proposal == KOREKSI
    page = soup(room.as_("rini").get(f"/klarifikasi/{one}"))
    assert page.select_one(".changes ins").get_text() == "baru:  divisi"
    assert "Siapa yang menyatakan" in page.select_one(".changes").get_text()
    assert better.speaker not in room.as_("ani").get("/publik/" + address.partition("/publik/")[2]).text
    assert room.send("rini", one, "sahkan").status_code == 303
    shown = room.as_("ani").get("/publik/" + address.partition("/publik/")[2])
    assert (shown.status_code, better.speaker in shown.text) == (200, True)


def test_a_withdrawal_takes_two_and_may_be_refused(room: Room) -> None:
    one = room.office.published()
    assert room.send("ani", one, "tarik", alasan="hasil dibuka lagi").status_code == 303
    assert "hasil dibuka lagi" in room.as_("rini").get(f"/klarifikasi/{one}").text
    assert room.send("rini", one, "tolak", alasan="hasilnya tetap").status_code == 303
    assert public(room) == [TEXT.headline]
    room.send("ani", one, "tarik", alasan="hasil dibuka lagi")
    assert room.send("rini", one, "sahkan").status_code == 303
    assert room.office.opened(one).row.state == "DITARIK"


def test_texts_to_copy_are_of_published_pages_only(room: Room) -> None:
    one = room.office.approved()
    assert not soup(room.as_("rini").get(f"/klarifikasi/{one}")).select(".copy")
    room.send("rini", one, "terbitkan")
    page = soup(room.as_("rini").get(f"/klarifikasi/{one}"))
    boxes = {str(box["id"]): box.get_text() for box in page.select(".copy textarea[readonly]")}
    assert set(boxes) == {"salin-wa", "salin-caption", "salin-radio", "salin-tautan"}
    assert all(TEXT.headline in boxes[name] for name in ("salin-wa", "salin-caption", "salin-radio"))
    assert boxes["salin-tautan"].strip().endswith(f"/{one}-{TEXT.slug}/")
    assert all(button.has_attr("hidden") for button in page.select("button[data-copy]")), "without our script"
    assert page.find("a", href=re.compile(r"^https://wa\.me/\?text="))


def test_a_source_that_died_since_the_approval_holds_the_page_back(room: Room) -> None:
    one = room.office.approved()
    room.office.dead = {TEXT.citations[0].url}
    held = room.send("rini", one, "terbitkan")
    assert held.status_code == 422
    assert room.visited == [cited.url for cited in TEXT.citations]
    assert "terbuka dalam 7 hari terakhir" in soup(held).select_one("#pemeriksaan").get_text()
    assert public(room) == []
    assert room.send("rini", one, "terbitkan", alasan="situs KPU sedang padat").status_code == 303


def test_in_masa_tenang_the_kepala_confirms_on_the_page(room: Room) -> None:
    named = {"explanation": "Menurut KPU, Bambang Sutrisno tetap terdaftar.", "relay": "KPU",
             "waivers": {"nama-calon": "keterangan KPU"}}
    one = room.office.approved(**named)
    room.office.now += timedelta(days=2)
    for name, roles in ROLES.items():
        made_city.logged_in(room.office.store, name, roles, room.office.now)
    held = room.send("rini", one, "terbitkan")
    assert held.status_code == 422
    assert "setelah kepala mengonfirmasinya" in held.text
    assert "/konfirmasi" not in room.as_("rini").get(f"/klarifikasi/{one}").text
    assert "/konfirmasi" in room.as_("karta").get(f"/klarifikasi/{one}").text
    assert room.send("karta", one, "konfirmasi", alasan="keterangan resmi KPU").status_code == 303
    assert room.send("rini", one, "terbitkan").status_code == 303


def test_an_isu_may_end_without_publication(room: Room) -> None:
    rumor = room.office.isu()
    with room.office.store.read() as tx:
        version = str(tx.get(Rumor, rumor).version)  # type: ignore[union-attr]
    path = f"/isu/{rumor}/tanpa-terbit"
    assert room.as_("ani").send(path, {"versi": version, "alasan": "cukup"}).status_code == 403
    assert room.as_("rini").send(path, {"versi": version, "alasan": " "}).status_code == 422
    assert room.as_("rini").send(path, {"versi": "77", "alasan": "cukup"}).status_code == 409
    assert room.as_("rini").send(path, {"versi": version, "alasan": "sudah dijawab KPU"}).status_code == 303
    with room.office.store.read() as tx:
        assert tx.get(Rumor, rumor).state == SELESAI  # type: ignore[union-attr]
    assert "Tulis klarifikasi" not in room.as_("ani").get(f"/isu/{rumor}").text


def test_the_list_finds_by_state_finding_and_words(room: Room) -> None:
    one = room.office.published()
    two = room.office.drafted(1, headline="KPU: jadwal debat kedua tetap Jumat malam")
    ani = room.as_("ani")

    def listed(query: str) -> list[str]:
        return [str(link["href"]) for link in soup(ani.get(f"/klarifikasi{query}")).select(".rows h2 a")]

    assert listed("") == [f"/klarifikasi/{two}", f"/klarifikasi/{one}"]
    assert listed("?keadaan=diterbitkan") == [f"/klarifikasi/{one}"]
    assert listed("?cari=JADWAL debat") == [f"/klarifikasi/{two}"]
    assert listed("?hasil=FAKTA") == []
    assert listed("?keadaan=entah&sebelum=2") == [f"/klarifikasi/{one}"]


@pytest.mark.parametrize("path", ["/klarifikasi/99", "/klarifikasi/99/ubah", "/klarifikasi/99999999999999999999"])
def test_what_is_not_there_is_not_found(room: Room, path: str) -> None:
    assert room.as_("ani").get(path).status_code == 404


@pytest.mark.parametrize("piece", ["{{ 7*7 }}", "<script>alert(1)</script>", "=1+1", "\r\nBcc: x@y.example"])
def test_what_is_typed_is_shown_as_text(room: Room, piece: str) -> None:
    one = room.office.drafted()
    version = room.office.opened(one).row.version
    room.as_("ani").send(f"/klarifikasi/{one}/ubah", typed(replace(TEXT, headline=piece, where=piece), version))
    for path in (f"/klarifikasi/{one}", f"/klarifikasi/{one}/ubah", "/klarifikasi"):
        text = room.as_("ani").get(path).text
        assert "<script>alert" not in text
        assert "49" not in soup(room.as_("ani").get(path)).select_one("h1").get_text()


def test_an_erased_text_leaves_its_page_and_can_be_withdrawn(room: Room) -> None:
    one = room.office.published()
    room.office.store.erase([TEXT.words().digest], "admin", "permintaan", "UU 27/2022", room.office.now)
    assert "(teks sudah dihapus)" in room.as_("ani").get(f"/klarifikasi/{one}").text
    assert room.as_("ani").get(f"/klarifikasi/{one}/ubah").status_code == 404
    assert room.send("ani", one, "tarik", alasan="isinya dihapus").status_code == 303
    assert room.send("rini", one, "sahkan").status_code == 303


def test_a_finding_that_changed_is_told_on_the_page(room: Room) -> None:
    one = room.office.published()
    file: File = room.office.opened(one)
    with room.office.store.write() as tx:
        tx.add(replace(file.verdict, id=0, finding="FAKTA"))
    assert "hasil yang lebih baru" in room.as_("ani").get(f"/klarifikasi/{one}").text
    assert room.office.opened(one).verdict == file.verdict


# ---- Hak jawab

ASKED = {"jenis": "koreksi", "nama": "Wati", "kontak": "wati@x.example", "isi": "Jabatan narasumbernya keliru sekali."}


def asked(room: Room) -> int:
    one = room.office.published()
    sent = room.as_("ani").post(f"/publik/{one}-{TEXT.slug}/hak-jawab/", data=ASKED,
                                headers={"origin": "http://127.0.0.1:8765"})
    assert sent.status_code == 200
    return one


def test_a_request_is_worked_by_two_people_and_shows_when_upheld(room: Room) -> None:
    one = asked(room)
    page = room.as_("rini").get("/hak-jawab").text
    assert "Wati, wati@x.example" in page
    assert "jatuh tempo" in page
    assert "1 permintaan terbuka" in room.as_("karta").get("/persetujuan").text
    note = {"hasil": "DIKABULKAN", "catatan": "Jabatan narasumber diperbaiki."}
    refused = room.as_("rini").send("/hak-jawab/1/jawab", note | {"catatan": "Hubungi 0812 3456 7890."})
    assert refused.status_code == 422
    assert "Hubungi 0812 3456 7890." in soup(refused).select_one("#catatan-1").get_text()
    assert room.as_("rini").send("/hak-jawab/1/jawab", note).status_code == 303
    public_page = f"/publik/{one}-{TEXT.slug}/"
    assert note["catatan"] not in room.as_("ani").get(public_page).text
    assert "menunggu tanda tangan orang lain" in room.as_("rini").get("/hak-jawab").text
    room.office.later()
    assert room.as_("rini").send("/hak-jawab/1/jawab", note).status_code == 422
    assert room.as_("karta").send("/hak-jawab/1/jawab", {"hasil": "DIKABULKAN"}).status_code == 303
    shown = room.as_("ani").get(public_page).text
    assert note["catatan"] in shown
    assert "Wati" not in shown
    assert "1 dikabulkan" in room.as_("ani").get("/publik/tentang/").text


def test_a_late_request_says_so_and_what_is_not_there_is_not_found(room: Room) -> None:
    asked(room)
    room.office.now += timedelta(days=9)
    made_city.logged_in(room.office.store, "rini", ROLES["rini"], room.office.now)
    assert "lewat jatuh tempo" in room.as_("rini").get("/hak-jawab").text
    assert room.as_("rini").send("/hak-jawab/77/jawab", {"hasil": "DITOLAK", "catatan": "x"}).status_code == 404


def test_the_due_date_follows_the_setting(room: Room) -> None:
    room.office.settings = replace(room.office.settings, public=replace(room.office.settings.public, answer_days=1))
    one = room.office.published()
    assert "Dijawab dalam 1 hari kerja" in room.as_("ani").get(f"/publik/{one}-{TEXT.slug}/").text
    sent = room.as_("ani").post(f"/publik/{one}-{TEXT.slug}/hak-jawab/", data=ASKED,
                                headers={"origin": "http://127.0.0.1:8765"})
    assert "paling lambat 25 November 2024" in sent.text
