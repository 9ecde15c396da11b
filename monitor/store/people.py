"""Account, Session, Ticket, Recovery, Device, Tries, Delegation in and out; what may happen once happens once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update

from monitor.people import Account, Delegation, Device, Recovery, Session, Ticket, Tries
from monitor.store.rows import Rows
from monitor.store.tables import TABLES

ACCOUNTS, SESSIONS, TICKETS, RECOVERIES = TABLES[Account], TABLES[Session], TABLES[Ticket], TABLES[Recovery]
DEVICES, TRIES, DELEGATIONS = TABLES[Device], TABLES[Tries], TABLES[Delegation]


class People(Rows):
    """What a transaction knows of who may log in."""

    def accounts(self) -> list[Account]:
        """Every account, by name."""
        return self.rows(Account, select(ACCOUNTS).order_by(ACCOUNTS.c.name))

    def any_account(self) -> bool:
        return self.connection.scalar(select(func.count()).select_from(ACCOUNTS)) != 0

    def unsealed(self, mark: str) -> list[tuple[str, str]]:
        """Accounts whose second factor's secret does not begin with `mark`: (name, secret)."""
        plain = select(ACCOUNTS.c.name, ACCOUNTS.c.secret).where(ACCOUNTS.c.secret != "")
        return [(row.name, row.secret) for row in self.connection.execute(plain) if not row.secret.startswith(mark)]

    def reseal(self, account: str, old: str, new: str) -> None:
        """The same secret in another form; a secret that was changed in between stays as it is."""
        there = update(ACCOUNTS).where(ACCOUNTS.c.name == account, ACCOUNTS.c.secret == old)
        self.connection.execute(there.values(secret=new))

    def use_step(self, account: str, step: int) -> bool:
        """Marks a second factor's code as used; False if it, or a later one, was used already."""
        there = update(ACCOUNTS).where(ACCOUNTS.c.name == account, ACCOUNTS.c.step < step)
        return self.connection.execute(there.values(step=step)).rowcount == 1

    def use_ticket(self, key: str, now: datetime) -> bool:
        """Uses a one-time link up; False if somebody was first."""
        there = update(TICKETS).where(TICKETS.c.key == key, TICKETS.c.used.is_(None), TICKETS.c.until > now)
        return self.connection.execute(there.values(used=now)).rowcount == 1

    def void_tickets(self, account: str, now: datetime) -> None:
        """Earlier links of an account open nothing any more."""
        there = update(TICKETS).where(TICKETS.c.account == account, TICKETS.c.used.is_(None))
        self.connection.execute(there.values(used=now))

    def use_recovery(self, key: str, account: str, now: datetime) -> bool:
        """Uses a recovery code up; False if there is no such code of this account, or it was used."""
        there = update(RECOVERIES).where(
            RECOVERIES.c.key == key, RECOVERIES.c.account == account, RECOVERIES.c.used.is_(None)
        )
        return self.connection.execute(there.values(used=now)).rowcount == 1

    def set_recoveries(self, account: str, codes: Sequence[Recovery]) -> None:
        """New recovery codes in place of the old ones."""
        self.connection.execute(delete(RECOVERIES).where(RECOVERIES.c.account == account))
        self.put(codes)

    def recoveries_left(self, account: str) -> int:
        query = select(func.count()).select_from(RECOVERIES)
        return self.connection.scalar(query.where(RECOVERIES.c.account == account, RECOVERIES.c.used.is_(None))) or 0

    def touch(self, key: str, now: datetime) -> None:
        """A session was seen."""
        self.connection.execute(update(SESSIONS).where(SESSIONS.c.key == key).values(seen=now))

    def end_session(self, key: str) -> None:
        self.connection.execute(delete(SESSIONS).where(SESSIONS.c.key == key))

    def end_sessions(self, account: str, but: str = "") -> None:
        """Logs an account out everywhere, or everywhere but in one session (its key)."""
        self.connection.execute(delete(SESSIONS).where(SESSIONS.c.account == account, SESSIONS.c.key != but))

    def forget_devices(self, account: str) -> None:
        """No browser of this account is a known one any more."""
        self.connection.execute(delete(DEVICES).where(DEVICES.c.account == account))

    def delegations(self, account: str = "") -> list[Delegation]:
        """Delegations, newest first, of one account if given."""
        query = select(DELEGATIONS).order_by(DELEGATIONS.c.id.desc())
        return self.rows(Delegation, query.where(DELEGATIONS.c.account == account) if account else query)

    def revoke(self, delegation: int, now: datetime) -> bool:
        """Ends a delegation; False if it had been ended, or is none."""
        there = update(DELEGATIONS).where(DELEGATIONS.c.id == delegation, DELEGATIONS.c.revoked.is_(None))
        return self.connection.execute(there.values(revoked=now)).rowcount == 1

    def count_try(self, key: str, now: datetime, window: timedelta) -> Tries:
        """One more attempt under a key; counting begins anew once `window` has passed. Atomic on both databases."""
        self.put_new([Tries(key, 0, now)])
        fresh = TRIES.c.since <= now - window
        self.connection.execute(update(TRIES).where(TRIES.c.key == key, fresh).values(count=0, since=now))
        self.connection.execute(update(TRIES).where(TRIES.c.key == key).values(count=TRIES.c["count"] + 1))
        found = self.get(Tries, key)
        assert found is not None
        return found

    def clear_tries(self, keys: Sequence[str]) -> None:
        """These counts begin anew."""
        self.connection.execute(delete(TRIES).where(TRIES.c.key.in_(keys)))

    def uncount(self, keys: Sequence[str]) -> None:
        """Takes one attempt off these counts: it was none that failed."""
        there = update(TRIES).where(TRIES.c.key.in_(keys), TRIES.c["count"] > 0)
        self.connection.execute(there.values(count=TRIES.c["count"] - 1))

    def sweep(self, now: datetime, session: timedelta, rest: timedelta) -> None:
        """Drops sessions, links and counts that can mean nothing any more."""
        self.connection.execute(delete(SESSIONS).where(SESSIONS.c.at < now - session))
        self.connection.execute(delete(TICKETS).where(TICKETS.c.until < now - rest))
        self.connection.execute(delete(TRIES).where(TRIES.c.since < now - rest))

    def put_new(self, rows: Sequence[Tries]) -> None:
        """Inserts rows whose key is not there yet."""
        held = {name: [getattr(row, name) for row in rows] for name in ("key", "count", "since")}
        self.bulk(TRIES, held, 'ON CONFLICT ("key") DO NOTHING')
