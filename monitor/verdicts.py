"""Rumor -> Verdict + Evidence: what people found, and what it rests on."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a finding rests on (bukti). A row; `kind` is link, file or note; `page` the SHA-256 of the kept bytes;
    `official` names the `[[official]]` it belongs to, if any; `words` the digest of its payload (title, note)."""

    rumor: int
    kind: str
    url: str
    words: str
    at: datetime
    by: str
    page: str = ""
    official: str = ""
    published: datetime | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One finding about a rumor (hasil verifikasi). A row; a second thought is a new Verdict.

    `finding` is one of FINDINGS, `form` one of the seven First Draft types or "", `why` the reason of
    TIDAK DAPAT DIKLARIFIKASI or "", `words` the digest of the payload (title: claim, text: the explanation).
    """

    rumor: int
    finding: str
    words: str
    at: datetime
    by: str
    form: str = ""
    why: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """A second person's yes or no to a verdict. A row; `act` is setujui or kembalikan."""

    verdict: int
    act: str
    at: datetime
    by: str
    note: str = ""
    id: int = 0
