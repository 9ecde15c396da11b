"""What a source says of one entry -> Found: its identity, clean words, a sure date, who wrote it and who showed it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.entries import addresses, dates, letters
from monitor.entries.feeds import Raw
from monitor.entries.rows import Found, Words
from monitor.sources import Source

BOUND = 10_000
WHOLE_ARTICLE = 600

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NAMELESS = re.compile(r"^[\s()<>,:;-]+|[\s()<>,:;-]+$")
_WRAPPED = re.compile(r"(?<![.!?:;\s])[ \t]*\r?\n[ \t]*(?![\r\n•*-]|\d+[.)])(?=\S)")
_BYLINE = re.compile(r"^(?:oleh|by|penulis|reporter|editor)\s*[:\-]?\s+", re.I)


@dataclass(frozen=True, slots=True)
class Reader:
    """Where the entries are read: the source, the address that answered, and the moment of the visit."""

    source: Source
    url: str
    now: datetime

    def found(self, raw: Raw, whole: bool = False) -> Found | None:
        """One entry; None where it has neither an address nor a name."""
        address, via = self._address(raw)
        when = dates.first((raw.published, raw.updated), self.source.zone, self.now)
        words = _words(raw if whole else _unwrapped(raw), via)
        identity = self._identity(raw, address, words.title, when.at)
        if not identity:
            return None
        content = raw.content or (raw.summary if whole or len(words.text) > WHOLE_ARTICLE else "")
        return Found(
            identity=identity,
            url=address,
            words=words,
            published=when.at,
            published_doubt=when.doubt,
            publisher=self._publisher(raw, address, via),
            via=via,
            image=addresses.target(raw.image or _picture(raw), self.url),
            content=letters.clean(content or (raw.title if whole else ""))[: letters.CONTENT],
            whole=whole,
        )

    def _address(self, raw: Raw) -> tuple[str, str]:
        """The publisher's address where it can be known without a visit, and the aggregator that stood before it."""
        own = addresses.aggregator(addresses.host(self.url)) or addresses.aggregator(addresses.host(self.source.url))
        shown = addresses.target(raw.link, self.url)
        guid = raw.guid if raw.guid.startswith(("http://", "https://")) else ""
        address = addresses.target(raw.original, self.url) or shown or addresses.target(guid, self.url)
        via = addresses.aggregator(addresses.host(address))
        if via:
            inner = addresses.unwrapped(address) or addresses.target(guid, self.url)
            if inner and not addresses.aggregator(addresses.host(inner)):
                address = inner
        if _forwarded(raw, addresses.host(address)):
            return address, address.removeprefix("https://").rsplit("/", 1)[0]
        return address, via or own or (addresses.aggregator(addresses.host(shown)) if raw.original else "")

    def _publisher(self, raw: Raw, address: str, via: str) -> str:
        """Who wrote it, where that is another than the source: a host, or the name that the aggregator gives."""
        named = addresses.host(addresses.target(raw.source_url, self.url))
        if named and not addresses.aggregator(named):
            return named
        there = addresses.host(address)
        if addresses.aggregator(there) or _forwarded(raw, there):
            return letters.line(raw.source, letters.AUTHOR)
        homes = {addresses.site(addresses.host(self.url)), addresses.site(addresses.host(self.source.url))}
        return there if there and addresses.site(there) not in homes else ""

    def _identity(self, raw: Raw, address: str, title: str, at: datetime | None) -> str:
        if address:
            return addresses.key(address)
        place = addresses.site(addresses.host(self.url))
        guid = letters.line(raw.guid, 1000)
        if guid:
            return addresses.bounded(f"guid:{place}:{guid}")
        day = f"{at:%Y-%m-%d}" if at else ""
        return addresses.bounded(f"title:{place}:{title.casefold()}:{day}") if title else ""


def newest_first(founds: Iterable[Found | None], ordered: bool = False) -> tuple[tuple[Found, ...], int]:
    """Each identity once, dated ones by date, then the others in their order (`ordered`: all as they come); and how
    many are beyond the bound."""
    held: dict[str, Found] = {}
    for found in founds:
        if found:
            held.setdefault(found.identity, found)
    all_of_them = list(held.values())
    if not ordered:
        all_of_them.sort(key=lambda one: -one.published.timestamp() if one.published else float("inf"))
    return tuple(all_of_them[:BOUND]), max(0, len(all_of_them) - BOUND)


def _words(raw: Raw, via: str) -> Words:
    summary = letters.prose(raw.summary or raw.content, letters.SUMMARY)
    title = letters.headline(raw.title) or letters.line(summary.split("\n", 1)[0], 120)
    if via and raw.source:
        title = title.removesuffix(f" - {letters.line(raw.source, letters.AUTHOR)}")
    return Words(title, summary, person(raw.author))


def _unwrapped(raw: Raw) -> Raw:
    """A feed's summary is HTML also where it holds no tag: a line that ends in mid-sentence goes on in the next."""
    return replace(raw, summary=_WRAPPED.sub(" ", raw.summary)) if "\n" in raw.summary else raw


def _picture(raw: Raw) -> str:
    return letters.first_image(raw.summary) or letters.first_image(raw.content)


def _forwarded(raw: Raw, host: str) -> bool:
    """A Telegram channel that passes on another's post."""
    return host == "t.me" and bool(raw.source)


def person(written: str) -> str:
    """A name without markup, mail address and "Oleh"."""
    name = letters.line(letters.prose(written, 1000), 1000)
    return _BYLINE.sub("", _NAMELESS.sub("", _MAIL.sub("", name)))[: letters.AUTHOR]
