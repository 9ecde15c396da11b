"""python -m tests.bench.regions: how many articles a second the regions are read from, on one core.

Beside it the plain way: one regular expression of all official names over the text, without spellings, kinds or proof.
"""

import random
import re
import time
from collections.abc import Callable

from classifiers.regions import gazetteer, regions
from classifiers.regions.gazetteer import plain

SEED = 2024
DOCUMENTS = 2_000
TEXT = (
    "pemerintah mengimbau masyarakat agar tidak mudah percaya kabar yang beredar di media sosial menjelang pemungutan "
    "suara karena sejumlah pihak menyebarkan tuduhan tanpa bukti sementara petugas terus memeriksa laporan warga dan "
    "menunggu keterangan resmi dari penyelenggara serta aparat setempat pada hari itu juga"
)
WORDS = TEXT.split()
DOUBTFUL = ["batu", "malang", "serang", "padang", "kota", "kabupaten"]


def document(rng: random.Random, words: int) -> str:
    """A made-up text: every hundredth word is a region, another could be one; a comma or full stop now and then."""
    names = [area.name for area in gazetteer()]
    draws = (rng.random() for _ in range(words))
    kinds = [names if draw < 1 / 100 else DOUBTFUL if draw < 1 / 50 else WORDS for draw in draws]
    parts = [rng.choice(kind) for kind in kinds]
    return " ".join(part + rng.choice(["", "", "", "", "", "", ",", "."]) for part in parts)


def rate(read: Callable[[str], object], texts: list[str]) -> float:
    """Texts a second, the best of three rounds, in CPU time."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - began)
    return len(texts) / best


def main() -> None:
    rng = random.Random(SEED)
    names = sorted({plain(area.bare) for area in gazetteer()}, key=len, reverse=True)
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b", re.IGNORECASE)
    regions("", "", "35.71")
    for words in (50, 300):
        texts = [document(rng, words) for _ in range(DOCUMENTS)]
        ours = rate(lambda text: regions("", text), texts)
        home = rate(lambda text: regions("", text, "35.71"), texts)
        plainly = rate(pattern.findall, texts[:200])
        print(
            f"regions, {words} words: {ours:,.0f}/s, with an office's kecamatan {home:,.0f}/s; "
            f"one regular expression of names {plainly:,.0f}/s ({ours / plainly:.0f}x)"
        )


if __name__ == "__main__":
    main()
