"""An isu + who looks -> what its page shows of merging and splitting, and of konten with the very same text."""

from dataclasses import dataclass

from monitor.desk.adapter import Call
from monitor.desk.steps import Isu, claims
from monitor.items import BARU
from monitor.pipeline.cases import is_press
from monitor.rumors import DIGABUNG, FOUND, MENUNGGU, TERBUKA, Rumor
from monitor.sources import Settings
from monitor.store import Tx

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Joined:
    """What belongs to merging and splitting one isu. `to` is the isu it was merged to (None: to none), `merged` those
    that were merged into it; `undoes`, `merges` and `splits` what whoever looks may do, with `others` to choose from;
    `same` are free konten with the words of one of its own (id, version), `twins` other isu that carry such words,
    `press` its konten from the press."""

    to: Isu | None
    merged: tuple[Isu, ...]
    undoes: bool
    merges: bool
    splits: bool
    others: tuple[Isu, ...]
    versions: dict[int, int]
    press: frozenset[int]
    same: tuple[tuple[int, int], ...]
    twins: tuple[Isu, ...]


def of_isu(tx: Tx, rumor: Rumor, settings: Settings, call: Call) -> Joined:
    """What the page of an isu shows of it."""
    to, merger = tx.merged_to(rumor.id), tx.merger(rumor.id)
    free = rumor.state == TERBUKA and rumor.holder in ("", call.person.name)
    merges = call.may("isu") and free
    splits = merges if rumor.state == TERBUKA else rumor.state in FOUND and call.may("buka lagi isu")
    carriers = tx.carriers(rumor.id)
    alike = tx.shared_words(rumor.id) if rumor.state not in (MENUNGGU, DIGABUNG) and call.may("isu") else []
    others = [one for one in tx.rumors(limit=SHOWN) if one.state not in (MENUNGGU, DIGABUNG) and one.id != rumor.id]
    return Joined(
        to=_isu(tx, [to])[0] if to != rumor.id else None,
        merged=_isu(tx, tx.merged_into(rumor.id)),
        undoes=merger is not None and call.may("isu") and (merger.by == call.person.name or call.may("buka lagi isu")),
        merges=merges, splits=splits and len(carriers) > 1,
        others=_named(tx, others) if merges or splits else (),
        versions={item.id: item.version for item in carriers},
        press=frozenset(row.item.id for row in tx.queue_rows([item.id for item in carriers])
                        if is_press(settings, row.entry.source)),
        same=tuple((item.id, item.version) for item, holder in alike if not holder and item.state == BARU),
        twins=_isu(tx, sorted({holder for _, holder in alike if holder})),
    )


def _isu(tx: Tx, numbers: list[int]) -> tuple[Isu, ...]:
    return _named(tx, [one for number in numbers if (one := tx.get(Rumor, number))])


def _named(tx: Tx, rows: list[Rumor]) -> tuple[Isu, ...]:
    said_of = claims(tx, rows)
    return tuple(Isu(one.id, said_of[one.id], one.state) for one in rows)
