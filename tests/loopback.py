"""A scripted server on loopback for tests of the web door: it answers with bytes, however wrong they are."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress

Script = Callable[[socket.socket, bytes], None]


class Loopback:
    """`with Loopback(script) as server:` calls `script(connection, head)` for each request; `heads` keeps them."""

    def __init__(self, script: Script | bytes, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self._script = (lambda sock, head: sock.sendall(script)) if isinstance(script, bytes) else script
        self._tls = tls
        self.heads: list[bytes] = []
        self.times: list[float] = []
        self._sock = socket.create_server((host, 0), backlog=64)
        self.host, self.port = host, self._sock.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept)]

    def url(self, path: str = "/", host: str = "") -> str:
        return f"http{'s' if self._tls else ''}://{host or self.host}:{self.port}{path}"

    def __enter__(self) -> "Loopback":
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RDWR)  # wakes accept
        for thread in self._threads:
            thread.join(10)
        self._sock.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._sock.accept()
                thread = threading.Thread(target=self._serve, args=(connection,))
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(5)
            sock = self._tls.wrap_socket(connection, server_side=True) if self._tls else connection
            with sock:
                self._answer(sock)

    def _answer(self, sock: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            data = sock.recv(65536)
            if not data:
                return
            head += data
        self.times.append(time.monotonic())
        self.heads.append(head)
        self._script(sock, head)


def dripping(first: bytes, piece: bytes, every: float, most: int = 400) -> Script:
    """Send `first`, then `piece` again and again, until the other side leaves (`most` times)."""

    def script(sock: socket.socket, head: bytes) -> None:
        sock.sendall(first)
        for _ in range(most):
            sock.sendall(piece)
            time.sleep(every)

    return script


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A well-formed answer; header names are written with _ for -."""
    fields = {"Content_Type": "application/rss+xml", "Content_Length": str(len(body))} | headers
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items() if value != "-")
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def routes(table: dict[str, bytes | Script], otherwise: bytes = b"") -> Script:
    """Answer by path; robots.txt is missing unless the table has it."""

    def script(sock: socket.socket, head: bytes) -> None:
        path = head.split(b" ")[1].decode("latin-1")
        found = table.get(path, otherwise or answer(b"", "404 Not Found"))
        sock.sendall(found) if isinstance(found, bytes) else found(sock, head)

    return script
