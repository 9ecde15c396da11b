"""What the linter says: a fault with its field, its words, a reason, and whether it blocks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor.clarifications.rows import LinkCheck
from monitor.sources import Candidate, Official

GALAT, PERINGATAN = "galat", "peringatan"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `level` galat blocks, peringatan needs a written reason; `quote` is what was found."""

    code: str
    level: str
    field: str
    sentence: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the linter needs to know around a text: the finding and its form, the office's settings, which addresses
    answered when, the kinds of stage that are on at `now`, and the kepala's confirmation for days of silence.

    `press` are names and hosts of press outlets, `allowed` contacts of the office that may stand in a text, `quiet`
    says that masa tenang holds until the polls close, `regulation` the rule cited for it, `wording` what the office
    wants said to whoever must wait ("" is the usual sentence). `answered` are addresses that answered of late, though
    perhaps not at the last look; `redacted` the pictures that a person blacked out for this very text.
    """

    finding: str
    form: str
    now: datetime
    candidates: tuple[Candidate, ...] = ()
    officials: tuple[Official, ...] = ()
    press: tuple[str, ...] = ()
    checks: Mapping[str, LinkCheck] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()
    quiet: bool = False
    regulation: str = ""
    wording: str = ""
    confirmed: str = ""
    answered: frozenset[str] = frozenset()
    redacted: frozenset[str] = frozenset()


# What only the kepala can settle: it keeps a text from the public, not from the second person's table.
AWAITING = "masa-tenang-konfirmasi"
# Warnings of the moment, about addresses: whoever publishes may answer them with a reason.
MOMENTARY = ("tautan-mati", "tautan-lama", "sumber-resmi-padam")


def blocking(faults: tuple[Fault, ...], waivers: Mapping[str, str]) -> tuple[Fault, ...]:
    """The faults that stand in the way: every error, and every warning without a written reason."""
    return tuple(one for one in faults if one.level == GALAT or not waivers.get(one.code, "").strip())


def before_signing(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """The faults without what the kepala may still confirm."""
    return tuple(one for one in faults if one.code != AWAITING)


def answered_now(waivers: Mapping[str, str], reason: str) -> dict[str, str]:
    """The reasons of the text, and for warnings of the moment the reason of whoever publishes."""
    return {**dict.fromkeys(MOMENTARY, reason), **waivers} if reason.strip() else dict(waivers)
