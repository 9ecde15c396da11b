"""Unflagged articles of a week, and dismissals -> what is looked at by chance: the only honest measure of misses.

Both draws take the smallest hashes of a seed and the thing drawn: whoever knows the seed draws the same again, in any
order, and nobody can steer what is drawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from monitor.items import DIKESAMPINGKAN, SUSPECTED, Item, ItemAct
from monitor.people import Person, Refusal, may
from monitor.shares import Share
from monitor.verdicts import STAMPS

BUKAN_HOAKS, TAMPAK_HOAKS, TAK_TERNILAI = "bukan hoaks", SUSPECTED, "tidak dapat dinilai"
UNREADABLE = ("ekstraksi salah", "ganda")
SETUJU, BUKA_LAGI = "setuju", "buka lagi"
OUTCOMES = (SETUJU, BUKA_LAGI)


@dataclass(frozen=True, slots=True)
class Draw:
    """The articles drawn from those of a week that the model let pass (sampel acak). A row, one a week; `seed` is what
    the hashes began with, `pool` how many could be drawn and `pooled` the digest of their ids, `articles` the drawn."""

    label: str
    start: datetime
    until: datetime
    at: datetime
    seed: str
    pool: int
    pooled: str
    articles: tuple[int, ...]
    id: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """What a redaktur said to a dismissal that chance put before them (tinjauan). A row; `act` is the ItemAct that
    dismissed, `outcome` one of OUTCOMES."""

    item: int
    act: int
    at: datetime
    by: str
    outcome: str
    note: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What came of drawn articles: how many were drawn, judged, and look like a hoax (a share of the judged)."""

    drawn: int
    hoaxes: Share


def seed(secret: str, label: str) -> str:
    """What the draw of a week begins with; the secret does not follow from it."""
    return sha256(f"{secret}\n{label}".encode()).hexdigest()


def drawn(pool: Iterable[int], seed: str, size: int) -> tuple[int, ...]:
    """`size` of the pool, or all of it where it is smaller; in the order of the draw."""
    return tuple(sorted(pool, key=lambda one: sha256(f"{seed}:{one}".encode()).digest())[:size])


def pooled(pool: Iterable[int]) -> str:
    """The digest of a pool, so that a draw can be made again and compared."""
    return sha256(",".join(map(str, sorted(pool))).encode()).hexdigest()


def chosen(act: ItemAct, secret: str, share: float) -> bool:
    """Is this dismissal among the share (0-1) that is looked at again?"""
    told = f"{secret}\n{act.id}\n{act.item}\n{act.at.isoformat()}\n{act.who}"
    return int.from_bytes(sha256(told.encode()).digest()[:8]) < share * 2**64


def outcome(acts: Sequence[ItemAct], finding: str = "") -> str:
    """What people said of a drawn konten: TAMPAK_HOAKS, BUKAN_HOAKS, TAK_TERNILAI, or "" while nobody did. An approved
    finding about its isu stands above the first impression; what was undone or opened again is not said."""
    if finding:
        return TAMPAK_HOAKS if finding in STAMPS else BUKAN_HOAKS
    said = [""]
    for act in acts:
        if act.act == "batalkan":
            said = said[:-1] or [""]
        elif act.new == DIKESAMPINGKAN:
            said.append(TAK_TERNILAI if act.reason in UNREADABLE else BUKAN_HOAKS)
        else:
            said.append({SUSPECTED: TAMPAK_HOAKS, "buka lagi": ""}.get(act.act, said[-1]))
    return said[-1]


def found(outcomes: Iterable[str]) -> Found:
    """The figure: of the drawn that were judged, how many look like a hoax."""
    told = list(outcomes)
    judged = [one for one in told if one in (TAMPAK_HOAKS, BUKAN_HOAKS)]
    return Found(len(told), Share(judged.count(TAMPAK_HOAKS), len(judged)))


def review(item: Item, dismissal: ItemAct, person: Person, outcome: str, note: str, now: datetime) -> Review | Refusal:
    """A redaktur's yes or no to somebody else's dismissal that still stands; a no says why."""
    if outcome not in OUTCOMES:
        return Refusal(f"unknown outcome {outcome!r}", f"Pilih satu: {' atau '.join(OUTCOMES)}.")
    if item.state != DIKESAMPINGKAN:
        return Refusal(f"item {item.id} is {item.state}", "Konten ini sudah tidak dikesampingkan lagi. Muat ulang.")
    if dismissal.who == person.name:
        return Refusal("one's own dismissal", "Yang mengesampingkan tidak meninjau langkahnya sendiri.")
    if outcome == BUKA_LAGI and not note.strip():
        return Refusal("reopened without a reason", "Tuliskan alasan mengapa konten ini dibuka lagi.")
    return may(person, "tinjau") or Review(item.id, dismissal.id, now, person.name, outcome, note.strip()[:1000])
