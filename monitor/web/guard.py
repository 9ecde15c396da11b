"""Address -> Trouble or nothing: which spellings, networks and ports a collecting client may connect to.

The *connected* address is judged, after the name was resolved and before a byte is sent, so that a name which
resolves anew to something else (DNS rebinding) gains nothing.
"""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import httpx

from monitor.web.limits import Trouble

Address = IPv4Address | IPv6Address
Net = IPv4Network | IPv6Network

LONGEST_URL = 4_096
PORTS = frozenset((80, 81, 443, 8000, 8008, 8080, 8081, 8088, 8443, 8888))
SYSTEM_PORTS = frozenset((80, 443))  # below 1024, on networks that the operator opened
DEFAULT_PORT = {"http": 80, "https": 443}

# IANA's special-purpose registries, and all of IPv6 outside of 2000::/3. The names go into the cause.
_REFUSED = (
    ("0.0.0.0/8", "this network"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "shared address space"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "IETF protocol assignments"),
    ("192.0.2.0/24", "documentation"),
    ("192.31.196.0/24", "AS112"),
    ("192.52.193.0/24", "AMT"),
    ("192.88.99.0/24", "6to4 relay"),
    ("192.168.0.0/16", "private"),
    ("192.175.48.0/24", "AS112"),
    ("198.18.0.0/15", "benchmarking"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("255.255.255.255/32", "broadcast"),
    ("240.0.0.0/4", "reserved"),
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("::/96", "IPv4-compatible"),
    ("::ffff:0:0/96", "IPv4-mapped"),
    ("::ffff:0:0:0/96", "IPv4-translated"),
    ("64:ff9b::/96", "NAT64"),
    ("64:ff9b:1::/48", "local NAT64"),
    ("100::/64", "discard-only"),
    ("::/3", "outside of global unicast"),
    ("2001::/32", "Teredo"),
    ("2001::/23", "IETF protocol assignments"),
    ("2001:db8::/32", "documentation"),
    ("2002::/16", "6to4"),
    ("2620:4f:8000::/48", "AS112"),
    ("3ffe::/16", "6bone"),
    ("3fff::/20", "documentation"),
    ("fc00::/7", "unique local"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
    ("4000::/2", "outside of global unicast"),
    ("8000::/1", "outside of global unicast"),
)
REFUSED: tuple[tuple[Net, str], ...] = tuple((ip_network(net), name) for net, name in _REFUSED)

_LOW_32 = tuple(IPv6Network(n) for n in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48"))
_LOCAL_NAT64, _SIX_TO_FOUR, _TEREDO = (IPv6Network(n) for n in ("64:ff9b:1::/48", "2002::/16", "2001::/32"))
_ISATAP = frozenset((0x00005EFE, 0x02005EFE))
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
_QUAD = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")


class Guard:
    """Judges addresses: `allow` opens networks (CIDR) that are refused otherwise, `own_ports` stay shut everywhere."""

    def __init__(self, allow: Iterable[str] = (), own_ports: Iterable[int] = ()) -> None:
        self._allow = tuple(ip_network(net, strict=False) for net in allow)
        self._own_ports = frozenset(own_ports)

    def judge(self, host: str, port: int) -> None:
        """Trouble where `host` (a numeric address, as connected to) or `port` is not to be visited."""
        self.judge_network(host)
        if not self._port_open(numeric(host), port):
            raise Trouble("port", f"port {port} of {host} is refused")

    def judge_network(self, host: str) -> None:
        """Trouble where `host` (a numeric address) lies in a network that is not to be visited."""
        if refused := self._network(numeric(host)):
            raise Trouble("address", f"{host} is refused: {refused}")

    def _network(self, address: Address) -> str:
        for layer in (address, *embedded(address)):
            if self._opened(layer):
                continue
            for net, name in REFUSED:
                if layer.version == net.version and layer in net:
                    return name if layer is address else f"{name} ({layer} within)"
        return ""

    def _opened(self, address: Address) -> bool:
        return any(address.version == net.version and address in net for net in self._allow)

    def _port_open(self, address: Address, port: int) -> bool:
        if port in self._own_ports:
            return False
        if self._opened(address):
            return port in SYSTEM_PORTS or 1024 <= port <= 65535
        return port in PORTS


def numeric(host: str) -> Address:
    """The address that a resolver or a literal gave; one with a zone is none."""
    try:
        if "%" in host:
            raise ValueError("an address with a zone")
        return ip_address(host)
    except ValueError as fault:
        raise Trouble("address", f"{host[:100]!r} is refused: {fault}") from None


def embedded(address: Address) -> tuple[IPv4Address, ...]:
    """Every IPv4 address that an IPv6 address may carry to its far end (RFC 4291, 6052, 3056, 4380, 5214)."""
    if isinstance(address, IPv4Address) or address.is_loopback or address.is_unspecified:
        return ()
    bits, found = int(address), []
    if any(address in net for net in _LOW_32):
        found.append(bits)
    if address in _LOCAL_NAT64:
        found.append((bits >> 64 & 0xFFFF) << 16 | bits >> 40 & 0xFFFF)
    if address in _SIX_TO_FOUR:
        found.append(bits >> 80)
    if address in _TEREDO:
        found += [bits >> 64, ~bits]
    if bits >> 32 & 0xFFFFFFFF in _ISATAP:
        found.append(bits)
    return tuple(IPv4Address(one & 0xFFFFFFFF) for one in found)


def spelled(text: str) -> httpx.URL:
    """The address in its one spelling, without fragment and trailing dot; Trouble where it has no plain one.

    Refused: other schemes than http and https, credentials, numbers in odd spellings (`127.1`, `0x7f000001`,
    `2130706433`), zones, and names that no resolver should see.
    """
    if len(text) > LONGEST_URL:
        raise Trouble("spelling", f"an address of {len(text)} characters")
    try:
        url = httpx.URL(text.strip())
        host = url.raw_host.decode("ascii").lower()
        if url.scheme not in DEFAULT_PORT:
            raise ValueError(f"scheme {url.scheme[:20]!r}")
        if url.userinfo:
            raise ValueError("credentials in the address")
        if not 1 <= port(url) <= 65535:
            raise ValueError("a port that is none")
        return url.copy_with(host=_host(host), fragment=None, raw_path=url.raw_path)
    except (httpx.InvalidURL, ValueError, TypeError, Trouble) as fault:
        raise Trouble("spelling", f"{text[:200]!r}: {fault}") from None


def joined(base: httpx.URL, location: str) -> httpx.URL:
    """Where a redirect leads; Trouble where that is no plain address, or falls back from https to http."""
    try:
        url = spelled(str(base.join(location)))
    except (httpx.InvalidURL, ValueError, TypeError) as fault:
        raise Trouble("spelling", f"redirect to {location[:200]!r}: {fault}") from None
    if base.scheme == "https" and url.scheme == "http":
        raise Trouble("downgrade", f"redirect from https to {str(url)[:200]}")
    return url


def port(url: httpx.URL) -> int:
    """The port that a client of this address connects to."""
    return DEFAULT_PORT[url.scheme] if url.port is None else url.port


def origin(url: httpx.URL) -> str:
    """Scheme, host and port as one text: what robots.txt and channels are bound to."""
    return f"{url.scheme}://{url.raw_host.decode('ascii')}:{port(url)}"


def _host(host: str) -> str:
    if ":" in host:
        return str(numeric(host))
    name = host.removesuffix(".")
    if _QUAD.fullmatch(name):
        return str(IPv4Address(name))
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError(f"host {host[:100]!r}")
    if _NUMBER.fullmatch(labels[-1]):
        raise ValueError(f"host {host[:100]!r} is a number in an odd spelling")
    return name
