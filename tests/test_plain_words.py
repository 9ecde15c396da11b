"""Files, keys and commands are for administrators: no page shows them to a kepala, a redaktur or a verifikator."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor.desk.plainly import ASK, TECHNICAL, plainly
from monitor.fetches import outcomes
from monitor.fetches.outcomes import Outcome
from tests import happened, made_city
from tests.asgi import Client
from tests.office import Office

BROKEN = "Baris 7 di feeds.toml: kunci kind tidak dikenal."


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = happened.office(tmp_path_factory.mktemp("home"))
    yield made
    made.close()


def client(office: Office, name: str, *roles: str) -> Client:
    desk = happened.desk(office, trouble=lambda: (BROKEN,))
    browser = Client(pages.app(desk))
    browser.cookies.set("sesi", made_city.logged_in(office.store, name, roles, now=office.now))
    return browser


def technical(browser: Client, office: Office) -> list[str]:
    found = []
    for path in happened.pages(office):
        if path in ("/masuk", "/konten/1?lang=en"):  # what is for administrators is folded away; English has its own
            continue
        answer = browser.get(path)
        if answer.headers.get("content-type", "").startswith("text/html"):
            text = BeautifulSoup(answer.text, "html.parser").get_text(" ", strip=True)
            found += [f"{path}: {met.group()} in …{text[max(0, met.start() - 60):met.end() + 20]}…"
                      for met in TECHNICAL.finditer(text)]
    return found


@pytest.mark.parametrize("role", ["verifikator", "redaktur", "kepala", "pembaca", "verifikator luar"])
def test_no_page_speaks_of_files_keys_or_commands(office: Office, role: str) -> None:
    found = technical(client(office, role.replace(" ", "-"), role), office)
    assert found == [], "\n".join(["", *found])


def test_an_administrator_is_told_what_to_do(office: Office) -> None:
    told = " ".join(technical(client(office, "ayu", "administrator"), office))
    for word in ("feeds.toml", "jernih audit"):
        assert word in told, word
    page = client(office, "karta", "kepala").get("/ringkasan").text
    assert "Administrator perlu memperbaikinya" in page
    assert BROKEN not in page


@pytest.mark.parametrize("sentence, told", [
    ("Situs ini menolak. Perbaiki alamatnya di feeds.toml.", f"Situs ini menolak. {ASK}"),
    ("Basis data menolak. Lihat log, lalu jalankan: jernih doctor", f"Basis data menolak. {ASK}"),
    ("Isi url pada [public] di feeds.toml.", ASK),
    ("Gagal 3 kali. Jernih mencoba lagi sendiri.", "Gagal 3 kali. Jernih mencoba lagi sendiri."),
    ("", ""),
])
def test_technical_sentences_give_way_to_whom_to_ask(sentence: str, told: str) -> None:
    assert plainly(sentence) == told


def test_every_outcome_of_a_visit_can_be_told_plainly() -> None:
    told = [plainly(one.sentence) for held in vars(outcomes).values() if isinstance(held, tuple)
            for one in held if isinstance(one, Outcome) and one.sentence]
    assert len(told) > 30
    assert [one for one in told if TECHNICAL.search(one)] == []
    assert [one for one in told if one == ASK] == [], "something is left to say besides whom to ask"
