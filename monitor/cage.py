"""function of a room + hostile bytes -> Outcome: bounded worker processes, killed and replaced when they misbehave."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a caged job: `value`, or a `problem` (timeout, memory, crash, error) with its English `cause`."""

    value: Any = None
    problem: str = ""
    cause: str = ""


class Cage:
    """A few long-lived workers that start with the first job and end when idle or closed."""

    def __init__(self, workers: int = 2, *, seconds: float = 10.0) -> None:
        raise NotImplementedError

    def submit(self, function: Callable[..., Any], *args: Any) -> "Future[Outcome]":
        """Run a module-level function of a room in a worker; the Future always ends with an Outcome."""
        raise NotImplementedError

    def close(self) -> None:
        """End the workers; what is still queued ends as problem "crash"."""
        raise NotImplementedError
