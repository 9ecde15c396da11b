"""feeds.toml + catalogue -> Settings: everything that is wrong is told at once, with its line."""

import re
import tomllib
from collections.abc import Container, Iterable
from dataclasses import fields, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from monitor.sources import rules
from monitor.sources.checks import lasting
from monitor.sources.lines import Lines, Path, crowded
from monitor.sources.rows import (
    PRIORITY_WEIGHTS,
    RHYTHMS,
    Archive,
    Candidate,
    Catalogue,
    Channel,
    ConfigError,
    Conflict,
    Desk,
    Election,
    Network,
    Notices,
    Office,
    Official,
    Problem,
    Public,
    Selectors,
    Settings,
    Source,
    Stage,
    Weight,
)
from monitor.sources.rules import Fault
from monitor.sources.sentences import sentence, unknown

SINGLE: dict[str, type] = {"office": Office, "network": Network, "public": Public, "desk": Desk, "archive": Archive,
                           "catalogue": Catalogue, "notices": Notices}
MANY: dict[str, tuple[str, type]] = {
    "election": ("elections", Election), "candidate": ("candidates", Candidate), "official": ("officials", Official),
    "conflict": ("conflicts", Conflict), "channel": ("channels", Channel), "source": ("sources", Source)}
TABLES = (*SINGLE, "priority", *MANY)
INSIDE: dict[tuple[str, ...], type] = {("election", "stage"): Stage, ("source", "selectors"): Selectors}
LARGEST = 4_000_000
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


def read(text: str | bytes, catalogue: Iterable[Source] = (), regions: Container[str] | None = None) -> Settings:
    """The settings of an operator's feeds.toml over the shipped catalogue; pure, the caller opens the file.

    `regions` are the known kode wilayah (None checks their form only). Raises ConfigError with every problem found.
    """
    plain = decoded(text)
    table = parsed(plain)
    settings, faults = settled(table, tuple(catalogue), regions)
    if faults:
        raise ConfigError(problems(plain, faults))
    return settings


def catalogue(text: str | bytes) -> tuple[Source, ...]:
    """The sources of the shipped catalogue's text; raises ConfigError like `read`."""
    plain = decoded(text)
    rows, faults = sources(parsed(plain), {}, Office(), "katalog")
    faults += rules.repeated(rows)
    if faults:
        raise ConfigError(problems(plain, faults))
    return tuple(row for _, row in rows)


def decoded(text: str | bytes) -> str:
    """The file as text, without a byte order mark and with plain line ends."""
    try:
        plain = text if isinstance(text, str) else text.decode("utf-8")
    except UnicodeDecodeError as why:
        assert isinstance(text, bytes)
        line = text[:why.start].count(b"\n") + 1
        raise ConfigError((Problem(line, "bukan teks UTF-8; simpan ulang sebagai UTF-8", str(why)[:200]),)) from why
    if len(plain) > LARGEST:
        raise ConfigError((Problem(0, f"berkas lebih besar dari {LARGEST // 1_000_000} MB", "file too large"),))
    return plain.removeprefix("\ufeff").replace("\r\n", "\n")


def parsed(plain: str) -> dict[str, Any]:
    """The tables of the text, or the ConfigError that says where TOML stops making sense."""
    if line := crowded(plain):
        raise ConfigError((Problem(line, "terlalu banyak titik dalam satu baris", "dotted key too long"),))
    try:
        return tomllib.loads(plain)
    except RecursionError as why:
        raise ConfigError((Problem(0, "kurung di dalam kurung terlalu dalam", "nested too deep"),)) from why
    except ValueError as why:
        raise ConfigError((broken(plain, str(why)),)) from why


def broken(plain: str, cause: str) -> Problem:
    """The problem for a text that is no TOML."""
    found = re.search(r"\(at line (\d+)", cause)
    line = int(found[1]) if found else plain.count("\n") + 1
    hint = next((hint for word, hint in TOML.items() if word in cause), "periksa tanda kutip, tanda = dan kurung")
    return Problem(line, f"bukan TOML yang sah: {hint}", cause[:200])


TOML = {
    "Cannot declare": "tabel ini sudah ada di atas; gabungkan keduanya",
    "Cannot overwrite": "kunci ini sudah diisi di atas; hapus salah satunya",
    "Invalid initial character for a key part": "nama kunci tidak sah; tulis kunci = nilai",
    "Expected '=' after a key": "sesudah nama kunci harus ada tanda =",
    "Expected ']": "kurung siku pada judul tabel belum ditutup",
    "Unterminated string": "tanda kutip belum ditutup",
    "Illegal character": "ada huruf yang tidak boleh di dalam teks; mungkin tanda kutip belum ditutup",
    "Invalid value": "nilai tidak sah; teks harus di dalam tanda kutip",
    "Unclosed array": "daftar belum ditutup dengan ]",
    "Unclosed inline table": "tabel belum ditutup dengan }",
    "Expected newline": "hanya boleh satu kunci dalam satu baris",
    "Invalid date": "tanggal atau jam itu tidak ada",
    "integer string conversion": "angka terlalu panjang",
}


