"""Call -> what is looked at by chance: the week's random sample, and dismissals that a redaktur looks at again.

Neither page shows the indikasi: whoever judges must not be led by it.
"""

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import RedirectResponse, Response

from monitor.desk.acts import item_number, version
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.tongue import Tongue
from monitor.desk.views import covered_row
from monitor.entries import Words
from monitor.items import BARU
from monitor.people import Refusal
from monitor.pipeline import samples as chance
from monitor.pipeline.acts import Stale
from monitor.samples import BUKA_LAGI, BUKAN_HOAKS, SETUJU, TAMPAK_HOAKS, Draw, Found, found
from monitor.shares import Share
from monitor.store import QueueRow, Tx

BEGINNING = 320
AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Drawn:
    """One konten to judge; `outcome` is what was said of it, "" while nobody did, `free`: may it be judged now?"""

    id: int
    version: int
    title: str
    beginning: str
    rest: str
    source: str
    moment: datetime
    outcome: str
    holder: str
    free: bool
    reason: str = ""
    who: str = ""
    at: datetime | None = None
    act: int = 0


def listed(desk: Desk, call: Call) -> Response:
    """GET /sampel: the last draw, or the one of a week (`minggu`)."""
    return _listed(desk, call)


def judge(desk: Desk, call: Call) -> Response:
    """POST /sampel/<id>: no hoax, or looks like one."""
    number, now = item_number(call), desk.now()
    outcome = chance.judge(desk.store, number, version(call), call.person, call.form.get("hasil", ""), now)
    if isinstance(outcome, Refusal):
        return _listed(desk, call, 409 if isinstance(outcome, Stale) else 422, outcome.sentence)
    if call.form.get("hasil") == TAMPAK_HOAKS:
        return RedirectResponse(f"/konten/{number}", 303)
    return RedirectResponse(f"/sampel?minggu={call.form.get('minggu', '')[:8]}#k{number}", 303)


def reviews(desk: Desk, call: Call) -> Response:
    """GET /tinjauan: dismissals by others that chance chose."""
    return _reviews(desk, call)


def review(desk: Desk, call: Call) -> Response:
    """POST /tinjauan/<id of the act>: agree, or open again with a reason."""
    told = chance.review(desk.store, desk.settings(), item_number(call), call.person, call.form.get("hasil", ""),
                         call.form.get("alasan", ""), desk.now())
    if isinstance(told, Refusal):
        return _reviews(desk, call, 409 if isinstance(told, Stale) else 422, told.sentence)
    return RedirectResponse("/tinjauan", 303)


def interval(share: Share, tongue: Tongue) -> str:
    """A share as it is told: "10 % (1 dari 10; 95 %: 2 sampai 40 %)"."""
    if not share.of:
        return tongue.say("belum ada yang dinilai")
    return tongue.say("{value} % ({hits} dari {of}; dengan keyakinan 95 % antara {low} dan {high} %)",
                      value=tongue.number(share.value * 100), hits=tongue.number(share.hits),
                      of=tongue.number(share.of), low=tongue.number(share.low * 100),
                      high=tongue.number(share.high * 100))


def _listed(desk: Desk, call: Call, status: int = 200, told: str = "") -> Response:
    with desk.store.read() as tx:
        around, draws = frame(desk, tx, call.tongue), tx.draws()
        asked = call.query.get("minggu", "") or call.form.get("minggu", "")
        draw = next((one for one in draws if one.label == asked), draws[0] if draws else None)
        lines, figure = _lines(tx, draw) if draw else ((), None)
    return html(desk, call, "sampel.html", around, status, here="queue", lane="sampel", draw=draw, draws=draws,
                lines=lines, told=told, figure=_figure(figure, call.tongue), ours=(BUKAN_HOAKS, TAMPAK_HOAKS),
                size=desk.settings().sample.articles)


def _lines(tx: Tx, draw: Draw) -> tuple[tuple[Drawn, ...], Found]:
    drawn = tx.items_of_articles(draw.articles)
    said = chance.outcomes(tx, drawn)
    rows = tx.queue_rows([item.id for item in drawn])
    return tuple(_drawn(row, said[row.item.id]) for row in rows), found(said.values())


def _figure(figure: Found | None, tongue: Tongue) -> str:
    if figure is None or not figure.hoaxes.of:
        return ""
    return tongue.say("Tampak hoaks di antara yang dinilai: {share}.", share=interval(figure.hoaxes, tongue))


def _reviews(desk: Desk, call: Call, status: int = 200, told: str = "") -> Response:
    settings, now = desk.settings(), desk.now()
    with desk.store.read() as tx:
        around, picked = frame(desk, tx, call.tongue), chance.picked(tx, settings, now, call.person, desk.lots)
        agreed = chance.agreed(tx, now)
        acts = {item.id: act for act, item in picked[:AT_ONCE]}
        rows = tx.queue_rows([item.id for _, item in picked[:AT_ONCE]])
    lines = [_drawn(row, "", acts[row.item.id].reason, acts[row.item.id].who, acts[row.item.id].at,
                    acts[row.item.id].id) for row in rows]
    return html(desk, call, "tinjauan.html", around, status, here="queue", lane="tinjauan", lines=lines, told=told,
                more=len(picked) - len(lines), agreed=interval(agreed, call.tongue), said=agreed.of,
                outcomes=(SETUJU, BUKA_LAGI), share=settings.sample.dismissals,
                failed=call.request.path_params.get("id", 0) if told else 0)


def _drawn(row: QueueRow, outcome: str, reason: str = "", who: str = "", at: datetime | None = None,
           act: int = 0) -> Drawn:
    words = covered_row(row).words
    title, beginning, rest = _cut(words)
    return Drawn(row.item.id, row.item.version, title, beginning, rest, row.entry.publisher or row.entry.source,
                 row.article.published or row.entry.published or row.entry.seen, outcome, row.item.holder,
                 row.item.state == BARU, reason, who, at, act)


def _cut(words: Words | None) -> tuple[str, str, str]:
    """Title, the first sentences, what is left."""
    if words is None:
        return "(teks sudah dihapus)", "", ""
    text = words.text.strip()
    if len(text) <= BEGINNING:
        return words.title or text[:100], text, ""
    at = text.rfind(" ", 0, BEGINNING)
    at = at if at > 0 else BEGINNING
    return words.title or text[:100], text[:at], text[at:].strip()


