"""What a post is made of: the edition that became public, the objections to it, and where the public site stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from babel.dates import format_datetime

from monitor.clarifications import DITARIK, Draft
from monitor.sources import offset

TERBIT, KOREKSI, TARIK = "terbitkan", "koreksi", "tarik"
DAYS_TO_ANSWER = 3


@dataclass(frozen=True, slots=True)
class Post:
    """One edition of a clarification made public (publikasi). A row; `edition` counts from 1, `act` is terbitkan,
    koreksi or tarik, `words` the digest of the text that people read, `first` when the first edition came out."""

    clarification: int
    edition: int
    act: str
    at: datetime
    first: datetime
    slug: str
    words: str
    finding: str
    form: str
    category: str
    regions: tuple[str, ...]
    topics: tuple[str, ...]
    reason: str = ""
    id: int = 0

    @property
    def path(self) -> str:
        """Where its page stands below the public address; it never changes."""
        return f"{self.clarification}-{self.slug}/"

    @property
    def withdrawn(self) -> bool:
        return self.act == TARIK


@dataclass(frozen=True, slots=True)
class Objection:
    """A hak jawab or request for correction. A row; `words` is the digest of its payload (author: who and contact,
    text: what), `kind` hak jawab or koreksi, `due` when the office must have answered."""

    clarification: int
    kind: str
    at: datetime
    due: datetime
    words: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What one person of the office decided about an objection. A row; `outcome` is DIKABULKAN, DITOLAK or
    DIKEMBALIKAN. It holds once another person has given the same; its note is public if it is then upheld."""

    objection: int
    at: datetime
    by: str
    outcome: str
    note: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Site:
    """The public site: `url` its address without a slash at the end, `office` whose it is, `zone` beside every time,
    `names` the names of kode wilayah and topics."""

    url: str
    office: str
    contact: str
    zone: str
    names: Mapping[str, str] = field(default_factory=dict)
    days: int = DAYS_TO_ANSWER

    def address(self, path: str = "") -> str:
        return f"{self.url}/{path}"


@dataclass(frozen=True, slots=True)
class Publication:
    """One page as people see it now: its last edition, its text (None once erased), every edition, oldest first, and
    the objections to it that were upheld."""

    post: Post
    text: Draft | None
    history: Sequence[Post] = ()
    upheld: Sequence[Answer] = ()

    @property
    def updated(self) -> datetime:
        return self.post.at

    @property
    def shown(self) -> Draft | None:
        """The text, unless the page was withdrawn or its words were erased."""
        return None if self.post.withdrawn else self.text


def first_edition(
    clarification: int, draft: Draft, words: str, finding: str, form: str, regions: Iterable[str],
    topics: Iterable[str], now: datetime,
) -> Post:  # fmt: skip
    """What becomes public when a clarification is published."""
    return Post(clarification, 1, TERBIT, now, now, draft.slug, words, finding, form, draft.category,
                tuple(sorted(set(regions))), tuple(sorted(set(topics))))  # fmt: skip


def next_edition(last: Post, state: str, words: str, category: str, reason: str, now: datetime) -> Post:
    """A correction (with another text) or a withdrawal (state DITARIK); the address stays."""
    act = TARIK if state == DITARIK else KOREKSI
    return replace(last, edition=last.edition + 1, act=act, at=now, words=words, category=category, reason=reason, id=0)


def identity(site: Site, post: Post) -> str:
    """A name for feeds that stays when the site moves."""
    return uuid5(NAMESPACE_URL, f"jernih:{site.office}:{post.clarification}").urn


def when(moment: datetime, zone: str) -> str:
    """21 November 2026 14.05 WIT."""
    local = moment.astimezone(offset(zone))
    return f"{format_datetime(local, 'd MMMM y HH.mm', locale='id')} {local.tzname()}"
