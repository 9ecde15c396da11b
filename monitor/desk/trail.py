"""Call -> the audit page: what was done, by whom, newest first; of everything or of one case."""

from starlette.responses import Response

from monitor.desk.acts import whole
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html

A_PAGE = 100
NOUNS = ("konten", "isu", "sumber", "akun", "words", "cadangan")


def trail(desk: Desk, call: Call) -> Response:
    """GET /audit: `hal` is a noun, `nomor` a key; `sebelum` goes on."""
    noun = call.query.get("hal", "")
    noun, key = (noun, call.query.get("nomor", "").strip()[:100]) if noun in NOUNS else ("", "")
    before = whole(call.query.get("sebelum", ""))
    with desk.store.read() as tx:
        around, acts = frame(desk, tx, call.tongue), tx.recent_acts(noun, key, before, A_PAGE + 1)
        count, head = tx.anchor()
    following = acts[A_PAGE - 1].id if len(acts) > A_PAGE else 0
    return html(desk, call, "audit.html", around, here="audit", acts=acts[:A_PAGE], nouns=NOUNS, noun=noun, key=key,
                following=following, count=count, head=head)
