"""Can everybody read it, and does it rest on something? Sources, links, sentences, pictures, missing parts."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from monitor.clarifications.drafts import CATEGORIES
from monitor.clarifications.faults import GALAT, PERINGATAN, Facts, Fault
from monitor.clarifications.rows import Citation, Draft
from monitor.sources import Official

STALE = timedelta(days=7)
LONG_SENTENCE, ENDLESS_SENTENCE, LONG_WORDS = 25, 40, 0.35
HEADLINE, SUMMARY = (15, 110), (40, 600)
FILE = re.compile(r"\.(?:jpe?g|png|gif|webp)\b|^(?:img|dsc|screenshot)[\W_]", re.I)
MARKUP = re.compile(r"</?[a-z][^<>\n]{0,200}>|\{\{|\{%|\$\{|<%", re.I)
LEFT = re.compile(r"\((?:nama dan )?(?:nama|jabatan)\)|\btulis (?:faktanya di sini|apa yang sudah diketahui)\b", re.I)
SENTENCES = re.compile(r"[.!?]+(?:\s|$)|\n")


def parts(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """What a clarification must have, and how long it may be."""
    least, most = HEADLINE
    if not least <= len(draft.headline) <= most:
        yield Fault("judul-panjang", GALAT, "headline", f"Judul {least} sampai {most} huruf (sekarang "
                    f"{len(draft.headline)}), supaya utuh di pratinjau.")
    least, most = SUMMARY
    if not least <= len(draft.summary) <= most:
        yield Fault("ringkas", GALAT, "summary", f"Paragraf pertama {least} sampai {most} huruf (sekarang "
                    f"{len(draft.summary)}), supaya muat satu layar.")
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", draft.slug):
        yield Fault("alamat-bentuk", GALAT, "slug", "Alamat halaman: huruf kecil, angka, dan tanda hubung saja.")
    for name, says in (("speaker", "Tulis siapa yang menyatakan: nama, jabatan, lembaga."),
                       ("advice", "Tulis apa yang sebaiknya dilakukan warga."),
                       ("circulating", "Tulis apa yang beredar, dengan tanda bahwa itu belum tentu benar."),
                       ("where", "Tulis di mana itu beredar, misalnya “grup percakapan warga”."),
                       ("claim", "Tulis klaim yang dijawab, seperti yang beredar.")):
        if not getattr(draft, name).strip():
            yield Fault(f"kosong-{name}", GALAT, name, says)
    if draft.category not in CATEGORIES:
        yield Fault("kategori", GALAT, "category", "Pilih satu kategori dari daftar.", draft.category[:60])
    for name, text in draft.prose().items():
        for left in LEFT.finditer(text):
            yield Fault("isian", GALAT, name, "Bagian contoh ini belum diganti.", left[0])


def sources(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """At least one official source that answers; nothing that is dead."""
    for one in draft.citations:
        if one.official and not belongs(one, facts.officials):
            yield Fault("resmi-keliru", GALAT, "citations", "Alamat ini bukan milik lembaga resmi yang disebut.",
                        one.url)
    official = [one for one in draft.citations if one.official and belongs(one, facts.officials)]
    if not official:
        yield Fault("sumber-resmi", GALAT, "citations", "Perlu paling sedikit satu sumber resmi (lembaga pada "
                    "[[official]] di feeds.toml).")
    living = [one for one in official if one.url in facts.checks and facts.checks[one.url].alive]
    if official and not living:
        yield _silent(official, facts)
    for one in draft.citations:
        yield from _link(one, facts, bool(living) or one not in official)
    confirmed = {one.name for one in facts.officials if one.confirmed_by}
    if living and not any(one.official in confirmed for one in living):
        yield Fault("resmi-belum-pasti", PERINGATAN, "citations", "Belum ada orang kantor yang memastikan lembaga ini "
                    "(confirmed_by di feeds.toml).", living[0].official)


def _silent(official: Sequence[Citation], facts: Facts) -> Fault:
    """No official source answers: a warning where one did within the week, for sites go down; else an error."""
    for one in official:
        if one.url in facts.answered:
            return Fault("sumber-resmi-padam", PERINGATAN, "citations", "Sumber resmi ini terbuka dalam 7 hari "
                         "terakhir, tetapi tidak pada pemeriksaan terakhir. Periksa lagi, atau tuliskan alasannya.",
                         one.url)
    return Fault("sumber-resmi-mati", GALAT, "citations", "Tidak satu pun sumber resmi dapat dibuka. Periksa "
                 "tautannya, lalu periksa lagi.", official[0].url)


def _link(one: Citation, facts: Facts, dead_matters: bool) -> Iterator[Fault]:
    check = facts.checks.get(one.url)
    if not one.url.startswith(("https://", "http://")):
        yield Fault("tautan-bentuk", GALAT, "citations", "Tautan harus berawalan https:// atau http://.", one.url)
    elif check is None or facts.now - check.at > STALE:
        yield Fault("tautan-lama", PERINGATAN, "citations", "Tautan ini belum diperiksa dalam 7 hari terakhir.",
                    one.url)
    elif not check.alive and dead_matters:
        yield Fault("tautan-mati", PERINGATAN, "citations", "Tautan ini tidak dapat dibuka.", one.url)


def official_of(url: str, officials: Iterable[Official]) -> str:
    """The name of the body whose own address this is, "" if of none."""
    return next((body.name for body in officials if belongs(Citation(url, "", body.name), officials)), "")


def belongs(one: Citation, officials: Iterable[Official]) -> bool:
    """Is the address one of the named body's own: on its domain, or below one of its accounts?"""
    host = (urlsplit(one.url).hostname or "").lower()
    return any(
        body.name == one.official and (host == body.domain or host.endswith("." + body.domain)
        or any(one.url.startswith(account.rstrip("/") + "/") for account in body.accounts))
        for body in officials
    )  # fmt: skip


