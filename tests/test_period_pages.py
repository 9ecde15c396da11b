"""The report of a period on the desk: the days are chosen, lessons are kept, files are taken away."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest

from monitor import desk as pages
from tests import made_city
from tests.asgi import Client
from tests.office import Office

HERE = "http://127.0.0.1:8765"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    held = Office(tmp_path)
    yield held
    held.close()


def browser(office: Office, role: str = "kepala") -> Client:
    client = Client(pages.app(made_city.desk(office.store, office.settings, now=lambda: office.now)), HERE)
    client.cookies.set("sesi", made_city.logged_in(office.store, role, (role,), office.now), domain="127.0.0.1")
    return client


def test_lessons_are_kept_and_stand_in_the_file(office: Office) -> None:
    client = browser(office)
    office.published()
    first = {"masa": "2024-11", "pelajaran": "Latih petugas <b>kelurahan</b>."}
    assert client.send("/laporan/masa", first).headers["location"] == "/laporan/masa?masa=2024-11#pelajaran"
    assert client.send("/laporan/masa", {**first, "pelajaran": "Yang kedua."}).status_code == 303
    assert "Yang kedua." in client.get("/laporan/masa?masa=2024-11").text
    made = client.get("/laporan/masa/berkas?masa=2024-11&bentuk=docx")
    told = "\n".join(part.text for part in docx.Document(BytesIO(made.content)).paragraphs)
    assert "Yang kedua." in told
    assert made.headers["content-disposition"] == 'attachment; filename="laporan-2024-11-internal.docx"'
    with office.store.read() as tx:
        assert [act.act for act in tx.acts("laporan", "2024-11")] == ["tulis pelajaran"] * 2
        assert "Yang kedua" not in str([act.detail for act in tx.acts("laporan", "2024-11")])


def test_every_form_is_a_file_to_take_away(office: Office) -> None:
    made = browser(office).get("/laporan/masa/berkas?masa=2024-11&bentuk=html&edisi=eksternal")
    assert made.headers["content-disposition"] == 'attachment; filename="laporan-2024-11-eksternal.html"'
    assert made.headers["x-content-type-options"] == "nosniff"


def test_pdf_is_a_pdf(office: Office) -> None:
    pytest.importorskip("weasyprint", reason="the extra [pdf] is not installed")
    made = browser(office).get("/laporan/masa/berkas?masa=2024-11&bentuk=pdf")
    assert made.content.startswith(b"%PDF")


@pytest.mark.parametrize("query", ["masa=kemarin", "masa=" + "9" * 500, "masa=2024-11&bentuk=exe",
                                   "masa=2024-11&edisi=rahasia", "masa=2024-11-30..2024-11-01"])  # fmt: skip
def test_an_odd_period_or_form_is_told(office: Office, query: str) -> None:
    answer = browser(office).get(f"/laporan/masa/berkas?{query}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_empty_or_endless_lessons_are_refused_and_shown_again(office: Office) -> None:
    client = browser(office)
    assert client.send("/laporan/masa", {"masa": "2024-11", "pelajaran": "  "}).status_code == 422
    long = client.send("/laporan/masa", {"masa": "2024-11", "pelajaran": "a" * 21_000})
    assert long.status_code == 422
    assert "a" * 21_000 in long.text


@pytest.mark.parametrize("role", ["verifikator", "pembaca", "administrator"])
def test_it_is_for_redaktur_and_kepala(office: Office, role: str) -> None:
    assert browser(office, role).get("/laporan/masa").status_code == 403
