"""Publications -> HTML: the page of one, the list, archive pages, about, and the form of objections.

Every address in a page is relative, so that the same pages stand under a path, on a host of their own, or in a folder.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import DictLoader, Environment, StrictUndefined

from monitor import shipped
from monitor.clarifications import slug
from monitor.posts import feeds, texts
from monitor.posts.rows import Publication, Site, when
from monitor.sources import Source, offset

TEMPLATES = ("dasar", "bentuk", "halaman", "daftar", "tentang", "hak-jawab")
A_PAGE = 20


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


@lru_cache(maxsize=1)
def _jinja() -> Environment:
    loader = DictLoader({name: shipped.text(f"publik/{name}.html") for name in TEMPLATES})
    jinja = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    jinja.filters["number"] = lambda value: format_decimal(value, locale="id")
    return jinja


def style() -> bytes:
    """The one style sheet."""
    return shipped.content("publik/gaya.css")


def page(site: Site, one: Publication) -> str:
    """The page of one publication, one folder below the front."""
    share = texts.share(site, one)
    return _rendered("halaman", site, "../", one=one, text=one.shown, ld=feeds.ld_json(site, one), share=share,
                     alt=texts.alt(one), title=feeds.title(one),
                     address=site.address(one.post.path))  # fmt: skip


def listing(
    site: Site, shown: Sequence[Publication], shelves: Mapping[str, Sequence[Shelf]], root: str = "", heading: str = "",
    sought: str | None = "", more: str = "", total: int | None = None,
) -> str:  # fmt: skip
    """The front page, or a page of the archive; `sought` None leaves the search out, where no program answers it."""
    return _rendered("daftar", site, root, shown=shown, shelves=shelves, heading=heading, sought=sought, more=more,
                     total=len(shown) if total is None else total)  # fmt: skip


def about(site: Site, facts: About) -> str:
    """"Tentang": what is watched, what the model can and cannot do, its figures, the rules, the contact."""
    return _rendered("tentang", site, "../", facts=facts)


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


def holds(one: Publication, sought: str) -> bool:
    """Does every word that somebody typed stand in the publication?"""
    if one.shown is None:
        return False
    here = " ".join((one.shown.headline, one.shown.summary, one.shown.claim, one.post.category, one.post.finding))
    return all(word in here.casefold() for word in sought.casefold().split())


def _month(month: str) -> str:
    """November 2026."""
    return str(format_date(date.fromisoformat(f"{month}-01"), "MMMM y", locale="id"))


def _rendered(name: str, site: Site, root: str, **values: Any) -> str:
    zone = site.zone
    return _jinja().get_template(name).render(
        site=site, root=root, when=lambda moment: when(moment, zone), **values
    )
