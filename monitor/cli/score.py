"""`jernih score`: JSON lines in, JSON lines out; the neutral context, unless --at or --feeds asks for one."""

import gc
import json
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from classifiers import detector
from classifiers.detector import Detector, Score
from monitor import items
from monitor.cli.lines import lines
from monitor.items import Context, Weights

AT_ONCE = 100
_encoded = json.JSONEncoder(ensure_ascii=False).encode
LONGEST_LINE = 8 * 2**20
FIELDS = ("id", "title", "text", "published", "url", "source")


class Unreadable(ValueError):
    """A line that is no JSON object with a text; told on its own line, the batch goes on."""


Placing = Callable[[dict[str, Any], Score], float]


def command(
    file: Annotated[str, typer.Argument(help="Berkas JSONL, atau - untuk masukan standar.")] = "-",
    at: Annotated[str, typer.Option(help="Nilai seolah pada saat ini, misalnya 2024-11-25T08:00+09:00.")] = "",
    feeds: Annotated[Path | None, typer.Option(help="Pakai wilayah, tahapan, dan bobot dari feeds.toml ini.")] = None,
) -> None:
    """Nilai teks: tiap baris satu objek JSON dengan text (wajib), id, title, published, url, source."""
    scorer = detector.load()
    # What was loaded stays until the end; looking through it again and again for garbage costs a twentieth of the time.
    gc.collect()
    gc.freeze()
    # Settings cost a third of a second to import; the neutral context needs none of it.
    place = import_module("monitor.cli.placing").placing(feeds, at) if at or feeds else neutral
    failed = False
    for batch in batches(file):
        for answer in answers(scorer, batch, place):
            failed |= "error" in answer
            sys.stdout.write(written(answer) + "\n")
        sys.stdout.flush()
    if failed:
        raise typer.Exit(1)


def written(answer: dict[str, Any]) -> str:
    """One answer as a line; half a character, which no output can carry, becomes a question mark."""
    line = _encoded(answer)
    return line if line.isascii() else line.encode("utf-8", "replace").decode()


def neutral(record: dict[str, Any], score: Score) -> float:
    """The rank key in the neutral context: the same on any day."""
    return items.priority(score.hoax, score.election, score.stance, Context(), Weights())


def batches(file: str) -> Iterator[list[bytes]]:
    """Lines in lots; an empty line is nothing."""
    held: list[bytes] = []
    for line in lines(file):
        if line.strip():
            held.append(line)
        if len(held) == AT_ONCE:
            yield held
            held = []
    if held:
        yield held


def answers(scorer: Detector, batch: list[bytes], place: Placing = neutral) -> Iterator[dict[str, Any]]:
    """One answer a line, in order; a line that cannot be read answers with its error."""
    records = [_record(line) for line in batch]
    good = [record for record in records if isinstance(record, dict)]
    scores = iter(scorer.scores([(record["title"], record["text"]) for record in good]))
    for record in records:
        if isinstance(record, Unreadable):
            yield {"id": None, "error": str(record), "sentence": "Baris ini bukan objek JSON dengan kunci text."}
        else:
            score = next(scores)
            yield answer(record["id"], score, place(record, score))


def answer(key: Any, score: Score, rank: float) -> dict[str, Any]:
    """One Score as the fields of `jernih score`; `rank` is its rank key."""
    return {
        "id": key,
        "hoax": score.hoax,
        "stance": score.stance,
        "election": score.election,
        "flag": score.flag,
        "priority": rank,
        "topics": list(score.topics),
        "targets": list(score.targets),
        "regions": list(score.regions),
        "reasons": [{"text": reason.text, "weight": reason.weight} for reason in score.reasons],
        "doubt": score.doubt,
        "model": score.model,
    }


def _record(line: bytes) -> dict[str, Any] | Unreadable:
    if len(line) > LONGEST_LINE:
        return Unreadable(f"line of {len(line)} bytes, at most {LONGEST_LINE}")
    try:
        found = json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as fault:
        return Unreadable(f"not JSON: {fault}")
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        return Unreadable('not an object with a "text"')
    plain = {name: found.get(name) if isinstance(found.get(name), str) else "" for name in ("title", "published")}
    return {"id": found.get("id"), "text": found["text"], **plain}
