"""Desk + a text -> "Sudah diperiksa?": the nearest fact-checks, official statements and denials, our own answers."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from threading import Lock
from urllib.parse import urlsplit

from monitor.desk.tongue import said
from monitor.factchecks import FactCheck, FactChecks
from monitor.pipeline import answers
from monitor.sources import Settings
from monitor.statements import BANTAHAN
from monitor.store import Tx

CHECK, OFFICIAL, DENIAL, OURS = (
    said("cek fakta"), said("pernyataan resmi"), said("bantahan resmi"), said("klarifikasi kantor ini"))
CATEGORIES = {"cek_fakta": CHECK, "penyelenggara_pemilu": OFFICIAL}
AT_ONCE = 2000
SHOWN, SPARE = 5, 12
STAMP = re.compile(r"^\s*\[([^\[\]]{2,40})\]\s*")


class Checked:
    """The checks of one store, learned as they come in; one for all threads."""

    def __init__(self) -> None:
        self._known, self._sources, self._lock = FactChecks(), frozenset[str](), Lock()
        self._statement, self._post, self._ours, self._denials = 0, 0, set[str](), set[int]()

    def nearest(self, tx: Tx, settings: Settings, text: str, but: int = 0) -> list[tuple[FactCheck, float]]:
        """The five nearest to a text, each article and headline once, without the article `but`, which is the text
        itself, and without what was erased since it was learned."""
        with self._lock:
            self._learn(tx, settings)
            found = [(self._as_known(check), near) for check, near in self._known.nearest(text, SPARE)
                     if check.kind != OURS or check.words in self._ours]
        held = tx.words_of(check.words for check, _ in found)
        there = [pair for pair in found if not (but and pair[0].article == but)
                 and (not pair[0].words or pair[0].words in held)]
        return list(_once(there))[:SHOWN]

    def _as_known(self, check: FactCheck) -> FactCheck:
        """A statement of the organisers that denies something is told as a denial."""
        return replace(check, kind=DENIAL) if check.article in self._denials and check.kind == OFFICIAL else check

    def _learn(self, tx: Tx, settings: Settings) -> None:
        kinds = {source.name: CATEGORIES[source.category] for source in settings.sources
                 if source.category in CATEGORIES}
        if frozenset(kinds) != self._sources:
            self._known, self._sources, self._statement, self._post = FactChecks(), frozenset(kinds), 0, 0
        while some := tx.articles_of_sources(kinds, self._known.last, AT_ONCE):
            for article, entry, words in some:
                kind = kinds[entry.source]
                self._known.add(_check(article.id, words.title, entry.publisher or entry.source,
                                       entry.url or article.url, article.published or entry.published or article.at,
                                       kind, article.words), words.text)
        self._learn_denials(tx, kinds)
        self._learn_ours(tx, settings)

    def _learn_denials(self, tx: Tx, kinds: Mapping[str, str]) -> None:
        while some := tx.statements_after(self._statement, BANTAHAN, AT_ONCE):
            self._statement = some[-1].statement.id
            for one in some:
                self._denials.add(one.statement.article)
                if one.statement.official and one.words and one.entry.source not in kinds:
                    article, entry = one.article, one.entry
                    self._known.add(_check(article.id, one.words.title, entry.publisher or entry.source,
                                            entry.url or article.url,
                                            article.published or entry.published or article.at, DENIAL,
                                            article.words), one.words.text)

    def _learn_ours(self, tx: Tx, settings: Settings) -> None:
        """With every edition: a corrected text counts in its new words, a withdrawn one not at all."""
        last = tx.last_post()
        if last == self._post:
            return
        known, self._ours, self._post = self._ours if self._post else set[str](), set[str](), last
        office, base = settings.office.name, settings.public.url
        for one in answers.publications(tx):
            if one.text is None or one.post.withdrawn:
                continue
            self._ours.add(one.post.words)
            if one.post.words not in known:
                title, text = one.text.headline, f"{one.text.claim}\n{one.text.circulating}\n{one.text.summary}"
                url = f"{base}/{one.post.path}" if base else f"/publik/{one.post.path}"
                self._known.add(FactCheck(0, title, office, url, one.post.at, True, one.post.finding, OURS,
                                          one.post.words), text)


def _check(article: int, title: str, outlet: str, url: str, at: datetime, kind: str, words: str) -> FactCheck:
    stamp = STAMP.match(title)
    shown = url if urlsplit(url).scheme in ("http", "https") else ""
    return FactCheck(article, title[stamp.end():] if stamp else title, outlet, shown, at, kind != CHECK,
                     stamp[1] if stamp else "", kind, words)


def _once(pairs: Iterable[tuple[FactCheck, float]]) -> Iterable[tuple[FactCheck, float]]:
    """Each article and each headline once, the nearest first."""
    seen: set[object] = set()
    for check, near in pairs:
        marks = {check.title, check.article or check.title}
        if not marks & seen:
            seen |= marks
            yield check, near
