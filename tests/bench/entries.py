"""Feeds and articles per CPU second: the fast path beside feedparser, a page, and the memory of a cage at work."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import articles, entries
from monitor.articles import Hint
from monitor.cage import Cage
from monitor.entries import feeds, quick
from monitor.entries.reading import shaped
from monitor.sources import Source

NOW = datetime(2024, 11, 20, 12, tzinfo=UTC)
SENTENCE = "Pemerintah Kota Contoh menyalurkan bantuan pangan kepada warga di Kelurahan Melati pada hari Rabu. "
PAGES = Path(__file__).parent.parent / "data" / "articles"


def feed(number: int, items: int = 20) -> bytes:
    """A feed of `items` full items (title, link, guid, date, author, category, summary, 2 kB of content)."""
    held = "".join(
        f"<item><title>Berita {number}-{n}: bantuan pangan &amp; jadwal</title>"
        f"<link>https://kabar{number}.example/read/2024/11/{number}-{n}/bantuan-pangan?utm_source=rss</link>"
        f'<guid isPermaLink="false">https://kabar{number}.example/?p={n}</guid>'
        f"<pubDate>{NOW - timedelta(hours=n):%a, %d %b %Y %H:%M:%S} +0700</pubDate><dc:creator>Sari W.</dc:creator>"
        f"<category>Kota</category><description>&lt;img src='/f/{n}.jpg'/&gt;{SENTENCE * 2}</description>"
        f"<content:encoded><![CDATA[{f'<p>{SENTENCE * 5}</p>' * 4}]]></content:encoded></item>"
        for n in range(items)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Kabar</title>'
        f"<link>https://kabar{number}.example/</link>{held}</channel></rss>"
    ).encode()


def rate(work: Callable[[], object], times: int) -> float:
    """Runs per CPU second."""
    work()
    started = time.process_time()
    for _ in range(times):
        work()
    return times / (time.process_time() - started)


def memory(pids: tuple[int, ...]) -> float:
    """PSS of processes in MiB."""
    total = 0
    for pid in pids:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def main() -> None:
    """Print the figures."""
    sent = feed(1)
    text = shaped(sent.decode())[1]
    source = Source(name="Kabar", url="https://kabar1.example/rss", kind="rss")
    print(f"one feed of 20 items, {len(sent) / 1024:.0f} KiB")
    slow = rate(lambda: feeds.slow(text), 20)
    fast = rate(lambda: quick.quick(text), 400)
    whole = rate(lambda: entries.parse("rss", sent, "", source, source.url, NOW), 100)
    print(f"feedparser            {slow:8.0f} feeds/s")
    print(f"fast path             {fast:8.0f} feeds/s   {fast / slow:.0f} times feedparser")
    print(f"entries.parse, whole  {whole:8.0f} feeds/s   (dates, addresses, words included)")
    for page in sorted(PAGES.glob("*.html")):
        body, url = page.read_bytes(), "https://kabar1.example/a/b"
        speed = rate(lambda body=body, url=url: articles.extract(body, "text/html", url, source, Hint(), NOW), 20)
        print(f"articles.extract      {speed:8.0f} pages/s   {page.name}, {len(body) / 1024:.0f} KiB")
    caged(source)


def caged(source: Source, count: int = 1000) -> None:
    """A thousand feeds through the cage, and what it weighs then and when idle."""
    bodies = [feed(number) for number in range(count)]
    with Cage(idle=1.0) as cage:
        started = time.monotonic()
        cage.submit(entries.parse, "rss", bodies[0], "", source, source.url, NOW).result()
        print(f"cage: first answer after {time.monotonic() - started:.2f} s (it starts and loads the rooms)")
        started, used = time.monotonic(), time.process_time()
        jobs = [cage.submit(entries.parse, "rss", body, "", source, source.url, NOW) for body in bodies]
        held = sum(len(job.result().value.entries) for job in jobs)
        took, used = time.monotonic() - started, time.process_time() - used
        print(f"cage: {count} feeds, {held} entries in {took:.2f} s wall, {used:.2f} CPU s of them in the parent")
        print(f"cage: PSS {memory(cage.pids()):.0f} MiB in {len(cage.pids())} processes after the feeds")
        page = max(PAGES.glob("*.html"), key=lambda path: path.stat().st_size).read_bytes()
        started = time.monotonic()
        jobs = [cage.submit(articles.extract, page, "text/html", source.url, source, Hint(), NOW) for _ in range(400)]
        held = sum(job.result().value.words is not None for job in jobs)
        print(f"cage: {held} pages in {time.monotonic() - started:.2f} s wall")
        print(f"cage: PSS {memory(cage.pids()):.0f} MiB in {len(cage.pids())} processes after the pages")
        time.sleep(3)
        print(f"cage: {len(cage.pids())} processes when idle")


if __name__ == "__main__":
    main()
