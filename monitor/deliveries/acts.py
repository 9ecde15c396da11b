"""Delivery + what happened, or a person's word -> its next state, or why not: the table of docs/keadaan.md."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.deliveries.rows import (
    BATAL,
    GAGAL,
    LAPORAN,
    MAIL,
    MENGIRIM,
    MENUNGGU,
    TELEGRAM,
    TERKIRIM,
    TIDAK_PASTI,
    UBAH,
    WEBHOOK,
    WORDPRESS,
    Delivery,
    DeliveryAct,
    Result,
    key_of,
    stepped,
)
from monitor.people import Person, Refusal, may
from monitor.posts import Post
from monitor.sources import Channel

BY = "jernih"
FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=6)
MOST_WAIT = timedelta(hours=24)
MOST_TRIES = 12
RIGHT = "pengiriman"

# act: (from, to). `docs/keadaan.md` shows the same, with who and on what condition.
TABLE: dict[str, tuple[tuple[str, ...], str]] = {
    "kirim": ((MENUNGGU,), MENGIRIM),
    "tahan": ((MENUNGGU,), MENUNGGU),
    "lewati": ((MENUNGGU,), BATAL),
    "diterima": ((MENGIRIM,), TERKIRIM),
    "tunda": ((MENGIRIM,), MENUNGGU),
    "gagal": ((MENGIRIM,), GAGAL),
    "ragu": ((MENGIRIM,), TIDAK_PASTI),
    "pulihkan": ((MENUNGGU, MENGIRIM), TIDAK_PASTI),
    "sudah terkirim": ((TIDAK_PASTI,), TERKIRIM),
    "kirim lagi": ((GAGAL, TIDAK_PASTI), MENUNGGU),
    "batalkan": ((MENUNGGU, GAGAL, TIDAK_PASTI), BATAL),
}
DECISIONS = ("sudah terkirim", "kirim lagi", "batalkan")
LOST = {
    WORDPRESS: "Jernih berhenti di tengah pengiriman. Jernih mencari tulisannya dahulu, lalu melanjutkan sendiri.",
    WEBHOOK: "Jernih berhenti di tengah pengiriman. Dikirim lagi dengan kunci yang sama, jadi tidak menjadi dua.",
    TELEGRAM: "Jernih berhenti di tengah pengiriman, jadi tidak diketahui apakah pesannya keluar. Lihat kanalnya "
    "dahulu.",
    MAIL: "Jernih berhenti di tengah pengiriman, jadi tidak diketahui apakah suratnya keluar. Tanyakan penerimanya "
    "dahulu.",
}

RESTORED = "Dipulihkan dari cadangan: mungkin sudah terkirim sesudah cadangan itu dibuat. Lihat kanalnya dahulu."

Change = tuple[Delivery, DeliveryAct]


def planned(post: Post, channel: Channel, now: datetime) -> Delivery:
    """An edition of a publication that shall go to a channel."""
    key = key_of(channel.name, post.act, post.clarification, post.edition)
    return Delivery(key, channel.name, channel.kind, post.act, now, now, post.clarification, post.id, post.edition)


def planned_report(report: int, number: int, label: str, audience: str, now: datetime) -> Delivery:
    """An edition of a digest that shall go to the list of its audience, once."""
    return Delivery(key_of(f"{audience} {label}", LAPORAN, report, number), audience, MAIL, LAPORAN, now, now,
                    edition=number, report=report)  # fmt: skip


def begin(row: Delivery, way: str, remote: str, now: datetime) -> Change:
    """MENUNGGU -> MENGIRIM, to be saved before the door is touched."""
    return _moved(row, "kirim", now, tries=row.tries + 1, way=way, remote=remote, sentence="")


def hold(row: Delivery, sentence: str, cause: str, now: datetime) -> Change | None:
    """It waits for something that a person must see; None where that is said already."""
    if row.sentence == sentence:
        return None
    return _moved(row, "tahan", now, cause=cause, sentence=sentence)


def drop(row: Delivery, sentence: str, cause: str, now: datetime) -> Change:
    """It is not needed any more."""
    return _moved(row, "lewati", now, cause=cause, sentence=sentence)


def settle(row: Delivery, result: Result, now: datetime) -> Change:
    """What a try came to. What may have arrived once is never called failed: it ends as tidak pasti."""
    doubt = row.doubt if result.doubt is None else result.doubt
    told = replace(row, remote=result.remote or row.remote, way=result.way or row.way, doubt=doubt,
                   sentence=result.sentence)
    if result.outcome == TERKIRIM:
        return _moved(told, "diterima", now, cause=result.cause, doubt=False)
    if result.outcome == TIDAK_PASTI:
        return _moved(told, "ragu", now, cause=result.cause, doubt=True)
    if result.outcome == GAGAL or row.tries >= MOST_TRIES:
        return _moved(told, "ragu" if doubt else "gagal", now, cause=result.cause, sentence=_given_up(row, result))
    pause = timedelta() if result.way else max(backoff(row.tries), timedelta(seconds=result.wait))
    return _moved(told, "tunda", now, cause=result.cause, due=now + min(pause, MOST_WAIT))


def crashed(row: Delivery, now: datetime) -> Change:
    """MENGIRIM, but nobody is sending: the program died on the way. Only what cannot become two goes on by itself."""
    told = replace(row, doubt=True, sentence=LOST[row.kind])
    if repeatable(row):
        return _moved(told, "tunda", now, cause="died while sending", due=now + backoff(row.tries))
    return _moved(told, "ragu", now, cause="died while sending")


def restored(row: Delivery, now: datetime) -> Change | None:
    """It waits in a store that was put back from a backup, so it may have gone out since; None where sending it again
    cannot become two."""
    if row.kind in (WORDPRESS, WEBHOOK):
        return None
    return _moved(replace(row, doubt=True, sentence=RESTORED), "pulihkan", now, cause="restored from a backup")


def repeatable(row: Delivery) -> bool:
    """May this be sent again by itself where the outcome of a try is unknown?"""
    return row.kind in (WORDPRESS, WEBHOOK) or row.way == UBAH


def decide(
    row: Delivery, family: Sequence[Delivery], person: Person, act: str, now: datetime, remote: str = ""
) -> Change | Refusal:
    """What a redaktur or kepala decides of one that is stuck; `family` is every delivery of the same publication or
    digest on this channel, `remote` the number of a message that somebody found there."""
    if act not in DECISIONS or row.state not in TABLE[act][0]:
        return Refusal(f"delivery {row.id} is {row.state}, not for {act!r}",
                       f"Pengiriman ini berkeadaan {row.state}, jadi langkah “{act}” tidak berlaku. Muat ulang.")
    refusal = may(person, RIGHT)
    if refusal is None and act == "kirim lagi" and newer(row, family):
        refusal = Refusal("a newer edition exists", "Sudah ada edisi yang lebih baru; edisi ini tidak dikirim lagi.")
    if refusal is None and remote and not (remote.isascii() and remote.isdigit() and len(remote) < 20):
        refusal = Refusal("bad message number", "Nomornya berupa angka saja, misalnya 128.")
    if refusal:
        return refusal
    if act == "kirim lagi":
        return _moved(row, act, now, person.name, tries=0, doubt=False, due=now, sentence="")
    found = remote if act == "sudah terkirim" and remote else row.remote
    return _moved(row, act, now, person.name, doubt=False, remote=found, sentence="")


def newer(row: Delivery, family: Sequence[Delivery]) -> bool:
    """Is there a later edition for the same channel?"""
    return any(one.edition > row.edition for one in family)


def backoff(tries: int) -> timedelta:
    """How long to wait after so many tries: doubled each time, at most LONGEST."""
    return min(FIRST * (1 << min(max(tries - 1, 0), 16)), LONGEST)


def is_due(row: Delivery, now: datetime) -> bool:
    """May it be tried? A time that lies further ahead than any pause comes of a clock that was set back."""
    return not now < row.due <= now + MOST_WAIT


def _given_up(row: Delivery, result: Result) -> str:
    if result.outcome == GAGAL:
        return result.sentence
    return f"{result.sentence} Jernih berhenti mencoba setelah {row.tries} kali.".strip()


def _moved(row: Delivery, act: str, now: datetime, who: str = BY, cause: str = "", **new: object) -> Change:
    then = replace(row, **new)  # type: ignore[arg-type]
    origins, state = TABLE[act]
    assert row.state in origins, f"{act} from {row.state}"
    said = DeliveryAct(row.id, now, who, act, row.state, state, then.due, then.tries, then.way, then.remote, then.doubt,
                       then.sentence, cause)  # fmt: skip
    return stepped(row, said), said

