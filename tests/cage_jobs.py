"""Things that a caged function may do to its worker; run only inside the cage by tests/test_cage.py."""

import ctypes
import os
import socket
import time
from pathlib import Path


def echo(value: object) -> object:
    return value


def wait(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def spin() -> None:
    while True:
        pass


def hog() -> int:
    held = []
    while True:
        held.append(bytearray(8 << 20))


def swell() -> int:
    """Hold memory on purpose, within the limit."""
    KEPT.append(bytearray(64 << 20))
    return os.getpid()


KEPT: list[bytearray] = []


def vanish() -> None:
    os._exit(3)


def fault() -> None:
    ctypes.string_at(0)


def fail() -> None:
    raise ValueError("no such thing")


def endless_answer() -> str:
    return "x" * (200 << 20)


def whoami() -> tuple[int, tuple[str, ...], dict[str, str]]:
    """Process id, what the open descriptors point to, and the environment."""
    links = []
    for one in Path("/proc/self/fd").iterdir():
        try:
            links.append(str(one.readlink()))
        except OSError:
            continue
    return os.getpid(), tuple(links), dict(os.environ)


def connect(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), 1)


def fork() -> None:
    os.fork()


def write(path: str) -> str:
    try:
        Path(path).write_text("x" * 10)
    except OSError as error:
        return type(error).__name__
    return "written"
