"""An ASGI app in place of a server: the same httpx answers, without a port."""

import asyncio
import re
from typing import Any

import httpx

SIGN = re.compile(r'name="tanda" value="([0-9a-f]{40})"')


class Client:
    """Asks an app as a browser on this machine would; keeps cookies, follows nothing."""

    def __init__(self, app: Any, base_url: str = "http://127.0.0.1:8765") -> None:
        self.app, self.base_url, self.cookies = app, base_url, httpx.Cookies()

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._asked(method, path, **more))

    def send(self, path: str, data: dict[str, str] | None = None, **more: Any) -> httpx.Response:
        """Sends a form as a page of ours would: with its sign, from its own address."""
        headers = {"origin": self.base_url, **more.pop("headers", {})}
        return self.post(path, data={"tanda": self.sign(), **(data or {})}, headers=headers, **more)

    def sign(self) -> str:
        """The sign that this browser's forms carry now."""
        found = SIGN.search(self.get("/akun").text) or SIGN.search(self.get("/masuk").text)
        assert found, "no page gave this browser a sign"
        return found[1]

    async def _asked(self, method: str, path: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=self.base_url, cookies=self.cookies) as client:
            answer = await client.request(method, path, **more)
            self.cookies = client.cookies
            return answer
