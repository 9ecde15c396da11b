"""One isu -> every row that belongs to it, by following the references between the tables."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, func, select

from monitor.articles import Article
from monitor.attachments import Attachment
from monitor.audit import Act
from monitor.items import Item
from monitor.rumors import Carrier, Rumor
from monitor.store.rows import Rows, batches
from monitor.store.tables import NAMES, REFERENCES, TABLES

AUDIT, ARTICLES, ATTACHMENTS = TABLES[Act], TABLES[Article], TABLES[Attachment]
KINDS = {name: kind for kind, name in NAMES.items()}
# Downwards from these; what else refers to an entry or article is no part of a case.
FROM = ("rumors", "items", "verdicts", "clarifications", "objections", "referrals", "posts", "deliveries")
# Several columns of one table may refer to the case; each row is taken once.
Found = dict[str, dict[int, Any]]


class Cases(Rows):
    """What a transaction knows of a case."""

    def case_rows(self, rumor: int) -> dict[str, list[Any]]:
        """Rows by table, each in the order of its ids; {} if there is no such isu."""
        found: Found = {}
        self._take(found, TABLES[Rumor], "id", [rumor])
        if not found.get("rumors"):
            return {}
        carried = self.connection.scalars(select(TABLES[Carrier].c.item).where(TABLES[Carrier].c.rumor == rumor))
        self._take(found, TABLES[Item], "id", set(carried))
        self._below(found)
        self._above(found)
        for noun, table in (("bukti", "evidence"), ("konten", "items")):
            here = ATTACHMENTS.c.noun == noun, ATTACHMENTS.c.key.in_(sorted(found.get(table, {})))
            for held in self.rows(Attachment, select(ATTACHMENTS).where(*here)):
                found.setdefault(ATTACHMENTS.name, {})[held.id] = held
        return {name: [some[key] for key in sorted(some)] for name, some in sorted(found.items())}

    def case_acts(self, names: Iterable[tuple[str, str]]) -> list[tuple[int, Act]]:
        """Acts about these (noun, key), with their number in the chain, in its order."""
        acts: dict[int, Act] = {}
        by_noun: dict[str, set[str]] = {}
        for noun, key in names:
            by_noun.setdefault(noun, set()).add(key)
        for noun, keys in by_noun.items():
            for some in batches(sorted(keys)):
                query = select(AUDIT).where(AUDIT.c.noun == noun, AUDIT.c.key.in_(some))
                acts |= {act.id: act for act in self.rows(Act, query)}
        return [(self._number(key), acts[key]) for key in sorted(acts)]

    def _number(self, act: int) -> int:
        return self.connection.scalar(select(func.count()).select_from(AUDIT).where(AUDIT.c.id <= act)) or 0

    def _below(self, found: Found) -> None:
        """Whatever refers to what was found, and to that."""
        before = -1
        while before != sum(map(len, found.values())):
            before = sum(map(len, found.values()))
            for name, columns in REFERENCES.items():
                for column, other in columns.items():
                    if other in FROM and found.get(other) and name not in ("items", "rumors"):
                        self._take(found, KINDED[name], column, found[other])

    def _above(self, found: Found) -> None:
        """What the konten are: every version of their article, its scores, its entry and the visit that brought it."""
        for name, column, of in (("articles", "id", "items.article"), ("entries", "id", "articles.entry"),
                                 ("articles", "entry", "entries.id"), ("scores", "article", "articles.id"),
                                 ("fetches", "id", "entries.fetch"), ("fetches", "id", "articles.fetch")):
            table, field = of.split(".")
            self._take(found, KINDED[name], column, {getattr(row, field) for row in found.get(table, {}).values()})

    def _take(self, found: Found, table: Table, column: str, keys: Iterable[Any]) -> None:
        for some in batches(sorted(keys)):
            kind: type[Any] = KINDS[table.name]
            for row in self.rows(kind, select(table).where(table.c[column].in_(some))):
                found.setdefault(table.name, {})[row.id] = row


KINDED = {name: TABLES[kind] for name, kind in KINDS.items()}
