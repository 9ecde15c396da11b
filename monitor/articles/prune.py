"""A parsed page or its text -> the same without what is not the article: shares, related lists, ads, "baca juga"."""

import re
from itertools import islice

from lxml import etree

from monitor.entries import dates, letters

CARD = 400
MOST = 0.4
MOST_HEADINGS = 2_000
LONG_PARAGRAPH = 120

_LABEL = r"(?:^|[\s_-])(?:%s)(?=$|[\s_-])"
_NEVER_PROSE = re.compile(
    _LABEL % r"baca[-_]?(?:juga|inline|lagi|pula)\S*|lihat[-_]?(?:jg|juga)|link-?sisip\w*|artikel-terkait|read-?also"
    r"|also-?read|related\w*|terkait|rekomendasi|recommend\w*|shar(?:e|ing)\w*|comments?|comment-?\w*|komentar|disqus\w*|fb-comments|jp-relatedposts|sharedaddy|addtoany\w*|sidebar\w*|side-?bar|footer"
    r"|popular|terpopuler|populer|trending|breadcrumbs?|more-?news",
    re.I,
)
_SELDOM_PROSE = re.compile(
    _LABEL % r"social\w*|sosmed|galler(?:y|ies)|galeri|widget\w*|adv\w{0,12}|ads?|banner\w*|iklan|newsletter"
    r"|subscri\w+|tags?|tag-?list|terkini|latest|pop-?up|modal|promo\w*|author-?box|author-?bio|next-?prev|prev-?next|pagination"
    r"|paging(?!-content)|post-?navigation|nav-?links|caption|wp-caption-text|photo-?credit|cookie\w*|login\w*|polling"
    r"|embed-?card|inline-?article|parallax\w*|scroll\w*to\w*|hidden|visually-hidden|sr-only|screen-reader-text",
    re.I,
)
_NEVER = ("script", "style", "noscript", "template", "iframe", "object", "svg", "button", "select", "textarea")
_FRAMES = ("nav", "aside", "footer", "form")
_BLOCKS = (*_FRAMES, "div", "section", "ul", "ol", "p", "li", "span", "figure", "figcaption", "table", "a")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")

