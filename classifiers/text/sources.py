"""prose -> edits that cut who speaks and from where: addresses, outlets, datelines, bylines, boilerplate.

Every pattern here needs a capital, a colon, a bracket, a dash or an address: none of them survives in normalised
prose, so cutting twice cuts nothing more. Each pattern begins with a literal anchor, and reaches a bounded way from
it; the anchors are looked for only where the chunks of a text (what stands between two spaces) hold one.
"""

import re
from collections.abc import Iterator
from typing import Final

from classifiers.text.edits import Edit, merge
from classifiers.text.outlets import NAMES, PLACES, WORDS
from classifiers.text.tokens import known

_DOMAIN: Final = (
    r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+){0,4}?\.(?i:(?:co|go|my|or|ac|sch)\.id|com|id|co|net|tv|news|org|info)"
)
_ENDING: Final = re.compile(r"\.(?i:co|go|my|or|ac|sch|id|net|tv|news|info)")  # without it no _DOMAIN is there
_CAPITALS: Final = r"[A-Z][A-Za-z.']*(?:[ /-][A-Z][A-Za-z.']*){0,3}"
_DASH: Final = r"\s*(?:-{1,3}|[–—|:]|\.-)\s*"
_SPACED: Final = r"(?:\s+-{1,3}|-{1,3}\s+|--+|\s*[–—]|\.-)\s*"
_BRACKET: Final = r"\([A-Za-z0-9 ./-]{2,30}\)"
_REPORT: Final = r"(?:(?:Laporan|Penulis|Oleh|Daftar Isi)\b[^\n]{0,90}?)?"
_WITH_DOMAIN: Final = re.compile(
    rf"\W*{_REPORT}(?:{_CAPITALS}\s*,\s*|[A-Z]{{3,}}(?: [A-Z]{{3,}}){{0,2}} )?{_DOMAIN}"
    rf"(?:\s*,\s*{_CAPITALS}|\s*{_BRACKET}){{0,2}},?{_DASH}(?=\S)"
)
_GLUED: Final = re.compile(rf"\W*{_DOMAIN}\s*,\s*(?:[A-Z][a-z]+ )?[A-Z][a-z]+?(?=[A-Z])")
_SECOND: Final = rf"(?:\d{{1,2}} )?{_CAPITALS}(?: \d{{4}})?"
_WITH_PLACE: Final = re.compile(
    rf"\W*(?:Daftar Isi )?({_CAPITALS})(?:\s*,?\s*({_BRACKET})|\s*,\s*({_SECOND}))?,?{_SPACED}(?=\S)"
)
_AREA: Final = re.compile(r"(?:kota|kabupaten|kab\.?) ")
_HEAD: Final = 200
_ALARMING: Final = (
    "breaking news update info hot viral fyi share copas forward hoax hoaks heboh awas urgent waspada penting alert "
    "fakta video foto live exclusive eksklusif cek salah benar kpu bawaslu kpk tni polri dpr mui"
)
_ALARMS: Final = frozenset(_ALARMING.split())

_BYLINE: Final = r"\s*:\s*(?:[A-Z][\w.']*[ ,/]{0,2}){1,5}"
_ALSO: Final = r"\s+(?:[Jj]uga|JUGA)\b(?:\s+[Vv]ideo\b)?(?:\s*[:-][^\n]{0,150}\n|\s*[:-])?"
_CHANNEL: Final = (
    r"[^.\n]{0,80}?\b(?:Whats[Aa]pp\s+(?:[Cc]hannel|[Gg]roup)|(?:[Ss]aluran|[Cc]hannel|[Gg]rup)\s+(?:Whats[Aa]pp|"
    r"Telegram)|Google\s+News)(?:\s+[A-Z]\w+)?"
)
_ADDRESS: Final = r"(?:[^\s<>\"')\]]|\](?=[\w./]))+(?<![.,;:!?])"
_TAYANG: Final = r"\s+(?:telah|sudah)\s+(?:lebih\s+dulu\s+)?(?:tayang|naik|terbit)\s+di[^\n]{0,160}"
_BRACKETED: Final = r"\b[^()\n]{0,120}\)"
# Anchor, and what follows it.
_BOILERPLATE: Final = (
    *((verb, _ALSO) for verb in ("Baca", "BACA", "Lihat", "LIHAT", "Simak", "SIMAK", "Tonton", "TONTON")),
    *((verb, _CHANNEL) for verb in ("Ikuti", "Gabung", "Dapatkan", "Simak", "Baca", "Cek", "Follow")),
    *((kind, _BRACKETED) for kind in ("(Foto", "(foto", "(FOTO", "(Dok", "(dok", "(DOK", "(ANTARA F", "(Antara F")),
    *((who, _BYLINE) for who in ("Editor", "EDITOR", "Reporter", "Penulis", "Pewarta", "PEWARTA", "Sumber")),
    ("Foto", r"\s*:\s*[A-Z][\w.' ]{1,30}/[\w.]{2,30}"),
    ("[Gambas", r":[^\]\n]{0,60}\]"),
    ("Copyright", r"\b[^\n]{0,80}"),
    ("COPYRIGHT", r"\b[^\n]{0,80}"),
    ("SCROLL", r"\s+TO\s+(?:CONTINUE|RESUME)(?:\s+WITH\s+CONTENT)?"),
    ("Scroll", r"\s+(?:to|untuk)\s+\w+(?:\s+with\s+content|\s+membaca)?"),
    ("ADVERTISEMENT", ""),
    ("Advertisement", ""),
    ("Loading", r"\s*\.{2,}"),
    ("Artikel ini", _TAYANG),
    ("Pilihan Editor", r"\s*:?"),
    ("Selengkapnya", r"\s*:"),
    *((scheme, rf"[sS]?:/{{1,2}}{_ADDRESS}") for scheme in ("http", "Http", "HTTP")),
    *((host, _ADDRESS) for host in ("www.", "Www.", "WWW.")),
)


