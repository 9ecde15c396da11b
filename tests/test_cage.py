"""The cage: whatever a function does, the daemon lives, the other jobs go on, and nothing is left behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from monitor import articles, entries
from monitor.articles import Hint
from monitor.cage import SENTENCES, Cage, Limits, Outcome, wire
from monitor.entries import Found, Words
from monitor.sources import Source
from tests import cage_jobs as jobs

QUICK = Limits(seconds=1.0, memory=256 << 20, growth=48 << 20)
FOUND = Found("url:kota.example/a", "https://kota.example/a", Words("Judul \ud83d", "isi\n\x00", "Ani"), content="<p>")


@pytest.fixture
def cage() -> Iterator[Cage]:
    with Cage(preload=(), limits=QUICK) as made:
        yield made


def gone(pid: int, seconds: float = 5.0) -> bool:
    """Whether a process ends within some seconds (a zombie has ended)."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(
    "value",
    [
        (1, 2.5, "ä", None, True, b"\x00\xff", ("a", ("b",))),
        {"a": {"b": (1,)}},
        datetime(2024, 2, 12, 8, 30, 0, 123, tzinfo=UTC),
        date(2024, 2, 12),
        timedelta(hours=7),
        frozenset({"x", "y"}),
        FOUND,
        (FOUND, FOUND),
    ],
)
def test_values_travel_unchanged(cage: Cage, value: object) -> None:
    assert cage.submit(jobs.echo, value, seconds=30).result() == Outcome(value)


def test_lists_arrive_as_tuples(cage: Cage) -> None:
    assert cage.submit(jobs.echo, [1, [2]]).result().value == (1, (2,))


def test_ten_mebibytes_travel(cage: Cage) -> None:
    body = os.urandom(10 << 20)
    assert cage.submit(jobs.echo, body, seconds=30).result().value == body


def test_what_cannot_travel_is_refused_at_once(cage: Cage) -> None:
    with pytest.raises(TypeError, match="does not travel"):
        cage.submit(jobs.echo, object())


def test_parent_builds_only_dataclasses_that_it_holds() -> None:
    for name in ("os:system", "subprocess:Popen", "nowhere:Thing"):
        said = wire.pack({wire.TAG: name, "=": ["true"]})
        stream = iter(b"".join(said))
        with pytest.raises(ValueError, match=r"not at hand|no dataclass"):
            wire.unpack(lambda size, stream=stream: bytes(next(stream) for _ in range(size)), 1 << 20, known=True)


@pytest.mark.parametrize(
    ("job", "problem", "cause"),
    [
        (jobs.spin, "timeout", "1 s"),
        (jobs.hog, "memory", "MemoryError"),
        (jobs.vanish, "crash", "ended"),
        (jobs.fault, "crash", "SIGSEGV"),
        (jobs.fail, "error", "ValueError: no such thing"),
        (jobs.endless_answer, "crash", "at most|ended|Memory"),
    ],
)
def test_what_goes_wrong_is_a_value_with_two_texts(cage: Cage, job: object, problem: str, cause: str) -> None:
    outcome = cage.submit(job).result(timeout=20)  # type: ignore[arg-type]
    if job is jobs.endless_answer and outcome.problem == "memory":
        problem = "memory"
    assert outcome.problem == problem
    assert any(part in outcome.cause for part in cause.split("|"))
    assert outcome.sentence == SENTENCES[problem]
    assert cage.submit(jobs.echo, 7).result(timeout=20).value == 7


def test_a_job_may_have_its_own_deadline(cage: Cage) -> None:
    assert cage.submit(jobs.wait, 1.3, seconds=5).result().value == 1.3
    started = time.monotonic()
    assert cage.submit(jobs.wait, 9, seconds=0.2).result().problem == "timeout"
    assert time.monotonic() - started < 1


def test_other_jobs_go_on_beside_a_bomb(cage: Cage) -> None:
    cage.submit(jobs.echo, 0).result()
    bomb = cage.submit(jobs.spin)
    started = time.monotonic()
    assert [one.result().value for one in [cage.submit(jobs.echo, n) for n in range(200)]] == list(range(200))
    assert time.monotonic() - started < 0.9
    assert not bomb.done()
    assert bomb.result().problem == "timeout"


