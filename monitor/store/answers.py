"""Clarification, Post, Objection and Edition in and out."""

from collections.abc import Iterable

from sqlalchemy import func, select

from monitor.clarifications import Clarification, ClarificationAct, LinkCheck
from monitor.digests import Edition
from monitor.posts import Answer, Objection, Post
from monitor.referrals import Referral
from monitor.store.rows import Rows, batches
from monitor.store.tables import TABLES

CLARIFICATIONS, ACTS, CHECKS = TABLES[Clarification], TABLES[ClarificationAct], TABLES[LinkCheck]
REFERRALS = TABLES[Referral]
POSTS, OBJECTIONS, ANSWERS, EDITIONS = TABLES[Post], TABLES[Objection], TABLES[Answer], TABLES[Edition]


class Answers(Rows):
    """What a transaction knows of the answers that the office gave."""

    def clarifications(self, *states: str, rumor: int = 0, limit: int = 200) -> list[Clarification]:
        """Clarifications, newest first, of some states or one isu if given."""
        query = select(CLARIFICATIONS).order_by(CLARIFICATIONS.c.id.desc()).limit(limit)
        query = query.where(CLARIFICATIONS.c.state.in_(states)) if states else query
        return self.rows(Clarification, query.where(CLARIFICATIONS.c.rumor == rumor) if rumor else query)

    def clarification_acts(self, clarification: int) -> list[ClarificationAct]:
        """What was done to a clarification, oldest first."""
        query = select(ACTS).where(ACTS.c.clarification == clarification).order_by(ACTS.c.id)
        return self.rows(ClarificationAct, query)

    def link_checks(self, clarification: int) -> list[LinkCheck]:
        """When its links were looked at, oldest first."""
        return self.rows(LinkCheck, select(CHECKS).where(CHECKS.c.clarification == clarification).order_by(CHECKS.c.id))

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
        """Objections with what was answered, oldest first, of one publication if given."""
        query = select(OBJECTIONS).order_by(OBJECTIONS.c.id)
        query = query.where(OBJECTIONS.c.clarification == clarification) if clarification else query
        found = self.rows(Objection, query)
        answers = self._answers_to([one.id for one in found])
        return [(one, answers.get(one.id)) for one in found]

    def referrals(self, rumor: int = 0) -> list[Referral]:
        """What was handed over, oldest first, of one isu if given."""
        query = select(REFERRALS).order_by(REFERRALS.c.id)
        return self.rows(Referral, query.where(REFERRALS.c.rumor == rumor) if rumor else query)

    def edition(self, label: str, audience: str, number: int = 0) -> Edition | None:
        """A stored digest: its last edition, or the one of a number."""
        query = select(EDITIONS).where(EDITIONS.c.label == label, EDITIONS.c.audience == audience)
        query = query.where(EDITIONS.c.number == number) if number else query
        return next(iter(self.rows(Edition, query.order_by(EDITIONS.c.number.desc()).limit(1))), None)

    def editions(self, limit: int = 200) -> list[Edition]:
        """Stored digests, newest first."""
        return self.rows(Edition, select(EDITIONS).order_by(EDITIONS.c.id.desc()).limit(limit))

    def _answers_to(self, objections: Iterable[int]) -> dict[int, Answer]:
        found: dict[int, Answer] = {}
        for some in batches(objections):
            query = select(ANSWERS).where(ANSWERS.c.objection.in_(some)).order_by(ANSWERS.c.id.desc())
            found |= {one.objection: one for one in self.rows(Answer, query)}
        return found
