"""Files as evidence: what is taken by content, what is refused with which status, who gets to see which bytes."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor import pictures
from monitor.attachments import BUKTI, LARGEST, plain_name
from monitor.cage import Cage
from monitor.desk import uploads
from monitor.desk.uploads import TooMuch, Unreadable, Upload
from monitor.people import Person, Refusal
from monitor.pipeline import acts, handing
from monitor.rumors import Rumor
from monitor.store import Store
from tests import made_city
from tests.asgi import Client
from tests.test_pictures import BOMB, SECRET, photo

HERE = "http://127.0.0.1:8765"
CLAIM = "Surat suara untuk Kota Contoh sudah tercoblos di gudang"
PDF = b"%PDF-1.7\n1 0 obj\n<< /OpenAction << /S /JavaScript >> >>\nendobj\n%%EOF\n"


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(1) as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    made_city.add_konten(held, made_city.settings(), 0)
    yield held
    held.close()


def browser(store: Store, cage: Cage, name: str, *roles: str) -> Client:
    desk = made_city.desk(store, seal=lambda given, content: handing.seal(store, cage, given, content))
    found = Client(pages.app(desk), HERE)
    found.cookies.set("sesi", made_city.logged_in(store, name, roles), domain="127.0.0.1")
    return found


@pytest.fixture
def sari(store: Store, cage: Cage) -> Client:
    return browser(store, cage, "sari", "verifikator")


@pytest.fixture
def isu(store: Store, sari: Client) -> int:
    made = acts.attach(store, [(1, 0)], Person("sari", ("verifikator",)), CLAIM, 0, made_city.NOW)
    assert isinstance(made, Rumor)
    return made.id


def hand_in(client: Client, isu: int, content: bytes, name: str = "foto.jpg", kind: str = "image/jpeg",
            **fields: str) -> httpx.Response:
    """Sends a file as the form of an isu's page does."""
    return client.send(f"/isu/{isu}/bukti", {"versi": "1", "lampiran": "1", **fields},
                       files={"berkas": (name, content, kind)})


