"""Who may do what: roles and rights, accounts, sessions, one-time links, passwords and second factors (any room may
use this one)."""

from monitor.people.accounts import Account, Delegation, Device, Recovery, Session, Ticket, Tries
from monitor.people.roles import (
    ADMINISTRATOR,
    KEPALA,
    LUAR,
    PEMBACA,
    REDAKTUR,
    RIGHTS,
    ROLES,
    SECOND_FACTOR,
    SETTING_UP,
    VERIFIKATOR,
    Person,
    Refusal,
    holds,
    may,
    may_second,
    signers,
)

__all__ = [
    "ADMINISTRATOR", "KEPALA", "LUAR", "PEMBACA", "REDAKTUR", "RIGHTS", "ROLES", "SECOND_FACTOR", "SETTING_UP",
    "VERIFIKATOR",
    "Account", "Delegation", "Device", "Person", "Recovery", "Refusal", "Session", "Ticket", "Tries", "holds", "may",
    "may_second", "signers",
]  # fmt: skip
