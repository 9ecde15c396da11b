"""name -> text or bytes: the data that ships inside monitor/; the one module of monitor/ that reads packaged files."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any


def text(name: str) -> str:
    """One file of monitor/data as UTF-8 text, e.g. "sources.toml"."""
    return files("monitor").joinpath("data", name).read_text(encoding="utf-8")


def content(name: str) -> bytes:
    """One file of monitor/data as bytes."""
    return files("monitor").joinpath("data", name).read_bytes()


@lru_cache(maxsize=16)
def table(name: str) -> dict[str, Any]:
    """One TOML file of monitor/data, read once."""
    return tomllib.loads(text(name))
