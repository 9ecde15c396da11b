"""Words a second, one core: Sastrawi as published, Sastrawi with its dictionary as a set, and ours, in the same run.

"New" words were never seen (nothing is remembered), "known" words are in the memo. CPU time, median and spread of
ROUNDS rounds; each round measures all four, so that a busy machine is busy for all of them.
"""

import random
import time
from collections.abc import Callable, Sequence
from statistics import median

from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from classifiers import stem as room
from classifiers.stem import ROOTS, stem

SEED = 2024
ROUNDS = 5
PUBLISHED, WITH_SET, NEW, KNOWN = 20, 3_000, 60_000, 1_200_000
PREFIXES = ("", "", "", "di", "ke", "se", "ber", "ter", "me", "mem", "men", "meng", "meny", "pe", "pem", "pen", "per")
SUFFIXES = ("", "", "", "i", "an", "kan", "nya", "lah", "annya", "kannya", "inya")


class Roots:
    """The dictionary as a set, in the place of Sastrawi's list."""

    def contains(self, word: str) -> bool:
        return word in ROOTS


def words(count: int, rng: random.Random) -> list[str]:
    """Distinct made-up forms; one in six has no root of the dictionary, as names and typing errors have none."""
    roots = sorted(ROOTS)
    found: dict[str, None] = {}
    while len(found) < count:
        root = rng.choice(roots)
        if rng.random() < 1 / 6:
            root = "".join(rng.sample(root, len(root)))
        found[rng.choice(PREFIXES) + root + rng.choice(SUFFIXES)] = None
    return list(found)


def rate(stemmed: Callable[[str], str], sample: Sequence[str]) -> float:
    """Words a second of CPU time."""
    began = time.process_time()
    for _ in map(stemmed, sample):
        pass
    return len(sample) / (time.process_time() - began)


def once(sample: list[str], known: list[str], published: Stemmer, with_set: Stemmer) -> dict[str, float]:
    """One round of all four."""
    return {
        "Sastrawi as published, new words": rate(published.stem_word, sample[:PUBLISHED]),
        "Sastrawi with a set, new words": rate(with_set.stem_word, sample[:WITH_SET]),
        "ours, new words": rate(room._word, sample),
        "ours, known words": rate(stem, known),
    }


def main() -> None:
    rng = random.Random(SEED)
    sample = words(NEW, rng)
    known = rng.choices(sample[:20_000], k=KNOWN)
    published: Stemmer = StemmerFactory().create_stemmer().delegatedStemmer
    with_set = Stemmer(Roots())
    assert [stem(word) for word in sample[:WITH_SET]] == [with_set.stem_word(word) for word in sample[:WITH_SET]]
    for word in known:
        stem(word)
    rounds = [once(sample, known, published, with_set) for _ in range(ROUNDS)]
    for name in rounds[0]:
        rates = [each[name] for each in rounds]
        ratio = median(each[name] / each["Sastrawi with a set, new words"] for each in rounds)
        print(f"{name:34} {median(rates):>12,.0f}/s  ({min(rates):,.0f} to {max(rates):,.0f}), {ratio:.3g}x the set's")


if __name__ == "__main__":
    main()
