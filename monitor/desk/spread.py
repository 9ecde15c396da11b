"""A konten + who looks -> where it was seen, and the picture that came with it: covered, unless somebody asked."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime

from monitor.attachments import KONTEN, Attachment
from monitor.desk.office import Desk
from monitor.masks import holds_personal, masked
from monitor.pictures import WEBP
from monitor.store import Tx


@dataclass(frozen=True, slots=True)
class Seen:
    """One sighting as it is shown."""

    channel: str
    place: str
    seen: datetime | None
    forwards: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Spread:
    """What a konten's page shows of it. `picture` is the uncovered picture as a data: address, "" while it is covered
    (`file` says that there is one); `hidden`: a place holds personal data that is covered."""

    seen: tuple[Seen, ...]
    file: Attachment | None
    picture: str
    hidden: bool


def of_item(tx: Tx, item: int, desk: Desk, bare: bool) -> Spread:
    """What is known of a konten; `bare` uncovers it, which the caller has noted in the audit."""
    rows, file = tx.sightings(item), tx.attachments(KONTEN, [item]).get(item)
    file = file if file and desk.store.arsip.aged(file.mosaic) else None
    words = tx.words_of(one.words for one in rows)
    places = {digest: held.title if bare else masked(held.title) for digest, held in words.items()}
    lines = tuple(Seen(one.channel, places.get(one.words, "(sudah dihapus)"), one.seen, one.forwards, one.at, one.by)
                  for one in rows)
    hidden = not bare and any(holds_personal(held.title) for held in words.values())
    shown = desk.store.kept(file.copy) if file and file.copy and bare else None
    return Spread(lines, file, f"data:{WEBP};base64,{b64encode(shown).decode()}" if shown else "", hidden)
