"""A konten + who looks -> the steps open to them now, and what a list says of the step that was just done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.desk.adapter import Call
from monitor.desk.tongue import Tongue, said
from monitor.items import BARU, DIKESAMPINGKAN, DIPROSES, DISMISSALS, NOT_UNDONE, UNDO_WITHIN, Item
from monitor.people import Account, Delegation, accounts, holds
from monitor.rumors import DIGABUNG, FOUND, MENUNGGU, Rumor
from monitor.store import Detail, Tx

SHOWN_ISU = 30
DONE = {
    "ambil": said("{n} konten diambil."), "kesampingkan": said("{n} konten dikesampingkan."),
    "urungkan": said("{n} langkah diurungkan."), "lekatkan": said("{n} konten dilekatkan."),
    "serahkan": said("{n} konten diserahkan."), "beri label": said("{n} konten diberi label."),
    "cabut label": said("Label dicabut dari {n} konten."),
}
UNDONE = ("ambil", "kesampingkan")


@dataclass(frozen=True, slots=True)
class Isu:
    """An isu that a konten may be attached to, or is; `finding` is the one that holds, "" if none does."""

    id: int
    claim: str
    state: str
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """What whoever looks may do with a konten now. `same` are free konten of the same text (id, version); `isu` are
    open ones to attach to, `within` those it is part of; `seconds` are left to undo one's own last step;
    `known_labels` are those in use; `works` is whether labels may be changed."""

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
    labels: tuple[str, ...]
    known_labels: tuple[str, ...]
    works: bool


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
    return Steps(
        id=item.id, version=item.version, take=free, release=mine, dismiss=free or mine,
        reopen=works and item.state == DIKESAMPINGKAN, attach=mine or free,
        to=_others(tx, call.person.name, now) if mine else (),
        dismissals=DISMISSALS,
        same=tuple((one.id, one.version) for one in detail.same if one.state == BARU)[:40],
        isu=open_isu(tx) if mine or free else (),
        within=_found(tx, _isu(tx, detail.rumors)), seconds=_seconds(detail, item, call.person.name, now),
        labels=tx.labels_of([item.id]).get(item.id, ()), known_labels=tuple(tx.labels()) if works else (), works=works,
    )


def open_isu(tx: Tx) -> tuple[Isu, ...]:
    """The newest isu that konten may be attached to."""
    return _isu(tx, [one for one in tx.rumors(limit=SHOWN_ISU) if one.state not in (MENUNGGU, DIGABUNG)])


def _found(tx: Tx, isu: tuple[Isu, ...]) -> tuple[Isu, ...]:
    """One finding answers all konten of its isu: each isu with the finding that holds."""
    return tuple(replace(one, finding=tx.verdicts(one.id)[-1].finding) if one.state in FOUND else one for one in isu)


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
    return tuple(pair for pair in able(tx.accounts(), tx.delegations(), right, now) if pair[0] != but)


def able(known: Iterable[Account], given: Sequence[Delegation], right: str,
         now: datetime) -> tuple[tuple[str, str], ...]:
    """Of these accounts (name, full name) those that hold a right now."""
    return tuple((one.name, one.shown) for one in known
                 if not one.disabled and holds(accounts.person(one, given, now), right))


def _others(tx: Tx, me: str, now: datetime) -> tuple[tuple[str, str], ...]:
    return colleagues(tx, me, "konten", now)


def _isu(tx: Tx, rumors: "list[Rumor] | tuple[Rumor, ...]") -> tuple[Isu, ...]:
    said_of = claims(tx, list(rumors))
    return tuple(Isu(one.id, said_of[one.id], one.state) for one in rumors)


def _seconds(detail: Detail, item: Item, me: str, now: datetime) -> int:
    last = detail.acts[-1] if detail.acts else None
    if last is None or last.who != me or last.new != item.state or last.act in NOT_UNDONE:
        return 0
    return max(0, int((last.at + UNDO_WITHIN - now).total_seconds()))