def problems(plain: str, faults: list[Fault]) -> tuple[Problem, ...]:
    """The faults with their lines, in the order of the file, at most MOST."""
    where = Lines(plain)
    found = sorted({Problem(where.line(path), words, cause) for path, words, cause in faults[:MOST]},
                   key=lambda problem: (problem.line, problem.sentence))
    more = (Problem(0, f"dan {len(faults) - MOST} masalah lagi", "more problems"),) if len(faults) > MOST else ()
    return (*found, *more)


@cache
def adapter(row: Any) -> TypeAdapter[Any]:
    """pydantic's reader of one kind of row (built once)."""
    return TypeAdapter(row)


def row(kind: Any, value: object, path: Path, faults: list[Fault]) -> Any:
    """The row that a table holds, or None with its faults added."""
    try:
        return adapter(kind).validate_python(value)
    except ValidationError as why:
        for error in why.errors(include_url=False):
            faults.append(fault(path, error))
        return None


def fault(path: Path, error: Any) -> Fault:
    """One of pydantic's errors as a fault with the full path of its key."""
    where: Path = (*path, *error["loc"])
    cause = f"{'.'.join(map(str, where))}: {error['msg']}"[:300]
    if error["type"] == "unexpected_keyword_argument":
        names = tuple(part for part in where[:-1] if isinstance(part, str))
        return where, unknown(str(where[-1]), keys(names)), cause
    if key := (error.get("ctx") or {}).get("key"):
        where = (*where, key)
    return where, sentence(where, error), cause


def settled(table: dict[str, Any], shipped: tuple[Source, ...], regions: Container[str] | None) -> tuple[
        Settings, list[Fault]]:
    """The settings of the parsed tables, and the faults."""
    faults: list[Fault] = [((key,), unknown(key, TABLES), "unknown table") for key in table if key not in TABLES]
    values: dict[str, Any] = {}
    for key, kind in SINGLE.items():
        values[key] = row(kind, table.get(key, {}), (key,), faults) or kind()
    for key, (noun, kind) in MANY.items():
        if key != "source":
            values[noun] = tuple(found for at, value in enumerate(listed(table, key, faults))
                                 if (found := row(kind, value, (key, at), faults)) is not None)
    values["priority"] = weights(table.get("priority", {}), faults)
    own, more = sources(table, {source.name: source for source in shipped}, values["office"], "feeds.toml")
    settings, rest = rules.joined(Settings(**values), own, shipped, table)
    return settings, [*faults, *more, *rest, *rules.broken(settings, own, regions)]


def listed(table: dict[str, Any], key: str, faults: list[Fault]) -> list[Any]:
    """The rows of an array of tables; a fault if it is none."""
    found = table.get(key, [])
    if isinstance(found, list):
        return found
    faults.append(((key,), f"tulis [[{key}]] dengan dua kurung siku, satu untuk tiap baris", "not an array of tables"))
    return []


def weights(table: object, faults: list[Fault]) -> dict[str, float]:
    """The weights that the operator set."""
    found = row(dict[str, Weight], table, ("priority",), faults) or {}
    faults += [(("priority", key), unknown(key, PRIORITY_WEIGHTS), "unknown weight")
               for key in found if key not in PRIORITY_WEIGHTS]
    return found


def sources(table: dict[str, Any], shipped: dict[str, Source], office: Office, origin: Any) -> tuple[
        list[tuple[int, Source]], list[Fault]]:
    """The sources that the file itself names, each with its place among them, over the shipped one of that name."""
    faults: list[Fault] = []
    found = []
    for at, value in enumerate(listed(table, "source", faults)):
        filled = {**defaults(value, shipped, office), **value} if isinstance(value, dict) else value
        if isinstance(value, dict) and (hidden := HIDDEN & value.keys()):
            faults += [(("source", at, key), unknown(key, keys(("source",))), "hidden key") for key in hidden]
            continue
        if (source := row(Source, filled, ("source", at), faults)) is not None:
            found.append((at, replace(source, origin=origin)))
    return found, faults


def defaults(value: dict[str, Any], shipped: dict[str, Source], office: Office) -> dict[str, Any]:
    """What a table need not say: the shipped source of that name, else its category's rhythm and the office's zone."""
    known = shipped.get(name.strip()) if isinstance(name := value.get("name"), str) else None
    if known is not None:
        shown = {field.name: getattr(known, field.name) for field in fields(Source) if field.name not in HIDDEN}
        return {**shown, "rhythm": lasting(known.rhythm)}
    category = value.get("category")
    return {"zone": office.zone, "rhythm": lasting(RHYTHMS.get(category if isinstance(category, str) else "", 3600))}


