"""Call -> files that people handed in: to save, or as a picture drawn anew; never as a page of their own."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from monitor.attachments import BUKTI, KONTEN, Attachment, plain_name, too_large
from monitor.desk.acts import item_number
from monitor.desk.adapter import Call
from monitor.desk.gate import SANDBOX
from monitor.desk.office import Desk
from monitor.desk.uploads import Upload
from monitor.people import Refusal
from monitor.pictures import PDF, PNG, WEBP, found
from monitor.pipeline import looking
from monitor.pipeline.handing import Sealed
from monitor.store import Tx
from monitor.verdicts import Evidence

STATUSES = {"neither picture nor PDF by its content": 415}


def evidence_file(desk: Desk, call: Call) -> Response:
    """GET /bukti/<id>/berkas: the working copy of a picture, or a PDF as it came, to be saved; whoever has not asked to
    see it is led to where one asks."""
    held = _held(desk, BUKTI, item_number(call))
    if held.key not in seen(desk, call):
        return RedirectResponse(f"/isu/{_isu(desk, held)}#bukti", 303)
    digest, kind = (held.copy, WEBP) if held.copy else (held.original, held.kind)
    if kind not in (WEBP, PDF):
        raise HTTPException(404, "no working copy")
    name = plain_name(_name(desk, held), kind)
    spelled = f"attachment; filename=\"berkas{'.pdf' if kind == PDF else '.webp'}\"; filename*=UTF-8''{quote(name)}"
    return _bytes(desk, digest, kind, spelled)


def evidence_picture(desk: Desk, call: Call) -> Response:
    """GET /bukti/<id>/gambar: the working copy to whoever asked to see it, else coarse blocks."""
    held = _held(desk, BUKTI, item_number(call))
    bare = held.key in seen(desk, call)
    return _bytes(desk, held.copy if bare else held.mosaic, WEBP if bare else PNG, "inline")


def look(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/lihat: from now on this session sees the files of its evidence; who looked is noted."""
    number = item_number(call)
    if looked_at(desk, call, number):
        raise HTTPException(404, f"no rumor {number}")
    return RedirectResponse(f"/isu/{number}#bukti", 303)


def looked_at(desk: Desk, call: Call, rumor: int) -> Refusal | None:
    """Notes the look of this session at the files of an isu."""
    return looking.look(desk.store, rumor, call.person, _since(call), desk.now())


def seen(desk: Desk, call: Call) -> frozenset[int]:
    """The evidence whose files this session asked to see."""
    with desk.store.read() as tx:
        return seen_in(tx, call)


def seen_in(tx: Tx, call: Call) -> frozenset[int]:
    """The same, in a transaction that is open already."""
    return looking.looked(tx, call.person, _since(call))


def item_mosaic(desk: Desk, call: Call) -> Response:
    """GET /konten/<id>/gambar: the picture that came with a konten as coarse blocks; how to see it stands there."""
    held = _held(desk, KONTEN, item_number(call))
    return _bytes(desk, held.mosaic, PNG, "inline")


def sealed(desk: Desk, given: Upload, pictures_only: bool = False) -> Sealed | tuple[int, Refusal]:
    """A file that was handed in, in the archive; else the status and the refusal."""
    if given.too_large:
        return 413, too_large()
    if pictures_only and found(given.content) == PDF:
        return 415, Refusal("a PDF in place of a picture", "Di sini hanya gambar (JPEG, PNG, WebP, GIF). PDF dapat "
                            "menjadi bukti pada halaman isu.")
    outcome = desk.seal(given.name, given.content)
    return outcome if isinstance(outcome, Sealed) else (STATUSES.get(outcome.cause, 422), outcome)


def _since(call: Call) -> datetime:
    assert call.visitor is not None
    return call.visitor.session.at


def _isu(desk: Desk, held: Attachment) -> int:
    with desk.store.read() as tx:
        found = tx.get(Evidence, held.key)
    return found.rumor if found else 0


def _held(desk: Desk, noun: str, key: int) -> Attachment:
    with desk.store.read() as tx:
        held = tx.attachments(noun, [key]).get(key)
    if held is None:
        raise HTTPException(404, f"no file with {noun} {key}")
    return held


def _name(desk: Desk, held: Attachment) -> str:
    with desk.store.read() as tx:
        words: dict[str, Any] = tx.words_of([held.words])
    return words[held.words].title if held.words in words else "berkas"


def _bytes(desk: Desk, digest: str, kind: str, disposition: str) -> Response:
    content = desk.store.kept(digest) if digest else None
    if content is None:
        raise HTTPException(404, "the bytes are not kept (any more)")
    return Response(content, media_type=kind, headers={
        "content-disposition": disposition, "content-security-policy": SANDBOX, "cache-control": "private, no-store",
    })  # fmt: skip
