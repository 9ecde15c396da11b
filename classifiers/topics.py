"""Title and text -> topics and targets: which issues of data/taxonomy.toml a text is about, and whom; never a verdict.

    topics("KPU tunda Pilkada?", "...")   -> ("kerusuhan_penundaan", "politik")
    targets("KPU tunda Pilkada?", "...")  -> ("penyelenggara",)

Patterns are words, phrases and phrases near each other, matched on stems in one pass over the text.
"""

import math
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from classifiers.model import packaged
from classifiers.stem import stem
from classifiers.text import read

LONGEST: Final = 1_500  # words that are looked at
CHARACTERS: Final = 20_000  # of a title or a text that are read
OTHER: Final = "lainnya"
STRONG: Final = 3.0
IN_TITLE: Final = 2.0
AGAIN: Final = 0.3  # of its weight for each further occurrence of a word
AGAIN_MOST: Final = 3
MEMO: Final = 50_000
WHOLE: Final = frozenset({"pemilu"})  # Sastrawi stems it to pilu, as memilukan
ENCLITICS: Final = frozenset({"nya", "lah", "kah", "pun", "ku", "mu", "an"})

Places = dict[str, list[int]]  # concept -> indices of the tokens where it begins


@dataclass(frozen=True, slots=True)
class Topic:
    """One entry of the taxonomy; `group` is "bahaya", "narasi", "kominfo" or "sasaran", `athg` may be ""."""

    code: str
    name: str
    english: str
    group: str
    athg: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """Clauses that must all match; the concepts of one clause stand near each other."""

    clauses: tuple[tuple[str, ...], ...]

    @property
    def concepts(self) -> list[str]:
        """Every concept that it asks for."""
        return [concept for clause in self.clauses for concept in clause]

    def matches(self, places: Places, near: int) -> bool:
        """Whether every clause has its concepts within `near` tokens; all of them stand in the text."""
        return all(together([places[one] for one in clause], near) for clause in self.clauses if len(clause) > 1)


