"""Original title and text -> codes: the regions that an article names (kode wilayah), every one that it may mean."""

from classifiers.regions.gazetteer import Area, Gazetteer, gazetteer
from classifiers.regions.lexicon import lexicon
from classifiers.regions.mentions import Mention, Reader
from classifiers.regions.tokens import Tokens

__all__ = ["Area", "Gazetteer", "gazetteer", "regions"]


def regions(title: str, text: str, home: str = "") -> tuple[str, ...]:
    """Codes of the regions named in an article, in the order of mention; `home` and its kecamatan first.

    A name that is both a kabupaten and a kota gives both codes, unless the words around it ("Wali Kota Kediri",
    "Banjar, Jawa Barat"), or another mention of the same name in this article, tell which. A province is given
    where it is named for itself, not as the address of a kabupaten ("Kediri, Jawa Timur"). `home` is the code of
    the office's region ("35.71", "35"): its kecamatan are read too, as "35.71.01" after "35.71". It orders and adds;
    it never drops a code. An unknown `home` is as none.
    """
    if home not in gazetteer():
        home = ""
    names = lexicon(home)
    mentions = [*Reader(Tokens(title), names).mentions(), *Reader(Tokens(text, dateline=True), names).mentions()]
    return in_order(codes_of(mentions, home), home) if mentions else ()


def codes_of(mentions: list[Mention], home: str) -> list[str]:
    """Codes of mentions in order, doubled names settled by the article's own clearer mentions of them."""
    named = settled(mentions)
    regions = {code for mention in named for code in mention.codes}
    codes: list[str] = []
    for mention in named:
        if not mention.name.kecamatan:
            codes.extend(mention.codes)
        elif not mention.name.shared or mention.codes[0][:5] in regions or home in regions:
            codes.extend((mention.codes[0][:5], mention.codes[0]))
    return list(dict.fromkeys(codes))


def settled(mentions: list[Mention]) -> list[Mention]:
    """Mentions without the open ones of a name that is narrowed elsewhere in the article."""
    narrow = {mention.name.codes for mention in mentions if len(mention.codes) < len(mention.name.codes)}
    return [one for one in mentions if not (one.name.codes in narrow and one.codes == one.name.codes)]


def in_order(codes: list[str], home: str) -> tuple[str, ...]:
    """The office's own region and its kecamatan first; the rest as it came."""
    return tuple(sorted(codes, key=lambda code: not (home and code[: len(home)] == home)))
