"""A file or standard input -> its lines."""

import sys
from collections.abc import Iterator
from pathlib import Path


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
