"""What goes wrong is a page with the menu, a sentence that says what to do, and the right status; never a traceback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor.store import Store, StoreError
from tests import made_city
from tests.asgi import Client

MENU = {"/", "/isu", "/sumber", "/akun"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    made_city.fill(held, made_city.settings(), konten=5)
    yield held
    held.close()


def client(store: Store, roles: tuple[str, ...] = made_city.ROLES, **more: object) -> Client:
    made = Client(pages.app(made_city.desk(store, **more)))
    made.cookies.set("sesi", made_city.logged_in(store, roles=roles), domain="127.0.0.1")
    return made


def judged(answer: object, status: int) -> str:
    """The sentence of a page of an error that has everything it must have."""
    assert answer.status_code == status  # type: ignore[attr-defined]
    soup = BeautifulSoup(answer.text, "html.parser")  # type: ignore[attr-defined]
    assert {link["href"] for link in soup.select("header nav a")} >= MENU
    main = soup.select_one("main")
    assert main is not None
    assert main.select_one("a[href]"), "no way on"
    said = main.get_text(" ", strip=True)
    assert "Traceback" not in answer.text  # type: ignore[attr-defined]
    assert len(said) > 30
    return said


@pytest.mark.parametrize("path", [
    "/tidak-ada", "/konten/99999", "/konten/9223372036854775808", f"/konten/{'9' * 400}", "/isu/0", "/isu/99999",
    "/konten/1/tidak", "/audit/x", "/%00", "/konten/-1", "/konten/1.5",
])  # fmt: skip
def test_what_is_not_there(store: Store, path: str) -> None:
    assert "Periksa alamatnya" in judged(client(store).get(path), 404)


@pytest.mark.parametrize("query", [
    "sesudah=x", "sesudah=nan~1", "sesudah=1~-1", "sesudah=1e999~1", f"sesudah=1~{'9' * 40}", "keadaan=lain",
    f"cari={'x' * 300}",
])  # fmt: skip
def test_an_address_that_no_page_of_ours_makes(store: Store, query: str) -> None:
    judged(client(store).get(f"/?{query}"), 400)


@pytest.mark.parametrize("path", [
    "/?asing=1&cari=x&cari=y", "/audit?sebelum=99999999999999999999999", "/audit?sebelum=-1", "/audit?hal=lain&nomor=1",
    "/isu?sebelum=abc", "/sumber?keadaan=lain", "/konten/1?x=1&x=2", "/?lang=xx",
])  # fmt: skip
def test_foreign_fields_and_absurd_numbers_do_no_harm(store: Store, path: str) -> None:
    assert client(store).get(path).status_code in (200, 400)


def test_a_method_that_does_not_belong_here(store: Store) -> None:
    asks = client(store)
    judged(asks.request("DELETE", "/", headers={"origin": asks.base_url}), 405)
    judged(asks.send("/audit"), 405)


def test_what_a_role_may_not_see(store: Store) -> None:
    answer = client(store, roles=("verifikator",)).get("/pengguna")
    assert answer.status_code == 403
    assert "bukan bagian peran Anda" in answer.text
    assert 'href="/isu"' in answer.text


def test_too_much_and_the_wrong_kind(store: Store) -> None:
    asks = client(store)
    assert "Perpendek" in judged(asks.send("/konten/baru", {"teks": "x" * 70_000}), 413)
    header = {"origin": asks.base_url, "content-type": "text/plain"}
    judged(asks.post("/konten/baru", content=b"x", headers=header), 415)


def test_a_form_sent_twice_lands_once(store: Store) -> None:
    asks = client(store)
    with store.read() as tx:
        row = tx.queue()[0].item
    form = {"versi": str(row.version)}
    assert asks.send(f"/konten/{row.id}/ambil", form).status_code == 303
    again = asks.send(f"/konten/{row.id}/ambil", form)
    assert again.status_code == 409
    assert "lebih dahulu" in again.text


def test_a_program_that_fails_says_so_with_the_menu(store: Store) -> None:
    asks = client(store)
    broken = Client(pages.app(made_city.desk(store, names=None)))
    broken.cookies = asks.cookies
    assert "sebabnya tercatat" in judged(broken.get("/konten/1"), 500)


def test_a_store_that_fails_says_so_with_the_menu(store: Store) -> None:
    class Failing:
        """The store of a page that dies half way: sessions are read, the queue is not."""

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def read(self) -> object:
            counted.append(1)
            if len(counted) > 1:
                raise StoreError("gone", "Basis data sedang dipakai proses lain. Coba lagi sebentar lagi.", True)
            return store.read()

    counted: list[int] = []
    asks = client(store)
    failing = Client(pages.app(made_city.desk(Failing())))  # type: ignore[arg-type]
    failing.cookies = asks.cookies
    answer = failing.get("/")
    assert "Coba lagi sebentar" in judged(answer, 503)
    assert answer.headers["retry-after"]
    assert len(counted) == 2, "the store that failed was asked again"


def test_a_stranger_is_led_to_the_login(store: Store) -> None:
    made_city.logged_in(store)
    answer = Client(pages.app(made_city.desk(store))).get("/tidak-ada")
    assert answer.status_code == 404
    assert 'href="/masuk"' in answer.text
    assert 'href="/isu"' not in answer.text


@pytest.mark.parametrize(("path", "root"), [
    ("tidak-ada/", "../"), ("99-x/", "../"), ("a/b/", "../../"), ("a/b/c/d", "../../../"),
])  # fmt: skip
def test_a_public_page_that_is_not_there(store: Store, path: str, root: str) -> None:
    answer = Client(pages.app(made_city.desk(store))).get("/publik/" + path)
    assert answer.status_code == 404
    soup = BeautifulSoup(answer.text, "html.parser")
    assert soup.select_one("main h1") is not None
    menu = {link["href"] for link in soup.select("nav[aria-label=Bagian] a")}
    assert menu == {root, f"{root}tentang/"}
    assert "Jernih" not in answer.text
    assert "Periksa alamatnya" in answer.text
