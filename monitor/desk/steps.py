"""A konten + who looks -> the steps open to them now, and what a list says of the step that was just done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.desk.adapter import Call
from monitor.desk.tongue import Tongue, said
from monitor.items import BARU, DIKESAMPINGKAN, DIPROSES, DISMISSALS, UNDO_WITHIN, Item
from monitor.people import accounts, holds
from monitor.rumors import MENUNGGU, Rumor
from monitor.store import Detail, Tx

SHOWN_ISU = 30
DONE = {
    "ambil": said("{n} konten diambil."), "kesampingkan": said("{n} konten dikesampingkan."),
    "urungkan": said("{n} langkah diurungkan."), "lekatkan": said("{n} konten dilekatkan."),
}
UNDONE = ("ambil", "kesampingkan")


@dataclass(frozen=True, slots=True)
class Isu:
    """An isu that a konten may be attached to, or is."""

    id: int
    claim: str
    state: str


@dataclass(frozen=True, slots=True)
class Steps:
    """What whoever looks may do with a konten now. `same` are free konten of the same text (id, version); `isu` are
    open ones to attach to, `within` those it is part of; `seconds` are left to undo one's own last step."""

    id: int
    version: int
    take: bool
    release: bool
    dismiss: bool
    reopen: bool
    attach: bool
    to: tuple[tuple[str, str], ...]
    dismissals: tuple[str, ...]
    same: tuple[tuple[int, int], ...]
    isu: tuple[Isu, ...]
    within: tuple[Isu, ...]
    seconds: int


@dataclass(frozen=True, slots=True)
class Done:
    """What was just done in a list: a sentence, and the konten whose step may be undone."""

    sentence: str
    undo: tuple[int, ...]


def of_item(tx: Tx, detail: Detail, call: Call, now: datetime) -> Steps:
    """The steps of one konten's page."""
    item, works = detail.row.item, call.may("konten")
    mine = works and item.state == DIPROSES and item.holder == call.person.name
    free = works and item.state == BARU
    open_isu = [one for one in tx.rumors(limit=SHOWN_ISU) if one.state != MENUNGGU] if mine or free else []
    return Steps(
        id=item.id, version=item.version, take=free, release=mine, dismiss=free or mine,
        reopen=works and item.state == DIKESAMPINGKAN, attach=mine or free,
        to=_others(tx, call.person.name, now) if mine else (),
        dismissals=DISMISSALS,
        same=tuple((one.id, one.version) for one in detail.same if one.state == BARU)[:40],
        isu=_isu(tx, open_isu), within=_isu(tx, detail.rumors), seconds=_seconds(detail, item, call.person.name, now),
    )


def done(query: Mapping[str, str], tongue: Tongue) -> Done | None:
    """What the address of a list says was just done; None where it says nothing that we would say."""
    act = query.get("selesai", "")
    if act not in DONE:
        return None
    numbers = tuple(int(part) for part in query.get("konten", "")[:900].split("-")
                    if part.isascii() and part.isdigit() and len(part) <= 15)
    failed = query.get("gagal", "0")
    if not numbers and failed in ("", "0"):
        return Done(tongue.say("Belum ada konten yang dicentang."), ())
    sentence = tongue.say(DONE[act], n=len(numbers))
    if failed.isascii() and failed.isdigit() and int(failed[:4]) > 0:
        sentence += " " + tongue.say("{n} tidak berubah: orang lain mendahului, atau keadaannya tidak memungkinkan. "
                                     "Buka kontennya untuk melihat.", n=int(failed[:4]))
    return Done(sentence, numbers if act in UNDONE else ())


def claims(tx: Tx, rumors: list[Rumor]) -> dict[int, str]:
    """The written claims of isu, by id; an erased one is said to be."""
    words = tx.words_of(one.words for one in rumors)
    return {one.id: words[one.words].title if words.get(one.words) else "(klaim sudah dihapus)" for one in rumors}


def colleagues(tx: Tx, but: str, right: str, now: datetime) -> tuple[tuple[str, str], ...]:
    """Accounts (name, full name) that hold a right now, without `but`."""
    given = tx.delegations()
    return tuple((one.name, one.shown) for one in tx.accounts()
                 if one.name != but and not one.disabled and holds(accounts.person(one, given, now), right))


def _others(tx: Tx, me: str, now: datetime) -> tuple[tuple[str, str], ...]:
    return colleagues(tx, me, "konten", now)


def _isu(tx: Tx, rumors: "list[Rumor] | tuple[Rumor, ...]") -> tuple[Isu, ...]:
    said_of = claims(tx, list(rumors))
    return tuple(Isu(one.id, said_of[one.id], one.state) for one in rumors)


def _seconds(detail: Detail, item: Item, me: str, now: datetime) -> int:
    last = detail.acts[-1] if detail.acts else None
    if last is None or last.who != me or last.new != item.state or last.act in ("batalkan", "lekatkan ke isu"):
        return 0
    return max(0, int((last.at + UNDO_WITHIN - now).total_seconds()))
