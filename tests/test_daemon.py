"""monitor/daemon: the clock, feeds.toml while it runs, notices, and the process as systemd sees it."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from monitor import store as stores
from monitor.cage import Cage
from monitor.daemon import Clock, Doors, Feeds, Jobs, Look, Mailer, notify, server_of, test_letter
from monitor.daemon.service import run
from monitor.desk import Pulse
from monitor.fetches import Reply, Request
from monitor.mail import Letter, Sent, Server
from monitor.sources import ConfigError, Settings
from monitor.store import Store
from tests import made_city, world
from tests.made_city import NOW

test_letter.__test__ = False  # type: ignore[attr-defined]
GOOD = '[office]\ncontact = "humas@kota.example"\n[catalogue]\nenabled = false\n'
SOURCE = '[[source]]\nname = "{0}"\nurl = "http://{0}.example/feed"\nkind = "rss"\n'
FEED = (b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><title>Berita satu</title>'
        b"<link>http://satu.example/1</link></item></channel></rss>")


def until(true: Callable[[], object], seconds: float = 10.0) -> None:
    """Waits for something to become true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


# feeds.toml


def written(path: Path, text: str) -> None:
    """Writes so that two edits within a clock tick are still told apart."""
    before = path.stat().st_mtime_ns if path.exists() else 0
    path.write_text(text)
    if path.stat().st_mtime_ns == before:
        os.utime(path, ns=(before + 1, before + 1))


def test_an_edit_is_in_force_and_a_broken_one_keeps_the_old(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    written(path, GOOD)
    feeds = Feeds(path)
    assert feeds.refresh() is False
    written(path, GOOD + SOURCE.format("satu"))
    assert feeds.refresh() is True
    assert [source.name for source in feeds.settings.watched] == ["satu"]
    assert feeds.changes == ("Mulai dipantau: satu.",)
    written(path, GOOD + SOURCE.format("satu") + 'rythm = "1h"\n')
    assert feeds.refresh() is False
    assert "baris 9" in feeds.trouble[0]
    assert [source.name for source in feeds.settings.watched] == ["satu"]
    path.unlink()
    assert feeds.refresh() is False
    assert "tidak dapat dibaca" in feeds.trouble[0]
    written(path, GOOD)
    assert feeds.refresh() is True
    assert feeds.trouble == ()
    assert feeds.settings.watched == ()


@pytest.mark.parametrize("text", ["[office", "x = 1", "\xff", '[[source]]\nname = "a"\n'])
def test_a_broken_file_at_the_start_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError):
        Feeds(path)


# The clock


@pytest.fixture
def clock() -> Iterator[Clock]:
    one = Clock()
    yield one
    one.stop(5)


def test_jobs_run_at_once_and_again_and_a_failure_stops_nothing(clock: Clock) -> None:
    runs: list[float] = []

    def job() -> None:
        runs.append(time.monotonic())
        raise RuntimeError("boom")

    clock.every(0.1, "job", job)
    clock.start()
    until(lambda: len(runs) >= 3)


def test_a_job_never_runs_twice_at_once(clock: Clock) -> None:
    inside, most = [0], [0]
    ended = threading.Event()

    def job() -> None:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.15)
        inside[0] -= 1
        ended.set()

    clock.every(0.02, "job", job)
    clock.start()
    for _ in range(10):
        clock.wake("job")
        time.sleep(0.02)
    assert ended.wait(5)
    assert most == [1]


def test_a_machine_that_slept_runs_a_job_once(clock: Clock) -> None:
    runs: list[int] = []
    clock.every(3600, "job", lambda: runs.append(1))
    clock.start()
    until(lambda: runs)
    clock._scheduler.modify_job("job", next_run_time=datetime.now(UTC) - timedelta(hours=8))
    until(lambda: len(runs) == 2)
    time.sleep(0.3)
    assert len(runs) == 2


