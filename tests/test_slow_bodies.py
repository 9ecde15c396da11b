"""A body that trickles in holds a place at the desk only for so long, whoever sends it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor import desk as pages
from monitor.desk import adapter
from monitor.store import Store
from tests import made_city


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    yield held
    held.close()


def sent(app: Any, path: str, kind: str, start: bytes, cookie: str = "") -> tuple[int, dict[bytes, bytes], str]:
    """What a client gets that sends a beginning and then nothing more, without closing the line."""
    told: list[Any] = []

    async def ask() -> None:
        parts = iter([{"type": "http.request", "body": start, "more_body": True}])

        async def receive() -> Any:
            found = next(parts, None)
            return found if found else await asyncio.Event().wait()

        async def send(message: Any) -> None:
            told.append(message)

        headers = [(b"host", b"127.0.0.1:8765"), (b"origin", b"http://127.0.0.1:8765"),
                   (b"content-type", kind.encode()), *([(b"cookie", cookie.encode())] if cookie else [])]
        await app({"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"",
                   "headers": headers, "client": ("127.0.0.1", 5), "scheme": "http", "server": ("127.0.0.1", 8765),
                   "root_path": "", "http_version": "1.1"}, receive, send)  # fmt: skip

    asyncio.run(asyncio.wait_for(ask(), 60))
    return told[0]["status"], dict(told[0]["headers"]), b"".join(one.get("body", b"") for one in told[1:]).decode()


@pytest.mark.parametrize("path, kind, start", [
    ("/masuk", "application/x-www-form-urlencoded", b"nama=sari&san"),
    ("/masuk", "multipart/form-data; boundary=xx", b"--xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx"),
    ("/isu/1/bukti", "multipart/form-data; boundary=xx", b"--xx\r\nContent-Dispo"),
])  # fmt: skip
def test_a_body_that_never_ends_is_cut_off(store: Store, monkeypatch: pytest.MonkeyPatch, path: str, kind: str,
                                           start: bytes) -> None:
    monkeypatch.setattr(adapter, "FORM_SECONDS", 0.05)
    status, headers, page = sent(pages.app(made_city.desk(store)), path, kind, start)
    assert status == 408
    assert headers[b"connection"] == b"close"
    assert "terlalu lambat" in page


def test_whoever_may_hand_in_files_has_longer(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "FORM_SECONDS", 3600.0)
    monkeypatch.setattr(adapter, "FILE_SECONDS", 0.05)
    cookie = f"sesi={made_city.logged_in(store)}"
    start = b"--xx\r\nContent-Disposition: form-data; name=\"berkas\"; filename=\"a.png\"\r\n\r\n\x89PNG"
    kind = "multipart/form-data; boundary=xx"
    assert sent(pages.app(made_city.desk(store)), "/isu/1/bukti", kind, start, cookie)[0] == 408
    assert adapter.FORM_SECONDS == 3600.0
