"""Password -> argon2id hash: at most two at once, for each takes 64 MiB; whoever comes third waits or is told to."""

from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.exceptions import HTTPException

AT_ONCE, PATIENCE = 2, 3.0
KIBIBYTES, ROUNDS = 65536, 2


class Hashing:
    """argon2id with a bound; `kibibytes` and `rounds` are what one hash costs."""

    def __init__(self, kibibytes: int = KIBIBYTES, rounds: int = ROUNDS, patience: float = PATIENCE) -> None:
        self._hasher = PasswordHash((Argon2Hasher(time_cost=rounds, memory_cost=kibibytes, parallelism=1),))
        self._turns, self._patience = BoundedSemaphore(AT_ONCE), patience
        # What a password is compared with where there is no account, so that this takes as long.
        self._nobody = self._hasher.hash("tidak ada akun di balik ini")

    def hash(self, password: str) -> str:
        """The hash of a password; 503 where two others are being made and do not end in time."""
        self._wait()
        try:
            return self._hasher.hash(password)
        finally:
            self._turns.release()

    def fits(self, password: str, hashed: str) -> bool:
        """Is this the password of the hash? "" is nobody's."""
        self._wait()
        try:
            return self._hasher.verify(password, hashed or self._nobody) and bool(hashed)
        except UnknownHashError:
            return False
        finally:
            self._turns.release()

    def _wait(self) -> None:
        if not self._turns.acquire(timeout=self._patience):
            raise HTTPException(503, "two passwords are being hashed", {"retry-after": "5"})
