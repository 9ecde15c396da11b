"""The crew: lots come back in order and at once, a hand that dies is told, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from pathlib import Path

import pytest

from monitor.cage import crew
from monitor.cage.crew import Crew, Done, NoHands

HOUSE = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _own_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads that earlier tests of this process left waiting (servers of theirs) do not count."""
    count = threading.active_count
    left = count() - 1
    monkeypatch.setattr(threading, "active_count", lambda: max(1, count() - left))


class Given:
    """A source that is there from the start; it counts what was ever read at once."""

    def __init__(self, lots: list[list[bytes]]) -> None:
        self.lots: deque[list[bytes]] = deque()
        self.ended = False
        self.taken = 0
        self._left = deque(lots)
        self._file = os.open(os.devnull, os.O_RDONLY)

    def fileno(self) -> int:
        return self._file

    def read(self) -> None:
        if not self._left:
            self.ended = True
            os.close(self._file)
            return
        self.taken += 1
        self.lots.append(self._left.popleft())


def work(lot: list[bytes]) -> bytes:
    """Reads orders: wait so many thousandths of a second, die, or fail; else shouts."""
    for line in lot:
        if line.startswith(b"wait "):
            time.sleep(int(line[5:]) / 1000)
        if line == b"die":
            os.kill(os.getpid(), signal.SIGKILL)
        if line == b"fail":
            raise RuntimeError("no such thing")
    return b"|".join(lot).upper()


def done(lots: list[list[bytes]], hands: int = 2) -> list[Done]:
    with Crew(work, hands) as made:
        return list(made.run(Given(lots)))


def gone(pids: tuple[int, ...]) -> bool:
    """Whether these processes end within a while; they are reaped by their parent."""
    until = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def test_answers_keep_the_order_of_the_lots_however_long_each_takes() -> None:
    lots = [[b"wait %d" % (200 if at % 5 == 0 else 0), b"%d" % at] for at in range(20)]
    assert [one.answer for one in done(lots, 3)] == [b"|".join(lot).upper() for lot in lots]


def test_an_empty_source_and_large_lots() -> None:
    assert done([]) == []
    large = [[os.urandom(3 << 20).hex().encode()] for _ in range(5)]
    assert [one.answer for one in done(large)] == [lot[0].upper() for lot in large]


@pytest.mark.parametrize("order", [b"die", b"fail"])
def test_a_hand_that_dies_is_told_at_its_lot_and_replaced(order: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    found = done([[b"a"], [b"b", order], [b"c"], [order], [b"d"], [b"e"]])
    assert [one.answer for one in found] == [b"A", None, b"C", None, b"D", b"E"]
    assert [bool(one.cause) for one in found] == [False, True, False, True, False, False]
    assert ("code -9" in found[1].cause) == (order == b"die")
    assert ("no such thing" in capfd.readouterr().err) == (order == b"fail")


def test_a_slow_reader_holds_the_source_back() -> None:
    source = Given([[b"%d" % at] for at in range(1000)])
    with Crew(work, 2) as made:
        answers = made.run(source)
        assert next(answers).answer == b"0"
        time.sleep(0.2)
        assert source.taken <= 2 * crew.AHEAD + 1
        answers.close()


def test_no_hand_outlives_its_crew_even_a_busy_one() -> None:
    with Crew(work, 2) as made:
        pids = made.pids()
        answers = made.run(Given([[b"a"], [b"wait 60000"]]))
        assert next(answers).answer == b"A"
    assert len(pids) == 2
    assert gone(pids)
    assert made.pids() == ()


def test_hands_end_when_their_parent_is_killed() -> None:
    code = (
        "import os, signal; from monitor.cage.crew import Crew\n"
        "crew = Crew(lambda lot: b'', 2)\n"
        "print(*crew.pids(), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=HOUSE)
    assert said.returncode == -signal.SIGKILL, said.stderr
    pids = [int(pid) for pid in said.stdout.split()]
    until = time.monotonic() + 30
    while any(alive(pid) for pid in pids):
        assert time.monotonic() < until
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether a process that is not our child runs; a zombie that nobody reaps has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_without_processes_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError("no more")

    monkeypatch.setattr(os, "fork", refused)
    with pytest.raises(NoHands) as told:
        Crew(work, 2)
    assert "--proses 1" in told.value.sentence


def test_a_process_with_threads_is_not_copied() -> None:
    rest = threading.Event()
    other = threading.Thread(target=rest.wait)
    other.start()
    try:
        with pytest.raises(RuntimeError, match="threads"):
            Crew(work, 2)
    finally:
        rest.set()
        other.join()
