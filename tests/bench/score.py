"""python -m tests.bench.score: how many 300-word texts a second are scored on one core, reasons and regions included.

Beside it, in the same run, the way people write it: Sastrawi with a set dictionary (as published it does under one
text a second), TF-IDF and logistic regression of scikit-learn, one commit a row. Every text brings about fourteen word
forms that no text before it had, as real articles do.
"""

import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from classifiers.detector import load
from classifiers.train.own import own_rows
from tests.sample_corpus import rows

SEED = 2024
DOCUMENTS = 600
PLAIN = 40
WORDS = 300
NEW = 14
PREFIXES = ("me", "di", "ber", "ter", "pe", "ke", "memper", "se")
SUFFIXES = ("kan", "i", "an", "nya", "lah", "")


def documents(amount: int, seed: int) -> list[tuple[str, str]]:
    """Made-up (title, text) of WORDS words out of our own texts, NEW of them never seen before."""
    chance = random.Random(seed)
    pool = [row.text for row in own_rows()] + [row["text"] for row in rows(seed)]
    return [_document(chance, pool) for _ in range(amount)]


def _document(chance: random.Random, pool: list[str]) -> tuple[str, str]:
    words: list[str] = []
    while len(words) < WORDS - NEW:
        words += chance.choice(pool).split()
    words = words[: WORDS - NEW]
    for _ in range(NEW):
        words.insert(chance.randrange(len(words)), _new_word(chance))
    return " ".join(words[:9]), " ".join(words)


def _new_word(chance: random.Random) -> str:
    middle = "".join(chance.choice("bcdgjklmnprst") + chance.choice("aiueo") for _ in range(3))
    return chance.choice(PREFIXES) + middle + chance.choice(SUFFIXES)


def per_second(judge: Callable[[str, str], object], texts: list[tuple[str, str]]) -> float:
    began = time.process_time()
    for title, text in texts:
        judge(title, text)
    return len(texts) / (time.process_time() - began)


def plain_way() -> Callable[[str, str], object]:
    """Sastrawi with a set dictionary, scikit-learn and a commit a row."""
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    table = rows(SEED)
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    matrix = vectorizer.fit_transform([row["text"] for row in table])
    model = LogisticRegression(max_iter=200).fit(matrix, [row["label"] for row in table])
    stemmer: Any = StemmerFactory().create_stemmer()
    stemmer.delegatedStemmer.dictionary.words = frozenset(stemmer.delegatedStemmer.dictionary.words)
    database = sqlite3.connect(":memory:")
    database.execute("create table item(title, score)")

    def judge(title: str, text: str) -> object:
        score = model.predict_proba(vectorizer.transform([stemmer.stem(f"{title} {text}")]))[0, 1]
        database.execute("insert into item values(?, ?)", (title, float(score)))
        database.commit()
        return score

    return judge


def first_answer() -> float:
    """CPU seconds from the shell to the first score."""
    code = (
        "import time; from classifiers.detector import load; load().score('KPU', 'pemilu ditunda kata orang');"
        "print(time.process_time())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    detector = load()
    detector.scores(documents(100, SEED + 1))
    ours = max(per_second(detector.score, documents(DOCUMENTS, SEED + turn)) for turn in (2, 3, 4))
    theirs = per_second(plain_way(), documents(PLAIN, SEED + 5))
    print(f"score: {ours:,.0f} texts/s on one core; plain way {theirs:,.1f} (x{ours / theirs:,.0f})")
    print(f"score: first answer after {first_answer():.2f} CPU seconds")


if __name__ == "__main__":
    main()
