"""What waits in the outbox -> channels: an outlet that follows the settings in force, asked every few seconds."""

from collections.abc import Callable
from datetime import datetime
from threading import Event

from monitor import mail, web
from monitor.daemon.secret import Secrets
from monitor.digests import Digest
from monitor.mail import Letter, Sent, Server
from monitor.pipeline import answers, sending
from monitor.pipeline.sending import Outlet
from monitor.sources import Settings
from monitor.store import Store

# Less than the daemon waits for its jobs when it ends: a sending that is cut off then leaves a doubt behind.
SECONDS = 12.0


class Deliverer:
    """Sends what is due. Only the process that holds the leader's lock may call it. `own_ports` are the desk's, which
    no channel may point at."""

    def __init__(self, store: Store, settings: Callable[[], Settings], secret: Secrets, now: Callable[[], datetime],
                 stop: Event, own_ports: tuple[int, ...], region: Callable[[str], str],
                 named: Callable[[Digest], dict[str, str]]) -> None:
        self._store, self._wish, self._secret, self._now, self._stop = store, settings, secret, now, stop
        self._own_ports, self._region, self._named = own_ports, region, named
        self._rests: dict[str, float] = {}
        self._outlet = self._opened(settings())

    def __call__(self) -> None:
        self.send()

    def send(self) -> int:
        """One round over what is due; how many tries were made."""
        wish = self._wish()
        if wish is not self._outlet.settings:
            self._outlet = self._opened(wish)
        return sending.send_due(self._outlet, self._now, self._stop)

    def _opened(self, wish: Settings) -> Outlet:
        site = answers.site(wish, wish.public.url, self._region)

        def sender(channel: web.Channel) -> web.Sender:
            return web.Sender([channel], wish.network, deadline=SECONDS, own_ports=self._own_ports)

        return Outlet(wish, self._store, site, self._secret, sender, posted, self._named, rests=self._rests)


def posted(server: Server, letter: Letter, domain: str) -> Sent:
    """A letter through the mail door."""
    return mail.send(server, letter, deadline=SECONDS, id_domain=domain)
