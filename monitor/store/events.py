"""A period -> what happened in it, for the weekly report and for /health."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Table, func, select, update

from monitor import clarifications, samples
from monitor.alerts import Alert
from monitor.articles import Article
from monitor.clarifications import Clarification
from monitor.digests import GONE, Events, Flagged, IsuLine, ReferralLine, Said, SourceLine
from monitor.entries import Entry
from monitor.items import DIKESAMPINGKAN, SAMPLE, Item, ItemAct, ScoreRow
from monitor.posts import KOREKSI, TARIK, TERBIT, Objection, Post
from monitor.referrals import Referral, ReferralStep, state_of
from monitor.rumors import MENUNGGU, Carrier, Rumor
from monitor.store.fetches import Fetches
from monitor.store.items import Items
from monitor.store.rows import batches, build
from monitor.store.rumors import NOW_IN, Rumors
from monitor.store.samples import Samples
from monitor.store.tables import TABLES
from monitor.store.views import Figures
from monitor.verdicts import Signature, Verdict

ITEMS, ACTS, ARTICLES, ENTRIES = TABLES[Item], TABLES[ItemAct], TABLES[Article], TABLES[Entry]
VERDICTS, SIGNATURES, CARRIERS, RUMORS = TABLES[Verdict], TABLES[Signature], TABLES[Carrier], TABLES[Rumor]
ALERTS = TABLES[Alert]
POSTS, OBJECTIONS, CLARIFICATIONS = TABLES[Post], TABLES[Objection], TABLES[Clarification]
REFERRALS, STEPS, SCORES = TABLES[Referral], TABLES[ReferralStep], TABLES[ScoreRow]
SIGNED = "setujui"


class Happened(Fetches, Items, Rumors, Samples):
    """What a transaction knows of a period."""

    def events(self, start: datetime, end: datetime) -> Events:
        """What happened from `start` (included) to `end` (excluded), each event by its own time."""
        chance = self._sampled(start, end)
        return Events(
            entries=self._count(ENTRIES, ENTRIES.c.seen, start, end),
            articles=self._count(ARTICLES, ARTICLES.c.at, start, end),
            flagged=self.flagged(start, end),
            dismissed=self._dismissed(start, end),
            findings=self._findings(start, end),
            answers=self._answers(start, end),
            open_now=sum(self.counts().values()),
            waiting_signature=self._waiting_signature(),
            sources=self._sources(start, end),
            dismissals=self._dismissals(start, end),
            isu=self._isu(start, end),
            published=self._count(POSTS, POSTS.c.at, start, end, POSTS.c.act == TERBIT),
            corrected=self._count(POSTS, POSTS.c.at, start, end, POSTS.c.act == KOREKSI),
            withdrawn=self._count(POSTS, POSTS.c.at, start, end, POSTS.c.act == TARIK),
            objections=self._count(OBJECTIONS, OBJECTIONS.c.at, start, end),
            waiting_answer=self._waiting_answer(),
            referrals=self._count(REFERRALS, REFERRALS.c.at, start, end),
            handed=self._handed(start, end),
            models=self._models(start, end),
            sampled=chance.drawn,
            judged=chance.hoaxes.of,
            missed=chance.hoaxes.hits,
        )

    def flagged_count(self, start: datetime, end: datetime) -> int:
        """How many konten were flagged in a period."""
        return self._count(ITEMS, ITEMS.c.at, start, end, ITEMS.c.origin != SAMPLE)

    def flagged(self, start: datetime, end: datetime) -> tuple[Flagged, ...]:
        """The konten flagged in a period, oldest first, each with the last approved finding of its isu."""
        query = select(ITEMS.c.id).where(ITEMS.c.at >= start, ITEMS.c.at < end, ITEMS.c.origin != SAMPLE)
        query = query.order_by(ITEMS.c.at, ITEMS.c.id)
        rows = self.queue_rows(list(self.connection.scalars(query)))
        found = self.findings_of([row.item.id for row in rows])
        return tuple(
            Flagged(
                item=row.item.id,
                at=row.item.at,
                title=row.words.title if row.words else GONE,
                url=(row.entry.url or row.article.url) if row.words else "",
                source=row.entry.source,
                published=row.article.published or row.entry.published,
                state=row.item.state,
                hoax=row.score.hoax,
                topics=row.score.topics,
                regions=row.score.regions,
                finding=found.get(row.item.id, ""),
                origin=row.item.origin,
            )
            for row in rows
        )

    def open_alerts(self) -> list[Alert]:
        """Alerts that are not finished: nobody was told yet that they are over."""
        return self.rows(Alert, select(ALERTS).where(ALERTS.c.cleared.is_(None)).order_by(ALERTS.c.id))

    def put_alerts(self, alerts: Iterable[Alert]) -> list[Alert]:
        """Keeps alerts: new ones get an id, known ones are replaced."""
        kept = []
        for alert in alerts:
            if alert.id:
                self.connection.execute(update(ALERTS).where(ALERTS.c.id == alert.id).values(asdict(alert)))
            kept.append(alert if alert.id else self.add(alert))
        return kept

    def figures(self) -> Figures:
        """How the house is, for /health and /metrics."""
        return Figures(
            queue=sum(self.counts().values()),
            waiting=self.waiting_counts(),
            cycle=self.last_cycle(),
        )

    def payloads_of(self, item: int) -> set[str]:
        """Digests of all words of a konten: of its entry and of every version of its article."""
        row = next(iter(self.queue_rows([item])), None)
        if row is None:
            return set()
        return {row.entry.words, *(version.words for version in self.articles_of(row.entry.id))} - {""}

    def _count(self, table: Table, at: Any, start: datetime, end: datetime, *more: Any) -> int:
        query = select(func.count()).select_from(table).where(at >= start, at < end, *more)
        return self.connection.scalar(query) or 0

    def _dismissed(self, start: datetime, end: datetime) -> int:
        return self._count(ACTS, ACTS.c.at, start, end, ACTS.c.new == DIKESAMPINGKAN)

    def _dismissals(self, start: datetime, end: datetime) -> dict[str, int]:
        query = select(ACTS.c.reason).where(ACTS.c.at >= start, ACTS.c.at < end, ACTS.c.new == DIKESAMPINGKAN)
        return dict(sorted(Counter(self.connection.scalars(query)).items()))

    def _waiting_answer(self) -> int:
        waits = CLARIFICATIONS.c.state.in_((clarifications.MENUNGGU, clarifications.DISETUJUI))
        query = select(func.count()).select_from(CLARIFICATIONS).where(waits | (CLARIFICATIONS.c.proposal != ""))
        return self.connection.scalar(query) or 0

    def _isu(self, start: datetime, end: datetime) -> tuple[IsuLine, ...]:
        """The isu whose finding was approved in the period, each once with its last such finding, the widest first."""
        query = (
            select(VERDICTS, SIGNATURES.c.at.label("signed"))
            .join(SIGNATURES, SIGNATURES.c.verdict == VERDICTS.c.id)
            .where(SIGNATURES.c.act == SIGNED, SIGNATURES.c.at >= start, SIGNATURES.c.at < end)
            .order_by(SIGNATURES.c.id)
        )
        last = {row.rumor: (build(Verdict, row._mapping), row.signed) for row in self.connection.execute(query)}
        lines = [self._isu_line(verdict, signed, end) for verdict, signed in last.values()]
        return tuple(sorted(lines, key=lambda one: (-one.konten, one.at, one.rumor)))

    def _isu_line(self, verdict: Verdict, signed: datetime, end: datetime) -> IsuLine:
        carriers, said = self.carriers(verdict.rumor), self.said_of(verdict.rumor, end)
        first = min((item.at for item in carriers), default=signed)
        return IsuLine(verdict.rumor, said.claim, signed, verdict.finding, verdict.form, verdict.why, len(carriers),
                       (signed - first).total_seconds() / 3600, said.headline, said.link)  # fmt: skip

    def said_of(self, rumor: int, end: datetime) -> Said:
        """The claim of an isu, and the page that people saw of it at that moment, as far as words are left."""
        found, post = self.get(Rumor, rumor), self._post_of(rumor, end)
        held = self.words_of([found.words if found else "", post.words if post else ""])
        claim = held[found.words].title if found and found.words in held else GONE
        shown = post if post and not post.withdrawn and post.words in held else None
        return Said(claim, held[shown.words].title if shown else "", shown.path if shown else "")

    def _handed(self, start: datetime, end: datetime) -> tuple[ReferralLine, ...]:
        """The referrals made in the period, each as it stood at the period's end."""
        query = select(REFERRALS).where(REFERRALS.c.at >= start, REFERRALS.c.at < end).order_by(REFERRALS.c.id)
        rows = self.rows(Referral, query)
        steps = select(STEPS).where(STEPS.c.at < end, STEPS.c.referral.in_([row.id for row in rows]))
        done: dict[int, list[ReferralStep]] = {}
        for step in self.rows(ReferralStep, steps.order_by(STEPS.c.id)):
            done.setdefault(step.referral, []).append(step)
        return tuple(self._handed_line(row, done.get(row.id, [])) for row in rows)

    def _handed_line(self, row: Referral, steps: list[ReferralStep]) -> ReferralLine:
        number = next((step.number for step in steps if step.number), "")
        return ReferralLine(row.rumor, self.said_of(row.rumor, row.at).claim, row.body, row.at, state_of(steps), number)

    def _sampled(self, start: datetime, end: datetime) -> samples.Found:
        """What people said, until the period's end, of the konten that chance brought in."""
        numbers = [item.id for item in self.drawn_items(start, end)]
        acts, findings = self.acts_of(numbers), self.findings_of(numbers)
        return samples.found(samples.outcome([act for act in acts.get(number, []) if act.at < end],
                                             findings.get(number, "")) for number in numbers)  # fmt: skip

    def _models(self, start: datetime, end: datetime) -> tuple[str, ...]:
        query = select(SCORES.c.model).distinct().join(ITEMS, ITEMS.c.score == SCORES.c.id)
        query = query.where(ITEMS.c.at >= start, ITEMS.c.at < end, SCORES.c.model != "")
        return tuple(sorted(self.connection.scalars(query)))

    def _post_of(self, rumor: int, end: datetime) -> Post | None:
        """The edition of an isu's answer that people saw at the end of a period."""
        query = select(POSTS).join(CLARIFICATIONS, CLARIFICATIONS.c.id == POSTS.c.clarification)
        query = query.where(CLARIFICATIONS.c.rumor == rumor, POSTS.c.at < end).order_by(POSTS.c.id.desc()).limit(1)
        return next(iter(self.rows(Post, query)), None)

    def _signed(self, start: datetime, end: datetime) -> Any:
        return (
            select(VERDICTS.c.finding, VERDICTS.c.rumor, SIGNATURES.c.at.label("signed"))
            .join(SIGNATURES, SIGNATURES.c.verdict == VERDICTS.c.id)
            .where(SIGNATURES.c.act == SIGNED, SIGNATURES.c.at >= start, SIGNATURES.c.at < end)
        )

    def _findings(self, start: datetime, end: datetime) -> dict[str, int]:
        return dict(Counter(row.finding for row in self.connection.execute(self._signed(start, end))))

    def _answers(self, start: datetime, end: datetime) -> tuple[float, ...]:
        signed = self._signed(start, end).subquery()
        first = func.min(ITEMS.c.at, type_=ITEMS.c.at.type).label("first")
        query = (
            select(signed.c.rumor, signed.c.signed, first)
            .join(CARRIERS, CARRIERS.c.rumor == signed.c.rumor)
            .join(ITEMS, ITEMS.c.id == CARRIERS.c.item)
            .where(NOW_IN)
            .group_by(signed.c.rumor, signed.c.signed)
            .order_by(signed.c.signed, signed.c.rumor)
        )
        return tuple((row.signed - row.first).total_seconds() / 3600 for row in self.connection.execute(query))

    def _waiting_signature(self) -> int:
        query = select(func.count()).select_from(RUMORS).where(RUMORS.c.state == MENUNGGU)
        return self.connection.scalar(query) or 0

    def findings_of(self, items: list[int]) -> dict[int, str]:
        """The last approved finding about the isu of konten (ids), by konten."""
        found: dict[int, str] = {}
        for some in batches(items):
            query = (
                select(CARRIERS.c.item, VERDICTS.c.finding)
                .join(VERDICTS, VERDICTS.c.rumor == CARRIERS.c.rumor)
                .join(SIGNATURES, SIGNATURES.c.verdict == VERDICTS.c.id)
                .where(SIGNATURES.c.act == SIGNED, CARRIERS.c.item.in_(some), NOW_IN)
                .order_by(SIGNATURES.c.id)
            )
            found |= {row.item: row.finding for row in self.connection.execute(query)}
        return found

    def _sources(self, start: datetime, end: datetime) -> tuple[SourceLine, ...]:
        return tuple(
            SourceLine(
                name=name,
                fetches=line.fetches,
                failures=line.failures,
                succeeded=line.schedule.succeeded,
                paused=line.schedule.paused,
                sentence=line.schedule.sentence,
            )
            for name, line in sorted(self.source_health(start, end).items())
        )
