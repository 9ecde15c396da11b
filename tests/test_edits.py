"""monitor/desk/edits: a readable difference that keeps every word, costs little, and can be trusted with any text."""

import time
from datetime import timedelta
from random import Random

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as some

from monitor import desk as pages
from monitor.articles import Article
from monitor.desk.edits import GAP, IN, OUT, SAME, SHOWN, Purse, changes, edits
from monitor.entries import Words
from monitor.store import Store
from tests import made_city
from tests.asgi import Client
from tests.made_city import NOW

OLD = """KPU Kota Contoh memastikan logistik aman. Surat suara tiba hari Senin di gudang utama.

Ketua KPU belum memberi keterangan sampai tulisan ini dimuat. Warga diminta menunggu."""
NEW = """KPU Kota Contoh memastikan logistik aman. Surat suara tiba hari Selasa di gudang utama.

Ketua KPU menyatakan segel gudang utuh dan disaksikan Bawaslu. Warga diminta menunggu."""


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(span.kind, span.text) for span in changes(old, new, Purse())]


def test_one_word_is_one_change() -> None:
    found = told(OLD, OLD.replace("Senin", "Selasa"))
    assert (OUT, "Senin ") in found
    assert (IN, "Selasa ") in found
    assert sum(kind in (OUT, IN) for kind, _ in found) == 2


def test_a_sentence_of_which_little_stayed_stands_whole() -> None:
    found = told(OLD, NEW)
    assert (OUT, "Senin ") in found
    assert any(kind == OUT and "belum memberi keterangan" in text for kind, text in found)
    assert any(kind == IN and "segel gudang utuh" in text for kind, text in found)
    assert found[-1][0] in (SAME, GAP)


def test_nothing_changed_but_spaces_is_nothing() -> None:
    assert told(OLD, OLD.replace("\n\n", "\n").replace(" ", "  ")) == []
    assert told("", "") == []


def test_long_stretches_that_stayed_are_left_out() -> None:
    long = " ".join(f"kata{n}" for n in range(500))
    found = told(f"{long} lama {long}", f"{long} baru {long}")
    assert [kind for kind, _ in found] == [GAP, SAME, OUT, IN, SAME, GAP]
    assert sum(len(text) for _, text in found) < 400


PIECES = some.lists(some.sampled_from(["satu", "dua. ", "tiga! ", "\n", "empat", " ", "lima? ", "e.n.a.m"]),
                    max_size=60)


@given(PIECES.map(" ".join), PIECES.map(" ".join))
@settings(max_examples=300, deadline=None)
def test_no_changed_word_is_lost_and_none_is_invented(old: str, new: str) -> None:
    found = changes(old, new, Purse())
    if not found:
        assert old.split() == new.split()
        return
    if any(span.kind == GAP for span in found):
        return
    assert "".join(span.text for span in found if span.kind != IN).split() == old.split()
    assert "".join(span.text for span in found if span.kind != OUT).split() == new.split()


@given(some.text(max_size=300), some.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_compared(old: str, new: str) -> None:
    assert all(span.text for span in changes(old, new, Purse()))


def hostile(kind: str) -> tuple[str, str]:
    random = Random(5)
    if kind == "one word":
        return "a " * 40_000, "a " * 39_999 + "b"
    if kind == "one sentence":
        return "a b. " * 15_000, "b. a " * 15_000
    if kind == "interleaved":
        return " ".join(f"x{n} y" for n in range(9_000)), " ".join(f"z{n} y" for n in range(9_000))
    if kind == "shuffled":
        words = [f"w{random.randrange(300)}" for _ in range(9_000)]
        return " ".join(words), " ".join(random.sample(words, len(words)))
    if kind == "dots":
        return "." * 60_000, ". " * 30_000
    if kind == "no end":
        return "a" * 60_000, "a" * 59_999 + "b"
    return "\n" * 60_000, " \n" * 30_000 + "x"


@pytest.mark.parametrize("kind", ["one word", "one sentence", "interleaved", "shuffled", "dots", "no end", "breaks"])
def test_hostile_texts_take_bounded_time(kind: str) -> None:
    old, new = hostile(kind)
    began = time.process_time()
    changes(old, new, Purse())
    assert time.process_time() - began < 1.0


def version(number: int, words: Words | None) -> tuple[Article, Words | None]:
    article = Article(1, 1, number, NOW + timedelta(hours=number), "https://x.example/", "", "feed")
    return article, words


def test_edits_are_the_newest_first_and_no_more_than_can_be_read() -> None:
    versions = [version(n, Words(f"Judul {n}", f"{OLD} Versi {n}.") if n != 6 else None) for n in range(1, 10)]
    found = edits(versions)
    assert [one.number for one in found] == [9, 8, 7, 6, 5]
    assert len(found) == SHOWN
    assert [one.gone for one in found] == [False, False, True, True, False]
    assert (found[0].out, found[0].put) == (2, 2)
    assert edits(versions[:1]) == ()


@pytest.fixture
def page(tmp_path) -> BeautifulSoup:  # type: ignore[no-untyped-def]
    """A konten whose text was edited by somebody who does not mean well."""
    store: Store = made_city.opened(tmp_path)
    known = made_city.settings()
    item = made_city.add_konten(store, known, 1, Words("Judul lama", OLD))
    evil = Words("Judul <script>alert(1)</script>", NEW + ' Selesai <img src=x onerror="alert(1)"></ins></details>.')
    with store.write() as tx:
        held = tx.item(item)
        assert held is not None
        tx.put_words([evil])
        first = held.versions[0][0]
        tx.add(Article(first.entry, first.fetch, 2, NOW, first.url, evil.digest, "feed"))
    made_city.logged_in(store)
    browser = Client(pages.app(made_city.desk(store, known)), "http://127.0.0.1:8765")
    browser.cookies.set("sesi", "sesi-sari", domain="127.0.0.1")
    answer = browser.get(f"/konten/{item}")
    store.close()
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def test_the_page_tells_in_words_what_was_taken_out_and_put_in(page: BeautifulSoup) -> None:
    part = page.select_one("#suntingan")
    assert part is not None
    out = [tag.get_text(" ", strip=True) for tag in part.select("del")]
    put = [tag.get_text(" ", strip=True) for tag in part.select("ins")]
    assert any(text.startswith("dihapus:") and "Senin" in text for text in out)
    assert any(text.startswith("ditambah:") and "Selasa" in text for text in put)
    assert "versi 2" in part.select_one("summary").get_text()
    assert part.select("script, img") == []
    assert "<script>alert(1)</script>" in part.get_text()
