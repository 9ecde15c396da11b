"""Desk + a text -> "Sudah diperiksa?": the nearest fact-checks and official statements that the store holds."""

from threading import Lock
from urllib.parse import urlsplit

from monitor.factchecks import FactCheck, FactChecks
from monitor.sources import Settings
from monitor.store import Tx

CATEGORIES = {"cek_fakta": False, "penyelenggara_pemilu": True}
AT_ONCE = 2000


class Checked:
    """The fact-checks of one store, learned as they come in; one for all threads."""

    def __init__(self) -> None:
        self._known, self._sources, self._lock = FactChecks(), frozenset[str](), Lock()

    def nearest(self, tx: Tx, settings: Settings, text: str, but: int = 0) -> list[tuple[FactCheck, float]]:
        """The five nearest to a text, without the article `but`, which is the text itself."""
        with self._lock:
            self._learn(tx, settings)
            return [pair for pair in self._known.nearest(text, 6) if pair[0].article != but][:5]

    def _learn(self, tx: Tx, settings: Settings) -> None:
        official = {source.name: CATEGORIES[source.category] for source in settings.sources
                    if source.category in CATEGORIES}
        if frozenset(official) != self._sources:
            self._known, self._sources = FactChecks(), frozenset(official)
        while some := tx.articles_of_sources(official, self._known.last, AT_ONCE):
            for article, entry, words in some:
                url = entry.url or article.url
                shown = url if urlsplit(url).scheme in ("http", "https") else ""
                self._known.add(FactCheck(article.id, words.title, entry.publisher or entry.source, shown,
                                          article.published or entry.published or article.at, official[entry.source]),
                                words.text)
