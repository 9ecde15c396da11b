"""Call -> the berkas perkara of one isu, to be saved: covered, or (noted in the audit) bare."""

from io import BytesIO

from starlette.exceptions import HTTPException
from starlette.responses import Response

from monitor.desk.acts import item_number
from monitor.desk.adapter import Call
from monitor.desk.office import Desk
from monitor.people import Refusal
from monitor.pipeline import casefiles


def covered(desk: Desk, call: Call) -> Response:
    """GET /isu/<id>/berkas: personal data covered."""
    return _file(desk, call, masked=True)


def bare(desk: Desk, call: Call) -> Response:
    """POST /isu/<id>/berkas: as it is; who took it stands in the audit."""
    return _file(desk, call, masked=False)


def _file(desk: Desk, call: Call, masked: bool) -> Response:
    number, out = item_number(call), BytesIO()
    office = desk.settings().office.name or "kantor tanpa nama"
    seal = casefiles.export(desk.store, office, number, out, call.person, desk.now(), masked)
    if isinstance(seal, Refusal):
        raise HTTPException(404, seal.cause)
    name = f"perkara-{number}{'' if masked else '-utuh'}.zip"
    return Response(out.getvalue(), media_type="application/zip", headers={
        "content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store", "x-segel": seal,
    })
