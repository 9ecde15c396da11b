"""Deadline, bytes and stop of one request -> Watch; what ends it early -> Trouble, which never leaves this door.

Trouble(code)                       codes are those of fetches.ERRORS
|-- before a connection             spelling, port, address, dns, robots, robots_unknown, held
|-- while connecting                connect, tls, proxy, timeout
|-- while reading                   timeout, protocol, truncated, encoding, too_big
|-- on the way                      redirects, downgrade
`-- from us                         stopped
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Lock

Clock = Callable[[], float]
OVERHEAD = 1024 * 1024  # bytes of headers and framing that a body within its limit may bring along


class Trouble(Exception):
    """An expected failure on its way to becoming a value. `code` of fetches.ERRORS, `cause` in English."""

    def __init__(self, code: str, cause: str) -> None:
        super().__init__(cause)
        self.code = code
        self.cause = cause


class Watch:
    """The limits of one request: `seconds` of wall clock, `room` raw bytes, and a cut from another thread.

    Every blocking call asks `left()` how long it may last; `wrote` tells whether a byte of the request went out.
    """

    def __init__(self, seconds: float, room: int, clock: Clock) -> None:
        self.wrote = False
        self._seconds, self._clock = seconds, clock
        self._end = clock() + seconds
        self._room = room + OVERHEAD
        self._sock: socket.socket | None = None
        self._cut = False
        self._lock = Lock()

    def left(self) -> float:
        """Seconds that remain, more than 0; Trouble where none do."""
        if self._cut:
            raise Trouble("stopped", "told to stop")
        left = self._end - self._clock()
        if left <= 0:
            raise Trouble("timeout", f"not finished within {self._seconds:.0f} s")
        return left

    def took(self, count: int) -> None:
        """Count raw bytes that came in; Trouble where they are too many."""
        self._room -= count
        if self._room < 0:
            raise Trouble("too_big", "the answer brings more bytes than any body within the limit needs")

    def holds(self, sock: socket.socket) -> None:
        """Remember the socket that `cut` ends; Trouble where the cut came first."""
        with self._lock:
            self._sock = sock
        self.left()

    def cut(self) -> None:
        """End the request from another thread: its blocked call returns at once."""
        with self._lock:
            self._cut = True
            sock = self._sock
        if sock is not None:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