def test_workers_share_the_jobs(cage: Cage) -> None:
    cage.submit(jobs.echo, 0).result()
    started = time.monotonic()
    for one in [cage.submit(jobs.wait, 0.4) for _ in range(2)]:
        assert one.result().value == 0.4
    assert time.monotonic() - started < 0.75


def test_worker_inherits_no_descriptor_and_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JERNIH_DATABASE_URL", "postgresql://rahasia")
    with (tmp_path / "lock").open("w") as lock, socket.socket() as listening:
        os.set_inheritable(lock.fileno(), True)
        os.set_inheritable(listening.fileno(), True)
        with Cage(preload=(), limits=QUICK) as cage:
            _, links, environment = cage.submit(jobs.whoami).result().value
    assert not [link for link in links if "lock" in link or link.startswith(str(tmp_path))]
    assert sum(link.startswith("socket:") for link in links) == 1
    assert "rahasia" not in json.dumps(environment)


def test_worker_reaches_no_network_and_starts_nothing(cage: Cage, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        outcome = cage.submit(jobs.connect, server.getsockname()[1]).result()
        assert (outcome.problem, "PermissionError" in outcome.cause) == ("error", True)
        with pytest.raises(TimeoutError):
            server.accept()
    assert "PermissionError" in cage.submit(jobs.fork).result().cause
    assert cage.submit(jobs.write, str(tmp_path / "x")).result().value != "written"
    assert not (tmp_path / "x").exists() or (tmp_path / "x").read_text() == ""


def test_swollen_worker_is_replaced(cage: Cage) -> None:
    pids = {cage.submit(jobs.swell).result().value for _ in range(3)}
    assert len(pids) == 3
    assert all(map(gone, pids))


def test_worker_is_replaced_after_its_jobs() -> None:
    with Cage(1, preload=(), limits=Limits(seconds=5, jobs=3)) as cage:
        pids = [cage.submit(jobs.whoami).result().value[0] for _ in range(7)]
    assert len(set(pids)) == 3


def test_worker_killed_from_outside_is_replaced(cage: Cage) -> None:
    first = cage.submit(jobs.whoami).result().value[0]
    for pid in cage.pids()[1:]:
        os.kill(pid, signal.SIGKILL)
    assert gone(first)
    assert cage.submit(jobs.echo, 1).result().value == 1


def test_mother_killed_from_outside_is_replaced(cage: Cage) -> None:
    cage.submit(jobs.echo, 1).result()
    workers = cage.pids()[1:]
    os.kill(cage.pids()[0], signal.SIGKILL)
    assert all(map(gone, workers))
    answers = [cage.submit(jobs.echo, n).result() for n in range(4)]
    assert answers[-1].value == 3


def test_idle_cage_holds_no_process() -> None:
    with Cage(preload=(), limits=QUICK, idle=0.2) as cage:
        for one in [cage.submit(jobs.wait, 0.05) for _ in range(6)]:
            assert one.result().value == 0.05
        pids = cage.pids()
        assert len(pids) == 3
        assert all(map(gone, pids))
        assert cage.pids() == ()
        assert cage.submit(jobs.echo, 5).result().value == 5


def test_idle_cage_holds_no_process_after_a_timeout() -> None:
    with Cage(preload=(), limits=QUICK, idle=0.2) as cage:
        assert cage.submit(jobs.spin, seconds=0.2).result().problem == "timeout"
        mother = cage.pids()[0]
        assert gone(mother)


def test_submit_waits_while_too_much_is_queued(cage: Cage) -> None:
    cage.submit(jobs.echo, 0).result()
    body, started = bytes(20 << 20), time.monotonic()
    held = [cage.submit(jobs.wait, 0.3), cage.submit(jobs.wait, 0.3), cage.submit(jobs.echo, body, seconds=30)]
    assert time.monotonic() - started < 0.25
    held.append(cage.submit(jobs.echo, body, seconds=30))
    assert time.monotonic() - started > 0.25
    assert [one.result().problem for one in held] == [""] * 4


def test_close_ends_everything_at_once() -> None:
    cage = Cage(preload=(), limits=Limits(seconds=60))
    cage.submit(jobs.echo, 0).result()
    running = [cage.submit(jobs.wait, 50) for _ in range(2)]
    queued = [cage.submit(jobs.echo, n) for n in range(3)]
    time.sleep(0.2)
    pids = cage.pids()
    started = time.monotonic()
    cage.close()
    assert time.monotonic() - started < 3
    assert {one.result(timeout=1).problem for one in (*running, *queued)} == {"crash"}
    assert all(map(gone, pids))
    cage.close()
    with pytest.raises(RuntimeError, match="closed"):
        cage.submit(jobs.echo, 1)


def test_what_cannot_be_loaded_is_said() -> None:
    with Cage(preload=("monitor.nowhere",), limits=QUICK) as cage:
        outcome = cage.submit(jobs.echo, 1).result(timeout=20)
    assert outcome.problem == "crash"
    assert "No module named 'monitor.nowhere'" in outcome.cause


def test_killed_parent_leaves_no_orphan() -> None:
    code = (
        "from monitor.cage import Cage, Limits\n"
        "from tests import cage_jobs as jobs\n"
        "cage = Cage(preload=(), limits=Limits(seconds=60))\n"
        "cage.submit(jobs.echo, 0).result()\n"
        "held = [cage.submit(jobs.spin) for _ in range(2)]\n"
        "import time\n"
        "while len(cage.pids()) < 3: time.sleep(0.01)\n"
        "print(*cage.pids(), flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent
    )
    with parent:
        assert parent.stdout
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(pids) == 3
    assert all(map(gone, pids))


def test_interrupt_of_the_terminal_does_not_reach_the_workers(cage: Cage) -> None:
    running = cage.submit(jobs.wait, 0.6)
    time.sleep(0.2)
    for pid in cage.pids():
        os.kill(pid, signal.SIGINT)
        os.kill(pid, signal.SIGTERM)
    assert running.result().value == 0.6


FEED = (
    b'<rss version="2.0"><channel><title>K</title><item><title>Satu</title><link>https://kota.example/a-b</link></item>'
    b"</channel></rss>"
)
BOMBS = (
    b"<rss " + b" ".join(b'a%d="1"' % n for n in range(40_000)) + b"><channel><item><title>A</title></item></channel>",
    b"<rss><channel>" + b"<a>" * 200_000,
    b"<html><body>" + b"<div>" * 50_000,
)


def test_bombs_among_real_feeds_delay_nobody_and_are_told_apart() -> None:
    now, source = datetime(2024, 11, 20, tzinfo=UTC), Source(name="K", url="https://kota.example/", kind="rss")
    with Cage() as cage:
        first = cage.submit(entries.parse, "rss", FEED, "", source, source.url, now, seconds=60).result()
        assert first.value.entries[0].words.title == "Satu"
        bombs = [cage.submit(entries.parse, "rss", bomb, "", source, source.url, now) for bomb in BOMBS]
        others = [cage.submit(entries.parse, "rss", FEED, "", source, source.url, now) for _ in range(300)]
        assert all(one.result(timeout=30).value == first.value for one in others)
        outcomes = [one.result(timeout=60) for one in bombs]
        assert [one.problem or one.value.problem for one in outcomes[1:]] == ["heavy", "not_feed"]
        page = cage.submit(articles.extract, BOMBS[2], "text/html", source.url, source, Hint(), now).result(timeout=60)
        assert page.problem in ("timeout", "memory") or page.value.words is None


def test_page_of_ten_mebibytes_stays_within_its_memory() -> None:
    now, source = datetime(2024, 11, 20, tzinfo=UTC), Source(name="K", url="https://kota.example/", kind="html")
    page = b"<html><body><h1>Judul</h1>" + b"<p>Sebuah paragraf yang panjangnya biasa saja.</p>" * 200_000
    with Cage(limits=Limits(seconds=30)) as cage:
        outcome = cage.submit(articles.extract, page, "text/html", source.url, source, Hint(), now, seconds=60).result()
        assert outcome.problem in ("", "memory", "timeout")
        assert cage.submit(entries.parse, "rss", FEED, "", source, source.url, now, seconds=60).result().value.entries