def test_a_clock_that_was_set_back_does_not_stop_the_jobs(clock: Clock) -> None:
    runs: list[int] = []
    clock.every(60, "job", lambda: runs.append(1))
    clock.start()
    until(lambda: runs)
    clock._scheduler.modify_job("job", next_run_time=datetime.now(UTC) + timedelta(days=365))
    clock.turned_back()
    until(lambda: len(runs) == 2)


def test_wake_runs_a_job_before_its_time(clock: Clock) -> None:
    runs: list[int] = []
    clock.every(3600, "job", lambda: runs.append(1))
    clock.start()
    until(lambda: runs)
    clock.wake("job")
    clock.wake("no such job")
    until(lambda: len(runs) == 2)


def test_stop_waits_for_what_runs_and_says_if_it_does_not_end() -> None:
    clock, begun, gate = Clock(), threading.Event(), threading.Event()

    def job() -> None:
        begun.set()
        gate.wait(10)

    clock.every(60, "job", job)
    clock.start()
    assert begun.wait(5)
    assert clock.stop(0.1) is False
    gate.set()
    assert clock.stop(5) is True
    assert clock.silence() < 10


# Cycles


class Web:
    """A fake of the door `web`: answers each request by `answer`; remembers what was asked, and being closed."""

    def __init__(self, answer: Callable[[Request], Reply]) -> None:
        self.answer, self.asked, self.closed = answer, [], False  # type: ignore[var-annotated]

    def replies(self, requests: Iterable[Request], stop: Event) -> Iterator[Reply | None]:
        for request in requests:
            self.asked.append(request.url)
            if stop.is_set():
                yield Reply(request, NOW, NOW, error="stopped", cause="told to stop")
            else:
                yield self.answer(request)

    def fetch_all(self, requests: Iterable[Request], stop: Event) -> Iterator[Reply]:
        return (reply for reply in self.replies(requests, stop) if reply)

    def close(self) -> None:
        self.closed = True


def answered(request: Request) -> Reply:
    return Reply(request, NOW, NOW, 200, request.url, {"content-type": "application/rss+xml"}, FEED)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path / "home")
    yield held
    held.close()


@pytest.fixture
def cage() -> Iterator[Cage]:
    with Cage(workers=1) as held:
        yield held


class House:
    """Jobs over a store, with a clock that tests turn."""

    def __init__(self, store: Store, cage: Cage, path: Path, text: str) -> None:
        written(path, text)
        self.store, self.moment, self.stop, self.webs = store, NOW, Event(), []  # type: ignore[var-annotated]
        self.feeds = Feeds(path)
        self.jobs = Jobs(Doors(store, cage, self.web, lambda: None, lambda: self.moment), self.feeds, self.stop)

    def web(self, settings: Settings) -> Web:
        self.webs.append(Web(answered))
        return self.webs[-1]

    def cycles(self) -> int:
        with self.store.read() as tx:
            cycle = tx.last_cycle()
        return cycle.id if cycle else 0


def test_a_cycle_runs_only_where_something_is_due(store: Store, cage: Cage, tmp_path: Path) -> None:
    house = House(store, cage, tmp_path / "feeds.toml", GOOD + SOURCE.format("satu"))
    house.jobs.collect()
    assert house.webs[0].asked[0] == "http://satu.example/feed"
    with store.read() as tx:
        assert tx.schedules()["satu"].outcome == "berhasil"
    before = house.cycles()
    house.jobs.collect()
    assert house.cycles() <= before + 1
    settled = house.cycles()
    for _ in range(5):
        house.jobs.collect()
    assert house.cycles() == settled
    house.moment = NOW + timedelta(hours=2)
    house.jobs.collect()
    assert house.cycles() == settled + 1
    assert house.jobs.pulse.ended == house.moment
    assert house.jobs.busy() == 0


def test_without_a_contact_nothing_is_visited(store: Store, cage: Cage, tmp_path: Path) -> None:
    house = House(store, cage, tmp_path / "feeds.toml", "[catalogue]\nenabled = false\n" + SOURCE.format("satu"))
    house.jobs.collect()
    assert house.webs[0].asked == []
    assert house.cycles() == 0
    written(house.feeds.path, GOOD + SOURCE.format("satu"))
    house.jobs.read_feeds()
    house.jobs.collect()
    assert house.webs[0].closed
    assert house.webs[1].asked[0] == "http://satu.example/feed"


