"""Call -> the report of a period: choose the days, write its lessons, take it away as PDF, DOCX or page."""

from datetime import date

from starlette.responses import RedirectResponse, Response

from monitor import digests, shipped
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.referrals import DOCX
from monitor.desk.render import html
from monitor.digests import AUDIENCES, INTERNAL, Digest, Period
from monitor.papers import Paper
from monitor.people import Refusal
from monitor.pipeline import reports
from monitor.sources import today

KINDS = {"pdf": "application/pdf", "docx": DOCX, "html": "text/html; charset=utf-8"}


def form(desk: Desk, call: Call) -> Response:
    """GET /laporan/masa"""
    return _form(desk, call, call.query.get("masa", ""))


def write(desk: Desk, call: Call) -> Response:
    """POST /laporan/masa: keeps the lessons of a period."""
    label = call.form.get("masa", "")
    period = _period(desk, label)
    made = period if isinstance(period, Refusal) else reports.write_lessons(
        desk.store, period.label, call.form.get("pelajaran", ""), call.person.name, desk.now())  # fmt: skip
    if isinstance(made, Refusal):
        return _form(desk, call, label, made.sentence)
    return RedirectResponse(f"/laporan/masa?masa={made.label}#pelajaran", 303)


def file(desk: Desk, call: Call) -> Response:
    """GET /laporan/masa/berkas: the report itself."""
    kind, audience = call.query.get("bentuk", "pdf"), call.query.get("edisi", INTERNAL)
    period = _period(desk, call.query.get("masa", ""))
    if isinstance(period, Refusal) or kind not in KINDS or audience not in AUDIENCES:
        told = period.sentence if isinstance(period, Refusal) else call.tongue.say("Bentuk atau edisi tidak dikenal.")
        return _form(desk, call, call.query.get("masa", ""), told)
    content = digests.filed(_paper(desk, period, audience), kind, shipped.text("naskah.html"))
    if isinstance(content, Refusal):
        return _form(desk, call, period.label, content.sentence)
    name = f"laporan-{period.label.replace('..', '-sampai-')}-{audience}.{kind}"
    return Response(content, media_type=KINDS[kind], headers={
        "content-disposition": f'attachment; filename="{name}"'})  # fmt: skip


def _period(desk: Desk, label: str) -> Period | Refusal:
    """The period of a label; "" is the month that runs in the office's zone."""
    settings = desk.settings()
    running = f"{today(settings, desk.now()):%Y-%m}"
    return digests.period(label.strip()[:60] or running, settings.office.zone)


def _paper(desk: Desk, period: Period, audience: str) -> Paper:
    digest = reports.gathered(desk.store, desk.settings(), period, audience)
    return digests.report(digest, _names(desk, digest), reports.lessons(desk.store, period.label))


def _names(desk: Desk, digest: Digest) -> dict[str, str]:
    return {code: (desk.names.region if code[:1].isdigit() else desk.names.topic)(code)
            for code in digests.spoken(digest)}  # fmt: skip


def _form(desk: Desk, call: Call, label: str, sentence: str = "") -> Response:
    period = _period(desk, label)
    if isinstance(period, Refusal):
        sentence = sentence or period.sentence
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
    known = "" if isinstance(period, Refusal) else period.label
    return html(desk, call, "laporan_masa.html", around, 422 if sentence else 200, here="reports", period=period,
                label=label or known, known=known, sentence=sentence, months=_months(desk),
                lessons=call.form.get("pelajaran") or (reports.lessons(desk.store, known) if known else ""))


def _months(desk: Desk) -> list[str]:
    """This month and the five before it."""
    now: date = today(desk.settings(), desk.now())
    numbers = [now.year * 12 + now.month - 1 - back for back in range(6)]
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in numbers]
