"""Vitals + now -> Alert: what the people on call must be told, once per cause, and when it is over."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo

from monitor.fetches import Schedule
from monitor.sources import Source

LANCAR, GAGAL, DIJEDA, MENUNGGU, DIMATIKAN = "lancar", "gagal", "dijeda", "menunggu", "dimatikan"
SIKLUS, SUMBER, CAKRAM, KIRIMAN, KONTEN = "siklus", "sumber", "cakram", "kiriman", "konten:"
LISTED = 20


@dataclass(frozen=True, slots=True)
class Alert:
    """State table: one cause that people on call are told about; open until `resolved`.

    `cause` is siklus, sumber, cakram, kiriman or konten:<item id>; `told` and `cleared` say when the mails about its
    beginning and its end were handed over. It holds no text of third parties.
    """

    cause: str
    since: datetime
    told: datetime | None = None
    resolved: datetime | None = None
    cleared: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Urgent:
    """An open item above the urgent priority; `title` is a third party's and is cleaned before it is mailed."""

    item: int
    title: str
    source: str
    priority: float


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the house is: `cycle` ended last (None: none yet since `started`), `rhythm` between two of them,
    `sources` that are switched on and of these `failing` or paused, `free` the share of the disk that is left (0-1),
    `stuck` how many deliveries only a person gets further."""

    started: datetime
    cycle: datetime | None
    rhythm: timedelta
    sources: int
    failing: int
    free: float
    urgent: tuple[Urgent, ...] = ()
    stuck: int = 0


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which only urgent konten are mailed, in the office's zone; equal ends mean that there are none."""

    start: time
    end: time
    zone: tzinfo

    def holds(self, now: datetime) -> bool:
        """Is `now` (aware) inside? The hours may run over midnight."""
        clock = now.astimezone(self.zone).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end


@dataclass(frozen=True, slots=True)
class Notices:
    """What one look decided: rows to keep, and of these the ones whose beginning or end goes into a mail now."""

    keep: tuple[Alert, ...]
    begun: tuple[Alert, ...]
    ended: tuple[Alert, ...]

    @property
    def worth_a_mail(self) -> bool:
        return bool(self.begun or self.ended)


def condition(source: Source, schedule: Schedule | None, contact: bool = True) -> str:
    """How a source is, in one word: dimatikan, dijeda (also all of them without a contact), menunggu (its first visit),
    gagal, lancar. What was learnt of another address than the configured one does not count."""
    if not source.enabled:
        return DIMATIKAN
    known = schedule if schedule and schedule.origin in ("", source.url) else None
    if not contact or (known and known.paused):
        return DIJEDA
    if known is None or known.tried is None:
        return MENUNGGU
    return GAGAL if known.failures else LANCAR


def tally(sources: Iterable[Source], schedules: Mapping[str, Schedule], contact: bool = True) -> Counter[str]:
    """How many sources are in each condition."""
    return Counter(condition(source, schedules.get(source.name), contact) for source in sources)


def well(vitals: Vitals, now: datetime) -> bool:
    """Is /health "ok": cycles end in time and at most half of the sources fail or are paused?"""
    return not stalled(vitals, now) and vitals.failing * 2 <= vitals.sources


def stalled(vitals: Vitals, now: datetime) -> bool:
    """No cycle was completed in two rhythms."""
    return now - max(vitals.cycle or vitals.started, vitals.started) > 2 * vitals.rhythm


def causes(vitals: Vitals, now: datetime, known: Iterable[str] = ()) -> tuple[str, ...]:
    """The causes that hold now. One that is already `known` ends only a little past its threshold, so that a value
    at the brink does not mail all day."""
    known = set(known)
    failing = vitals.failing / vitals.sources if vitals.sources else 0.0
    found = [SIKLUS] if stalled(vitals, now) else []
    if failing > (0.4 if SUMBER in known else 0.5):
        found.append(SUMBER)
    if vitals.free < (0.12 if CAKRAM in known else 0.10):
        found.append(CAKRAM)
    if vitals.stuck:
        found.append(KIRIMAN)
    return (*found, *(f"{KONTEN}{item.item}" for item in vitals.urgent))


def notices(alerts: Iterable[Alert], vitals: Vitals, now: datetime, quiet: Quiet | None = None) -> Notices:
    """Compare the alerts that are not finished (not `cleared`) with what holds now.

    An item's alert never ends by itself and does not wait for the morning; the others end when their cause is gone,
    silently if nobody was told.
    """
    alerts = tuple(alerts)
    unresolved = {alert.cause: alert for alert in alerts if alert.resolved is None}
    found = causes(vitals, now, unresolved)
    opened = [Alert(cause, now) for cause in found if cause not in unresolved]
    over = [_over(alert, now) for cause, alert in unresolved.items() if cause not in found and not _item(cause)]
    silent = quiet is not None and quiet.holds(now)
    begun = [alert for alert in unresolved.values() if alert.told is None and alert.cause in found] + opened
    ended = [alert for alert in alerts if alert.resolved and alert.cleared is None]
    ended += [alert for alert in over if alert.cleared is None]
    now_or_later = [alert for alert in begun if not silent or _item(alert.cause)]
    return Notices(tuple(opened + over), tuple(now_or_later), () if silent else tuple(ended))


