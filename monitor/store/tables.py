"""Row dataclass -> Table: columns read off the fields; indexes, references and what may be changed stand here."""

from dataclasses import fields
from typing import Any, get_type_hints

from sqlalchemy import Column, ForeignKey, Identity, Index, MetaData, Table, Text, text

from monitor.alerts import Alert
from monitor.articles import Article
from monitor.attachments import Attachment
from monitor.audit import Act, Erasure
from monitor.clarifications import Clarification, ClarificationAct, LinkCheck
from monitor.deliveries import Delivery, DeliveryAct
from monitor.digests import Edition, Lesson
from monitor.entries import Entry, Showing, Waiting, Words
from monitor.fetches import Cycle, Fetch, Move, Schedule
from monitor.items import Item, ItemAct, ScoreRow
from monitor.labels import Label
from monitor.people import Account, Delegation, Device, Recovery, Session, Ticket, Tries
from monitor.posts import Answer, Objection, Post
from monitor.press import PressLetter
from monitor.redactions import Redaction
from monitor.referrals import Referral, ReferralStep
from monitor.rumors import Carrier, Check, Merger, Rumor, RumorAct
from monitor.samples import Draw, Review
from monitor.saved import SavedFilter
from monitor.sightings import Sighting
from monitor.statements import Statement
from monitor.store.types import WHOLE, Number, Plain, Reference, column_type
from monitor.unsent import Unsent
from monitor.verdicts import Evidence, Override, Signature, Verdict

META = MetaData()

NAMES: dict[type, str] = {
    Schedule: "schedules",
    Cycle: "cycles",
    Fetch: "fetches",
    Move: "moves",
    Entry: "entries",
    Waiting: "waiting",
    Article: "articles",
    ScoreRow: "scores",
    Item: "items",
    ItemAct: "item_acts",
    Rumor: "rumors",
    Carrier: "carriers",
    RumorAct: "rumor_acts",
    Evidence: "evidence",
    Verdict: "verdicts",
    Signature: "signatures",
    Alert: "alerts",
    Act: "audit",
    Erasure: "erasures",
    Check: "checks",
    Account: "accounts",
    Session: "sessions",
    Ticket: "tickets",
    Recovery: "recoveries",
    Device: "devices",
    Tries: "tries",
    Delegation: "delegations",
    Clarification: "clarifications",
    ClarificationAct: "clarification_acts",
    LinkCheck: "link_checks",
    Redaction: "redactions",
    Post: "posts",
    Objection: "objections",
    Answer: "answers",
    Edition: "editions",
    Referral: "referrals",
    ReferralStep: "referral_steps",
    Lesson: "lessons",
    Showing: "showings",
    Delivery: "deliveries",
    DeliveryAct: "delivery_acts",
    Label: "labels",
    SavedFilter: "saved_filters",
    Draw: "draws",
    Review: "reviews",
    Statement: "statements",
    Override: "overrides",
    Attachment: "attachments",
    Sighting: "sightings",
    Merger: "mergers",
    PressLetter: "press_letters",
    Unsent: "unsent",
}
# A field that holds the id of a row elsewhere.
REFERENCES = {
    "entries": {"fetch": "fetches"},
    "waiting": {"entry": "entries"},
    "showings": {"entry": "entries"},
    "articles": {"entry": "entries", "fetch": "fetches"},
    "scores": {"article": "articles"},
    "items": {"article": "articles", "score": "scores"},
    "item_acts": {"item": "items"},
    "carriers": {"rumor": "rumors", "item": "items"},
    "rumor_acts": {"rumor": "rumors"},
    "evidence": {"rumor": "rumors"},
    "verdicts": {"rumor": "rumors"},
    "signatures": {"verdict": "verdicts"},
    "checks": {"rumor": "rumors"},
    "reviews": {"item": "items", "act": "item_acts"},
    "statements": {"article": "articles"},
    "overrides": {"rumor": "rumors", "verdict": "verdicts"},
    "sightings": {"item": "items"},
    "mergers": {"rumor": "rumors", "target": "rumors"},
    "press_letters": {"item": "items"},
    "labels": {"item": "items"},
    "clarifications": {"rumor": "rumors", "verdict": "verdicts"},
    "clarification_acts": {"clarification": "clarifications"},
    "link_checks": {"clarification": "clarifications"},
    "redactions": {"clarification": "clarifications", "evidence": "evidence"},
    "posts": {"clarification": "clarifications"},
    "objections": {"clarification": "clarifications"},
    "answers": {"objection": "objections"},
    "referrals": {"rumor": "rumors", "verdict": "verdicts"},
    "referral_steps": {"referral": "referrals"},
    "deliveries": {"post": "posts", "report": "editions"},
    "delivery_acts": {"delivery": "deliveries"},
}
# Of these 0 (none) is allowed: what a person typed in came of no visit, a delivery carries a post or a report.
OPTIONAL = ("fetch", "post", "report")
KEYS = {
    "schedules": "source", "waiting": "entry", "showings": "entry", "accounts": "name",
    **dict.fromkeys(("sessions", "tickets", "recoveries", "devices", "tries", "saved_filters", "unsent"), "key"),
}
# Of these rows the named columns follow later rows; everything else of them never changes.
PROJECTIONS = {
    "items": ("score", "priority", "state", "holder", "version"),
    "rumors": ("state", "holder", "version"),
    "clarifications": ("state", "words", "public", "proposal", "version"),
    "deliveries": ("due", "state", "tries", "way", "remote", "doubt", "sentence", "version"),
}
STATE = ("schedules", "waiting", "showings", "alerts", "heads", "marks", "accounts", "sessions", "tickets",
         "recoveries", "devices", "tries", "delegations", "saved_filters", "unsent")
