"""Account + what was typed -> a second factor set up, or proven. Its secret is sealed before a row holds it.

A secret whose key is not on this server (a restored backup) proves nothing any more: recovery codes and one-time links
still do, and whoever came in by one sets the factor up again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from monitor.audit import Act
from monitor.people import SECOND_FACTOR, Account, Recovery, Refusal, accounts, codes
from monitor.store import Store, Tx

WRONG = Refusal("wrong name, password or code", "Nama, sandi, atau kodenya tidak cocok. Periksa lalu coba lagi; bila "
                "lupa, mintalah tautan baru kepada administrator.")
WRONG_CODE = Refusal("wrong code of the second factor", "Kode 6 angka ini tidak cocok. Pastikan jam ponsel tepat, lalu "
                     "ketik kode yang sedang tampak.")
LOST = Refusal("wrong name, password or code, and the key of second factors is lost", "Nama, sandi, atau kodenya tidak "
               "cocok. Di server ini kunci faktor kedua tidak ada atau berganti, misalnya sesudah pemulihan cadangan, "
               "jadi kode 6 angka dari ponsel tidak berlaku. Pakailah satu kode pemulihan, atau mintalah tautan sekali "
               "pakai kepada administrator (di server: jernih user reset NAMA), lalu pasang faktor kedua lagi.")


def needs_second(account: Account | None) -> bool:
    """Must this account prove a second factor? The first administrator must."""
    return account is None or bool(set(account.roles) & set(SECOND_FACTOR))


def readable(store: Store, account: Account) -> bool:
    """Is there a second factor, and can this server open it?"""
    return bool(account.secret) and store.seals.open(account.secret, account.name) is not None


def unreadable(store: Store) -> frozenset[str]:
    """Names of the accounts in use whose second factor this server cannot open."""
    with store.read() as tx:
        held = [one for one in tx.accounts() if one.secret and not one.disabled]
    return frozenset(one.name for one in held if not readable(store, one))


def wrong(store: Store) -> Refusal:
    """Why nobody came in: the same for every name, so that it tells nothing of one account."""
    return LOST if unreadable(store) else WRONG


def proven(store: Store, tx: Tx, account: Account, code: str, now: datetime) -> bool:
    """Is this the code of now, or a recovery code? Either is used up."""
    secret = store.seals.open(account.secret, account.name)
    step = codes.matching_step(secret, code, account.step, now) if secret else None
    if step is not None:
        return tx.use_step(account.name, step)
    spare = codes.recovery_typed(code)
    return bool(spare) and tx.use_recovery(accounts.digest(spare), account.name, now)


def enrol(store: Store, account: Account, secret: str, code: str, recovery: Sequence[str], now: datetime,
          session: str = "") -> Refusal | None:  # fmt: skip
    """Sets up a second factor with a code that proves it works; new recovery codes replace the old ones. Every session
    but this one (its key) ends: roles that count from now on are not for who came in with a password alone."""
    step = codes.matching_step(secret, code, 0, now)
    if step is None:
        return WRONG_CODE
    sealed = store.seals.seal(secret, account.name)
    with store.write() as tx:
        present = tx.get(Account, account.name)
        if present is None or readable(store, present):
            return Refusal("second factor is there already", "Faktor kedua sudah terpasang. Untuk menggantinya, "
                           "mintalah tautan baru kepada administrator.")
        tx.put([replace(present, secret=sealed, step=step)])
        tx.end_sessions(account.name, session)
        tx.set_recoveries(account.name, [Recovery(accounts.digest(one), account.name, now) for one in recovery])
        tx.audit(Act(now, account.name, "pasang faktor kedua", "akun", account.name, {}))
    return None
