"""Delivery + its neighbours -> whether it may go out now: signatures, masa tenang, what a channel holds already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.clarifications import ClarificationAct, Fault
from monitor.deliveries.acts import newer
from monitor.deliveries.rows import (
    BARU,
    BATAL,
    MENGIRIM,
    TELEGRAM,
    TERKIRIM,
    TIDAK_PASTI,
    UBAH,
    Delivery,
)
from monitor.posts import KOREKSI, TARIK, TERBIT, Post

SILENCE = ("masa-tenang", "angka-masa-tenang")
# What must have been done to a text, and by whose two hands, before an edition of it may leave the office.
HANDS = {
    TERBIT: ("ajukan", "setujui", "terbitkan"),
    KOREKSI: ("usulkan koreksi", "setujui koreksi", "setujui koreksi"),
    TARIK: ("usulkan penarikan", "setujui penarikan", "setujui penarikan"),
}
NEWEST, OLD, DOUBT, NONE = "terbaru", "lama", "tidak pasti", "belum"


@dataclass(frozen=True, slots=True)
class Go:
    """It may go out: `way` baru, ubah or balas, `remote` what it changes at the channel ("" nothing yet)."""

    way: str
    remote: str


@dataclass(frozen=True, slots=True)
class Hold:
    """It waits, and a person should know why."""

    sentence: str
    cause: str


@dataclass(frozen=True, slots=True)
class Drop:
    """It is not needed any more."""

    sentence: str
    cause: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What one channel shows of a publication: `word` terbaru, lama, tidak pasti or belum; `row` is the delivery that
    says so."""

    channel: str
    word: str
    row: Delivery


def course(row: Delivery, family: Sequence[Delivery]) -> Go | Hold | Drop:
    """What to do with a delivery that is due; `family` is every delivery of the same thing on this channel."""
    earlier = sorted((one for one in family if one.edition < row.edition), key=lambda one: one.edition)
    if newer(row, family):
        return Drop("Sudah ada edisi yang lebih baru, jadi edisi ini tidak dikirim.", "a newer edition exists")
    if any(one.state == MENGIRIM for one in earlier):
        return Hold("Menunggu: edisi sebelumnya sedang dikirim.", "an earlier edition is being sent")
    if row.act == TARIK and not any(one.state in (TERKIRIM, TIDAK_PASTI) for one in earlier):
        return Drop("Tidak pernah keluar di kanal ini, jadi tidak ada yang ditarik.", "never carried here")
    remote = row.remote or next((one.remote for one in reversed(earlier) if one.state == TERKIRIM and one.remote
                                 and one.kind == row.kind), "")
    first = UBAH if row.kind == TELEGRAM and remote else BARU
    return Go(row.way or first, remote)


def signed(post: Post, history: Iterable[ClarificationAct]) -> bool:
    """Did two different people sign under this very text, and was it published (or corrected, or withdrawn)?"""
    proposed, approved, done = HANDS[post.act]
    of = [act for act in history if act.words == post.words and act.at <= post.at]
    writers = [act.who for act in of if act.act == proposed]
    signers = [act.who for act in of if act.act == approved]
    return bool(writers and signers and writers[-1] != signers[-1] and any(act.act == done for act in of))


def silenced(post: Post, faults: Iterable[Fault]) -> Hold | None:
    """Does masa tenang hold this text back at this moment? A withdrawal says nothing, so it always goes out."""
    fault = next((one for one in faults if one.code in SILENCE), None)
    if fault is None or post.act == TARIK:
        return None
    return Hold(f"Ditahan karena masa tenang: {fault.sentence}", f"held by {fault.code}")


def standings(rows: Iterable[Delivery], edition: int) -> list[Standing]:
    """What every channel shows of one publication whose last edition is `edition`, by the channel's name."""
    channels: dict[str, list[Delivery]] = {}
    for row in rows:
        channels.setdefault(row.channel, []).append(row)
    found = (_standing(name, sorted(some, key=lambda one: one.edition), edition) for name, some in channels.items())
    return sorted((one for one in found if one), key=lambda one: one.channel)


def _standing(channel: str, rows: Sequence[Delivery], edition: int) -> Standing | None:
    last = rows[-1]
    if last.edition == edition and last.state in (TERKIRIM, TIDAK_PASTI):
        return Standing(channel, NEWEST if last.state == TERKIRIM else DOUBT, last)
    carried = [one for one in rows if one.edition < edition and one.state in (TERKIRIM, TIDAK_PASTI)]
    if carried:
        sure = any(one.state == TERKIRIM for one in carried)
        return Standing(channel, OLD if sure else DOUBT, last)
    return None if last.state == BATAL else Standing(channel, NONE, last)
