"""A period -> the neutrality board's lines, and who passed which gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor import neutrality
from monitor.neutrality import OBJECTING, Line
from monitor.sources import Settings
from monitor.store import Tx
from monitor.verdicts import Override


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a period: its lines, the gates that were passed (newest first), how many konten it is made of."""

    lines: tuple[Line, ...]
    overrides: Sequence[Override]
    konten: int


def board(tx: Tx, settings: Settings, start: datetime, end: datetime) -> Board:
    """The board, from the rows as they are now."""
    looked = tx.looked(start, end)
    first, last = (looked[0].item, looked[-1].item) if looked else (0, 0)
    spoken = [(subject, tx.items_saying(subject.phrases, first, last)) for subject in neutrality.subjects(settings)]
    lines = neutrality.lines(looked, spoken, tx.items_saying(OBJECTING, first, last))
    return Board(lines, tx.overrides(start, end), len(looked))
