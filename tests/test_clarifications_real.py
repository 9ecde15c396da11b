"""The linter over real fact-checks and headlines (shared data, none of it here): how often each rule fires, so that one
that grows too noisy, or falls silent, is seen. The figures stand in docs/klarifikasi.md."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pytest

from monitor import clarifications as room
from monitor.clarifications import truth
from tests.captures import SHARED
from tests.test_clarifications import FACTS, GOOD

pytestmark = [pytest.mark.shared, pytest.mark.slow]
CORPUS = SHARED / "data" / "corpus.parquet"
PARTS = re.compile(r"=+\s*|\|\|")
OTHER = re.compile(r"(?i)\W*(?:narasi|sumber|kategori|referensi|rujukan|media|link)")
# The most of 100 fact-checks that may meet an error of each rule; the least, where silence would be the fault.
MOST = {"mengancam": 5, "menuduh": 10, "orang-pribadi": 12, "data-nik": 0.5, "data-lahir": 0.5, "anak": 1, "kode": 0.5}
LEAST = {"ulang-summary": 10, "beredar-dahulu": 4, "akun-pribadi": 10, "pers": 25, "data-telepon": 1, "menuduh": 3}


@lru_cache(maxsize=1)
def rows() -> list[dict[str, Any]]:
    """The corpus, or a skip."""
    if not CORPUS.is_file():
        pytest.skip("shared data is not here (JERNIH_SHARED=<folder> or ../shared)")
    parquet = pytest.importorskip("pyarrow.parquet", reason="shared: pyarrow is not installed")
    return list(parquet.read_table(CORPUS).to_pylist())


def fact_checks() -> Iterator[tuple[str, str]]:
    """(claim, what the fact-checker wrote of it) once a cluster."""
    claims = {row["cluster"]: row["title"] or row["text"] for row in rows() if row["kind"] == "claim"}
    seen = set()
    for row in rows():
        if row["kind"] != "debunk" or row["cluster"] in seen:
            continue
        parts = [part.strip() for part in PARTS.split(row["text"] or "") if not OTHER.match(part.strip())]
        body = " ".join(" ".join(parts).split())
        if len(body) >= 150:
            seen.add(row["cluster"])
            yield claims[row["cluster"]][:300], body


def drafted(claim: str, body: str) -> room.Draft:
    """A draft as an office would make of it: whole sentences first, the rest below."""
    summary = ""
    for sentence in re.split(r"(?<=[.!?])\s+", body):
        if len(summary) + len(sentence) > 550:
            break
        summary = f"{summary} {sentence}".strip()
    circulating = f"Yang beredar, dan tidak benar: “{claim}”."
    return room.bounded(replace(GOOD, claim=claim, circulating=circulating, summary=summary or GOOD.summary,
                                explanation=body[len(summary) :][:2500].strip()))  # fmt: skip


def test_how_often_each_rule_blocks_a_real_fact_check() -> None:
    count, total = Counter[str](), 0
    for claim, body in fact_checks():
        total += 1
        faults = room.lint(drafted(claim, body), replace(FACTS, candidates=()))
        count.update({fault.code for fault in faults if fault.level == room.GALAT})
    share = {code: 100 * number / total for code, number in count.items()}
    print(total, {code: round(part, 1) for code, part in sorted(share.items(), key=lambda one: -one[1])})
    assert total > 1000
    assert {code: part for code, part in share.items() if part > MOST.get(code, 100)} == {}
    assert {code: share.get(code, 0) for code, least in LEAST.items() if share.get(code, 0) < least} == {}


def test_headlines_of_other_news_on_the_same_things_do_not_repeat_a_claim() -> None:
    claims = sorted({row["title"] for row in rows() if row["kind"] == "claim" and row["text_kind"] == "title"})[::4]
    news = sorted({row["title"] for row in rows() if row["kind"] == "news" and row["title"]
                   and 30 < len(row["title"]) < 110 and "turnback" not in row["source"]})[::3]
    by_word = defaultdict(list)
    for number, title in enumerate(news):
        for word in set(truth.stems(title)):
            by_word[word].append(number)
    pairs = fires = 0
    for claim in claims:
        near = Counter(number for word in set(truth.stems(claim)) if len(by_word[word]) < 400
                       for number in by_word[word])
        for number, _ in near.most_common(5):
            pairs += 1
            fires += not truth.denied(news[number]) and truth.repeats(news[number], claim) >= truth.WHOLE
    print(pairs, fires)
    assert pairs > 3000
    assert fires <= pairs / 500
