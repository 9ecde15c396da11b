"""What people handed in and had not sent yet, in and out: files, sightings, letters to the press, unsent forms."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select

from monitor.attachments import Attachment
from monitor.press import PressLetter
from monitor.sightings import Sighting
from monitor.store.rows import Rows, batches
from monitor.store.tables import TABLES
from monitor.unsent import Unsent

ATTACHMENTS, SIGHTINGS, LETTERS, UNSENT = (TABLES[kind] for kind in (Attachment, Sighting, PressLetter, Unsent))


class Handed(Rows):
    """What a transaction knows of what people handed in."""

    def attachments(self, noun: str, keys: Sequence[int]) -> dict[int, Attachment]:
        """The file of each of these pieces of evidence or konten, the last one handed in."""
        found: dict[int, Attachment] = {}
        for some in batches(keys):
            query = select(ATTACHMENTS).where(ATTACHMENTS.c.noun == noun, ATTACHMENTS.c.key.in_(some))
            found |= {row.key: row for row in self.rows(Attachment, query.order_by(ATTACHMENTS.c.id))}
        return found

    def sightings(self, item: int) -> list[Sighting]:
        """Where a konten was seen, in the order it was told."""
        return self.rows(Sighting, select(SIGHTINGS).where(SIGHTINGS.c.item == item).order_by(SIGHTINGS.c.id))

    def press_letters(self, item: int) -> list[PressLetter]:
        """Letters about a konten, oldest first."""
        return self.rows(PressLetter, select(LETTERS).where(LETTERS.c.item == item).order_by(LETTERS.c.id))

    def unsent(self, account: str) -> list[Unsent]:
        """What an account had not sent, newest first."""
        query = select(UNSENT).where(UNSENT.c.account == account)
        return self.rows(Unsent, query.order_by(UNSENT.c.at.desc(), UNSENT.c.key))

    def drop_unsent(self, account: str, keys: Sequence[str]) -> None:
        """Takes away unsent forms of an account."""
        self.connection.execute(delete(UNSENT).where(UNSENT.c.account == account, UNSENT.c.key.in_(list(keys))))

    def drop_old_unsent(self, before: datetime) -> None:
        """Takes away unsent forms kept since before then, whoever's."""
        self.connection.execute(delete(UNSENT).where(UNSENT.c.at < before))
