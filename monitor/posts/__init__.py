"""Clarification -> Post (publikasi): page, feeds, ClaimReview, card and ready-to-send texts, all from the same row."""

from monitor.posts.card import card
from monitor.posts.feeds import RATINGS, atom, claim_review, json_feed, ld_json, rss, sitemap
from monitor.posts.pages import A_PAGE, About, Shelf, about, holds, listing, objection, on_shelf, page, shelves, style
from monitor.posts.rows import (
    DAYS_TO_ANSWER,
    DIKABULKAN,
    DITOLAK,
    KOREKSI,
    OUTCOMES,
    TARIK,
    TERBIT,
    Answer,
    Objection,
    Post,
    Publication,
    Site,
    answered,
    due,
    first_edition,
    next_edition,
    objected,
    when,
)
from monitor.posts.texts import alt, caption, radio, share, whatsapp

__all__ = [
    "A_PAGE", "DAYS_TO_ANSWER", "DIKABULKAN", "DITOLAK", "KOREKSI", "OUTCOMES", "RATINGS",
    "TARIK", "TERBIT", "About", "Answer", "Objection", "Post",
    "Publication", "Shelf", "Site", "about", "alt", "answered", "atom", "caption", "card", "claim_review", "due",
    "first_edition", "holds", "json_feed", "ld_json", "listing", "next_edition", "objected", "objection", "on_shelf",
    "page", "radio", "rss", "share", "shelves", "sitemap", "style", "whatsapp", "when",
]  # fmt: skip
