"""The process around the clock: signals, systemd's notify and watchdog, a clock that was set back, the end in time."""

import os
import signal
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event
from types import FrameType
from typing import Protocol

import structlog

from monitor.daemon.clock import Clock

log = structlog.get_logger()
STOP_SECONDS = 14.0
SILENT_SECONDS = 60.0
STUCK_SECONDS = 2 * 3600.0
SET_BACK_SECONDS = 2.0


class Service(Protocol):
    """Something that runs beside the clock, as a server of pages does."""

    @property
    def alive(self) -> bool: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...


def notify(state: str) -> None:
    """Tells systemd, where there is one: READY=1, WATCHDOG=1, STOPPING=1, STATUS=…"""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        line.sendto(state.encode(), "\0" + address[1:] if address[0] == "@" else address)


def on_signals(stop: Event) -> None:
    """SIGTERM and SIGINT set `stop`; a second one ends at once."""

    def ask(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(1)
        stop.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, ask)


def run(clock: Clock, services: Sequence[Service], stop: Event, lost: Callable[[], bool],
        busy: Callable[[], float], close: Callable[[], None]) -> int:
    """Runs until `stop` is set, the leader's lock is `lost`, or a service dies; gives the exit code.

    `busy` says for how many seconds the present cycle runs; `close` ends what jobs may be waiting for.
    """
    for service in services:
        service.start()
    clock.start()
    notify("READY=1\nSTATUS=mengumpulkan")
    code = _watch(clock, services, stop, lost, busy)
    notify("STOPPING=1")
    stop.set()
    _end(clock, services, close)
    return code


def _watch(clock: Clock, services: Sequence[Service], stop: Event, lost: Callable[[], bool],
           busy: Callable[[], float]) -> int:
    wall, steady, seconds = time.time(), time.monotonic(), 0
    while not stop.wait(1.0):
        drift = (time.time() - wall) - (time.monotonic() - steady)
        wall, steady, seconds = time.time(), time.monotonic(), seconds + 1
        if drift < -SET_BACK_SECONDS:
            log.warning("the clock was set back", seconds=round(-drift))
            clock.turned_back()
        if not all(service.alive for service in services):
            log.error("a service ended by itself")
            return 1
        if seconds % 10 == 0 and lost():
            log.error("the leader's lock was lost")
            return 3
        if seconds % 5 == 0 and clock.silence() < SILENT_SECONDS and busy() < STUCK_SECONDS:
            notify("WATCHDOG=1")
    return 0


def _end(clock: Clock, services: Sequence[Service], close: Callable[[], None]) -> None:
    """At most STOP_SECONDS and a little, then without further ado: a thread that hangs must not hold the process.

    Jobs end by themselves first: a cage that is closed under them would look like bytes that crash it.
    """
    deadline = time.monotonic() + STOP_SECONDS
    clock.stop(0)
    for service in services:
        service.stop()
    ended = clock.stop(max(deadline - time.monotonic(), 1.0))
    close()
    if not ended and not clock.stop(2.0):
        log.error("a job did not end in time")
        os._exit(1)
