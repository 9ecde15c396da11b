"""A farm of made-up news sites on loopback, in a process of its own: for tests and benchmarks of the collector.

`with Farm(sources=1000) as farm:` serves one feed of 20 items on each of 1,000 addresses of 127.1.0.0/16, each answer
50-100 ms late (seeded), with ETag and 304, robots.txt and article pages. `bomb`, `drip` and `attributes` turn that many
of the last sources hostile. The process ends with the `with` block, when its parent dies, and after `life` seconds.
"""

import argparse
import asyncio
import gzip
import json
import random
import resource
import subprocess
import sys
import threading
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

HOSTILE = ("bomb", "drip", "attributes")
BOMB = 256 * 1024 * 1024
TEXT = """warga kota pasar kelurahan anggaran jalan rapat panitia pemungutan suara logistik relawan sekolah puskesmas
banjir jembatan bantuan data pemilih saksi rekapitulasi petugas kampanye halaman dinas kecamatan sungai listrik"""
WORDS = TEXT.split()


@dataclass(frozen=True)
class Plan:
    """What to serve: `sources` feeds on `sources // per_host` addresses, the last ones hostile."""

    sources: int = 1000
    per_host: int = 1
    items: int = 20
    slow: tuple[float, float] = (0.05, 0.1)
    bomb: int = 0
    drip: int = 0
    attributes: int = 0
    max_age: int = 0
    crawl_delay: float = 0.0
    seed: int = 7
    life: float = 600.0
    day: str = "2026-11-20T05:00:00+00:00"

    @property
    def hosts(self) -> list[str]:
        count = -(-self.sources // self.per_host)
        return [f"127.1.{1 + n // 250}.{1 + n % 250}" for n in range(count)]

    def kind(self, number: int) -> str:
        """What source `number` is: "feed", or hostile."""
        end = self.sources
        for name in HOSTILE:
            begin = end - int(getattr(self, name))
            if begin <= number < end:
                return name
            end = begin
        return "feed"


class Farm:
    """The parent's side: starts the process, knows its addresses, asks for its log."""

    def __init__(self, **plan: Any) -> None:
        self.plan = Plan(**plan)
        self._process: subprocess.Popen[str] | None = None
        self.port = 0

    def __enter__(self) -> "Farm":
        command = [sys.executable, "-m", "tests.farm", json.dumps(asdict(self.plan))]
        here = Path(__file__).parent.parent
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=here)
        self._process = process
        self.port = int(self._line() or 0)
        assert self.port, "the farm did not start"
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._running.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            self._running.kill()
            self._running.communicate()

    def url(self, number: int) -> str:
        """The feed's address of source `number`."""
        return f"http://{self.plan.hosts[number // self.plan.per_host]}:{self.port}/umpan-{number}.xml"

    @property
    def urls(self) -> list[str]:
        return [self.url(number) for number in range(self.plan.sources)]

    def log(self) -> dict[str, Any]:
        """requests: {path kind: count}; gap: the shortest seconds from an answer to the next request of one host, None
        if there were no two; at_once: the most requests one host had open at one time."""
        found: dict[str, Any] = json.loads(self._ask("log"))
        return found

    def renew(self) -> None:
        """Every feed brings 20 other items from now on."""
        self._ask("renew")

    @property
    def _running(self) -> "subprocess.Popen[str]":
        assert self._process is not None, "use it in a with block"
        return self._process

    def _ask(self, word: str) -> str:
        assert self._running.stdin is not None
        self._running.stdin.write(word + "\n")
        self._running.stdin.flush()
        return self._line()

    def _line(self) -> str:
        assert self._running.stdout is not None
        return self._running.stdout.readline()


