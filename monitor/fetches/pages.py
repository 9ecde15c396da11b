"""Body -> code: pages that answer in place of the one asked for (portals, challenges, block pages, parked domains).

A marker counts only on a page with few visible words: an article about Internet Positif is an article.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

LOOKED_AT = 64 * 1024
FEW_WORDS = 2_000  # visible characters; block pages and challenges measure 30-1,200, articles begin near 1,500
HARDLY_ANY = 600

_FEED_ROOTS = (b"<rss", b"<feed", b"<rdf:rdf", b"<urlset", b"<sitemapindex")

_HOSTS = {
    "blocked": (
        "internetpositif.id",
        "internet-positif.info",
        "uzone.id",
        "mercusuar.info",
        "trustpositif.kominfo.go.id",
        "trustpositif.komdigi.go.id",
        "aduankonten.id",
        "internetbaik.telkomsel.com",
        "blockpage.xl.co.id",
        "netsafe.indosatooredoo.com",
        "restricted.tri.co.id",
    ),
    "portal": ("wifi.id", "hotspot.local", "captive.apple.com", "msftconnecttest.com"),
    "parked": ("sedoparking.com", "parkingcrew.net", "hugedomains.com", "dan.com", "afternic.com", "bodis.com"),
}

_TITLES = {
    "challenge": (
        "just a moment",
        "attention required! | cloudflare",
        "ddos-guard",
        "one moment, please",
        "checking your browser",
        "human verification",
        "are you a robot",
        "bot verification",
        "verifikasi keamanan",
        "captcha",
        "security check",
        "please wait while we verify",
    ),
    "portal": (
        "hotspot",
        "captive portal",
        "wifi.id",
        "user authentication",
        "firewall authentication",
        "network authentication",
        "internet login",
        "login wifi",
        "login wi-fi",
        "login internet",
        "sign in to network",
    ),
    "blocked": (
        "internet positif",
        "internetpositif",
        "internet sehat",
        "trust positif",
        "trustpositif",
        "situs diblokir",
        "situs terblokir",
        "halaman diblokir",
        "akses diblokir",
        "laman labuh",
        "web page blocked",
        "web filter",
        "access blocked",
        "site blocked",
        "fortiguard",
    ),
    "parked": (
        "domain for sale",
        "is for sale",
        "domain dijual",
        "parked domain",
        "domain parking",
        "account suspended",
        "akun ditangguhkan",
        "default web site page",
        "apache2 debian default page",
        "apache2 ubuntu default page",
        "welcome to nginx",
        "iis windows server",
        "expired domain",
    ),
}

_MARKUP = {
    "challenge": (
        b"_cf_chl_opt",
        b"cf-browser-verification",
        b"cf_captcha_kind",
        b"/orchestrate/chl_page",
        b"sucuri_cloudproxy_js",
        b"ddos-guard/js-challenge",
        b"_incapsula_resource",
        b"awswafcookiedomainlist",
        b"wsidchk",
        b"imunify360",
        b"slowaes.decrypt",
        b"h-captcha",
        b"g-recaptcha",
        b"cf-turnstile",
    ),
    "portal": (
        b"wispaccessgatewayparam",
        b"fgtauth",
        b"$(link-login",
        b"link-login-only",
        b"chilli/login",
        b"captiveportal",
        b"/hotspotlogin",
        b"sendin.username",
    ),
    "blocked": (
        b"internetpositif",
        b"internet-positif",
        b"mercusuar.uzone",
        b"trustpositif",
        b"lamanlabuh",
        b"aduankonten.id",
        b"fortiguard",
        b"blockpage",
    ),
    "parked": (
        b"sedoparking",
        b"parkingcrew",
        b"hugedomains",
        b"cgi-sys/suspendedpage",
        b"cgi-sys/defaultwebpage",
        b"window.park ",
        b"bodis.com",
    ),
}


def is_html(body: bytes) -> bool:
    """Whether the bytes open as an HTML page, whatever their Content-Type says."""
    opening = body[:2048].lstrip(b"\xef\xbb\xbf\x00 \t\r\n").lower()
    if opening.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<meta", b"<title")):
        return True
    return opening.startswith(b"<") and b"<html" in opening and not any(root in opening for root in _FEED_ROOTS)


def named(body: bytes, content_type: str = "", url: str = "", headers: Mapping[str, str] | None = None) -> str:
    """What the page is in place of the one asked for: portal, challenge, blocked, parked, or "" for none of these.

    `url` is the address that answered, `headers` lower-case names to values. Linear in the size of `body`.
    """
    if headers and "challenge" in headers.get("cf-mitigated", "").lower():
        return "challenge"
    host = (urlsplit(url).hostname or "") if url else ""
    for code, hosts in _HOSTS.items():
        if any(host == one or host.endswith("." + one) for one in hosts):
            return code
    if not is_html(body) and "html" not in content_type.lower():
        return ""
    return _named_html(body[:LOOKED_AT].lower())


def _named_html(html: bytes) -> str:
    if any(root in html[:2048] for root in _FEED_ROOTS):
        return ""
    title, visible = _read(html)
    if visible >= FEW_WORDS:
        return ""
    for code, titles in _TITLES.items():
        if any(one in title for one in titles):
            return code
    return next((code for code, marks in _MARKUP.items() if visible < HARDLY_ANY and any(m in html for m in marks)), "")


def _read(html: bytes) -> tuple[str, int]:
    """The title and the number of visible characters outside of scripts, styles, comments and the title itself."""
    title, visible, inside = "", 0, b""
    for piece in html.split(b"<"):
        if inside:
            inside = b"" if piece.startswith(inside) else inside
            visible += 0 if inside else len(b" ".join(piece.partition(b">")[2].split()))
            continue
        tag, _, text = piece.partition(b">")
        if tag.startswith((b"script", b"style", b"title", b"noscript")):
            inside = b"/" + tag.split()[0]
            if tag.startswith(b"title") and not title:
                title = " ".join(text.decode("utf-8", "replace").split())
        elif not tag.startswith(b"!--"):
            visible += len(b" ".join(text.split()))
    return title, visible