def _names() -> Iterator[tuple[str, str]]:
    """First word of outlets' names -> the rest of each, longest first."""
    heads: dict[str, list[str]] = {}
    for name in sorted(NAMES, key=len, reverse=True):
        head, _, rest = name.partition(" ")
        heads.setdefault(head, []).append(r"\s+" + re.escape(rest) if rest else "")
    for head, rests in heads.items():
        yield head, rf"(?<!\w{re.escape(head)})(?:{'|'.join(rests)})\b(?!\s+[A-Z]{{2,}}\b)"


_PATTERNS: Final = tuple((anchor, re.compile(re.escape(anchor) + rest)) for anchor, rest in (*_BOILERPLATE, *_names()))
_SIGNED: Final = re.compile(
    r"\((?:[a-z]{2,5}(?:[/-][a-z]{2,5}){1,3}|[A-Z]{2,4}[-/][A-Za-z0-9]{1,5}|\*{1,3}|[a-z]{2,4})\)\.?\s*(?:\Z|\n)"
)
_TAIL: Final = 60
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}")

_BY_CHUNK: Final[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}
for _anchor, _pattern in _PATTERNS:
    _BY_CHUNK.setdefault(_anchor.split()[0], []).append((_anchor, _pattern))
_SUSPECT: Final = re.compile("|".join(map(re.escape, _BY_CHUNK)) + "|@")


SIGN: Final = "\x00"
SIGNS: Final = re.compile("\x00.")
_FIRSTS: Final = (*_BY_CHUNK, "@")
_AT_MAIL: Final = len(_BY_CHUNK)
_LETTER: Final = 0xE000


def sign(chunk: str) -> str:
    """What may begin in a chunk (what stands between two spaces) that `edits` cuts, in signs of two characters."""
    if (chunk.isalpha() and chunk.islower()) or not _SUSPECT.search(chunk):
        return ""
    found = [at for at, first in enumerate(_BY_CHUNK) if first in chunk]
    if "@" in chunk and _MAIL.search(chunk):
        found.append(_AT_MAIL)
    return "".join([SIGN + chr(_LETTER + at) for at in found])


def edits(text: str, signed: str) -> list[Edit]:
    """Cuts of folded text whose letters still have their case, a space for each; `signed` holds its chunks' signs."""
    firsts = {_FIRSTS[ord(part[0]) - _LETTER] for part in signed.split(SIGN)[1:]} if SIGN in signed else set()
    return merge([*_opening(text), *_signed(text), *_cut(text, firsts)])


def _cut(text: str, firsts: set[str]) -> Iterator[Edit]:
    for first in firsts:
        for anchor, pattern in _BY_CHUNK.get(first, ()):
            at = text.find(anchor)
            while at >= 0:
                match = pattern.match(text, at)
                if match:
                    yield at, match.end(), " "
                at = text.find(anchor, match.end() if match else at + len(anchor))
    if "@" in firsts:
        yield from ((match.start(), match.end(), " ") for match in _MAIL.finditer(text))


def _signed(text: str) -> Iterator[Edit]:
    """The desk's signs that end a report or a line: (wis/isn), (KR-XYZ), (***)."""
    start = 0 if ")\n" in text or ").\n" in text else max(len(text) - _TAIL, 0)
    if ")" in text[start:]:
        yield from ((match.start(), match.end(), " ") for match in _SIGNED.finditer(text, start))


def _opening(text: str) -> list[Edit]:
    """The dateline: place and outlet that open a report, up to their dash; at most one edit."""
    head = text[:_HEAD]
    match = (_WITH_DOMAIN.match(head) or _GLUED.match(head)) if _ENDING.search(head) else None
    if not match:
        match = _WITH_PLACE.match(head) if "-" in head or "–" in head or "—" in head else None
        if not match or not _opens(match, text):
            return []
    return [(0, match.end(), " ")]


def _opens(match: re.Match[str], text: str) -> bool:
    """Whether what stands before the dash is a dateline and no headline.

    It is one after a known place or outlet, and after a name in capitals that is no Indonesian word where ordinary
    writing follows.
    """
    place, bracket, second = match.groups()
    rest = text[match.end() : match.end() + 60]
    shouted = place.isupper() and not rest.isupper()
    if _AREA.sub("", place.lower()) in PLACES:
        after = re.match(r"\W*(\w+)", rest)
        return shouted or bracket is not None or (after is not None and after[1].lower() not in PLACES)
    if place.lower().replace(" ", "") in WORDS or (second and place.isupper()):
        return True
    return shouted and len(place) > 3 and not any(word in _ALARMS or known(word) for word in place.lower().split())
