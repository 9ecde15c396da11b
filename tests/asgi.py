"""An ASGI app in place of a server: the same httpx answers, without a port."""

import asyncio
from typing import Any

import httpx


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

    async def _asked(self, method: str, path: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=self.base_url, cookies=self.cookies) as client:
            answer = await client.request(method, path, **more)
            self.cookies = client.cookies
            return answer