@dataclass(frozen=True, slots=True)
class Use:
    """What a matching pattern does: `weight` for its topic (of Kominfo), or takes the topic back (`denies`)."""

    topic: str  # "group.code"
    pattern: Pattern
    others: frozenset[str]  # what the pattern asks for beside the concept that it is registered under
    other: str  # one of them, "" without any
    weight: float
    denies: bool

    def stands(self, places: Places, near: int) -> bool:
        """Whether everything that the pattern asks for is there, and near enough."""
        return self.others <= places.keys() and self.pattern.matches(places, near)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase of the taxonomy: its keys after the first, and the concepts ("{pemilu}", "kotak kosong") it shows."""

    rest: tuple[str, ...]
    concepts: frozenset[str]
    hides: bool  # hides the words inside it ("calon presiden" is no presiden)


Numbered = tuple[int, Phrase]  # a phrase and its place among those that begin with the same key
# Of a token: its stem, its key for the word alone, phrases that it is by itself, and by their second key those that it
# may begin.
Looked = tuple[str, str, list[Numbered], dict[str, list[Numbered]]]


class _Memo(dict[str, Looked]):
    """Token -> Looked, at most MEMO tokens; it starts anew when it is full."""

    def __init__(self, look: Callable[[str], Looked]) -> None:
        self._look = look

    def __missing__(self, token: str) -> Looked:
        entry = self._look(token)
        if len(self) >= MEMO:
            self.clear()
        self[token] = entry
        return entry


class Lexicon:
    """Phrases of all patterns, found in one pass over the tokens."""

    def __init__(self, whole: Iterable[str]) -> None:
        self._whole = frozenset(whole)
        self._concepts: dict[tuple[str, ...], set[str]] = {}
        self._starting: dict[str, list[Phrase]] = {}
        self._looked = _Memo(self._look)

    def add(self, phrase: str, concept: str) -> None:
        """Makes a phrase show a concept."""
        self._concepts.setdefault(tuple(map(keyed, phrase.split())), set()).add(concept)

    def close(self) -> None:
        """Builds the index; nothing is added later."""
        for (head, *rest), concepts in self._concepts.items():
            phrase = Phrase(tuple(rest), frozenset(concepts), not self._whole.isdisjoint(concepts))
            self._starting.setdefault(head, []).append(phrase)

    def places(self, tokens: Sequence[str]) -> Places:
        """Where every concept begins."""
        found: Places = {}
        hidden = 0
        looked = list(map(self._looked.__getitem__, tokens))
        for at in [at for at, entry in enumerate(looked) if entry[2] or entry[3]]:
            for _, phrase in matching(looked, at):
                if at < hidden and not phrase.hides:
                    continue
                for concept in phrase.concepts:
                    if concept in found:
                        found[concept].append(at)
                    else:
                        found[concept] = [at]
                if phrase.hides:
                    hidden = max(hidden, at + 1 + len(phrase.rest))
        return found

    def _look(self, token: str) -> Looked:
        root, exact = rooted(token), f"={token}"
        if root not in self._starting and exact not in self._starting:
            return root, exact, [], {}
        phrases = list(enumerate(self._starting.get(root, []) + self._starting.get(exact, [])))
        longer: dict[str, list[Numbered]] = {}
        for number, phrase in phrases:
            if phrase.rest:
                longer.setdefault(phrase.rest[0], []).append((number, phrase))
        return root, exact, [one for one in phrases if not one[1].rest], longer


def matching(looked: Sequence[Looked], at: int) -> list[Numbered]:
    """The phrases that begin at a token, in their order."""
    _, _, alone, longer = looked[at]
    if not longer or at + 1 == len(looked):
        return alone
    root, exact, _, _ = looked[at + 1]
    if root not in longer and exact not in longer:
        return alone
    begun = longer.get(root, []) + longer.get(exact, [])
    whole = [one for one in begun if len(one[1].rest) == 1 or follow(one[1].rest, looked, at + 1)]
    return sorted([*alone, *whole]) if whole else alone


def follow(rest: Sequence[str], looked: Sequence[Looked], at: int) -> bool:
    """Whether the tokens from `at` on have these keys."""
    if at + len(rest) > len(looked):
        return False
    for step, key in enumerate(rest, at):
        entry = looked[step]
        if key != entry[0] and key != entry[1]:
            return False
    return True


@dataclass(frozen=True, slots=True)
class Issues:
    """What a text is about: codes of topics (dangers, narratives, then Kominfo's), whom it is about, and how much it
    concerns an election (0-1)."""

    topics: tuple[str, ...]
    targets: tuple[str, ...]
    election: float


class Taxonomy:
    """The shipped taxonomy, compiled: each pattern is looked at only where its rarest concept stands in a text."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.near: int = data["near"]
        self.least: float = data["kominfo"]["least"]
        self.second: float = data["kominfo"]["second"]
        self.topics: dict[str, Topic] = {}
        self.targets: dict[str, Topic] = {}
        self._words: Mapping[str, list[str]] = data["words"]
        self._lexicon = Lexicon(f"{{{name}}}" for name in data["whole"])
        self._uses: dict[str, list[Use]] = {}
        for name, phrases in self._words.items():
            for phrase in phrases:
                self._lexicon.add(phrase, f"{{{name}}}")
        for entry in data["topic"]:
            self._add("issue", entry, entry["group"], self.topics)
        for entry in data["kominfo"]["topic"]:
            self._add("kominfo", entry, "kominfo", self.topics)
        for entry in data["target"]:
            self._add("sasaran", entry, "sasaran", self.targets)
        self._abroad: float = data["election"]["abroad"]
        self._levels: dict[str, float] = {}
        for at, level in enumerate(data["election"]["level"]):
            name = level.get("name", str(at))
            self._levels[name] = -math.log1p(-level["most"])
            self._take(f"election.{name}", level["patterns"], -math.log1p(-level["weight"]), denies=False)
        self.topics[OTHER] = Topic(OTHER, "Lainnya", "Other", "kominfo", "")
        self._keys = {kind: [(f"{kind}.{code}", code) for code in self.topics] for kind in ("issue", "kominfo")}
        self._keys["sasaran"] = [(f"sasaran.{code}", code) for code in self.targets]
        self._lexicon.close()

    def judge(self, title: Sequence[str], text: Sequence[str]) -> Issues:
        """Everything that the taxonomy says of normalised words."""
        opening = pieces(title)
        tokens = [*opening, *pieces(text)][:LONGEST]
        if not tokens:
            return Issues((), (), 0.0)
        held = self._held(self._lexicon.places(tokens), len(opening))
        dangers = [code for key, code in self._keys["issue"] if key in held]
        scores = {code: held[key] for key, code in self._keys["kominfo"] if key in held}
        targets = tuple([code for key, code in self._keys["sasaran"] if key in held])
        return Issues((*dangers, *self._kominfo(scores)), targets, self._election(held))

    def _held(self, places: Places, title: int) -> dict[str, float]:
        """Weight of what matches, without what is taken back."""
        held: dict[str, float] = {}
        denied: set[str] = set()
        for concept, found in places.items():
            for use in self._uses.get(concept, ()):
                if use.other and not (use.other in places and use.stands(places, self.near)):
                    continue
                if use.denies:
                    denied.add(use.topic)
                elif use.weight < STRONG:
                    held[use.topic] = held.get(use.topic, 0.0) + use.weight
                else:
                    held[use.topic] = held.get(use.topic, 0.0) + worth(use.weight, found, title)
        return {topic: weight for topic, weight in held.items() if topic not in denied}

    def _election(self, held: Mapping[str, float]) -> float:
        """1 - (1-a)(1-b)... over what was found, as the weights are logarithms; less for elections abroad alone."""
        found = sum(min(held.get(f"election.{level}", 0.0), most) for level, most in self._levels.items())
        abroad = "election.foreign" in held and "election.home" not in held
        return -math.expm1(-found) * (self._abroad if abroad else 1.0)

    def _kominfo(self, scores: Mapping[str, float]) -> tuple[str, ...]:
        """The best category, a second one if it is nearly as strong, or Lainnya."""
        best = sorted((code for code in scores if scores[code] >= self.least), key=lambda code: -scores[code])[:2]
        if not best:
            return (OTHER,)
        return tuple(code for code in best if scores[code] >= self.second * scores[best[0]])

    def _add(self, kind: str, entry: Mapping[str, Any], group: str, topics: dict[str, Topic]) -> None:
        """Takes in one topic, category or target with its patterns."""
        code = entry["code"]
        topics[code] = Topic(code, entry["name"], entry["english"], group, entry.get("athg", ""))
        for key, weight, denies in (
            ("patterns", 1.0, False),
            ("strong", STRONG, False),
            ("weak", 1.0, False),
            ("without", 0.0, True),
        ):
            self._take(f"{kind}.{code}", entry.get(key, ()), weight, denies)

    def _take(self, topic: str, patterns: Iterable[str], weight: float, denies: bool) -> None:
        """Registers patterns under the rarest concept of each."""
        for pattern in dict.fromkeys(map(self._pattern, patterns)):
            concepts = pattern.concepts
            rarest = next((one for one in concepts if one[0] != "{"), concepts[-1])
            others = frozenset(concepts) - {rarest}
            use = Use(topic, pattern, others, next(iter(sorted(others)), ""), weight, denies)
            self._uses.setdefault(rarest, []).append(use)

    def _pattern(self, written: str) -> Pattern:
        """A pattern as the taxonomy writes it: `a ~ b & {c}`; its phrases enter the lexicon."""
        clauses = [[self._concept(concept.strip()) for concept in clause.split("~")] for clause in written.split("&")]
        return Pattern(tuple(tuple(clause) for clause in clauses))

    def _concept(self, written: str) -> str:
        if written[0] != "{":
            concept = " ".join(map(keyed, written.split()))
            self._lexicon.add(written, concept)
            return concept
        if written[1:-1] not in self._words:
            raise ValueError(f"taxonomy.toml: no list of words named {written}")
        return written


def worth(weight: float, found: Sequence[int], title: int) -> float:
    """What a strong word counts: double in the title, and a little more where it is repeated."""
    again = 1 + AGAIN * min(len(found) - 1, AGAIN_MOST)
    return weight * again * (IN_TITLE if found[0] < title else 1.0)


def keyed(word: str) -> str:
    """A pattern's word as the key it is found by: its stem, or "=word" for the word alone."""
    return word if word.startswith("=") else rooted(word)


def rooted(word: str) -> str:
    """Stem; of a word that the dictionary does not know, the word without -nya ("cawapresnya")."""
    bare = word.removesuffix("nya")
    if bare in WHOLE:
        return bare
    root = stem(word)
    return bare if root == word and len(bare) > 3 else root


def pieces(words: Sequence[str]) -> list[str]:
    """Words with hyphened ones taken apart: "capres-cawapres" is two, "dpt-nya" is "dpt", "bagi-bagi" stays."""
    if "-" not in "".join(words):
        return list(words)
    found: list[str] = []
    for word in words:
        if "-" not in word:
            found.append(word)
            continue
        head, *rest = [part for part in word.split("-") if part] or [""]
        if rest and all(part == head for part in rest):
            found.append(word)
        elif head:
            found += [head, *(part for part in rest if part not in ENCLITICS)]
    return found


def together(places: Sequence[Sequence[int]], near: int) -> bool:
    """Whether one place of each list can be chosen so that all lie within `near` tokens."""
    if not all(places):
        return False
    if len(places) == 1:
        return True
    latest = [-near - 1] * len(places)
    for at, which in sorted((at, which) for which, found in enumerate(places) for at in found):
        latest[which] = at
        if at - min(latest) <= near and min(latest) >= 0:
            return True
    return False


@lru_cache(maxsize=1)
def taxonomy() -> Taxonomy:
    """The shipped taxonomy, read once."""
    return Taxonomy(tomllib.loads(packaged("taxonomy.toml")))


def topics(title: str, text: str) -> tuple[str, ...]:
    """Codes of the issues that a text is about, at most two of Kominfo's among them, last; () for no words."""
    return issues(title, text).topics


def targets(title: str, text: str) -> tuple[str, ...]:
    """Whom a text is about: any of "penyelenggara", "peserta", "pemerintah", "pemilih"."""
    return issues(title, text).targets


def election(title: str, text: str) -> float:
    """How much a text concerns an election, 0-1; offices and parties alone stay below one half."""
    return issues(title, text).election


@lru_cache(maxsize=4)
def issues(title: str, text: str) -> Issues:
    """All three at once; who has the normalised words already asks `taxonomy().judge(title_words, text_words)`."""
    return taxonomy().judge(read(title[:CHARACTERS]).words, read(text[:CHARACTERS]).words)
