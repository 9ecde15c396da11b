"""Call -> page: one konten, the sources; read only but for "coba sekarang"."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from monitor.alerts import DIJEDA, DIMATIKAN, condition
from monitor.audit import Act
from monitor.desk import health, places
from monitor.desk import spread as spreading
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.steps import of_item
from monitor.desk.tongue import Tongue
from monitor.desk.views import covered_row, reading, said_in
from monitor.fetches import first
from monitor.masks import holds_personal
from monitor.pipeline.manual import ORIGIN
from monitor.rumors import works_on
from monitor.sources import Settings, Source


@dataclass(frozen=True, slots=True)
class Tab:
    """One condition of sources to look at."""

    address: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Sources:
    """The page of sources."""

    sentence: str
    moved: str
    moved_title: str
    moved_names: tuple[str, ...]
    tabs: tuple[Tab, ...]
    kept: tuple[tuple[str, str], ...]
    sought: str
    rows: tuple[places.Row, ...]


def item(desk: Desk, call: Call) -> Response:
    """GET /konten/<id>: one konten."""
    return shown_item(desk, call, int(call.request.path_params["id"]))


def shown_item(desk: Desk, call: Call, number: int, status: int = 200, told: str = "", bare: bool = False) -> Response:
    """One konten with the steps that are open to whoever looks; `told` says why the last one was refused, `bare`
    shows personal data that is covered otherwise."""
    settings = desk.settings()
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
        detail = tx.item(number) if number < 2**63 else None
        if detail is None:
            raise HTTPException(404, f"no item {number}")
        steps = of_item(tx, detail, call, desk.now())
        near = desk.checked.nearest(tx, settings, said_in(detail.row.words), detail.row.article.id)
        rests = [one for one in detail.rumors[-1:] if works_on(one, call.person, "diberi bukti") is None]
        spread = spreading.of_item(tx, number, desk, bare)
        letters = tx.press_letters(number)
    source = _source(settings, detail.row.entry.source)
    covered = not bare and detail.row.item.origin == ORIGIN and (
        holds_personal(said_in(detail.row.words)) or spread.hidden or spread.file is not None)
    seen = detail if bare else replace(detail, row=covered_row(detail.row))
    view = reading(seen, source, desk.names, settings, desk.now(), call.tongue)
    return html(desk, call, "item.html", around, status, here="queue", view=view, steps=steps, told=told,
                covered=covered, spread=spread, letters=letters,
                press=bool(source and source.pers == "ya"), near=near,
                evidence_to=f"/isu/{rests[0].id}/bukti" if rests else "")


def sources(desk: Desk, call: Call) -> Response:
    """GET /sumber: how every source is."""
    tongue, settings = call.tongue, desk.settings()
    chosen, sought = call.query.get("keadaan", ""), call.query.get("cari", "").strip()[:100]
    with desk.store.read() as tx:
        schedules = tx.schedules()
        around = frame(desk, tx, tongue, schedules)
    every = places.rows(settings.sources, schedules, bool(settings.office.contact), desk.now(), tongue)
    every = [replace(row, cause=call.plain(row.cause)) for row in every]
    fitting = {source.name for source in settings.sources if places.fits(source, sought)}
    moved = places.moved(settings.sources, schedules)
    view = Sources(
        sentence=_collecting(desk, settings, every, tongue),
        moved="\n\n".join(f"[[source]]\nname = {_toml(source.name)}\nurl = {_toml(new)}" for source, new in moved),
        moved_names=tuple(source.name for source, _ in moved),
        moved_title=tongue.say("{n} sumber pindah alamat", n=len(moved)),
        tabs=_tabs([row for row in every if row.name in fitting], chosen, sought, tongue),
        kept=(("keadaan", chosen),) if chosen else (),
        sought=sought,
        rows=tuple(row for row in every if row.name in fitting and _shown(row, chosen)),
    )
    return html(desk, call, "sources.html", around, here="sources", view=view)


def source(desk: Desk, call: Call) -> Response:
    """GET /sumber/baris?nama=…: the line of one source, for the page that shows it."""
    return _line(desk, call, _named(desk, call.query.get("nama", "")))


def try_now(desk: Desk, call: Call) -> Response:
    """POST /sumber/coba: makes one source due at once, a paused one too, and wakes the clock."""
    settings, now = desk.settings(), desk.now()
    asked = _named(desk, call.form.get("nama", ""))
    with desk.store.write() as tx:
        held = tx.schedules().get(asked.name)
        how = condition(asked, held, bool(settings.office.contact))
        if how == DIMATIKAN or not settings.office.contact:
            raise HTTPException(409, f"{asked.name} may not be visited")
        known = held if held and held.origin in ("", asked.url) else first(asked, now)
        tx.put_schedule(replace(known, due=now, paused=""))
        tx.audit(Act(now, call.person.name, "minta coba", "sumber", asked.name, {"dijeda": how == DIJEDA}))
    desk.wake()
    if call.by_htmx:
        return _line(desk, call, asked)
    return RedirectResponse(f"/sumber#{places.anchor(asked.name)}", 303)


def healthy(desk: Desk, call: Call) -> Response:
    """GET /health."""
    status, told = health.health(desk)
    return JSONResponse(told, status)


def _line(desk: Desk, call: Call, asked: Source) -> Response:
    with desk.store.read() as tx:
        schedule = tx.schedules().get(asked.name)
    row = places.row(asked, schedule, bool(desk.settings().office.contact), desk.now(), call.tongue)
    row = replace(row, cause=call.plain(row.cause))
    return html(desk, call, "source_row.html", None, row=row, polling=row.waiting)


def _named(desk: Desk, name: str) -> Source:
    found = _source(desk.settings(), name)
    if found is None:
        raise HTTPException(404, "no such source")
    return found


def _source(settings: Settings, name: str) -> Source | None:
    return next((source for source in settings.sources if source.name == name), None)


def _collecting(desk: Desk, settings: Settings, rows: list[places.Row], tongue: Tongue) -> str:
    watched = sum(row.condition != DIMATIKAN for row in rows)
    pulse = desk.pulse()
    if not settings.office.contact:
        return tongue.say("{n} sumber terdaftar, belum dikunjungi.", n=tongue.number(watched))
    if pulse is None or pulse.ended is None:
        return tongue.say("{n} sumber dipantau.", n=tongue.number(watched))
    return tongue.say("{n} sumber dipantau. Diperiksa terakhir {when}.", n=tongue.number(watched),
                      when=tongue.clock(pulse.ended, desk.now()))


def _tabs(rows: list[places.Row], chosen: str, sought: str, tongue: Tongue) -> tuple[Tab, ...]:
    def tab(slug: str, label: str) -> Tab:
        query = urlencode({name: value for name, value in (("keadaan", slug), ("cari", sought)) if value})
        return Tab(f"/sumber?{query}" if query else "/sumber", label, sum(_shown(row, slug) for row in rows),
                   chosen == slug)

    named = [(how, tongue.say(places.WORDS[how])) for how in places.ORDER]
    present = {row.condition for row in rows} | {chosen}
    return (tab("", tongue.say("dipantau")), *(tab(how, label) for how, label in named if how in present))


def _shown(row: places.Row, chosen: str) -> bool:
    """Sources that are switched off are listed only where they are asked for."""
    return row.condition == chosen if chosen else row.condition != DIMATIKAN


def _toml(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'

