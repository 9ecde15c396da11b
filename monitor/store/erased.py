"""Erasures, once more beside the database: what was erased stays erased where only an older backup is left."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from monitor.audit import Erasure


def note(path: Path, erasures: Iterable[Erasure]) -> None:
    """Adds erasures to the list, one JSON line each; a disk that refuses does not undo what was erased."""
    lines = "".join(json.dumps({**asdict(one), "at": one.at.isoformat()}) + "\n" for one in erasures)
    with suppress(OSError), os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as file:
        file.write(lines)


def noted(path: Path) -> list[Erasure]:
    """The list, oldest first; a line that was cut short is passed over."""
    try:
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    return [one for line in lines if (one := _read(line))]


def _read(line: str) -> Erasure | None:
    try:
        held = json.loads(line)
        return Erasure(**{**held, "at": datetime.fromisoformat(held["at"])})
    except (ValueError, TypeError, KeyError):
        return None
