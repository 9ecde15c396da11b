"""One row, many shapes: page, feeds, ClaimReview, card, texts; the truth leads in each and nobody is named."""

import gzip
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from monitor import posts
from monitor.people import Refusal
from monitor.posts import Publication
from tests import published
from tests.people import ANI, KARTA, RINI
from tests.published import NOW, SITE, TEXT

ATOM = "{http://www.w3.org/2005/Atom}"


class Reader(HTMLParser):
    """Tags with their attributes, and the visible words in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._silent = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._silent = tag in ("script", "style", "title")

    def handle_endtag(self, tag: str) -> None:
        self._silent = False

    def handle_data(self, data: str) -> None:
        self.words += "" if self._silent else data

    def meta(self, name: str) -> str | None:
        return next((a.get("content") for t, a in self.tags if t == "meta" and name in (a.get("property"),
                    a.get("name"))), None)  # fmt: skip


def test_the_page_says_finding_fact_date_source_and_advice_before_anything_else() -> None:
    words = Reader(posts.page(SITE, published.corrected())).words
    order = ["HOAKS", TEXT.headline, "21 November 2026 14.05 WIT", "diperbarui", "Sumber resmi",
             "Yang sebaiknya dilakukan", TEXT.advice, TEXT.summary, "Apa yang beredar", TEXT.claim, "Bukti",
             "Hak jawab dan koreksi"]  # fmt: skip
    places = [words.index(part) for part in order]
    assert places == sorted(places)


def test_the_preview_and_the_address_never_repeat_the_hoax() -> None:
    one = published.publication()
    page = Reader(posts.page(SITE, one))
    for name in ("og:title", "og:description", "description", "og:url", "og:image", "og:image:alt"):
        value = page.meta(name)
        assert value
        assert TEXT.claim not in value
    assert page.meta("og:title") == TEXT.headline


def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing() -> None:
    for page in (posts.page(SITE, published.corrected()), posts.listing(SITE, published.several(), {})):
        for tag, attrs in Reader(page).tags:
            assert tag not in ("img", "iframe", "object", "embed", "video")
            assert tag != "script" or attrs == {"type": "application/ld+json"}
            assert not [name for name in attrs if name.startswith("on") or name == "style"]
            if tag == "link" and attrs["rel"] == "stylesheet":
                assert attrs["href"] in ("../gaya.css", "gaya.css")


def test_page_with_its_style_is_far_below_sixty_kilobytes() -> None:
    long = replace(TEXT, explanation="Kalimat penjelasan yang berbeda-beda. " * 130)
    page = posts.page(SITE, published.publication(long)).encode()
    assert len(gzip.compress(page)) + len(gzip.compress(posts.style())) < 12_000


HOSTILE = '"><script>alert(1)</script>{{7*7}}</title>'


def test_words_of_strangers_stay_words() -> None:
    bad = replace(TEXT, headline=HOSTILE, summary=HOSTILE, claim=HOSTILE, circulating=HOSTILE, where=HOSTILE)
    page = posts.page(SITE, published.publication(bad))
    assert "<script>alert" not in page
    assert "49" not in Reader(page).words.replace("2049", "")
    assert page.count("<script") == 1
    ld = re.search(r'ld\+json">(.*?)</script>', page, re.S)
    assert ld
    assert json.loads(ld[1])["claimReviewed"] == HOSTILE
    for feed in (posts.atom, posts.rss):
        ElementTree.fromstring(feed(SITE, [published.publication(bad)]))


@pytest.mark.parametrize(("finding", "rating"), [
    ("HOAKS", 1), ("PENIPUAN", 1), ("MENYESATKAN", 2), ("FAKTA", 5), ("BELUM TERBUKTI", None), ("SATIRE", None)])
def test_claim_review_has_real_ratings_only_and_names_nobody(finding: str, rating: int | None) -> None:
    one = published.publication(finding=finding)
    review = posts.claim_review(SITE, one)
    assert ("ld+json" in posts.page(SITE, one)) is (rating is not None)
    if rating is None:
        assert review is None
        return
    assert review is not None
    assert review["reviewRating"]["ratingValue"] == rating
    assert review["reviewRating"]["alternateName"] == finding
    assert "author" not in review["itemReviewed"]
    assert review["author"]["name"] == SITE.office
    assert "firstAppearance" not in json.dumps(review)


def test_a_withdrawn_page_keeps_its_address_says_why_and_leaves_everything_else() -> None:
    one = published.withdrawn()
    page = posts.page(SITE, one)
    assert one.post.path == one.history[0].path
    assert "hasilnya dibuka lagi" in page
    assert 'content="noindex"' in page
    for part in (TEXT.headline, TEXT.claim, TEXT.summary, "og:title", "ld+json"):
        assert part not in page
    assert posts.card(SITE, one) is None
    assert posts.claim_review(SITE, one) is None
    assert (posts.whatsapp(SITE, one), posts.radio(SITE, one), posts.caption(SITE, one)) == ("", "", "")
    assert one.post.path.encode() not in posts.sitemap(SITE, [one])
    assert TEXT.headline.encode() not in posts.atom(SITE, [one]) + posts.rss(SITE, [one]) + posts.json_feed(SITE, [one])


def test_an_erased_text_leaves_its_page_standing() -> None:
    one = replace(published.publication(), text=None)
    assert "Isi halaman ini dihapus" in posts.page(SITE, one)
    assert posts.card(SITE, one) is None


def test_a_correction_keeps_the_address_and_shows_its_history() -> None:
    one = published.corrected()
    page = posts.page(SITE, one)
    assert one.post.path == published.post().path
    assert "dikoreksi, karena jabatan narasumber keliru" in page
    assert "Jabatan narasumber diperbaiki." in page
    changed = replace(TEXT, headline="Judul baru sama sekali", slug="judul-baru")
    later = posts.next_edition(one.post, "DIKOREKSI", changed.words().digest, "Politik", "x", NOW)
    assert later.path == one.post.path


def test_feeds_are_what_readers_expect() -> None:
    some = published.several()
    atom, rss = posts.atom(SITE, some), posts.rss(SITE, some)
    for raw in (atom, rss):
        read = feedparser.parse(raw)
        assert not read.bozo
        assert [entry.link for entry in read.entries] == [SITE.address(one.post.path) for one in some]
        assert read.feed.link == SITE.address()
    root = ElementTree.fromstring(atom)
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    ids = [node.text for node in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) == len(some) + 1
    plain = json.loads(posts.json_feed(SITE, some))
    assert [item["id"] for item in plain["items"]] == ids[1:]
    moved = posts.atom(replace(SITE, url="https://baru.example"), some)
    assert [node.text for node in ElementTree.fromstring(moved).iter(f"{ATOM}id")] == ids


def test_feeds_do_not_read_the_clock() -> None:
    assert posts.atom(SITE, []) == posts.atom(SITE, [])
    some = published.several()
    assert posts.rss(SITE, some) == posts.rss(SITE, some)
    assert b"2026-11-21T08:05:00" in posts.atom(SITE, some[:1])


@pytest.mark.parametrize("finding", ["HOAKS", "PENIPUAN", "MENYESATKAN", "FAKTA", "BELUM TERBUKTI", "SATIRE"])
def test_the_card_is_a_png_of_the_right_size_and_the_same_twice(finding: str) -> None:
    one = published.publication(finding=finding)
    made = posts.card(SITE, one)
    assert made
    image = Image.open(BytesIO(made))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(image.convert("RGB").getcolors(100_000) or []) > 20
    assert posts.card(SITE, one) == made
    assert len(made) < 60_000


@pytest.mark.parametrize("headline", ["A" * 200, "kata " * 40, "\u202eterbalik \U0001f600 中文", " ", "x"])
def test_the_card_takes_any_headline(headline: str) -> None:
    assert posts.card(SITE, published.publication(replace(TEXT, headline=headline)))


def test_whatsapp_fits_one_screen_and_leads_with_the_fact() -> None:
    long = replace(TEXT, summary="Kalimat pertama yang benar. " * 21)
    text = posts.whatsapp(SITE, published.publication(long))
    assert text.startswith(f"*{TEXT.headline}*")
    assert len(text) <= 700
    assert SITE.address(published.post().path) in text
    starred = replace(TEXT, headline="KPU: *semua* ~segel~ utuh di gudang")
    assert posts.whatsapp(SITE, published.publication(starred)).startswith("*KPU: semua segel utuh di gudang*\n")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=600), st.text(max_size=300))
def test_ready_to_send_texts_keep_their_bounds(summary: str, advice: str) -> None:
    one = published.publication(replace(TEXT, summary=summary, advice=advice[:200]))
    assert len(posts.whatsapp(SITE, one)) <= 700
    assert len(posts.radio(SITE, one).split()) <= 75 + len(advice.split())


def test_radio_is_read_in_thirty_seconds() -> None:
    text = posts.radio(SITE, published.publication())
    assert len(text.split()) <= 75
    assert text.startswith(f"Informasi dari {SITE.office}.")
    assert text.endswith(TEXT.advice)


def test_caption_carries_the_alt_text() -> None:
    assert posts.caption(SITE, published.publication()).endswith(TEXT.alt)


def test_sharing_needs_no_script_of_anybody() -> None:
    link = posts.share(SITE, published.publication())
    assert link.startswith("https://wa.me/?text=KPU%3A")
    assert SITE.url.split("//")[1].split("/")[0] in link


def test_the_archive_stands_on_shelves() -> None:
    some = published.several()
    found = posts.shelves(SITE, some)
    assert [shelf.name for shelf in found["Bulan"]] == ["November 2026", "Oktober 2026"]
    for shelf in (shelf for group in found.values() for shelf in group):
        assert len(posts.on_shelf(SITE, some, shelf.path)) == shelf.count > 0
    assert posts.on_shelf(SITE, some, "rahasia/1") == []


def test_search_finds_words_but_nothing_withdrawn() -> None:
    some = published.several()
    assert [one.post.finding for one in some if posts.holds(one, "UANG kpu")] == ["PENIPUAN"]
    assert not any(posts.holds(one, "tersegel") for one in some if one.post.withdrawn)


def test_an_empty_list_says_so() -> None:
    assert "Belum ada klarifikasi yang terbit." in posts.listing(SITE, [], {})


# ---- Hak jawab dan koreksi


@pytest.mark.parametrize(("asked", "expected"), [
    ("2026-11-16T03:00:00+00:00", "2026-11-19"),  # Monday
    ("2026-11-20T03:00:00+00:00", "2026-11-25"),  # Friday
    ("2026-11-21T03:00:00+00:00", "2026-11-25"),  # Saturday
    ("2026-11-20T16:00:00+00:00", "2026-11-25"),  # Saturday already in the east
])
def test_due_after_three_working_days_in_the_offices_zone(asked: str, expected: str) -> None:
    due = posts.due(datetime.fromisoformat(asked), "WIT", 3)
    assert due.isoformat() == f"{expected}T23:59:59+09:00"


def test_an_objection_is_answered_by_two_people_once_with_a_note() -> None:
    made = posts.objected(published.post(), "koreksi", "x", NOW, "WIT", 3)
    assert not isinstance(made, Refusal)
    assert isinstance(posts.objected(published.post(), "lain", "x", NOW, "WIT", 3), Refusal)
    for who, outcome, note in ((ANI, "DIKABULKAN", "ya"), (RINI, "DIKABULKAN", " "), (RINI, "BOLEH", "ya")):
        assert isinstance(posts.answered(made, (), who, outcome, note, NOW), Refusal)
    answer = posts.answered(made, (), KARTA, "DITOLAK", "bukti tidak ada", NOW)
    assert not isinstance(answer, Refusal)
    assert posts.settled([answer]) is None
    assert posts.waiting([answer]) == answer
    later = NOW + timedelta(seconds=30)
    for who, outcome, at in ((RINI, "DIKABULKAN", later), (KARTA, "DITOLAK", later), (ANI, "DITOLAK", later),
                             (RINI, "DITOLAK", NOW + timedelta(seconds=9)), (RINI, "BOLEH", later)):  # fmt: skip
        assert isinstance(posts.answered(made, [answer], who, outcome, "ya", at), Refusal)
    second = posts.answered(made, [answer], RINI, "DITOLAK", "kata lain", later)
    assert not isinstance(second, Refusal)
    assert (second.note, posts.settled([answer, second])) == ("bukti tidak ada", second)
    assert isinstance(posts.answered(made, [answer, second], KARTA, "DIKABULKAN", "ya", later), Refusal)


def test_an_answer_that_is_sent_back_holds_nothing_and_may_be_given_anew() -> None:
    made = posts.objected(published.post(), "koreksi", "x", NOW, "WIT", 3)
    assert not isinstance(made, Refusal)
    first = posts.answered(made, (), RINI, "DIKABULKAN", "Diperbaiki.", NOW)
    assert not isinstance(first, Refusal)
    later = NOW + timedelta(minutes=1)
    assert isinstance(posts.answered(made, [first], KARTA, "DIKEMBALIKAN", " ", later), Refusal)
    back = posts.answered(made, [first], KARTA, "DIKEMBALIKAN", "belum diperbaiki", later)
    assert not isinstance(back, Refusal)
    given = [first, back]
    assert (posts.waiting(given), posts.settled(given)) == (None, None)
    third = posts.answered(made, given, KARTA, "DITOLAK", "tidak keliru", later)
    assert not isinstance(third, Refusal)
    assert posts.settled([*given, third]) is None


def test_only_upheld_answers_stand_on_the_page() -> None:
    page = posts.page(SITE, published.corrected())
    assert page.count("yang dikabulkan") == 1
    assert "yang dikabulkan" not in posts.page(SITE, published.publication())


def test_editions_tell_when_the_page_first_came_out() -> None:
    one: Publication = published.corrected()
    assert one.post.first == NOW.astimezone(UTC)
    assert one.updated == NOW + timedelta(hours=3)
