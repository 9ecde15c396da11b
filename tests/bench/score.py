"""python -m tests.bench.score: how many 300-word texts a second `jernih score -` judges, on one core and on all.

On one core everything is counted in CPU seconds of one process, reasons, topics, regions, reading and writing of JSON
included. Beside it, in turns within the same run, stands the way people write it: Sastrawi with a set dictionary (as
published it does under one text a second), TF-IDF and logistic regression of scikit-learn, one commit a row. Every text
brings about fourteen word forms that no text before it had, as real articles do. The machine's own speed changes from
minute to minute, so each figure is the median of rounds with the lowest and highest beside it, and the ratio is taken
round by round. The whole command, from its start to its last answer, is measured by the clock, in turns as one process
and as one for each core; whatever else the machine does takes its part of that.
"""

import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from classifiers.train.own import own_rows
from monitor.cli.score import answers, loaded, written
from tests.sample_corpus import rows

SEED = 2024
ROUNDS = 9
LINES = 100
TURNS = 5
WHOLE = 3_000  # lines that the whole command is given
PLAIN = 8
WORDS = 300
NEW = 14
STARTS = 5
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


def per_second(work: Callable[[], int]) -> float:
    """What `work` says that it did, by its CPU seconds."""
    began = time.process_time()
    done = work()
    return done / (time.process_time() - began)


def our_way() -> Callable[[list[tuple[str, str]]], int]:
    """What the command does with its lines, without the pipe."""
    detector = loaded()

    def judge(texts: list[tuple[str, str]]) -> int:
        lines = [json.dumps({"title": title, "text": text}).encode() for title, text in texts]
        return sum(len(written(answer)) > 0 for answer in answers(detector, lines))

    return judge


def plain_way() -> Callable[[list[tuple[str, str]]], int]:
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

    def judge(texts: list[tuple[str, str]]) -> int:
        for title, text in texts:
            score = model.predict_proba(vectorizer.transform([stemmer.stem(f"{title} {text}")]))[0, 1]
            database.execute("insert into item values(?, ?)", (title, float(score)))
            database.commit()
        return len(texts)

    return judge


def whole_command(given: bytes, processes: int) -> tuple[float, float]:
    """(lines a second by the clock, CPU seconds of all its processes) from the start of the command to its end."""
    command = [sys.executable, "-m", "monitor.cli", "score", "-", "--proses", str(processes)]
    before, began = _children(), time.perf_counter()
    done = subprocess.run(command, input=given, capture_output=True, check=True)
    took = time.perf_counter() - began
    assert done.stdout.count(b"\n") == given.count(b"\n")
    return given.count(b"\n") / took, _children() - before


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def first_answer() -> float:
    """CPU seconds, the system's included, from the shell to the first answer of the command."""
    code = (
        "import sys, time; sys.argv = ['jernih', 'score', '-'];\n"
        "from monitor.cli import main\n"
        "try: main()\n"
        "finally: print(time.process_time(), file=sys.stderr)"
    )
    line = json.dumps({"text": "KPU: pemilu ditunda, kata orang"}) + "\n"
    done = subprocess.run([sys.executable, "-c", code], input=line, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["model"], done.stderr
    return float(done.stderr.split()[-1])


def spread(figures: Sequence[float], form: str = ",.0f") -> str:
    return f"{median(figures):{form}} ({min(figures):{form}} to {max(figures):{form}})"


def main() -> None:
    ours, theirs = our_way(), plain_way()
    ours(documents(LINES, SEED + 1))
    theirs(documents(PLAIN, SEED + 2))
    rates: list[tuple[float, float]] = []
    for turn in range(ROUNDS):
        texts, few = documents(LINES, SEED + 10 + turn), documents(PLAIN, SEED + 100 + turn)
        rates.append((per_second(lambda texts=texts: ours(texts)), per_second(lambda few=few: theirs(few))))  # type: ignore[misc]
    print(f"score: {spread([one for one, _ in rates])} texts/s on one core, median of {ROUNDS} rounds of {LINES}")
    print(f"score: plain way {spread([other for _, other in rates], ',.1f')}, ratio", end=" ")
    print(f"x{spread([one / other for one, other in rates], '.1f')}")
    told_whole_command()
    print(f"score: first answer after {spread([first_answer() for _ in range(STARTS)], '.2f')} CPU seconds")


def told_whole_command() -> None:
    """The whole command as one process and as one for each core, in turns over the same lines."""
    cores = len(os.sched_getaffinity(0))
    given = [json.dumps({"title": title, "text": text}) + "\n" for title, text in documents(WHOLE, SEED + 3)]
    lines = "".join(given).encode()
    alone, shared = zip(*[(whole_command(lines, 1), whole_command(lines, 0)) for _ in range(TURNS)], strict=True)
    for name, found in (("1 process", alone), (f"{cores} cores", shared)):
        cpu = spread([1000 * used / WHOLE for _, used in found], ".2f")
        print(f"score: whole command, {name}: {spread([rate for rate, _ in found])} texts/s by the clock,", end=" ")
        print(f"{cpu} CPU ms a text with its start")
    ratios = [many / one for (one, _), (many, _) in zip(alone, shared, strict=True)]
    print(f"score: {cores} cores against one process x{spread(ratios, '.2f')}, median of {TURNS} turns of {WHOLE}")


if __name__ == "__main__":
    main()