def sentences(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """Sentences that are too hard to follow."""
    for name in ("headline", "summary", "explanation", "advice"):
        for sentence in SENTENCES.split(getattr(draft, name)):
            words = sentence.split()
            if len(words) > ENDLESS_SENTENCE:
                yield Fault("kalimat-sangat-panjang", GALAT, name, f"Kalimat ini {len(words)} kata. Pecah menjadi "
                            "beberapa kalimat.", sentence.strip()[:60])
            elif len(words) > LONG_SENTENCE:
                yield Fault("kalimat-panjang", PERINGATAN, name, f"Kalimat ini {len(words)} kata; {LONG_SENTENCE} kata "
                            "atau kurang lebih mudah dibaca.", sentence.strip()[:60])
            elif len(words) >= 10 and sum(len(word) > 11 for word in words) > LONG_WORDS * len(words):
                yield Fault("kata-sulit", PERINGATAN, name, "Banyak kata panjang dalam kalimat ini. Pakai kata "
                            "sehari-hari.", sentence.strip()[:60])


def pictures(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """Every picture is described, and blacked out by a person."""
    for name, alt in (("alt", draft.alt), *(("pictures", one.alt) for one in draft.pictures)):
        if not alt.strip():
            yield Fault("alt-kosong", GALAT, name, "Tulis teks alternatif: apa yang terlihat, untuk orang yang tidak "
                        "melihat gambarnya.")
        elif len(alt) < 15 or FILE.search(alt):
            yield Fault("alt-pendek", PERINGATAN, name, "Teks alternatif ini belum menjelaskan gambarnya.", alt[:60])
    for one in draft.pictures:
        if not one.redacted_by or one.page not in facts.redacted:
            yield Fault("gambar-belum-disamarkan", GALAT, "pictures", "Gambar bukti hanya terbit setelah seseorang "
                        "menghitamkan nama, wajah, dan nomor.", one.page[:12])


def markup(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """Tags and template strings, which would stand on the page as they are."""
    for name, text in draft.prose().items():
        found = MARKUP.search(text)
        if found:
            yield Fault("kode", GALAT, name, "Ada kode atau tanda kurung templat di teks. Tulis kalimat biasa.",
                        found[0][:60])
