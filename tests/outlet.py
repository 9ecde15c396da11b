"""An office with channels: real servers on loopback, and an outlet that sends to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

from monitor import mail, web
from monitor.deliveries import Delivery
from monitor.pipeline import answers, sending
from monitor.pipeline.sending import Outlet
from monitor.posts import Post
from monitor.sources import Network
from tests.channels import SECRETS, Hook, Shop, Telegram, WordPress, patience
from tests.channels import Post as Mailbox
from tests.office import FEEDS, Office
from tests.people import ANI, RINI
from tests.published import TEXT


class Door(web.Sender):
    """A sender that waits long, except for an answer that the shop will not give."""

    def __init__(self, channel: web.Channel, shop: Shop | None) -> None:
        super().__init__([channel], Network(), own_ports=())
        self._shop = shop

    def send(self, *told: Any, **more: Any) -> web.Sent:
        self._deadline = patience(self._shop.tricks if self._shop else [])
        return super().send(*told, **more)


class Outbox(Office):
    """The office with its channels; `only` names those that stand in feeds.toml."""

    def __init__(self, home: Path, only: str = "WTPM", digest: str = "") -> None:
        self.wordpress, self.telegram, self.hook, self.mail = WordPress(), Telegram(), Hook(), Mailbox()
        self.mail.__enter__()
        tables = {
            "W": _channel("Situs Kota", "wordpress", self.wordpress.url, "WORDPRESS", 'user = "jernih"'),
            "T": _channel("Telegram Kota", "telegram", self.telegram.url, "TELEGRAM", 'target = "@kotacontoh"'),
            "P": _channel("Papan", "webhook", f"{self.hook.url}/masuk", "PAPAN"),
            "M": '[[channel]]\nname = "Milis"\nkind = "mail"\ntarget = "milis@kota.example"\n',
        }
        more = ('[public]\nurl = "https://klarifikasi.kota.example"\n'
                f'[notices]\nsmtp = "127.0.0.1"\nport = {self.mail.port}\nsecurity = "tanpa"\n'
                'mail_from = "jernih@kota.example"\nto = ["piket@kota.example"]\n' + digest
                + "".join(tables[one] for one in only))
        self.text = FEEDS + more
        super().__init__(home, more)
        for shop in (self.wordpress, self.telegram, self.hook):
            shop.__enter__()
        self.outlet = self.opened()

    def opened(self) -> Outlet:
        """An outlet as a fresh process would open it."""
        site = answers.site(self.settings, self.settings.public.url, str)
        return Outlet(self.settings, self.store, site, lambda name: SECRETS.get(name, ""), self.door, self.letters)

    def door(self, channel: web.Channel) -> Door:
        shops = (self.wordpress, self.telegram, self.hook)
        return Door(channel, next((one for one in shops if channel.url.startswith(one.url)), None))

    def letters(self, server: mail.Server, letter: mail.Letter, domain: str) -> mail.Sent:
        seconds = patience(self.mail.tricks)
        return mail.send(server, letter, timeout=seconds, deadline=2 * seconds, id_domain=domain)

    def close(self) -> None:
        for shop in (self.wordpress, self.telegram, self.hook):
            shop.__exit__()
        self.mail.__exit__()
        super().close()

    def rounds(self, most: int = 40) -> None:
        """Sends until nothing is due any more, however long the pauses: the clock goes on."""
        for _ in range(most):
            sending.send_due(self.outlet, lambda: self.now, Event())
            self.outlet.rests.clear()
            if not self.rows("menunggu", "mengirim"):
                return
            self.now += timedelta(hours=7)

    def once(self) -> None:
        sending.send_due(self.outlet, lambda: self.now, Event())

    def rows(self, *states: str) -> list[Delivery]:
        with self.store.read() as tx:
            return sorted(tx.deliveries(*states), key=lambda one: one.id)

    def states(self) -> dict[str, str]:
        """The state of the newest delivery of each channel."""
        return {one.channel: one.state for one in self.rows()}

    def correct(self, one: int, reason: str = "jabatan narasumber keliru", **changes: object) -> Post:
        text = replace(TEXT, **{"speaker": "KPU Kota Contoh: Sari Dewi, ketua divisi", **changes})  # type: ignore[arg-type]
        answers.propose_correction(self.house, one, ANI, text, reason, self.later())
        made = answers.sign_proposal(self.house, one, RINI, self.later())
        assert isinstance(made, Post), made
        return made

    def withdraw(self, one: int, reason: str = "hasilnya dibuka lagi") -> Post:
        answers.propose_withdrawal(self.house, one, ANI, reason, self.later())
        made = answers.sign_proposal(self.house, one, RINI, self.later())
        assert isinstance(made, Post), made
        return made


def _channel(name: str, kind: str, url: str, secret: str, more: str = "") -> str:
    return (f'[[channel]]\nname = "{name}"\nkind = "{kind}"\nurl = "{url}"\nprivate = true\npin = "127.0.0.1"\n'
            f'secret = "JERNIH_SANDI_{secret}"\n{more}\n')


@contextmanager
def outbox(home: Path, only: str = "WTPM", digest: str = "") -> Iterator[Outbox]:
    made = Outbox(home, only, digest)
    try:
        yield made
    finally:
        made.close()
