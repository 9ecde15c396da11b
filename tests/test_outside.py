"""What others read of ours, before judges that are not ours: the schema of RFC 4287 for Atom, the RSS specification as
a schema (both by libxml2), feedparser, npm's structured-data tester for ClaimReview; over what the office published."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from lxml import etree, html

from monitor import desk as pages
from monitor import posts
from monitor.posts import Publication
from tests import made_city, published
from tests.asgi import Client
from tests.npm import needed
from tests.office import Office

SCHEMAS = Path(__file__).parent / "data" / "feeds"
RATED = {"HOAKS", "PENIPUAN", "MENYESATKAN", "FAKTA"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """The public pages of an office that has published something, as a stranger's browser gets them."""
    office = Office(tmp_path_factory.mktemp("home"))
    office.published(0)
    office.published(1)
    yield Client(pages.app(made_city.desk(office.store, known=office.settings, now=lambda: office.now)))
    office.close()


def judged(content: bytes, schema: str) -> list[str]:
    rules = etree.RelaxNG(etree.parse(SCHEMAS / schema))
    rules.validate(etree.fromstring(content))
    return [str(fault) for fault in rules.error_log]


def feeds(client: Client) -> Iterator[tuple[str, bytes]]:
    """Each kind of feed: of an office with two publications, of one with every kind of them, of one with none."""
    for name, write in (("atom", posts.atom), ("rss", posts.rss)):
        yield name, client.get(f"/publik/{name}.xml").content
        yield name, write(published.SITE, published.several())
        yield name, write(published.SITE, [])


def test_feeds_are_valid(client: Client) -> None:
    for name, content in feeds(client):
        assert judged(content, f"{name}.rng") == [], content.decode()
        read = feedparser.parse(content)
        assert not read.bozo, read.bozo_exception
        assert read.version == {"atom": "atom10", "rss": "rss20"}[name]


@pytest.mark.parametrize(("schema", "old", "new"), [
    ("atom.rng", b"<updated>", b"<updated>kemarin "), ("atom.rng", b"<id>", b"<id/><id>"),
    ("rss.rng", b"<pubDate>", b"<pubDate>kemarin "), ("rss.rng", b"<channel>", b"<channel><warna/>"),
])  # fmt: skip
def test_judges_find_what_is_wrong(schema: str, old: bytes, new: bytes) -> None:
    write = posts.atom if schema == "atom.rng" else posts.rss
    good = write(published.SITE, published.several())
    assert old in good
    assert judged(good.replace(old, new, 1), schema)


def examined(page: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The structured-data tester on a file, without a network."""
    node, tool = shutil.which("node"), needed("structured-data-testing-tool/bin/cli.js")
    if node is None:
        pytest.skip("npm: node is not installed (.ci/run installs it)")
    path = folder / "halaman.html"
    path.write_text(page, encoding="utf-8")
    command = [node, str(tool), "--file", str(path), "--presets", "Google", "--schemas", "jsonld:ClaimReview"]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("one", published.several(), ids=lambda one: f"{one.post.clarification}-{one.post.finding}")
def test_claim_review_is_what_others_can_read(one: Publication, tmp_path: Path) -> None:
    page = posts.page(published.SITE, one)
    if one.shown is None or one.post.finding not in RATED:
        assert "ClaimReview" not in page
        return
    told = examined(page, tmp_path)
    assert (told.returncode, "Failed: 0" in told.stdout, "Warnings: 0" in told.stdout) == (0, True, True), told.stdout
    assert "claimReviewed" in examined(page.replace('"claimReviewed"', '"klaim"'), tmp_path).stdout
    assert examined(page.replace('"reviewRating"', '"nilai"'), tmp_path).returncode == 1


def test_what_the_desk_published_is_readable_by_others(client: Client, tmp_path: Path) -> None:
    for entry in feedparser.parse(client.get("/publik/atom.xml").content).entries:
        told = examined(client.get(entry.link.removeprefix("http://127.0.0.1:8765")).text, tmp_path)
        assert told.returncode == 0, told.stdout


# ---- The demo's public folder, as `jernih export site` writes it


def shelved(folder: Path) -> list[Path]:
    """The pages of publications in an exported folder."""
    return sorted(path for path in folder.glob("*/index.html") if path.parent.name[0].isdigit())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["atom", "rss"])
def test_feeds_of_the_demo_are_valid(demo_site: Path, name: str) -> None:
    content = (demo_site / f"{name}.xml").read_bytes()
    assert judged(content, f"{name}.rng") == [], content.decode()
    read = feedparser.parse(content)
    assert not read.bozo, read.bozo_exception
    assert len(read.entries) == len(shelved(demo_site)) == 4
    for entry in read.entries:
        assert (demo_site / entry.link.partition("/publik/")[2] / "index.html").is_file(), entry.link


@pytest.mark.slow
def test_every_page_of_the_demo_is_readable_by_others(demo_site: Path, tmp_path: Path) -> None:
    for path in shelved(demo_site):
        told = examined(path.read_text("utf-8"), tmp_path)
        assert told.returncode == 0, told.stdout
        assert "Failed: 0" in told.stdout, told.stdout
        assert "Warnings: 0" in told.stdout, told.stdout


@pytest.mark.slow
def test_the_folder_of_the_demo_holds_all_that_its_pages_show_and_leans_on_nobody(demo_site: Path) -> None:
    pictures = 0
    for path in demo_site.rglob("*.html"):
        page = html.fromstring(path.read_bytes())
        for link in page.xpath("//img/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //script/@src"):
            assert "//" not in link, f"{path}: {link}"
            assert (path.parent / link).is_file(), f"{path}: {link}"
        pictures += len(page.xpath("//img[@alt and string-length(@alt) > 14]"))
        assert not page.xpath("//img[not(@alt)] | //script[not(@type='application/ld+json')]"), path
    assert pictures >= 1
