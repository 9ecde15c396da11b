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
from monitor.clarifications.drafts import CATEGORIES, first_draft, slug, templates
from monitor.clarifications.faults import GALAT, PERINGATAN, Facts, Fault, blocking
from monitor.clarifications.linter import facts, lint, standing
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
    "ANSWERABLE", "CATEGORIES", "DIKOREKSI", "DISETUJUI", "DITARIK", "DITERBITKAN", "DRAF", "GALAT", "KOREKSI",
    "MENUNGGU", "PERINGATAN", "PUBLIC", "STATES", "TABLE", "TARIK", "Citation", "Clarification", "ClarificationAct",
    "Draft", "Facts", "Fault", "LinkCheck", "Picture", "approve", "begin", "blocking", "bounded", "confirm",
    "confirmed", "draft_of", "edit", "facts", "first_draft", "folded", "lint", "propose_correction",
    "propose_withdrawal", "publish", "refuse_proposal", "send_back", "sign_proposal", "slug", "standing", "stepped",
    "submit", "templates", "writers",
]  # fmt: skip
