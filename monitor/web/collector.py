"""Requests -> Replies: the client that collects, polite to each host and in flight to many at once.

A worker makes one request at a time and never waits for a host: an errand that needs another one (robots.txt first, a
redirect) goes back into the line of the host that is next. Robots.txt and every hop of a redirect keep the gap too.
Waiting in line is not counted against the deadline; time at the network is, over all hops (robots.txt counts apart).
"""

import random
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Condition, Event, Thread
from typing import Protocol

import httpx

import monitor
from monitor.fetches import Reply, Request, retry_after
from monitor.web import robots
from monitor.web.exchange import BODY, Answer, exchange, headers
from monitor.web.guard import Guard, joined, origin, spelled
from monitor.web.limits import Trouble, Watch
from monitor.web.lines import Lines
from monitor.web.wire import Lookup, Resolver, Wire, getaddrinfo

HOPS = 5
ROBOTS = "/robots.txt"
JITTER = (0.02, 0.12)  # of the gap; the least part keeps it whole by the host's own clock
LARGE_TURNS = 4
WAITING_BYTES = 32 * 1024 * 1024  # replies that nobody took yet; beyond it no new request starts
POLL = 0.1
PERMANENT = (301, 308)
ASKS_TO_WAIT = (429, 503)
SILENT = ("dns", "connect", "timeout", "proxy")


class Net(Protocol):
    """What this door needs of sources.Network."""

    @property
    def allow(self) -> tuple[str, ...]: ...
    @property
    def proxy(self) -> str: ...


@dataclass(eq=False, slots=True)
class _Batch:
    """One call of fetch_all: what is still open, and where its replies go."""

    open: dict[int, Request]
    replies: SimpleQueue[tuple[int, Reply]] = field(default_factory=SimpleQueue)
    over: bool = False


@dataclass(slots=True)
class _Trip:
    """A way through redirects: the next address, the seconds left for it, and the addresses behind it."""

    url: httpx.URL
    left: float
    behind: set[str] = field(default_factory=set)
    permanent: str = ""
    straight: bool = True

    def follow(self, answer: Answer) -> None:
        """Turn to where a redirect leads; Trouble where it leads nowhere good."""
        self.behind.add(str(self.url))
        url = joined(self.url, answer.location)
        if len(self.behind) > HOPS or str(url) in self.behind:
            raise Trouble("redirects", f"redirect number {len(self.behind)}, to {str(url)[:200]}")
        self.straight = self.straight and answer.status in PERMANENT
        self.permanent = str(url) if self.straight else self.permanent
        self.url = url


@dataclass(eq=False, slots=True)
class _Errand:
    """One request of a batch. `asking` is its detour for the robots.txt of the host that is next on its way."""

    batch: _Batch
    number: int
    request: Request
    trip: _Trip
    asking: _Trip | None = None
    watch: Watch | None = None
    started: datetime | None = None

    @property
    def host(self) -> str:
        return (self.asking or self.trip).url.host


def user_agent(contact: str) -> str:
    """Who we are and how to reach us, safe for a header."""
    plain = "".join(one for one in contact if one.isascii() and one.isprintable() and one not in "()\\")[:200]
    return f"Jernih/{monitor.__version__}" + (f" (+{plain.strip()})" if plain.strip() else "")


