"""character -> plain character: NFKC, marks and format characters dropped, look-alikes of Latin letters folded.

Every character is folded alone, whatever stands beside it, so a folded text maps back character by character.
Folding twice changes nothing (tests/test_text.py asks every code point).
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from classifiers.text.edits import Edit

# Pairs of look-alikes, by eye and by Unicode's own names; after NFKC, so full-width, circled and mathematical
# letters are gone already.
_PAIRS: Final = (
    # Cyrillic
    "АA ВB ЕE ЅS ІI ЇI ЈJ КK МM НH ОO РP СC ТT УY ХX ҮY ҺH ԚQ ԜW ЗE ЁE аa вb еe ѕs іi їi јj кk мm нh оo рp сc тt уy хx "
    "ԁd һh ԛq ԝw ѵv ѴV үy ғf ҒF ӏl ӀI ёe пn гr иu йu ьb ԍg ѡw ɡg ѐe ЀE ҝk ҟk қk ҚK ҡk ҳx ҲX ҹy ӯy ўy "
    # Greek
    "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw σo ςc "
    # Latin letters with a bar, hook or turn, small capitals, Armenian and others
    "ıi ȷj łl ŁL øo ØO đd ĐD ħh ĦH ŧt ŦT ƀb ɓb ɗd ɖd ƙk ɋq ʀr ɪi ʏy ʙb ɢg ʜh ʟl ɴn ᴀa ᴄc ᴅd ᴇe ᴊj ᴋk ᴍm ᴏo ᴘp ᴛt ᴜu "
    "ᴠv ᴡw ᴢz ꜰf ꜱs ʂs ɑa ɐa ɒa ɔo ɛe ɜe ǝe əe ɩi ɨi ɵo ʋv ʌv ɯm ɰm ɲn ŋn ɳn ɱm ƞn ɼr ɾr ʇt ʈt ƭt ʉu ʊu ʐz ʑz "
    "ƶz ɣy ʃs ʒz ɕc ƈc ƒf ɠg ɦh ɥh ƥp ɽr օo հh ոn սu ցg ւl ѕs ꓮA ꓐB ꓚC ꓓD ꓰE ꓝF ꓖG ꓧH ꓲI ꓙJ ꓗK ꓡL ꓟM ꓠN ꓳO ꓑP ꓣR ꓢS ꓔT "
    "ꓴU ꓦV ꓪW ꓫX ꓬY ꓜZ ꭺA ꭼE ꮃW ꮇM ꮋH ꮓZ ꮪS ꮮL ꮯC ꮲP ꮶK ꮻE ꭰD ꭱR ꭲT ꭵi ɸo ȼc ȻC ɇe ɉj ɍr ɏy ɫl ƚl ɬl "
    # Quotation marks, apostrophes, dashes
    "‘' ’' ‚' ‛' ʼ' ʻ' ʾ' ʿ' ′' ´' `' ＇' “\" ”\" „\" ‟\" «\" »\" ″\" ‹\" ›\" 〝\" 〞\" ˮ\" ‐- ‑- ‒– —– ―– −- ﹣- ⁃- "
    "∕/ ⁄/ ։: ∶: ٪% ‼! ❗! ❕! ❓? ❔? "
)
_NOTHING: Final = "™®©℠ªº¨¯¸"
_FOLDED: dict[str, str] = {pair[0]: pair[1] for pair in "".join(_PAIRS).split()}
_FOLDED |= dict.fromkeys(_NOTHING, " ") | {"Σ": "E"}
for _letter, _plain_letter in list(_FOLDED.items()):
    _FOLDED.setdefault(_letter.upper(), _plain_letter.upper())
    _FOLDED.setdefault(_letter.lower(), _plain_letter.lower())

# Enclosed letters that NFKC leaves alone, 26 in a row. Regional indicators mostly spell flags: they stand apart,
# so that a flag does not stick to the word before it; what they spell is joined again like other spaced letters.
for _at in range(26):
    _letter = chr(0x41 + _at)
    _FOLDED |= {chr(_first + _at): _letter for _first in (0x1F130, 0x1F150, 0x1F170)}
    _FOLDED[chr(0x1F1E6 + _at)] = f" {_letter} "

_DROPPED: Final = frozenset({"Cf", "Mn", "Me", "Mc"})
_BLANK: Final = frozenset({"Cc", "Cs", "Cn", "Co", "Zs", "Zl", "Zp"})
_FOREIGN: Final = re.compile(r"[^\x00-\x7f]+")
_RUNS: Final = 4096
_LONGEST: Final = 4  # a few ligatures are whole sentences: one character may not become eighteen


@lru_cache(_RUNS)
def fold_character(character: str) -> str:
    """What one character stands for: itself, another, several, or nothing."""
    if character < "\x80":
        return character
    if character in _FOLDED:
        return _FOLDED[character]
    plain = "".join(map(_plain, unicodedata.normalize("NFKD", character)))
    folded = unicodedata.normalize("NFKC", plain)
    return folded if len(folded) <= _LONGEST else " "


def _plain(part: str) -> str:
    if part < "\x80":
        return part
    if part in _FOLDED:
        return _FOLDED[part]
    category = unicodedata.category(part)
    return "" if category in _DROPPED else " " if category in _BLANK else part


class _Runs(dict[str, str]):
    """Run of non-ASCII characters -> folded run; bounded, it starts anew when it is full."""

    def __missing__(self, run: str) -> str:
        folded = "".join(map(fold_character, run))
        if len(run) <= 16:
            if len(self) >= _RUNS:
                self.clear()
            self[run] = folded
        return folded


_runs: Final = _Runs()


def fold(text: str) -> str:
    """The text with every character folded."""
    return text if text.isascii() else _FOREIGN.sub(lambda match: _runs[match[0]], text)


def edits(text: str) -> list[Edit]:
    """The edits of `fold` that change the length of the text: characters that become none or several."""
    if text.isascii():
        return []
    return [
        (at, at + 1, folded)
        for match in _FOREIGN.finditer(text)
        for at, folded in enumerate(map(fold_character, match[0]), match.start())
        if len(folded) != 1
    ]
