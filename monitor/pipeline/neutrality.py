"""A period -> the neutrality board's lines, and who passed which gate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor import neutrality
from monitor.neutrality import OBJECTING, PEMERINTAH, Line
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
    sources = tx.tallies(start, end)
    spoken = [(subject, tx.tally_saying(start, end, subject.phrases)) for subject in neutrality.subjects(settings)]
    government, critics = tx.tallies_aimed(start, end, PEMERINTAH, OBJECTING)
    lines = neutrality.lines(spoken, government, critics, sources)
    return Board(lines, tx.overrides(start, end), sum(one.konten for one in sources.values()))