@dataclass
class Barn:
    """The child's state: bodies made so far, and what was asked for."""

    plan: Plan
    port: int = 0
    round: int = 0
    bodies: dict[tuple[int, int], tuple[bytes, str]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    last: dict[str, float] = field(default_factory=dict)
    gaps: dict[str, float] = field(default_factory=dict)
    open: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    at_once: int = 0
    hostile: dict[str, bytes] = field(default_factory=dict)

    def prepare(self) -> None:
        """Make what takes long before anybody waits for it."""
        if self.plan.bomb:
            self.hostile["bomb"] = bomb()
        if self.plan.attributes:
            self.hostile["attributes"] = attributes()

    def arrived(self, host: str, kind: str, now: float) -> None:
        self.asked[kind] += 1
        self.open[host] += 1
        self.at_once = max(self.at_once, self.open[host])
        if host in self.last:
            gap = now - self.last[host]
            self.gaps[host] = min(gap, self.gaps.get(host, gap))

    def sent(self, host: str, now: float) -> None:
        self.last[host] = now

    def left(self, host: str) -> None:
        self.open[host] -= 1

    def log(self) -> str:
        gap = min(self.gaps.values(), default=None)
        return json.dumps({"requests": dict(self.asked), "gap": gap, "at_once": self.at_once})

    def feed(self, number: int, host: str) -> tuple[bytes, str]:
        """The gzip bytes and the ETag of a feed."""
        key = (number, self.round)
        if key not in self.bodies:
            body = gzip.compress(rss(self.plan, number, f"http://{host}:{self.port}", self.round), 6, mtime=0)
            self.bodies[key] = (body, f'"{zlib.crc32(body):08x}"')
        return self.bodies[key]

    def wait(self, host: str, path: str) -> float:
        """Seconds that this answer is late, the same in every run."""
        low, high = self.plan.slow
        return low + (high - low) * zlib.crc32(f"{self.plan.seed} {host} {path} {self.round}".encode()) / 2**32


def rss(plan: Plan, number: int, site: str, turn: int) -> bytes:
    """A feed of made-up items, the same for the same plan."""
    items = "".join(item(plan, number, site, turn, index) for index in range(plan.items))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Kabar Contoh {number}</title>'
        f"<link>{site}/</link><description>Kabar buatan</description>{items}</channel></rss>"
    ).encode()


def item(plan: Plan, number: int, site: str, turn: int, index: int) -> str:
    chance = random.Random(f"{plan.seed} {number} {turn} {index}")
    date = datetime.fromisoformat(plan.day).astimezone(UTC) - timedelta(minutes=30 * index + number % 30)
    link = f"{site}/artikel/{number}-{turn}-{index}.html"
    return (
        f"<item><title>{words(chance, 8).capitalize()}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>{format_datetime(date)}</pubDate><description>{words(chance, 60).capitalize()}.</description></item>"
    )


def words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(WORDS, k=count))


def page(plan: Plan, path: str) -> bytes:
    chance = random.Random(f"{plan.seed} {path}")
    paragraphs = "".join(f"<p>{words(chance, 70).capitalize()}.</p>" for _ in range(5))
    title = words(chance, 8).capitalize()
    return (
        f"<!doctype html><html lang=id><head><meta charset=utf-8><title>{title}</title></head><body><main><article>"
        f"<h1>{title}</h1>{paragraphs}</article></main></body></html>"
    ).encode()


def attributes(count: int = 40_000) -> bytes:
    """A feed whose root carries so many attributes that a quadratic parser takes 45 s."""
    many = " ".join(f'a{n}="x"' for n in range(count))
    return f'<?xml version="1.0"?><rss version="2.0" {many}><channel><title>Kabar</title></channel></rss>'.encode()


