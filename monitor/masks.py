"""Text -> the same text with personal data covered: phone numbers, NIK, e-mail and street addresses.

Every letter that is covered becomes one DOT, so that places in the text (reasons) stay where they are.
"""

import re

DOT = "\N{BULLET}"
_PARTS = (
    r"(?<!\d)\d{4}[ .-]?\d{4}[ .-]?\d{4}[ .-]?\d{4}(?!\d)",
    r"(?<![\d+])(?:\+?62|0)[ .-]?8\d(?:[ .-]?\d){6,11}(?!\d)",
    r"(?<!\d)\(?0\d{2,3}\)?[ .-]\d{3,4}[ .-]?\d{3,4}(?!\d)",
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}",
    r"(?i:\b(?:jl|jln|gg)\.?|\bjalan|\bgang) [A-Z0-9][^\n,;.]{2,60}?(?i: no(?:mor)?\.? ?\d{1,4}\w?)(?!\d)",
    r"(?i:\brt)[ .]{0,2}\d{1,3}(?: ?/ ?(?i:rw)?[ .]{0,2}\d{1,3})?(?!\d)",
)
PERSONAL = re.compile("|".join(f"(?:{part})" for part in _PARTS))


def masked(text: str) -> str:
    """The text with what looks personal covered; as long as before, breaks and spaces kept."""
    return PERSONAL.sub(lambda found: re.sub(r"\S", DOT, found[0]), text)


def holds_personal(text: str) -> bool:
    """Is there anything to cover?"""
    return PERSONAL.search(text) is not None
