"""An address's query -> Filters and back: what of the queue is shown is always an address that can be shared."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from monitor import sources
from monitor.desk.tongue import Tongue, said
from monitor.desk.views import Names, state
from monitor.dues import BIASA, SEGERA, TERLAMBAT, came
from monitor.items import BARU, DIPROSES, STATES
from monitor.sources import Settings
from monitor.store import Filters, Key

PARTS = ("keadaan", "tenggat", "wilayah", "topik", "tahap", "label", "sumber", "pemegang", "cari")
# Those that are chosen from lists of their own in the page's form.
LISTED = ("tenggat", "wilayah", "topik", "tahap", "label", "sumber", "pemegang")
ALL = "semua"
SLUGS = {name.lower().replace(" ", "-"): name for name in STATES}
LABELS = {"keadaan": said("keadaan"), "wilayah": said("wilayah"), "topik": said("topik"), "sumber": said("sumber"),
          "pemegang": said("pemegang"), "cari": said("cari"), "tenggat": said("tenggat"), "tahap": said("tahap"),
          "label": said("label")}
DUES = {TERLAMBAT: said("terlambat"), SEGERA: said("segera"), BIASA: said("masih dalam target")}
# A stage in an address: the election's name and its own.
BETWEEN, OUTSIDE = " ~ ", said("di luar tahapan")
Stages = Mapping[str, tuple[tuple[datetime, datetime], ...]]
LONGEST = 200


class Odd(ValueError):
    """A query that no page of ours makes; `sentence` is Indonesian."""

    def __init__(self, cause: str, sentence: str) -> None:
        super().__init__(cause)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to filter: where it leads, what it is called, whether it holds now, how many it shows (None: untold)."""

    address: str
    label: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that holds, and the address without it."""

    name: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A list to choose from; the choices' `address` is the value that the form sends."""

    name: str
    label: str
    choices: tuple[Choice, ...]


def asked(query: Mapping[str, str]) -> dict[str, str]:
    """The filters in a query, in a fixed order, without empty ones."""
    found = {part: query.get(part, "").strip() for part in PARTS}
    if any(len(value) > LONGEST for value in found.values()):
        raise Odd("filter too long", said("Saringan ini terlalu panjang. Pilih dari daftar di kiri."))
    if found["keadaan"] not in ("", ALL, *SLUGS):
        raise Odd("unknown state", said("Keadaan ini tidak dikenal. Pilih dari daftar di kiri."))
    if found["tenggat"] not in ("", *DUES):
        raise Odd("unknown due", said("Tenggat ini tidak dikenal. Pilih dari daftar di kiri."))
    return {part: value for part, value in found.items() if value}


def filters(chosen: Mapping[str, str], settings: Settings, now: datetime) -> Filters:
    """What the store is asked."""
    kind, due, stage = (chosen.get(part, "") for part in ("keadaan", "tenggat", "tahap"))
    since, until = came(due, now, settings.deadline) if due else (None, None)
    known = stages(settings)
    if stage and stage not in known:
        raise Odd("unknown stage", said("Tahap ini tidak ada di kalender pemilu kantor. Pilih dari daftar di kiri."))
    return Filters(state=SLUGS.get(kind, ""), region=chosen.get("wilayah", ""), topic=chosen.get("topik", ""),
                   source=chosen.get("sumber", ""), holder=chosen.get("pemegang", ""), label=chosen.get("label", ""),
                   text=chosen.get("cari", ""), archive=kind == ALL, since=since, until=until,
                   during=known[stage] if stage else ())


def stages(settings: Settings) -> Stages:
    """Every stage of the calendar, latest first, and what lies outside of all of them, with its stretches of time."""
    found = [(f"{election.name}{BETWEEN}{stage.name}", sources.stretch(settings, stage))
             for election in settings.elections for stage in election.stages]
    held: dict[str, tuple[tuple[datetime, datetime], ...]] = {}
    for name, stretch in sorted(found, key=lambda one: one[1], reverse=True):
        held[name] = (*held.get(name, ()), stretch)
    if held:
        held[OUTSIDE] = sources.outside(stretch for _, stretch in found)
    return held