PAYLOADS = ("words",)


def _table(kind: type) -> Table:
    name = NAMES[kind]
    hints = get_type_hints(kind)
    return Table(name, META, *(_column(name, field.name, hints[field.name]) for field in fields(kind)))


def _column(table: str, name: str, hint: Any) -> Column[Any]:
    other = REFERENCES.get(table, {}).get(name)
    primary = name == KEYS.get(table, "id")
    if other:
        link = ForeignKey(f"{other}.id")
        return Column(name, Reference(), link, primary_key=primary, autoincrement=False, nullable=name in OPTIONAL)
    if name == "id":
        return Column("id", WHOLE, Identity(), primary_key=True)
    kind, optional = column_type(hint)
    return Column(name, kind, primary_key=primary, nullable=optional)


TABLES: dict[type, Table] = {kind: _table(kind) for kind in NAMES}

WORDS = Table("words", META, Column("digest", Text, primary_key=True), *(
    Column(field.name, Plain(), nullable=False) for field in fields(Words)
))
# The head of the audit's chain: how many acts there are and the digest of the last, so that a cut tail is found.
HEADS = Table("heads", META, Column("chain", Text, primary_key=True), Column("acts", WHOLE, nullable=False),
              Column("digest", Text, nullable=False))
# By what an item can be filtered (`wilayah:73.71`, `topik:…`, `sumber:…`), with its place in the queue.
MARKS = Table(
    "marks", META,
    Column("mark", Plain(), primary_key=True),
    Column("item", WHOLE, ForeignKey("items.id"), primary_key=True, autoincrement=False),
    Column("priority", Number(), nullable=False),
    Column("open", WHOLE, nullable=False),
    sqlite_with_rowid=False,
)

# PostgreSQL and SQLite use a partial index only for the same literal predicate: queries repeat OPEN word for word.
OPEN = "state IN ('BARU', 'DIPROSES')"


def _partial(name: str, where: str, *columns: Any) -> None:
    Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def _index(kind: type, *names: str, unique: bool = False) -> None:
    table = TABLES[kind]
    Index(f"{table.name}_{'_'.join(names)}", *(table.c[name] for name in names), unique=unique)


_index(Cycle, "ended")
_index(Fetch, "source", "started")
_index(Fetch, "started")
_index(Move, "source")
_index(Entry, "identity", unique=True)
_index(Entry, "seen")
_index(Entry, "fetch")
_index(Entry, "words")
_index(Waiting, "stage", "due")
_index(Article, "entry", "version", unique=True)
_index(Article, "words")
_index(Article, "page")
_index(Article, "at")
_index(ScoreRow, "article")
_index(Item, "article", unique=True)
_index(Item, "at", "id")
_index(ItemAct, "item")
_index(ItemAct, "at")
_index(Rumor, "state")
_index(Carrier, "rumor")
_index(Carrier, "item")
_index(RumorAct, "rumor")
_index(Evidence, "rumor")
_index(Verdict, "rumor")
_index(Verdict, "at")
_index(Signature, "verdict")
_index(Clarification, "rumor")
_index(Clarification, "state")
_index(ClarificationAct, "clarification")
_index(ClarificationAct, "at")
_index(LinkCheck, "clarification")
_index(Redaction, "clarification")
_index(Redaction, "page")
_index(Post, "clarification", "edition", unique=True)
_index(Post, "at")
_index(Objection, "clarification")
_index(Answer, "objection")
_index(Edition, "label", "audience", "number", unique=True)
_index(Referral, "rumor")
_index(Referral, "at")
_index(ReferralStep, "referral")
_index(ReferralStep, "at")
_index(Lesson, "label")
_index(Delivery, "key", unique=True)
_index(Delivery, "state")
_index(Delivery, "clarification")
_index(Delivery, "report")
_index(DeliveryAct, "delivery")
_index(Act, "noun", "key")
_index(Act, "at")
_index(Erasure, "words")
_index(Check, "rumor")
_index(Label, "item")
_index(Label, "name")
_index(SavedFilter, "owner")
_index(Draw, "label", unique=True)
_index(Review, "act", unique=True)
_index(Review, "item")
_index(Review, "at")
_index(Statement, "article", unique=True)
_index(Statement, "words")
_index(Override, "rumor")
_index(Override, "at")
_index(Attachment, "noun", "key")
_index(Attachment, "words")
_index(Sighting, "item")
_index(Merger, "rumor")
_index(Merger, "target")
_index(PressLetter, "item")
_index(Unsent, "account")
_index(Session, "account")
_index(Recovery, "account")
_index(Delegation, "account")

_items = TABLES[Item].c
_partial("items_open", OPEN, _items.priority.desc(), _items.id.desc(), _items.state, _items.at)
_partial("items_held", OPEN, _items.holder, _items.priority.desc(), _items.id.desc(), _items.at)
Index("marks_item", MARKS.c.item)
_partial("marks_open", "open = 1", MARKS.c.mark, MARKS.c.priority.desc(), MARKS.c.item.desc())

APPENDED = tuple(name for name in NAMES.values() if name not in STATE)


def kind_of(row: object) -> Table:
    """The table of a row."""
    return TABLES[type(row)]
