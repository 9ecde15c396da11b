"""Errand + time -> the next errand that may leave: one queue a host, one at a time, a gap between two.

Pure: times are seconds of any steady clock, handed in. No thread sleeps for a host; a heap knows who is ready when.
"""

import heapq
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from monitor.web.limits import Trouble

T = TypeVar("T")
MOST_IDLE = 10_000
MISSES = 2  # silent answers in a row after which the rest of a host's errands need not wait for theirs
DOWN = 60.0


@dataclass(slots=True)
class _Host(Generic[T]):
    ready: float = 0.0
    busy: bool = False
    listed: bool = False
    held: float = 0.0
    why: Trouble | None = None
    misses: int = 0
    queue: deque[T] = field(default_factory=deque)


class Lines(Generic[T]):
    """Queues of errands by host. A host is busy from `take` to `free`."""

    def __init__(self) -> None:
        self._hosts: dict[str, _Host[T]] = {}
        self._heap: list[tuple[float, int, str]] = []
        self._count = 0

    def add(self, host: str, errand: T, first: bool = False) -> None:
        """Queue an errand behind the others of its host, or before them."""
        line = self._hosts.setdefault(host, _Host())
        line.queue.appendleft(errand) if first else line.queue.append(errand)
        self._list(host, line)

    def take(self, now: float) -> T | None:
        """The errand that waited longest among the hosts that are ready; its host is busy until freed."""
        while self._heap and self._heap[0][0] <= now:
            _, _, host = heapq.heappop(self._heap)
            line = self._hosts[host]
            line.listed = False
            if line.queue:
                line.busy = True
                return line.queue.popleft()
        return None

    def free(self, host: str, ready: float) -> None:
        """The host's errand is done; the next may leave at `ready`."""
        line = self._hosts[host]
        line.busy, line.ready = False, max(line.ready, ready)
        self._list(host, line)

    def wait(self, now: float) -> float | None:
        """Seconds until some host is ready (0: now), None if nothing is queued for a free host."""
        return max(0.0, self._heap[0][0] - now) if self._heap else None

    def hold(self, host: str, until: float, why: Trouble) -> None:
        """The host is to be left alone until then."""
        line = self._hosts.setdefault(host, _Host())
        if until > line.held:
            line.held, line.why = until, why

    def held(self, host: str, now: float) -> tuple[float, Trouble] | None:
        """For how many seconds the host is still to be left alone, and why."""
        line = self._hosts.get(host)
        return (line.held - now, line.why) if line and line.why and line.held > now else None

    def missed(self, host: str, now: float, why: Trouble) -> None:
        """The host did not answer; the second time in a row it counts as down for a minute."""
        line = self._hosts[host]
        line.misses += 1
        if line.misses >= MISSES:
            self.hold(host, now + DOWN, why)

    def answered(self, host: str) -> None:
        """The host answered."""
        self._hosts[host].misses = 0

    def drop(self, unwanted: Callable[[T], bool]) -> None:
        """Take the queued errands that are unwanted out of every line."""
        for line in self._hosts.values():
            line.queue = deque(errand for errand in line.queue if not unwanted(errand))

    def forget(self, now: float) -> None:
        """Drop hosts that ask for nothing any more, so that years of hosts need no memory."""
        if len(self._hosts) > MOST_IDLE:
            gone = [h for h, one in self._hosts.items()
                    if not (one.busy or one.listed or one.queue or one.ready > now or one.held > now)]  # fmt: skip
            for host in gone:
                del self._hosts[host]

    def _list(self, host: str, line: _Host[T]) -> None:
        if line.queue and not line.busy and not line.listed:
            line.listed = True
            self._count += 1
            heapq.heappush(self._heap, (line.ready, self._count, host))
