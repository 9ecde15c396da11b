"""values <-> bytes: how the cage talks to its workers; JSON, because what a worker answers is never unpickled.

Travels: str, int, float, bool, None, bytes, datetime, date, timedelta, dict with str keys, frozen dataclasses, and
sequences, which arrive as tuples. A class is looked up by name among modules that the receiver holds already
(`known`) or, in a worker, that the trusted parent named.
"""

import importlib
import json
import struct
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import Any

TAG = "\x00"
HEAD = struct.Struct("!II")
SIZE = struct.Struct("!Q")
PLAIN: dict[str, Callable[[Any], Any]] = {
    "t": datetime.fromisoformat,
    "d": date.fromisoformat,
    "s": lambda seconds: timedelta(seconds=seconds),
    "f": frozenset,
}


def pack(value: Any) -> list[bytes]:
    """Parts to send one after another: a head with the sizes, the JSON, then each bytes value as it is."""
    blobs: list[bytes] = []
    text = json.dumps(value, default=lambda odd: _mark(odd, blobs), separators=(",", ":")).encode()
    sizes = b"".join(SIZE.pack(len(blob)) for blob in blobs)
    return [HEAD.pack(len(text), len(blobs)) + sizes, text, *blobs]


def unpack(read: Callable[[int], bytes], limit: int, known: bool) -> Any:
    """The value out of `read(n) -> exactly n bytes`; ValueError beyond `limit` bytes or for a class not at hand."""
    length, count = HEAD.unpack(read(HEAD.size))
    if count > 1000:
        raise ValueError(f"{count} blobs in one message")
    sizes = [SIZE.unpack(read(SIZE.size))[0] for _ in range(count)]
    if length + sum(sizes) > limit:
        raise ValueError(f"message of {length + sum(sizes)} bytes, at most {limit} are taken")
    text = read(length)
    blobs = [read(size) for size in sizes]
    return _tuples(json.loads(text, object_hook=lambda found: _restore(found, blobs, known)))


def exactly(receive: Callable[[memoryview], int], size: int) -> bytes:
    """`size` bytes out of a socket's recv_into; EOFError when the other side ends before."""
    held = bytearray(size)
    view, at = memoryview(held), 0
    while at < size:
        got = receive(view[at:])
        if not got:
            raise EOFError("the other side ended")
        at += got
    return bytes(held)


def find(name: str, known: bool) -> Any:
    """The object `module:name`; with `known` only out of modules already loaded."""
    module, _, label = name.partition(":")
    home = sys.modules.get(module) if known else importlib.import_module(module)
    thing = getattr(home, label, None)
    if thing is None:
        raise ValueError(f"{name} is not at hand")
    return thing


def _mark(odd: Any, blobs: list[bytes]) -> dict[str, Any]:
    if is_dataclass(odd) and not isinstance(odd, type):
        kind = type(odd)
        return {TAG: f"{kind.__module__}:{kind.__qualname__}", "=": [getattr(odd, f.name) for f in fields(odd)]}
    if isinstance(odd, datetime):
        return {TAG: "t", "=": odd.isoformat()}
    if isinstance(odd, date):
        return {TAG: "d", "=": odd.isoformat()}
    if isinstance(odd, timedelta):
        return {TAG: "s", "=": odd.total_seconds()}
    if isinstance(odd, (bytes, bytearray, memoryview)):
        blobs.append(bytes(odd))
        return {TAG: "b", "=": len(blobs) - 1}
    if isinstance(odd, (set, frozenset)):
        return {TAG: "f", "=": sorted(odd)}
    raise TypeError(f"{type(odd).__name__} does not travel into the cage")


def _restore(found: dict[str, Any], blobs: list[bytes], known: bool) -> Any:
    tag = found.get(TAG)
    if tag is None:
        return found
    value = found["="]
    if tag == "b":
        return blobs[value]
    if tag in PLAIN:
        return PLAIN[tag](value)
    return _rebuild(find(str(tag), known), value)


def _rebuild(kind: Any, values: list[Any]) -> Any:
    if not (isinstance(kind, type) and is_dataclass(kind)):
        raise ValueError(f"{kind!r} is no dataclass")
    names = [f.name for f in fields(kind)]
    return kind(**dict(zip(names, map(_tuples, values), strict=True)))


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    if isinstance(value, dict):
        return {key: _tuples(held) for key, held in value.items()}
    return value
