"""Codes -> the names that ship with Jernih: kode wilayah and topics."""

from classifiers.regions import gazetteer
from classifiers.topics import taxonomy

NATION = "00"


def region(code: str) -> str:
    """The name of a kode wilayah, the code itself where it is unknown."""
    return "nasional" if code == NATION else gazetteer().name(code) or code


def topic(code: str) -> str:
    """The name of a topic, the code itself where it is unknown."""
    known = taxonomy().topics
    return known[code].name if code in known else code


def every(codes: set[str]) -> dict[str, str]:
    """Names by code; a code with digits first is a region."""
    return {code: region(code) if code[:1].isdigit() else topic(code) for code in codes}
