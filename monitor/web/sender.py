"""Body + channel -> Sent: the client that sends, to the exact scheme, host and port of a configured channel only.

What it cannot know it says: once a byte of the request went out and no answer came, the outcome is "tidak pasti",
and only a person decides about sending again. Causes name the host alone, since paths and headers may hold secrets.
"""

import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import httpx

from monitor.fetches import OUTCOMES, retry_after
from monitor.web.collector import Net
from monitor.web.exchange import MIB, begin, finish
from monitor.web.guard import Guard, numeric, port, spelled
from monitor.web.limits import Trouble, Watch
from monitor.web.wire import Lookup, Resolver, Wire, getaddrinfo

PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7")
ANSWER = MIB
NEVER_SENT = frozenset(("spelling", "port", "address", "dns", "tls", "proxy"))

SENTENCES = {
    "terkirim": "",
    "ditolak": "Kanal {name} menolak kiriman ini (kode {status}). Periksa pengaturan kanalnya, lalu kirim lagi.",
    "ditunda": "Kanal {name} meminta menunggu (kode {status}). Jernih mencoba lagi sendiri.",
    "gagal": "Kanal {name} tidak dapat dihubungi, dan kiriman ini belum keluar. {why}",
    "tidak pasti": "Kiriman ke kanal {name} mungkin sudah diterima, tetapi jawabannya tidak sampai. Lihat dahulu di "
    "kanalnya; kirim ulang hanya bila memang belum ada.",
}


@dataclass(frozen=True, slots=True)
class Channel:
    """Where the sender may go: `url` gives scheme, host and port (and a path that every request begins with).

    https only, unless `private`: such a channel lies in the office's own network, at the one address `pin`, or ("") at
    the first one met for as long as the program runs.
    """

    name: str
    url: str
    private: bool = False
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one sending. `outcome` is terkirim, ditolak, ditunda, gagal or tidak pasti; times are aware UTC.

    `retry` says that sending again by itself is safe and may help, not before `wait` seconds.
    """

    channel: str
    started: datetime
    ended: datetime
    outcome: str
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    cause: str = ""
    sentence: str = ""
    retry: bool = False
    wait: float = 0.0


class Sender:
    """Sends to channels, by name. Raises ValueError for a channel that is none and for an unknown name.

    `deadline` in seconds over everything; no redirects; at most 1 MiB of the answer is read. `transport` replaces the
    network whole, `lookup` the resolver, `context` the TLS authorities.
    """

    def __init__(
        self,
        channels: Iterable[Channel],
        network: Net,
        *,
        transport: httpx.BaseTransport | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        deadline: float = 30.0,
        own_ports: Iterable[int] = (8765, 8766),
        lookup: Lookup = getaddrinfo,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._clock, self._now, self._deadline = clock, now, deadline
        self._own_ports = frozenset(own_ports)
        resolver = Resolver(lookup)
        self._bases = {channel.name: _base(channel) for channel in channels}
        self._wires: dict[str, httpx.BaseTransport] = {
            channel.name: transport
            or Wire(self._judge(channel), resolver, "" if channel.private else network.proxy, context)
            for channel in channels
        }

    def send(
        self, channel: str, path: str = "", *, method: str = "POST", headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Sent:  # fmt: skip
        """One request to `path` (with its query) below the channel's address; never raised, never tried twice."""
        if channel not in self._bases:
            raise ValueError(f"no channel {channel!r}")
        started, watch = self._now(), Watch(self._deadline, ANSWER, self._clock)
        try:
            request = _request(method, _target(self._bases[channel], path), headers or {}, body)
            response = begin(self._wires[channel], request, watch)
        except Trouble as trouble:
            return self._unanswered(channel, started, trouble, watch)
        return self._answered(channel, started, response, watch)

    def _answered(self, channel: str, started: datetime, response: httpx.Response, watch: Watch) -> Sent:
        """A status says what became of it, even where the rest of the answer is broken."""
        headers, body, cause = {}, b"", ""
        try:
            answer = finish(response, watch, limit=ANSWER, cut=True)
            headers, body = answer.headers, answer.body
        except Trouble as trouble:
            cause = f"HTTP {response.status_code}, but: {trouble.cause}"
        finally:
            response.close()
        wait = retry_after(headers, self._now()).total_seconds()
        outcome = _outcome(response.status_code, wait)
        return Sent(
            channel=channel,
            started=started,
            ended=self._now(),
            outcome=outcome,
            status=response.status_code,
            headers=headers,
            body=body,
            cause=cause or ("" if outcome == "terkirim" else f"HTTP {response.status_code}"),
            sentence=SENTENCES[outcome].format(name=channel, status=response.status_code),
            retry=outcome == "ditunda",
            wait=wait,
        )

    def _unanswered(self, channel: str, started: datetime, trouble: Trouble, watch: Watch) -> Sent:
        outcome = "gagal" if trouble.code in NEVER_SENT or not watch.wrote else "tidak pasti"
        why = OUTCOMES[trouble.code]
        again = outcome == "gagal" and not why.hard
        advice = "Aman untuk dikirim lagi." if again else f"Periksa pengaturan kanal ini ({why.term})."
        return Sent(
            channel=channel,
            started=started,
            ended=self._now(),
            outcome=outcome,
            cause=trouble.cause,
            sentence=SENTENCES[outcome].format(name=channel, why=advice),
            retry=again,
        )

    def _judge(self, channel: Channel) -> Callable[[str, int], None]:
        """Judges the connected address of this channel: public ones, or the one private address it is pinned to."""
        base, guard = _base(channel), Guard(PRIVATE if channel.private else ())
        pinned = {str(numeric(channel.pin))} if channel.pin else set[str]()

        def judge(host: str, at: int) -> None:
            guard.judge_network(host)
            address = str(numeric(host))
            if at != port(base) or at in self._own_ports:
                raise Trouble("port", f"port {at} is not this channel's")
            if channel.private and not pinned:
                pinned.add(address)
            if channel.private and address not in pinned:
                raise Trouble("address", f"{base.host} is pinned to {', '.join(pinned)}, but is now at {address}")

        return judge


