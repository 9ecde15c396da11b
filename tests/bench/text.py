"""Documents of 300 words a second, one core: reading plain prose, crawled prose and hostile prose, and finding words.

Each round reads documents that were not read before, with about 14 new forms each, as a day's articles have them.
CPU time, median and spread of ROUNDS rounds; `lower().split()` over the same documents stands beside it as the floor.
"""

import random
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import TypeVar

from classifiers import text
from classifiers.stem import ROOTS

Thing = TypeVar("Thing")

SEED = 2024
ROUNDS = 5
DOCUMENTS = 600
LENGTH = 300
NEW = 14
PREFIXES = ("", "", "", "di", "ke", "ber", "ter", "me", "mem", "men", "meng", "pe", "pem", "pen", "per")
SUFFIXES = ("", "", "", "i", "an", "kan", "nya", "annya")
ENDS = ("", "", "", "", "", "", "", "", ",", ",", ".", '."', "?", "!")


def forms(count: int, rng: random.Random) -> list[str]:
    """Distinct made-up forms of Indonesian words."""
    roots = sorted(ROOTS)
    found: dict[str, None] = {}
    while len(found) < count:
        found[rng.choice(PREFIXES) + rng.choice(roots) + rng.choice(SUFFIXES)] = None
    return list(found)


def documents(rng: random.Random) -> list[str]:
    """Prose whose words are as common as words are (the n-th of 15,000 falls as 1/n), NEW of them never seen before."""
    common = forms(15_000, rng)
    weights = [1 / (rank + 3) for rank in range(len(common))]
    fresh = iter(forms(ROUNDS * DOCUMENTS * NEW + NEW, rng))
    made: list[str] = []
    for _ in range((ROUNDS + 1) * DOCUMENTS):
        words = rng.choices(common, weights, k=LENGTH)
        for at in rng.sample(range(LENGTH), NEW if len(made) >= DOCUMENTS else 0):
            words[at] = next(fresh)
        made.append(" ".join(prose(words, rng)))
    return made


def prose(words: Sequence[str], rng: random.Random) -> list[str]:
    """Words with capitals and marks."""
    return [(word.capitalize() if rng.random() < 0.15 else word) + rng.choice(ENDS) for word in words]


def crawled(plain: str) -> str:
    """The same document as a crawl brings it: a dateline, curly quotes, entities, tags and the page's furniture."""
    half = len(plain) // 2
    body = f"{plain[:half]} Baca juga: {plain[half : half + 40]} ADVERTISEMENT {plain[half:]}".replace('"', "”")
    return f"<p>KEDIRI, WartaContoh.com – {body} &amp; <b>akhir</b></p> (abc/def)"


def disguised(plain: str) -> str:
    """Every fifth word full-width, in look-alikes, or with digits for letters."""
    words = plain.split()
    for at in range(0, len(words), 5):
        words[at] = words[at].translate(DISGUISES[at % len(DISGUISES)])
    return " ".join(words)


DISGUISES = (
    {code: code + 0xFEE0 for code in range(0x61, 0x7B)},
    str.maketrans("aeopc", "\u0430\u0435\u043e\u0440\u0441"),
    str.maketrans("aeio", "4310"),
)


def rate(read: Callable[[Thing], object], sample: Sequence[Thing]) -> float:
    """Documents a second of CPU time."""
    began = time.process_time()
    for document in sample:
        read(document)
    return len(sample) / (time.process_time() - began)


def once(sample: list[str], rng: random.Random) -> dict[str, float]:
    """One round: documents a second of each way."""
    read = [text.read(document) for document in sample[:100]]
    wanted = [(prose, rng.sample(prose.words[:160], 12)) for prose in read]
    rest = sample[100:]
    return {
        "read, plain ASCII": rate(text.read, rest),
        "read, as crawled": rate(text.read, list(map(crawled, rest))),
        "read, every fifth word disguised": rate(text.read, list(map(disguised, rest))),
        "read, seen before": rate(text.read, rest),
        "lower().split() alone": rate(lambda document: document.lower().split(), rest),
        "locate 12 words": rate(lambda pair: text.locate(*pair), wanted),
        "align": rate(text.align, read),
    }


def main() -> None:
    rng = random.Random(SEED)
    made = documents(rng)
    for document in made[:DOCUMENTS]:
        text.read(document)
    rounds = [once(made[at : at + DOCUMENTS], rng) for at in range(DOCUMENTS, len(made), DOCUMENTS)]
    for name in rounds[0]:
        figures = [each[name] for each in rounds]
        print(f"{name:34} {median(figures):>9,.0f}/s  ({min(figures):,.0f} to {max(figures):,.0f})")


if __name__ == "__main__":
    main()
