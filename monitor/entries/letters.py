"""bytes -> text, HTML -> prose: what was sent becomes clean letters once, here, before anything else looks at it.

Bounds (characters): title 500, author 200, summary 5,000, HTML of a whole article 500,000, text 100,000.
"""

import codecs
import html
import re
import zlib

from lxml import etree

MOST_ATTRIBUTES = 300
INFLATED = 10 * 1024 * 1024
TITLE, AUTHOR, SUMMARY, CONTENT, TEXT = 500, 200, 5_000, 500_000, 100_000

# `huge_tree` only lifts the depth from 256 to 2,048 elements, at which the rest of a page would be lost.
_PARSER = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.I)
_SENT = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.I)
_BROKEN = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ufeff]")
_LOW = bytes(n for n in (*range(32), 127) if n not in (9, 10))
_HIGH = (b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"\xef\xbb\xbf")
_SECOND = re.compile(rb"\xc2[\x80-\x9f]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf]")
_BREAK = re.compile("[\x0b\x0c]")
# UTF-8 that was read as windows-1252 (or Latin-1) and written once more: "â€œ", "Ã©", "Â ".
_TWICE_SIGNS = ("\u00e2", "\u00c2", "\u00c3", "\u00f0")
_HIGH_BYTES = "\u0080-\u00bf" + bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")
_TWICE = re.compile(
    f"[\u00c2\u00c3][{_HIGH_BYTES}]|\u00e2[{_HIGH_BYTES}]{{2}}|\u00f0[{_HIGH_BYTES}]{{3}}|\u00e2\u20ac\ufffd"
)
_LONG_TAG = re.compile(r"<[^<>]{4000,}>")
_TAG = re.compile(r"<[A-Za-z/!?]")
_ESCAPED = re.compile(r"</?(?:p|br|div|a|img|b|strong|i|em|span|ul|ol|li|h\d|figure|table)\b[^<>]*>", re.I)
_AS_WRITTEN = ("pre", "script", "style", "textarea")
_LINED = re.compile(r"<(?:p|br|div|li|h\d|tr|pre|blockquote)\b", re.I)
_WRAPPED = re.compile(r"[ \t]*\n\s*")
_WRAPPED_ONCE = re.compile(r"(?<!\n)[ \t]*\n(?![ \t]*\n)[ \t]*")
_IMAGE = re.compile(r"<img\b([^<>]{1,2000})>", re.I)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(["'])(.*?)\2""", re.S)
_UNSEEN = ("script", "style", "noscript", "template", "iframe", "object", "svg", "form", "button", "select", "textarea")
_BLOCKS = (
    "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "figure",
    "figcaption", "section", "article", "header", "footer", "pre", "dt", "dd", "hr",
)  # fmt: skip


def decode(body: bytes, content_type: str = "") -> tuple[str, str]:
    """(text, doubt): valid UTF-8 wins over what header and document declare; no NUL, no lone surrogates remain."""
    encoding, doubt = _encoding(body, content_type)
    return clean(_once(body.decode(encoding, "replace").removeprefix("\ufeff"))), doubt


def inflated(body: bytes) -> bytes:
    """A gzip file unpacked once, as sitemaps and some servers send them without saying so; at most 10 MiB of it."""
    if not body.startswith(b"\x1f\x8b\x08"):
        return body
    try:
        return zlib.decompressobj(wbits=31).decompress(body, INFLATED)
    except zlib.error:
        return body


def _once(text: str) -> str:
    """Letters that were encoded twice, read once more."""
    if text.isascii() or not any(sign in text for sign in _TWICE_SIGNS):
        return text
    return _TWICE.sub(lambda found: _reread(found.group()), text)


def _reread(letters: str) -> str:
    if letters.endswith("\ufffd"):
        return "\u201d"
    raw = bytearray()
    for one in letters:
        raw += one.encode("latin-1") if one <= "\xff" else one.encode("cp1252")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return letters


def clean(text: str) -> str:
    """NUL and lone surrogates replaced, control characters dropped, line ends made one."""
    if text.isprintable():
        return text
    if len(text) > 500 and not _soiled(text.encode("utf-8", "surrogatepass")):
        return text
    mended = _BROKEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub("", _BREAK.sub(" ", mended))


def _soiled(raw: bytes) -> bool:
    """Whether anything in a long text needs cleaning: the same question as the patterns ask, twenty times faster."""
    if len(raw.translate(None, _LOW)) < len(raw) or any(mark in raw for mark in _HIGH):
        return True
    return bool((b"\xc2" in raw and _SECOND.search(raw)) or (b"\xed" in raw and _SURROGATE.search(raw)))


def line(text: str, limit: int) -> str:
    """One line: clean, whitespace made single spaces, at most `limit` characters."""
    return " ".join(clean(_once(text)).split())[:limit].rstrip()


def lines(text: str, limit: int) -> str:
    """Paragraphs: clean, one a line, no empty lines, at most `limit` characters."""
    held = (" ".join(one.split()) for one in clean(_once(text)).split("\n"))
    return "\n".join(one for one in held if one)[:limit].rstrip()


def looks_marked(text: str) -> bool:
    """Whether the text holds markup or references that prose() would resolve."""
    return "&" in text or ("<" in text and bool(_TAG.search(text)))


def prose(markup: str, limit: int) -> str:
    """The words of a piece of HTML, paragraphs on lines of their own; text escaped twice is resolved once more."""
    if not looks_marked(markup):
        return lines(markup, limit)
    text = lines(_words(markup), limit)
    if _ESCAPED.search(text):
        return lines(_words(text), limit)
    return text


def headline(markup: str) -> str:
    """A title on one line, without markup."""
    return line(prose(markup, TITLE * 2), TITLE)


def lightened(markup: str) -> str:
    """The markup without tags of hundreds of attributes, over which libxml2 is quadratic (40,000 of them take 12 s)."""
    return _LONG_TAG.sub(lambda tag: "" if tag.group().count("=") > MOST_ATTRIBUTES else tag.group(), markup)


def fragment(markup: str) -> etree._Element | None:
    """The parsed tree of a piece of HTML, None if nothing is in it."""
    try:
        return etree.fromstring(lightened(clean(markup)).encode("utf-8", "replace"), _PARSER)
    except (etree.LxmlError, ValueError):
        return None


def _words(markup: str) -> str:
    if not _TAG.search(markup):
        return html.unescape(markup)
    root = fragment(markup)
    return "" if root is None else words(root, bool(_LINED.search(markup)))


def words(root: etree._Element, lined: bool = True) -> str:
    """The text of a parsed piece of HTML (which this changes), blocks divided by line ends.

    Line ends of the source are white space, as in a browser; but where no markup makes lines (`lined` False), an
    empty line does.
    """
    etree.strip_elements(root, *_UNSEEN, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    unwrap(root, lined)
    for one in root.iter(*_BLOCKS):
        one.text = "\n" + (one.text or "")
        one.tail = "\n" + (one.tail or "")
    for one in root.iter("br"):
        one.tail = "\n" + (one.tail or "")
    for one in root.iter("td", "th"):
        one.tail = " " + (one.tail or "")
    return "".join(root.itertext())


def unwrap(root: etree._Element, lined: bool = True) -> None:
    """Make the line ends of the source white space, save where the page asks for them (pre, white-space: pre-line)."""
    wrapped = _WRAPPED if lined else _WRAPPED_ONCE
    kept = {one for one in root.iter(etree.Element) if one.tag in _AS_WRITTEN or _pre(one)}
    for one in root.iter(etree.Element):
        if one.text and "\n" in one.text and one not in kept:
            one.text = wrapped.sub(" ", one.text)
        if one.tail and "\n" in one.tail and one.getparent() not in kept:
            one.tail = wrapped.sub(" ", one.tail)


def _pre(one: etree._Element) -> bool:
    said = f"{one.get('class') or ''} {one.get('style') or ''}"
    return "pre-line" in said or "pre-wrap" in said


def first_image(markup: str) -> str:
    """The address of the first picture in a piece of HTML as it is written, tracking pixels passed over."""
    for tag in _IMAGE.findall(markup):
        held = {name.lower(): html.unescape(value) for name, _, value in _ATTRIBUTE.findall(tag)}
        address = (held.get("data-src") or held.get("src") or "").strip()
        if address and not address.startswith("data:") and not {held.get("width"), held.get("height")} & {"0", "1"}:
            return address
    return ""


def _encoding(body: bytes, content_type: str) -> tuple[str, str]:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return encoding, ""
    opening = body[:4].lstrip()
    if opening.startswith(b"<\x00"):
        return "utf-16-le", ""
    if opening.startswith(b"\x00<"):
        return "utf-16-be", ""
    declared = _declared(body, content_type)
    if _is_utf8(body):
        odd = declared not in ("", "utf-8", "ascii") and not body.isascii()
        return "utf-8", f"declared as {declared}, is UTF-8" if odd else ""
    if declared and declared != "utf-8":
        return ("cp1252" if declared in ("iso8859-1", "ascii") else declared), ""
    return _mixed(body)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(body) - 3 and error.reason == "unexpected end of data"
    return True


def _mixed(body: bytes) -> tuple[str, str]:
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    good = sum(1 for letter in text if letter > "\x7f") - broken
    return ("utf-8" if good >= broken else "cp1252"), "not valid in the declared charset"


def _declared(body: bytes, content_type: str) -> str:
    sent = _SENT.search(content_type)
    written = _DECLARED.search(body[:2048])
    for name in (sent.group(1) if sent else "", written.group(1).decode("ascii", "ignore") if written else ""):
        try:
            found = codecs.lookup(name)
        except LookupError:
            continue
        if found._is_text_encoding and found.name not in ("utf-7", "idna", "punycode", "unicode-escape", "undefined"):
            return found.name
    return ""
