"""An address's query -> Filters and back: what of the queue is shown is always an address that can be shared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from monitor.desk.tongue import Tongue, said
from monitor.desk.views import Names, state
from monitor.items import BARU, DIPROSES, STATES
from monitor.sources import Settings
from monitor.store import Filters, Key

PARTS = ("keadaan", "wilayah", "topik", "sumber", "pemegang", "cari")
ALL = "semua"
SLUGS = {name.lower().replace(" ", "-"): name for name in STATES}
LABELS = {"keadaan": said("keadaan"), "wilayah": said("wilayah"), "topik": said("topik"), "sumber": said("sumber"),
          "pemegang": said("pemegang"), "cari": said("cari")}
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
    return {part: value for part, value in found.items() if value}


def filters(chosen: Mapping[str, str]) -> Filters:
    """What the store is asked."""
    kind = chosen.get("keadaan", "")
    return Filters(state=SLUGS.get(kind, ""), region=chosen.get("wilayah", ""), topic=chosen.get("topik", ""),
                   source=chosen.get("sumber", ""), holder=chosen.get("pemegang", ""),
                   text=chosen.get("cari", ""), archive=kind == ALL)


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
        return {"wilayah": names.region, "topik": names.topic}.get(part, str)(value)

    return tuple(Chip(tongue.say(LABELS[part]), label(part, value),
                      address({other: kept for other, kept in chosen.items() if other != part}))
                 for part, value in chosen.items())


def menus(chosen: Mapping[str, str], settings: Settings, topics: Iterable[str], names: Names,
          tongue: Tongue) -> tuple[Menu, ...]:
    """Region, topic and source to choose from; what is chosen now is always among them."""
    regions = {source.code for source in settings.watched} | {settings.office.code, settings.office.code[:2]}
    lists = {
        "wilayah": [(code, names.region(code)) for code in regions if code],
        "topik": [(code, names.topic(code)) for code in topics],
        "sumber": [(source.name, source.name) for source in settings.watched],
    }
    return tuple(Menu(part, tongue.say(LABELS[part]).capitalize(), _choices(pairs, chosen.get(part, "")))
                 for part, pairs in lists.items())


def _choices(pairs: list[tuple[str, str]], now: str) -> tuple[Choice, ...]:
    known = dict(pairs)
    if now:
        known.setdefault(now, now)
    return tuple(Choice(value, label, value == now)
                 for value, label in sorted(known.items(), key=lambda pair: pair[1].casefold()))
