"""Nothing becomes public without two signatures: every public address, feed and export, over a world with texts in
every state."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from monitor import posts
from monitor.clarifications import Draft, slug
from monitor.cli.export import files
from monitor.desk import Desk, Names, app
from monitor.pipeline import answers, objections
from monitor.pipeline.answers import File
from monitor.posts import Objection, Post
from tests.asgi import Client
from tests.office import Office
from tests.people import ANI, BUDI, KARTA, RINI
from tests.published import TEXT

MARK = re.compile(r"rahasia[a-z]+")
LINKS = re.compile(r'(?:(?:href|src)="|content="(?=http)|<loc>|<link>|"url": ")([^"<]+)')
ADDRESS = re.compile(r"\d+-[a-z0-9-]+/")
STATES = ("draf", "menunggu", "disetujui", "dikembalikan", "terbit", "koreksi", "usulankoreksi", "usulantarik",
          "ditarik", "ditolak")  # fmt: skip


def marked(state: str, more: str = "") -> Draft:
    """A text in which every field that people read carries a word of its own."""
    word = f"rahasia{state}{more}"
    title = f"KPU: kotak suara {word} masih tersegel"
    return replace(TEXT, headline=title, slug=slug(title), summary=f"KPU memeriksa gudang {word}. " + TEXT.summary,
                   speaker=f"KPU Kota Contoh: Sari {word}, ketua", explanation=f"Penjelasan {word} di situs KPU.",
                   circulating=TEXT.circulating + f" Juga {word}.", where=f"papan {word}", advice=f"Abaikan {word}.",
                   alt=f"Kartu bertuliskan HOAKS, lalu {word} masih tersegel.")  # fmt: skip


@dataclass
class World:
    office: Office
    numbers: dict[str, int]
    client: Client


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    office = Office(tmp_path_factory.mktemp("dunia"))
    made = {state: office.drafted(at % 6, **vars_of(marked(state))) for at, state in enumerate(STATES)}
    house, later = office.house, office.later

    def ok(outcome: object) -> None:
        assert isinstance(outcome, File | Post), outcome

    for state in STATES[1:]:
        ok(answers.submit(house, made[state], ANI, later()))
    for state in ("disetujui", *STATES[4:]):
        ok(answers.approve(house, made[state], RINI, later()))
    ok(answers.send_back(house, made["dikembalikan"], KARTA, "perjelas", later()))
    for state in STATES[4:]:
        ok(answers.publish(house, made[state], RINI, later()))
    for state in ("koreksi", "usulankoreksi", "ditolak"):
        text = replace(marked(state), speaker=f"KPU: rahasia{state}baru, ketua", where=f"papan rahasia{state}baru")
        ok(answers.propose_correction(house, made[state], BUDI, text, f"keliru rahasia{state}alasan", later()))
    for state in ("usulantarik", "ditarik"):
        ok(answers.propose_withdrawal(house, made[state], BUDI, f"dibuka rahasia{state}alasan", later()))
    ok(answers.sign_proposal(house, made["koreksi"], KARTA, later()))
    ok(answers.sign_proposal(house, made["ditarik"], KARTA, later()))
    ok(answers.refuse_proposal(house, made["ditolak"], KARTA, "tetap rahasiaditolakcatatan", later()))
    asked = objections.object_to(office.store, office.settings, made["terbit"], "koreksi", "Wati rahasianama",
                                 "0800 rahasiakontak", "rahasiapermintaan yang panjang sekali", later())
    assert isinstance(asked, Objection)
    assert not hasattr(objections.answer(house, asked.id, RINI, "DIKABULKAN", "diperbaiki rahasiajawaban", later()),
                       "sentence")
    names = Names({"81.72": "Kota Contoh"}.get, str)  # type: ignore[arg-type]
    yield World(office, made, Client(app(Desk(office.store, lambda: office.settings, lambda: office.now, names=names))))
    office.close()


def vars_of(text: Draft) -> dict[str, object]:
    return {name: getattr(text, name) for name in ("headline", "slug", "summary", "speaker", "explanation",
                                                   "circulating", "where", "advice", "alt")}


# What two people signed, and so may be read: of a withdrawn page its reason alone.
SIGNED = {"rahasiaterbit", "rahasiakoreksi", "rahasiakoreksibaru", "rahasiakoreksialasan", "rahasiausulankoreksi",
          "rahasiausulantarik", "rahasiaditolak", "rahasiaditarikalasan"}  # fmt: skip
SLUGGED = {"rahasiaditarik"}


def walked(client: Client) -> dict[str, str]:
    """Every page that links lead to from the front, the feeds and the sitemap, with its text."""
    seen: dict[str, str] = {}
    todo = ["/publik/", "/publik/sitemap.xml", "/publik/atom.xml", "/publik/rss.xml", "/publik/feed.json"]
    while todo:
        path = todo.pop()
        if path in seen:
            continue
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        seen[path] = answer.text if "image" not in answer.headers["content-type"] else ""
        links = [unescape(one) for one in LINKS.findall(seen[path])]
        whole = [urlsplit(urljoin(f"http://127.0.0.1:8765{path}", link)) for link in links]
        todo += [one.path + (f"?{one.query}" if one.query else "") for one in whole
                 if one.netloc == "127.0.0.1:8765" and one.path.startswith("/publik")]
    return seen


def test_every_public_address_shows_what_two_people_signed_and_nothing_else(world: World) -> None:
    pages = walked(world.client)
    assert len(pages) > 25
    found = {word for text in pages.values() for word in MARK.findall(text)}
    assert found - SLUGGED == SIGNED
    bare = {word for text in pages.values() for word in MARK.findall(ADDRESS.sub("", text))}
    assert bare == SIGNED, "of a withdrawn page only its address and the reason are left"


def test_what_is_not_public_cannot_be_reached_by_guessing(world: World) -> None:
    for state in STATES[:4]:
        number, text = world.numbers[state], marked(state)
        for path in (f"{number}/", f"{number}-{text.slug}/", f"{number}-x/", f"{number}-{text.slug}/kartu.png",
                     f"{number}-{text.slug}/gambar-1.jpg", f"{number}-{text.slug}/hak-jawab/", f"{number}-/",
                     f"{number}.html", f"{number}-{text.slug}/index.html", f"0{number}/"):  # fmt: skip
            answer = world.client.get(f"/publik/{path}")
            assert answer.status_code in (404, 308), path
            assert not MARK.findall(answer.text), path
            if answer.status_code == 308:
                assert world.client.get(urljoin(f"/publik/{path}", answer.headers["location"])).status_code == 404, path
        word = f"rahasia{state}"
        assert word not in MARK.findall(world.client.get(f"/publik/?q={word}").text.replace(f'value="{word}"', "")
                                        .replace(f"“{word}”", ""))
    for number in range(max(world.numbers.values()) + 1, max(world.numbers.values()) + 20):
        assert world.client.get(f"/publik/{number}/").status_code == 404


@pytest.mark.parametrize("path", ["/klarifikasi", "/klarifikasi/1", "/klarifikasi/1/ubah", "/klarifikasi/1/gambar?n=1",
                                  "/klarifikasi/1/samarkan/gambar?bukti=1", "/hak-jawab", "/persetujuan"])  # fmt: skip
def test_the_desks_pages_are_behind_the_login(world: World, path: str) -> None:
    answer = world.client.get(path)
    assert answer.status_code == 303
    assert not MARK.findall(answer.text)


def test_an_export_holds_the_same_and_no_more(world: World) -> None:
    office = world.office
    site = posts.Site("https://x.example", "Kantor", "", "WIT", {"81.72": "Kota Contoh"})
    with office.store.read() as tx:
        held = dict(files(site, tx, office.store, office.settings, ""))
    found = {word for name, content in held.items() for word in MARK.findall(name + content.decode("utf-8", "ignore"))}
    assert found - SLUGGED == SIGNED
    numbers = {name.partition("-")[0] for name in held if name[:1].isdigit()}
    assert numbers == {str(world.numbers[state]) for state in STATES[4:]}


def test_ready_texts_are_made_of_what_is_signed(world: World) -> None:
    site = posts.Site("https://x.example", "Kantor", "", "WIT")
    with world.office.store.read() as tx:
        every = answers.publications(tx)
    for make in (posts.whatsapp, posts.caption, posts.radio):
        words = {word for one in every for word in MARK.findall(make(site, one))}
        assert words <= SIGNED
    shown = {one.post.clarification: one.shown for one in every}
    assert shown[world.numbers["ditarik"]] is None
    assert set(shown) == {world.numbers[state] for state in STATES[4:]}
