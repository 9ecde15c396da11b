"""Call -> the audit page: what was done, by whom, newest first; of everything or of one case."""

from starlette.responses import Response

from monitor.desk.acts import whole
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.desk.tongue import said

A_PAGE = 100
NOUNS = {
    "konten": said("konten"), "isu": said("isu"), "klarifikasi": said("klarifikasi"), "publikasi": said("publikasi"),
    "pengiriman": said("pengiriman"), "rujukan": said("rujukan"), "laporan": said("laporan"), "sampel": said("sampel"),
    "sumber": said("sumber"), "akun": said("akun"), "saringan": said("saringan"), "words": said("teks"),
    "cadangan": said("cadangan"),
}
PAGES = ("konten", "isu", "klarifikasi", "rujukan")
# Names in the details of an act that are no Indonesian words.
DETAILS = {
    "old": said("dari"), "new": said("menjadi"), "words": said("teks"), "page": said("halaman"),
    "verdict": said("hasil nomor"), "evidence": said("jumlah bukti"), "finding": said("hasil"),
    "post": said("publikasi nomor"), "edition": said("edisi"), "number": said("nomor"), "labels": said("label"),
    "kind": said("macam"), "day": said("hari"), "basis": said("dasar"), "body": said("lembaga"),
    "channel": said("kanal"), "tries": said("kali dicoba"), "what": said("isi"),
    "erasure": said("penghapusan nomor"), "referral": said("rujukan nomor"), "objection": said("hak jawab nomor"),
}


def trail(desk: Desk, call: Call) -> Response:
    """GET /audit: `hal` is a noun, `nomor` a key; `sebelum` goes on."""
    noun = call.query.get("hal", "")
    noun, key = (noun, call.query.get("nomor", "").strip()[:100]) if noun in NOUNS else ("", "")
    before = whole(call.query.get("sebelum", ""))
    with desk.store.read() as tx:
        around, acts = frame(desk, tx, call.tongue), tx.recent_acts(noun, key, before, A_PAGE + 1)
        count, head = tx.anchor()
    following = acts[A_PAGE - 1].id if len(acts) > A_PAGE else 0
    return html(desk, call, "audit.html", around, here="audit", acts=acts[:A_PAGE], nouns=NOUNS, pages=PAGES,
                details=DETAILS, noun=noun, key=key, following=following, count=count, head=head)
