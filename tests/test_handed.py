"""What people hand in, on both engines: one text brought in by many at once, files, sightings, letters, forms."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from monitor.attachments import BUKTI, KONTEN
from monitor.people import Person
from monitor.pipeline import Link, acts, handing, keeping, manual, pressing
from monitor.pipeline.handing import Sealed
from monitor.pipeline.manual import Brought, Typed
from monitor.press import KOREKSI, PressLetter
from monitor.rumors import Rumor
from monitor.store import Store
from monitor.verdicts import Evidence
from tests import made_city
from tests.made_city import NOW

SARI = Person("sari", ("verifikator",))
FILE = Sealed("WA \ud83d\x00 gambar.webp", "a" * 64, "image/png", 9, "b" * 64, "c" * 64, 3, 4)
TEXT = "Surat suara sudah tercoblos di gudang \ud800 \x00 sebarkan"
PRESS = '[[source]]\nname = "Pers Contoh"\nurl = "https://pers.example/rss"\nkind = "rss"\npers = "ya"\n'


def test_brought_in_by_many_at_once_it_is_one_konten_seen_by_all(store: Store) -> None:
    people = [Person(f"orang{n}", ("verifikator",)) for n in range(12)]

    def one(person: Person) -> object:
        typed = Typed("Surat suara sudah tercoblos di gudang", where=f"Grup {person.name}", channel="WhatsApp")
        return manual.enter(store, made_city.settings(), None, typed, person, NOW, Brought(None, FILE))

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(one, people))
    numbers = {getattr(row, "item", 0) or getattr(row, "id", 0) for row in done}
    assert len(numbers) == 1
    number = numbers.pop()
    with store.read() as tx:
        assert sorted(row.by for row in tx.sightings(number)) == sorted(one.name for one in people)
        assert [act.act for act in tx.acts()].count("masukkan") == 1
        assert tx.attachments(KONTEN, [number])[number].copy == FILE.copy
        assert tx.audit_faults() == []


def test_odd_letters_and_everything_that_is_known_of_it_come_back(store: Store) -> None:
    page = Link("https://blog.example/x", "Judul", NOW, "d" * 64, "", text=TEXT)
    typed = Typed("", url=page.url, where="Pasar \x00 lama", channel="Telegram", seen=NOW, forwards="1.250")
    made = manual.enter(store, made_city.settings(), None, typed, SARI, NOW, Brought(page, FILE))
    assert isinstance(made, manual.Item), made
    with store.read() as tx:
        seen = tx.sightings(made.id)[0]
        detail = tx.item(made.id)
        names = tx.words_of([tx.attachments(KONTEN, [made.id])[made.id].words, seen.words])
    assert (seen.channel, seen.seen, seen.forwards) == ("Telegram", NOW, 1250)
    assert detail is not None
    assert (detail.row.article.page, detail.row.article.published) == ("d" * 64, NOW)
    assert all("\x00" not in words.title for words in names.values())


def test_a_file_as_evidence_and_a_letter(store: Store) -> None:
    known = made_city.settings(PRESS)
    konten = made_city.add_konten(store, known, 0)
    isu = acts.attach(store, [(konten, 0)], SARI, "Surat suara sudah tercoblos di gudang KPU", 0, NOW)
    assert isinstance(isu, Rumor)
    laid = handing.lay_file(store, isu.id, SARI, FILE, "Segel.", NOW)
    assert isinstance(laid, Evidence)
    text = "Isi surat yang cukup panjang untuk dicatat kantor."
    letter = pressing.keep(store, known, konten, KOREKSI, text, SARI, NOW)
    assert isinstance(letter, PressLetter)
    with store.read() as tx:
        assert tx.attachments(BUKTI, [laid.id, 999])[laid.id].original == FILE.original == laid.page
        assert tx.press_letters(konten) == [letter]
        assert {FILE.original, FILE.copy, FILE.mosaic} <= tx.bound_pages()


def test_unsent_forms_are_an_accounts_own(store: Store) -> None:
    cookie, other = made_city.logged_in(store, "sari"), made_city.logged_in(store, "budi")
    fields = {"penjelasan": "Teks panjang \x00 \ud83d yang belum terkirim.", "tanda": "x" * 40}
    assert keeping.keep(store, cookie, "k1", "/isu/1/hasil", fields, NOW)
    assert keeping.keep(store, other, "k2", "/isu/2/hasil", fields, NOW + timedelta(seconds=1))
    keeping.drop(store, "budi", "k1")
    mine = keeping.kept(store, "sari", NOW)
    assert [one.key for one in mine] == ["k1"]
    assert [name for name, _ in mine[0].fields] == ["penjelasan"]
    keeping.drop(store, "sari", "k1")
    assert keeping.kept(store, "sari", NOW) == []
    assert len(keeping.kept(store, "budi", NOW)) == 1
