"""name -> text or bytes: the data that ships inside monitor/; the one module of monitor/ that reads packaged files."""

from importlib.resources import files


def text(name: str) -> str:
    """One file of monitor/data as UTF-8 text, e.g. "sources.toml"."""
    return files("monitor").joinpath("data", name).read_text(encoding="utf-8")


def content(name: str) -> bytes:
    """One file of monitor/data as bytes."""
    return files("monitor").joinpath("data", name).read_bytes()
