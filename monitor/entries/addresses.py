"""an address as written -> the address we keep, and the key that makes two entries one.

`target` refuses what is not a page (javascript:, mailto:, credentials) and keeps a spelling that can be visited;
`key` is bolder, it only compares: scheme, www/m/amp hosts, AMP forms and print views are one article.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from monitor.sources import canonical

LONGEST = 2_000
LONGEST_KEY = 300

_PLAIN = re.compile(r"https?://(?:[a-z][a-z0-9-]*\.)+[a-z]{2,12}(?:/[A-Za-z0-9_-]+)+(?:\.html?|\.php|/)?")
_BARE = re.compile(r"www\.[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}(?:[/?#]|$)", re.I)
_DROPPED = re.compile(r"[\t\n\r]")
_TRACKING = re.compile(
    r"(?:utm_|mtm_|pk_|hsa_|at_(?:medium|campaign)|__twitter|wpsrc)\w*"
    r"|(?:fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|_ga|_gl|ref_src"
    r"|ref_url|cmpid|ocid|ncid|s_cid|xtor|spm|oly_enc_id|oly_anon_id|vero_id|__s|_hsenc|_hsmi|wt_mc|zanpid|ceid)",
    re.I,
)
_SAME_PAGE = {
    ("amp", ""), ("amp", "1"), ("amp", "true"), ("output", "amp"), ("outputtype", "amp"), ("m", "1"), ("m", "0"),
    ("page", "all"), ("page", "1"), ("single", "1"), ("print", "1"), ("view", "mobile"), ("ref", "rss"),
    ("source", "rss"), ("from", "rss"), ("alt", "rss"),
}  # fmt: skip
_SHADOWS = re.compile(r"^(?:www\d?|m|mobile|amp|wap)\.(?=[^.]+\.[^.]+)")
_AMP_PATH = re.compile(r"^/amp(?=/)|/amp/?$|\.amp(?=\.html?$|$)")
_REDIRECTS = {
    "google.com": ("url", "q"), "google.co.id": ("url", "q"), "news.google.com": ("url",), "bing.com": ("url", "u"),
    "msn.com": ("url",), "facebook.com": ("u",), "l.facebook.com": ("u",), "lm.facebook.com": ("u",),
    "l.instagram.com": ("u",), "youtube.com": ("q",), "vk.com": ("to",), "out.reddit.com": ("url",),
    "feedproxy.google.com": ("url",), "t.umblr.com": ("z",), "away.vk.com": ("to",), "news.yahoo.com": ("url",),
}  # fmt: skip
_AGGREGATORS = (
    "news.google.com", "google.com", "google.co.id", "bing.com", "msn.com", "search.yahoo.com", "news.yahoo.com",
    "feeds.feedburner.com", "feedburner.com", "feedproxy.google.com", "feedsportal.com", "ampproject.org",
    "flipboard.com", "today.line.me", "rss.app", "feedly.com", "inoreader.com", "babe.news", "newsbreak.com",
    "feedspot.com", "l.facebook.com", "lm.facebook.com",
)  # fmt: skip
_SECOND = {
    "ac", "biz", "co", "com", "desa", "edu", "go", "gov", "mil", "my", "net", "or", "org", "ponpes", "sch", "web", "ne",
}  # fmt: skip
_SHARED_HOSTS = ("blogspot.com", "wordpress.com", "github.io", "my.id", "medium.com", "substack.com", "wixsite.com")


def target(written: str, base: str) -> str:
    """The address of a page, absolute and in one spelling, without tracking and fragment; "" if it is none."""
    if _PLAIN.fullmatch(written):
        return written if len(written) <= LONGEST else ""
    joined = _joined(written, base)
    return _spelt(joined) if joined and len(joined) <= LONGEST else ""


@lru_cache(maxsize=8192)
def key(address: str) -> str:
    """What two addresses of one article have in common, at most 300 characters; `address` as target() gives it."""
    place, _, query = address.partition("://")[2].partition("?")
    name, slash, path = place.partition("/")
    host = _SHADOWS.sub("", name)
    path = _AMP_PATH.sub("", slash + path).rstrip("/")
    pairs = parse_qsl(query, True) if query else []
    query = urlencode([pair for pair in pairs if (pair[0].lower(), pair[1]) not in _SAME_PAGE])
    return bounded(f"url:{host}{path}" + (f"?{query}" if query else ""))


def bounded(identity: str) -> str:
    """An identity that fits an index: the long ones end in their hash."""
    if len(identity) <= LONGEST_KEY:
        return identity
    return identity[: LONGEST_KEY - 65] + "#" + sha256(identity.encode("utf-8", "replace")).hexdigest()


@lru_cache(maxsize=4096)
def host(address: str) -> str:
    """The host of an address without www., "" if there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def site(name: str) -> str:
    """The part of a host that is registered as one: kompas.com, diskominfo.kotacontoh.go.id -> kotacontoh.go.id."""
    labels = name.lower().rstrip(".").split(".")
    if any(name.endswith("." + shared) for shared in _SHARED_HOSTS):
        return ".".join(labels[-3:])
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND else 2
    return ".".join(labels[-keep:])


