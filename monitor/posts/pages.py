"""Publications -> HTML: the page of one, the list, archive pages, about, and the form of objections.

Every address in a page is relative, so that the same pages stand under a path, on a host of their own, or in a folder.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from monitor import shipped
from monitor.clarifications import slug
from monitor.posts import feeds, texts
from monitor.posts.rows import Publication, Site, when
from monitor.sources import Source, offset

TEMPLATES = ("dasar", "bentuk", "isi", "halaman", "daftar", "tentang", "hak-jawab", "galat")
A_PAGE = 20
KINDS = {
    "media_nasional": "media nasional", "media_daerah": "media daerah", "cek_fakta": "pemeriksa fakta",
    "penyelenggara_pemilu": "penyelenggara pemilu", "pemerintah_pusat": "pemerintah pusat",
    "pemda": "pemerintah daerah", "partai": "partai", "lainnya": "lainnya",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelf:
    """A part of the archive: the path of its page, its name, and how many publications it holds."""

    path: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class About:
    """What "Tentang" says: every source watched, the model's manifest in plain figures, objections and referrals."""

    sources: Sequence[Source]
    model: str
    figures: Mapping[str, str]
    objections: int
    upheld: int
    referrals: int
    published: int
    answer_days: int
    waiting: int = 0


@lru_cache(maxsize=1)
def _jinja() -> Environment:
    loader = DictLoader({name: shipped.text(f"publik/{name}.html") for name in TEMPLATES})
    jinja = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    jinja.filters["number"] = lambda value: format_decimal(value, locale="id")
    return jinja


def style() -> bytes:
    """The one style sheet."""
    return shipped.content("publik/gaya.css")


def icon() -> bytes:
    """The drop that a browser shows beside the title."""
    return shipped.content("publik/tetes.svg")


def page(site: Site, one: Publication) -> str:
    """The page of one publication, one folder below the front."""
    share = texts.share(site, one)
    return _rendered("halaman", site, "../", picture_at=picture_name, one=one, text=one.shown,
                     ld=feeds.ld_json(site, one), share=share,
                     alt=texts.alt(one), title=feeds.title(one),
                     address=site.address(one.post.path))  # fmt: skip


def article(site: Site, one: Publication, picture_at: Callable[[int], str]) -> Markup:
    """What a page says, one heading lower and without a frame: for a preview, before there is a page to share.
    `picture_at` gives the address of its nth picture."""
    text = one.shown
    return Markup(_rendered("isi", site, "", one=one, text=text, share="", level=2, picture_at=picture_at))  # noqa: S704


def picture_name(number: int) -> str:
    """The name of a page's nth picture: it says nothing of what is on it."""
    return f"gambar-{number}.jpg"


def listing(
    site: Site, shown: Sequence[Publication], shelves: Mapping[str, Sequence[Shelf]], root: str = "", heading: str = "",
    sought: str | None = "", more: str = "", total: int | None = None, chosen: Mapping[str, str] | None = None,
    offered: Mapping[str, Sequence[tuple[str, str, int]]] | None = None,
) -> str:  # fmt: skip
    """The front page, or a page of the archive; `sought` None leaves the search out, where no program answers it.
    `chosen` are the filters in force, `offered` what can be chosen."""
    return _rendered("daftar", site, root, shown=shown, shelves=shelves, heading=heading, sought=sought, more=more,
                     total=len(shown) if total is None else total, chosen=chosen or {},
                     offered=offered or {})  # fmt: skip


def about(site: Site, facts: About) -> str:
    """"Tentang": what is watched, what the model can and cannot do, its figures, the rules, the contact."""
    return _rendered("tentang", site, "../", facts=facts, kinds=KINDS, host=_host)


def objection(
    site: Site, one: Publication, said: str = "", form: Mapping[str, str] | None = None, written: bool = False
) -> str:
    """The form of hak jawab and koreksi for one page; `said` is what became of the last try. `written` gives the
    contact instead, where no program receives a form."""
    return _rendered("hak-jawab", site, "../../", one=one, said=said, form=form or {}, title=feeds.title(one),
                     written=written)  # fmt: skip


def shelves(site: Site, publications: Sequence[Publication]) -> dict[str, list[Shelf]]:
    """The archive by month, category and region, each with its pages."""
    months = Counter(month_of(site, one) for one in publications)
    categories = Counter(one.post.category for one in publications)
    regions = Counter(code for one in publications for code in one.post.regions)
    return {
        "Bulan": [Shelf(f"arsip/{month}/", _month(month), n) for month, n in sorted(months.items(), reverse=True)],
        "Kategori": [Shelf(f"kategori/{slug(name)}/", name, n) for name, n in sorted(categories.items())],
        "Wilayah": [Shelf(f"wilayah/{code}/", site.names.get(code, code), n) for code, n in sorted(regions.items())],
    }


def on_shelf(site: Site, publications: Sequence[Publication], path: str) -> list[Publication]:
    """The publications on one shelf, by its path."""
    kind, _, value = path.strip("/").partition("/")
    tests = {
        "arsip": lambda one: month_of(site, one) == value,
        "kategori": lambda one: slug(one.post.category) == value,
        "wilayah": lambda one: value in one.post.regions,
    }
    return [one for one in publications if kind in tests and tests[kind](one)]


def month_of(site: Site, one: Publication) -> str:
    """2026-11, in the office's zone."""
    return f"{one.post.first.astimezone(offset(site.zone)):%Y-%m}"


def fits(site: Site, one: Publication, chosen: Mapping[str, str]) -> bool:
    """Is the publication of the chosen month, category, region and finding (each "" for any)?"""
    return (chosen.get("bulan", "") in ("", month_of(site, one)) and chosen.get("hasil", "") in ("", one.post.finding)
            and chosen.get("kategori", "") in ("", one.post.category)
            and (not chosen.get("wilayah") or chosen["wilayah"] in one.post.regions))


def choices(site: Site, publications: Sequence[Publication]) -> dict[str, list[tuple[str, str, int]]]:
    """What can be chosen, with counts: (value, words, how many) by the name of the field."""
    found = shelves(site, publications)
    findings = Counter(one.post.finding for one in publications)
    parts = {"wilayah": "Wilayah", "kategori": "Kategori", "bulan": "Bulan"}
    kept = {field: [(shelf.name if field == "kategori" else shelf.path.split("/")[1], shelf.name, shelf.count)
                    for shelf in found[name]] for field, name in parts.items()}
    return {**kept, "hasil": [(name, name, n) for name, n in sorted(findings.items())]}


def holds(one: Publication, sought: str) -> bool:
    """Does every word that somebody typed stand in the publication?"""
    if one.shown is None:
        return False
    here = " ".join((one.shown.headline, one.shown.summary, one.shown.claim, one.post.category, one.post.finding))
    return all(word in here.casefold() for word in sought.casefold().split())


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _month(month: str) -> str:
    """November 2026."""
    return str(format_date(date.fromisoformat(f"{month}-01"), "MMMM y", locale="id"))


def amiss(site: Site, root: str, title: str, sentence: str) -> str:
    """The page of an error: what is wrong, and the way on."""
    return _rendered("galat", site, root, title=title, sentence=sentence)


def _rendered(name: str, site: Site, root: str, **values: Any) -> str:
    zone = site.zone
    return _jinja().get_template(name).render(
        site=site, root=root, when=lambda moment: when(moment, zone), **values
    )
