"""`jernih score`: one process and several write the same bytes, each at once; nothing is left running."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from monitor.cli.lines import Arrivals, NoFile
from monitor.cli.score import FEW, LONGEST_LINE, judged_by_nobody

HOUSE = Path(__file__).parent.parent
SCORE = [sys.executable, "-m", "monitor.cli", "score"]
PATIENCE = 120.0
MANY = FEW * 3


def line(key: object, text: str = "KPU menetapkan jadwal debat kedua") -> bytes:
    return json.dumps({"id": key, "text": f"{text} nomor {key}."}).encode() + b"\n"


def run(given: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*SCORE, *arguments], input=given, capture_output=True, timeout=PATIENCE, cwd=HOUSE)


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """The command with open pipes, in a process group of its own."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*SCORE, *arguments], **pipes, cwd=HOUSE, bufsize=0, start_new_session=True) as process:
        try:
            yield process
        finally:
            process.kill()


def heard(process: subprocess.Popen[bytes], amount: int) -> list[dict[str, object]]:
    """The next answers, without closing what the command reads from."""
    found: bytes = b""
    while found.count(b"\n") < amount:
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
        assert ready, f"no answer after {found[-200:]!r}"
        read = os.read(process.stdout.fileno(), 1 << 16)
        assert read, "the command ended"
        found += read
    assert found.count(b"\n") == amount
    return [json.loads(one) for one in found.splitlines()]


def say(pipe: IO[bytes] | None, given: bytes) -> None:
    assert pipe is not None
    pipe.write(given)


def helpers(process: subprocess.Popen[bytes]) -> list[int]:
    """The processes that the command started."""
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def gone(pids: list[int]) -> bool:
    until = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{pid}/stat").exists() and " Z " not in _stat(pid) for pid in pids):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _stat(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return " Z "


def test_one_process_and_several_write_the_same_bytes_in_order() -> None:
    given = [line(at, "Viralkan! KPU diam-diam mencoblos surat suara di Kota Kediri") for at in range(MANY)]
    given[10] = b"bukan json\n"
    given[FEW + 20] = b'{"title": "tanpa teks"}\n'
    given[FEW + 21] = b"\n"
    given[FEW + 50] = b'{"id": 1, "text": "\xff\xfe \\ud800"}\r\n'
    alone, shared = run(b"".join(given), "-", "--proses", "1"), run(b"".join(given), "-", "--proses", "3")
    assert (alone.returncode, shared.returncode) == (1, 1), shared.stderr
    assert alone.stdout == shared.stdout
    found = [json.loads(one) for one in shared.stdout.splitlines()]
    assert len(found) == MANY - 1
    assert [at for at, one in enumerate(found) if "error" in one] == [10, FEW + 20]
    assert [one["id"] for one in found[:10]] == list(range(10))
    assert found[-1]["id"] == MANY - 1


def test_file_and_pipe_office_and_moment_answer_alike(tmp_path: Path) -> None:
    """With an office and a moment every process ranks as this one does."""
    path, feeds = tmp_path / "teks.jsonl", tmp_path / "feeds.toml"
    path.write_bytes(b"".join(line(at, "Pilkada Kota Kediri") for at in range(MANY)).rstrip(b"\n"))
    feeds.write_text('[office]\nname = "Diskominfo"\ncode = "35.71"\n', "utf-8")
    placed = ("--at", "2024-11-25T08:00+09:00", "--feeds", str(feeds))
    found = [run(b"", str(path), "--proses", count, *placed) for count in ("1", "2")]
    found.append(run(path.read_bytes(), "-", "--proses", "2", *placed))
    assert {one.returncode for one in found} == {0}, found[0].stderr
    assert len({one.stdout for one in found}) == 1
    assert found[0].stdout != run(path.read_bytes(), "-").stdout


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_line_is_answered_while_the_next_is_not_yet_written(processes: str) -> None:
    with running("-", "--proses", processes) as process:
        for at in range(3):
            say(process.stdin, line(at))
            assert heard(process, 1)[0]["id"] == at
        assert helpers(process) == []
        say(process.stdin, b"".join(map(line, range(MANY))))
        assert [one["id"] for one in heard(process, MANY)] == list(range(MANY))
        assert len(helpers(process)) == (2 if processes == "2" else 0)
        for at in range(3):
            say(process.stdin, line(at)[:20])
            say(process.stdin, line(at)[20:])
            assert heard(process, 1)[0]["id"] == at


def test_a_helper_that_dies_is_told_and_the_batch_goes_on() -> None:
    with running("-", "--proses", "2") as process:
        say(process.stdin, b"".join(map(line, range(MANY))))
        heard(process, MANY)
        before = helpers(process)
        os.kill(before[0], signal.SIGKILL)
        for at in range(4):
            say(process.stdin, line(at))
        found = heard(process, 4)
        assert [one["id"] for one in found] == [0, 1, 2, 3]
        lost = [one for one in found if "error" in one]
        assert all("code -9" in str(one["error"]) and "--proses 1" in str(one["sentence"]) for one in lost)
        assert len(helpers(process)) == 2
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(PATIENCE) == bool(lost)


def test_lines_of_a_dead_process_keep_their_ids() -> None:
    told = judged_by_nobody([line(7), b"bukan json"], "killed")
    assert told[:1] == b"-"
    assert [json.loads(one)["id"] for one in told[1:].splitlines()] == [7, None]


def test_who_reads_some_and_leaves_ends_it_quietly() -> None:
    with running("-", "--proses", "2") as process:
        say(process.stdin, b"".join(map(line, range(MANY))))
        heard(process, MANY)
        started = helpers(process)
        assert process.stdout is not None
        process.stdout.close()
        say(process.stdin, b"".join(map(line, range(MANY))))
        assert process.wait(PATIENCE) in (0, 1)
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert len(started) == 2
        assert gone(started)


def test_ctrl_c_ends_all_of_it_quietly() -> None:
    with running("-", "--proses", "2") as process:
        say(process.stdin, b"".join(map(line, range(MANY))))
        heard(process, MANY)
        started = helpers(process)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(PATIENCE) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert len(started) == 2
        assert gone(started)


def test_a_line_without_end_needs_no_memory_without_end(tmp_path: Path) -> None:
    path = tmp_path / "panjang"
    path.write_bytes(line(1) + b'{"text": "' + b"a" * (3 * LONGEST_LINE) + b'"}\n' + line(2))
    source = Arrivals(str(path), 2, LONGEST_LINE)
    found: deque[list[bytes]] = deque()
    while not source.ended:
        source.read()
        found += source.lots
        source.lots.clear()
    lines = [one + b"\n" for lot in found for one in lot]
    assert (lines[0], lines[2]) == (line(1), line(2))
    assert LONGEST_LINE < len(lines[1]) < 1.1 * LONGEST_LINE
    done = run(path.read_bytes(), "-")
    assert done.returncode == 1
    assert ["error" in json.loads(one) for one in done.stdout.splitlines()] == [False, True, False]


def test_lines_arrive_in_lots_and_the_last_needs_no_end(tmp_path: Path) -> None:
    path = tmp_path / "baris"
    path.write_bytes(b"a\n\n \r\nb\nc")
    source = Arrivals(str(path), 2, 100)
    while not source.ended:
        source.read()
    assert list(source.lots) == [[b"a", b"b"], [b"c"]]
    for wrong in (tmp_path / "tiada", tmp_path):
        with pytest.raises(NoFile, match=r".+") as told:
            Arrivals(str(wrong), 2, 100).read()
        assert "Periksa nama berkasnya" in told.value.sentence