def _base(channel: Channel) -> httpx.URL:
    try:
        url = spelled(channel.url)
    except Trouble as trouble:
        raise ValueError(f"channel {channel.name}: {trouble.cause}") from None
    if url.scheme != "https" and not channel.private:
        raise ValueError(f"channel {channel.name}: https is needed outside of the office's own network")
    if url.query:
        raise ValueError(f"channel {channel.name}: an address with a query")
    return url


def _target(base: httpx.URL, path: str) -> httpx.URL:
    """The channel's address with `path` appended as it is: nothing in it can change scheme, host or port."""
    try:
        whole = base.raw_path.rstrip(b"/") + b"/" + path.lstrip("/").encode("ascii") if path else base.raw_path
        if not whole.decode("ascii").isprintable() or b" " in whole or b"#" in whole:
            raise ValueError("a path with spaces or control characters")
        return base.copy_with(raw_path=whole)
    except (ValueError, httpx.InvalidURL):
        raise Trouble("spelling", f"a path that {base.host} cannot be asked for") from None


def _request(method: str, url: httpx.URL, headers: Mapping[str, str], body: bytes) -> httpx.Request:
    ours = {name: value for name, value in headers.items() if name.lower() not in ("host", "connection")}
    try:
        given = {"Accept-Encoding": "gzip"} | ours | {"Connection": "close"}
        return httpx.Request(method, url, headers=given, content=body)
    except ValueError:
        raise Trouble("spelling", f"a header that {url.host} cannot be sent") from None


def _outcome(status: int, wait: float) -> str:
    """2xx was received; a 5xx may have been, except for a 503 that says when to come again."""
    if 200 <= status < 300:
        return "terkirim"
    if status == 429 or (status == 503 and wait):
        return "ditunda"
    return "ditolak" if status < 500 and status != 408 else "tidak pasti"
