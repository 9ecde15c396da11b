"""An app on a port: uvicorn in a thread of its own, on a socket that was opened before."""

import errno
import socket
import threading
from ipaddress import ip_address

import uvicorn
from starlette.types import ASGIApp

STOP_SECONDS = 3


class DeskError(Exception):
    """The desk cannot open. `sentence` is Indonesian and names the repair, `code` the exit code."""

    def __init__(self, cause: str, sentence: str, code: int = 2) -> None:
        super().__init__(cause)
        self.sentence, self.code = sentence, code


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on an address of this machine."""
    try:
        address = ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError as error:
        raise DeskError(f"not an address: {host!r}", f"“{host}” bukan alamat IP. Tulis host = \"127.0.0.1\" pada "
                        "[desk] di feeds.toml.") from error
    return _bound(str(address), port)


def _bound(host: str, port: int) -> socket.socket:
    opened = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        raise _refused(host, port, error) from error
    return opened


def _refused(host: str, port: int, error: OSError) -> DeskError:
    if error.errno == errno.EADDRINUSE:
        return DeskError(f"{host}:{port} is in use", f"Port {port} sudah dipakai program lain. Lihat pemakainya: "
                         f"ss -ltnp 'sport = :{port}'. Atau pilih port lain: port dan metrics_port pada [desk] di "
                         f"feeds.toml; untuk meja juga jernih run --port {port + 100}", 1)
    if error.errno == errno.EACCES:
        return DeskError(f"{host}:{port}: no right", f"Port {port} hanya boleh dibuka oleh root. "
                         "Pakai port di atas 1023: jernih run --port 8765")
    return DeskError(f"{host}:{port}: {error}", f"Alamat {host}:{port} tidak dapat dibuka: {error.strerror}. "
                     "Periksa host dan port pada [desk] di feeds.toml.")


class Server:
    """Serves `app` on `opened` in a thread from `start` to `stop`."""

    def __init__(self, app: ASGIApp, opened: socket.socket) -> None:
        config = uvicorn.Config(app, lifespan="off", proxy_headers=False, server_header=False, access_log=False,
                                log_config=None, ws="none", limit_concurrency=200, timeout_keep_alive=15,
                                timeout_graceful_shutdown=STOP_SECONDS, http="h11", loop="asyncio")
        self.uvicorn, self.opened = uvicorn.Server(config), opened
        self.thread = threading.Thread(target=self.uvicorn.run, kwargs={"sockets": [opened]}, name="meja", daemon=True)

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        host, port = self.opened.getsockname()[:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    @property
    def alive(self) -> bool:
        return self.thread.is_alive()

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """Lets requests that are under way end, for STOP_SECONDS at most."""
        self.uvicorn.should_exit = True
        self.thread.join(STOP_SECONDS + 1)
        self.opened.close()
