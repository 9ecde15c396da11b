"""Draft + Facts -> Faults: every line of how a clarification must be, in linear time."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from monitor.clarifications import election, persons, reading, truth
from monitor.clarifications.faults import Facts, Fault, before_signing, blocking
from monitor.clarifications.rows import Draft, LinkCheck
from monitor.people import Refusal
from monitor.sources import Settings
from monitor.verdicts import Verdict

Rule = Callable[[Draft, Facts], Iterator[Fault]]
RULES: tuple[Rule, ...] = (
    reading.parts,
    truth.truth_first,
    truth.stamp,
    reading.sources,
    persons.personal,
    persons.origins,
    persons.minors,
    persons.accusations,
    election.names,
    election.campaigning,
    election.figures,
    election.press,
    reading.sentences,
    reading.pictures,
    reading.markup,
)
MOST = 100


def lint(draft: Draft, facts: Facts) -> tuple[Fault, ...]:
    """Everything that is wrong with a text, in the order of the rules, each once, at most MOST."""
    found: dict[Fault, None] = {}
    for rule in RULES:
        for fault in rule(draft, facts):
            found.setdefault(fault)
            if len(found) >= MOST:
                return tuple(found)
    return tuple(found)


def unfit(text: str, settings: Settings, now: datetime) -> Refusal | None:
    """Why a reason or note that will stand on a public page must not: it shows a person, accuses, or is code."""
    empty = Draft("", "", "", "", "", "", "", text, "", "", "")
    plain = Facts("", "", now, officials=settings.officials, allowed=_allowed(settings))
    for rule in (persons.personal, persons.origins, persons.minors, persons.accusations, reading.markup):
        for fault in rule(empty, plain):
            return Refusal(f"{fault.code} in a public note", f"Ini akan tampil di halaman publik. {fault.sentence}")
    return None


def standing(draft: Draft, facts: Facts) -> int:
    """How many faults stand in the way of handing this text to a second person."""
    return len(blocking(before_signing(lint(draft, facts)), draft.waivers))


def facts(
    settings: Settings, verdict: Verdict, checks: Iterable[LinkCheck], now: datetime, confirmed: str = "",
    redacted: Iterable[str] = (),
) -> Facts:  # fmt: skip
    """What the linter must know, from the settings in force and the last look at every link."""
    latest: dict[str, LinkCheck] = {}
    seen = list(checks)
    for check in seen:
        known = latest.get(check.url)
        latest[check.url] = check if known is None or check.at >= known.at else known
    outlets = [one for one in settings.sources if one.pers == "ya"]
    hosts = ((urlsplit(one.url).hostname or "").removeprefix("www.") for one in outlets)
    plain = Facts(verdict.finding, verdict.form, now)
    return replace(
        plain,
        candidates=settings.candidates,
        officials=settings.officials,
        press=tuple(sorted({*(one.name for one in outlets), *(host for host in hosts if host)})),
        checks=latest,
        allowed=_allowed(settings),
        quiet=election.quiet_at(settings, now),
        regulation=election.regulation(settings, now),
        wording=election.wording(settings, now),
        confirmed=confirmed,
        redacted=frozenset(redacted),
        answered=frozenset(one.url for one in seen if one.alive and now - one.at <= reading.STALE),
    )


def _allowed(settings: Settings) -> tuple[str, ...]:
    return (settings.office.contact,) if settings.office.contact else ()
