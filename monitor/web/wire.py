"""Request -> socket -> Response: httpcore's network side, where every connected address is judged.

One connection a request, closed after it: a pool scans all of its connections at each event (94 feeds/s against 479).
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import Any

import certifi
import httpcore
import httpx

from monitor.web.guard import numeric
from monitor.web.limits import Trouble, Watch

Lookup = Callable[[str, int], list[str]]
Judge = Callable[[str, int], None]  # raises Trouble where a numeric address and port must not be connected to
LOOKUPS = 100  # resolver calls that may hang at once; they cannot be interrupted, only left alone
MOST_ADDRESSES = 6
ONE_ADDRESS = 5.0  # seconds for one address while others are left to try


@cache
def tls_context() -> ssl.SSLContext:
    """Verifies against the machine's own authorities and certifi's; made once, at the first https address."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


def getaddrinfo(host: str, port: int) -> list[str]:
    """The system resolver's numeric addresses, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class Resolver:
    """name -> numeric addresses, in a thread of its own that is left alone when the deadline passes."""

    def __init__(self, lookup: Lookup = getaddrinfo, most: int = LOOKUPS) -> None:
        self._lookup = lookup
        self._slots = BoundedSemaphore(most)

    def __call__(self, host: str, port: int, watch: Watch) -> list[str]:
        try:
            return [str(numeric(host))]
        except Trouble:
            return self._resolved(host, port, watch)

    def _resolved(self, host: str, port: int, watch: Watch) -> list[str]:
        if not self._slots.acquire(timeout=watch.left()):
            raise Trouble("dns", f"{host}: {LOOKUPS} earlier look-ups still hang")
        answer: SimpleQueue[list[str] | Exception] = SimpleQueue()
        Thread(target=self._ask, args=(host, port, answer), name="jernih-dns", daemon=True).start()
        try:
            found = answer.get(timeout=watch.left())
        except Empty:
            raise Trouble("dns", f"{host}: the resolver gave no answer in time") from None
        if isinstance(found, Exception) or not found:
            raise Trouble("dns", f"{host}: {found or 'no address'}")
        return found

    def _ask(self, host: str, port: int, answer: "SimpleQueue[list[str] | Exception]") -> None:
        try:
            answer.put(self._lookup(host, port))
        except (OSError, ValueError) as fault:
            answer.put(fault)
        finally:
            self._slots.release()


class Stream(httpcore.NetworkStream):
    """A connected socket under a Watch: no call outlasts the deadline, however slowly its bytes drip."""

    def __init__(self, sock: socket.socket, watch: Watch) -> None:
        self._sock, self._watch = sock, watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._sock.settimeout(self._watch.left())
        try:
            data = self._sock.recv(max_bytes)
        except TimeoutError:
            self._watch.left()
            raise Trouble("timeout", "no answer in time") from None
        except OSError as fault:
            raise httpcore.ReadError(str(fault)) from fault
        self._watch.took(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._watch.wrote = True
        try:
            while buffer:
                self._sock.settimeout(self._watch.left())
                buffer = buffer[self._sock.send(buffer) :]
        except TimeoutError:
            raise Trouble("timeout", "the request was not taken in time") from None
        except OSError as fault:
            raise httpcore.WriteError(str(fault)) from fault

    def close(self) -> None:
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            self._watch.wrote = False  # what went out before was a proxy's CONNECT
            self._sock = ssl_context.wrap_socket(
                self._sock, server_hostname=server_hostname, do_handshake_on_connect=False
            )
            self._watch.holds(self._sock)
            self._sock.settimeout(self._watch.left())
            self._sock.do_handshake()
        except TimeoutError:
            self.close()
            raise Trouble("timeout", "the TLS handshake did not finish in time") from None
        except OSError as fault:
            self.close()
            broken = isinstance(fault, ssl.SSLError) and not isinstance(fault, ssl.SSLEOFError)
            raise Trouble("tls" if broken else "connect", f"{server_hostname}: {fault}") from fault
        except BaseException:
            self.close()
            raise
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return self._sock if isinstance(self._sock, ssl.SSLSocket) else None
        return {"client_addr": self._sock.getsockname, "server_addr": self._sock.getpeername}.get(info, lambda: None)()


class Backend(httpcore.NetworkBackend):
    """Resolves a name once, and connects to an address that `judge` lets pass: to that one, not to the name."""

    def __init__(self, judge: Judge, resolver: Resolver, watch: Watch) -> None:
        self._judge, self._resolver, self._watch = judge, resolver, watch

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self.passed(self._resolver(host, port, self._watch)[:MOST_ADDRESSES], port)
        for index, address in enumerate(addresses):
            try:
                return self._connected(address, port, last=index + 1 == len(addresses))
            except OSError as fault:
                trouble = Trouble("connect", f"{host} ({address}) port {port}: {fault or 'no answer in time'}")
        raise trouble

    def passed(self, addresses: list[str], port: int) -> list[str]:
        """Those that may be connected to; Trouble where that is none of them."""
        passed, refused = [], None
        for address in addresses:
            try:
                self._judge(address, port)
                passed.append(address)
            except Trouble as trouble:
                refused = refused or trouble
        if not passed and refused:
            raise refused
        return passed

    def _connected(self, address: str, port: int, last: bool) -> Stream:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            self._watch.holds(sock)
            sock.settimeout(self._watch.left() if last else min(ONE_ADDRESS, self._watch.left()))
            sock.connect((address, port))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._judge(sock.getpeername()[0], port)
        except BaseException:
            sock.close()
            raise
        return Stream(sock, self._watch)


class Wire(httpx.BaseTransport):
    """httpx's transport over one guarded connection a request; the Watch travels in `extensions["watch"]`.

    With `proxy` the connection goes to the proxy's address alone, which the operator configured; the target's name is
    still resolved and judged first, and the proxy must enforce the rest.
    """

    def __init__(
        self, judge: Judge, resolver: Resolver | None = None, proxy: str = "", context: ssl.SSLContext | None = None
    ) -> None:
        if context is not None and not (context.verify_mode == ssl.CERT_REQUIRED and context.check_hostname):
            raise ValueError("a TLS context that does not verify")
        self._judge = judge
        self._resolver = resolver or Resolver()
        self._proxy = httpx.Proxy(proxy) if proxy else None
        if self._proxy and self._proxy.url.scheme != "http":
            raise ValueError(f"a proxy of the scheme {self._proxy.url.scheme}: only http is supported")
        self._context = context

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        watch: Watch = request.extensions["watch"]
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        core = httpcore.Request(request.method, url, headers=request.headers.raw, content=request.content)
        connection = self._proxied(url, self._proxy, watch) if self._proxy else self._direct(url, watch)
        try:
            response = connection.handle_request(core)
        except BaseException:
            connection.close()
            raise
        return httpx.Response(response.status, headers=response.headers, stream=_Body(response, connection))

    def _direct(self, url: httpcore.URL, watch: Watch) -> httpcore.HTTPConnection:
        context = self._tls() if url.scheme == b"https" else None
        return httpcore.HTTPConnection(
            url.origin, ssl_context=context, network_backend=Backend(self._judge, self._resolver, watch)
        )

    def _proxied(self, url: httpcore.URL, proxy: httpx.Proxy, watch: Watch) -> httpcore.HTTPProxy:
        host, port = url.origin.host.decode("ascii"), url.origin.port
        Backend(self._judge, self._resolver, watch).passed(self._resolver(host, port, watch), port)
        return httpcore.HTTPProxy(
            proxy_url=str(proxy.url),
            proxy_auth=proxy.raw_auth,
            ssl_context=self._tls() if url.scheme == b"https" else None,
            network_backend=_ProxyBackend(_anywhere, self._resolver, watch),
        )

    def _tls(self) -> ssl.SSLContext:
        # Made once: loading the authorities costs milliseconds and half a megabyte a time. A race makes one too many.
        if self._context is None:
            self._context = tls_context()
        return self._context


def _anywhere(host: str, port: int) -> None:
    """The proxy is where the operator put it."""


class _ProxyBackend(Backend):
    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            return super().connect_tcp(host, port, timeout, local_address, socket_options)
        except Trouble as trouble:
            code = "proxy" if trouble.code in ("dns", "connect") else trouble.code
            raise Trouble(code, f"the proxy: {trouble.cause}") from trouble


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response, connection: httpcore.HTTPConnection | httpcore.HTTPProxy) -> None:
        self._response, self._connection = response, connection

    def __iter__(self) -> Iterator[bytes]:
        stream = self._response.stream
        assert not isinstance(stream, bytes)
        yield from stream  # type: ignore[misc]

    def close(self) -> None:
        self._response.close()
        self._connection.close()
