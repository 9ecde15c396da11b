"""prose -> Prose: normalised prose and its words, each of which can be found again in the original.

What another room needs:

    prose = read(original)      one pass, no offsets: what a batch pays
    prose.text                  normalised prose: lower-case words and the marks " ! ? . , with single spaces between,
                                for n-grams of characters
    prose.words                 its words without the marks, for n-grams of words
    prose.clean                 the same prose before lower case and slang, with its own case and marks, for style:
                                no markup, outlets, datelines, addresses or boilerplate
    locate(prose, words)        where some of its words first stand in the original: what a reason needs
    align(prose)                where all of them stand; alignment.words is a list of Word, one for each of
                                prose.words, and alignment.span(i, j) the span that prose.text[i:j] came from
    normalise(original)         read(original).text;         idempotent
    words(original)             align(read(original)).words

Four steps, each linear: markup (tags, entities), characters (NFKC, format characters, look-alikes), sources (who
speaks and from where is cut), tokens (apostrophes, leet, stretched letters, reduplication "anak2", slang, one token at
a time), and last what spans tokens (letters spaced apart). Negation survives and is brought to one form ("gak",
"nggak", "tdk" are "tidak"), quotation marks survive in `text`; no stop words are dropped, no stems taken.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, dropwhile, filterfalse
from sys import intern
from typing import Final

from classifiers.text import characters, markup, sources
from classifiers.text.edits import Edit, Span, apply, back
from classifiers.text.tokens import EDGES, MARKS, fold, fold_token, matches, memo

__all__ = ["Alignment", "Prose", "Word", "align", "find", "locate", "normalise", "read", "words"]

_SINGLES: Final = re.compile(" [a-z0-9] [a-z0-9] [a-z0-9] [a-z0-9] ")
_APART: Final = re.compile(
    r"(?<![^\W_])(?<![^\W_][-'.,:/])[a-z0-9]([ *_~|·•])[a-z0-9](?:\1[a-z0-9])*(?![^\W_]|[-'.,:/][^\W_])"
)
_PAUSED: Final = re.compile(",(?: ,)+")
_SHORTEST: Final = 4
_PAUSES: Final = frozenset(",.")


Form = tuple[str, tuple[str, ...]]
"""The normal form of a chunk (what stands between two spaces) with the signs of what may have to be cut; its words, one
object a word, so that what is remembered of a word is found at once."""


@dataclass(frozen=True, slots=True)
class Word:
    """A normalised word and the characters of the original that it was read from."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Prose:
    """One text, read: see the module's docstring. `spelled`, `said` (words by chunk) and `trail` find the way back."""

    original: str
    clean: str
    text: str
    words: list[str]
    spelled: bool
    said: Sequence[tuple[str, ...]]
    trail: tuple[list[Edit], list[Edit], list[Edit]]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where the words and the characters of a Prose stand in its original."""

    words: list[Word]
    pieces: list[Word]
    starts: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original behind `text[start:end]`; (0, 0) where nothing stands behind it.

        Inside a word that was rewritten (slang, leet, spaced letters) it is the whole word's span.
        """
        spans = [_inside(piece, start - at, end - at) for piece, at in self._between(start, end)]
        return (spans[0][0], spans[-1][1]) if spans else (0, 0)

    def _between(self, start: int, end: int) -> list[tuple[Word, int]]:
        first = max(bisect_right(self.starts, start) - 1, 0)
        last = bisect_right(self.starts, end - 1)
        pairs = zip(self.pieces[first:last], self.starts[first:last], strict=True)
        return [(piece, at) for piece, at in pairs if start < at + len(piece.text)]


def _inside(piece: Word, start: int, end: int) -> tuple[int, int]:
    if len(piece.text) != piece.end - piece.start:
        return piece.start, piece.end
    return piece.start + max(start, 0), piece.start + min(end, len(piece.text))


def normalise(original: str) -> str:
    """Normalised prose: lower-case words and marks, single spaces between; normalising it again changes nothing."""
    return read(original).text


def words(original: str) -> list[Word]:
    """The normalised words of a text with their spans in it."""
    return align(read(original)).words


def read(original: str) -> Prose:
    """Reads one text in time linear in its length; any string is welcome, the empty one gives no words."""
    tags = markup.edits(original)
    clean = characters.fold(apply(original, tags))
    forms = list(map(_glance, clean.split()))
    plain, said = _apart(forms)
    text = " ".join(filter(None, plain))
    cuts = sources.edits(clean, text)
    if cuts:
        clean, forms = _cut(clean, forms, cuts)
        plain, said = _apart(forms)
        text = " ".join(filter(None, plain))
    if sources.SIGN in text:
        text = " ".join(sources.SIGNS.sub("", text).split())
    if ", ," in text:
        text = _PAUSED.sub(",", text)
    gaps: list[Edit] = []
    words = list(chain.from_iterable(said))
    spelled = list(map(len, words)).count(1) >= _SHORTEST and _SINGLES.search(f" {text} ") is not None
    if spelled:
        gaps = _gaps(clean.lower())
        clean = apply(clean, gaps)
        text = " ".join(text for text, _, _ in _pieces(clean))
        words = list(filterfalse(MARKS.__contains__, text.split()))
    text = text.lstrip(",. ") if text[:1] in _PAUSES else text
    return Prose(original, clean, text, words, spelled, said, (tags, cuts, gaps))


def _apart(forms: list[Form]) -> tuple[Sequence[str], Sequence[tuple[str, ...]]]:
    plain, said = zip(*forms, strict=True) if forms else ((), ())
    return plain, said


