"""demo.toml -> the sources of Kota Contoh: their texts, addresses, and the feeds.toml that watches them."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from re import sub
from typing import Any

from monitor import digests, shipped
from monitor.demo.outlets import channels

NETWORK, ZONE = "127.1.9.0/24", "WIT"
# The two pairs of the made-up election: number, one name each, a party.
PAIRS = ((1, "Lestari Contoh", "Partai Pelangi Contoh"), (2, "Gunawan Misal", "Partai Dermaga Contoh"))


@dataclass(frozen=True, slots=True)
class Place:
    """One source of the city: its key in demo.toml, its name, kind and category, and how it behaves."""

    key: str
    name: str
    kind: str
    category: str
    pers: str
    path: str
    behaviour: str = "good"


@dataclass(frozen=True, slots=True)
class Text:
    """One text that a source carries; `at` is when it came out (aware), `past` that it did in the week before."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    at: datetime
    past: bool = False

    @property
    def path(self) -> str:
        """The path of its page."""
        slug = sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")
        return f"/{self.number}/{slug[:60]}"

    @property
    def html(self) -> str:
        """Its paragraphs as HTML."""
        return "".join(f"<p>{escape(one)}</p>" for one in self.paragraphs)


SOURCES = (
    Place("kabar", "Kabar Contoh", "rss", "media_daerah", "ya", "/rss.xml"),
    Place("pemkot", "Portal Pemkot Contoh", "html", "pemda", "tidak", "/berita"),
    Place("warga", "Info Warga Contoh", "rss", "lainnya", "tidak", "/feed"),
    Place("papan", "Papan Warga Contoh", "json-feed", "lainnya", "tidak", "/feed.json"),
    Place("cekfakta", "Cek Fakta Contoh", "rss", "cek_fakta", "ya", "/rss.xml"),
    Place("kpu", "KPU Kota Contoh", "wp-json", "penyelenggara_pemilu", "tidak", "/wp-json/wp/v2/posts"),
    Place("bawaslu", "Bawaslu Kota Contoh", "atom", "penyelenggara_pemilu", "tidak", "/atom.xml"),
    Place("rusak", "Radio Contoh (umpan rusak)", "rss", "media_daerah", "ya", "/rss.xml", "broken"),
    Place("lambat", "Kecamatan Bukit Teduh (server lambat)", "rss", "pemda", "tidak", "/rss.xml", "slow"),
    Place("pindah", "Dinas Sosial Contoh (alamat pindah)", "rss", "pemda", "tidak", "/rss.xml", "moved"),
    Place("larang", "Forum Contoh (dilarang robots.txt)", "rss", "lainnya", "tidak", "/rss.xml", "forbidden"),
    Place("jahat", "Situs Contoh (isi berbahaya)", "rss", "lainnya", "tidak", "/rss.xml", "hostile"),
    Place("blokir", "Blog Contoh (diblokir)", "rss", "lainnya", "tidak", "/rss.xml", "blocked"),
)


def address(place: Place) -> str:
    """The loopback address that stands for the source's host."""
    return f"127.1.9.{10 + SOURCES.index(place)}"


def last_week(now: datetime) -> datetime:
    """Friday at ten in the last week that is over: when the made-up office began to work."""
    return digests.last_finished(now, ZONE).end - timedelta(days=2, hours=14)


def texts(now: datetime) -> dict[str, list[Text]]:
    """The texts of every source by its key, newest first, as if it were `now`."""
    found: dict[str, list[Text]] = {place.key: [] for place in SOURCES}
    raw: list[dict[str, Any]] = tomllib.loads(shipped.text("demo.toml"))["text"]
    for number, one in enumerate(raw, 101):
        paragraphs, past = tuple(part.strip() for part in one["text"].split("\n\n")), bool(one.get("past"))
        at = (last_week(now) if past else now) - timedelta(hours=one["ago"])
        found[one["source"]].append(Text(number, one["title"], paragraphs, at, past))
    return {key: sorted(some, key=lambda text: text.at, reverse=True) for key, some in found.items()}


def labelled() -> tuple[tuple[str, str, bool], ...]:
    """(title, text, is it a hoax) of every text: what a retrained model must still tell apart."""
    raw: list[dict[str, Any]] = tomllib.loads(shipped.text("demo.toml"))["text"]
    return tuple((one["title"], one["text"], bool(one.get("hoax"))) for one in raw)


def settings_text(port: int, today: datetime, desk: int = 8765) -> str:
    """The feeds.toml of Kota Contoh, its election a week away; `desk` is the port of the desk, the next one that of the
    metrics."""
    polling = today.date() + timedelta(days=5)
    quiet = polling - timedelta(days=3)
    campaign = polling - timedelta(days=60)
    lines = [
        "# Dibuat oleh `jernih demo`; kota dan sumbernya karangan.",
        "[office]",
        'name = "Diskominfo Kota Contoh"',
        f'zone = "{ZONE}"',
        'contact = "diskominfo@kota-contoh.example"',
        "[desk]",
        f"metrics_port = {next(one for one in (desk + 1, desk + 2, desk - 1) if one != port and one < 2**16)}",
        "[public]",
        f'url = "http://127.0.0.1:{desk}/publik"',
        "[network]",
        f'allow = ["{NETWORK}"]',
        "[catalogue]",
        "enabled = false",
        "[[election]]",
        'name = "Pemilihan Wali Kota Contoh"',
        *_stage("Kampanye", "kampanye", campaign, quiet - timedelta(days=1)),
        *_stage("Masa tenang", "masa tenang", quiet, polling - timedelta(days=1)),
        *_stage("Pemungutan suara", "pemungutan", polling, polling),
    ]
    for number, names, party in PAIRS:
        lines += _pair(number, names, party)
    for place in SOURCES:
        lines += _source(place, port)
    for place in SOURCES:
        lines += _official(place, port) if place.category == "penyelenggara_pemilu" else []
    return "\n".join([*lines, *channels(port)]) + "\n"


def _stage(name: str, kind: str, start: object, end: object) -> list[str]:
    return ["[[election.stage]]", f'name = "{name}"', f'kind = "{kind}"', f"start = {start}", f"end = {end}"]


def _pair(number: int, names: str, party: str) -> list[str]:
    return ["[[candidate]]", f'names = ["{names}"]', f'aliases = ["paslon {number}", "paslon nomor {number}"]',
            f"number = {number}", f'parties = ["{party}"]', 'election = "Pemilihan Wali Kota Contoh"']  # fmt: skip


def _source(place: Place, port: int) -> list[str]:
    lines = [
        "[[source]]",
        f'name = "{place.name}"',
        f'url = "http://{address(place)}:{port}{place.path}"',
        f'kind = "{place.kind}"',
        f'category = "{place.category}"',
        f'pers = "{place.pers}"',
        'zone = "WIT"',
        'rhythm = "1m"',
    ]
    if place.kind == "html":
        lines += ["[source.selectors]", 'item = "li.berita"', 'link = "a"', 'title = "a"', 'date = "span.tanggal"',
                  'article = "div.isi"', 'article_title = "h1"', 'article_date = "p.tanggal"']  # fmt: skip
    return lines


def _official(place: Place, port: int) -> list[str]:
    return ["[[official]]", f'name = "{place.name}"', f'domain = "{place.key}.kota-contoh.example"',
            f'accounts = ["http://{address(place)}:{port}"]', 'confirmed_by = "Sekretaris Dinas"']  # fmt: skip


def when(moment: datetime) -> str:
    """RFC 822, as feeds carry it."""
    return format_datetime(moment)
