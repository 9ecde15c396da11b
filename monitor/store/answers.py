"""Clarification, Post, Objection and Edition in and out."""

from collections.abc import Iterable

from sqlalchemy import func, select

from monitor.clarifications import MENUNGGU, Clarification, ClarificationAct, LinkCheck
from monitor.digests import Edition, Lesson
from monitor.posts import Answer, Objection, Post, settled
from monitor.redactions import Redaction
from monitor.referrals import Referral, ReferralStep
from monitor.store.rows import Rows, batches
from monitor.store.tables import TABLES

CLARIFICATIONS, ACTS, CHECKS = TABLES[Clarification], TABLES[ClarificationAct], TABLES[LinkCheck]
REDACTIONS = TABLES[Redaction]
REFERRALS, STEPS, LESSONS = TABLES[Referral], TABLES[ReferralStep], TABLES[Lesson]
POSTS, OBJECTIONS, ANSWERS, EDITIONS = TABLES[Post], TABLES[Objection], TABLES[Answer], TABLES[Edition]


class Answers(Rows):
    """What a transaction knows of the answers that the office gave."""

    def clarifications(
        self, *states: str, rumor: int = 0, limit: int = 200, before: int = 0
    ) -> list[Clarification]:
        """Clarifications, newest first, of some states or one isu if given, with ids below `before` if given."""
        query = select(CLARIFICATIONS).order_by(CLARIFICATIONS.c.id.desc()).limit(limit)
        query = query.where(CLARIFICATIONS.c.id < before) if before else query
        query = query.where(CLARIFICATIONS.c.state.in_(states)) if states else query
        return self.rows(Clarification, query.where(CLARIFICATIONS.c.rumor == rumor) if rumor else query)

    def clarification_counts(self) -> dict[str, int]:
        """How many there are of each state."""
        query = select(CLARIFICATIONS.c.state, func.count()).group_by(CLARIFICATIONS.c.state)
        return {state: int(count) for state, count in self.connection.execute(query)}

    def waiting_answers(self) -> int:
        """How many clarifications, corrections and withdrawals wait for a second signature."""
        waits = (CLARIFICATIONS.c.state == MENUNGGU) | (CLARIFICATIONS.c.proposal != "")
        return self.connection.scalar(select(func.count()).select_from(CLARIFICATIONS).where(waits)) or 0

    def last_acts(self, clarifications: Iterable[int]) -> dict[int, ClarificationAct]:
        """The last act on each of these clarifications."""
        found: dict[int, ClarificationAct] = {}
        for some in batches(clarifications):
            last = select(func.max(ACTS.c.id)).where(ACTS.c.clarification.in_(some)).group_by(ACTS.c.clarification)
            found |= {one.clarification: one for one in self.rows(
                ClarificationAct, select(ACTS).where(ACTS.c.id.in_(last)))}
        return found

    def clarification_acts(self, clarification: int) -> list[ClarificationAct]:
        """What was done to a clarification, oldest first."""
        query = select(ACTS).where(ACTS.c.clarification == clarification).order_by(ACTS.c.id)
        return self.rows(ClarificationAct, query)

    def link_checks(self, clarification: int) -> list[LinkCheck]:
        """When its links were looked at, oldest first."""
        return self.rows(LinkCheck, select(CHECKS).where(CHECKS.c.clarification == clarification).order_by(CHECKS.c.id))

    def redactions(self, clarification: int) -> list[Redaction]:
        """The pictures that people blacked out for it, oldest first."""
        query = select(REDACTIONS).where(REDACTIONS.c.clarification == clarification).order_by(REDACTIONS.c.id)
        return self.rows(Redaction, query)

    def redaction(self, page: str) -> Redaction | None:
        """The blacked-out picture of these bytes, None where nobody made it."""
        return next(iter(self.rows(Redaction, select(REDACTIONS).where(REDACTIONS.c.page == page).limit(1))), None)

    def editions_of(self, clarification: int) -> list[Post]:
        """Every edition of a published clarification, oldest first."""
        return self.rows(Post, select(POSTS).where(POSTS.c.clarification == clarification).order_by(POSTS.c.edition))

    def posts(self) -> list[Post]:
        """The edition that people see of each publication, the newest publication first."""
        last = select(POSTS.c.clarification, func.max(POSTS.c.edition).label("edition")).group_by(POSTS.c.clarification)
        held = last.subquery()
        query = select(POSTS).join(
            held, (held.c.clarification == POSTS.c.clarification) & (held.c.edition == POSTS.c.edition)
        )
        return self.rows(Post, query.order_by(POSTS.c.first.desc(), POSTS.c.clarification.desc()))

    def objections(self, clarification: int = 0) -> list[tuple[Objection, Answer | None]]:
        """Objections with what two people answered, oldest first, of one publication if given."""
        query = select(OBJECTIONS).order_by(OBJECTIONS.c.id)
        query = query.where(OBJECTIONS.c.clarification == clarification) if clarification else query
        found = self.rows(Objection, query)
        answers = self.answers_to([one.id for one in found])
        return [(one, settled(answers.get(one.id, ()))) for one in found]

    def referrals(self, rumor: int = 0) -> list[Referral]:
        """What was handed over, oldest first, of one isu if given."""
        query = select(REFERRALS).order_by(REFERRALS.c.id)
        return self.rows(Referral, query.where(REFERRALS.c.rumor == rumor) if rumor else query)

    def referral_steps(self, referrals: Iterable[int]) -> dict[int, list[ReferralStep]]:
        """What became of some referrals, by referral, oldest first."""
        found: dict[int, list[ReferralStep]] = {}
        for some in batches(referrals):
            query = select(STEPS).where(STEPS.c.referral.in_(some)).order_by(STEPS.c.id)
            for step in self.rows(ReferralStep, query):
                found.setdefault(step.referral, []).append(step)
        return found

    def lesson(self, label: str) -> Lesson | None:
        """What the office last wrote as lessons of a period."""
        query = select(LESSONS).where(LESSONS.c.label == label).order_by(LESSONS.c.id.desc()).limit(1)
        return next(iter(self.rows(Lesson, query)), None)

    def edition(self, label: str, audience: str, number: int = 0) -> Edition | None:
        """A stored digest: its last edition, or the one of a number."""
        query = select(EDITIONS).where(EDITIONS.c.label == label, EDITIONS.c.audience == audience)
        query = query.where(EDITIONS.c.number == number) if number else query
        return next(iter(self.rows(Edition, query.order_by(EDITIONS.c.number.desc()).limit(1))), None)

    def editions(self, limit: int = 200, audience: str = "", before: int = 0) -> list[Edition]:
        """Stored digests, newest first, of one audience if given; `before` is the id where the list goes on."""
        query = select(EDITIONS).order_by(EDITIONS.c.id.desc()).limit(limit)
        query = query.where(EDITIONS.c.audience == audience) if audience else query
        return self.rows(Edition, query.where(EDITIONS.c.id < before) if before else query)

    def answers_to(self, objections: Iterable[int]) -> dict[int, list[Answer]]:
        """Every answer that a person gave to these objections, oldest first."""
        found: dict[int, list[Answer]] = {}
        for some in batches(objections):
            for one in self.rows(Answer, select(ANSWERS).where(ANSWERS.c.objection.in_(some)).order_by(ANSWERS.c.id)):
                found.setdefault(one.objection, []).append(one)
        return found