def soup(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def files_kept(store: Store) -> list[bytes]:
    return [store.kept(digest) or b"" for digest in store.arsip.digests()]


def test_a_picture_becomes_evidence_with_a_copy_that_tells_nothing_of_its_camera(
    store: Store, sari: Client, isu: int
) -> None:
    content = photo()
    answer = hand_in(sari, isu, content, "../../IMG 0812 <b>.php.jpg", keterangan="Segel gudang utuh.")
    assert answer.status_code == 303, soup(answer.text).select_one(".told")
    with store.read() as tx:
        evidence = tx.evidence(isu)[0]
        row = tx.attachments(BUKTI, [evidence.id])[evidence.id]
        assert tx.acts()[-1].detail["salinan"] == row.copy
    assert (evidence.kind, evidence.page, row.original) == ("file", sha256(content).hexdigest(), evidence.page)
    assert store.kept(row.original) == content
    shown = soup(sari.get(f"/isu/{isu}").text)
    assert "Segel gudang utuh." in shown.select_one("#bukti").get_text()
    assert shown.select_one("#bukti img")["src"] == f"/bukti/{evidence.id}/gambar"
    assert sari.send(f"/isu/{isu}/lihat").status_code == 303
    picture = sari.get(f"/bukti/{evidence.id}/gambar")
    saved = sari.get(f"/bukti/{evidence.id}/berkas")
    for one in (picture, saved):
        assert SECRET not in one.content
        assert (one.headers["content-type"], one.headers["x-content-type-options"]) == ("image/webp", "nosniff")
        assert one.headers["content-security-policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
        assert "no-store" in one.headers["cache-control"]
        assert pictures.found(one.content) == pictures.WEBP
    assert saved.headers["content-disposition"] == (
        "attachment; filename=\"berkas.webp\"; filename*=UTF-8''IMG%200812%20b%20.php.webp")
    assert sari.get(f"/isu/{isu}").headers["content-security-policy"] != picture.headers["content-security-policy"]


def test_a_pdf_is_kept_as_it_came_and_only_saved(store: Store, sari: Client, isu: int) -> None:
    assert hand_in(sari, isu, PDF, "surat.html", "text/html").status_code == 303
    sari.send(f"/isu/{isu}/lihat")
    saved = sari.get("/bukti/1/berkas")
    assert (saved.content, saved.headers["content-type"]) == (PDF, "application/pdf")
    assert saved.headers["content-disposition"].startswith('attachment; filename="berkas.pdf"')
    assert sari.get("/bukti/1/gambar").status_code == 404
    assert not soup(sari.get(f"/isu/{isu}").text).select("#bukti img")


@pytest.mark.parametrize(("content", "status", "says"), [
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 415, "bukan gambar"),
    (b"<!doctype html><script>alert(1)</script>", 415, "bukan gambar"), (b"MZ\x90\x00" * 9, 415, "bukan gambar"),
    (b"\x89PNG\r\n\x1a\n" + b"<script>" * 20, 422, "rusak"), (photo()[:700], 422, "rusak"),
    (BOMB, 422, "terlalu besar"),
    (b"", 422, "kosong"), (b"\xff\xd8\xff" + b"\0" * LARGEST, 413, "10 MB"),
])  # fmt: skip
def test_a_disguised_broken_or_large_file_is_refused_and_nothing_typed_is_lost(
    store: Store, sari: Client, isu: int, content: bytes, status: int, says: str
) -> None:
    answer = hand_in(sari, isu, content, keterangan="Kiriman warga.")
    assert answer.status_code == status
    page = soup(answer.text)
    told = page.select_one(".told").get_text()
    assert says in told
    assert "perlu dipilih lagi" in told
    assert page.select_one("#keterangan")["value"] == "Kiriman warga."
    with store.read() as tx:
        assert tx.evidence(isu) == []
    assert content == b"" or content not in files_kept(store)


def test_the_largest_file_is_taken_and_no_file_is_asked_for(sari: Client, isu: int) -> None:
    assert hand_in(sari, isu, PDF + b"\0" * (LARGEST - len(PDF)), "besar.pdf").status_code == 303
    none = sari.send(f"/isu/{isu}/bukti", {"lampiran": "1", "keterangan": "Ini."})
    assert none.status_code == 422
    assert "Pilih dahulu berkasnya" in none.text


def test_a_file_whose_bytes_were_erased_is_said_to_be(store: Store, sari: Client, isu: int) -> None:
    hand_in(sari, isu, photo(), keterangan="Segel.")
    with store.read() as tx:
        row = tx.attachments(BUKTI, [1])[1]
    store.erase([row.words], "ad", "permintaan", "UU 27/2022", made_city.NOW, [row.original, row.copy, row.mosaic])
    page = soup(sari.get(f"/isu/{isu}").text).select_one("#bukti")
    assert "sudah dihapus menurut aturan penyimpanan" in page.get_text()
    assert not page.select("img, a[href$='/berkas']")
    sari.send(f"/isu/{isu}/lihat")
    assert sari.get("/bukti/1/gambar").status_code == sari.get("/bukti/1/berkas").status_code == 404


def test_who_may_not_hand_in_or_see_gets_nothing(store: Store, sari: Client, isu: int, cage: Cage) -> None:
    hand_in(sari, isu, photo())
    for name, role, status in (("tamu", "pembaca", 403), ("karta", "kepala", 200), ("ad", "administrator", 403)):
        assert browser(store, cage, name, role).get("/bukti/1/gambar").status_code == status
    tamu = browser(store, cage, "tamu", "pembaca")
    kept = len(files_kept(store))
    assert hand_in(tamu, isu, photo(50, 50)).status_code == 403
    assert len(files_kept(store)) == kept


def test_without_a_sign_or_a_session_no_file_lands_and_the_text_is_kept(store: Store, sari: Client, isu: int) -> None:
    files = {"berkas": ("a.jpg", photo(), "image/jpeg")}
    foreign = sari.post(f"/isu/{isu}/bukti", data={"tanda": "0" * 40}, files=files, headers={"origin": HERE})
    assert foreign.status_code == 403
    there = {"origin": "http://x.example"}
    other = sari.post(f"/isu/{isu}/bukti", data={"tanda": sari.sign()}, files=files, headers=there)
    assert other.status_code == 403
    sari.cookies.clear()
    lost = sari.post(f"/isu/{isu}/bukti", data={"keterangan": "Kiriman warga."}, files=files, headers={"origin": HERE})
    assert lost.status_code == 401
    assert "Kiriman warga." in lost.text
    with store.read() as tx:
        assert tx.evidence(isu) == []


def test_nobody_hands_in_while_a_finding_waits_and_nothing_is_kept_for_it(store: Store, sari: Client, isu: int) -> None:
    acts.lay_note(store, isu, Person("sari", ("verifikator",)), "Segel utuh.", made_city.NOW)
    finding = acts.Finding(CLAIM, "HOAKS", "Penjelasan", "konten palsu")
    acts.propose(store, made_city.settings(), isu, 1, Person("sari", ("verifikator",)), finding, made_city.NOW)
    assert hand_in(sari, isu, photo()).status_code == 422
    assert files_kept(store) == []


@pytest.mark.parametrize(("given", "kind", "name"), [
    ("foto.jpg", "image/webp", "foto.webp"), ("../../etc/passwd", "", "passwd.bin"),
    ("C:\\surat\\nota.exe", "application/pdf", "nota.pdf"),
    ("a\r\nSet-Cookie: x.png", "image/png", "a Set-Cookie x.png"),
    ("", "image/png", "berkas.png"), ("\u202egnp.exe", "image/png", "gnp.png"),
    ("x" * 300, "image/png", "x" * 120 + ".png"),
])  # fmt: skip
def test_names_are_made_plain(given: str, kind: str, name: str) -> None:
    assert plain_name(given, kind) == name


# The body itself


def body(*parts: tuple[str, bytes], boundary: bytes = b"xx") -> bytes:
    start = b"--" + boundary + b"\r\nContent-Disposition: form-data; "
    lines = [start + head.encode() + b"\r\n\r\n" + content + b"\r\n" for head, content in parts]
    return b"".join(lines) + b"--" + boundary + b"--\r\n"


MULTIPART = "multipart/form-data; boundary=xx"


def read(content: bytes, known: bool = True, step: int = 7, kind: str = MULTIPART, drained: int = 0) -> uploads.Form:
    async def stream() -> AsyncIterator[bytes]:
        for start in range(0, len(content), step):
            yield content[start : start + step]

    return asyncio.run(uploads.read(kind, stream(), 10, 1000, known, drained))


@pytest.mark.parametrize("step", [1, 7, 1000])
def test_a_form_is_read_however_it_is_cut(step: int) -> None:
    picture = ('name="f"; filename="x.png"', b"\x89PNG\r\n--x")
    form = read(body(('name="a"', "satu é".encode()), picture, ('name="b"', b"")), step=step)
    assert form.fields == {"a": "satu é", "b": ""}
    assert form.files == {"f": Upload("x.png", b"\x89PNG\r\n--x")}


def test_no_file_chosen_is_no_file_and_a_stranger_hands_in_none() -> None:
    assert read(body(('name="f"; filename=""', b""))).files == {}
    form = read(body(('name="a"', b"teks"), ('name="f"; filename="x.png"', b"isi")), known=False)
    assert form.fields == {"a": "teks"}
    assert form.files == {"f": Upload("x.png", b"")}


@pytest.mark.parametrize("content", [
    body(('name="a"', b"x" * 1001)), body(*[(f'name="a{n}"', b"x") for n in range(11)]),
    body(*[(f'name="f{n}"; filename="x"', b"x") for n in range(4)]),
])  # fmt: skip
def test_too_many_or_too_long_fields(content: bytes) -> None:
    with pytest.raises(TooMuch):
        read(content)


@pytest.mark.parametrize(("content", "kind"), [
    (b"no multipart at all", MULTIPART), (body(('name="a"', b"\xff\xfe")), MULTIPART),
    (body(('name="a"', b"x")), "multipart/form-data"), (b"--xx\r\n" + b"X: y\r\n" * 40 + b"\r\n", MULTIPART),
    (b"--xx\r\nContent-Type: text/plain\r\n\r\nx\r\n--xx--\r\n", MULTIPART),
])  # fmt: skip
def test_what_is_no_form(content: bytes, kind: str) -> None:
    with pytest.raises(Unreadable):
        read(content, kind=kind)


def test_a_body_without_end_is_cut_and_what_came_before_is_there() -> None:
    form = read(body(('name="a"', b"teks"), ('name="f"; filename="x.png"', b"y" * 9000)), step=100, drained=3000)
    assert form.fields == {"a": "teks"}
    assert form.files["f"] == Upload("x.png", b"", too_large=True)


def test_a_file_is_refused_where_the_desk_has_no_cage(store: Store) -> None:
    assert isinstance(made_city.desk(store).seal("a", photo()), Refusal)
