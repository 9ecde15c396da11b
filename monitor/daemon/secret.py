"""Name of a secret -> the secret: from the environment, systemd's credentials, or a file that only we can read."""

import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

import structlog

log = structlog.get_logger()
FOLDER = "rahasia"
LONGEST = 4096
Secrets = Callable[[str], str]


def secrets_of(home: Path, environment: Mapping[str, str] = os.environ) -> Secrets:
    """Looks a name up each time, so that a changed file counts at once: the variable of that name, else the file of
    that name in $CREDENTIALS_DIRECTORY, else in JERNIH_HOME/rahasia. "" where it is nowhere, or not safely kept."""

    def found(name: str) -> str:
        if not name or not name.isidentifier():
            return ""
        if said := environment.get(name, ""):
            return said
        folders = [Path(one) for one in (environment.get("CREDENTIALS_DIRECTORY", ""),) if one] + [home / FOLDER]
        return next((held for folder in folders if (held := _read(folder / name))), "")

    return found


def from_environment(name: str) -> str:
    """The variable of that name alone."""
    return os.environ.get(name, "")


def _read(path: Path) -> str:
    """The file's only line; "" where it is missing, or others may read it."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return ""
    except OSError as error:
        log.warning("a secret cannot be read", file=str(path), cause=error.strerror)
        return ""
    with os.fdopen(opened, "rb") as file:
        mode = os.fstat(opened).st_mode
        if not stat.S_ISREG(mode) or mode & 0o077:
            log.warning("a secret is not kept safely; chmod 600", file=str(path), mode=oct(mode & 0o777))
            return ""
        return file.read(LONGEST).decode("utf-8", "replace").strip()