def test_a_new_source_does_not_need_a_new_door(store: Store, cage: Cage, tmp_path: Path) -> None:
    house = House(store, cage, tmp_path / "feeds.toml", GOOD)
    written(house.feeds.path, GOOD + SOURCE.format("dua"))
    house.jobs.read_feeds()
    house.jobs.collect()
    assert len(house.webs) == 1
    assert "http://dua.example/feed" in house.webs[0].asked


def test_what_was_not_finished_is_a_row(store: Store, cage: Cage, tmp_path: Path) -> None:
    house = House(store, cage, tmp_path / "feeds.toml", GOOD + SOURCE.format("satu") + SOURCE.format("dua"))
    house.stop.set()
    house.jobs.collect()
    with store.read() as tx:
        outcomes = {name: [fetch.outcome for fetch in tx.fetches_of(name)] for name in ("satu", "dua")}
        assert tx.last_cycle() is None
        due = {name: schedule.due for name, schedule in tx.schedules().items()}
    assert outcomes == {"satu": ["dihentikan"], "dua": ["dihentikan"]}
    assert all(moment <= NOW for moment in due.values())
    assert house.jobs.pulse.ended is None


def test_old_pages_of_nothing_are_dropped_after_the_days_of_the_setting(store: Store, cage: Cage,
                                                                        tmp_path: Path) -> None:
    house = House(store, cage, tmp_path / "feeds.toml", GOOD + "[archive]\ndays = 2\n")
    digest = store.keep(b"halaman")
    house.moment = datetime.now(UTC) + timedelta(days=1)
    house.jobs.prune()
    assert store.kept(digest) == b"halaman"
    house.moment = datetime.now(UTC) + timedelta(days=3)
    house.jobs.prune()
    assert store.kept(digest) is None


def test_the_weekly_digest_is_stored_once_however_late(store: Store, cage: Cage, tmp_path: Path) -> None:
    house = House(store, cage, tmp_path / "feeds.toml", GOOD)
    house.moment = datetime(2024, 11, 28, 3, 0, tzinfo=UTC)
    for _ in range(2):
        house.jobs.report()
        with store.read() as tx:
            assert [(one.label, one.audience) for one in tx.editions()] == [
                ("2024-W47", "eksternal"), ("2024-W47", "internal")]


def test_the_weekly_sample_is_drawn_once_however_late(store: Store, cage: Cage, tmp_path: Path) -> None:
    house = House(store, cage, tmp_path / "feeds.toml", GOOD)
    house.moment = datetime(2024, 11, 28, 3, 0, tzinfo=UTC)
    with store.write() as tx:
        made = world.build(tx, 1)[0]
        entry = tx.add(replace(made.entry, id=0, identity="lewat"))
        article = tx.add(replace(made.article, id=0, entry=entry.id, at=datetime(2024, 11, 20, 3, 0, tzinfo=UTC)))
        tx.add(replace(made.score, id=0, article=article.id, flag=False))
    for _ in range(2):
        house.jobs.sample()
        with store.read() as tx:
            assert [(one.label, one.articles) for one in tx.draws()] == [("2024-W47", (article.id,))]


# Notices

MAIL = """
[notices]
mail_from = "jernih@kota.example"
to = ["piket@kota.example"]
smtp = "127.0.0.1"
port = 2525
security = "tanpa"
quiet_from = "21:00"
quiet_to = "06:00"
urgent = 1.5
"""


