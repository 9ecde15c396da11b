"""The archive of stored digests on the desk: every form is a file to take away, for whoever may see its edition."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zipfile import is_zipfile

import pytest

from monitor import desk as pages
from monitor import digests
from monitor.digests import Digest, Period
from monitor.people import ADMINISTRATOR, KEPALA, LUAR, PEMBACA, REDAKTUR, ROLES, VERIFIKATOR
from monitor.pipeline import reports
from tests import made_city
from tests.asgi import Client
from tests.office import Office
from tests.test_editions import unpacked

LATE = datetime(2024, 11, 25, 3, 0, tzinfo=UTC)
KINDS = {
    "pdf": "application/pdf", "html": "text/html; charset=utf-8", "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "json": "application/json",
    "txt": "text/plain; charset=utf-8",
}  # fmt: skip
SEES = {"internal": {REDAKTUR, KEPALA}, "eksternal": {REDAKTUR, KEPALA, PEMBACA}}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office whose week is over and stored, in both editions."""
    held = Office(tmp_path_factory.mktemp("home"))
    held.published()
    week = digests.week("2024-W47", "WIT")
    assert isinstance(week, Period)
    for audience in digests.AUDIENCES:
        assert isinstance(reports.finish(held.house, week, audience, LATE), Digest)
    yield held
    held.close()


def browser(office: Office, role: str) -> Client:
    client = Client(pages.app(made_city.desk(office.store, office.settings, now=lambda: LATE)),
                    "http://127.0.0.1:8765")
    client.cookies.set("sesi", made_city.logged_in(office.store, role, (role,), LATE), domain="127.0.0.1")
    return client


def stored(office: Office, audience: str) -> int:
    with office.store.read() as tx:
        edition = tx.edition("2024-W47", audience)
    assert edition is not None
    return edition.id


@pytest.fixture
def pdf() -> None:
    pytest.importorskip("weasyprint", reason="the extra [pdf] is not installed")


@pytest.mark.usefixtures("pdf")
@pytest.mark.parametrize("role", [REDAKTUR, KEPALA])
def test_pdf_is_tagged_in_indonesian_and_carries_its_name(office: Office, role: str) -> None:
    answer = browser(office, role).get(f"/laporan/{stored(office, 'internal')}?bentuk=pdf")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == 'attachment; filename="laporan-2024-W47-internal-1.pdf"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    inner = answer.content + unpacked(answer.content)
    assert answer.content.startswith(b"%PDF-1.7")
    for part in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang (id)", b"pdfuaid"):
        assert part in inner, part


@pytest.mark.usefixtures("pdf")
def test_pdf_is_the_same_bytes_again_and_the_first_choice(office: Office) -> None:
    client, number = browser(office, KEPALA), stored(office, "internal")
    assert client.get(f"/laporan/{number}?bentuk=pdf").content == client.get(f"/laporan/{number}").content


@pytest.mark.parametrize("form", [one for one in KINDS if one != "pdf"])
def test_every_other_form_has_its_type_and_name(office: Office, form: str) -> None:
    answer = browser(office, KEPALA).get(f"/laporan/{stored(office, 'eksternal')}?bentuk={form}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, KINDS[form])
    assert answer.headers["content-disposition"] == f'attachment; filename="laporan-2024-W47-eksternal-1.{form}"'


@pytest.mark.parametrize("audience", SEES)
@pytest.mark.parametrize("role", ROLES)
def test_an_edition_is_for_its_readers_and_nobody_else(office: Office, role: str, audience: str) -> None:
    answer = browser(office, role).get(f"/laporan/{stored(office, audience)}?bentuk=json")
    refused = 403 if role in (VERIFIKATOR, ADMINISTRATOR, LUAR) else 404
    assert answer.status_code == (200 if role in SEES[audience] else refused)
    if role not in SEES[audience]:
        assert b"2024-W47" not in answer.content or role == PEMBACA
        assert "content-disposition" not in answer.headers


@pytest.mark.usefixtures("pdf")
@pytest.mark.parametrize("role", [VERIFIKATOR, ADMINISTRATOR, LUAR, PEMBACA])
def test_no_pdf_of_the_internal_edition_for_others(office: Office, role: str) -> None:
    answer = browser(office, role).get(f"/laporan/{stored(office, 'internal')}?bentuk=pdf")
    assert answer.status_code == (404 if role == PEMBACA else 403)
    assert b"%PDF" not in answer.content


def test_a_stranger_is_sent_to_the_door(office: Office) -> None:
    answer = Client(pages.app(made_city.desk(office.store, office.settings, now=lambda: LATE)),
                    "http://127.0.0.1:8765").get(f"/laporan/{stored(office, 'eksternal')}?bentuk=pdf")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/masuk")


def test_a_spreadsheet_is_one(office: Office, tmp_path: Path) -> None:
    book = tmp_path / "laporan.xlsx"
    book.write_bytes(browser(office, KEPALA).get(f"/laporan/{stored(office, 'internal')}?bentuk=xlsx").content)
    assert is_zipfile(book)


@pytest.mark.parametrize("query", ["?bentuk=exe", "?bentuk=PDF", "?bentuk=../pdf", "?bentuk="])
def test_an_unknown_form_is_not_there(office: Office, query: str) -> None:
    assert browser(office, KEPALA).get(f"/laporan/{stored(office, 'internal')}{query}").status_code == 404
