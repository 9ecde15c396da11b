"""Words, Entry, Waiting in and out."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import datetime

from sqlalchemy import delete, func, select

from monitor.audit import TERM, Erasure
from monitor.entries import Entry, Showing, Waiting, Words
from monitor.store.rows import Rows, batches, build, columns
from monitor.store.tables import TABLES, WORDS

ENTRIES, WAITING, SHOWINGS, ERASURES = TABLES[Entry], TABLES[Waiting], TABLES[Showing], TABLES[Erasure]


class Entries(Rows):
    """What a transaction knows of entries and of the words of others."""

    def put_words(self, words: Iterable[Words]) -> None:
        """Keeps payloads under their digests; what is known stays, and what was erased does not come back, unless only
        its time was over: the next election brings the same rumour in the same words."""
        held = {one.digest: one for one in words}
        gone = self._erased(held)
        new = sorted((digest, one) for digest, one in held.items() if digest not in gone)
        if new:
            whole = {"digest": [digest for digest, _ in new], **columns([one for _, one in new])}
            self.bulk(WORDS, whole, "ON CONFLICT DO NOTHING")

    def words_of(self, digests: Iterable[str]) -> dict[str, Words]:
        """Payloads by digest; a digest whose words were erased, or "", is missing."""
        found = {}
        for some in batches(set(digests) - {""}):
            for row in self.connection.execute(select(WORDS).where(WORDS.c.digest.in_(some))):
                found[row.digest] = build(Words, row._mapping)
        return found

    def part_with(self, digest: str) -> None:
        """Lets go of a payload whose content is kept in another form; that it did is the caller's to audit."""
        self.connection.execute(delete(WORDS).where(WORDS.c.digest == digest))

    def known(self, identities: Iterable[str]) -> set[str]:
        """Which of the identities are entries already."""
        found: set[str] = set()
        for some in batches(set(identities)):
            found.update(self.connection.scalars(select(ENTRIES.c.identity).where(ENTRIES.c.identity.in_(some))))
        return found

    def entries_by(self, identities: Iterable[str]) -> dict[str, Entry]:
        """The entries of these identities, as far as they are known."""
        found: dict[str, Entry] = {}
        for some in batches(set(identities)):
            rows = self.rows(Entry, select(ENTRIES).where(ENTRIES.c.identity.in_(some)))
            found |= {entry.identity: entry for entry in rows}
        return found

    def showings(self, entries: Iterable[int]) -> dict[int, Showing]:
        """How sources last showed these entries (by id), where that differs from the first time."""
        found: dict[int, Showing] = {}
        for some in batches(set(entries)):
            rows = self.rows(Showing, select(SHOWINGS).where(SHOWINGS.c.entry.in_(some)))
            found |= {showing.entry: showing for showing in rows}
        return found

    def add_entries(self, entries: Sequence[Entry]) -> list[Entry]:
        """Appends the entries whose identity is not known yet (each once); only these come back, with ids, in order."""
        first: dict[str, Entry] = {}
        for entry in entries:
            first.setdefault(entry.identity, entry)
        if not first:
            return []
        ids = self.ids(ENTRIES, len(first))
        numbered = [replace(entry, id=key) for entry, key in zip(first.values(), ids, strict=True)]
        # In order of identity, so that two writers on PostgreSQL wait for one another instead of deadlocking.
        ordered = sorted(numbered, key=lambda entry: entry.identity)
        self.bulk(ENTRIES, columns(ordered), "ON CONFLICT (identity) DO NOTHING")
        query = select(ENTRIES.c.id).where(ENTRIES.c.id.between(min(ids), max(ids)))
        stored = set(self.connection.scalars(query))
        return [entry for entry in numbered if entry.id in stored]

    def waiting(
        self, stage: str, now: datetime, limit: int = 500, each_host: int | None = None
    ) -> list[tuple[Waiting, Entry]]:
        """Entries that wait for their page or score and are due, longest due first; at most `each_host` of one host."""
        query = select(WAITING).where(WAITING.c.stage == stage, WAITING.c.due <= now)
        if each_host:
            place = func.row_number().over(partition_by=WAITING.c.host, order_by=(WAITING.c.due, WAITING.c.entry))
            ranked = query.add_columns(place.label("place")).subquery()
            query = select(ranked).where(ranked.c.place <= each_host)
        held = query.subquery()
        both = (
            select(*(held.c[field.name].label(f"w_{field.name}") for field in fields(Waiting)), ENTRIES)
            .select_from(held.join(ENTRIES, ENTRIES.c.id == held.c.entry))
            .order_by(held.c.due, held.c.entry)
            .limit(limit)
        )
        return [
            (Waiting(**{f.name: row._mapping[f"w_{f.name}"] for f in fields(Waiting)}), build(Entry, row._mapping))
            for row in self.connection.execute(both)
        ]

    def put_waiting(self, waiting: Waiting | Sequence[Waiting]) -> None:
        """Keeps what an entry waits for, in place of what it waited for before."""
        self.put([waiting] if isinstance(waiting, Waiting) else waiting)

    def drop_waiting(self, entries: int | Iterable[int]) -> None:
        """These entries (by id) wait for nothing any more."""
        for some in batches([entries] if isinstance(entries, int) else sorted(entries)):
            self.connection.execute(delete(WAITING).where(WAITING.c.entry.in_(some)))

    def waiting_counts(self) -> dict[str, int]:
        """How many entries wait, by stage."""
        query = select(WAITING.c.stage, func.count()).group_by(WAITING.c.stage)
        return {row.stage: row[1] for row in self.connection.execute(query)}

    def next_waiting(self, stage: str) -> datetime | None:
        """When the next entry of the stage is due, if any waits."""
        due: datetime | None = self.connection.scalar(select(func.min(WAITING.c.due)).where(WAITING.c.stage == stage))
        return due

    def _erased(self, digests: Iterable[str]) -> set[str]:
        found: set[str] = set()
        for some in batches(digests):
            gone = select(ERASURES.c.words).where(ERASURES.c.words.in_(some), ERASURES.c.basis != TERM)
            found.update(self.connection.scalars(gone))
        return found