class Post:
    """A fake mail door: keeps letters, answers with `answer`."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.answer = Sent(True)

    def __call__(self, server: Server, letter: Letter) -> Sent:
        self.letters.append(letter)
        return self.answer


@pytest.fixture
def post() -> Post:
    return Post()


def looking(store: Store, post: Post, at: datetime, **more: Any) -> Look:
    known = made_city.settings(MAIL)
    desk = made_city.desk(store, known, **{"now": lambda: at, "pulse": lambda: Pulse(at, at), **more})
    return Look(desk, Mailer(post, "http://127.0.0.1:8765"))


def test_urgent_konten_are_mailed_once_also_after_a_restart(store: Store, post: Post) -> None:
    made_city.fill(store, made_city.settings(), konten=3)
    look = looking(store, post, NOW)
    look()
    look()
    looking(store, post, NOW + timedelta(minutes=5))()
    assert len(post.letters) == 1
    letter = post.letters[0]
    assert letter.subject == "[Jernih · Diskominfo Kota Contoh] 1 konten mendesak"
    assert "Surat suara sudah tercoblos" in letter.text
    assert "http://127.0.0.1:8765/konten/1" in letter.text
    made_city.add_konten(store, made_city.settings(), 11, hoax=0.95)
    looking(store, post, NOW + timedelta(minutes=10))()
    assert len(post.letters) == 2
    assert "/konten/4" in post.letters[1].text
    assert "/konten/1" not in post.letters[1].text


def test_a_stalled_house_is_told_and_its_recovery_too(store: Store, post: Post) -> None:
    stalled = Pulse(NOW - timedelta(days=1), NOW - timedelta(hours=3))
    looking(store, post, NOW, pulse=lambda: stalled)()
    looking(store, post, NOW + timedelta(minutes=1), pulse=lambda: stalled)()
    looking(store, post, NOW + timedelta(minutes=2))()
    looking(store, post, NOW + timedelta(minutes=3))()
    assert ["macet" in letter.text for letter in post.letters] == [True, False]
    assert "Pulih: pengumpulan berjalan lagi" in post.letters[1].text


def test_a_letter_that_failed_waits_five_minutes(store: Store, post: Post) -> None:
    post.answer = Sent(False, "refused", "ditolak", True)
    moment = [NOW]
    stalled = Pulse(NOW - timedelta(days=1), NOW - timedelta(hours=3))
    look = looking(store, post, NOW, now=lambda: moment[0], pulse=lambda: stalled)
    for minutes in (0, 1, 4, 5, 6, 10):
        moment[0] = NOW + timedelta(minutes=minutes)
        look()
    assert len(post.letters) == 3
    post.answer = Sent(True)
    moment[0] = NOW + timedelta(minutes=15)
    look()
    look()
    assert len(post.letters) == 4


def test_a_letter_that_may_have_arrived_is_not_sent_again(store: Store, post: Post) -> None:
    post.answer = Sent(None, "silent", "diam")
    stalled = Pulse(NOW - timedelta(days=1), NOW - timedelta(hours=3))
    for minutes in range(3):
        looking(store, post, NOW + timedelta(minutes=minutes), pulse=lambda: stalled)()
    assert len(post.letters) == 1


def test_at_night_only_urgent_konten_are_mailed(store: Store, post: Post) -> None:
    made_city.fill(store, made_city.settings(), konten=1)
    night = NOW + timedelta(hours=9)  # 23.05 WIT
    stalled = Pulse(NOW - timedelta(days=1), NOW - timedelta(hours=3))
    looking(store, post, night, pulse=lambda: stalled)()
    assert [letter.subject for letter in post.letters] == ["[Jernih · Diskominfo Kota Contoh] 1 konten mendesak"]
    looking(store, post, night + timedelta(hours=8), pulse=lambda: stalled)()
    assert "macet" in post.letters[1].text


def test_without_a_mail_server_nothing_is_sent_or_kept(store: Store, post: Post) -> None:
    made_city.fill(store, made_city.settings(), konten=3)
    desk = made_city.desk(store, made_city.settings(), pulse=lambda: Pulse(NOW - timedelta(days=9)))
    Look(desk, Mailer(post, ""))()
    assert post.letters == []
    with store.read() as tx:
        assert tx.open_alerts() == []


def test_the_password_comes_from_the_environment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JERNIH_SMTP_PASSWORD", "rahasia")
    known = made_city.settings(MAIL.replace('"tanpa"', '"starttls"') + 'user = "jernih"\n')
    assert server_of(known) == Server("127.0.0.1", 2525, "starttls", "jernih", "rahasia")
    letter = test_letter(known, NOW, "http://127.0.0.1:8765")
    assert letter.to == ("piket@kota.example",)
    assert "21-11-2026 14.05 WIT" in letter.text


# systemd, signals


@contextmanager
def listening(path: Path) -> Iterator[socket.socket]:
    """A socket as systemd's."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(str(path))
        ear.settimeout(15)
        yield ear


