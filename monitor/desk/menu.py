"""What stands in the head of every page: the addresses of the desk's parts, in the order of the corridor."""

from collections.abc import Callable
from dataclasses import dataclass

from monitor.desk.tongue import said

# So many fit beside each other; where somebody may see more, the rest goes under "Lainnya".
FITTING = 7


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the desk: its address, the key that its pages call `here`, its word, and who may see it (a key of
    RIGHTS). `often` parts stand first."""

    path: str
    key: str
    word: str
    right: str
    often: bool = True


PARTS = (
    Part("/", "queue", said("Antrean"), "lihat konten"),
    Part("/kerja", "work", said("Pekerjaan saya"), "kerja"),
    Part("/isu", "isu", said("Isu"), "lihat isu"),
    Part("/persetujuan", "approvals", said("Persetujuan"), "tanda tangan"),
    Part("/klarifikasi", "answers", said("Klarifikasi"), "lihat klarifikasi"),
    Part("/pengiriman", "outbox", said("Pengiriman"), "lihat pengiriman", often=False),
    Part("/rujukan", "referrals", said("Rujukan"), "lihat rujukan", often=False),
    Part("/laporan", "reports", said("Laporan"), "laporan", often=False),
    Part("/ringkasan", "board", said("Ringkasan"), "papan"),
    Part("/sumber", "sources", said("Sumber"), "lihat sumber"),
    Part("/netralitas", "neutrality", said("Netralitas"), "netralitas", often=False),
    Part("/audit", "audit", said("Audit"), "audit", often=False),
    Part("/pengguna", "accounts", said("Pengguna"), "pengguna", often=False),
)


@dataclass(frozen=True, slots=True)
class Menu:
    """The parts that somebody may see: those beside each other, and those under "Lainnya"."""

    shown: tuple[Part, ...]
    more: tuple[Part, ...]


def menu(may: Callable[[str], bool]) -> Menu:
    """The menu of whoever holds these rights."""
    seen = tuple(part for part in PARTS if may(part.right))
    if len(seen) <= FITTING:
        return Menu(seen, ())
    return Menu(tuple(part for part in seen if part.often), tuple(part for part in seen if not part.often))
