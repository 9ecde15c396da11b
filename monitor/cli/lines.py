"""Lines of a file or of standard input, for commands that answer line by line."""

import os
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path

READ = 1 << 18  # bytes that one reading takes at most; a pipe holds a quarter of it


class NoFile(Exception):
    """The file cannot be read; `code` 2 is the exit code for wrong use."""

    code = 2

    def __init__(self, file: str, fault: OSError) -> None:
        super().__init__(str(fault))
        self.sentence = f"{file} tidak dapat dibaca ({fault.strerror}). Periksa nama berkasnya."


def lines(file: str) -> Iterator[bytes]:
    """The lines of a file ("-" is standard input), without their ends."""
    if file == "-":
        yield from (line.rstrip(b"\r\n") for line in sys.stdin.buffer)
        return
    try:
        with Path(file).open("rb") as handle:
            yield from (line.rstrip(b"\r\n") for line in handle)
    except OSError as fault:
        raise NoFile(file, fault) from fault


class Arrivals:
    """The lines of a file ("-" is standard input) as they come, in lots; an empty line is nothing.

    A line is in `lots` as soon as its end was read: who writes one and waits for its answer gets it. A line of more
    than `longest` bytes is cut somewhere behind them, so that a line without end needs no memory without end.
    """

    def __init__(self, file: str, lot: int, longest: int) -> None:
        self.lots: deque[list[bytes]] = deque()
        self.ended = False
        self._file, self._lot, self._longest = file, lot, longest
        self._begun = bytearray()
        try:
            self._number = 0 if file == "-" else os.open(file, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as fault:
            raise NoFile(file, fault) from fault

    def fileno(self) -> int:
        """For `select`."""
        return self._number

    def read(self) -> None:
        """Takes in what is there, after waiting while there is nothing; NoFile where the file cannot be read."""
        try:
            found = os.read(self._number, READ)
        except OSError as fault:
            raise NoFile(self._file, fault) from fault
        self.ended = not found
        head, end, tail = found.rpartition(b"\n")
        if self.ended or end:
            head, self._begun = bytes(self._begun) + head, bytearray()
            whole = [line for line in head.split(b"\n") if line.strip()]
            self.lots += [whole[at : at + self._lot] for at in range(0, len(whole), self._lot)]
        self._begun += tail
        del self._begun[self._longest + 1 :]
