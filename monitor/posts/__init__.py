"""Clarification -> Post (publikasi): page, feeds, ClaimReview, card and ready-to-send texts, all from the same row."""

from monitor.posts.card import card
from monitor.posts.feeds import RATINGS, atom, claim_review, json_feed, ld_json, rss, sitemap
from monitor.posts.objections import (
    DIKABULKAN,
    DIKEMBALIKAN,
    DITOLAK,
    OUTCOMES,
    answered,
    due,
    objected,
    settled,
    waiting,
)
from monitor.posts.pages import (
    A_PAGE,
    About,
    Shelf,
    about,
    amiss,
    article,
    choices,
    fits,
    holds,
    icon,
    listing,
    objection,
    on_shelf,
    page,
    picture_name,
    shelves,
    style,
)
from monitor.posts.rows import (
    DAYS_TO_ANSWER,
    KOREKSI,
    TARIK,
    TERBIT,
    Answer,
    Objection,
    Post,
    Publication,
    Site,
    first_edition,
    next_edition,
    when,
)
from monitor.posts.texts import alt, caption, radio, share, whatsapp

__all__ = [
    "A_PAGE", "DAYS_TO_ANSWER", "DIKABULKAN", "DIKEMBALIKAN", "DITOLAK", "KOREKSI", "OUTCOMES", "RATINGS", "TARIK",
    "TERBIT", "About", "Answer", "Objection", "Post", "Publication", "Shelf", "Site", "about", "alt", "amiss",
    "answered", "article", "atom", "caption", "card", "choices", "claim_review", "due", "first_edition", "fits",
    "holds", "icon", "json_feed", "ld_json", "listing", "next_edition", "objected", "objection", "on_shelf", "page",
    "picture_name", "radio", "rss", "settled", "share", "shelves", "sitemap", "style", "waiting", "whatsapp", "when",
]  # fmt: skip
