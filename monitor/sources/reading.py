"""feeds.toml + catalogue -> Settings: everything that is wrong is told at once, with its line."""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from classifiers.regions import gazetteer
from monitor.sources import rules
from monitor.sources.checks import Unfit, lasting
from monitor.sources.lines import Lines, Path
from monitor.sources.rows import (
    PRIORITY_WEIGHTS,
    RHYTHMS,
    Archive,
    Candidate,
    Catalogue,
    Channel,
    ConfigError,
    Conflict,
    Deadline,
    Desk,
    Election,
    Lists,
    Network,
    Notices,
    Office,
    Official,
    Problem,
    Public,
    Sample,
    Selectors,
    Settings,
    Source,
    Stage,
    Weight,
)
from monitor.sources.rules import Fault
from monitor.sources.sentences import sentence, unknown
from monitor.sources.syntax import decoded, parsed

SINGLE: dict[str, type] = {
    "office": Office,
    "network": Network,
    "public": Public,
    "desk": Desk,
    "archive": Archive,
    "deadline": Deadline,
    "sample": Sample,
    "catalogue": Catalogue,
    "notices": Notices,
    "digest": Lists,
}
MANY: dict[str, tuple[str, type]] = {
    "election": ("elections", Election),
    "candidate": ("candidates", Candidate),
    "official": ("officials", Official),
    "conflict": ("conflicts", Conflict),
    "channel": ("channels", Channel),
    "source": ("sources", Source),
}
TABLES = (*SINGLE, "priority", *MANY)
INSIDE: dict[tuple[str, ...], type] = {("election", "stage"): Stage, ("source", "selectors"): Selectors}
MOST = 200
HIDDEN = {"origin"}
NAMES = {"stages": "stage"}


def keys(path: tuple[str, ...]) -> tuple[str, ...]:
    """The keys that a table may have; () is the whole file, ("election", "stage") a stage."""
    if path == ():
        return TABLES
    if path == ("priority",):
        return PRIORITY_WEIGHTS
    row = INSIDE.get(path) or SINGLE.get(path[0]) or MANY[path[0]][1]
    return tuple(NAMES.get(field.name, field.name) for field in fields(row) if field.name not in HIDDEN)


def read(text: str | bytes, catalogue: Iterable[Source] = ()) -> Settings:
    """The settings of an operator's feeds.toml over the shipped catalogue; pure, the caller opens the file.

    Raises ConfigError with every problem found, in the order of their lines (at most MOST).
    """
    plain = decoded(text)
    settings, faults = settled(parsed(plain), tuple(catalogue))
    if faults:
        raise ConfigError(problems(plain, faults))
    return settings


def catalogue(text: str | bytes) -> tuple[Source, ...]:
    """The sources of the shipped catalogue's text; raises ConfigError like `read`."""
    plain = decoded(text)
    faults: list[Fault] = []
    rows = sources(listed(parsed(plain), "source", faults), {}, Office(), "katalog", faults)
    if faults:
        raise ConfigError(problems(plain, faults))
    return tuple(row for _, row in rows)


def each(table: dict[str, Any], allow: tuple[str, ...] = ()) -> tuple[Source | None, str]:
    """One source that does not stand in feeds.toml yet, or None and the sentence that says what is wrong with it."""
    faults: list[Fault] = []
    found: Source | None = row(Source, table, (), faults)
    if found is not None:
        faults += [((key,), words, cause) for key, words, cause in rules.one(found, allow)]
    return (None, faults[0][1]) if faults else (found, "")


def problems(plain: str, faults: list[Fault]) -> tuple[Problem, ...]:
    """The faults with their lines, in the order of the file, at most MOST."""
    where = Lines(plain)
    found = sorted(
        {Problem(where.line(path), words, cause) for path, words, cause in faults[:MOST]},
        key=lambda problem: (problem.line, problem.sentence),
    )
    more = (Problem(0, "masih ada masalah lain sesudah ini", "more problems"),) if len(faults) > MOST else ()
    return (*found, *more)


@cache
def adapter(row: Any) -> TypeAdapter[Any]:
    """pydantic's reader of one kind of row (built once)."""
    return TypeAdapter(row)


def row(kind: Any, value: object, path: Path, faults: list[Fault]) -> Any:
    """The row that a table holds, or None with its faults added (no more than can be shown)."""
    try:
        return adapter(kind).validate_python(value)
    except ValidationError as why:
        errors = why.errors(include_url=False, include_input=False)
        faults += [fault(path, error) for error in errors[: max(0, MOST + 1 - len(faults))]]
        return None


