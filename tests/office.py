"""A made-up office with its doors: a store, a fake web, settings a candidate and a calendar."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import httpx

from monitor import sources, store
from monitor.cage import Cage
from monitor.pipeline import House, answers
from monitor.pipeline.answers import File
from monitor.rumors import Rumor
from monitor.store import Store
from monitor.verdicts import Evidence, Signature, Verdict
from monitor.web import Collector
from tests import world
from tests.people import ANI, RINI
from tests.published import TEXT

NOW = datetime(2024, 11, 22, 3, 0, tzinfo=UTC)
FEEDS = """
[office]
name = "Diskominfo Kota Contoh"
code = "81.72"
zone = "WIT"
contact = "humas@kota.example"
[catalogue]
enabled = false
[[source]]
name = "Kabar Contoh"
url = "https://kabarcontoh.example/rss.xml"
kind = "rss"
pers = true
[[official]]
name = "KPU"
domain = "kpu.go.id"
confirmed_by = "Sekretaris"
[[candidate]]
names = ["Bambang Sutrisno"]
parties = ["Partai Contoh"]
[[election]]
name = "Pilkada 2024"
regulation = "PKPU 2/2024"
stage = [
  { name = "Kampanye", start = 2024-09-25, end = 2024-11-23 },
  { name = "Masa tenang", start = 2024-11-24, end = 2024-11-26 },
  { name = "Pemungutan suara", start = 2024-11-27, end = 2024-11-27 },
]
"""
HOLDER = "ani"


class Office:
    """One office; `dead` says which addresses do not answer, `more` stands in feeds.toml too."""

    def __init__(self, home: Path, more: str = "") -> None:
        self.now, self.dead = NOW, set[str]()
        self.store: Store = store.open("", home)
        self.store.migrate()
        self.cage = Cage()
        self.settings = sources.read(FEEDS + more)
        transport = httpx.MockTransport(self._answer)
        collector = Collector(self.settings.network, "humas@kota.example", transport=transport)
        self.house = House(self.settings, self.store, collector, self.cage, None)
        with self.store.write() as tx:
            self.konten = world.build(tx, 6)

    def close(self) -> None:
        self.house.collector.close()  # type: ignore[attr-defined]
        self.cage.close()
        self.store.close()

    def later(self, seconds: float = 30) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now

    def isu(self, finding: str = "HOAKS", form: str = "konten palsu", number: int = 0) -> int:
        """An isu with an approved finding and evidence from KPU; its id."""
        with self.store.write() as tx:
            rumor, _ = world.case(tx, self.konten[number], TEXT.claim)
            words = replace(TEXT.words(), title=TEXT.claim, text=TEXT.summary)
            title = replace(words, title="Berita acara pemeriksaan gudang", text="")
            tx.put_words([words, title])
            tx.add(Evidence(rumor.id, "link", TEXT.citations[0].url, title.digest, self.now, HOLDER, official="KPU"))
            verdict = tx.add(Verdict(rumor.id, finding, words.digest, self.now, HOLDER, form))
            tx.add(Signature(verdict.id, "setujui", self.now, "rini"))
            tx.change(replace(rumor, state="TERVERIFIKASI"), rumor.version)
            assert tx.get(Rumor, rumor.id) is not None
            return rumor.id

    def drafted(self, number: int = 0, **changes: object) -> int:
        """A draft with a good text (and changes to it), its links looked at; its id."""
        made = answers.draft(self.house, self.isu(number=number), ANI, self.later())
        assert isinstance(made, File), made
        text = replace(TEXT, **changes)  # type: ignore[arg-type]
        assert isinstance(answers.edit(self.house, made.row.id, ANI, text, self.later()), File)
        assert isinstance(answers.check_links(self.house, made.row.id, lambda: self.now, Event()), list)
        return made.row.id

    def opened(self, number: int) -> File:
        """A clarification as it stands."""
        found = answers.opened(self.house, number, self.now)
        assert isinstance(found, File), found
        return found

    def approved(self, number: int = 0, **changes: object) -> int:
        one = self.drafted(number, **changes)
        assert isinstance(answers.submit(self.house, one, ANI, self.later()), File)
        assert isinstance(answers.approve(self.house, one, RINI, self.later()), File)
        return one

    def published(self, number: int = 0, **changes: object) -> int:
        one = self.approved(number, **changes)
        outcome = answers.publish(self.house, one, RINI, self.later())
        assert not hasattr(outcome, "sentence"), outcome
        return one

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        if str(request.url) in self.dead:
            return httpx.Response(404, text="tidak ada")
        return httpx.Response(200, html="<html><head><title>Ada</title></head><body><p>Isi halaman.</p></body></html>")
