"""python -m tests.bench.web: 1,000 loopback sources through the collector alone, beside a plain httpx client.

The plain one is 50 threads on one httpx.Client that read each body and do nothing else: no guard, no robots.txt, no
order by host. Both visit the same farm in turns. Then five sources a host, and hostile sources among good ones.
"""

import statistics
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Event

import httpx

from monitor.fetches import Reply, Request
from monitor.sources import Network
from monitor.web import Collector
from tests.farm import Farm

ROUNDS = 3
NETWORK = Network(allow=("127.1.0.0/16",))
PAUSE = 2.3  # seconds in which every host becomes ready again


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of this process."""
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - wall, time.process_time() - cpu


def collected(collector: Collector, requests: Iterable[Request]) -> list[Reply]:
    return list(collector.fetch_all(requests, Event()))


def plainly(client: httpx.Client, urls: list[str]) -> int:
    with ThreadPoolExecutor(50) as pool:
        return sum(pool.map(lambda url: len(client.get(url).content), urls))


def shown(name: str, runs: list[tuple[float, float]], count: int) -> float:
    """Print the median wall time of `runs`, and return it."""
    wall, cpu = (statistics.median(part) for part in zip(*runs, strict=True))
    print(f"{name}: {wall:.2f} s wall, {cpu:.2f} s CPU ({cpu / count * 1000:.2f} ms a fetch), median of {len(runs)}")
    return float(wall)


def side_by_side() -> None:
    """Ours with robots.txt known, ours when all answer 304, and the plain client, in turns."""
    ours, unchanged, plain = [], [], []
    with Farm(sources=1000) as farm, closing(Collector(NETWORK, "bench@contoh.go.id")) as collector:
        requests = [Request(url, url, url) for url in farm.urls]
        first = timed(lambda: collected(collector, requests))
        with httpx.Client(timeout=30, trust_env=False) as client:
            for _ in range(ROUNDS):
                time.sleep(PAUSE)
                replies: list[Reply] = []
                ours.append(timed(lambda: replies.extend(collected(collector, requests))))  # noqa: B023
                assert all(reply.status == 200 and reply.body for reply in replies)
                known = [Request(r.request.key, r.request.url, "", etag=r.headers["etag"]) for r in replies]
                time.sleep(PAUSE)
                unchanged.append(timed(lambda: collected(collector, known)))  # noqa: B023
                plain.append(timed(lambda: plainly(client, farm.urls)))
        log = farm.log()
    shown("collector, 1,000 hosts, robots.txt first", [first], 1000)
    wall = shown("collector, 1,000 hosts, robots.txt known", ours, 1000)
    shown("collector, 1,000 hosts, all 304", unchanged, 1000)
    base = shown("plain httpx.Client in 50 threads", plain, 1000)
    print(f"  {base / wall:.1f} times as fast as the plain client; at most {log['at_once']} request(s) a host at once")


def polite() -> None:
    """Five sources a host: the gap as the hosts saw it."""
    with Farm(sources=1000, per_host=5) as farm, closing(Collector(NETWORK, "bench@contoh.go.id")) as collector:
        requests = [Request(url, url, url) for url in farm.urls]
        run = timed(lambda: collected(collector, requests))
        log = farm.log()
    shown("collector, 200 hosts with five sources", [run], 1000)
    print(f"  shortest gap that a host saw {log['gap']:.2f} s, at most {log['at_once']} request(s) a host at once")


def hostile() -> None:
    """How long good sources take behind bombs, drips and 40,000 attributes, which come first."""
    done: list[float] = []
    bad = {"bomb": 10, "drip": 10, "attributes": 10}
    with (
        Farm(sources=1000, **bad) as farm,
        closing(Collector(NETWORK, "bench@contoh.go.id", deadline=10.0)) as collector,
    ):
        requests = [Request(url, url, url, robots_exception=True) for url in reversed(farm.urls)]
        start = time.perf_counter()
        for reply in collector.fetch_all(requests, Event()):
            if reply.status == 200 and not reply.error:
                done.append(time.perf_counter() - start)
        whole = time.perf_counter() - start
    print(
        f"collector, 30 hostile of 1,000: last good reply after {max(done):.2f} s, the drips' deadline at {whole:.2f} s"
    )


def main() -> None:
    side_by_side()
    polite()
    hostile()


if __name__ == "__main__":
    main()
