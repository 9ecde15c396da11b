"""Publication -> the words that a channel gets: the fact first, a correction and a withdrawal say that they are one."""

from functools import lru_cache

from jinja2 import Environment, StrictUndefined, Template

from monitor import shipped
from monitor.posts import KOREKSI, Publication, Site, when
from monitor.posts.texts import whole_sentences

SCREEN = 1200
TITLE = 150
REASON = 300


def headline(site: Site, one: Publication) -> str:
    """One line for the head of a page: never the claim of the hoax, and no line end whatever was written."""
    text = one.shown
    told = text.headline if text else f"Ditarik: klarifikasi nomor {one.post.clarification} dari {site.office}"
    return one_line(told)


def title(site: Site, one: Publication) -> str:
    """The same for a message, whose reader must see at once that it corrects an earlier one."""
    mark = "Koreksi: " if one.post.act == KOREKSI and one.shown else ""
    return one_line(f"{mark}{headline(site, one)}")


def message(site: Site, one: Publication) -> str:
    """Plain text without any marks, at most SCREEN characters or a little more: for Telegram and the mail list."""
    text, address = one.shown, site.address(one.post.path)
    signed = f"{site.office}, {when(one.updated, site.zone)}"
    if text is None:
        reason = f"Alasannya: {one_line(one.post.reason, REASON)}\n" if one.post.reason else ""
        return f"{title(site, one)}\n\n{reason}Keterangan: {address}\n{signed}"
    official = next((cited for cited in text.citations if cited.official), None)
    foot = [text.advice, *([f"Sumber resmi: {official.official}"] if official else []),
            f"Selengkapnya: {address}", signed]
    why = one_line(one.post.reason, REASON) if one.post.act == KOREKSI else ""
    fixed = [f"Yang dikoreksi: {why}"] if why else []
    head = "\n".join([title(site, one), *fixed, f"Hasil verifikasi: {one.post.finding}"])
    end = "\n".join(foot)
    middle = whole_sentences(text.summary, SCREEN - len(head) - len(end))
    return "\n\n".join(part for part in (head, middle, end) if part)


def page(site: Site, one: Publication) -> str:
    """HTML of a body without head, escaped: for WordPress and for the mail list."""
    return _template().render(one=one, text=one.shown, when=lambda moment: when(moment, site.zone),
                              address=site.address(one.post.path))  # fmt: skip


def one_line(text: str, most: int = TITLE) -> str:
    """Text of others as one printable line."""
    plain = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


@lru_cache(maxsize=1)
def _template() -> Template:
    jinja = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return jinja.from_string(shipped.text("kiriman/wordpress.html"))
