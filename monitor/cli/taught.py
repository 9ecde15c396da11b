"""Examples -> CSV or JSON lines: the labels of the desk for whoever studies them, without names and personal data.

One row a label. `label` is 1 for a hoax and 0 for none; `why` the finding, or why the konten was set aside; `model` the
model that scored it and `hoax` what it said; `stage` the calendar's stages when it was flagged; `flagged` and `found`
are moments in UTC (ISO 8601). Who found it is not told.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from monitor import sources
from monitor.digests import neutral
from monitor.masks import masked
from monitor.pipeline.learning import Example, Examples
from monitor.sources import Settings

FIELDS: Final = (
    "item", "title", "text", "label", "why", "stance", "hoax", "model", "stage", "flagged", "found",
)  # fmt: skip


def rows(taken: Sequence[Example], settings: Settings) -> Iterator[dict[str, str | int | float]]:
    """The fields of every label, in the order of FIELDS."""
    for example in taken:
        item, score = example.row.item, example.row.score
        stages = sources.stage(settings, sources.today(settings, item.at))
        yield {
            "item": item.id,
            "title": masked(example.label.title),
            "text": masked(example.label.text),
            "label": int(example.label.hoax),
            "why": example.why,
            "stance": score.stance,
            "hoax": round(score.hoax, 6),
            "model": score.model,
            "stage": "; ".join(dict.fromkeys(stage.name for stage in stages)),
            "flagged": item.at.isoformat(timespec="seconds"),
            "found": example.at.isoformat(timespec="seconds"),
        }


def to_jsonl(taken: Sequence[Example], settings: Settings) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(taken, settings)).encode()


def to_csv(taken: Sequence[Example], settings: Settings) -> bytes:
    """Read by a spreadsheet too: no cell begins a formula."""
    held = io.StringIO(newline="")
    write = csv.writer(held, lineterminator="\r\n")
    write.writerow(FIELDS)
    for row in rows(taken, settings):
        write.writerow([neutral(row[name]) for name in FIELDS])
    return held.getvalue().encode("utf-8-sig")


FORMATS: Final[dict[str, Callable[[Sequence[Example], Settings], bytes]]] = {"jsonl": to_jsonl, "csv": to_csv}


def said(held: Examples) -> list[str]:
    """How many labels of each kind there are, and how many judged konten are none."""
    kinds = Counter((example.label.hoax, example.why) for example in held.taken)
    told = [f"{'hoaks' if hoax else 'bukan hoaks'} ({why}): {count}" for (hoax, why), count in sorted(kinds.items())]
    return [*told, *(f"tidak ikut, {why}: {count}" for why, count in sorted(held.left.items()))]
