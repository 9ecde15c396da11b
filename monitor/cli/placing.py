"""`jernih score --at --feeds`: an office and a moment -> how a Score ranks there."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from classifiers.detector import Score
from monitor import contexts, items, sources
from monitor.sources import ConfigError, Settings

Placing = Callable[[dict[str, Any], Score], float]


class Wrong(Exception):
    """Wrong use of the command: a sentence, and exit code 2."""

    code = 2

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def placing(feeds: Path | None, at: str) -> Placing:
    """The rank key in the context of an office and a moment (the present one, if only the office is given)."""
    moment = _moment(at, "--at") if at else datetime.now(UTC)
    settings = _settings(feeds) if feeds else Settings()

    def place(record: dict[str, Any], score: Score) -> float:
        try:
            published = _moment(record["published"], "published") if record["published"] else moment
        except Wrong:
            published = moment
        context = contexts.context(settings, score.regions, published, 1, moment)
        return items.priority(score.hoax, score.election, score.stance, context, contexts.weights(settings))

    return place


def _moment(text: str, name: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as fault:
        raise Wrong(f"{name}: {text} bukan waktu. Tulis seperti 2024-11-25T08:00+09:00.") from fault
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _settings(path: Path) -> Settings:
    try:
        return sources.read(path.read_bytes())
    except OSError as fault:
        raise Wrong(f"{path} tidak dapat dibaca ({fault.strerror}).") from fault
    except ConfigError as fault:
        raise Wrong("\n".join(fault.sentences(str(path)))) from fault