_SHARES = "whatsapp|facebook|twitter|telegram|line|x|instagram|email|copy|share|link|tautan"
_DROPPED = re.compile(
    rf"""^(?:
      (?:baca|lihat|simak|tonton|saksikan|dengarkan|klik|pilihan|artikel|berita|video|konten)\s+
        (?:juga|pula|selengkapnya|selanjutnya|lainnya|lain|terkait|pilihan|lengkap|breaking\ news|artikel|berita|video
        |halaman|di\ sini)\b.{{0,200}}
      |baca\s*(?:juga)?\s*[:>»-].{{0,250}}
      |(?:advertisement|advertising|iklan|adv|sponsored|ads|scroll\ (?:to|untuk)\ .{{0,80}}|lanjutkan\ membaca.{{0,60}}
        |geser.{{0,60}}|halaman\ (?:selanjutnya|berikutnya|\d+).{{0,40}}|artikel\ ini\ telah\ tayang.{{0,200}}
        |konten\ ini\ (?:diproduksi|merupakan).{{0,200}})
      |\[?\s*(?:gambas|video|foto|twitter|instagram|embed)\s*:.{{0,120}}\]
      |(?:bagikan|share|tweet|kirim|salin(?:\ tautan)?|copy\ link|print|cetak|komentar|comments?|suka|like|simpan
        |dengarkan|laporkan|{_SHARES})
        (?:[\s,|/:+-]+(?:ke|via|di|on|this|artikel|berita|post|ini|{_SHARES}))*\W*\d*
      |(?:ikuti|dapatkan|gabung|bergabung|mari\ bergabung|follow|cek|temukan|download|unduh|klik|pantau|nikmati|update
        |simak|pilih|jangan\ lupa|yuk|langganan|subscribe)
        \b.{{0,160}}(?:google\ news|whatsapp|telegram|channel|kanal|media\ sosial|aplikasi|newsletter|notifikasi
        |instagram|youtube|tiktok|sini|ponselmu).{{0,200}}
      |(?:©|\(c\)|copyright|hak\ cipta|all\ rights\ reserved).{{0,200}}
      |(?:editor|reporter|penulis|pewarta|redaktur|sumber(?:\ foto)?|source|foto|fotografer|tags?|topik|label|kategori
        |category|oleh|rep|red|dok|kontributor)\s*[:/].{{0,120}}
      |(?:berita|artikel|video|foto|tags?|topik|related|posts?)\s+
        (?:terkait|terkini|terpopuler|populer|lainnya|rekomendasi|pilihan|posts?)\W{{0,3}}
      |(?:terkini(?:\ lainnya)?|terpopuler|trending|rekomendasi(?:\ untuk\ anda)?|pilihan\ redaksi|headline|populer
        |related|tags?|komentar)\W{{0,3}}
      |\*?\s*\*?\s*fakta\ atau\ hoaks\?.{{0,300}}
      |(?:berikut\ (?:ini\ )?video\ pilihan|video\ pilihan).{{0,150}}
      |(?:lihat\ postingan\ ini\ di|view\ this\ post\ on|a\ post\ shared\ by|sebuah\ kiriman\ dibagikan\ oleh
        |loading).{{0,150}}
      |the\ post\ .{{1,300}}\ (?:appeared\ first|first\ appeared)\ on.{{1,150}}
      |(?:selengkapnya|read\ more|continue\ reading|lanjut\ baca|next|prev(?:ious)?|sebelumnya|berikutnya|kembali
        |view\ gallery.{{0,20}})\W*
      |[\d.,]+\s*(?:k|rb|jt)?\s*
        (?:komentar|comments?|views?|kali(?:\ dibaca|\ dilihat)?|dibaca|dilihat|shares?|likes?|pembaca)\W*
      |\d{{1,3}}\W*|[\W_]+|halaman\s*:?\W*|perbesar|ringkasan\ berita\W*
      |ikuti\ (?:kami|kita)(?:\ (?:di|juga))?\W*
      |dilarang\ (?:keras\ )?(?:meng|meny|mem)\w+\ (?=.{{0,200}}(?:konten|tanpa\ izin|crawling)).{{0,300}}
      |[\w.]{{3,40}}\.(?:com|id|net)\ (?:sebagai\ media\ yang|berkomitmen\ memberikan\ fakta).{{0,300}}
      |(?:kamu\ suka\ berita|silakan\ sampaikan\ komentar|jangan\ lewatkan\ (?:video|berita|artikel)).{{0,200}}
      |(?:situs|website|kami|web)\ (?:ini\ )?menggunakan\ cookies?\b.{{0,300}}
      |(?:dibaca|dilihat|views?|hits)\s*:?\s*[\d.,]+(?:\ kali)?\W*
    )$""",
    re.I | re.X,
)
_ALSO = re.compile(r"^(?:baca|lihat|simak)\s+(?:juga|pula)\W*$", re.I)
_TAIL = re.compile(
    r"^(?:(?:berita|artikel|video)\s+(?:terkait|terkini|lainnya|populer)|terkini|terpopuler|rekomendasi)\W*$", re.I
)
_FOLDED = re.compile(r"display\s*:\s*none", re.I)
_HIDDEN = re.compile(
    r"visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{3,}|font-size\s*:\s*0(?![.\d])", re.I
)
_RETOLD = re.compile(
    r"\s*\b(?:artikel|berita) ini (?:telah|sudah|pernah) (?:di)?(?:tayang|terbit|muat|publikasi)\w* di\b.{0,500}$",
    re.I | re.M,
)
_CREDIT = re.compile(
    r"(?:^|[\s(\[.])(?:Foto|FOTO|Dok|DOK|Photo|Sumber [Ff]oto)\s?\.?\s?[:/]\s?[^.!?:]{2,60}[)\]]?\.?$"
    r"|[(\[][A-Z][\w. ]{0,40}(?:\.com|\.id|FOTO|Foto|News|Indonesia)/[A-Z][^()\[\]]{1,40}[)\]]\.?$"
    r"|\bANTARA(?: FOTO)?/[A-Z][\w. ]{2,40}$"
)
_INITIALS = re.compile(
    r"^(?:\([\w.]{2,30}(?:/[\w. ]{2,30})*\)|\[[a-z.]{2,30}(?:/[\w. ]{2,30})*\])[.\s]*$"
    r"|\s\([a-z]{2,6}(?:/[a-z]{2,6})+\)$|(?<=[.!?\"”])\s*\([a-z]{2,6}\)$"
)
_LETTER = re.compile(r"[A-Za-z]")
_BAR = re.compile(r"\s*[|•·]\s*")
_STAMP = re.compile(r"^(?:pada|diperbarui|diterbitkan|terbit|published|updated|tayang|oleh|-|\||,|:|\s)+", re.I)
_ENDED = re.compile(r"""[.!?:;)"”’'…]\W*$""")


