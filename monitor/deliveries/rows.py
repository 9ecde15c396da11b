"""What a delivery is made of: its row and acts, and what goes out and comes back at a channel."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import reduce
from uuid import NAMESPACE_URL, uuid5

MENUNGGU, MENGIRIM, TERKIRIM = "menunggu", "mengirim", "terkirim"
GAGAL, TIDAK_PASTI, BATAL = "gagal", "tidak pasti", "batal"
STATES = (MENUNGGU, MENGIRIM, TERKIRIM, GAGAL, TIDAK_PASTI, BATAL)
WORDPRESS, TELEGRAM, WEBHOOK, MAIL = "wordpress", "telegram", "webhook", "mail"
LAPORAN = "laporan"
BARU, UBAH, BALAS = "baru", "ubah", "balas"
ULANGI = "ulangi"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One edition on its way to one channel (pengiriman). A row; `key` names it once and for all (the webhook's
    idempotency key), `act` is terbitkan, koreksi, tarik or laporan. Of a publication `clarification`, `post` and
    `edition` say which; of a digest `report` is its Edition and the rest 0.

    The projection of its DeliveryActs: `state`, `tries` since a person last decided, `due` the earliest next try,
    `way` how it is said (baru, ubah, balas), `remote` its id at the channel, `doubt` whether some try may have arrived,
    `sentence` what a person should know, `version`.
    """

    key: str
    channel: str
    kind: str
    act: str
    at: datetime
    due: datetime
    clarification: int = 0
    post: int = 0
    edition: int = 0
    report: int = 0
    state: str = MENUNGGU
    tries: int = 0
    way: str = ""
    remote: str = ""
    doubt: bool = False
    sentence: str = ""
    version: int = 1
    id: int = 0

    @property
    def noun(self) -> str:
        """What it carries, as the audit and the desk say."""
        return f"laporan {self.report}" if self.report else f"publikasi {self.clarification}"


@dataclass(frozen=True, slots=True)
class DeliveryAct:
    """What was done to a delivery. A row; `tries` to `sentence` are the projection after it, `cause` is English."""

    delivery: int
    at: datetime
    who: str
    act: str
    old: str
    new: str
    due: datetime
    tries: int
    way: str
    remote: str
    doubt: bool
    sentence: str
    cause: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to a channel, below its address. `headers` may hold a secret, so they are not shown."""

    method: str
    path: str = field(repr=False)
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the door says of one request: `outcome` terkirim (2xx), ditolak, ditunda, gagal (never went out) or tidak
    pasti; `wait` in seconds is what the channel asked for, `retry` whether trying again may help."""

    outcome: str
    status: int = 0
    body: bytes = field(default=b"", repr=False)
    wait: float = 0.0
    cause: str = ""
    sentence: str = ""
    retry: bool = False


@dataclass(frozen=True, slots=True)
class Mailing:
    """One letter to a list: `number` is what its Message-ID begins with, `after` that of the letter it follows."""

    subject: str
    text: str
    html: str
    number: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one try: `outcome` terkirim, gagal, ulangi (it did not arrive, or trying again does no harm) or
    tidak pasti. `remote` is its id at the channel, `way` how the next try should say it, "" as before; `doubt` whether
    some try may have arrived, None as before."""

    outcome: str
    remote: str = ""
    way: str = ""
    wait: float = 0.0
    cause: str = ""
    sentence: str = ""
    doubt: bool | None = None


def key_of(channel: str, act: str, number: int, edition: int) -> str:
    """The name of one delivery: the same edition never gets two on one channel."""
    return uuid5(NAMESPACE_URL, f"jernih:pengiriman:{channel}:{act}:{number}:{edition}").hex


def stepped(before: Delivery, act: DeliveryAct) -> Delivery:
    """The projection after one more act."""
    return replace(before, state=act.new, due=act.due, tries=act.tries, way=act.way, remote=act.remote, doubt=act.doubt,
                   sentence=act.sentence, version=before.version + 1)  # fmt: skip


def folded(first: Delivery, acts: Iterable[DeliveryAct]) -> Delivery:
    """The projection that all acts lead to, from the row as it was planned."""
    return reduce(stepped, acts, first)
