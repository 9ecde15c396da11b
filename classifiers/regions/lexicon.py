"""Shipped names -> Lexicon: every spelling of a place as tokens, with its codes and how much proof it asks for."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from classifiers.model import packaged
from classifiers.regions.gazetteer import Area, Gazetteer, gazetteer, plain
from classifiers.regions.tokens import TOKEN

HOMES_KEPT = 16


# What proves that a word is meant as a place, by care. "inside": a capital inside a sentence; "capital": any capital
# but those of a text in capitals; "preposition": a preposition or people before it. An office before it, or its
# province after it, always does.
CARE = {
    "capital": frozenset({"capital", "inside", "preposition"}),
    "inside": frozenset({"inside", "preposition"}),
    "preposition": frozenset({"preposition"}),
    "noun": frozenset({"inside"}),
    "office": frozenset[str](),
}


@dataclass(frozen=True, slots=True)
class Name:
    """One spelling: its tokens in small letters, the codes that it may mean (none: it only looks like a name)."""

    tokens: tuple[str, ...]
    codes: tuple[str, ...]
    proofs: frozenset[str] | None = None  # None: always the place
    kecamatan: bool = False
    shared: bool = False  # a kecamatan's name that other kecamatan bear too


class Lexicon:
    """Spellings by first token, longest first; and the words that say what follows."""

    def __init__(self, names: Iterable[Name], words: dict[str, frozenset[str]]) -> None:
        self.words = words
        self.kinds = {word: kind for kind in ("provinsi", "kabupaten", "kota") for word in words[kind]}
        self.offices = frozenset({*self.kinds, *words["office"]})
        self._names: dict[str, list[Name]] = {}
        for name in names:
            self._names.setdefault(name.tokens[0], []).append(name)
        for same in self._names.values():
            same.sort(key=lambda name: -len(name.tokens))
        self.firsts = frozenset(self._names)

    def __iter__(self) -> Iterator[Name]:
        return (name for same in self._names.values() for name in same)

    def at(self, tokens: list[str], start: int) -> list[Name]:
        """The longest names that begin at a token: one, or several of the same length, or none."""
        found: list[Name] = []
        for name in self._names.get(tokens[start], ()):
            if found and len(name.tokens) < len(found[0].tokens):
                break
            if tuple(tokens[start : start + len(name.tokens)]) == name.tokens:
                found.append(name)
        return found


def tokenise(spelling: str) -> tuple[str, ...]:
    """A spelling as the tokens that texts have."""
    return tuple(TOKEN.findall(spelling))


def shipped() -> dict[str, Any]:
    """names.toml as it stands."""
    return tomllib.loads(packaged("regions/names.toml"))


def spelled(official: dict[str, list[str]], aliases: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    """Spelling -> codes: official names, the same written as one word or with `kep`, then aliases."""
    found: dict[str, list[str]] = {}
    for name, codes in official.items():
        for variant in variants(name):
            if variant == name or variant not in official:
                found.setdefault(variant, []).extend(codes)
    return {name: tuple(dict.fromkeys(codes)) for name, codes in {**found, **aliases}.items()}


def variants(name: str) -> tuple[str, ...]:
    """How an official name is written too: in one word, with `kep` or `kep.`; `.` is a token of its own."""
    short = name.replace("kepulauan ", "kep "), name.replace("kepulauan ", "kep . ")
    return tuple(dict.fromkeys((name, name.replace(" ", ""), *short)))


def bare_names(areas: Iterable[Area]) -> dict[str, list[str]]:
    """Plain bare name -> codes of provinces, kabupaten and kota, in code order."""
    names: dict[str, list[str]] = {}
    for one in areas:
        names.setdefault(plain(one.bare), []).append(one.code)
    return names


def names_of(areas: Gazetteer, data: dict[str, Any]) -> Iterator[Name]:
    """Every Name of the country, and the phrases that only look like one."""
    cares = {name: CARE[care] for care, names in data["care"].items() for name in names}
    for name, codes in spelled(bare_names(areas), data["alias"]).items():
        yield Name(tokenise(name), codes, cares.get(name))
    for phrase in data["block"]["phrases"]:
        yield Name(tokenise(phrase), ())


def districts_of(areas: Gazetteer, home: str) -> Iterator[Name]:
    """Names of the kecamatan of `home`, and longer names elsewhere that begin alike ("Kota" in "Kota Sumenep").

    Those of a whole province, and those that are ordinary words, ask for "Kecamatan" before them.
    """
    districts = areas.districts(home)
    longer = longer_names(areas.district_names(), {plain(one.name) for one in districts})
    for one in districts:
        care = "office" if one.ordinary or len(home) == 2 else "capital"
        shared = areas.district_names()[plain(one.name)] > 1 or plain(one.name) in longer.values()
        for spelling in re.split(r"[/()]", one.name):
            yield Name(tokenise(plain(spelling)), (one.code,), CARE[care], kecamatan=True, shared=shared)
    for name in longer:
        yield Name(tokenise(name), ())


def longer_names(all_names: Iterable[str], names: set[str]) -> dict[str, str]:
    """Names that begin with one of `names` and are not among them -> the name that they begin with."""
    heads = ((name, name.rsplit(" ", cut)[0]) for name in all_names for cut in range(1, name.count(" ") + 1))
    return {name: head for name, head in heads if head in names and name not in names}


@lru_cache(maxsize=HOMES_KEPT)
def lexicon(home: str = "") -> Lexicon:
    """The shipped lexicon; with the kecamatan of `home` where that is the code of a region."""
    data = shipped()
    words = {kind: frozenset(found) for kind, found in {**data["marker"], "before": data["block"]["before"]}.items()}
    names = [*names_of(gazetteer(), data), *(districts_of(gazetteer(), home) if home else ())]
    return Lexicon((name for name in names if name.tokens), words)