def prune(root: etree._Element, title: str = "") -> None:
    """Take furniture and cards of other articles out of a parsed page, never what holds much of its own text.

    What stands before the headline (`title`) is no part of the article either.
    """
    etree.strip_elements(root, *_NEVER, with_tail=False)
    _unlayout(root)
    most = _weight(root) * MOST
    head = next((one for one in root.iter("h1") if title and " ".join("".join(one.itertext()).split()) == title), None)
    for one in [] if head is None else [head, *head.iterancestors()]:
        for before in list(one.itersiblings(preceding=True)):
            _drop(before, most)
    standing = [root]
    while standing:
        one = standing.pop()
        if not (_is_furniture(one) and _drop(one, most)):
            standing.extend(reversed(one))
    for heading in list(root.iter(*_HEADINGS))[:MOST_HEADINGS]:
        card = _card(heading)
        if card is not None:
            _drop(card, most)


def _unlayout(root: etree._Element) -> None:
    """Tables that only lay a page out become blocks: in their cells stand paragraphs."""
    for cell in [one for one in root.iter("td") if _is_prose(one)]:
        for above in [cell, *cell.iterancestors("tr", "tbody", "table")]:
            for one in (above, *(above if above.tag == "tr" else ())):
                one.tag = "div"


def _is_furniture(one: etree._Element) -> bool:
    if one.tag in _FRAMES or _is_unseen(one):
        return True
    label = f"{one.get('class') or ''} {one.get('id') or ''}".strip() if one.tag in _BLOCKS else ""
    if not label:
        return False
    return bool(_NEVER_PROSE.search(label)) or bool(_SELDOM_PROSE.search(label) and not _is_prose(one))


def _is_unseen(one: etree._Element) -> bool:
    """Text put out of sight, as on hijacked sites; what is only folded away ("baca selengkapnya") is part of a page."""
    style = one.get("style") or ""
    if _HIDDEN.search(style):
        return True
    if one.get("hidden") is None and not _FOLDED.search(style):
        return False
    return _weight(one) <= max(LONG_PARAGRAPH, _letters(one) / 2)


def _is_prose(one: etree._Element) -> bool:
    """Two paragraphs of some length that are no links: an article in an oddly named box."""
    return sum(1 for p in islice(one.iter("p"), 200) if _weight(p) > LONG_PARAGRAPH) >= 2


def _card(heading: etree._Element) -> etree._Element | None:
    """The smallest block of a teaser: a linked heading, a few words and a picture, none of the page's own text."""
    inside = any(one.tag == "a" for one in islice(heading.iterancestors(), 3))
    if not inside and heading.find(".//a[@href]") is None:
        return None
    card = heading
    for above in heading.iterancestors("div", "li", "article", "a", "section"):
        if _letters(above) > CARD or len(list(above.iter(*_HEADINGS, "h1"))) > 1:
            break
        card = above
    return card


