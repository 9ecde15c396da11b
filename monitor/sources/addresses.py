"""an address as written -> the address we keep, or a fault: spelling, credentials, private space, groups."""

import re
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from url_normalize import url_normalize
from w3lib.url import canonicalize_url

from monitor.sources.checks import Unfit, plain

LONGEST = 2000
CLOSED = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/3",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3ffe::/16",
        "3fff::/20",
        "4000::/2",
        "8000::/1",
    )
)
NUMERIC = re.compile(r"(?:0[xX][0-9a-fA-F]*|\d+)(?:\.(?:0[xX][0-9a-fA-F]*|\d+)){0,3}\.?")
LOCAL = re.compile(r"(?:.*\.)?(?:localhost|local|internal|intranet|lan|home\.arpa)\.?")
HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?")


def split(value: str) -> SplitResult:
    """The parts of an http or https address without credentials; anything else is a fault."""
    value = value.strip()
    if len(value) > LONGEST or not value.isprintable() or " " in value or "\\" in value:
        raise Unfit("alamat terlalu panjang atau memuat spasi atau huruf yang tidak boleh", "unprintable address")
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError as why:
        raise Unfit('alamat tidak dapat dibaca; tulis seperti "https://kota.go.id/rss.xml"', str(why)[:200]) from why
    if parts.scheme not in ("http", "https"):
        raise Unfit("alamat harus diawali https:// atau http://", f"scheme {parts.scheme[:20]!r}")
    if "@" in parts.netloc:
        raise Unfit("alamat tidak boleh memuat nama pengguna atau sandi (bagian sebelum @)", "credentials in address")
    if not host:
        raise Unfit("alamat tidak memuat nama situs sesudah https://", "no host in address")
    return parts


def name(host: str) -> str:
    """The host in lower-case ASCII: an address without brackets, or a name that DNS could know."""
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    if NUMERIC.fullmatch(host):
        raise Unfit(
            "alamat IP ditulis dengan cara yang tidak lazim; tulis empat angka biasa, misalnya 10.20.1.5",
            f"odd spelling of an address: {host[:40]!r}",
        )
    try:
        ascii_host = host.encode("idna").decode().lower()
    except UnicodeError as why:
        raise Unfit("nama situs di dalam alamat tidak sah", str(why)[:200]) from why
    if len(ascii_host) > 253 or not HOST.fullmatch(ascii_host):
        raise Unfit("nama situs di dalam alamat tidak sah", f"bad host name {ascii_host[:60]!r}")
    return ascii_host


def address(value: str) -> str:
    """An http or https address that could be visited; whether it is private is judged later, with [network] allow."""
    name(split(value).hostname or "")
    return value.strip()


def address_if_any(value: str) -> str:
    """ "" or an address."""
    return address(value) if value.strip() else ""


def base(value: str) -> str:
    """ "" or an address without query and fragment, its last slash cut."""
    if not value.strip():
        return ""
    parts = split(address(value))
    if parts.query or parts.fragment:
        raise Unfit("alamat ini tidak boleh memuat tanda ? atau #", "query or fragment in base address")
    return value.strip().rstrip("/")


def proxy(value: str) -> str:
    """ "" or the address of an HTTP proxy; the way to the proxy itself is plain http."""
    found = base(value)
    if found and not found.startswith("http://"):
        raise Unfit("alamat proxy harus diawali http:// (jalur ke situs tetap terenkripsi)", "proxy is not http")
    return found


def contact(value: str) -> str:
    """What may stand in a User-Agent header: printable ASCII of at most 200 characters without ( ) or a quote."""
    value = plain(value)
    if len(value) > 200 or not value.isascii() or set(value) & set('()"<>'):
        raise Unfit(
            "tulis surel atau alamat https biasa, paling banyak 200 huruf, tanpa kurung atau kutip",
            "contact does not fit a header",
        )
    return value


def listening(value: str) -> str:
    """The address that the desk listens on: an IP address or localhost."""
    try:
        return "127.0.0.1" if value.strip().lower() == "localhost" else str(ip_address(value.strip()))
    except ValueError as why:
        raise Unfit('tulis alamat IP, misalnya "127.0.0.1"', str(why)[:200]) from why


def pin(value: str) -> str:
    """ "" or one IP address."""
    return listening(value) if value.strip() else ""


def server(value: str) -> str:
    """ "" or the name or address of a mail server, without scheme and port."""
    return name(plain(value)) if value.strip() else ""


def literal(host: str) -> bool:
    """Is the host an IP address rather than a name?"""
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def allowed(host: str, allow: tuple[str, ...]) -> bool:
    """Does one of the networks of [network] allow hold this IP address?"""
    return literal(host) and any(ip_address(host) in ip_network(block) for block in allow)


def private(host: str, allow: tuple[str, ...]) -> bool:
    """Does the host, as it is written, point into space that is not public and that `allow` does not open?

    Names are judged by their spelling only; the address that they lead to is judged at connect time by `web`.
    """
    if literal(host):
        return any(ip_address(host) in block for block in CLOSED) and not allowed(host, allow)
    return (bool(LOCAL.fullmatch(host)) or "." not in host.rstrip(".")) and not allow


def canonical(url: str) -> str:
    """One spelling for addresses that lead to the same place: case, default port, order of the query, no fragment."""
    try:
        return str(canonicalize_url(url_normalize(url) or url))
    except (ValueError, UnicodeError):
        return url
