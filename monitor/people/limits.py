"""Failed logins -> may the next one be tried? Guesses are slowed down without locking out who is guessed at.

Three counts run over WINDOW: of an account from browsers that never logged in to it, of one browser that did (device
cookie), and of a network address. A known browser is judged by its own count alone, so that whoever guesses elsewhere
cannot keep its owner out.
"""

from datetime import datetime, timedelta

from monitor.people.accounts import Tries

WINDOW = timedelta(minutes=15)
MOST = {"akun": 10, "perangkat": 10, "alamat": 40}


def keys(account: str, device: str, address: str) -> tuple[str, ...]:
    """The counts of one attempt; `device` is the digest of a cookie that this account is known by, or ""."""
    return (f"perangkat:{device}",) if device else (f"akun:{account}"[:80], f"alamat:{address}"[:80])


def shared(key: str) -> bool:
    """Does this count hold the attempts of more than one account?"""
    return key.startswith("alamat:")


def wait(tries: Tries, now: datetime) -> timedelta:
    """How long to wait before the next attempt under this count; nothing while it is within its bound."""
    bound = MOST[tries.key.split(":")[0]]
    rest = tries.since + WINDOW - now
    return rest if tries.count > bound and rest > timedelta() else timedelta()
