"""The public pages over a real store: what was published and nothing else, through every face, for anybody."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.desk import Desk, Names, app
from monitor.desk.public import Rate
from monitor.pipeline import answers
from monitor.pipeline.answers import File
from monitor.posts import Post
from monitor.sources import Public
from tests.asgi import Client
from tests.office import NOW, Office
from tests.people import ANI, KARTA, RINI
from tests.published import TEXT

SECRET = "rahasia-belum-terbit"
FACES = ("/publik/", "/publik/atom.xml", "/publik/rss.xml", "/publik/feed.json", "/publik/sitemap.xml",
         "/publik/tentang/", "/publik/?q=rahasia", f"/publik/?q={TEXT.claim.split()[0]}")  # fmt: skip
FORM = {"jenis": "koreksi", "nama": "Wati", "kontak": "wati@x.example", "isi": "Jabatan narasumbernya keliru."}
OWN = {"origin": "http://127.0.0.1:8765"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.close()


@pytest.fixture
def client(office: Office) -> Client:
    names = Names({"81.72": "Kota Contoh"}.get, str)  # type: ignore[arg-type]
    return Client(app(Desk(office.store, lambda: office.settings, lambda: office.now, names=names)))


def address(number: int) -> str:
    return f"/publik/{number}-{TEXT.slug}/"


def test_an_empty_site_says_so_and_every_face_answers(client: Client) -> None:
    assert "Belum ada klarifikasi yang terbit." in client.get("/publik/").text
    for face in FACES:
        assert client.get(face).status_code == 200, face
    assert client.get("/publik").status_code == 308


def test_no_step_before_the_last_shows_anything_on_any_face(office: Office, client: Client) -> None:
    headline = f"KPU: {SECRET} masih tersegel di gudang"
    one = office.drafted(headline=headline, slug=SECRET, summary=f"Tentang {SECRET}. " + TEXT.summary)
    house = office.house
    steps = (lambda: None, lambda: answers.submit(house, one, ANI, office.later()),
             lambda: answers.approve(house, one, RINI, office.later()))  # fmt: skip
    guesses = (f"/publik/{one}-{SECRET}/", f"/publik/{one}/", f"/publik/{one}-x/", f"/publik/{one}-{SECRET}/kartu.png",
               f"/publik/{one}-{SECRET}/hak-jawab/", "/publik/kategori/politik/", "/publik/arsip/2024-11/")  # fmt: skip
    for step in steps:
        step()
        for face in FACES:
            assert SECRET not in client.get(face).text, face
        for guess in guesses:
            assert client.get(guess).status_code == 404, guess
        assert client.post(guesses[4], data=FORM, headers=OWN).status_code == 404
    assert isinstance(answers.publish(house, one, RINI, office.later()), Post)
    for face in ("/publik/", "/publik/atom.xml", "/publik/rss.xml", "/publik/feed.json", "/publik/sitemap.xml"):
        assert SECRET in client.get(face).text, face
    assert client.get(guesses[0]).status_code == 200


def test_a_proposed_correction_shows_nothing_until_signed(office: Office, client: Client) -> None:
    one = office.published()
    text = replace(TEXT, speaker=f"KPU Kota Contoh: {SECRET}, ketua")
    assert isinstance(answers.propose_correction(office.house, one, ANI, text, "keliru", office.later()), File)
    assert SECRET not in client.get(address(one)).text
    answers.sign_proposal(office.house, one, RINI, office.later())
    page = client.get(address(one)).text
    assert SECRET in page
    assert "diperbarui" in page
    assert "karena keliru" in page


def test_a_withdrawn_page_keeps_its_address_and_leaves_the_rest(office: Office, client: Client) -> None:
    one = office.published()
    answers.propose_withdrawal(office.house, one, ANI, "hasil dibuka lagi", office.later())
    answers.sign_proposal(office.house, one, KARTA, office.later())
    answer = client.get(address(one))
    assert answer.status_code == 200
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "hasil dibuka lagi" in answer.text
    assert client.get(address(one) + "kartu.png").status_code == 404
    for face in FACES:
        assert TEXT.headline not in client.get(face).text, face


def test_unverified_suspicion_is_on_no_public_page(office: Office, client: Client) -> None:
    office.published()
    titles = [konten.words.title for konten in office.konten]
    for face in (*FACES, address(1), "/publik/arsip/2024-11/"):
        text = client.get(face).text
        assert not [title for title in titles if title in text], face
        assert "indikasi" not in text.lower()


def test_the_address_never_changes_and_other_spellings_lead_to_it(office: Office, client: Client) -> None:
    one = office.published()
    for wrong in (f"/publik/{one}/", f"/publik/{one}-judul-lama/"):
        answer = client.get(wrong)
        assert answer.status_code == 308
        assert answer.headers["location"] == f"../{one}-{TEXT.slug}/"
    assert client.get(f"/publik/{one}-{TEXT.slug}").headers["location"] == f"{one}-{TEXT.slug}/"


def test_archive_search_and_feeds(office: Office, client: Client) -> None:
    office.published()
    for path in ("/publik/arsip/2024-11/", "/publik/kategori/politik/", "/publik/?q=TERSEGEL gudang"):
        assert TEXT.headline in client.get(path).text, path
    assert "Tidak ada yang cocok" in client.get("/publik/?q=sesuatu+lain").text
    for path in ("/publik/arsip/2024-12/", "/publik/kategori/lain/", "/publik/rahasia/1/", "/publik/x.xml"):
        assert client.get(path).status_code == 404, path
    assert json.loads(client.get("/publik/feed.json").text)["items"][0]["title"] == TEXT.headline
    assert client.get(address(1) + "kartu.png").content.startswith(b"\x89PNG")


def test_pages_are_small_compressed_and_kept_by_the_browser(office: Office, client: Client) -> None:
    office.published()
    answer = client.get(address(1), headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    style = client.get("/publik/gaya.css")
    assert client.get("/publik/tetes.svg").headers["content-type"] == "image/svg+xml"
    assert len(gzip.compress(answer.content)) + len(gzip.compress(style.content)) < 60_000
    tag = answer.headers["etag"]
    assert client.get(address(1), headers={"if-none-match": tag}).status_code == 304
    assert "set-cookie" not in answer.headers


ODD = ("/publik/" + "9" * 30 + "-x/", "/publik/%00/", "/publik/..%2f..%2fetc/", "/publik/?dari=-1",
       "/publik/?dari=99999999999", "/publik/?q=" + "a" * 5000, "/publik/٣-x/")  # fmt: skip


@pytest.mark.parametrize("path", ODD)
def test_odd_addresses_do_no_harm(client: Client, path: str) -> None:
    assert client.get(path).status_code in (200, 404)


def test_on_its_own_host_the_public_site_is_alone(office: Office, client: Client) -> None:
    one = office.published()
    own = "klarifikasi.kota.example"
    office.settings = replace(office.settings, public=Public(f"https://{own}"),
                              desk=replace(office.settings.desk, hosts=(own,)))  # fmt: skip
    there = Client(client.app, f"http://{own}")
    assert TEXT.headline in there.get("/").text
    assert there.get(f"/{one}-{TEXT.slug}/").status_code == 200
    assert f'href="https://{own}/{one}-{TEXT.slug}/"' in there.get(f"/{one}-{TEXT.slug}/").text
    for path in ("/konten/1", "/sumber", "/masuk", "/health", "/static/jernih.css", "/persetujuan"):
        assert there.get(path).status_code == 404, path
    assert client.get("/publik/").status_code == 200


# ---- Hak jawab


def test_an_objection_is_recorded_with_its_due_date(office: Office, client: Client) -> None:
    one = office.published()
    path = address(one) + "hak-jawab/"
    assert "Kirim permintaan" in client.get(path).text
    answer = client.post(path, data=FORM, headers=OWN)
    assert "Tercatat dengan nomor 1. Dijawab paling lambat 27 November 2024 23.59 WIT." in answer.text
    with office.store.read() as tx:
        (objection, given), = tx.objections(one)
        assert (objection.kind, given) == ("koreksi", None)
        assert tx.words_of([objection.words])[objection.words].author == "Wati, wati@x.example"
    assert "Wati" not in client.get(address(one)).text


@pytest.mark.parametrize("change", [{"nama": ""}, {"kontak": " "}, {"isi": "pendek"}, {"isi": "a" * 5000},
                                    {"jenis": "lain"}, {"nama": "a" * 200}])  # fmt: skip
def test_a_form_that_is_not_whole_is_shown_again_with_what_was_typed(
    office: Office, client: Client, change: dict[str, str]
) -> None:
    one = office.published()
    answer = client.post(address(one) + "hak-jawab/", data=FORM | change, headers=OWN)
    assert answer.status_code == 422
    if change.get("isi") is None:
        assert FORM["isi"] in answer.text
    with office.store.read() as tx:
        assert tx.objections() == []


def test_a_foreign_page_cannot_send_the_form(office: Office, client: Client) -> None:
    path = address(office.published()) + "hak-jawab/"
    for headers in ({}, {"origin": "https://jahat.example"}, {"origin": "null"}):
        assert client.post(path, data=FORM, headers=headers).status_code == 403
    with office.store.read() as tx:
        assert tx.objections() == []


def test_a_robot_that_fills_the_hidden_field_is_thanked_and_forgotten(office: Office, client: Client) -> None:
    path = address(office.published()) + "hak-jawab/"
    assert client.post(path, data=FORM | {"situs": "x"}, headers=OWN).status_code == 200
    with office.store.read() as tx:
        assert tx.objections() == []


def test_the_form_has_a_rate_limit_and_opens_again_after_an_hour(office: Office, client: Client) -> None:
    path = address(office.published()) + "hak-jawab/"
    codes = [client.post(path, data=FORM, headers=OWN).status_code for _ in range(7)]
    assert codes == [200] * 5 + [429] * 2
    office.now += timedelta(minutes=61)
    assert client.post(path, data=FORM, headers=OWN).status_code == 200


def test_the_rate_limit_counts_all_addresses_and_survives_a_clock_set_back() -> None:
    rate = Rate()
    assert sum(rate.may(f"10.0.0.{n}", NOW) for n in range(150)) == 100
    assert rate.may("10.0.1.1", NOW - timedelta(days=1))


def test_about_names_every_source_and_what_the_machine_cannot(office: Office, client: Client) -> None:
    text = client.get("/publik/tentang/").text
    assert "Kabar Contoh" in text
    assert "Mesin tidak tahu apa yang benar" in text
    assert "humas@kota.example" in text


def test_the_list_is_narrowed_by_region_category_month_and_finding_together(office: Office, client: Client) -> None:
    one = office.published()
    two = office.published(1, category="Penipuan", headline="KPU: jadwal debat kedua tetap Jumat malam")
    regions = {one: office.konten[0].score.regions, two: office.konten[1].score.regions}

    def found(query: str) -> set[int]:
        page = client.get(f"/publik/?{query}").text
        return {number for number in (one, two) if f'<h2><a href="{number}-' in page}

    assert found("") == {one, two}
    assert found("kategori=Penipuan") == {two}
    assert found("kategori=Penipuan&bulan=2024-11&hasil=HOAKS") == {two}
    assert found("kategori=Penipuan&bulan=2024-10") == set()
    assert found("kategori=Penipuan&q=tersegel") == set()
    for code in regions[one]:
        assert one in found(f"wilayah={code}")
    assert found("wilayah=99.99") == set()
    page = client.get("/publik/?kategori=Penipuan").text
    assert "1 klarifikasi sesuai saringan" in page
    assert '<option value="Penipuan" selected>Penipuan (1)</option>' in page
    assert "November 2024 (2)" in page


def test_about_lists_every_source_with_its_place_and_kind(office: Office, client: Client) -> None:
    text = client.get("/publik/tentang/").text
    assert "Kabar Contoh" in text
    assert "kabarcontoh.example · " in text
    assert "0 permintaan sedang dikerjakan" in text
