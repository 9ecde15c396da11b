"""Call -> boards: the kepala's one page in words and figures, and neutrality."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from monitor import clarifications, sources
from monitor.alerts import Vitals, well
from monitor.desk import dues, health, signing
from monitor.desk.acts import whole
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.samples import interval
from monitor.desk.steps import claims
from monitor.desk.tongue import Tongue
from monitor.dues import TERLAMBAT, came
from monitor.neutrality import GROUPS
from monitor.people import signers
from monitor.pipeline import answers, neutrality
from monitor.pipeline import samples as chance
from monitor.posts import Publication
from monitor.rumors import MENUNGGU, TERBUKA
from monitor.shares import FEW
from monitor.store import Filters, Tx
from monitor.verdicts import may_sign

SPANS = (30, 90, 365)
WEEK = timedelta(days=7)
MOST = 200
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its words, and where it leads ("" nowhere); `kind` is the shape beside it."""

    number: str
    words: str
    address: str = ""
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class Published:
    """One publication of the last days."""

    title: str
    address: str
    at: datetime
    finding: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The kepala's page."""

    waits: tuple[Figure, ...]
    late: tuple[Figure, ...]
    week: tuple[Figure, ...]
    published: tuple[Published, ...]
    collects: tuple[Figure, ...]
    alive: bool
    even: tuple[str, ...]
    stages: tuple[str, ...]
    lacking: str


def summary(desk: Desk, call: Call) -> Response:
    """GET /ringkasan: what waits for whoever looks, what is late, what was published, are the collectors alive."""
    vitals, figures = health.vitals(desk)
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
        posts = answers.publications(tx)
        view = Summary(
            waits=_waits(tx, desk, call), late=_late(tx, desk, call), week=_week(tx, desk, call, posts),
            published=_published(posts, desk), collects=_collects(vitals, figures, desk, call),
            alive=well(vitals, desk.now()), even=_even(tx, desk, call), stages=_stages(desk, call.tongue),
            lacking=signing.few(tx, desk, call),
        )
    return html(desk, call, "ringkasan.html", around, here="board", view=view)


def neutral(desk: Desk, call: Call) -> Response:
    """GET /netralitas: the last `hari` days (30, 90 or 365)."""
    days = whole(call.query.get("hari", ""))
    days, now = days if days in SPANS else SPANS[1], desk.now()
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
        board = neutrality.board(tx, desk.settings(), now - timedelta(days=days), now)
        said = claims(tx, tx.rumors_by_id(one.rumor for one in board.overrides))
    groups = [(group, [line for line in board.lines if line.group == group]) for group in GROUPS]
    return html(desk, call, "netralitas.html", around, here="neutrality", board=board, groups=groups, days=days,
                spans=SPANS, few=FEW, claims=said)


def _waits(tx: Tx, desk: Desk, call: Call) -> tuple[Figure, ...]:
    say, me = call.tongue.say, call.person
    roles = signers(desk.settings().office.second_signature)
    held = tx.last_verdicts([row.id for row in tx.rumors(MENUNGGU, MOST)])
    mine = sum(may_sign(one, me, roles) is None for one in held.values())
    texts = tx.clarifications(clarifications.MENUNGGU, limit=MOST)
    asked = [one for one in tx.clarifications(*clarifications.PUBLIC, limit=MOST) if one.proposal]
    told = [
        Figure(_n(call, mine), say("hasil isu menunggu tanda tangan Anda"), "/persetujuan", _kind(mine)),
        Figure(_n(call, len(texts)), say("klarifikasi menunggu tanda tangan kedua"), "/persetujuan", _kind(len(texts))),
        Figure(_n(call, len(asked)), say("koreksi atau penarikan menunggu tanda tangan kedua"), "/persetujuan",
               _kind(len(asked))),
    ]
    if call.may("terbitkan"):
        ready = len(tx.clarifications(clarifications.DISETUJUI, limit=MOST))
        told.append(Figure(_n(call, ready), say("klarifikasi disetujui, belum terbit"), "/klarifikasi", _kind(ready)))
    if call.may("tinjau"):
        reviews = len(chance.picked(tx, desk.settings(), desk.now(), me, desk.lots))
        told.append(Figure(_n(call, reviews), say("konten yang dikesampingkan menunggu tinjauan Anda"), "/tinjauan",
                           _kind(reviews)))
    return tuple(told)