def _cut(clean: str, forms: list[Form], cuts: list[Edit]) -> tuple[str, list[Form]]:
    """The prose after the cuts and its forms; where one cut took whole chunks, the other forms are known."""
    after = apply(clean, cuts)
    start, end, _ = cuts[0]
    if len(cuts) == 1 and (not start or clean[start - 1].isspace()) and (not clean[end:] or clean[end].isspace()):
        kept = len(clean[:start].split())
        return after, forms[:kept] + forms[kept + len(clean[start:end].split()) :]
    return after, list(map(_glance, after.split()))


@memo
def _glance(chunk: str) -> Form:
    folded = fold(chunk.lower())
    return folded + sources.sign(chunk), tuple([intern(word) for word in folded.split() if word not in MARKS])


def align(prose: Prose) -> Alignment:
    """Finds every piece of `prose.text` in the original."""
    found = list(dropwhile(lambda piece: piece[0] in _PAUSES, _pieces(prose.clean)))
    spans = _origins(prose, [(start, end) for _, start, end in found])
    pieces = [Word(text, *span) for (text, _, _), span in zip(found, spans, strict=True)]
    starts = list(accumulate((len(text) + 1 for text, _, _ in found[:-1]), initial=0))
    return Alignment([piece for piece in pieces if piece.text not in MARKS], pieces, starts)


def locate(prose: Prose, words: Collection[str]) -> dict[str, Span]:
    """Where each of some words first stands in the original; a word that is none of `prose.words` is left out."""
    return find(prose, {word: prose.words.index(word) for word in words if word in prose.words})


def find(prose: Prose, places: Mapping[str, int]) -> dict[str, Span]:
    """`locate` for who knows already where each word first stands among `prose.words`."""
    if not places:
        return {}
    found = _first_pieces(prose, set(places)) if prose.spelled else _first_chunks(prose, places)
    return dict(zip(found, _origins(prose, list(found.values())), strict=True))


def _first_pieces(prose: Prose, wanted: set[str]) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for text, start, end in _pieces(prose.clean):
        if text in wanted:
            found[text] = (start, end)
            wanted.discard(text)
            if not wanted:
                break
    return found


def _first_chunks(prose: Prose, places: Mapping[str, int]) -> dict[str, Span]:
    """Where nothing spans chunks: the place of a word among the words tells the chunk that it was read from."""
    ends = list(accumulate(map(len, prose.said)))
    chunks = {word: bisect_right(ends, place) for word, place in places.items()}
    starts = _starts(prose.clean, sorted(set(chunks.values())))
    return {word: _within(*starts[at], word) for word, at in chunks.items()}


def _starts(clean: str, numbers: Iterable[int]) -> dict[int, tuple[str, int]]:
    """The chunks of these numbers, in order, and where each begins."""
    found: dict[int, tuple[str, int]] = {}
    rest, read = clean, 0
    for number in numbers:
        rest = rest.split(None, number - read)[-1]
        read = number
        found[number] = rest.split(None, 1)[0], len(clean) - len(rest)
    return found


def _within(chunk: str, at: int, word: str) -> Span:
    lower = chunk.lower()
    if lower == word:
        return at, at + len(word)
    if (bare := lower.strip(EDGES)).isalpha():
        at += lower.index(bare)
        return at, at + len(bare)
    start, end = next((start, end) for text, start, end in _folded(lower) if text == word)
    return at + start, at + end


def _origins(prose: Prose, spans: list[Span]) -> list[Span]:
    """Spans of `prose.clean` -> spans of the original, through every step backwards."""
    tags, cuts, gaps = prose.trail
    spans = back(back(spans, gaps), cuts)
    return back(back(spans, characters.edits(apply(prose.original, tags))), tags)


def _gaps(lower: str) -> list[Edit]:
    """Cuts between letters that stand apart by one same separator (t e r c o b l o s, t_e_r_c_o_b_l_o_s).

    Of letters that wider gaps part into words, the short words close up too where a long one does.
    """
    spelled: list[re.Match[str]] = []
    row: list[re.Match[str]] = []
    for match in _APART.finditer(lower):
        if row and not _wider(lower[row[-1].end() : match.start()], row[-1][1] + match[1]):
            spelled += _row(row)
            row = []
        row.append(match)
    spelled += _row(row)
    return [(at, at + 1, "") for match in spelled for at in range(match.start() + 1, match.end(), 2)]


def _wider(gap: str, separators: str) -> bool:
    return gap.isspace() and (len(gap) > 1 or " " not in separators)


def _row(row: list[re.Match[str]]) -> list[re.Match[str]]:
    return row if any(_spelled(match[0][::2]) for match in row) else []


def _spelled(letters: str) -> bool:
    return len(letters) >= _SHORTEST and sum(map(str.isalpha, letters)) >= _SHORTEST - 1


def _pieces(clean: str) -> Iterator[tuple[str, int, int]]:
    """Words and marks of clean prose with their spans in it, after everything that spans tokens."""
    run: list[tuple[str, int, int]] = []
    before = ""
    for piece in _folded(clean):
        text = piece[0]
        if len(text) == 1 and text.isascii() and text.isalnum():
            run.append(piece)
            before = text
            continue
        if text == before == ",":
            continue
        before = text
        if run:
            yield from _closed(run)
            run = []
        yield piece
    yield from _closed(run)


def _folded(clean: str) -> Iterator[tuple[str, int, int]]:
    for match in matches(clean.lower()):
        text = fold_token(match[0])
        if " " in text:
            yield from ((word, match.start(), match.end()) for word in text.split())
        elif text:
            yield text, match.start(), match.end()


def _closed(run: list[tuple[str, int, int]]) -> Iterable[tuple[str, int, int]]:
    """Single letters in a row close up, whatever stood between them."""
    letters = "".join(text for text, _, _ in run)
    if not _spelled(letters):
        return run
    return [(text, run[0][1], run[-1][2]) for text in fold_token(letters).split()]