def bomb() -> bytes:
    """256 MiB of zeros as a quarter MiB of gzip."""
    packer = zlib.compressobj(9, wbits=16 + zlib.MAX_WBITS)
    block = bytes(1024 * 1024)
    return b"".join(packer.compress(block) for _ in range(BOMB // len(block))) + packer.flush()


class Visitor(asyncio.Protocol):
    """One connection: one request, one late answer."""

    def __init__(self, barn: Barn, loop: asyncio.AbstractEventLoop) -> None:
        self.barn, self.loop, self.head, self.host = barn, loop, b"", ""
        self.busy = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.host = transport.get_extra_info("sockname")[0]

    def data_received(self, data: bytes) -> None:
        self.head += data
        if b"\r\n\r\n" in self.head and not self.busy:
            self.busy = True
            lines = self.head.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
            path = lines[0].split(" ")[1]
            fields = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
            kind = path.strip("/").split("-")[0].split("/")[0]
            self.barn.arrived(self.host, kind, self.loop.time())
            self.loop.call_later(self.barn.wait(self.host, path), self.answer, path, fields)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.busy:
            self.barn.left(self.host)

    def answer(self, path: str, fields: dict[str, str]) -> None:
        if self.transport.is_closing():
            return
        if path == "/robots.txt":
            delay = f"Crawl-delay: {self.barn.plan.crawl_delay}\n" if self.barn.plan.crawl_delay else ""
            self.send(b"User-agent: *\nDisallow: /rahasia\n" + delay.encode(), "text/plain")
        elif path.startswith("/umpan-"):
            self.answer_feed(int(path.removeprefix("/umpan-").removesuffix(".xml")), fields)
        elif path.startswith("/artikel/"):
            self.send(page(self.barn.plan, path), "text/html; charset=utf-8")
        else:
            self.send(b"tidak ada", "text/plain", "404 Not Found")

    def answer_feed(self, number: int, fields: dict[str, str]) -> None:
        kind = self.barn.plan.kind(number)
        if kind == "drip":
            self.head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 90000\r\n\r\n"
            self.transport.write(self.head)
            self.drip()
        elif kind == "bomb":
            self.send(self.barn.hostile["bomb"], "application/rss+xml", more="Content-Encoding: gzip\r\n")
        elif kind == "attributes":
            self.send(self.barn.hostile["attributes"], "application/rss+xml")
        else:
            body, etag = self.barn.feed(number, self.host)
            age = f"Cache-Control: max-age={self.barn.plan.max_age}\r\n" if self.barn.plan.max_age else ""
            more = f"ETag: {etag}\r\n{age}"
            if fields.get("if-none-match") == etag:
                self.send(b"", "", "304 Not Modified", more)
            else:
                self.send(body, "application/rss+xml", more=more + "Content-Encoding: gzip\r\n")

    def send(self, body: bytes, kind: str, status: str = "200 OK", more: str = "") -> None:
        self.barn.sent(self.host, self.loop.time())
        length = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n" if kind else ""
        self.transport.write(f"HTTP/1.1 {status}\r\n{length}{more}Connection: close\r\n\r\n".encode() + body)
        self.transport.close()

    def drip(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(b"<")
            self.loop.call_later(0.5, self.drip)


def commands(barn: Barn, loop: asyncio.AbstractEventLoop, over: asyncio.Event) -> None:
    """Read the parent's words until it goes away (in a thread: stdin cannot be awaited portably)."""
    for line in sys.stdin:
        if line.strip() == "renew":
            barn.round += 1
        print(barn.log() if line.strip() == "log" else "", flush=True)
    loop.call_soon_threadsafe(over.set)


async def serve(plan: Plan) -> None:
    barn, over, loop = Barn(plan), asyncio.Event(), asyncio.get_running_loop()
    barn.prepare()
    hosts = plan.hosts
    first = await loop.create_server(lambda: Visitor(barn, loop), hosts[0], 0, backlog=64)
    barn.port = first.sockets[0].getsockname()[1]
    servers = [first]
    if hosts[1:]:
        servers.append(await loop.create_server(lambda: Visitor(barn, loop), hosts[1:], barn.port, backlog=64))
    threading.Thread(target=commands, args=(barn, loop, over), daemon=True).start()
    print(barn.port, flush=True)
    try:
        await asyncio.wait_for(over.wait(), plan.life)
    except TimeoutError:
        print("the farm reached the end of its life", file=sys.stderr)
    finally:
        for server in servers:
            server.close()


def raised_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 65_536) if hard > 0 else 65_536, hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("plan", help="a JSON object of Plan's fields")
    told = json.loads(parser.parse_args().plan)
    for _ in raised_files():
        asyncio.run(serve(Plan(**{**told, "slow": tuple(told["slow"])})))