def _late(tx: Tx, desk: Desk, call: Call) -> tuple[Figure, ...]:
    settings, now, say = desk.settings(), desk.now(), call.tongue.say
    since, until = came(TERLAMBAT, now, settings.deadline)
    konten = tx.count(Filters(since=since, until=until))
    rows = [*tx.rumors(TERBUKA, MOST), *tx.rumors(MENUNGGU, MOST)]
    begun = tx.since([row.id for row in rows])
    isu = sum(dues.told(begun.get(row.id, row.at), settings, now, call.tongue).kind == "late" for row in rows)
    asked = sum(one.due < now for one, answer in tx.objections() if answer is None)
    return (
        Figure(_n(call, konten), say("konten terbuka melewati janji jawaban"), "/?tenggat=terlambat", _kind(konten)),
        Figure(_n(call, isu), say("isu belum terjawab melewati janji jawaban"), "/isu", _kind(isu)),
        Figure(_n(call, asked), say("hak jawab atau koreksi melewati batas hari kerja"), "/klarifikasi", _kind(asked)),
    )


def _week(tx: Tx, desk: Desk, call: Call, posts: "list[Publication]") -> tuple[Figure, ...]:
    now, say = desk.now(), call.tongue.say
    fresh = sum(one.post.first >= now - WEEK for one in posts)
    changed = sum(one.post.at >= now - WEEK and one.post.edition > 1 for one in posts)
    return (
        Figure(_n(call, fresh), say("klarifikasi terbit dalam 7 hari")),
        Figure(_n(call, changed), say("dikoreksi atau ditarik dalam 7 hari")),
        Figure(_n(call, tx.signed_between(now - WEEK, now)), say("hasil isu disetujui dalam 7 hari"), "/isu"),
        Figure(_n(call, sum(tx.counts().values())), say("konten terbuka sekarang"), "/"),
    )


def _published(posts: "list[Publication]", desk: Desk) -> tuple[Published, ...]:
    return tuple(Published(one.text.headline, f"/publik/{one.post.path}", one.post.at, one.post.finding)
                 for one in posts if one.text and not one.post.withdrawn)[:SHOWN]


def _collects(vitals: Vitals, figures: "dict[str, object]", desk: Desk, call: Call) -> tuple[Figure, ...]:
    tongue, count = call.tongue, figures["sources"]
    assert isinstance(count, dict)
    broken = count["failing"] + count["paused"]
    looked = tongue.clock(vitals.cycle, desk.now()) if vitals.cycle else tongue.say("belum pernah")
    return (
        Figure(looked, tongue.say("sumber terakhir diperiksa")),
        Figure(_n(call, count["ok"]), tongue.say("sumber lancar"), "/sumber", "well"),
        Figure(_n(call, broken), tongue.say("sumber gagal atau dijeda"), "/sumber?keadaan=gagal", _kind(broken)),
        Figure(f"{tongue.number(vitals.free * 100)} %", tongue.say("ruang penyimpanan tersisa")),
    )


def _even(tx: Tx, desk: Desk, call: Call) -> tuple[str, ...]:
    now, say = desk.now(), call.tongue.say
    agreed = chance.agreed(tx, now)
    found = chance.found(tx, now - timedelta(days=90), now).hoaxes
    passed = len(tx.overrides(now - timedelta(days=30), now))
    return (
        say("Tinjauan acak atas yang dikesampingkan (30 hari), yang disetujui: {share}.",
            share=interval(agreed, call.tongue)),
        say("Sampel acak (90 hari), yang tampak hoaks: {share}.", share=interval(found, call.tongue)),
        say("Gerbang yang dinyatakan tidak berlaku (30 hari): {n}.", n=call.tongue.number(passed)),
    )


def _stages(desk: Desk, tongue: Tongue) -> tuple[str, ...]:
    settings = desk.settings()
    held = sources.stage(settings, sources.today(settings, desk.now()))
    return tuple(dict.fromkeys(tongue.term(one.name) for one in held))


def _n(call: Call, number: int) -> str:
    return call.tongue.number(number)


def _kind(number: int) -> str:
    return "look" if number else "well"