def told(notices: Notices, now: datetime) -> tuple[Alert, ...]:
    """The alerts of a mail that was handed over."""
    begun = tuple(replace(alert, told=now) for alert in notices.begun)
    return begun + tuple(replace(alert, cleared=now) for alert in notices.ended)


def _over(alert: Alert, now: datetime) -> Alert:
    return replace(alert, resolved=now, cleared=None if alert.told else now)


def _item(cause: str) -> bool:
    return cause.startswith(KONTEN)


def subject(notices: Notices, office: str) -> str:
    """One line without control characters, whatever the office's name holds."""
    items = sum(_item(alert.cause) for alert in notices.begun)
    faults = len(notices.begun) - items
    parts = [f"{items} konten mendesak"] if items else []
    parts += [f"{faults} gangguan"] if faults else []
    parts += [f"{len(notices.ended)} pulih"] if notices.ended else []
    return one_line(f"[Jernih · {office}] {', '.join(parts)}")


def letter(notices: Notices, vitals: Vitals, now: datetime, zone: tzinfo, address: str) -> str:
    """The mail's text: what began, what ended, where to look (`address` of the desk)."""
    urgent = {f"{KONTEN}{item.item}": item for item in vitals.urgent}
    faults = [_fault(alert, vitals, zone) for alert in notices.begun if not _item(alert.cause)]
    items = [urgent[alert.cause] for alert in notices.begun if alert.cause in urgent]
    over = [f"- Pulih: {_NAMES[alert.cause]} (sejak {_clock(alert.since, zone)}, "
            f"selesai {_clock(alert.resolved or now, zone)})." for alert in notices.ended]
    parts = [part for part in ("\n\n".join(faults), _items(items, address), "\n".join(over)) if part]
    foot = f"Keadaan semua sumber: {address}/sumber\nDikirim {_clock(now, zone)} oleh Jernih."
    return "\n\n".join([*parts, foot]) + "\n"


def one_line(text: str, longest: int = 120) -> str:
    """Text of others for a subject or a list: control characters and line ends become spaces, the rest is cut."""
    clean = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return clean if len(clean) <= longest else clean[: longest - 1].rstrip() + "…"


_NAMES = {SIKLUS: "pengumpulan berjalan lagi", SUMBER: "sebagian besar sumber menjawab lagi",
          CAKRAM: "ruang cakram cukup lagi", KIRIMAN: "tidak ada pengiriman yang menunggu keputusan"}


def _fault(alert: Alert, vitals: Vitals, zone: tzinfo) -> str:
    if alert.cause == SIKLUS:
        last = _clock(vitals.cycle, zone) if vitals.cycle else "belum pernah"
        return (f"- Pengumpulan macet sejak {_clock(alert.since, zone)}: putaran terakhir yang selesai {last}.\n"
                "  Langkah: jernih doctor, lalu systemctl restart jernih.")
    if alert.cause == SUMBER:
        return (f"- {vitals.failing} dari {vitals.sources} sumber gagal diambil.\n"
                "  Langkah: periksa sambungan internet server dan proxy di feeds.toml, lalu lihat halaman sumber.")
    if alert.cause == KIRIMAN:
        return (f"- {vitals.stuck} pengiriman gagal atau tidak pasti.\n"
                "  Langkah: redaktur atau kepala memutuskannya di halaman Pengiriman pada meja.")
    return (f"- Ruang cakram tinggal {round(vitals.free * 100)} %.\n"
            "  Langkah: kosongkan cakram atau pindahkan JERNIH_HOME; pengambilan berhenti bila cakram penuh.")


def _items(items: list[Urgent], address: str) -> str:
    if not items:
        return ""
    lines = [f"- {one_line(item.title)} ({one_line(item.source, 40)})\n  {address}/konten/{item.item}"
             for item in items[:LISTED]]
    more = [f"- dan {len(items) - LISTED} lagi: {address}/"] if len(items) > LISTED else []
    return "\n".join(["Konten dengan prioritas mendesak (indikasi mesin, belum diperiksa orang):", *lines, *more])


def _clock(moment: datetime, zone: tzinfo) -> str:
    return f"{moment.astimezone(zone):%d-%m-%Y %H.%M %Z}"
