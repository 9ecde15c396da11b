"""Publications -> Atom, RSS, JSON Feed, sitemap, ClaimReview: what other programs read."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from feedgen.feed import FeedGenerator

from monitor.posts.rows import Publication, Site, identity
from monitor.verdicts import FAKTA, HOAKS, MENYESATKAN, PENIPUAN

RATINGS = {HOAKS: 1, PENIPUAN: 1, MENYESATKAN: 2, FAKTA: 5}
NEWEST = 50
NEVER = datetime(2024, 1, 1, tzinfo=UTC)


def title(one: Publication) -> str:
    """The fact; of a withdrawn page only that it is withdrawn."""
    return one.shown.headline if one.shown else f"Klarifikasi nomor {one.post.clarification} ditarik"


def summary(one: Publication) -> str:
    """The finding in a word and the paragraph."""
    return f"{one.post.finding}. {one.shown.summary}" if one.shown else one.post.reason


def atom(site: Site, publications: Sequence[Publication]) -> bytes:
    """The newest publications as Atom, the withdrawn ones as such."""
    return bytes(_feed(site, publications, "atom.xml").atom_str(pretty=True))


def rss(site: Site, publications: Sequence[Publication]) -> bytes:
    """The same as RSS 2.0."""
    return bytes(_feed(site, publications, "rss.xml").rss_str(pretty=True))


def json_feed(site: Site, publications: Sequence[Publication]) -> bytes:
    """The same as JSON Feed 1.1."""
    plain = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"Klarifikasi {site.office}",
        "home_page_url": site.address(),
        "feed_url": site.address("feed.json"),
        "language": "id",
        "authors": [{"name": site.office}],
        "items": [_item(site, one) for one in publications[:NEWEST]],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()


def sitemap(site: Site, publications: Sequence[Publication]) -> bytes:
    """Every page that is not withdrawn."""
    rows = "".join(
        f"<url><loc>{escape(site.address(one.post.path))}</loc><lastmod>{one.updated.date()}</lastmod></url>\n"
        for one in publications if one.shown
    )  # fmt: skip
    front = f"<url><loc>{escape(site.address())}</loc></url>\n"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{front}{rows}</urlset>\n"
    ).encode()


def claim_review(site: Site, one: Publication) -> dict[str, Any] | None:
    """schema.org's ClaimReview; None where the finding has no rating or nothing is shown. Nobody is named as author of
    the claim: it may be a private person."""
    rating = RATINGS.get(one.post.finding)
    if rating is None or one.shown is None:
        return None
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": site.address(one.post.path),
        "inLanguage": "id",
        "datePublished": one.post.first.isoformat(timespec="seconds"),
        "dateModified": one.updated.isoformat(timespec="seconds"),
        "author": {"@type": "GovernmentOrganization", "name": site.office, "url": site.address()},
        "claimReviewed": one.shown.claim,
        "itemReviewed": {"@type": "Claim", "name": one.shown.claim},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": rating,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": one.post.finding,
        },
    }


def ld_json(site: Site, one: Publication) -> str:
    """ClaimReview as it may stand inside a page, "" where there is none."""
    found = claim_review(site, one)
    if found is None:
        return ""
    plain = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return plain.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _item(site: Site, one: Publication) -> dict[str, Any]:
    item = {
        "id": identity(site, one.post),
        "url": site.address(one.post.path),
        "title": title(one),
        "content_text": summary(one),
        "date_published": one.post.first.isoformat(timespec="seconds"),
        "date_modified": one.updated.isoformat(timespec="seconds"),
        "tags": [one.post.finding, one.post.category],
    }
    return item | ({"image": site.address(one.post.path + "kartu.png")} if one.shown else {})


def _feed(site: Site, publications: Sequence[Publication], name: str) -> FeedGenerator:
    feed = FeedGenerator()
    feed.id(uuid5(NAMESPACE_URL, f"jernih:{site.office}").urn)
    feed.title(_xml(f"Klarifikasi {site.office}"))
    feed.description(_xml(f"Hasil verifikasi {site.office}"))
    feed.author({"name": _xml(site.office)})
    # RSS takes the last link for the channel's own.
    feed.link(href=site.address(name), rel="self")
    feed.link(href=site.address(), rel="alternate")
    feed.language("id")
    feed.generator("Jernih")
    # The library would read the clock.
    feed.updated(max((one.updated for one in publications), default=NEVER))
    for one in publications[:NEWEST]:
        _entry(feed, site, one)
    return feed


def _entry(feed: FeedGenerator, site: Site, one: Publication) -> None:
    entry = feed.add_entry()
    entry.id(identity(site, one.post))
    entry.guid(identity(site, one.post))
    entry.title(_xml(title(one)))
    entry.link(href=site.address(one.post.path), rel="alternate")
    entry.summary(_xml(summary(one)))
    entry.category([{"term": _xml(one.post.finding)}, {"term": _xml(one.post.category)}])
    entry.published(one.post.first)
    entry.updated(one.updated)


def _xml(text: str) -> str:
    """Without what XML cannot hold."""
    return "".join(one for one in text if one in "\n\t" or (one >= " " and not 0xD800 <= ord(one) <= 0xDFFF
                   and ord(one) not in (0xFFFE, 0xFFFF)))  # fmt: skip
