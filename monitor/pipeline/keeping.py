"""A form that came after its session had ended -> Unsent: kept for the account of that session, offered to it alone."""

from collections.abc import Mapping
from datetime import datetime

from monitor import unsent
from monitor.people import Account, Session, accounts
from monitor.store import Store
from monitor.unsent import Unsent


def keep(store: Store, cookie: str, key: str, path: str, fields: Mapping[str, str], now: datetime) -> bool:
    """Keeps a form if its cookie was a session's (that has ended) and there is something in it worth keeping."""
    pairs = unsent.worth(path, fields)
    if not cookie or not pairs:
        return False
    with store.write() as tx:
        session = tx.get(Session, accounts.digest(cookie))
        account = tx.get(Account, session.account) if session else None
        if account is None or account.disabled:
            return False
        tx.drop_old_unsent(now - unsent.KEPT_FOR)
        same = [one.key for one in tx.unsent(account.name) if (one.path, one.fields) == (path, pairs)]
        tx.drop_unsent(account.name, same)
        tx.put([Unsent(key, account.name, path, pairs, now)])
        tx.drop_unsent(account.name, [one.key for one in unsent.too_many(tx.unsent(account.name))])
    return True


def kept(store: Store, account: str, now: datetime) -> list[Unsent]:
    """What an account had not sent, newest first."""
    with store.read() as tx:
        return [one for one in tx.unsent(account) if now - one.at < unsent.KEPT_FOR]


def drop(store: Store, account: str, key: str) -> None:
    """It was sent, or thrown away."""
    with store.write() as tx:
        tx.drop_unsent(account, [key])
