"""Verdict -> Clarification (klarifikasi): its draft, the linter, approval, correction, withdrawal."""

from monitor.clarifications.acts import (
    ANSWERABLE,
    TABLE,
    approve,
    begin,
    confirm,
    confirmed,
    edit,
    propose_correction,
    propose_withdrawal,
    publish,
    refuse_proposal,
    send_back,
    sign_proposal,
    submit,
    writers,
)
from monitor.clarifications.difference import GONE, NEW, Changed, Piece, differences
from monitor.clarifications.drafts import CATEGORIES, first_draft, slug, templates
from monitor.clarifications.faults import AWAITING, GALAT, PERINGATAN, Facts, Fault, answered_now, blocking
from monitor.clarifications.linter import facts, lint, standing, unfit
from monitor.clarifications.reading import official_of
from monitor.clarifications.rows import (
    DIKOREKSI,
    DISETUJUI,
    DITARIK,
    DITERBITKAN,
    DRAF,
    KOREKSI,
    MENUNGGU,
    PUBLIC,
    STATES,
    TARIK,
    Citation,
    Clarification,
    ClarificationAct,
    Draft,
    LinkCheck,
    Picture,
    bounded,
    draft_of,
    folded,
    stepped,
)

__all__ = [
    "ANSWERABLE", "AWAITING", "CATEGORIES", "DIKOREKSI", "DISETUJUI", "DITARIK", "DITERBITKAN", "DRAF", "GALAT",
    "GONE", "KOREKSI", "MENUNGGU", "NEW", "PERINGATAN", "PUBLIC", "STATES", "TABLE", "TARIK", "Changed", "Citation",
    "Clarification", "ClarificationAct", "Draft", "Facts", "Fault", "LinkCheck", "Picture", "Piece", "answered_now",
    "approve", "begin", "blocking", "bounded", "confirm", "confirmed", "differences", "draft_of", "edit", "facts",
    "first_draft", "folded", "lint", "official_of", "propose_correction", "propose_withdrawal", "publish",
    "refuse_proposal", "send_back", "sign_proposal", "slug", "standing", "stepped", "submit", "templates", "unfit",
    "writers",
]  # fmt: skip
