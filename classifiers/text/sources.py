"""prose -> edits that cut who speaks and from where: addresses, outlets, datelines, bylines, boilerplate.

Every pattern here needs a capital, a colon, a bracket, a dash or an address: none of them survives in normalised
prose, so cutting twice cuts nothing more. Each costs a substring look-up where its anchor is absent.
"""

import re
from collections.abc import Iterator
from typing import Final

from classifiers.text.edits import Edit, merge
from classifiers.text.outlets import NAMES, PLACES, WORDS
from classifiers.text.tokens import known, undisguise

_URL: Final = re.compile(r"(?:https?:/{1,2}|www\.)[^\s<>\"')\]]+", re.IGNORECASE)
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}")
_SYMBOLS: Final = re.compile(r"(?<![\w@$!|])(?:\$?[A-Za-z0-9]+(?:[@$!|][A-Za-z0-9]+)+|\$[A-Za-z][A-Za-z0-9]+)(?![\w@$])")
_SYMBOL: Final = str.maketrans("@$!|", "451" + "1")

_DOMAIN: Final = r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+){0,4}?\.(?i:co\.id|go\.id|my\.id|or\.id|com|id|co|net|tv|news|org|info)"
_CAPITALS: Final = r"[A-Z][A-Za-z.']*(?:[ /-][A-Z][A-Za-z.']*){0,3}"
_DASH: Final = r"\s*(?:-{1,3}|[–—|:]|\.-)\s*"
_SPACED: Final = r"(?:\s+-{1,3}|-{1,3}\s+|--+|\s*[–—]|\.-)\s*"
_BRACKET: Final = r"\([A-Za-z0-9 ./-]{2,30}\)"
_REPORT: Final = r"(?:Laporan\s+(?:Wartawan|Jurnalis|Reporter|Kontributor)\b[^\n]{0,90}?)?"
_WITH_DOMAIN: Final = re.compile(
    rf"\W*{_REPORT}(?:{_CAPITALS}\s*,\s*)?{_DOMAIN}(?:\s*,\s*{_CAPITALS}|\s*{_BRACKET})?{_DASH}(?=\S)"
)
_GLUED: Final = re.compile(rf"\W*{_DOMAIN}\s*,\s*(?:[A-Z][a-z]+ )?[A-Z][a-z]+?(?=[A-Z])")
_WITH_PLACE: Final = re.compile(rf"\W*({_CAPITALS})(?:\s*,?\s*({_BRACKET})|\s*,\s*({_CAPITALS}))?{_SPACED}(?=\S)")
_HEAD: Final = 200

