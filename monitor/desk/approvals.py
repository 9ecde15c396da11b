"""Call -> what waits for a second signature: findings about isu, klarifikasi, their corrections and withdrawals."""

from starlette.responses import Response

from monitor.desk import clarify, isu, signing
from monitor.desk.adapter import Call
from monitor.desk.frame import frame
from monitor.desk.office import Desk
from monitor.desk.render import html
from monitor.pipeline import samples as chance
from monitor.rumors import MENUNGGU

MOST = 200


def waiting(desk: Desk, call: Call) -> Response:
    """GET /persetujuan: the oldest first."""
    with desk.store.read() as tx:
        around = frame(desk, tx, call.tongue)
        lines = isu.lines_of(tx, list(reversed(tx.rumors(MENUNGGU, MOST))), desk, call)
        answers = clarify.waiting(tx, call.tongue) if call.may("persetujuan") else []
        asked = sum(settled is None for _, settled in tx.objections()) if call.may("persetujuan") else 0
        few = signing.few(tx, desk, call)
        reviews = 0
        if call.may("tinjau"):
            reviews = len(chance.picked(tx, desk.settings(), desk.now(), call.person, desk.lots))
    sentence = call.tongue.say("Baca teks dan buktinya, lalu setujui atau kembalikan di halamannya sendiri. Yang "
                               "menulis atau mengajukan tidak dapat menyetujui.")
    return html(desk, call, "persetujuan.html", around, here="approvals", lines=lines, answers=answers,
                sentence=sentence, few=few, reviews=reviews, objections=asked)
