"""Source -> the [[source]] table that an operator may paste into feeds.toml: the program never writes that file."""

from collections.abc import Iterable
from dataclasses import fields

from monitor.sources.checks import lasting
from monitor.sources.rows import Selectors, Source

HIDDEN = {"origin", "evidence"}
ALWAYS = {"name", "url", "kind", "zone", "rhythm"}


def toml(sources: Iterable[Source]) -> str:
    """The tables of the sources, a blank line between them; `read` reads them back to the same sources."""
    return "\n".join(table(source) for source in sources)


def table(source: Source) -> str:
    """One [[source]] table; what is at its default is left out."""
    lines = ["[[source]]"]
    for field in fields(Source):
        value = getattr(source, field.name)
        if field.name not in HIDDEN and (field.name in ALWAYS or value != field.default):
            lines.append(f"{field.name} = {written(field.name, value)}")
    return "\n".join(lines) + "\n"


def written(name: str, value: object) -> str:
    """A value as TOML."""
    if isinstance(value, Selectors):
        return "{ " + ", ".join(f"{key} = {written(key, part)}" for key, part in chosen(value).items()) + " }"
    if isinstance(value, tuple):
        return "[" + ", ".join(quoted(part) for part in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(lasting(value) if isinstance(value, int) else str(value))


def chosen(selectors: Selectors) -> dict[str, object]:
    """The selectors that are set."""
    return {field.name: value for field in fields(Selectors) if (value := getattr(selectors, field.name))}


def quoted(text: str) -> str:
    """A TOML string; 'single quotes' where that needs no escapes."""
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter if letter.isprintable() else f"\\U{ord(letter):08x}" for letter in plain) + '"'