def closed(asked: Filters) -> bool:
    """Do the filters show others than open konten?"""
    return asked.archive or asked.state not in ("", BARU, DIPROSES)


def address(chosen: Mapping[str, str], **more: str) -> str:
    """The queue's address with these filters."""
    query = urlencode({**chosen, **more})
    return f"/?{query}" if query else "/"


def key(text: str) -> Key | None:
    """Where the list goes on: `priority~id` as `spelled` wrote it; None for the beginning."""
    if not text:
        return None
    priority, _, item = text.partition("~")
    try:
        found = float(priority), int(item)
    except ValueError:
        found = (float("nan"), 0)
    if not (abs(found[0]) < 1e9 and 0 < found[1] < 2**63):
        raise Odd("bad key", said("Alamat halaman ini tidak utuh. Kembali ke awal antrean."))
    return found


def spelled(key: Key) -> str:
    """A key as it stands in an address."""
    return f"{key[0]!r}~{key[1]}"


def states(chosen: Mapping[str, str], counts: Mapping[str, int], tongue: Tongue) -> tuple[Choice, ...]:
    """The states to choose from, with the number of open konten in each."""
    now = chosen.get("keadaan", "")
    rest = {part: value for part, value in chosen.items() if part != "keadaan"}
    opened = Choice(address(rest), tongue.say("terbuka"), now == "", sum(counts.values()))
    each = [Choice(address({"keadaan": slug, **rest}), state(name, tongue).word, now == slug, counts.get(name))
            for slug, name in SLUGS.items()]
    return (opened, *each, Choice(address({"keadaan": ALL, **rest}), tongue.say("semua, terbaru dulu"), now == ALL))


def chips(chosen: Mapping[str, str], names: Names, tongue: Tongue) -> tuple[Chip, ...]:
    """The filters that hold, each with the address that lets it go."""
    def label(part: str, value: str) -> str:
        if part == "keadaan":
            return tongue.say("semua") if value == ALL else state(SLUGS[value], tongue).word
        if part == "tenggat":
            return tongue.say(DUES[value])
        if part in ("wilayah", "topik"):
            return tongue.term({"wilayah": names.region, "topik": names.topic}[part](value))
        return _stage(tongue)(value) if part == "tahap" else value

    return tuple(Chip(tongue.say(LABELS[part]), label(part, value),
                      address({other: kept for other, kept in chosen.items() if other != part}))
                 for part, value in chosen.items())


def menus(chosen: Mapping[str, str], settings: Settings, topics: Iterable[str], labels: Iterable[str],
          people: Iterable[tuple[str, str]], names: Names, tongue: Tongue) -> tuple[Menu, ...]:
    """Everything there is to choose from; what is chosen now is always among it. `people` are accounts by name."""
    regions = {source.code for source in settings.watched} | {settings.office.code, settings.office.code[:2]}
    staged = _stage(tongue)
    lists: dict[str, list[tuple[str, str]]] = {
        "tenggat": [(kind, tongue.say(words)) for kind, words in DUES.items()],
        "wilayah": _sorted((code, tongue.term(names.region(code))) for code in regions if code),
        "topik": _sorted((code, tongue.term(names.topic(code))) for code in topics),
        "tahap": [(name, staged(name)) for name in stages(settings)],
        "label": [(name, name) for name in labels],
        "sumber": _sorted((source.name, source.name) for source in settings.watched),
        "pemegang": _sorted(people),
    }
    return tuple(Menu(part, tongue.say(LABELS[part]).capitalize(), _choices(lists[part], chosen.get(part, "")))
                 for part in LISTED if lists[part] or part in chosen)


def _stage(tongue: Tongue) -> Callable[[str], str]:
    """How a stage of an address is called: its own name first."""
    def name(value: str) -> str:
        election, _, stage = value.partition(BETWEEN)
        return f"{tongue.term(stage)} · {election}" if stage else tongue.say(OUTSIDE) if value == OUTSIDE else value

    return name


def _sorted(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def _choices(pairs: Sequence[tuple[str, str]], now: str) -> tuple[Choice, ...]:
    known = dict(pairs)
    if now:
        known.setdefault(now, now)
    return tuple(Choice(value, label, value == now) for value, label in known.items())