@lru_cache(maxsize=4096)
def aggregator(name: str) -> str:
    """The aggregator that a host belongs to, "" for none."""
    return next((one for one in _AGGREGATORS if name == one or name.endswith("." + one)), "")


def unwrapped(address: str) -> str:
    """The publisher's address that an aggregator's address itself holds, "" if it holds none. No network."""
    name = host(address)
    if not (aggregator(name) or name in _REDIRECTS):
        return ""
    for found in _held(address, name):
        inner = target(found, address) if found.startswith(("http://", "https://")) else ""
        if inner and host(inner) != name:
            return inner
    return ""


def _held(address: str, name: str) -> Iterable[str]:
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    yield from (query[label] for label in _REDIRECTS.get(name, ("url", "u", "q")) if label in query)
    if name.endswith("google.com") or name.endswith("google.co.id") or name.endswith("ampproject.org"):
        amp = re.match(r"/(?:amp|[civ])/(s/)?([a-z0-9-]+\.[^?]+)", parts.path)
        if amp:
            yield ("https://" if amp.group(1) else "http://") + amp.group(2)
    if name == "news.google.com":
        yield from _google(parts.path)
    if name.endswith("yahoo.com") and "/RU=" in parts.path:
        yield unquote(parts.path.split("/RU=", 1)[1].split("/", 1)[0])


def _google(path: str) -> Iterable[str]:
    """Older Google News addresses carry the target in base64; newer ones an opaque id."""
    coded = path.rsplit("/", 1)[-1]
    try:
        raw = base64.urlsafe_b64decode(coded + "=" * (-len(coded) % 4))
    except (binascii.Error, ValueError):
        return
    for found in re.finditer(rb"https?://[\x21-\x7e]+", raw):
        yield found.group().decode("ascii")


def _joined(written: str, base: str) -> str:
    text = _DROPPED.sub("", written).strip("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c \xa0\u200b\ufeff\u3000")
    if not text or text.startswith("#"):
        return ""
    if _BARE.match(text):
        text = f"https://{text}"
    if text[0] == "/" and text[1:2] not in ("/", "\\") and "/." not in text:
        return _origin(base) + text if _origin(base) else ""
    try:
        joined = text if text.startswith(("http://", "https://")) else urljoin(base, text)
        parts = urlsplit(joined)
        name, _ = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not name:
        return ""
    return joined if "." in name or ":" in name or name == "localhost" else ""


@lru_cache(maxsize=256)
def _origin(base: str) -> str:
    joined = _joined(base, "") if base.startswith(("http://", "https://")) else ""
    return "/".join(joined.split("/", 3)[:3]).partition("?")[0]


@lru_cache(maxsize=4096)
def _spelt(joined: str) -> str:
    place, _, query = joined.partition("#")[0].partition("?")
    pairs = [pair for pair in query.split("&") if pair and not _TRACKING.fullmatch(pair.split("=", 1)[0])]
    bare = f"{place}?{'&'.join(pairs)}" if pairs else place
    if _PLAIN.fullmatch(bare):
        return bare
    found = canonical(bare)
    return found if found.startswith(("http://", "https://")) and len(found) <= LONGEST else ""
