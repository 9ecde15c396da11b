"""Parent's side of a caged process: start the mother, fork and end workers through her, ask a worker one job."""

import socket
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from os import environ
from typing import Any

from monitor.cage.wire import exactly, unpack

ANSWER_LIMIT = 128 << 20
START_SECONDS, ORDER_SECONDS = 60.0, 10.0
KEPT = ("PATH", "LANG", "LC_ALL", "TZ", "PYTHONPATH", "PYTHONHASHSEED", "LD_LIBRARY_PATH")
START = (
    "import sys; sys.path[:] = {path!r}; from monitor.cage.mother import main; "
    "main({control}, {preload!r}, {memory})"
)


class Worker:
    """One forked process and the socket to it; `private` is what it alone held after its last job, in bytes."""

    def __init__(self, pid: int, line: socket.socket) -> None:
        self.pid, self.line, self.jobs, self.private = pid, line, 0, 0

    def gone(self) -> bool:
        """True when the process died while it waited."""
        self.line.setblocking(False)
        try:
            return not self.line.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def cut(self) -> None:
        """Make whoever waits for this worker's answer see its end."""
        with suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)

    def ask(self, parts: list[bytes], seconds: float) -> tuple[str, Any]:
        """(problem, value) of one job; TimeoutError after `seconds`, EOFError or OSError when the worker died."""
        until = time.monotonic() + seconds
        for part in parts:
            self.line.settimeout(max(0.001, until - time.monotonic()))
            self.line.sendall(part)
        receive = partial(self._receive, until=until)
        problem, value, private = unpack(lambda size: exactly(receive, size), ANSWER_LIMIT, known=True)
        self.jobs, self.private = self.jobs + 1, int(private)
        return str(problem), value

    def _receive(self, view: memoryview, until: float) -> int:
        self.line.settimeout(max(0.001, until - time.monotonic()))
        return self.line.recv_into(view)


class Mother:
    """The process that forks workers; started with the first of them. Not safe for threads: the cage holds a lock."""

    def __init__(self, preload: tuple[str, ...], memory: int) -> None:
        self._preload, self._memory = preload, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def pids(self) -> tuple[int, ...]:
        """Her process id, if she runs."""
        return (self._process.pid,) if self._process else ()

    def fork(self) -> Worker:
        """A new worker; OSError when none can be had."""
        if self._process is None:
            self._start()
        near, far = socket.socketpair()
        with far:
            try:
                return Worker(int(self._order(b"fork", far)), near)
            except BaseException:
                near.close()
                raise

    def end(self, worker: Worker) -> int | None:
        """Kill a worker and reap it: its exit code (negative for a signal), None if the mother is gone as well."""
        worker.line.close()
        try:
            return int(self._order(b"end %d" % worker.pid))
        except OSError:
            return None

    def close(self) -> None:
        """End the mother, and with her every worker that is left."""
        if self._line:
            self._line.close()
        if self._process:
            try:
                self._process.wait(ORDER_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = self._line = None

    def _start(self) -> None:
        self._line, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        code = START.format(path=sys.path, control=far.fileno(), preload=self._preload, memory=self._memory)
        with far:
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter, our own code)
                [sys.executable, "-c", code],
                pass_fds=(far.fileno(),),
                env={name: environ[name] for name in KEPT if name in environ},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        ready = self._heard(START_SECONDS)
        if ready != b"ready":
            self.close()
            raise ChildProcessError(f"the cage did not start: {ready.decode(errors='replace')}")

    def _order(self, order: bytes, handed: socket.socket | None = None) -> bytes:
        if self._line is None:
            raise BrokenPipeError("the cage's mother is not running")
        try:
            socket.send_fds(self._line, [order], [handed.fileno()] if handed else [])
            return self._heard(ORDER_SECONDS)
        except OSError:
            self.close()
            raise

    def _heard(self, seconds: float) -> bytes:
        if self._line is None:
            raise BrokenPipeError("the cage's mother is not running")
        self._line.settimeout(seconds)
        answer = self._line.recv(1024)
        if not answer:
            raise ConnectionResetError("the cage's mother ended")
        return answer

