"""Door web, its guard: which addresses, spellings and ports may be visited; the order in which errands leave."""

import re
from pathlib import Path

import httpx
import pytest

from monitor.web import robots
from monitor.web.guard import PORTS, Guard, embedded, joined, numeric, origin, spelled
from monitor.web.limits import Trouble
from monitor.web.lines import Lines

DATA = Path(__file__).parent / "data" / "web"
ESCAPES = {"t": "\t", "n": "\n", "0": "\0"}


def rows(name: str) -> list[str]:
    return [line for line in (DATA / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


ADDRESSES = [(*line.split(maxsplit=2),) for line in rows("addresses.txt")]
SPELLINGS = [(line[:9].strip(), line[9:50].strip(), line[50:]) for line in rows("spellings.txt")]


def code(guard: Guard, address: str, port: int = 80) -> str:
    try:
        guard.judge(address, port)
    except Trouble as trouble:
        return trouble.code
    return ""


def test_the_table_is_large() -> None:
    assert len({address for _, address, _ in ADDRESSES}) >= 200


@pytest.mark.parametrize("verdict, address, why", ADDRESSES)
def test_addresses(verdict: str, address: str, why: str) -> None:
    assert code(Guard(), address) == ("address" if verdict == "refused" else ""), why


ALLOWED = [
    (("127.1.0.0/16",), "127.1.3.4", 8080, ""),
    (("127.1.0.0/16",), "127.1.3.4", 43_210, ""),
    (("127.1.0.0/16",), "127.1.3.4", 22, "port"),
    (("127.1.0.0/16",), "127.1.3.4", 8765, "port"),
    (("127.1.0.0/16",), "127.1.3.4", 8766, "port"),
    (("127.1.0.0/16",), "127.2.3.4", 80, "address"),
    (("127.1.0.0/16",), "::ffff:127.1.3.4", 80, "address"),
    (("::ffff:0:0/96",), "::ffff:127.1.3.4", 80, "address"),
    (("::ffff:0:0/96", "127.1.0.0/16"), "::ffff:127.1.3.4", 80, ""),
    (("64:ff9b::/96",), "64:ff9b::8.8.8.8", 80, ""),
    (("64:ff9b::/96",), "64:ff9b::127.0.0.1", 80, "address"),
    (("64:ff9b::/96",), "64:ff9b::169.254.169.254", 80, "address"),
    (("64:ff9b:1::/48",), "64:ff9b:1:7f00:0:1::", 80, "address"),
    (("2002::/16",), "2002:7f00:1::", 80, "address"),
    (("2002::/16",), "2002:808:808::", 80, ""),
    (("2001::/32",), "2001:0:4136:e378:8000:63bf:80ff:fffe", 80, "address"),
    (("::1/128",), "::1", 8080, ""),
    (("::1/128",), "::1", 8765, "port"),
    (("10.20.0.0/16",), "10.20.1.1", 443, ""),
    (("10.20.0.1/16",), "10.20.1.1", 443, ""),
    (("0.0.0.0/0",), "169.254.169.254", 80, ""),
    (("0.0.0.0/0",), "::1", 80, "address"),
    ((), "8.8.8.8", 8765, "port"),
]


@pytest.mark.parametrize("allow, address, port, expected", ALLOWED)
def test_the_operator_opens_networks_but_never_our_own_ports(
    allow: tuple[str, ...], address: str, port: int, expected: str
) -> None:
    assert code(Guard(allow, (8765, 8766)), address, port) == expected


@pytest.mark.parametrize("port", [0, 1, 21, 22, 23, 25, 53, 110, 3306, 5432, 6379, 9200, 11211, 27017, 65535, 65536])
def test_public_addresses_are_visited_on_web_ports_only(port: int) -> None:
    assert code(Guard(), "8.8.8.8", port) == "port"
    assert not any(code(Guard(), "8.8.8.8", one) for one in PORTS)


EMBEDDED = [
    ("::ffff:1.2.3.4", ["1.2.3.4"]),
    ("64:ff9b::1.2.3.4", ["1.2.3.4"]),
    ("64:ff9b:1:102:3:400::", ["0.0.0.0", "1.2.3.4"]),
    ("2002:102:304::1", ["1.2.3.4"]),
    ("2001:0:102:304::", ["1.2.3.4", "255.255.255.255"]),
    ("2404:6800::5efe:1.2.3.4", ["1.2.3.4"]),
    ("2404:6800::1", []),
    ("1.2.3.4", []),
]


@pytest.mark.parametrize("address, expected", EMBEDDED)
def test_embedded_addresses_are_found(address: str, expected: list[str]) -> None:
    assert [str(one) for one in embedded(numeric(address))] == expected


def unescaped(text: str) -> str:
    return re.sub(r"\\(u[0-9a-f]{4}|[tn0])", lambda m: ESCAPES.get(m[1]) or chr(int(m[1][1:], 16)), text)


@pytest.mark.parametrize("verdict, expected, written", SPELLINGS)
def test_spellings(verdict: str, expected: str, written: str) -> None:
    if verdict == "ok":
        assert str(spelled(unescaped(written))) == expected
    else:
        with pytest.raises(Trouble) as caught:
            spelled(unescaped(written))
        assert caught.value.code == "spelling"


@pytest.mark.parametrize("length, good", [(4_000, True), (4_097, False), (100_000, False)])
def test_long_addresses(length: int, good: bool) -> None:
    text = "https://contoh.go.id/" + "a" * (length - 21)
    assert len(text) == length
    assert raised(lambda: spelled(text)) == ("" if good else "spelling")


def raised(act: object) -> str:
    try:
        act()  # type: ignore[operator]
    except Trouble as trouble:
        return trouble.code
    return ""


REDIRECTS = [
    ("https://a.id/x/y", "../z", "https://a.id/z"),
    ("https://a.id/x", "//b.id/z", "https://b.id/z"),
    ("https://a.id/x", "?q=1", "https://a.id/x?q=1"),
    ("https://a.id/x", "https://b.id:8443/é", "https://b.id:8443/%C3%A9"),
    ("http://a.id/x", "https://a.id/x", "https://a.id/x"),
    ("http://a.id/x", "HTTP://127.0.0.1/", "http://127.0.0.1/"),
    ("https://a.id/x", "http://a.id/x", "downgrade"),
    ("http://a.id/x", "ftp://a.id/x", "spelling"),
    ("http://a.id/x", "javascript:alert(1)", "spelling"),
    ("http://a.id/x", "file:///etc/passwd", "spelling"),
    ("http://a.id/x", "http://0x7f000001/", "spelling"),
    ("http://a.id/x", "http://saya:kata@a.id/", "spelling"),
    ("http://a.id/x", "http://[::1", "spelling"),
    ("http://a.id/x", "http://a.id/" + "b" * 5_000, "spelling"),
]


@pytest.mark.parametrize("base, location, expected", REDIRECTS)
def test_redirects_are_judged_anew(base: str, location: str, expected: str) -> None:
    if expected.startswith("http"):
        assert str(joined(httpx.URL(base), location)) == expected
    else:
        assert raised(lambda: joined(httpx.URL(base), location)) == expected


def test_an_origin_has_its_port() -> None:
    assert origin(spelled("https://A.id/x")) == "https://a.id:443"
    assert origin(spelled("http://[::1]:8080/")) == "http://::1:8080"


# Lines: one at a time, a gap apart, nobody waits for another host.


def test_one_errand_a_host_at_a_time() -> None:
    lines: Lines[str] = Lines()
    for errand in ("a1", "a2", "b1"):
        lines.add(errand[0], errand)
    assert [lines.take(0.0), lines.take(0.0), lines.take(0.0)] == ["a1", "b1", None]
    assert lines.wait(0.0) is None
    lines.free("a", 2.0)
    assert lines.take(1.9) is None
    assert lines.wait(1.5) == 0.5
    assert lines.take(2.0) == "a2"


def test_a_thousand_errands_of_five_hosts_leave_five_at_a_time() -> None:
    lines: Lines[int] = Lines()
    for number in range(1000):
        lines.add(f"host{number % 5}", number)
    now, left = 0.0, []
    while (wait := lines.wait(now)) is not None:
        now += wait
        batch = []
        while (errand := lines.take(now)) is not None:
            batch.append(errand)
        assert sorted(one % 5 for one in batch) == [0, 1, 2, 3, 4]
        left += batch
        for one in batch:
            lines.free(f"host{one % 5}", now + 2.0)
    assert sorted(left) == list(range(1000))
    assert now == 2.0 * 199


def test_the_host_that_waited_longest_goes_first() -> None:
    lines: Lines[str] = Lines()
    for host in "abc":
        lines.add(host, host + "1")
        lines.add(host, host + "2")
        lines.take(0.0)
    for host, ready in (("b", 3.0), ("c", 1.0), ("a", 2.0)):
        lines.free(host, ready)
    assert [lines.take(9.0) for _ in range(3)] == ["c2", "a2", "b2"]


def test_an_errand_that_comes_back_goes_to_the_front() -> None:
    lines: Lines[str] = Lines()
    for errand in ("robots", "later"):
        lines.add("a", errand)
    lines.take(0.0)
    lines.free("a", 2.0)
    lines.add("a", "page", first=True)
    assert lines.take(2.0) == "page"


def test_dropping_and_forgetting() -> None:
    lines: Lines[str] = Lines()
    for number in range(10_001):
        lines.add(f"h{number}", "x")
    lines.drop(lambda errand: True)
    assert lines.take(0.0) is None
    lines.forget(0.0)
    lines.add("h1", "y")
    assert lines.take(0.0) == "y"


def test_a_host_that_asked_to_wait_is_held_and_one_that_is_silent_twice_is_down() -> None:
    lines: Lines[str] = Lines()
    lines.add("a", "x")
    assert lines.held("a", 0.0) is None
    lines.hold("a", 30.0, Trouble("held", "asked"))
    lines.hold("a", 10.0, Trouble("held", "asked for less"))
    held = lines.held("a", 5.0)
    assert held is not None
    assert (held[0], held[1].cause) == (25.0, "asked")
    assert lines.held("a", 30.0) is None
    lines.missed("a", 100.0, Trouble("timeout", "x"))
    assert lines.held("a", 100.0) is None
    lines.answered("a")
    lines.missed("a", 100.0, Trouble("timeout", "x"))
    assert lines.held("a", 100.0) is None
    lines.missed("a", 100.0, Trouble("timeout", "x"))
    assert lines.held("a", 100.0) is not None
    assert lines.held("a", 160.0) is None


# robots.txt.

ROBOTS = [
    ("", "/a", True, 0),
    ("<!doctype html><html><body>Disallow: /</body></html>", "/a", True, 0),
    ("User-agent: *\nDisallow: /", "/a", False, 0),
    ("User-agent: *\nDisallow:", "/a", True, 0),
    ("User-agent: *\nDisallow: /rahasia", "/a", True, 0),
    ("User-agent: *\nDisallow: /rahasia", "/rahasia/b", False, 0),
    ("user-agent: jernih\nDisallow: /\n\nUser-agent: *\nDisallow:", "/a", False, 0),
    ("User-agent: *\nDisallow: /\n\nUser-agent: Jernih\nAllow: /", "/a", True, 0),
    ("User-agent: Jernih/1.0\nDisallow: /", "/a", True, 0),
    ("User-agent: BadBot\nDisallow: /\n", "/a", True, 0),
    ("User-agent: *\nAllow: /\nUser-agent: BadBot\nDisallow: /\n", "/a", True, 0),
    ("User-agent: BadBot\nUser-agent: *\nDisallow: /\n", "/a", False, 0),
    ("User-agent: *\nDisallow: /*.php$", "/a.php", False, 0),
    ("User-agent: *\nDisallow: /\nAllow: /rss", "/rss/x", True, 0),
    ("\ufeffUser-agent: *\r\nDisallow: /\r\n", "/a", False, 0),
    ("User-agent: *\nCrawl-delay: 7", "/a", True, 7),
    ("User-agent: *\nCrawl-delay: 86400", "/a", True, 60),
    ("User-agent: *\nCrawl-delay: -3", "/a", True, 0),
    ("User-agent: *\nCrawl-delay: nan", "/a", True, 0),
    ("User-agent: lain\nCrawl-delay: 9", "/a", True, 0),
    ("Disallow: /", "/a", True, 0),
    ("User-agent: *\nDisallow: /" + "x" * 3_000, "/a", True, 0),
    ("User-agent: *\n" + "Disallow: /b\n" * 100_000, "/a", True, 0),
]


@pytest.mark.parametrize("text, path, allowed, delay", ROBOTS, ids=range(len(ROBOTS)))
def test_robots(text: str, path: str, allowed: bool, delay: float) -> None:
    rules = robots.read(text.encode())
    assert (rules.allows("https://contoh.go.id" + path), rules.delay) == (allowed, delay)


def test_robots_bytes_of_any_kind_are_read() -> None:
    assert robots.read(b"\xff\xfe\x00User-agent: *\nDisallow: /").allows("https://a.id/")
    assert robots.read(bytes(range(256)) * 2_000).allows("https://a.id/")


@pytest.mark.timeout(20)
def test_a_hostile_group_of_many_names_is_not_quadratic() -> None:
    names = "".join(f"User-agent: bot{n}\n" for n in range(10_000))
    text = names + "User-agent: *\n" + "Disallow: /b\n" * 9_000
    assert not robots.read(text.encode()).allows("https://a.id/b")


ANSWERED = [(200, True), (204, True), (301, True), (400, True), (401, True), (403, True), (404, True), (410, True),
            (429, True), (500, False), (502, False), (503, False), (599, False)]  # fmt: skip


@pytest.mark.parametrize("status, allowed", ANSWERED)
def test_what_the_answer_for_robots_means(status: int, allowed: bool) -> None:
    rules = robots.answered(status, b"")
    assert rules.allows("https://a.id/") is allowed
    assert rules.code == ("" if allowed else "robots_unknown")


UNANSWERED = [("timeout", "robots_unknown"), ("protocol", "robots_unknown"), ("too_big", "robots_unknown"),
              ("dns", "dns"), ("tls", "tls"), ("connect", "connect"), ("address", "address")]  # fmt: skip


@pytest.mark.parametrize("trouble, named", UNANSWERED)
def test_what_no_answer_for_robots_means(trouble: str, named: str) -> None:
    rules = robots.failed(trouble, "why")
    assert not rules.allows("https://a.id/")
    assert (rules.code, rules.cause) == (named, "robots.txt: why")


def test_rules_are_remembered_for_a_day_failures_for_a_minute_and_not_too_many() -> None:
    sites = robots.Sites(most=4)
    sites.put("a", robots.Rules(), 0.0)
    sites.put("b", robots.Rules(code="robots_unknown"), 0.0)
    assert sites.get("a", 86_399.0) == robots.Rules()
    assert sites.get("a", 86_400.0) is None
    assert sites.get("b", 59.0) is not None
    assert sites.get("b", 60.0) is None
    sites.put("c", robots.Rules(weight=3), 0.0)
    assert [sites.get(one, 0.0) is not None for one in "abc"] == [False, True, True]
    sites.put("c", robots.Rules(weight=2), 0.0)
    sites.put("d", robots.Rules(), 0.0)
    assert [sites.get(one, 0.0) is not None for one in "bcd"] == [True, True, True]


def test_a_site_larger_than_the_whole_memory_is_still_known() -> None:
    sites = robots.Sites(most=4)
    sites.put("a", robots.Rules(), 0.0)
    sites.put("b", robots.Rules(weight=9), 0.0)
    assert [sites.get(one, 0.0) is not None for one in "ab"] == [False, True]


GROUPS = [
    ("User-agent: *\nDisallow: /a\nUser-agent: Lain\nDisallow: /b\n", 2),
    ("User-agent: Lain\n\n# komentar\nUser-agent: *\nDisallow: /a\n", 2),
    ("User-agent: Lain\nSitemap: https://a.id/s\nUser-agent: *\nDisallow: /a\n", 2),
    ("User-agent: Lain\nDisallow: /a\n" * 1_000, 0),
    ("User-agent: *\nUser-agent: Lain\nDisallow: /a\nDisallow: /b\n", 3),
    ("user-agent : jernih-bot\nDisallow: /a\n", 2),
]


@pytest.mark.parametrize("text, kept", GROUPS)
def test_only_lines_of_our_groups_are_kept(text: str, kept: int) -> None:
    assert robots.read(text.encode()).weight == 1 + kept