class Collector:
    """Fetches many addresses: `workers` at once, one a host, `gap` seconds (or its crawl-delay) apart, jittered.

    `deadline` is in seconds for each request over all its redirects. `own_ports` are never visited. `transport`
    replaces the network whole, `lookup` the resolver, `context` the TLS authorities. Safe to use from several threads.
    """

    def __init__(
        self,
        network: Net,
        contact: str,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        rng: random.Random | None = None,
        workers: int = 50,
        gap: float = 2.0,
        deadline: float = 30.0,
        own_ports: Iterable[int] = (8765, 8766),
        lookup: Lookup = getaddrinfo,
        context: ssl.SSLContext | None = None,
    ) -> None:
        guard = Guard(network.allow, own_ports)
        self._transport = transport or Wire(guard.judge, Resolver(lookup), network.proxy, context)
        self._agent = user_agent(contact)
        self._clock, self._now, self._rng = clock, now, rng or random.Random()  # noqa: S311
        self._workers, self._gap, self._deadline = workers, gap, deadline
        self._turns = BoundedSemaphore(LARGE_TURNS)
        self._sites = robots.Sites()
        self._change = Condition()
        self._lines: Lines[_Errand] = Lines()
        self._asking: dict[str, _Errand] = {}
        self._flying: set[_Errand] = set()
        self._batches: set[_Batch] = set()
        self._ready: SimpleQueue[_Errand | None] = SimpleQueue()
        self._threads = self._given = self._waiting_bytes = 0
        self._dispatching = False

    def fetch_all(self, requests: Iterable[Request], stop: Event) -> Iterator[Reply]:
        """A Reply for each request as it completes; after `stop` at once, "stopped" for the unfinished ones."""
        return (reply for reply in self.replies(requests, stop) if reply is not None)

    def replies(self, requests: Iterable[Request], stop: Event) -> Iterator[Reply | None]:
        """As fetch_all, with a None whenever nothing completed for a moment, so that the caller can do other work."""
        batch = self._begin(requests)
        try:
            while batch.open:
                if stop.is_set():
                    self._end(batch)
                with suppress(Empty):
                    yield self._taken(batch, *batch.replies.get(timeout=0 if batch.over else POLL))
                    continue
                yield None
                if batch.over:
                    yield from self._stopped(batch)
        finally:
            self._end(batch)
            self._forget(batch)

    def close(self) -> None:
        """End everything that is under way; unfinished requests answer "stopped"."""
        with self._change:
            batches = list(self._batches)
        for batch in batches:
            self._end(batch)

    # A batch's beginning and end.

    def _begin(self, requests: Iterable[Request]) -> _Batch:
        batch = _Batch(dict(enumerate(requests)))
        with self._change:
            self._batches.add(batch)
            for number, request in batch.open.items():
                self._enter(batch, number, request)
            if not self._dispatching:
                self._dispatching = True
                Thread(target=self._dispatch, name="jernih-lines", daemon=True).start()
            self._change.notify_all()
        return batch

    def _enter(self, batch: _Batch, number: int, request: Request) -> None:
        try:
            errand = _Errand(batch, number, request, _Trip(spelled(request.url), self._deadline))
            self._lines.add(errand.host, errand)
        except Trouble as trouble:
            batch.replies.put((number, self._failed(request, None, trouble)))

    def _taken(self, batch: _Batch, number: int, reply: Reply) -> Reply:
        del batch.open[number]
        with self._change:
            self._waiting_bytes -= len(reply.body)
            self._change.notify_all()
        return reply

    def _stopped(self, batch: _Batch) -> Iterator[Reply]:
        while batch.open:
            _, request = batch.open.popitem()
            yield self._failed(request, None, Trouble("stopped", "told to stop"))

    def _end(self, batch: _Batch) -> None:
        with self._change:
            batch.over = True
            self._batches.discard(batch)
            self._lines.drop(lambda errand: errand.batch.over)
            watches = [errand.watch for errand in self._flying if errand.batch is batch and errand.watch]
            self._change.notify_all()
        for watch in watches:
            watch.cut()

    def _forget(self, batch: _Batch) -> None:
        """Drop replies that nobody took."""
        with suppress(Empty):
            while True:
                self._taken(batch, *batch.replies.get_nowait())

    # Who may leave: workers hand on when they are done, one thread watches the clock.

    def _dispatch(self) -> None:
        with self._change:
            while self._batches or self._flying:
                self._hand_out()
                self._change.wait(None if self._full() else self._lines.wait(self._clock()))
            for _ in range(self._threads):
                self._ready.put(None)
            self._threads, self._dispatching = 0, False
            self._lines.forget(self._clock())

    def _hand_out(self) -> None:
        while not self._full() and (errand := self._lines.take(self._clock())):
            self._flying.add(errand)
            self._ready.put(errand)
            if self._threads < len(self._flying):
                self._threads += 1
                Thread(target=self._work, name="jernih-web", daemon=True).start()

    def _full(self) -> bool:
        return len(self._flying) >= self._workers or self._waiting_bytes >= WAITING_BYTES

    def _work(self) -> None:
        while (errand := self._ready.get()) is not None:
            self._step(errand)

    # One step of one errand: one request at most.

    def _step(self, errand: _Errand) -> None:
        host, errand.watch = errand.host, None
        try:
            reply = self._stepped(errand)
        except Trouble as trouble:
            reply = self._failed(errand.request, errand.started, trouble)
        except Exception as fault:  # a worker that died would leave its batch waiting for ever
            unexpected = Trouble("protocol", f"unexpected {type(fault).__name__}: {fault}")
            reply = self._failed(errand.request, errand.started, unexpected)
        with self._change:
            self._flying.discard(errand)
            self._lines.free(host, self._clock() + (self._apart(errand) if errand.watch else 0.0))
            if reply is not None:
                self._deliver(errand, reply)
            elif not errand.batch.over:
                self._lines.add(errand.host, errand, first=True)
            self._hand_out()
            self._change.notify_all()

    def _stepped(self, errand: _Errand) -> Reply | None:
        """The reply, or None where another request is needed first."""
        if held := self._lines.held(errand.host, self._clock()):
            return self._failed(errand.request, errand.started, held[1], held[0])
        if errand.asking is None and self._rules(errand) is None:
            errand.asking = _Trip(errand.trip.url.copy_with(raw_path=ROBOTS.encode()), self._deadline)
        if errand.asking is not None:
            self._ask(errand, errand.asking)
            return None
        rules = self._rules(errand) or robots.Rules()
        if rules.code:
            raise Trouble(rules.code, rules.cause)
        if not rules.allows(str(errand.trip.url)):
            raise Trouble("robots", f"robots.txt of {origin(errand.trip.url)} forbids {errand.trip.url.path[:200]}")
        return self._visit(errand, errand.trip)

    def _rules(self, errand: _Errand) -> robots.Rules | None:
        if errand.request.robots_exception:
            return robots.Rules()
        return self._sites.get(origin(errand.trip.url), self._clock())

    def _ask(self, errand: _Errand, asking: _Trip) -> None:
        """One hop towards robots.txt. More than five redirects mean that there is none (RFC 9309 2.3.1.2)."""
        try:
            answer = self._hop(errand, asking, {}, robots.SIZE, cut=True)
            if answer.location and len(asking.behind) < HOPS:
                asking.follow(answer)
                return
            rules = robots.answered(answer.status, answer.body)
        except Trouble as trouble:
            if trouble.code == "stopped":
                raise
            rules = robots.failed(trouble.code, trouble.cause)
        for site in {origin(errand.trip.url)} | ({origin(asking.url)} if asking.url.path == ROBOTS else set()):
            self._sites.put(site, rules, self._clock())
        errand.asking = None
        if rules.code:
            raise Trouble(rules.code, rules.cause)

    def _visit(self, errand: _Errand, trip: _Trip) -> Reply | None:
        request = errand.request
        known = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
        answer = self._hop(errand, trip, known, BODY)
        if answer.location:
            trip.follow(answer)
            return None
        self._heed(errand.host, answer)
        return Reply(
            request=request,
            started=errand.started or self._now(),
            ended=self._now(),
            status=answer.status,
            final_url=str(trip.url),
            headers=answer.headers,
            body=answer.body,
            permanent=trip.permanent,
        )

    def _hop(self, errand: _Errand, trip: _Trip, known: dict[str, str], limit: int, cut: bool = False) -> Answer:
        begun, host = self._clock(), trip.url.host
        errand.started = errand.started or self._now()
        errand.watch = watch = Watch(trip.left, limit, self._clock)
        if errand.batch.over:
            watch.cut()
        try:
            request = httpx.Request("GET", trip.url, headers=headers(self._agent, known))
            answer = exchange(self._transport, request, watch, limit=limit, cut=cut, turns=self._turns)
        except Trouble as trouble:
            if trouble.code in SILENT:
                with self._change:
                    self._lines.missed(host, self._clock(), Trouble(trouble.code, trouble.cause))
            raise
        finally:
            trip.left -= self._clock() - begun
        self._lines.answered(host)
        return answer

    def _heed(self, host: str, answer: Answer) -> None:
        """A host that asks us to wait is left alone by all of its errands."""
        wait = retry_after(answer.headers, self._now()).total_seconds()
        if wait and answer.status in ASKS_TO_WAIT:
            with self._change:
                self._lines.hold(host, self._clock() + wait, Trouble("held", f"{host} asked to wait {wait:.0f} s"))

    def _apart(self, errand: _Errand) -> float:
        """Seconds between two requests of this errand's host."""
        rules = self._rules(errand)
        return max(self._gap, rules.delay if rules else 0.0) * (1 + self._rng.uniform(*JITTER))

    def _deliver(self, errand: _Errand, reply: Reply) -> None:
        if not errand.batch.over:
            self._waiting_bytes += len(reply.body)
            errand.batch.replies.put((errand.number, reply))

    def _failed(self, request: Request, started: datetime | None, trouble: Trouble, wait: float = 0.0) -> Reply:
        now = self._now()
        told = {"retry-after": str(ceil(wait))} if trouble.code == "held" else {}
        return Reply(request, started or now, now, headers=told, error=trouble.code, cause=trouble.cause)
