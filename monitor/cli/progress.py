"""(done, total) -> a bar on the terminal, where a person waits."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


def bars() -> Progress:
    """Named bars on standard error; nothing where that is no terminal."""
    console = Console(stderr=True)
    columns = TextColumn("{task.description:>9}"), BarColumn(), MofNCompleteColumn()
    return Progress(*columns, console=console, disable=not console.is_terminal, transient=True)


@contextmanager
def bar(name: str) -> Iterator[Callable[[int, int], None]]:
    """One bar; call it with (done, total)."""
    with bars() as shown:
        task = shown.add_task(name, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
