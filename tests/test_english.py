"""The desk in English: every page of an office in which everything has happened, and no word of the rooms left as it
stands in rows. Values and addresses stay Indonesian; what others wrote is marked as Indonesian."""

import re
from collections.abc import Iterator
from dataclasses import replace
from zlib import crc32

import pytest
from bs4 import BeautifulSoup

from classifiers.topics import taxonomy
from monitor import desk as pages
from monitor.desk import Names
from monitor.desk.tongue import TERM, Tongue
from monitor.sources import offset
from tests import catalogue, happened
from tests.asgi import Client
from tests.office import Office

ENGLISH = {str(one.id): str(one.string) for one in catalogue.translated() if one.context == TERM}
# Words that no English sentence has: where one stands, a sentence was left behind.
PLAIN = ("yang", "dan", "dengan", "tidak", "belum", "sudah", "untuk", "dari", "oleh", "pada", "adalah")
LEFT = tuple(word for word, said in ENGLISH.items() if word.lower() != said.lower()) + PLAIN
KNOWN = re.compile(rf"(?<![\w/=-])(?:{'|'.join(map(re.escape, sorted(LEFT, key=len, reverse=True)))})(?![\w/-])", re.I)
# What a page says by its own name in every language.
NAMES = ("Dewan Pers",)
# Refusals of the rooms are told in Indonesian.
REFUSED = 410
SPOKEN = ("title", "aria-label", "placeholder", "alt")
TONGUE = Tongue("en", offset("WIT"))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = happened.office(tmp_path_factory.mktemp("home"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def client(office: Office) -> Client:
    topics = [one.name for one in taxonomy().topics.values() if one.group != "sasaran"]
    named = Names(str, lambda code: topics[crc32(code.encode()) % len(topics)])
    browser = Client(pages.app(replace(happened.desk(office), names=named)))
    browser.cookies.set("sesi", "sesi-sari")
    browser.get("/akun?lang=en")
    return browser


def ours(page: str) -> list[str]:
    """What the page itself says: its texts and spoken attributes, without what is marked as Indonesian or as code."""
    soup = BeautifulSoup(page, "html.parser")
    theirs = {" ".join(part.get_text().split()) for part in soup.select("body [lang=id]")}
    for part in soup.select("script, style, code, body [lang=id], footer [hreflang]"):
        part.decompose()
    said = [" ".join(text.split()) for text in soup.find_all(string=True)]
    spoken = [str(tag[name]) for tag in soup.find_all(True) for name in SPOKEN if name in tag.attrs]
    told = [*said, *spoken]
    for one in sorted(theirs - {""} | {*NAMES}, key=len, reverse=True):
        told = [text.replace(one, "") for text in told]
    return [one for one in told if one]


def test_no_page_keeps_a_word_of_the_rooms(office: Office, client: Client) -> None:
    faults = []
    for path in happened.pages(office):
        answer = client.get(path)
        assert answer.status_code in (200, 303, 404, REFUSED), path
        html = answer.headers.get("content-type", "").startswith("text/html")
        if html and answer.status_code != REFUSED:
            assert '<html lang="en">' in answer.text, path
            faults += [f"{path}: {found.group()!r} in {text[:90]!r}" for text in ours(answer.text)
                       for found in [KNOWN.search(text)] if found]
    assert faults == [], "\n".join(["", *faults])


@pytest.mark.parametrize("word, said", [
    ("kesampingkan", "dismiss"), ("HOAKS", "HOAX"), ("TIDAK DAPAT DIKLARIFIKASI", "CANNOT BE CLARIFIED"),
    ("Kampanye", "Campaign"), ("masa tenang", "quiet period"), ("MASA TENANG", "QUIET PERIOD"),
    ("Debat putaran ketiga", "Debat putaran ketiga"), ("", ""), ("Lainnya", "Other"), ("lainnya", "other"),
])
def test_a_word_keeps_the_dress_of_its_letters(word: str, said: str) -> None:
    assert TONGUE.term(word) == said


def test_topics_are_called_as_the_taxonomy_calls_them() -> None:
    assert {one.name: TONGUE.term(one.name) for one in taxonomy().topics.values() if one.group != "sasaran"} == {
        one.name: one.english for one in taxonomy().topics.values() if one.group != "sasaran"}


def test_in_indonesian_every_word_stays() -> None:
    assert [word for word in ENGLISH if Tongue("id", offset("WIT")).term(word) != word] == []