def fault(path: Path, error: Mapping[str, Any]) -> Fault:
    """One of pydantic's errors as a fault with the full path of its key."""
    where: Path = (*path, *error["loc"])
    cause = f"{'.'.join(map(str, where))}: {error['msg']}"[:300]
    if error["type"] == "unexpected_keyword_argument":
        names = tuple(part for part in where[:-1] if isinstance(part, str))
        return where, unknown(str(where[-1]), keys(names or ("source",))), cause
    if isinstance(unfit := (error.get("ctx") or {}).get("error"), Unfit) and unfit.key:
        where = (*where, unfit.key)
    return where, sentence(where, error), cause


def settled(table: dict[str, Any], shipped: tuple[Source, ...]) -> tuple[Settings, list[Fault]]:
    """The settings of the parsed tables, and the faults."""
    faults: list[Fault] = [
        ((key,), unknown(key, TABLES), "unknown table")
        for key in [key for key in table if key not in TABLES][: MOST + 1]
    ]
    values = {key: row(kind, table.get(key, {}), (key,), faults) or kind() for key, kind in SINGLE.items()}
    values["office"] = placed(values["office"], table.get("office"))
    for key, (noun, kind) in MANY.items():
        if key != "source":
            rows = [row(kind, value, (key, at), faults) for at, value in enumerate(listed(table, key, faults))]
            values[noun] = tuple(found for found in rows if found is not None)
    values["priority"] = weights(table.get("priority", {}), faults)
    tables = listed(table, "source", faults)
    own = sources(tables, {source.name: source for source in shipped}, values["office"], "feeds.toml", faults)
    settings = Settings(**values)
    places = rules.spelled(own)
    faults += [*rules.repeated(tables, own, places), *rules.broken(settings, own)]
    return rules.joined(settings, own, shipped, tables, places), faults


def placed(office: Office, table: object) -> Office:
    """The office, with the zone of its kode wilayah where the table does not name one."""
    named = isinstance(table, dict) and "zone" in table
    return office if named else replace(office, zone=gazetteer().zone_name(office.code) or office.zone)


def listed(table: dict[str, Any], key: str, faults: list[Fault]) -> list[Any]:
    """The rows of an array of tables; a fault if it is none."""
    found = table.get(key, [])
    if isinstance(found, list):
        return found
    faults.append(((key,), f"tulis [[{key}]] dengan dua kurung siku, satu untuk tiap baris", "not an array of tables"))
    return []


def weights(table: object, faults: list[Fault]) -> dict[str, float]:
    """The weights that the operator set."""
    found: dict[str, float] = row(dict[str, Weight], table, ("priority",), faults) or {}
    faults += [
        (("priority", key), unknown(key, PRIORITY_WEIGHTS), "unknown weight")
        for key in [key for key in found if key not in PRIORITY_WEIGHTS][: MOST + 1]
    ]
    return found


def sources(
    tables: list[Any], shipped: dict[str, Source], office: Office, origin: Any, faults: list[Fault]
) -> list[tuple[int, Source]]:
    """The sources that a file itself names, each with its place among them, over the shipped one of that name."""
    found = []
    for at, value in enumerate(tables):
        if isinstance(value, dict) and (hidden := HIDDEN & value.keys()):
            faults += [(("source", at, key), unknown(key, keys(("source",))), "hidden key") for key in hidden]
            continue
        filled = {**defaults(value, shipped, office), **value} if isinstance(value, dict) else value
        if (source := row(Source, filled, ("source", at), faults)) is not None:
            found.append((at, replace(source, origin=origin)))
    return found


def defaults(value: dict[str, Any], shipped: dict[str, Source], office: Office) -> dict[str, Any]:
    """What a table need not say: the shipped source of that name, else the rhythm of its category, the name of its
    region, and the zone of its region or else of the office."""
    known = shipped.get(name.strip()) if isinstance(name := value.get("name"), str) else None
    if known is not None:
        rest = {field.name: getattr(known, field.name) for field in fields(Source) if field.name not in HIDDEN}
        return {**rest, "rhythm": lasting(known.rhythm)}
    category, code = value.get("category"), value.get("code")
    there = code if isinstance(code, str) and code not in ("", "00") else ""
    return {
        "rhythm": lasting(RHYTHMS.get(category if isinstance(category, str) else "", RHYTHMS["lainnya"])),
        "region": gazetteer().name(there) if there else "",
        "zone": (gazetteer().zone_name(there) if there else "") or office.zone,
    }
