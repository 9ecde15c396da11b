"""A secret that must be read again -> sealed at rest (AES-256-GCM), under a key in a file beside the database.

The key reaches no row, log or backup. Who holds the database alone, or a backup, can read none of what is sealed.
"""

import os
import secrets
import stat
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from monitor.store.arsip import sync
from monitor.store.errors import StoreError, disk

MARK = "aesgcm1:"
FOLDER, FILE = "rahasia", "faktor-kedua.kunci"
KEY_BYTES, NONCE_BYTES, LONGEST = 32, 12, 65536
HEAD = "# Kunci faktor kedua Jernih. Baris pertama menyegel, tiap baris membuka. Simpan salinannya, jangan disebar.\n"
UNSAFE = ("Berkas kunci {path} harus berkas biasa yang hanya terbaca pemiliknya. Perbaiki: chown ke pengguna Jernih, "
          "lalu chmod 600.")
DAMAGED = ("Berkas kunci {path} rusak. Kembalikan salinannya; bila tidak ada, pindahkan berkas itu dan buat tautan "
           "sekali pakai untuk tiap akun: jernih user reset NAMA")


class Seals:
    """Seals and opens under the keys in one file, made at the first seal. Its first line seals, every line opens."""

    def __init__(self, home: Path) -> None:
        self.path = home / FOLDER / FILE

    def seal(self, secret: str, owner: str) -> str:
        """The secret as a row may hold it; only as `owner`'s can it be opened again."""
        key = (self._keys() or self._made())[0]
        nonce = secrets.token_bytes(NONCE_BYTES)
        closed = _cipher(key).encrypt(nonce, secret.encode(), owner.encode())
        return f"{MARK}{_id(key)}:{urlsafe_b64encode(nonce + closed).decode()}"

    def open(self, sealed: str, owner: str) -> str | None:
        """The secret again; None where its key is not here or the row is not what was sealed. A secret that was never
        sealed is given as it is: `Store.migrate` seals it at the next start."""
        if not sealed.startswith(MARK):
            return sealed
        name, _, text = sealed.removeprefix(MARK).partition(":")
        key = next((key for key in self._keys() if _id(key) == name), None)
        return _opened(key, text, owner) if key else None

    def _keys(self) -> list[bytes]:
        """The keys in the file, [] where there is none; StoreError where it is not safely kept, or no key stands in
        it: a new key in its place would shut everybody out for good."""
        try:
            opened = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return []
        except OSError as fault:
            raise StoreError(f"key file: {fault}", UNSAFE.format(path=self.path)) from fault
        with os.fdopen(opened, "rb") as file:
            mode = os.fstat(opened).st_mode
            if not stat.S_ISREG(mode) or mode & 0o077:
                raise StoreError(f"key file has mode {mode:o}", UNSAFE.format(path=self.path))
            lines = file.read(LONGEST).split(b"\n")
        held = [_key(line) for line in map(bytes.strip, lines) if line and not line.startswith(b"#")]
        if not held or None in held:
            raise StoreError("key file holds a line that is no key, or none", DAMAGED.format(path=self.path))
        return [key for key in held if key]

    def _made(self) -> list[bytes]:
        """Makes the file with a new key, whole or not at all; of several at once the first one's counts."""
        line = urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()
        aside = self.path.with_suffix(f".{secrets.token_hex(8)}")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                    file.write(f"{HEAD}{line}\n")
                    file.flush()
                    os.fsync(file.fileno())
                with suppress(FileExistsError):
                    os.link(aside, self.path)
            finally:
                aside.unlink(missing_ok=True)
            sync(self.path.parent)
        except OSError as fault:
            raise disk(fault) from fault
        return self._keys()


def _key(line: bytes) -> bytes | None:
    try:
        key = urlsafe_b64decode(line)
    except Error:
        return None
    return key if len(key) == KEY_BYTES else None


def _id(key: bytes) -> str:
    """By what a sealed text names its key: tells nothing of it."""
    return sha256(b"jernih kunci" + key).hexdigest()[:12]


def _opened(key: bytes, text: str, owner: str) -> str | None:
    try:
        held = urlsafe_b64decode(text)
        return str(_cipher(key).decrypt(held[:NONCE_BYTES], held[NONCE_BYTES:], owner.encode()).decode())
    # What is not as it was sealed is refused by more than one kind of error (length, tag, letters).
    except Exception:
        return None


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
