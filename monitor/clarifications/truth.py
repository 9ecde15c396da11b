"""Does a line repeat a claim? Truth first: headline, slug and preview state the fact, or mark what is false."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from classifiers.stem import stem_text
from classifiers.text import normalise
from monitor.clarifications.faults import GALAT, PERINGATAN, Facts, Fault
from monitor.clarifications.rows import Draft
from monitor.verdicts import FAKTA, STAMPS

_EMPTY = """
yang dan di ke dari pada untuk dengan oleh ini itu akan sudah telah adalah ada para atau juga dalam bahwa karena saat
agar bagi sebagai lagi pun si sang maka jadi bisa dapat kata hari sedang masih mau
"""
EMPTY = frozenset(_EMPTY.split())
DENIAL = re.compile(
    r"\b(?:tidak|bukan|belum|tanpa|tak|hoaks?|hoax|salah|palsu|keliru|bohong|menyesatkan|penipuan|disinformasi|fiktif"
    r"|dibantah|membantah|bantah|waspadai?|satire|tetap|justru)\b"
)
VERB = re.compile(r"(?:me|di|ter|ber)[a-z]{3,}$")
BEFORE = re.compile(r"^\W*(?:telah |sudah )?(?:beredar|viral|heboh|geger|tersebar|ramai)\b", re.I)
ENDS = re.compile(r"[.!?](?:\s|$)")
ALL, WHOLE, PART = 0.9, 0.6, 0.45
PREVIEW = 200


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order."""
    words = re.findall(r"[a-z0-9]+", normalise(text.replace("-", " ")))
    return [stem_text(word) for word in words if word not in EMPTY and len(word) > 1]


def verbs(text: str) -> set[str]:
    """The stems of what is done in a text, as far as its prefixes show it: "ditunda", "membakar", "tercoblos"."""
    words = re.findall(r"[a-z0-9]+", normalise(text))
    return {stem for word in words if VERB.match(word) and (stem := stem_text(word)) != word}


def repeats(line: str, claim: str) -> float:
    """How much of a line is the claim (0-1): the share of neighbouring meaningful words that both have, or 1 where
    every word of the claim stands in the line. 0 where the line has the claim's nouns and nothing of what it says
    was done: a fact speaks of the same things."""
    left, right, done = stems(line), stems(claim), verbs(claim)
    if not left or not right or (done and not done & set(left)):
        return 0.0
    if len(right) > 1 and set(right) <= set(left):
        return 1.0
    ours, theirs = _pairs(left), _pairs(right)
    least = min(len(ours), len(theirs))
    return len(ours & theirs) / least if least > 1 else float(least and ours <= theirs)


def denied(line: str) -> bool:
    """Is there a word in the line that says that something is not so?"""
    return bool(DENIAL.search(normalise(line.replace("-", " "))))


def first_sentence(text: str) -> str:
    """Up to the first full stop, at most 300 characters."""
    found = ENDS.search(text, 0, 400)
    return (text[: found.start() + 1] if found else text)[:300]


def preview(summary: str) -> list[str]:
    """The sentences that a preview shows, in whole or in part: those that begin within its PREVIEW letters."""
    found, here = [first_sentence(summary)], 0
    for end in ENDS.finditer(summary, 0, PREVIEW):
        here = end.end()
        found.append(first_sentence(summary[here:]))
    return [line for line in found if line.strip()]


def truth_first(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """The rules on headline, slug, preview, and on how the text opens."""
    for name, line in (("headline", draft.headline), ("summary", draft.summary), ("speaker", draft.speaker)):
        if BEFORE.search(line):
            yield Fault("beredar-dahulu", GALAT, name, "Dahulukan yang benar: jangan membuka dengan “beredar” atau "
                        "“viral”. Tulis faktanya, baru sesudahnya apa yang beredar.", line[:60])
    if facts.finding == FAKTA:
        return
    for name, line in (("headline", draft.headline), ("slug", draft.slug), ("alt", draft.alt),
                       *(("summary", line) for line in preview(draft.summary)),
                       *(("pictures", one.alt) for one in draft.pictures)):
        yield from _line(name, line, draft.claim)


NAMES = {"headline": "Judul", "slug": "Alamat halaman", "alt": "Teks alternatif", "summary": "Pratinjau",
         "pictures": "Teks alternatif gambar"}


def _line(name: str, line: str, claim: str) -> Iterator[Fault]:
    share = repeats(line, claim)
    if share < PART:
        return
    if not denied(line):
        level = GALAT if share >= WHOLE else PERINGATAN
        yield Fault(f"ulang-{name}", level, name, f"{NAMES[name]} mengulang klaim yang beredar tanpa tanda bahwa itu "
                    "tidak benar. Tulis faktanya.", line[:80])
    elif name == "headline" and (share >= ALL or _stamped(line)) and not _fact_leads(line):
        yield Fault("judul-bertanda", PERINGATAN, name, "Judul masih berpusat pada klaimnya. Lebih baik judul menyebut "
                    "fakta; bila memang perlu, tuliskan alasannya.", line[:80])


def _fact_leads(line: str) -> bool:
    """Does the denial stand in the first half of the line, so that a cut preview keeps it?"""
    found = DENIAL.search(line.lower())
    return found is not None and found.start() <= len(line) // 2 and not _stamped(line)


def _stamped(line: str) -> bool:
    return line.lower().lstrip("[( ").startswith(("hoaks", "hoax", "salah", "disinformasi"))


def _pairs(words: Sequence[str]) -> set[tuple[str, str]]:
    return set(pairwise(words)) if len(words) > 1 else {(word, "") for word in words}


FOREIGN = {"HOAKS": re.compile(r"\bhoa(?:ks|x)\b", re.I), "PENIPUAN": re.compile(r"\bpenipuan\b", re.I),
           "MENYESATKAN": re.compile(r"\bmenyesatkan\b", re.I)}


def stamp(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """A text says no harder word than people found."""
    if facts.finding in STAMPS:
        return
    for name in ("headline", "summary", "explanation", "slug"):
        for word, pattern in FOREIGN.items():
            if pattern.search(getattr(draft, name)):
                yield Fault("cap-lain", GALAT, name, f"Hasilnya {facts.finding}, jadi teks ini tidak boleh menyebutnya "
                            f"{word.lower()}.", word)
