"""Room function + hostile bytes -> Outcome: bounded worker processes, killed and replaced when they misbehave.

The workers are forked by a small process of our own (`mother`), not by `multiprocessing`: its fork server cannot be
ended when idle, keeps a tracker process beside it, imports the caller's `__main__` again, and unpickles what a worker
answers, which a parser that was broken by hostile bytes may have written.
"""

import queue
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from monitor.cage.wire import pack
from monitor.cage.workers import Mother, Worker

__all__ = ["Cage", "Limits", "Outcome"]

QUEUED = 32 << 20
PRELOAD = ("monitor.entries:warm", "monitor.articles:warm")
SENTENCES = {
    "timeout": "Isi dari sumber ini terlalu rumit: pembacaannya dihentikan setelah melewati batas waktu.",
    "memory": "Isi dari sumber ini terlalu besar: pembacaannya dihentikan setelah melewati batas memori.",
    "crash": "Pembacaan isi dari sumber ini terputus; akan dicoba lagi pada pengambilan berikutnya.",
    "error": "Isi dari sumber ini tidak dapat dibaca karena kesalahan di program; laporkan kepada pengembang.",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a caged job: `value`, or a `problem` (timeout, memory, crash, error) with its two texts."""

    value: Any = None
    problem: str = ""
    cause: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of a worker: wall-clock of a job, bytes of memory, private bytes and jobs after which it is replaced."""

    seconds: float = 10.0
    memory: int = 384 << 20
    growth: int = 96 << 20
    jobs: int = 2000


@dataclass(frozen=True, slots=True)
class _Job:
    parts: list[bytes]
    size: int
    seconds: float
    future: "Future[Outcome]"


class Cage:
    """A few long-lived workers that start with the first job and end when idle or closed.

    `workers` jobs run at once; workers idle for `idle` seconds end, and with the last of them the process that
    forks them. Nothing of the parent's descriptors, environment or network reaches them.
    """

    def __init__(
        self,
        workers: int = 2,
        *,
        limits: Limits | None = None,
        idle: float = 60.0,
        preload: tuple[str, ...] = PRELOAD,
    ) -> None:
        self._limits, self._idle = limits or Limits(), idle
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._lock, self._gate, self._closed = threading.Lock(), threading.Lock(), False
        self._mother = Mother(preload, self._limits.memory)
        self._alive: dict[int, Worker] = {}
        self._space, self._held = threading.Condition(), 0
        self._threads = [threading.Thread(target=self._slot, daemon=True, name=f"cage-{n}") for n in range(workers)]

    def __enter__(self) -> "Cage":
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def submit(self, function: Callable[..., Any], *args: Any, seconds: float | None = None) -> "Future[Outcome]":
        """Run a module-level function in a worker for at most `seconds`; the Future always ends with an Outcome.

        Arguments and value are what `cage.wire` carries (TypeError for others; sequences arrive as tuples). Waits
        while 32 MiB of arguments are queued, so that a fast web cannot fill the memory of the daemon.
        """
        parts = pack([f"{function.__module__}:{function.__qualname__}", args])
        job = _Job(parts, sum(map(len, parts)), seconds or self._limits.seconds, Future())
        with self._space:
            self._space.wait_for(lambda: self._closed or not self._held or self._held + job.size <= QUEUED)
            self._held += job.size
        with self._lock:
            if self._closed:
                raise RuntimeError("the cage is closed")
            self._jobs.put(job)
            for thread in self._threads:
                if thread.ident is None:
                    thread.start()
        return job.future

    def pids(self) -> tuple[int, ...]:
        """Process ids of the cage, to measure its memory: the mother first, then the workers."""
        with self._gate:
            return (*self._mother.pids(), *self._alive)

    def close(self) -> None:
        """End the workers at once; jobs that are queued or running end as problem "crash"."""
        with self._lock:
            already, self._closed = self._closed, True
        if already:
            return
        with self._space:
            self._space.notify_all()
        with self._gate:
            for worker in self._alive.values():
                worker.cut()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()
        with self._gate:
            self._mother.close()

    def _slot(self) -> None:
        worker: Worker | None = None
        while True:
            try:
                job = self._jobs.get(timeout=self._idle if self._mother.pids() else None)
            except queue.Empty:
                self._rest(worker)
                worker = None
                continue
            if job is None:
                self._end(worker)
                return
            outcome = Outcome()
            wanted = job.future.set_running_or_notify_cancel()
            if wanted:
                worker, outcome = self._serve(worker, job)
            with self._space:
                self._held -= job.size
                self._space.notify_all()
            if wanted:
                job.future.set_result(outcome)

    def _rest(self, worker: Worker | None) -> None:
        self._end(worker)
        with self._gate:
            if not self._alive and self._jobs.empty():
                self._mother.close()

    def _serve(self, worker: Worker | None, job: _Job) -> tuple[Worker | None, Outcome]:
        """Do one job; returns the worker that the slot keeps, if any, and what came of it."""
        try:
            worker = self._fresh(worker)
        except OSError as error:
            return None, _failure("crash", f"no worker: {error}")
        try:
            problem, value = worker.ask(job.parts, job.seconds)
        except TimeoutError:
            self._end(worker)
            return None, _failure("timeout", f"stopped after {job.seconds:g} s")
        except (OSError, EOFError, ValueError, TypeError) as error:
            return None, _failure("crash", _exit(self._end(worker), error))
        if problem == "memory" or self._worn(worker):
            self._end(worker)
            worker = None
        return worker, _failure(problem, str(value)) if problem else Outcome(value)

    def _fresh(self, worker: Worker | None) -> Worker:
        if worker and not worker.gone():
            return worker
        self._end(worker)
        with self._gate:
            if self._closed:
                raise BrokenPipeError("the cage was closed")
            worker = self._mother.fork()
            self._alive[worker.pid] = worker
            return worker

    def _end(self, worker: Worker | None) -> int | None:
        if worker is None:
            return None
        with self._gate:
            self._alive.pop(worker.pid, None)
            return self._mother.end(worker)

    def _worn(self, worker: Worker) -> bool:
        return worker.jobs >= self._limits.jobs or worker.private > self._limits.growth


def _exit(code: int | None, error: Exception) -> str:
    if code is not None and code < 0 and code != -signal.SIGKILL:
        return f"the worker ended with {signal.Signals(-code).name}"
    return f"the worker ended: {type(error).__name__} {error}"[:400].rstrip()


def _failure(problem: str, cause: str) -> Outcome:
    return Outcome(None, problem, cause, SENTENCES[problem])
