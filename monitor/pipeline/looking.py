"""A look at the files among an isu's evidence -> Act, before a byte of them is shown: whose face, and whose number.

Like a konten's personal data they are covered until somebody asks. Asking is noted once a session, not at every page.
"""

from datetime import datetime

from monitor.attachments import BUKTI
from monitor.audit import Act
from monitor.people import Person, Refusal, may
from monitor.rumors import Rumor, missing
from monitor.store import Store, Tx

LOOK = "lihat berkas bukti"


def look(store: Store, number: int, person: Person, since: datetime, now: datetime) -> Refusal | None:
    """Notes that somebody looks at every file of an isu; `since` is when their session began. No row where they have
    looked at all of them already."""
    with store.write() as tx:
        refusal = may(person, "lihat bukti") or (None if tx.get(Rumor, number) else missing(number))
        if refusal:
            return refusal
        there = tx.attachments(BUKTI, [one.id for one in tx.evidence(number)])
        fresh = sorted(there.keys() - looked(tx, person, since))
        if fresh:
            told = {"bukti": ", ".join(map(str, fresh))}
            tx.audit(Act(now, person.name, "lihat berkas bukti", "isu", str(number), {**told}))
    return None


def looked(tx: Tx, person: Person, since: datetime) -> frozenset[int]:
    """The evidence (ids) whose files this person has asked to see since then."""
    told = tx.acts_by(person.name, LOOK, since)
    return frozenset(int(one) for act in told for one in str(act.detail.get("bukti", "")).split(", ") if one.isdigit())
