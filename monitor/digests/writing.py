"""Digest -> JSON, HTML, WhatsApp text; JSON -> Digest: a stored digest gives the same bytes again."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from babel.dates import format_datetime
from babel.numbers import format_decimal
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from monitor.digests.charts import bars
from monitor.digests.counting import accuracy, chance, counts, tables
from monitor.digests.rows import (
    UNCHECKED,
    Before,
    Digest,
    Events,
    Flagged,
    IsuLine,
    Period,
    ReferralLine,
    SourceLine,
    StageLine,
)
from monitor.digests.wordless import gone
from monitor.sources import offset

QUESTIONS = {"hasil": "Hasil verifikasi", "topik": "Topik konten", "narasi": "Narasi", "athg": "ATHG",
             "wilayah": "Wilayah", "tahapan": "Tahapan", "saluran": "Saluran", "sumber": "Sumber"}  # fmt: skip
SCREEN = 900
MAIN = 5
FIGURES = (("flagged", "konten perlu dilihat"), ("verified", "isu terverifikasi"),
           ("published", "klarifikasi terbit"), ("dismissed", "konten dikesampingkan"))  # fmt: skip


def to_json(digest: Digest) -> str:
    """The digest as JSON (UTF-8 text, sorted keys, times in ISO 8601 with offset)."""
    plain = asdict(digest) | {"sentences": digest.sentences, "counts": counts(digest.events)}
    plain["accuracy"] = accuracy(digest.events)
    for row in plain["events"]["flagged"]:
        row["mark"] = row["finding"] or UNCHECKED
    return json.dumps(plain, default=_plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def from_json(text: str) -> Digest:
    """The digest that `to_json` wrote; ValueError if it is none."""
    try:
        plain = json.loads(text)
        period, events, before = plain["period"], plain["events"], plain["before"]
        flagged = [_without({**row, "topics": tuple(row["topics"]), "regions": tuple(row["regions"]),
                     "stages": tuple(row.get("stages", ()))}, "mark")
                   for row in events["flagged"]]  # fmt: skip
        held = {**events, "answers": tuple(events["answers"]),
                "flagged": tuple(Flagged(**_moments(row, "at", "published")) for row in flagged),
                "sources": tuple(SourceLine(**_moments(row, "succeeded")) for row in events["sources"]),
                "isu": tuple(IsuLine(**_moments(row, "at")) for row in events["isu"]),
                "handed": tuple(ReferralLine(**_moments(row, "at")) for row in events.get("handed", ())),
                "models": tuple(events.get("models", ()))}  # fmt: skip
        return Digest(**{
            **_without(plain, "sentences", "counts", "accuracy"),
            "period": Period(**_moments(period, "start", "end")),
            "events": Events(**held),
            "before": Before(**before) if before else None,
            "stages": tuple(StageLine(**row) for row in plain["stages"]),
        })  # fmt: skip
    except (KeyError, TypeError) as fault:
        raise ValueError(f"no digest: {fault}") from fault


def to_html(digest: Digest, template: str, names: Mapping[str, str]) -> str:
    """The digest as one HTML page that stands alone. `template` is Jinja2 text, `names` gives the names of codes."""
    jinja = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    jinja.filters["when"] = lambda value: when(value, digest.period.zone)
    jinja.filters["number"] = lambda value: format_decimal(value, locale="id")
    jinja.filters["names"] = lambda codes: ", ".join(names.get(code, code) for code in codes)
    found = tables(digest)
    charts = {QUESTIONS[key]: Markup(bars(QUESTIONS[key], found[key], lambda code: names.get(code, code)))  # noqa: S704
              for key in ("hasil", "topik") if key in found}  # fmt: skip
    return jinja.from_string(template).render(
        digest=digest, counts=counts(digest.events), unchecked=UNCHECKED, tables=found, questions=QUESTIONS,
        charts=charts, accuracy=accuracy(digest.events), chance=chance(digest.events), title=heading(digest),
        figures=FIGURES, main=MAIN,
        gone=[one for one in digest.events.isu if one.why], erased=gone(digest),
    )  # fmt: skip


def to_whatsapp(digest: Digest) -> str:
    """One screen: the three sentences, four numbers, the main isu."""
    told = counts(digest.events)
    lines = [f"*{heading(digest)}*", digest.office, "", *digest.sentences, ""]
    lines += [f"• {told[key]} {name}{_change(digest, key)}" for key, name in FIGURES]
    answered = told["median_hours"]
    lines += [f"• waktu menjawab {answered} jam (janji {digest.promise} jam)"] if answered is not None else []
    for one in digest.events.isu[:MAIN]:
        line = f"• {one.finding}: {one.headline or one.claim}"[:160]
        if len("\n".join([*lines, line])) > SCREEN:
            break
        lines.append(line)
    return "\n".join(lines) + "\n"


def heading(digest: Digest) -> str:
    """What the report is called, with its edition where there are more than one."""
    kind = "Laporan mingguan" if "-W" in digest.period.label else "Laporan"
    edition = f", edisi {digest.number}" if digest.number > 1 else ""
    return f"{kind} {digest.period.label}{edition}"


def when(value: datetime | None, zone: str) -> str:
    """A time in Indonesian with the zone beside it: "21 Nov 2026 14.05 WIB"; "tidak diketahui" for None."""
    if value is None:
        return "tidak diketahui"
    local = value.astimezone(offset(zone))
    return f"{format_datetime(local, 'd MMM y HH.mm', locale='id')} {local.tzname()}"


def _change(digest: Digest, key: str) -> str:
    if digest.before is None or digest.before.counts.get(key) is None:
        return ""
    return f" (sebelumnya {digest.before.counts[key]})"


def _without(plain: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in plain.items() if name not in names}


def _moments(plain: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {**plain, **{name: datetime.fromisoformat(plain[name]) if plain[name] else None for name in names}}


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
