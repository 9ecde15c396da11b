"""What a clarification is made of: its row and acts, its text (a payload), and what they fold into."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from functools import reduce
from typing import Any

from monitor.entries import Words

DRAF, MENUNGGU, DISETUJUI = "DRAF", "MENUNGGU", "DISETUJUI"
DITERBITKAN, DIKOREKSI, DITARIK = "DITERBITKAN", "DIKOREKSI", "DITARIK"
STATES = (DRAF, MENUNGGU, DISETUJUI, DITERBITKAN, DIKOREKSI, DITARIK)
PUBLIC = (DITERBITKAN, DIKOREKSI)
KOREKSI, TARIK = "koreksi", "tarik"
PROPOSALS = {"usulkan koreksi": KOREKSI, "usulkan penarikan": TARIK}
LONGEST = {"headline": 200, "slug": 80, "summary": 1500, "speaker": 200, "circulating": 1000, "where": 300,
           "explanation": 5000, "advice": 1000, "category": 60, "alt": 500, "relay": 60, "claim": 500}
MOST_CITATIONS = 20


@dataclass(frozen=True, slots=True)
class Citation:
    """One source that the text rests on: `official` names the `[[official]]` it belongs to, "" if none."""

    url: str
    title: str
    official: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture from evidence: SHA-256 of its redacted bytes, who blacked it out ("" nobody), and its alt text."""

    page: str
    alt: str
    redacted_by: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The words of a clarification (payload). `headline` is the fact, `summary` the one paragraph, `speaker` who says
    so (office, name, post), `claim` and `circulating` what went around, `where` in which places; `relay` names the
    official body whose statement is relayed, "" if none; `waivers` are reasons by the code of a warning."""

    headline: str
    slug: str
    summary: str
    speaker: str
    claim: str
    circulating: str
    where: str
    explanation: str
    advice: str
    category: str
    alt: str
    citations: tuple[Citation, ...] = ()
    pictures: tuple[Picture, ...] = ()
    relay: str = ""
    waivers: dict[str, str] = field(default_factory=dict)

    def words(self) -> Words:
        """The payload that the store keeps."""
        plain = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return Words(self.headline, plain)

    def prose(self) -> dict[str, str]:
        """The fields that people read, by name."""
        return {name: getattr(self, name) for name in LONGEST if name != "relay"}


def draft_of(words: Words) -> Draft:
    """The text that a payload holds; ValueError if it is none."""
    try:
        plain: dict[str, Any] = json.loads(words.text)
        known = {one.name for one in fields(Draft)}
        found = {name: value for name, value in plain.items() if name in known}
        found["citations"] = tuple(Citation(**one) for one in plain["citations"])
        found["pictures"] = tuple(Picture(**one) for one in plain["pictures"])
        return Draft(**found)
    except (KeyError, TypeError) as fault:
        raise ValueError(f"no text of a clarification: {fault}") from fault


def bounded(draft: Draft) -> Draft:
    """The text with every field in one clean piece and no longer than LONGEST allows."""
    cut: dict[str, Any] = {name: _clean(getattr(draft, name))[:most] for name, most in LONGEST.items()}
    return replace(draft, **cut, citations=draft.citations[:MOST_CITATIONS])


def _clean(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.replace("\r\n", "\n").split("\n"))
    kept = "\n".join(line for line in lines if line)
    return "".join(one for one in kept if one == "\n" or one.isprintable())


@dataclass(frozen=True, slots=True)
class Clarification:
    """The counter-text of one verdict (klarifikasi). `state`, `words` (digest of the text at hand), `public` (digest
    of the text that people read, "" none), `proposal` (koreksi or tarik, "" none) and `version` are the projection
    of its ClarificationActs."""

    rumor: int
    verdict: int
    at: datetime
    by: str
    state: str = DRAF
    words: str = ""
    public: str = ""
    proposal: str = ""
    version: int = 1
    id: int = 0


@dataclass(frozen=True, slots=True)
class ClarificationAct:
    """What was done to a clarification. A row; `words` is the digest of the text that the act was about."""

    clarification: int
    at: datetime
    who: str
    act: str
    old: str
    new: str
    words: str
    reason: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """Whether an address that a text rests on answered, when it was looked at. A row."""

    clarification: int
    url: str
    at: datetime
    alive: bool
    id: int = 0


def stepped(before: Clarification, act: ClarificationAct) -> Clarification:
    """The projection after one more act."""
    kept = before.proposal if act.act == "konfirmasi" else ""
    public, proposal = _public(before, act), PROPOSALS.get(act.act, kept)
    version = before.version + 1
    return replace(before, state=act.new, words=act.words, public=public, proposal=proposal, version=version)


def folded(first: Clarification, acts: Iterable[ClarificationAct]) -> Clarification:
    """The projection that all acts lead to, from the first row on."""
    return reduce(stepped, acts, replace(first, state=DRAF, words="", public="", proposal="", version=0))


def _public(before: Clarification, act: ClarificationAct) -> str:
    if act.act in ("terbitkan", "setujui koreksi"):
        return act.words
    return "" if act.new == DITARIK else before.public

