"""Source + now -> due?; Reply -> Fetch: what came of one visit, failures too."""

from monitor.fetches.outcomes import ERRORS, OUTCOMES, OWN_NETWORK, TERMS, Outcome, failed, good
from monitor.fetches.pages import is_html, named
from monitor.fetches.rows import Cycle, Fetch, Move, Place, Reply, Request, Schedule, Visit
from monitor.fetches.times import fresh_for, http_date, retry_after
from monitor.fetches.visits import (
    MOVE_AFTER,
    PAUSE_AFTER,
    due,
    first,
    forgiven,
    judge,
    judge_page,
    offline,
    parsed,
    request,
    stopped,
)

__all__ = [
    "ERRORS",
    "MOVE_AFTER",
    "OUTCOMES",
    "OWN_NETWORK",
    "PAUSE_AFTER",
    "TERMS",
    "Cycle",
    "Fetch",
    "Move",
    "Outcome",
    "Place",
    "Reply",
    "Request",
    "Schedule",
    "Visit",
    "due",
    "failed",
    "first",
    "forgiven",
    "fresh_for",
    "good",
    "http_date",
    "is_html",
    "judge",
    "judge_page",
    "named",
    "offline",
    "parsed",
    "request",
    "retry_after",
    "stopped",
]
