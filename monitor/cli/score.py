"""`jernih score`: JSON lines in, JSON lines out; the neutral context, unless --at or --feeds asks for one."""

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from classifiers import detector
from classifiers.detector import Detector, Score
from monitor import items
from monitor.cli.lines import Arrivals
from monitor.items import Context, Weights

SELDOM = 50_000  # objects more than before until garbage is looked for
LOT = 32  # lines that are judged together
FEW = 64  # lines that this process answers alone before it calls others to help
_encoded = json.JSONEncoder(ensure_ascii=False).encode
LONGEST_LINE = 8 * 2**20
LOST = "Proses yang menilai baris ini terhenti; baris di dekatnya mungkin penyebabnya. Ulangi dengan --proses 1."
FIELDS = ("id", "title", "text", "published", "url", "source")


class Unreadable(ValueError):
    """A line that is no JSON object with a text; told on its own line, the batch goes on."""


Placing = Callable[[dict[str, Any], Score], float]
Judge = Callable[[list[bytes]], bytes]
ALL_GOOD, SOME_BAD = b"+", b"-"  # first byte of a lot's answers: whether every line could be read


def command(
    file: Annotated[str, typer.Argument(help="Berkas JSONL, atau - untuk masukan standar.")] = "-",
    at: Annotated[str, typer.Option(help="Nilai seolah pada saat ini, misalnya 2024-11-25T08:00+09:00.")] = "",
    feeds: Annotated[Path | None, typer.Option(help="Pakai wilayah, tahapan, dan bobot dari feeds.toml ini.")] = None,
    proses: Annotated[int, typer.Option(min=0, help="Jumlah proses; 0: satu tiap inti, 1: tanpa pembantu.")] = 0,
) -> None:
    """Nilai teks: tiap baris satu objek JSON dengan text (wajib), id, title, published, url, source."""
    source = Arrivals(file, LOT, LONGEST_LINE)
    scorer = loaded()
    # Settings cost a third of a second to import; the neutral context needs none of it.
    place = import_module("monitor.cli.placing").placing(feeds, at) if at or feeds else neutral
    failed = False
    for told in told_by(source, lambda lot: judged(scorer, lot, place), proses or len(os.sched_getaffinity(0))):
        failed |= told[:1] == SOME_BAD
        sys.stdout.write(told[1:].decode())
        sys.stdout.flush()
    if failed:
        raise typer.Exit(1)


def loaded() -> Detector:
    """The Detector, in a process that does nothing but judge.

    What was loaded stays until the end, and judging leaves nothing that counting references does not free: to look
    through all of it for garbage again and again would cost a twentieth of the time.
    """
    scorer = detector.load()
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)
    return scorer


def told_by(source: Arrivals, judge: Judge, processes: int) -> Iterator[bytes]:
    """The answers of every lot, in order; what is more than a FEW lines is shared among processes."""
    answered = 0
    while source.lots or not source.ended:
        if not source.lots:
            source.read()
            continue
        answered += sum(map(len, source.lots))
        if processes > 1 and answered > FEW:
            yield from helped(source, judge, processes)
            return
        while source.lots:
            yield judge(source.lots.popleft())


def helped(source: Arrivals, judge: Judge, processes: int) -> Iterator[bytes]:
    """The same with the help of so many processes; the lines of one that died answer with an error."""
    # Processes cost a twentieth of a second to import.
    with import_module("monitor.cage.crew").Crew(judge, processes) as crew:
        for done in crew.run(source):
            yield judged_by_nobody(done.lot, done.cause) if done.answer is None else done.answer


def judged(scorer: Detector, lot: list[bytes], place: Placing) -> bytes:
    """ALL_GOOD or SOME_BAD, and the lines of the answers to a lot."""
    return _told(list(answers(scorer, lot, place)))


def judged_by_nobody(lot: list[bytes], cause: str) -> bytes:
    """What is told of lines whose process died over one of them."""
    keys = [record.get("id") if isinstance(record, dict) else None for record in map(_record, lot)]
    return _told([{"id": key, "error": cause, "sentence": LOST} for key in keys])


def _told(found: list[dict[str, Any]]) -> bytes:
    mark = SOME_BAD if any("error" in answer for answer in found) else ALL_GOOD
    return mark + "".join([written(answer) + "\n" for answer in found]).encode()


def written(answer: dict[str, Any]) -> str:
    """One answer as a line; half a character, which no output can carry, becomes a question mark."""
    line = _encoded(answer)
    return line if line.isascii() else line.encode("utf-8", "replace").decode()


def neutral(record: dict[str, Any], score: Score) -> float:
    """The rank key in the neutral context: the same on any day."""
    return items.priority(score.hoax, score.election, score.stance, Context(), Weights())


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
        return Unreadable(f"line of more than {LONGEST_LINE} bytes")
    try:
        found = json.loads(line.decode("utf-8", "replace"))
    except (ValueError, RecursionError) as fault:
        return Unreadable(f"not JSON: {fault}")
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        return Unreadable('not an object with a "text"')
    plain = {name: found.get(name) if isinstance(found.get(name), str) else "" for name in ("title", "published")}
    return {"id": found.get("id"), "text": found["text"], **plain}
