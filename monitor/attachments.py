"""A file that somebody hands in (lampiran) -> Attachment: what is taken, under which name, and who may hand it in.

What a file is follows from its bytes (`pictures.found`), never from its name or from what a browser declares.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from monitor.people import Refusal
from monitor.pictures import PDF, PICTURES, found

LARGEST = 10 * 2**20
BUKTI, KONTEN = "bukti", "konten"
ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/gif": ".gif", PDF: ".pdf"}
NAME_LENGTH = 120
NOT_IN_NAMES = re.compile(r"[^\w .,()\-]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file with a piece of evidence or a konten (lampiran). A row.

    `noun` is BUKTI or KONTEN and `key` the id of what it belongs to; `original` the SHA-256 of the bytes as they came,
    sealed in the archive, `kind` their media type by content, `size` in bytes; `copy` and `mosaic` the SHA-256 of the
    working copy without metadata and of its coarse picture, "" where there is none (PDF), `width` and `height` of the
    copy; `words` the digest of the payload (title: the name it came with).
    """

    noun: str
    key: int
    original: str
    kind: str
    size: int
    words: str
    at: datetime
    by: str
    copy: str = ""
    mosaic: str = ""
    width: int = 0
    height: int = 0
    id: int = 0


def taken(content: bytes, largest: int = LARGEST) -> str | Refusal:
    """The media type of a file that is taken; a sentence that says what to do for any other."""
    if not content:
        return Refusal("empty file", "Berkas ini kosong. Pilih lagi; bila ia di awan, unduh dahulu ke perangkat.")
    if len(content) > largest:
        return too_large(largest)
    kind = found(content)
    if kind in (*PICTURES, PDF):
        return kind
    return Refusal(
        "neither picture nor PDF by its content",
        "Berkas ini bukan gambar (JPEG, PNG, WebP, GIF) atau PDF; yang dilihat isinya, bukan namanya. Untuk jenis "
        "lain, kirim tangkapan layarnya, atau simpan sebagai PDF.",
    )


def too_large(largest: int = LARGEST) -> Refusal:
    """The refusal of a file beyond the bound."""
    return Refusal(f"file above {largest} bytes", f"Berkas ini lebih dari {largest // 2**20} MB. Kecilkan gambarnya, "
                   "potong bagian yang penting, atau pecah PDF-nya, lalu pilih lagi.")


def plain_name(given: str, kind: str) -> str:
    """A name fit for a header and for any disk: letters, digits and a few marks, with the ending of what it is."""
    last = given.replace("\\", "/").rpartition("/")[2]
    words = NOT_IN_NAMES.sub(" ", last.rpartition(".")[0] or last).split()
    return (" ".join(words)[:NAME_LENGTH].strip(" .") or "berkas") + ENDINGS.get(kind, ".bin")
