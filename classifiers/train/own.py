"""data/contoh.toml, pendapat.toml, ukur.toml -> CorpusRow: made-up harmless texts of our own, all label 0.

Posts that only opine, public announcements, regional offices' own news, clarifications: kinds that no corpus of hoaxes
holds. Those of ukur.toml are never trained on: they only measure.
"""

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from classifiers.corpus import CorpusRow
from classifiers.model import packaged
from classifiers.views import MEASURE, OWN

KINDS: Final = ("pos", "pengumuman", "daerah", "klarifikasi")
MEASURED: Final = ("pos", "daerah")
FIRST_CLUSTER: Final = 10_000_000
FIRST_OPINION: Final = 11_000_000
FIRST_MEASURED: Final = 12_000_000
SECOND: Final = 0.35  # share of opinions that say two things
SHOUTED: Final = 0.06
SMALL: Final = 0.3
_SLOT: Final = re.compile(r"\{(\w+)\}")


def own_rows(seed: int = 0) -> list[CorpusRow]:
    """All templates filled; the texts of one template share a cluster."""
    table = tomllib.loads(packaged("contoh.toml"))
    chance = random.Random(seed)  # noqa: S311 - variety, not secrecy
    found: list[CorpusRow] = []
    for kind in KINDS:
        for group in table[kind]:
            found += _filled(kind, group, table["isi"], table["salinan"], chance, FIRST_CLUSTER + len(found))
    return found + _opinions(table["isi"], chance) + _measured(table["isi"], chance)


def _filled(
    kind: str, group: Mapping[str, Sequence[str]], slots: Mapping[str, Sequence[str]], copies: int,
    chance: random.Random, first: int,
) -> Iterator[CorpusRow]:  # fmt: skip
    titles = group.get("judul", ())
    for number, template in enumerate(group["teks"]):
        for copy in range(copies if not titles else 2 * copies):
            title = fill(chance.choice(titles), slots, chance) if titles else ""
            yield _row(f"own-{kind}-{number}-{copy}", kind, title, fill(template, slots, chance), first + number)


def _opinions(slots: Mapping[str, Sequence[str]], chance: random.Random) -> list[CorpusRow]:
    """The opinions of pendapat.toml, put together at random."""
    table = tomllib.loads(packaged("pendapat.toml"))
    cores = [core for group in table["inti"] for core in group["teks"]]
    return [
        _row(f"own-ragam-{number}-{copy}", "ragam", "", _opinion(core, cores, table, slots, chance),
             FIRST_OPINION + number)
        for number, core in enumerate(cores)
        for copy in range(table["salinan"])
    ]  # fmt: skip


def _opinion(
    core: str, cores: Sequence[str], table: Mapping[str, Sequence[str]], slots: Mapping[str, Sequence[str]],
    chance: random.Random,
) -> str:  # fmt: skip
    joint = chance.choice((". ", ", ", " ", "! ", "... ", ", padahal ", ", eh ", ". "))
    second = joint + chance.choice(cores) if chance.random() < SECOND else ""
    said = f"{chance.choice(table['pembuka'])} {core}{second}{chance.choice(('', '.', '!', '...', '?', ''))}"
    text = fill(f"{said} {chance.choice(table['penutup'])}", slots, chance)
    how = chance.random()
    return text.upper() if how < SHOUTED else text.lower() if how < SHOUTED + SMALL else text[:1].upper() + text[1:]


def _measured(slots: Mapping[str, Sequence[str]], chance: random.Random) -> list[CorpusRow]:
    table = tomllib.loads(packaged("ukur.toml"))
    return [
        _row(f"ukur-{kind}-{number}", kind, "", fill(template, slots, chance), FIRST_MEASURED + number, MEASURE)
        for kind in MEASURED
        for group in table[kind]
        for number, template in enumerate(group.get("teks", ()) or group["judul"])
    ]


def fill(template: str, slots: Mapping[str, Sequence[str]], chance: random.Random) -> str:
    """A template with every {slot} drawn anew."""
    return " ".join(_SLOT.sub(lambda slot: chance.choice(slots[slot[1]]), template).split())


def _row(name: str, kind: str, title: str, text: str, cluster: int, dataset: str = OWN) -> CorpusRow:
    values: dict[str, Any] = {"id": name, "dataset": dataset, "source": f"Jernih ({kind})", "cluster": cluster}
    shape = "news_body" if title else "post_quote"
    return CorpusRow(
        **values, year=0, month=0, title=title, text=text, text_kind=shape, kind="news", label=0, detail=kind,
        election=False, political=True, duplicate=False,
    )  # fmt: skip