def _weight(one: etree._Element) -> int:
    """Letters outside of links."""
    return _letters(one) - sum(map(_letters, one.iter("a")))


def _letters(one: etree._Element) -> int:
    return sum(len(piece.strip()) for piece in one.itertext())


def _drop(one: etree._Element, most: float) -> bool:
    parent = one.getparent()
    if parent is None or one.tag in ("html", "body") or next(one.iter("h1"), None) is not None or _weight(one) > most:
        return False
    before = one.getprevious()
    if one.tail and before is not None:
        before.tail = (before.tail or "") + one.tail
    elif one.tail:
        parent.text = (parent.text or "") + one.tail
    parent.remove(one)
    return True


def paragraphs(text: str, title: str = "") -> str:
    """Clean lines: no boilerplate, no repeated title, no bare dates, nothing after the list of related articles."""
    kept: list[str] = []
    skipping = 0
    for one in map(_uncelled, letters.lines(_RETOLD.sub("", text), letters.TEXT * 2).split("\n")):
        line = one.lstrip("-•*▪ ").strip() if one.startswith(("- ", "• ", "▪ ")) else one
        if skipping and _is_teaser(line):
            skipping -= 1
            continue
        skipping = 5 if _ALSO.match(line) else 0
        kept.append("" if not line or _DROPPED.match(line) or _is_credit(line, kept) else one)
    said = [one for one in _untailed(kept) if one and not _same(one, title)]
    said = [one for at, one in enumerate(said) if at > 2 or not _is_stamp(one)]
    return "\n".join(dict.fromkeys(said))[: letters.TEXT].rstrip()


def _uncelled(line: str) -> str:
    """A row of a table without the bars around it."""
    return line[1:-1].strip() if line.startswith("| ") and line.endswith("|") else line


def _is_credit(line: str, before: list[str]) -> bool:
    """Whether a line is the caption of a picture: it ends with who took it. Later ones must say "Foto"."""
    found = _CREDIT.search(line) if len(line) < 200 else None
    return found is not None and (len("".join(before)) < 200 or "foto" in found.group().lower())


def _is_teaser(line: str) -> bool:
    return len(line) < 140 and not _ENDED.search(line) and len(line.split()) > 3


def _same(line: str, title: str) -> bool:
    return bool(title) and line.casefold().strip(" .\"'“”") == title.casefold().strip(" .\"'“”")


def _is_stamp(line: str) -> bool:
    if len(line) < 60 and len(_LETTER.findall(line)) < 30 and dates.readable(_STAMP.sub("", line)):
        return True
    parts = _BAR.split(line)
    return len(line) < 120 and len(parts) > 1 and any(dates.readable(part) for part in parts)


def _untailed(lines: list[str]) -> list[str]:
    lines = _signed(lines)
    for at, line in enumerate(lines):
        if at and _TAIL.match(line) and all(len(one) < 200 for one in lines[at:]):
            return lines[:at]
    while lines and _is_teaser(lines[-1]) and len(lines) > 3 and _looks_linked(lines[-1]):
        lines = lines[:-1]
    return lines


def _signed(lines: list[str]) -> list[str]:
    """Indonesian reports end with the initials of their writers, "(abc/def)"; what follows is the site's own."""
    for at in range(len(lines) - 1, len(lines) // 2, -1):
        found = _INITIALS.search(lines[at])
        if found and all(len(one) < 200 for one in lines[at + 1 :]):
            return [*lines[:at], lines[at][: found.start()].rstrip()]
    return lines


def _looks_linked(line: str) -> bool:
    words = [word for word in line.split() if word[:1].isalpha()]
    return len(words) > 4 and sum(1 for word in words if word[0].isupper()) / len(words) > 0.7
