"""What is typed into the search: nothing is an error, both engines find the same, no text can fake a mark."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.entries import Words
from monitor.store import Filters, Store, Tx, search
from tests import world

NASTY = [
    "pemilu's", "a AND", '"x', "x\" OR 1=1 --", "NEAR(a b)", "words:a", "-a", "a*b*", "***", "(", "^a", "a:*", "& | !",
    "<->", "'", "\\", "\0", "\ud83d", "👍", "", "   ", "a" * 10_000, "a " * 10_000, '"' * 999, "é" * 600, "ﷺ" * 200,
    "{a b}", "item_search", "' ; DROP TABLE items; --", "%", "_", ":asked", "?", "$1", "١٢٣",
]


def add(tx: Tx, number: int, title: str, text: str = "") -> int:
    """A konten with these words, beside one with others."""
    one = world.build(tx, 1, seed=number, start=number)[0]
    words = Words(title, text)
    tx.put_words([words])
    article = tx.add(replace(one.article, id=0, version=2, words=words.digest))
    return tx.add(replace(one.item, id=0, article=article.id, state="BARU")).id


def find(tx: Tx, typed: str) -> list[int]:
    found = [row.item.id for row in tx.queue(Filters(text=typed, archive=True))]
    assert sorted(found) == sorted(row.item.id for row in tx.queue(Filters(text=typed)) if row.item.id in found)
    return found


@pytest.mark.parametrize("typed", NASTY, ids=range(len(NASTY)))
def test_nothing_typed_is_an_error(store: Store, typed: str) -> None:
    with store.write() as tx:
        world.build(tx, 3)
        tx.queue(Filters(text=typed))
        tx.queue(Filters(text=typed, archive=True, region="81"))
        tx.count(Filters(text=typed))


@given(typed=st.text(st.characters(exclude_categories=()), max_size=60))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_stored_or_typed_is_an_error(store: Store, typed: str) -> None:
    with pytest.raises(InterruptedError):
        there_and_back(store, typed)


def there_and_back(store: Store, typed: str) -> None:
    with store.write() as tx:
        item = add(tx, 0, typed, typed)
        found = tx.queue(Filters(text=typed, archive=True))
        assert (item in [row.item.id for row in found]) == (not typed.strip() or bool(search.terms(typed)))
        raise InterruptedError


def test_words_are_found_however_they_are_written(store: Store) -> None:
    with store.write() as tx:
        item = add(tx, 1, "Surat-soara TERCOBLOS", "di Kafé «Pemilu​ku», kpu.go.id ﬁnal ＫＰＵ 10.000 Jum'at")
        for typed in ("surat", "SOARA", '"surat soara"', "tercoblos", "kafe", "kafé", "pemiluku", "kpu.go.id", "final",
                      "10.000", "jum'at", "terco*", '"surat soara tercoblos"', "soara surat"):
            assert find(tx, typed) == [item], typed
        for typed in ('"soara surat"', "coblos", "surat tiada", "terco", "000.10"):
            assert find(tx, typed) == [], typed


def test_text_cannot_fake_a_region(store: Store) -> None:
    with store.write() as tx:
        token = search.token("wilayah:99")
        add(tx, 1, f"{token} :{token} ':{token}'", token)
        assert tx.queue(Filters(text=f"{token}", region="99", archive=True)) == []
        assert tx.queue(Filters(text=f'{token} marks:"{token}"', region="99", archive=True)) == []


def test_huge_text_is_stored_and_found_by_its_beginning(store: Store) -> None:
    text = "awal " + " ".join(f"kata{number}panjangsekali" * 3 for number in range(200_000))
    with store.write() as tx:
        item = add(tx, 1, "Judul", text)
        assert find(tx, "awal judul") == [item]
        again = add(tx, 2, "Judul dua", "漢" * 300_000 + " ".join(chr(0x4E00 + n) * 90 for n in range(9_000)))
        assert find(tx, "dua") == [again]


def test_konten_without_words_is_no_obstacle(store: Store) -> None:
    with store.write() as tx:
        one = world.build(tx, 1)[0]
        article = tx.add(replace(one.article, id=0, version=2, words=""))
        item = tx.add(replace(one.item, id=0, article=article.id, state="BARU"))
        rows = [row for row in tx.queue() if row.item.id == item.id]
        assert [row.words for row in rows] == [None]


def test_terms() -> None:
    assert search.terms('surat "Suara Sah" cob* x') == [
        (["surat"], False), (["suara", "sah"], False), (["cob"], True), (["x"], False)
    ]
    assert search.terms('"tak selesai') == [(["tak", "selesai"], False)]
    assert search.terms("?!") == []
    assert len(search.terms("a " * 300)) == search.MOST_TERMS
