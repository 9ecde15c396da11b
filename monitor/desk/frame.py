"""The house -> what stands around every page: office, counts, and what a person must know before anything else."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitor.alerts import DIJEDA, GAGAL, tally
from monitor.desk.office import Desk
from monitor.desk.tongue import Tongue
from monitor.fetches import Schedule
from monitor.rumors import MENUNGGU, TERBUKA
from monitor.sources import Settings
from monitor.store import Tx

CONTACT = '[office]\nname = "Diskominfo Kota Contoh"\ncontact = "humas@kota.example"'


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a person must know: a title, sentences, lines to copy, and what comes after them; `others` is what
    is told in place of these to whoever cannot change the settings ("": they need not know)."""

    title: str
    lines: tuple[str, ...]
    code: str = ""
    after: str = ""
    others: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a page; `open` is None where the store could not be asked."""

    office: str
    open: int | None
    troubled: int
    notices: tuple[Notice, ...]
    version: str
    model: str
    zone: str
    isu: int = 0
    waiting: int = 0
    stuck: int = 0


def frame(desk: Desk, tx: Tx, tongue: Tongue, schedules: Mapping[str, Schedule] | None = None,
          counts: Mapping[str, int] | None = None) -> Frame:
    """The frame of a page. On the page of sources, which hands their schedules in, what is wrong is told at length.
    `counts` are the open konten by state, where the page knows them already."""
    settings, whole = desk.settings(), schedules is not None
    if schedules is None:
        troubled = desk.troubled.value(desk.now(), lambda: _troubled(settings, tx.schedules()))
    else:
        troubled = _troubled(settings, schedules)
    isu = tx.rumor_counts()
    told = (*_no_account(tx, tongue), *notices(desk, settings, tongue, whole))
    return Frame(settings.office.name, sum((tx.counts() if counts is None else counts).values()), troubled, told,
                 desk.version, desk.model(), settings.office.zone, isu.get(TERBUKA, 0),
                 isu.get(MENUNGGU, 0) + tx.waiting_answers(), tx.stuck_deliveries())


def _troubled(settings: Settings, schedules: Mapping[str, Schedule]) -> int:
    if not settings.office.contact:
        return 0
    count = tally(settings.watched, schedules)
    return count[GAGAL] + count[DIJEDA]


def bare(desk: Desk) -> Frame:
    """The frame of a page that must not ask the store, for it may be what failed."""
    settings = desk.settings()
    return Frame(settings.office.name, None, 0, (), desk.version, desk.model(), settings.office.zone)


def notices(desk: Desk, settings: Settings, tongue: Tongue, whole: bool) -> tuple[Notice, ...]:
    """What must be told now."""
    return (*_broken(desk, tongue), *_no_contact(settings, tongue, whole), *_warnings(settings, tongue, whole))


def _no_account(tx: Tx, tongue: Tongue) -> tuple[Notice, ...]:
    if tx.any_account():
        return ()
    why = tongue.say("Selama belum ada akun, antrean dan sumber hanya dapat dilihat dari server ini. Buka alamat "
                     "sekali pakai yang tercetak di terminal untuk menjadi administrator pertama.")
    return (Notice(tongue.say("Belum ada akun"), (why,), others=why),)


def _broken(desk: Desk, tongue: Tongue) -> tuple[Notice, ...]:
    trouble = desk.trouble()
    if not trouble:
        return ()
    after = tongue.say("Pengaturan sebelumnya tetap dipakai. Perbaiki berkas itu; Jernih membacanya lagi sendiri.")
    others = tongue.say("Pengaturan sebelumnya tetap dipakai. Administrator perlu memperbaikinya.")
    return (Notice(tongue.say("Berkas pengaturan tidak dapat dipakai"), trouble[:5], after=after, others=others),)


def _no_contact(settings: Settings, tongue: Tongue, whole: bool) -> tuple[Notice, ...]:
    if settings.office.contact:
        return ()
    title = tongue.say("Semua sumber dijeda: kantor belum menulis kontaknya")
    why = tongue.say("Jernih mengunjungi situs orang lain, jadi harus menyebut siapa yang dapat dihubungi. Tulis "
                     "baris-baris ini di feeds.toml, dengan nama dan surel kantor Anda; pengumpulan mulai sendiri "
                     "beberapa detik kemudian.")
    demo = tongue.say("Hanya ingin melihat-lihat? Hentikan program ini, lalu jalankan make demo: kota buatan dengan "
                      "antrean penuh, tanpa internet.")
    more = tongue.say("Caranya ada di halaman Sumber.")
    others = tongue.say("Administrator perlu menulis kontak kantor; pengumpulan mulai sendiri sesudahnya.")
    return (Notice(title, (why,), CONTACT, demo, others) if whole else Notice(title, (more,), others=others),)


def _warnings(settings: Settings, tongue: Tongue, whole: bool) -> tuple[Notice, ...]:
    if not whole or not settings.warnings:
        return ()
    more = len(settings.warnings) - 8
    lines = settings.warnings[:8] + ((tongue.say("dan {n} lagi", n=more),) if more > 0 else ())
    return (Notice(tongue.say("Perlu diperhatikan di feeds.toml"), lines),)
