"""text -> the same text with other names, or disguised: what must not change a score."""

import re
from collections.abc import Callable, Sequence
from typing import Final

Change = Callable[[str], str]

CANDIDATES: Final = (
    ("Anies Baswedan", "Prabowo Subianto", "Ganjar Pranowo"),
    ("Anies", "Prabowo", "Ganjar"),
    ("Jokowi", "Megawati", "Susilo"),
    ("Gibran", "Muhaimin", "Mahfud"),
    ("Ahok", "Khofifah", "Risma"),
    ("Ridwan Kamil", "Pramono Anung", "Dedi Mulyadi"),
)
PARTIES: Final = (("PDIP", "Gerindra", "Golkar"), ("PKS", "PKB", "PAN"), ("NasDem", "Demokrat", "Hanura"))
CITIES: Final = (
    ("Jakarta", "Surabaya", "Medan"),
    ("Bandung", "Makassar", "Semarang"),
    ("Solo", "Palembang", "Padang"),
    ("Bogor", "Denpasar", "Pontianak"),
)
_HOMOGLYPHS: Final = str.maketrans("aceopxyiACEOPXHKMTB", "асеорхуіАСЕОРХНКМТВ")
_WIDE: Final = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def swap(groups: Sequence[Sequence[str]]) -> Change:
    """Every name becomes the next of its group, in the letters' case of the original."""
    following = {
        name.lower(): group[(place + 1) % len(group)] for group in groups for place, name in enumerate(group)
    }
    names = sorted(following, key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    return lambda text: pattern.sub(lambda match: _cased(match[0], following[match[0].lower()]), text)


def _cased(old: str, new: str) -> str:
    return new.upper() if old.isupper() else new.lower() if old.islower() else new


def zero_width(text: str) -> str:
    return re.sub(r"(?<=\w)(?=\w)", "\u200b", text)


def homoglyphs(text: str) -> str:
    return text.translate(_HOMOGLYPHS)


def full_width(text: str) -> str:
    return text.translate(_WIDE)


SWAPS: Final[dict[str, Change]] = {"candidates": swap(CANDIDATES), "parties": swap(PARTIES), "cities": swap(CITIES)}
DISGUISES: Final[dict[str, Change]] = {
    "zero_width": zero_width, "homoglyphs": homoglyphs, "full_width": full_width,
}  # fmt: skip
