"""Tokens -> Mentions: where a place is named, with every code that it may mean; a doubt is answered with all."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import compress

from classifiers.regions.lexicon import Lexicon, Name
from classifiers.regions.tokens import Tokens

CAPITAL_OF_THE_PRESS = ("31",)
JOINS = frozenset({"dan", "/", "atau", "maupun", "serta", "&"})
LIST_JOINS = JOINS | {","}
PARTS_OF_TITLES = frozenset({"wali", "wakil", "calon"})
POLICE = frozenset({"polres", "polresta", "kapolres", "kapolresta"})
NOUNS = frozenset({"kota", "kabupaten", "kab", "pemkot", "pemkab", "provinsi", "prov", "kotamadya"})
SUFFIX_REACH = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in a text: the name, and the codes that its surroundings leave possible."""

    name: Name
    codes: tuple[str, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Suffix:
    """The region that follows a name: "Batu, Jawa Timur"."""

    name: Name
    end: int


class Reader:
    """Reads the mentions of one title or text with a lexicon."""

    def __init__(self, tokens: Tokens, lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.words = lexicon.words

    def mentions(self) -> Iterator[Mention]:
        """Every mention in writing order: one pass, longest name first, no token read as two names."""
        low, firsts, end = self.tokens.low, self.lexicon.firsts, 0
        for start in compress(range(len(low)), map(firsts.__contains__, low)):
            if start < end:
                continue
            found = self.lexicon.at(low, start)
            if not found:
                continue
            end = start + len(found[0].tokens)
            mention = self.judge(start, end, self.choose(start, found))
            if mention:
                end = mention.end
                yield mention

    def word_before(self, at: int) -> str:
        before = self.tokens.before(at)
        return self.tokens.low[before] if before >= 0 else ""

    def choose(self, start: int, found: list[Name]) -> Name:
        """Of names of one length: a kecamatan after "Kecamatan", else the region, the phrase, the kecamatan."""
        district = self.word_before(start) in self.words["kecamatan"]
        return min(found, key=lambda name: (name.kecamatan != district, name.kecamatan, not name.codes))

    def judge(self, start: int, end: int, name: Name) -> Mention | None:
        """The mention at these tokens, or None where the words do not prove that it is one."""
        if not name.codes or self.is_dateline_of_the_press(start, name):
            return None
        before = self.word_before(start)
        if before in self.words["before"] and not (name.kecamatan and before in self.words["kecamatan"]):
            return None
        suffix = self.suffix(end)
        if not self.proven(start, end, name, suffix):
            return None
        mention = Mention(name, name.codes, end)
        if suffix and covers(suffix.name, name):
            kept = tuple(code for code in name.codes if code[:2] in suffix.name.codes)
            mention = replace(mention, codes=kept, end=suffix.end)
        return self.narrowed(mention, start)

    def is_dateline_of_the_press(self, start: int, name: Name) -> bool:
        """Whether it is the "Jakarta -" before national news: where it was written, not where it happened."""
        return name.codes == CAPITAL_OF_THE_PRESS and start < self.tokens.dateline

    def narrowed(self, mention: Mention, start: int) -> Mention:
        """The codes of the kind that the words around name; all of them where none fits."""
        kinds = self.kinds(start)
        if self.word_before(start) in POLICE and self.low(mention.end) == "kota":
            kinds, mention = {"kota"}, replace(mention, end=mention.end + 1)
        kept = tuple(code for code in mention.codes if kind(code) in kinds)
        return replace(mention, codes=kept) if kept else mention

    def low(self, at: int) -> str:
        return self.tokens.low[at] if at < len(self.tokens.low) else ""

    def kinds(self, start: int) -> set[str]:
        """Kinds that the words before a name give it; both for "Kabupaten dan Kota Kediri"."""
        at = self.tokens.before(start)
        first = self.kind_at(at)
        if not first:
            return set()
        at -= 1
        while at >= 0 and self.tokens.low[at] in PARTS_OF_TITLES:
            at -= 1
        if at >= 0 and self.tokens.low[at] == "ibu":
            return set()
        if at >= 0 and self.tokens.low[at] in JOINS:
            at -= 1
        return {first, self.kind_at(at) or first}

    def kind_at(self, at: int) -> str:
        if at < 0:
            return ""
        low = self.tokens.low[at]
        if low == "di":
            return "provinsi" if self.tokens.raw[at] == "DI" and not self.tokens.raw[at + 1].isupper() else ""
        return self.lexicon.kinds.get(low, "")

    def suffix(self, end: int) -> Suffix | None:
        """The region named right after a name, past a comma or bracket and "Kabupaten", "Kota", "Provinsi"."""
        at = end
        while at < len(self.tokens.low) and at - end < SUFFIX_REACH:
            token = self.tokens.low[at]
            if token in self.lexicon.firsts:
                found = [name for name in self.lexicon.at(self.tokens.low, at) if name.codes and not name.kecamatan]
                if found:
                    return Suffix(found[0], at + len(found[0].tokens))
            if token not in (",", "(", ".") and token not in NOUNS:
                return None
            at += 1
        return None

    def proven(self, start: int, end: int, name: Name, suffix: Suffix | None) -> bool:
        """Whether name, neighbours and capitals make it a place, by the proofs that the name accepts."""
        if name.proofs is None:
            return True
        if suffix and self.elsewhere(name, suffix, end):
            return False
        if suffix and covers(suffix.name, name):
            return True
        word = self.word_before(start)
        if not self.tokens.capital(start) and self.tokens.casing == "sentence":
            return word in NOUNS
        return self.is_office(word, name) or any(proof in name.proofs for proof in self.proofs(start, end, suffix))

    def proofs(self, start: int, end: int, suffix: Suffix | None) -> Iterator[str]:
        """What the capitals and the word before say for a place."""
        tokens, word = self.tokens, self.word_before(start)
        alone = suffix is not None or not tokens.capital(end)
        dated = start < tokens.dateline
        if (tokens.casing == "title" or alone) and (word in self.words["preposition"] or word in self.words["people"]):
            yield "preposition"
        if not tokens.capital(start) or (tokens.opens(start) and not dated):
            return
        if dated or (tokens.casing == "sentence" and alone and not tokens.capital(start - 1)):
            yield "inside"
        if not tokens.raw[start].isupper() or tokens.casing == "sentence":
            yield "capital"

    def is_office(self, word: str, name: Name) -> bool:
        """Whether the word before is a kind, a title or an office that takes a region's name."""
        if name.kecamatan:
            return word in self.words["kecamatan"]
        return word in self.lexicon.offices

    def elsewhere(self, name: Name, suffix: Suffix, end: int) -> bool:
        """Whether "Kuningan, Jakarta" names a quarter of another place; a list of places does not."""
        same = any(code[:2] == other[:2] for code in name.codes for other in suffix.name.codes)
        if same or self.low(end) not in (",", "("):
            return False
        follows = suffix.end + 1
        listed = self.low(suffix.end) in LIST_JOINS and follows < len(self.tokens.low)
        return not (listed and self.low(follows) in self.lexicon.firsts)


def kind(code: str) -> str:
    """Kind of a region by its code alone."""
    return "provinsi" if len(code) == 2 else "kota" if code[3:5] >= "71" else "kabupaten"


def covers(province: Name, name: Name) -> bool:
    """Whether a name is that of the province in which a code of the other lies."""
    codes = [code for code in province.codes if len(code) == 2]
    return any(len(code) > 2 and code[:2] in codes for code in name.codes)
