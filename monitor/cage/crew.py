"""Lots of lines -> answers, in copies of this process: a few hands do one work, and what they did comes back in order.

For a command of a single thread that has loaded all it needs and has more to do than one core can: its hands are
forked, so they share what was loaded and begin at once. The daemon has threads and must not be forked: it has the Cage.

A hand reads nothing but its parcels and writes nothing but its answers. It ends when the socket to its parent closes,
however the parent went, because no other process holds the parent's side; Ctrl-C is the parent's to answer.
"""

import os
import select
import signal
import socket
import struct
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from monitor.cage.wire import exactly

__all__ = ["Crew", "Done", "NoHands", "Source"]

Lot = list[bytes]
Work = Callable[[Lot], bytes]

AHEAD = 4  # lots for every hand that may be given out before the oldest of them is answered
_SIZE = struct.Struct("!Q")


class NoHands(OSError):
    """No process can be started, or none any more."""

    sentence = "Proses pembantu tidak dapat dijalankan. Ulangi dengan --proses 1."


class Source(Protocol):
    """Where lots come from: `read` takes in what is there, and waits only while there is nothing at all."""

    lots: deque[Lot]
    ended: bool

    def fileno(self) -> int: ...
    def read(self) -> None: ...


@dataclass(slots=True)
class Done:
    """A lot and its answer, None while it is not there or where the hand died (`cause` says how)."""

    lot: Lot
    answer: bytes | None = None
    cause: str = ""


@dataclass(slots=True)
class _Hand:
    """A forked process, the socket to it, and what it works on."""

    pid: int
    line: socket.socket
    busy: Done | None = None


class Crew:
    """`hands` copies of this process that do `work`; a context that leaves none of them behind."""

    def __init__(self, work: Work, hands: int) -> None:
        if threading.active_count() > 1:
            raise RuntimeError("a process with threads cannot be copied safely")
        self._work = work
        self._hands: list[_Hand] = []
        self._given: deque[Done] = deque()
        self._most = AHEAD * hands
        for _ in range(hands):
            self._hire()
        self._need_hands()

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def pids(self) -> tuple[int, ...]:
        """Process ids of the hands."""
        return tuple(hand.pid for hand in self._hands)

    def close(self) -> None:
        """Ends every hand at once, whatever it does."""
        while self._hands:
            self._dismiss(self._hands[-1])

    def run(self, source: Source) -> Iterator[Done]:
        """Every lot of a source with its answer, in order and as soon as it is there; raises NoHands.

        Lots are read only while a hand is free, and at most AHEAD for each hand are out: an endless source stays
        where it comes from.
        """
        while True:
            self._give(source.lots)
            while self._given and (self._given[0].answer is not None or self._given[0].cause):
                yield self._given.popleft()
            reads = not source.ended and not source.lots and len(self._given) < self._most
            busy = [hand for hand in self._hands if hand.busy]
            if not busy and not reads and not source.lots:
                return
            ready, _, _ = select.select([hand.line for hand in busy] + [source] * reads, [], [])
            for hand in busy:
                if hand.line in ready:
                    self._receive(hand)
            if source in ready:
                source.read()

    def _give(self, lots: deque[Lot]) -> None:
        for hand in [hand for hand in self._hands if not hand.busy]:
            if not lots or len(self._given) >= self._most:
                return
            hand.busy = Done(lots.popleft())
            self._given.append(hand.busy)
            try:
                _send(hand.line, b"\n".join(hand.busy.lot))
            except OSError as fault:
                self._replace(hand, fault)

    def _receive(self, hand: _Hand) -> None:
        if hand.busy is None:
            return
        try:
            hand.busy.answer = _received(hand.line)
            hand.busy = None
        except (OSError, EOFError) as fault:
            self._replace(hand, fault)

    def _replace(self, hand: _Hand, fault: Exception) -> None:
        """A hand that died: its lot has a cause in place of an answer, and another takes its place."""
        code = self._dismiss(hand)
        if hand.busy:
            hand.busy.cause = f"the process that worked on it ended with code {code}: {fault}"
        self._hire()
        self._need_hands()

    def _hire(self) -> None:
        with suppress(OSError):
            self._hands.append(self._fork())

    def _need_hands(self) -> None:
        if not self._hands:
            raise NoHands("no process could be started")

    def _dismiss(self, hand: _Hand) -> int:
        """Its exit code, negative for a signal; a hand that still lives is killed."""
        self._hands.remove(hand)
        hand.line.close()
        with suppress(ProcessLookupError):
            os.kill(hand.pid, signal.SIGKILL)
        return os.waitstatus_to_exitcode(os.waitpid(hand.pid, 0)[1])

    def _fork(self) -> _Hand:
        near, far = socket.socketpair()
        sys.stdout.flush()
        with far:
            try:
                pid = os.fork()
            except OSError:
                near.close()
                raise
            if not pid:
                self._labour(near, far)
        return _Hand(pid, near)

    def _labour(self, near: socket.socket, far: socket.socket) -> None:
        """What a hand does: never returns."""
        code = 70
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            for line in (near, *(hand.line for hand in self._hands)):
                line.close()
            nothing = os.open(os.devnull, os.O_RDWR)
            os.dup2(nothing, 0)
            os.dup2(nothing, 1)
            with suppress(EOFError, ConnectionError):
                while True:
                    _send(far, self._work(_received(far).split(b"\n")))
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)


def _send(line: socket.socket, parcel: bytes) -> None:
    line.sendall(_SIZE.pack(len(parcel)))
    line.sendall(parcel)


def _received(line: socket.socket) -> bytes:
    (size,) = _SIZE.unpack(exactly(line.recv_into, _SIZE.size))
    return exactly(line.recv_into, size)