_TITLE_END: Final = r"(?=\n|$)"
_BOILERPLATE: Final[tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]] = tuple(
    (tuple(anchors.split("|")), re.compile(pattern))
    for anchors, pattern in (
        (
            "uga",
            r"\b(?:Baca|BACA|Lihat|LIHAT|Simak|SIMAK|Tonton|TONTON)\s+(?:[Jj]uga|JUGA)\b"
            r"(?:\s+[Vv]ideo)?\s*(?:[:-][^\n]{0,150}\n|:|-)?",
        ),
        ("JUGA", r"\b(?:BACA|LIHAT|SIMAK)\s+JUGA\b\s*(?:[:-][^\n]{0,150}\n|:|-)?"),
        ("oto|OTO|mage|dok|Dok|DOK", r"\((?:[Ff]oto|FOTO|[Ii]mage|[Dd]ok|DOK|ANTARA FOTO|Antara Foto)\b[^()\n]{0,120}\)"),
        ("oto:|OTO:", r"\b(?:Foto|FOTO)\s*:[^\n]{0,60}(?:\n|$)"),
        ("Gambas", r"\[Gambas:[^\]\n]{0,60}\]"),
        ("opyright|OPYRIGHT", r"\b(?:Copyright|COPYRIGHT)\b[^\n]{0,80}(?=\n|$)"),
        ("SCROLL|croll", r"\bS(?:CROLL|croll)\s+(?:TO|to|untuk)\s+(?:CONTINUE|continue|RESUME|resume)(?:\s+(?:WITH|with)\s+(?:CONTENT|content))?"),
        ("DVERTISEMENT|dvertisement", r"\b(?:ADVERTISEMENT|Advertisement)\b"),
        ("Loading", r"\bLoading\s*\.{2,}"),
        (
            "hatsApp|hatsapp|oogle News|elegram",
            r"(?:\b(?:Ikuti|Gabung|Dapatkan|Simak|Baca|Cek|Follow)\b[^.\n]{0,80}?)\b(?:Whats[Aa]pp\s+(?:[Cc]hannel|[Gg]roup)(?:\s+[A-Z]\w+)?"
            r"|(?:[Ss]aluran|[Cc]hannel|[Gg]rup)\s+(?:Whats[Aa]pp|Telegram)(?:\s+[A-Z]\w+)?|Google\s+News)",
        ),
        ("rtikel ini", r"\bArtikel\s+ini\s+(?:telah|sudah)\s+(?:lebih\s+dulu\s+)?(?:tayang|naik|terbit)\s+di[^\n]{0,160}(?=\n|$)"),
        (
            "ditor|DITOR|eporter|EPORTER|enulis|ENULIS|ewarta|EWARTA|umber",
            r"\b(?:Editor|EDITOR|Reporter|REPORTER|Penulis|PENULIS|Pewarta|PEWARTA|Sumber)\s*:\s*"
            r"(?:[A-Z][\w.']*[ ,/]{0,2}){1,5}",
        ),
        ("ilihan Editor|elengkapnya", r"\b(?:Pilihan\s+Editor\s*:?|Selengkapnya\s*:)"),
        ("/|*)|)", r"\((?:[a-z]{2,5}(?:[/-][a-z]{2,5}){1,3}|[A-Z]{2,4}[-/][A-Za-z0-9]{1,5}|\*{1,3}|[a-z]{2,4})\)\.?(?=\s*(?:$|\n))"),
    )
)
_NAMES: Final = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(NAMES, key=len, reverse=True))) + r")\b")
_ANCHORS: Final = tuple(sorted({min(name.split(), key=lambda part: (len(part) < 3, len(part))) for name in NAMES}))
_ALARMS: Final = frozenset(
    "breaking news update info hot viral fyi share copas forward hoax hoaks heboh awas urgent waspada penting alert fakta "
    "video foto live exclusive eksklusif cek salah benar kpu bawaslu kpk tni polri dpr mui".split()
)


def edits(text: str) -> list[Edit]:
    """Cuts of folded text whose letters still have their case: a space for each, or the letters that symbols hide."""
    return merge([*_addresses(text), *_dateline(text), *_cut(text), *_outlets(text), *_symbols(text)])


def _addresses(text: str) -> Iterator[Edit]:
    if ":/" in text or "www." in text or "WWW." in text:
        yield from ((match.start(), match.end(), " ") for match in _URL.finditer(text))
    if "@" in text:
        yield from ((match.start(), match.end(), " ") for match in _MAIL.finditer(text))


def _cut(text: str) -> Iterator[Edit]:
    for anchors, pattern in _BOILERPLATE:
        if any(anchor in text for anchor in anchors):
            yield from ((match.start(), match.end(), " ") for match in pattern.finditer(text))


def _outlets(text: str) -> Iterator[Edit]:
    if any(anchor in text for anchor in _ANCHORS):
        yield from ((match.start(), match.end(), " ") for match in _NAMES.finditer(text))


def _symbols(text: str) -> Iterator[Edit]:
    """k@mpanye, pem!lu, $uara: the letters behind the symbols where they make a known word."""
    if "@" in text or "$" in text or "!" in text or "|" in text:
        for match in _SYMBOLS.finditer(text):
            plain = undisguise(match[0].lower().translate(_SYMBOL))
            if plain and len(plain) == len(match[0]):
                yield match.start(), match.end(), plain


def _dateline(text: str) -> Iterator[Edit]:
    """The place and the outlet that open a report, up to their dash."""
    head = text[:_HEAD]
    match = _WITH_DOMAIN.match(head) or _GLUED.match(head)
    if not match:
        match = _WITH_PLACE.match(head)
        if not match or not _opens(match, text):
            return
    yield 0, match.end(), " "


def _opens(match: re.Match[str], text: str) -> bool:
    """Whether what stands before the dash is a dateline and no headline: a known place or outlet, or a foreign
    name in capitals before ordinary writing."""
    place, bracket, second = match.groups()
    rest = text[match.end() : match.end() + 60]
    shouted = place.isupper() and not rest.isupper()
    if place.lower() in PLACES:
        after = re.match(r"\W*(\w+)", rest)
        return shouted or bracket is not None or (after is not None and after[1].lower() not in PLACES)
    if place.lower().replace(" ", "") in WORDS:
        return True
    if second and place.isupper():
        return True
    words = place.lower().split()
    return shouted and len(place) > 3 and not any(word in _ALARMS or known(word) for word in words)
