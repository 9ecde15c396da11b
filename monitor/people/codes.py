"""Secret + moment -> the code of a second factor (TOTP, RFC 6238), and codes that stand in for it."""

import base64
import hmac
from datetime import datetime

import pyotp

STEP = 30
ISSUER = "Jernih"
RECOVERY_CODES = 8


def code_at(secret: str, step: int) -> str:
    """The six digits of a step (seconds since the epoch / 30)."""
    return pyotp.TOTP(secret).at(step * STEP)


def step_of(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def matching_step(secret: str, typed: str, after: int, now: datetime) -> int | None:
    """The step whose code was typed: now, or one before or after it; never one that was used already (`after`)."""
    digits = "".join(typed.split())
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    here, found = step_of(now), None
    for step in (here - 1, here, here + 1):
        if hmac.compare_digest(code_at(secret, step), digits) and step > after:
            found = step
    return found


def secret_of(random: bytes) -> str:
    """20 random bytes as the base32 secret that an app takes."""
    assert len(random) == 20, "a second factor has 160 bits"
    return base64.b32encode(random).decode()


def address(secret: str, account: str, office: str) -> str:
    """The otpauth:// address that a QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=f"{ISSUER} {office}".strip()[:60])


def spoken(secret: str) -> str:
    """The secret in groups of four, for typing."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def recovery_code(random: bytes) -> str:
    """15 random bytes (120 bits) as four groups of six letters and digits."""
    assert len(random) == 15, "a recovery code has 120 bits"
    plain = base64.b32encode(random).decode()
    return "-".join(plain[at : at + 6] for at in range(0, 24, 6))


def recovery_typed(text: str) -> str:
    """A recovery code as somebody typed it, in the shape in which it was made; "" if it cannot be one."""
    plain = "".join(letter for letter in text.upper() if letter.isalnum())
    return "-".join(plain[at : at + 6] for at in range(0, 24, 6)) if len(plain) == 24 else ""
