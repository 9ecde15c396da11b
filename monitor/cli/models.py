"""JERNIH_HOME/model -> the model in force: the shipped one, or one that was fitted to the desk's findings."""

import os
from pathlib import Path

ACTIVE = "aktif"
SHIPPED = "bawaan"


def folder(home: Path) -> Path | None:
    """The folder of the model in force; None is the shipped one."""
    try:
        name = (home / "model" / ACTIVE).read_text("ascii").strip()
    except (OSError, ValueError):
        return None
    chosen = home / "model" / name
    return chosen if name not in ("", SHIPPED) and name.isalnum() and chosen.is_dir() else None


def choose(home: Path, name: str) -> None:
    """Puts a model in force by its id (SHIPPED for the shipped one); whole or not at all."""
    (home / "model").mkdir(parents=True, exist_ok=True)
    part = home / "model" / f"{ACTIVE}.part"
    part.write_text(name, "ascii")
    os.replace(part, home / "model" / ACTIVE)


def known(home: Path) -> list[str]:
    """The ids of the fitted models that are kept, oldest first."""
    folders = [one for one in (home / "model").glob("*") if one.is_dir()]
    return [one.name for one in sorted(folders, key=lambda one: (one.stat().st_mtime, one.name))]
