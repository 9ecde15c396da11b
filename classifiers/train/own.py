"""data/contoh.toml -> CorpusRow: made-up harmless texts of our own, the kinds that no corpus of hoaxes holds.

Posts that only opine, public announcements, regional offices' own news, clarifications: all label 0.
"""

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from classifiers.corpus import CorpusRow
from classifiers.model import packaged

KINDS: Final = ("pos", "pengumuman", "daerah", "klarifikasi")
FIRST_CLUSTER: Final = 10_000_000
_SLOT: Final = re.compile(r"\{(\w+)\}")


def own_rows(seed: int = 0) -> list[CorpusRow]:
    """All templates filled; the texts of one template share a cluster."""
    table = tomllib.loads(packaged("contoh.toml"))
    chance = random.Random(seed)  # noqa: S311 - variety, not secrecy
    found: list[CorpusRow] = []
    for kind in KINDS:
        for group in table[kind]:
            found += _filled(kind, group, table["isi"], table["salinan"], chance, FIRST_CLUSTER + len(found))
    return found


def _filled(
    kind: str, group: Mapping[str, Sequence[str]], slots: Mapping[str, Sequence[str]], copies: int,
    chance: random.Random, first: int,
) -> Iterator[CorpusRow]:  # fmt: skip
    titles = group.get("judul", ())
    for number, template in enumerate(group["teks"]):
        for copy in range(copies if not titles else 2 * copies):
            title = fill(chance.choice(titles), slots, chance) if titles else ""
            yield _row(f"own-{kind}-{number}-{copy}", kind, title, fill(template, slots, chance), first + number)


def fill(template: str, slots: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """A template with every {slot} drawn anew."""
    return " ".join(_SLOT.sub(lambda slot: chance.choice(slots[slot[1]]), template).split())


def _row(name: str, kind: str, title: str, text: str, cluster: int) -> CorpusRow:
    values: dict[str, Any] = {"id": name, "dataset": "own", "source": f"Jernih ({kind})", "cluster": cluster}
    shape = "news_body" if title else "post_quote"
    return CorpusRow(
        **values, year=0, month=0, title=title, text=text, text_kind=shape, kind="news", label=0, detail=kind,
        election=False, political=True, duplicate=False,
    )  # fmt: skip