def test_notify_reaches_systemd_and_is_silent_without_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    notify("READY=1")
    with listening(tmp_path / "n") as ear:
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "n"))
        notify("READY=1")
        assert ear.recv(100) == b"READY=1"
    notify("READY=1")


class Beside:
    """A service that can die."""

    def __init__(self) -> None:
        self.alive, self.stopped = True, False

    def start(self) -> None:
        self.alive = True

    def stop(self) -> None:
        self.stopped = True


@pytest.mark.parametrize("lost, dies, code", [(True, False, 3), (False, True, 1)])
def test_the_process_ends_where_it_cannot_go_on(lost: bool, dies: bool, code: int,
                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    beside, closed, steps = Beside(), [], iter(range(100))
    began = time.monotonic()

    class Waiting(Event):
        """A second passes at once."""

        def wait(self, timeout: float | None = None) -> bool:
            beside.alive = not (dies and next(steps) > 2)
            return self.is_set()

    assert run(Clock(), [beside], Waiting(), lambda: lost, lambda: 0.0, lambda: closed.append(1)) == code
    assert (beside.stopped, closed) == (True, [1])
    assert time.monotonic() - began < 10


class Hanging:
    """A web server on a loopback address that takes a connection and never answers."""

    def __init__(self) -> None:
        self.ear = socket.create_server(("127.1.9.200", 0))
        self.port = self.ear.getsockname()[1]
        self.taken: list[socket.socket] = []
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self.ear.accept()
                self.taken.append(line)
                first = line.recv(4096)
                if b"robots.txt" in first:
                    line.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    line.close()

    def close(self) -> None:
        self.ear.close()
        for line in self.taken:
            line.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Office:
    """A folder with a feeds.toml, and `jernih run` in it."""

    def __init__(self, folder: Path, sources: str = "") -> None:
        self.folder, self.port, self.metrics = folder, free_port(), free_port()
        self.feeds = folder / "feeds.toml"
        self.feeds.write_text(f'[network]\nallow = ["127.1.0.0/16"]\n[desk]\nport = {self.port}\n'
                              f"metrics_port = {self.metrics}\n{GOOD}{sources}")

    def run(self, *more: str, **environment: str) -> "subprocess.Popen[str]":
        known = {**os.environ, "JERNIH_HOME": str(self.folder / "home"), "JERNIH_FEEDS": str(self.feeds),
                 "JERNIH_DATABASE_URL": "", **environment}
        return subprocess.Popen([sys.executable, "-m", "monitor.cli", "run", *more], env=known, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def get(self, path: str, port: int = 0) -> tuple[int, str]:
        try:
            asked = urllib.request.Request(f"http://127.0.0.1:{port or self.port}{path}",
                                           headers={"cookie": "sesi=sesi-sari"})
            with urllib.request.urlopen(asked, timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def log_in(self) -> None:
        """Lets somebody in, past the login, which has tests of its own."""
        held = stores.open("", self.folder / "home")
        made_city.logged_in(held, now=datetime.now(UTC))
        held.close()

    def up(self) -> bool:
        with suppress(OSError):
            return self.get("/health")[0] in (200, 503)
        return False


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def ended(process: "subprocess.Popen[str]", seconds: float = 20) -> tuple[int, str, str]:
    try:
        out, said = process.communicate(timeout=seconds)
    finally:
        process.kill()
    return process.returncode, out, said


@pytest.mark.slow
def test_run_serves_the_desk_tells_systemd_and_ends_on_sigterm(office: Office, tmp_path: Path) -> None:
    with listening(tmp_path / "n") as ear:
        process = office.run(NOTIFY_SOCKET=str(tmp_path / "n"))
        told = ear.recv(200)
        while not told.startswith(b"READY=1"):
            told = ear.recv(200)
        assert office.get("/")[0] == 200
        health = json.loads(office.get("/health")[1])
        assert set(health) == {"status", "last_cycle", "sources", "queue", "model"}
        assert "jernih_healthy" in office.get("/metrics", office.metrics)[1]
        while told != b"WATCHDOG=1":
            told = ear.recv(200)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        code, out, said = ended(process)
    assert (code, time.monotonic() - began < 10) == (0, True), said
    assert f"http://127.0.0.1:{office.port}" in out


@pytest.mark.slow
def test_three_at_once_run_once(office: Office) -> None:
    processes = [office.run("--port", str(free_port())) for _ in range(3)]
    until(lambda: sum(process.poll() is None for process in processes) == 1, 40)
    codes = sorted(process.poll() for process in processes if process.poll() is not None)
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            assert ended(process)[0] == 0
        else:
            assert "Jernih lain sedang berjalan" in ended(process)[2]
    assert codes == [3, 3]


@pytest.mark.slow
def test_sigterm_in_the_middle_of_a_fetch_leaves_rows(tmp_path: Path) -> None:
    hanging = Hanging()
    sources = "".join(f'[[source]]\nname = "s{n}"\nurl = "http://127.1.9.200:{hanging.port}/feed{n}"\nkind = "rss"\n'
                      for n in range(3))
    office = Office(tmp_path, sources)
    process = office.run("--no-desk")
    try:
        until(lambda: len(hanging.taken) >= 2, 40)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        code, _, said = ended(process, 25)
        assert (code, time.monotonic() - began < 20) == (0, True), said
    finally:
        process.kill()
        hanging.close()
    kept = stores.open("", tmp_path / "home")
    with kept.read() as tx:
        assert [tx.fetches_of(f"s{n}")[0].outcome for n in range(3)] == ["dihentikan"] * 3
        assert {schedule.failures for schedule in tx.schedules().values()} <= {0}
    kept.close()


@pytest.mark.slow
def test_after_kill_9_the_next_one_leads(office: Office) -> None:
    first = office.run()
    until(office.up, 40)
    first.kill()
    ended(first)
    second = office.run()
    until(office.up, 40)
    second.send_signal(signal.SIGTERM)
    assert ended(second)[0] == 0


@pytest.mark.slow
def test_a_broken_edit_shows_and_the_repair_is_taken(office: Office) -> None:
    process = office.run()
    try:
        until(office.up, 40)
        office.log_in()
        good = office.feeds.read_text()
        written(office.feeds, good + "salah = 1\n")
        until(lambda: "Berkas pengaturan tidak dapat dipakai" in office.get("/")[1], 10)
        written(office.feeds, good + SOURCE.format("baru"))
        until(lambda: "baru.example" in office.get("/sumber")[1], 10)
        assert "tidak dapat dipakai" not in office.get("/")[1]
    finally:
        process.send_signal(signal.SIGTERM)
        assert ended(process)[0] == 0


@pytest.mark.slow
@pytest.mark.parametrize("text, code, said", [
    ("[office\n", 2, "baris 1"),
    ('[desk]\nhost = "192.0.2.7"\n', 2, "tidak dapat dibuka"),
    (None, 2, "tidak dapat dibaca"),
])
def test_wrong_settings_end_with_2_and_a_sentence(office: Office, text: str | None, code: int, said: str) -> None:
    if text is None:
        office.feeds.unlink()
    else:
        office.feeds.write_text(text)
    found = ended(office.run(), 40)
    assert found[0] == code
    assert said in found[2]
    assert "Traceback" not in found[2]


@pytest.mark.slow
def test_a_port_in_use_ends_with_1_and_the_repair(office: Office) -> None:
    with socket.create_server(("127.0.0.1", office.port)):
        code, _, said = ended(office.run(), 40)
    assert code == 1
    assert f"Port {office.port} sudah dipakai" in said
    assert "Traceback" not in said


