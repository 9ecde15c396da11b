"""bytes -> JERNIH_HOME/arsip/<sha256>: pages and evidence, compressed, on disk before the row that names them."""

import gzip
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import get_ident

from monitor.store.errors import StoreError, disk

DIGEST = re.compile(r"[0-9a-f]{64}")
LARGEST = 64 * 1024 * 1024


class Arsip:
    """The archive of bytes in one folder; a file is named by the SHA-256 of what it holds, inflated."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes) -> str:
        """Keeps the bytes (once) and gives their SHA-256; they are on disk when this returns."""
        digest = sha256(content).hexdigest()
        try:
            # Younger again, so that no retention takes it before its new row is saved.
            os.utime(self._path(digest))
        except FileNotFoundError:
            self.keep_packed(digest, gzip.compress(content, compresslevel=6, mtime=0))
        except OSError as fault:
            raise disk(fault) from fault
        return digest

    def keep_packed(self, digest: str, packed: bytes, durable: bool = True) -> None:
        """Keeps bytes that are compressed already: written aside, synced (if `durable`), renamed, the folder synced."""
        path = self._path(digest)
        aside = path.with_name(f".{digest}.{os.getpid()}.{get_ident()}")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(aside, packed, durable)
            aside.rename(path)
            if durable:
                sync(self.folder)
        except OSError as fault:
            aside.unlink(missing_ok=True)
            raise disk(fault) from fault

    def kept(self, digest: str) -> bytes | None:
        """The bytes of a digest, None where they are not; StoreError where the file no longer holds what it should."""
        packed = self.packed(digest)
        if packed is None:
            return None
        content = inflated(packed)
        if content is None or sha256(content).hexdigest() != digest:
            sentence = "Berkas arsip rusak. Pulihkan dari cadangan: jernih restore BERKAS."
            raise StoreError(f"archive file {digest} does not hold what its name says", sentence)
        return content

    def packed(self, digest: str) -> bytes | None:
        """The file's own (compressed) bytes."""
        try:
            return self._path(digest).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise disk(fault) from fault

    def digests(self) -> Iterator[str]:
        """What is kept, in order of name."""
        if self.folder.is_dir():
            yield from sorted(path.name for path in self.folder.iterdir() if DIGEST.fullmatch(path.name))

    def aged(self, digest: str) -> float:
        """When the file was written (seconds since the epoch), 0 if it is not there."""
        try:
            return self._path(digest).stat().st_mtime
        except FileNotFoundError:
            return 0.0

    def drop(self, digests: Iterable[str]) -> int:
        """Deletes files; how many there were."""
        dropped = 0
        for digest in digests:
            try:
                self._path(digest).unlink()
                dropped += 1
            except FileNotFoundError:
                continue
            except OSError as fault:
                raise disk(fault) from fault
        return dropped

    def sweep(self, before: float) -> None:
        """Deletes what a killed process left half written before then (seconds since the epoch)."""
        for path in self.folder.glob(".*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before:
                    path.unlink()

    def _path(self, digest: str) -> Path:
        assert DIGEST.fullmatch(digest), f"not a SHA-256: {digest!r}"
        return self.folder / digest


def inflated(packed: bytes) -> bytes | None:
    """Gzip -> bytes, None if it is none or holds more than LARGEST."""
    inflater = zlib.decompressobj(wbits=31)
    try:
        content = inflater.decompress(packed, LARGEST)
    except zlib.error:
        return None
    return content if inflater.eof else None


def sync(path: Path) -> None:
    """Makes the names in a folder survive a power cut."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write(path: Path, content: bytes, durable: bool) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        if durable:
            os.fsync(handle)
