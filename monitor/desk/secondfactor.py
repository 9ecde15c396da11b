"""Random bytes -> what somebody sees while setting up a second factor: QR code, secret as text, recovery codes."""

import secrets
from dataclasses import dataclass
from functools import cache

import segno

from monitor import shipped
from monitor.people import codes


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor being set up: the secret, the same in groups, and its QR code as the address of an image."""

    secret: str
    spoken: str
    image: str


def fresh() -> str:
    """A new secret."""
    return codes.secret_of(secrets.token_bytes(20))


def given(text: str) -> str:
    """The secret that a form brings back, or a new one where it is none of ours."""
    letters = set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    return text if len(text) == 32 and letters else fresh()


def shown(secret: str, account: str, office: str) -> Factor:
    """What the page shows of a secret; the image is part of the page, so that nothing else ever holds it."""
    code = segno.make(codes.address(secret, account, office), error="m", micro=False)
    image = str(code.svg_data_uri(scale=4, border=2, dark="#000", light="#fff"))
    return Factor(secret, codes.spoken(secret), image)


def recovery_codes() -> tuple[str, ...]:
    """Eight codes, each of which stands in once for the second factor."""
    return tuple(codes.recovery_code(secrets.token_bytes(15)) for _ in range(codes.RECOVERY_CODES))


@cache
def common() -> tuple[str, ...]:
    """Words of which well-known passwords are made."""
    lines = shipped.text("sandi.txt").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
