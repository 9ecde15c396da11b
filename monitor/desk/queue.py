"""Call -> the queue: konten by priority or newest first, what hides the others, and what to do with many at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.responses import Response

from monitor.desk import filters, saved
from monitor.desk.adapter import Call
from monitor.desk.filters import Chip, Choice, Menu
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.saved import Shelf
from monitor.desk.steps import Done, able, done
from monitor.desk.tongue import Tongue
from monitor.desk.views import Line, covered_row, line
from monitor.items import DISMISSALS
from monitor.store import Filters, Tx, key_of

A_PAGE = 50
COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands where nothing is listed."""

    title: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Queue:
    """The queue page. `kept` are the filters that the form's own fields do not hold; `to` are accounts that konten may
    be handed to, `labels` those in use."""

    sentence: str
    states: tuple[Choice, ...]
    menus: tuple[Menu, ...]
    kept: tuple[tuple[str, str], ...]
    chosen: tuple[Chip, ...]
    hidden: str
    lines: tuple[Line, ...]
    first: str
    following: str
    empty: Empty
    done: Done | None
    shelf: Shelf
    to: tuple[tuple[str, str], ...]
    labels: tuple[str, ...]


def queue(desk: Desk, call: Call) -> Response:
    """GET /: open konten by priority."""
    return shown(desk, call, call.query)


def shown(desk: Desk, call: Call, query: Mapping[str, str], status: int = 200, told: str = "") -> Response:
    """The list that a query asks for; `told` says why the last step was refused."""
    tongue, chosen, settings, now = call.tongue, filters.asked(query), desk.settings(), desk.now()
    asked, after = filters.filters(chosen, settings, now), filters.key(query.get("sesudah", ""))
    with desk.store.read() as tx:
        counts = tx.counts()
        around = frame(desk, tx, tongue, counts=counts)
        rows = tx.queue(asked, after, A_PAGE + 1)
        page, more = rows[:A_PAGE], len(rows) > A_PAGE
        given = tx.labels_of([row.item.id for row in page])
        labels, people = tx.labels(), tx.accounts()
        view = Queue(
            sentence=_sentence(asked, counts, tongue),
            states=filters.states(chosen, counts, tongue),
            menus=filters.menus(chosen, settings, desk.topics, labels,
                                [(one.name, one.shown) for one in people], desk.names, tongue),
            kept=tuple((part, value) for part, value in chosen.items() if part not in filters.LISTED),
            chosen=filters.chips(chosen, desk.names, tongue),
            hidden=_hidden(tx, asked, None if after or more else len(rows), counts, tongue) if chosen
            else _set_aside(tx, tongue),
            lines=tuple(line(covered_row(row), given.get(row.item.id, ()), desk.names, settings, now, tongue)
                        for row in page),
            first=filters.address(chosen) if after else "",
            following=filters.address(chosen, sesudah=filters.spelled(key_of(page[-1]))) if more else "",
            empty=_empty(bool(chosen), tongue),
            done=done(query, tongue),
            shelf=saved.of(tx, chosen, call),
            to=able(people, tx.delegations(), "konten", now) if call.may("konten") else (),
            labels=tuple(labels),
        )
    return html(desk, call, "queue.html", around, status, here="queue", view=view, dismissals=DISMISSALS, told=told,
                sought=chosen.get("cari", ""), beside=[pair for pair in chosen.items() if pair[0] != "cari"],
                listed=urlencode({**chosen, **({"sesudah": query["sesudah"]} if after else {})}))


def _sentence(asked: Filters, counts: dict[str, int], tongue: Tongue) -> str:
    if filters.closed(asked):
        return tongue.say("Semua konten, yang terbaru lebih dulu.")
    total = tongue.number(sum(counts.values()))
    return tongue.say("{n} konten terbuka, yang paling perlu dilihat lebih dulu.", n=total)


def _hidden(tx: Tx, asked: Filters, listed: int | None, counts: dict[str, int], tongue: Tongue) -> str:
    """How many konten the filters show (`listed` where one page holds them all), and how many open ones they hide.
    Exact but for what a search or the archive finds, where counting stops."""
    bounded = bool(asked.text) or filters.closed(asked)
    found = tx.count(asked, COUNTED + 1 if bounded else None) if listed is None else listed
    if bounded and found > COUNTED:
        return tongue.say("lebih dari {n} konten cocok.", n=tongue.number(COUNTED))
    shown = tongue.say("{n} konten cocok.", n=tongue.number(found))
    away = sum(counts.values()) - found
    if filters.closed(asked) or away <= 0:
        return shown
    return shown + " " + tongue.say("{n} konten lain disembunyikan oleh saringan ini.", n=tongue.number(away))


def _set_aside(tx: Tx, tongue: Tongue) -> str:
    """How many konten the open queue itself does not show, for they are done with."""
    away = tx.set_aside(COUNTED + 1)
    if not away:
        return ""
    shown = tongue.say("lebih dari {n}", n=tongue.number(COUNTED)) if away > COUNTED else tongue.number(away)
    return tongue.say("{n} konten yang sudah ditangani tidak ditampilkan.", n=shown)


def _empty(filtered: bool, tongue: Tongue) -> Empty:
    if filtered:
        return Empty(tongue.say("Tidak ada konten yang cocok"),
                     tongue.say("Lepas satu saringan di atas, atau pilih keadaan lain."))
    return Empty(tongue.say("Antrean kosong"),
                 tongue.say("Belum ada konten yang perlu dilihat. Konten muncul di sini begitu sumber membawa tulisan "
                            "yang mirip hoaks pemilu. Lihat di halaman Sumber apakah pengumpulan berjalan."))
