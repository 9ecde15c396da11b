"""Publication -> words ready to send: WhatsApp, a caption with its alt text, thirty seconds for the radio."""

import re
from urllib.parse import quote

from monitor.clarifications import Draft
from monitor.posts.rows import Publication, Site, when

SCREEN = 700
SPOKEN = 75
MARKS = re.compile(r"[*_~`]")
SENTENCES = re.compile(r"(?<=[.!?])\s+")


def whatsapp(site: Site, one: Publication) -> str:
    """One screen, at most SCREEN characters: the fact first, then finding, source, advice and address. "" if nothing
    is shown."""
    text = one.shown
    if text is None:
        return ""
    head = f"*{_plain(text.headline)}*\nHasil verifikasi: {one.post.finding}"
    official = next((cited for cited in text.citations if cited.official), None)
    foot = [_plain(text.advice)]
    foot += [f"Sumber resmi: {_plain(official.official)}"] if official else []
    foot += [f"Selengkapnya: {site.address(one.post.path)}", f"{site.office}, {when(one.updated, site.zone)}"]
    end = "\n".join(foot)
    room = SCREEN - len(head) - len(end) - 4
    middle = whole_sentences(_plain(text.summary), room)
    return "\n\n".join(part for part in (head, middle, end) if part)


def caption(site: Site, one: Publication) -> str:
    """For the card on social media, with its alt text below. "" if nothing is shown."""
    text = one.shown
    if text is None:
        return ""
    return (
        f"{text.headline}\n\nHasil verifikasi: {one.post.finding}\n{text.summary}\n\n{text.advice}\n"
        f"Selengkapnya: {site.address(one.post.path)}\n\nTeks alternatif kartu: {alt(one)}"
    )


def radio(site: Site, one: Publication) -> str:
    """What is read aloud in thirty seconds: at most SPOKEN words in whole sentences. "" if nothing is shown."""
    text = one.shown
    if text is None:
        return ""
    start = f"Informasi dari {site.office}. {_sentence(text.headline)}"
    end = _sentence(text.advice)
    room = SPOKEN - len(f"{start} {end}".split())
    kept: list[str] = []
    for sentence in SENTENCES.split(text.summary):
        if len(" ".join([*kept, sentence]).split()) > room:
            break
        kept.append(_sentence(sentence))
    return " ".join(part for part in (start, *kept, end) if part)


def alt(one: Publication) -> str:
    """The alt text of the card: what stands on it."""
    text: Draft | None = one.shown
    return text.alt if text else "Kartu ini ditarik."


def share(site: Site, one: Publication) -> str:
    """The address that opens WhatsApp with fact and link; nobody's script is needed."""
    words = f"{one.shown.headline if one.shown else ''}\n{site.address(one.post.path)}"
    return "https://wa.me/?text=" + quote(words.strip())


def whole_sentences(text: str, most: int) -> str:
    """As many whole sentences as fit into so many characters; the first is cut at a word if it alone is too long."""
    kept = ""
    for sentence in SENTENCES.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > most:
            break
        kept = longer
    return kept or (text[: max(most - 1, 0)].rpartition(" ")[0] + "…" if most > 20 else "")


def _plain(text: str) -> str:
    """Without the marks that WhatsApp would read as bold and italic."""
    return MARKS.sub("", text)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?" else text + "."
