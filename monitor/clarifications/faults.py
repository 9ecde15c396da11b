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
    says that masa tenang holds until the polls close, `regulation` the rule cited for it.
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
    confirmed: str = ""


def blocking(faults: tuple[Fault, ...], waivers: Mapping[str, str]) -> tuple[Fault, ...]:
    """The faults that stand in the way: every error, and every warning without a written reason."""
    return tuple(one for one in faults if one.level == GALAT or not waivers.get(one.code, "").strip())
