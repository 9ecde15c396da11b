"""name -> text: the data that ships inside classifiers/; the one module of classifiers/ that reads packaged files."""

from importlib.resources import files


def packaged(name: str) -> str:
    """One file of classifiers/data as UTF-8 text, e.g. "taxonomy.toml" or "regions/gazetteer.csv"."""
    return files("classifiers").joinpath("data", *name.split("/")).read_text(encoding="utf-8")
