"""A berkas perkara on the command line: written whole or not at all, checked without any database."""

import getpass
import os
from contextlib import suppress
from pathlib import Path

from monitor import casefile
from monitor.cli.opening import Trouble, environment, now, opened, settings
from monitor.people import Refusal
from monitor.pipeline import casefiles

# A berkas perkara holds pages of one isu; something larger is none.
LARGEST = 2 * 2**30


def export(rumor: int, path: Path, bare: bool) -> str:
    """Writes the file of an isu and gives the sentence that tells of it; Trouble where it cannot."""
    found = environment()
    office = settings(found).office.name or "kantor tanpa nama"
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w+b") as out, opened(found) as store:
            seal = casefiles.export(store, office, rumor, out, f"{getpass.getuser()} di server", now(), not bare)
        if isinstance(seal, Refusal):
            raise Trouble(seal.sentence)
        os.replace(part, path)
    except OSError as fault:
        raise Trouble(f"{path} tidak dapat ditulis ({fault.strerror}).") from fault
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    kind = "TIDAK tersamar; pengambilannya tercatat di audit" if bare else "tersamar"
    lines = (f"Tersimpan: {path} ({kind}).", f"Segel: {seal}",
             f"Catat segel ini; periksa kapan saja: jernih audit verify {path}")
    return "\n".join(lines)


def verify(path: Path, seal: str) -> str:
    """The sentence on a file that is whole; Trouble with every fault otherwise."""
    try:
        if not path.is_file():
            raise Trouble(f"{path} tidak ada, atau bukan berkas biasa.", 2)
        if path.stat().st_size > LARGEST:
            raise Trouble(f"{path} terlalu besar untuk sebuah berkas perkara.")
        content = path.read_bytes()
    except OSError as fault:
        raise Trouble(f"{path} tidak dapat dibaca ({fault.strerror}).", 2) from fault
    told = casefile.check(content)
    faults = list(told.faults)
    if seal and seal.strip().lower() != told.seal:
        faults.append(f"segelnya {told.seal or 'tidak ada'}, bukan {seal.strip()}")
    if faults:
        raise Trouble(f"{path} TIDAK utuh:\n" + "\n".join(faults))
    lines = [f"Berkas perkara isu {told.rumor} utuh: {told.files} berkas, {told.acts} langkah rantai audit.",
             f"Ujung rantai: {told.head}", f"Segel: {told.seal}"]
    if not seal:
        lines.append("Bandingkan segel itu dengan yang dicatat kantor (--seal): berkas yang dibuat ulang seluruhnya "
                     "hanya dikenali dari segelnya.")
    return "\n".join(lines)
