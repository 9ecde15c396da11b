"""Verdict + its words -> a first Draft, by the template of the finding and its form (monitor/data/klarifikasi.toml)."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from monitor import shipped
from monitor.clarifications.rows import Citation, Draft, bounded
from monitor.clarifications.truth import first_sentence
from monitor.verdicts import Verdict

CATEGORIES = (
    "Kesehatan", "Penipuan", "Pemerintah", "Politik", "Internasional", "Kejahatan", "Kebencanaan",
    "Pencemaran nama baik", "Keagamaan", "Mitos", "Perdagangan", "Pendidikan", "Lainnya",
)  # fmt: skip


@lru_cache(maxsize=1)
def templates() -> dict[str, Any]:
    """The shipped texts: `finding` and `form` tables with advice, marks and alt."""
    return tomllib.loads(shipped.text("klarifikasi.toml"))


def first_draft(
    verdict: Verdict, claim: str, explanation: str, citations: Iterable[Citation], where: Iterable[str], office: str
) -> Draft:
    """A text to start from: the fact leads, out of the finding's own explanation; the claim stands below, marked."""
    of = templates()["finding"][verdict.finding]
    form = templates()["form"].get(verdict.form, {})
    cited = tuple(citations)
    fact = first_sentence(explanation).strip().rstrip(".") or of["headline"]
    body = next((one.official for one in cited if one.official), "")
    places = ", ".join(sorted(set(where))) or "grup percakapan dan media sosial"
    return bounded(Draft(
        headline=_short(fact, 110),
        slug=slug(fact),
        summary=_short(explanation or of["headline"], 600),
        speaker=f"{body or office}: (nama dan jabatan)",
        claim=claim,
        circulating=_filled(of["circulating"], claim=claim),
        where=places,
        explanation="\n".join(part for part in (explanation, form.get("explanation", "")) if part),
        advice=form.get("advice", of["advice"]),
        category=of["category"],
        alt=_filled(of["alt"], fact=_short(fact, 200)),
        citations=cited,
        relay=body if body.split()[:1] in (["KPU"], ["Bawaslu"]) else "",
    ))  # fmt: skip


def slug(text: str, most: int = 60) -> str:
    """Lower-case ASCII words with hyphens, cut at a word; "klarifikasi" where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    whole = "-".join(re.findall(r"[a-z0-9]+", plain))
    cut = whole if len(whole) <= most else whole[: most + 1].rpartition("-")[0] or whole[:most]
    return cut.strip("-") or "klarifikasi"


def _filled(template: str, **values: str) -> str:
    """Plain replacement, not a template language: what a person wrote is never run."""
    for name, value in values.items():
        template = template.replace("{" + name + "}", value)
    return template


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rpartition(" ")[0] + "…"
