"""Place + Text -> bytes: the feeds, listings and pages of Kota Contoh, the bad ones too."""

import gzip
import json
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from babel.dates import format_datetime

from monitor.demo.city import Place, Text, when

LOCAL = ZoneInfo("Asia/Jayapura")
BOMB = gzip.compress(gzip.compress(b"\0" * (64 * 2**20)))
BLOCKED = (
    "<html><head><title>Internet Positif</title></head><body><h1>Situs ini diblokir</h1>"
    "<p>Akses ke situs ini ditutup sesuai peraturan.</p></body></html>"
)
HOSTILE_TITLE = "<script>alert(1)</script>Pengumuman <img src=x onerror=alert(2)> warga"


def feed(place: Place, texts: list[Text], base: str) -> tuple[str, bytes]:
    """The body under the source's own path, with its content type."""
    writers = {"json-feed": json_feed, "wp-json": posts, "atom": atom, "html": listing, "rss": rss}
    return writers[place.kind](place, texts, base)


def rss(place: Place, texts: list[Text], base: str) -> tuple[str, bytes]:
    """RSS 2.0 with summaries; citizens' posts carry their whole text."""
    whole = place.key == "warga"
    items = "".join(
        f"<item><title>{escape(text.title)}</title><link>{base}{text.path}</link><guid>{base}/?p={text.number}</guid>"
        f"<pubDate>{when(text.at)}</pubDate><description>{escape(text.paragraphs[0][:180])}</description>"
        + (f"<content:encoded><![CDATA[{text.html}]]></content:encoded>" if whole else "")
        + "</item>"
        for text in texts
    )
    return "application/rss+xml; charset=utf-8", (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{escape(place.name)}</title><link>{base}</link><description>Kota Contoh</description>{items}"
        "</channel></rss>"
    ).encode()


def atom(place: Place, texts: list[Text], base: str) -> tuple[str, bytes]:
    """Atom with the whole text."""
    entries = "".join(
        f'<entry><title>{escape(text.title)}</title><link href="{base}{text.path}"/><id>{base}/?p={text.number}</id>'
        f"<updated>{text.at.isoformat()}</updated><summary>{escape(text.paragraphs[0][:180])}</summary></entry>"
        for text in texts
    )
    updated = texts[0].at.isoformat() if texts else "2026-01-01T00:00:00+00:00"
    return "application/atom+xml", (
        f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(place.name)}'
        f"</title><id>{base}/</id><updated>{updated}</updated>{entries}</feed>"
    ).encode()


def json_feed(place: Place, texts: list[Text], base: str) -> tuple[str, bytes]:
    """JSON Feed 1.1 with the whole text."""
    items = [
        {"id": f"{base}/?p={text.number}", "url": f"{base}{text.path}", "title": text.title, "content_html": text.html,
         "date_published": text.at.isoformat()}
        for text in texts
    ]  # fmt: skip
    body = {"version": "https://jsonfeed.org/version/1.1", "title": place.name, "items": items}
    return "application/feed+json", json.dumps(body, ensure_ascii=False).encode()


def posts(place: Place, texts: list[Text], base: str) -> tuple[str, bytes]:
    """WordPress' own list of posts."""
    body = [
        {"id": text.number, "date_gmt": text.at.strftime("%Y-%m-%dT%H:%M:%S"), "link": f"{base}{text.path}",
         "title": {"rendered": escape(text.title)}, "content": {"rendered": text.html},
         "excerpt": {"rendered": f"<p>{escape(text.paragraphs[0][:120])}</p>"}}
        for text in texts
    ]  # fmt: skip
    return "application/json", json.dumps(body, ensure_ascii=False).encode()


def listing(place: Place, texts: list[Text], base: str) -> tuple[str, bytes]:
    """A municipal page with a list of links and Indonesian dates."""
    rows = "".join(
        f'<li class="berita"><a href="{text.path}">{escape(text.title)}</a> <span class="tanggal">{local(text.at)}'
        "</span></li>"
        for text in texts
    )
    return "text/html; charset=utf-8", _html(place.name, f"<h1>Berita</h1><ul>{rows}</ul>")


def page(place: Place, text: Text) -> tuple[str, bytes]:
    """An article's own page, with the menu, share buttons and "baca juga" that such pages carry."""
    body = (
        f"<nav><a href='/'>Beranda</a> <a href='/berita'>Berita</a></nav><article><h1>{escape(text.title)}</h1>"
        f"<p class='tanggal'>{local(text.at)}</p><div class='isi'>{text.html}"
        "<p>Baca juga: Agenda kota pekan ini</p></div>"
        "</article><aside>Bagikan · Terpopuler</aside><footer>Kota Contoh</footer>"
    )
    return "text/html; charset=utf-8", _html(text.title, body, text.at)


def local(moment: datetime) -> str:
    """A time as a municipal page writes it: "Senin, 16 November 2026 14:05 WIT"."""
    return f"{format_datetime(moment.astimezone(LOCAL), 'EEEE, d MMMM y HH:mm', locale='id')} WIT"


def _html(title: str, body: str, at: datetime | None = None) -> bytes:
    meta = f'<meta property="article:published_time" content="{at.isoformat()}">' if at else ""
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{escape(title)} - Kota Contoh</title>{meta}'
        f"</head><body>{body}</body></html>"
    ).encode()
