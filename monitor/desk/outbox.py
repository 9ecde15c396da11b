"""Call -> the outbox: what is uncertain and failed, what waits, which channels still show an old text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import RedirectResponse, Response

from monitor import deliveries
from monitor.deliveries import BATAL, GAGAL, MENGIRIM, MENUNGGU, TERKIRIM, TIDAK_PASTI, Delivery, Standing
from monitor.desk.acts import item_number, version, whole
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.tongue import Tongue, said
from monitor.digests import Edition
from monitor.people import Refusal
from monitor.pipeline import outbox
from monitor.pipeline.cases import STALE
from monitor.posts import Post
from monitor.store import Tx

A_PAGE, MOST = 50, 200
KINDS = {MENUNGGU: "plain", MENGIRIM: "held", TERKIRIM: "well", GAGAL: "look", TIDAK_PASTI: "look", BATAL: "plain"}
WORDS = {MENUNGGU: said("menunggu"), MENGIRIM: said("mengirim"), TERKIRIM: said("terkirim"), GAGAL: said("gagal"),
         TIDAK_PASTI: said("tidak pasti"), BATAL: said("batal")}
ACTS = {"terbitkan": said("terbitan pertama"), "koreksi": said("koreksi"), "tarik": said("penarikan"),
        "laporan": said("laporan mingguan")}
SHOWS = {deliveries.OLD: said("masih teks lama"), deliveries.DOUBT: said("mungkin masih teks lama"),
         deliveries.NONE: said("belum ada apa-apa"), deliveries.NEWEST: said("teks terbaru")}
SHAPES = {deliveries.OLD: "look", deliveries.DOUBT: "look", deliveries.NONE: "plain", deliveries.NEWEST: "well"}
ASKS = {
    "telegram": said("Buka kanal Telegram-nya: apakah pesan ini sudah ada?"),
    "mail": said("Tanyakan kepada satu penerima: apakah surat ini sudah sampai?"),
    "wordpress": said("Buka daftar tulisan di WordPress: apakah tulisan ini sudah ada?"),
    "webhook": said("Tanyakan pengelola sistem penerimanya: apakah kiriman ini sudah masuk?"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery as it is listed; `again` says whether it may be sent again, `next` when it is tried next."""

    row: Delivery
    title: str
    href: str
    what: str
    kind: str
    word: str
    ask: str
    again: bool
    next: datetime | None


@dataclass(frozen=True, slots=True)
class Behind:
    """One publication whose newest edition does not stand on every channel yet."""

    title: str
    href: str
    edition: int
    withdrawn: bool
    channels: tuple[tuple[str, str, str, str], ...]


def listed(desk: Desk, call: Call) -> Response:
    """GET /pengiriman; `sebelum` goes on among what is done."""
    return shown(desk, call)


def decide(desk: Desk, call: Call) -> Response:
    """POST /pengiriman/<id>/putuskan: sudah terkirim, kirim lagi, or batalkan."""
    form = call.form
    outcome = outbox.decide(desk.store, item_number(call), version(call), call.person, form.get("langkah", ""),
                            desk.now(), form.get("nomor", "").strip())
    if isinstance(outcome, Refusal):
        return shown(desk, call, 409 if outcome is STALE else 422, outcome.sentence)
    return RedirectResponse(f"/pengiriman#k{outcome.id}", 303)


def shown(desk: Desk, call: Call, status: int = 200, told: str = "") -> Response:
    """The page; `told` is why a step was not taken."""
    before = whole(call.query.get("sebelum", ""))
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
        stuck = _lines(tx, tx.deliveries(TIDAK_PASTI, GAGAL, limit=MOST), desk, call)
        waiting = _lines(tx, tx.deliveries(MENUNGGU, MENGIRIM, limit=MOST), desk, call)
        done = tx.deliveries(TERKIRIM, BATAL, limit=A_PAGE + 1, before=before)
        lines, behind, counts = _lines(tx, done[:A_PAGE], desk, call), _behind(tx, call), tx.delivery_counts()
    following = done[A_PAGE - 1].id if len(done) > A_PAGE else 0
    return html(desk, call, "pengiriman.html", around, status, here="outbox", told=told, stuck=stuck,
                waiting=waiting, done=lines, behind=behind, counts=counts, following=following, first=not before,
                channels=desk.settings().channels, decides=call.may(deliveries.RIGHT))


def _lines(tx: Tx, rows: Sequence[Delivery], desk: Desk, call: Call) -> list[Line]:
    titles = _titles(tx, rows, call)
    newest = {number: max(one.edition for one in some) for number, some in _grouped(
        tx.deliveries_of(row.clarification for row in rows)).items()}
    now, tongue = desk.now(), call.tongue
    return [_line(row, *titles[row.id], row.edition >= newest.get(row.clarification, 0), now, tongue) for row in rows]


def _line(row: Delivery, title: str, href: str, newest: bool, now: datetime, tongue: Tongue) -> Line:
    return Line(
        row, title, href, tongue.say(ACTS[row.act]), KINDS[row.state], tongue.say(WORDS[row.state]),
        tongue.say(ASKS[row.kind]), newest, row.due if row.state == MENUNGGU and row.due > now else None,
    )  # fmt: skip


def _titles(tx: Tx, rows: Sequence[Delivery], call: Call) -> dict[int, tuple[str, str]]:
    """What each delivery carries, with its page, by the delivery's id."""
    posts = {row.id: tx.get(Post, row.post) for row in rows if row.post}
    reports = {row.id: tx.get(Edition, row.report) for row in rows if row.report}
    held = tx.words_of([one.words for one in (*posts.values(), *reports.values()) if one])
    gone = call.tongue.say("(kata-katanya sudah dihapus)")
    found = {}
    for row in rows:
        carried = posts.get(row.id) or reports.get(row.id)
        words = held.get(carried.words) if carried else None
        found[row.id] = (words.title if words else gone, _address(carried))
    return found


def _address(carried: Post | Edition | None) -> str:
    if isinstance(carried, Post):
        return f"/publik/{carried.path}"
    return f"/laporan#e{carried.id}" if carried else ""


def _behind(tx: Tx, call: Call) -> list[Behind]:
    posts = {post.clarification: post for post in tx.posts() if post.edition > 1}
    held, found = tx.words_of([post.words for post in posts.values()]), []
    for number, some in _grouped(tx.deliveries_of(posts)).items():
        post = posts[number]
        late = [one for one in deliveries.standings(some, post.edition) if one.word != deliveries.NEWEST]
        if late:
            title = held[post.words].title if post.words in held else call.tongue.say("(kata-katanya sudah dihapus)")
            found.append(Behind(title, _address(post), post.edition, post.withdrawn,
                                tuple(_channel(one, call.tongue) for one in late)))
    return found


def showing(tx: Tx, clarification: int, tongue: Tongue) -> list[tuple[str, str, str]]:
    """What every channel shows of one publication: its name, a shape and a word."""
    editions = tx.editions_of(clarification)
    found = deliveries.standings(tx.deliveries_of([clarification]), editions[-1].edition) if editions else []
    return [(one.channel, SHAPES[one.word], tongue.say(SHOWS[one.word])) for one in found]


def _channel(one: Standing, tongue: Tongue) -> tuple[str, str, str, str]:
    return one.channel, SHAPES[one.word], tongue.say(SHOWS[one.word]), one.row.sentence


def _grouped(rows: Iterable[Delivery]) -> dict[int, list[Delivery]]:
    found: dict[int, list[Delivery]] = {}
    for row in rows:
        found.setdefault(row.clarification, []).append(row)
    return found
