"""An office in which everything has happened once, and every address of the desk at which one may look there."""

from datetime import timedelta
from pathlib import Path

from monitor import digests
from monitor.articles import Article
from monitor.audit import Act
from monitor.desk import Desk
from monitor.desk.routes import ROUTES
from monitor.digests import Period
from monitor.entries import Words
from monitor.items import BARU, DIKESAMPINGKAN, DISMISSALS, ItemAct
from monitor.people import Delegation
from monitor.pipeline import objections, reports
from monitor.press import PressLetter
from monitor.referrals import Referral
from monitor.sightings import Sighting
from monitor.statements import Statement
from monitor.store import Tx
from monitor.verdicts import Override
from tests import made_city
from tests.office import Office

# What is no page but bytes or numbers, and what stands on other pages.
NO_PAGES = ("/health", "/berkas", "/gambar", "/surat", "/laporan/{id:int}")


def office(home: Path) -> Office:
    """The office, with konten, an answer and its objection, a referral, a report; sari (all roles) is logged in."""
    made = Office(home)
    made_city.fill(made.store, made_city.settings(), konten=12)
    one = made.published(1)
    with made.store.write() as tx:
        letter, rumor = Words("Rujukan", "Surat kepada Bawaslu."), tx.rumors()[0].id
        tx.put_words([letter])
        tx.add(Referral(rumor, tx.verdicts(rumor)[-1].id, "Bawaslu", made.now, "karta", letter.digest))
        article = tx.get(Article, made.konten[3].article.id)
        assert article is not None
        tx.state([Statement(article.id, made.now, "bantahan", True, article.words)])
        more(tx, made, rumor)
    week = digests.period("2024-W46", "WIT")
    assert isinstance(week, Period)
    reports.finish(made.house, week, "internal", made.now)
    made.drafted(2)
    objections.object_to(made.store, made.settings, one, "koreksi", "Wati", "wati@warga.example",
                          "Jabatan itu keliru " * 3, made.later())
    made_city.logged_in(made.store, now=made.now)
    return made


def more(tx: Tx, made: Office, rumor: int) -> None:
    """What happens rarely: a dismissal taken back, a gate passed, a leaflet seen, a letter to the press, a deputy."""
    konten, now = made.konten[0].item, made.now
    place, letter = Words("Pasar", ""), Words("Permintaan koreksi berita", "Isi.")
    tx.put_words([place, letter])
    for act, old, new, reason in (("kesampingkan", BARU, DIKESAMPINGKAN, DISMISSALS[5]),
                                  ("buka lagi", DIKESAMPINGKAN, BARU, "Salah baca.")):
        tx.add(ItemAct(konten.id, now, "ani", act, old, new, reason))
        tx.audit(Act(now, "ani", act, "konten", str(konten.id), {"old": old, "new": new}))
    tx.audit(Act(now, "rini", "tinjau: setuju", "konten", str(konten.id), {}))
    tx.add(Sighting(konten.id, "selebaran", place.digest, now, "ani", now))
    tx.add(PressLetter(konten.id, "hak koreksi", "Kabar Tual", letter.digest, now, "ani"))
    tx.add(Override(rumor, tx.verdicts(rumor)[-1].id, "konflik", "Nama yang sama, orang lain.", now, "ani"))
    tx.add(Delegation("sari", "kepala", now, now + timedelta(days=1), "7/2024", now, "sari"))


def desk(made: Office, **more: object) -> Desk:
    """The desk of this office."""
    return made_city.desk(made.store, known=made.settings, now=lambda: made.now, **more)


def pages(made: Office) -> list[str]:
    """Every address of the desk at which one looks, each with an id that is there."""
    with made.store.read() as tx:
        items = [row.item.id for row in tx.queue(limit=3)]
        ids = {"konten": [made.konten[0].item.id, *items[:2]], "isu": [one.id for one in tx.rumors(limit=3)],
               "klarifikasi": [one.id for one in tx.clarifications()],
               "bantahan": [one.statement.id for one in tx.statements()][:1],
               "rujukan": [one.id for one in tx.referrals()][:1], "laporan": [one.id for one in tx.editions()][:1]}
    found = []
    for path, _, method, _ in ROUTES:
        if method != "GET" or path.endswith(NO_PAGES):
            continue
        numbers = ids.get(path.split("/")[1], [1]) if "{id:int}" in path else [0]
        found += [path.replace("{id:int}", str(number)) for number in numbers]
    return [*found, "/tidak-ada", "/?cari=suara&keadaan=semua", "/konten/1?lang=en"]
