"""The kepala confirms, the office sends, the body answers: the pages of a referral, and what they keep."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest

from monitor import desk as pages
from monitor.referrals import Referral
from tests import made_city
from tests.asgi import Client
from tests.office import Office

HERE = "http://127.0.0.1:8765"
SENT = {"langkah": "dikirim", "hari": "2024-11-22", "nomor": "005/XI/2024", "isi": ""}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    held = Office(tmp_path)
    yield held
    held.close()


def browser(office: Office, role: str = "kepala") -> Client:
    client = Client(pages.app(made_city.desk(office.store, office.settings, now=lambda: office.now)), HERE)
    name = role.split()[0]
    client.cookies.set("sesi", made_city.logged_in(office.store, name, (role,), office.now), domain="127.0.0.1")
    return client


def referred(office: Office, client: Client, body: str = "Bawaslu", **more: str) -> int:
    made = client.send(f"/isu/{office.isu('PENIPUAN')}/rujuk", {"lembaga": body, **more})
    assert made.status_code == 303, made.text
    return int(made.headers["location"].rsplit("/", 1)[1])


def test_the_kepala_confirms_and_a_letter_lies_ready(office: Office) -> None:
    client = browser(office)
    number = referred(office, client)
    page = client.get(f"/rujukan/{number}").text
    assert "Kepada Yth. Bawaslu" in page
    assert "surat disiapkan" in page
    made = client.get(f"/rujukan/{number}/surat")
    assert made.headers["content-disposition"] == f'attachment; filename="rujukan-{number}-bawaslu.docx"'
    assert "Kepada Yth. Bawaslu" in "\n".join(part.text for part in docx.Document(BytesIO(made.content)).paragraphs)
    assert "Bawaslu" in client.get("/rujukan").text


def test_what_cannot_be_referred_says_why_and_keeps_what_was_typed(office: Office) -> None:
    client = browser(office)
    answer = client.send(f"/isu/{office.isu('HOAKS')}/rujuk", {"lembaga": "Polri", "bahaya": "ricuh di TPS 4"})
    assert answer.status_code == 422
    assert "pasalnya" in answer.text
    assert 'value="ricuh di TPS 4"' in answer.text
    with office.store.read() as tx:
        assert tx.referrals() == []


def test_sent_and_answered_are_told_by_people_and_audited(office: Office) -> None:
    kepala = browser(office)
    number = referred(office, kepala)
    redaktur = browser(office, "redaktur")
    assert redaktur.send(f"/rujukan/{number}/langkah", SENT).status_code == 303
    told = {"langkah": "dijawab", "hari": "2024-11-22", "nomor": "", "isi": "Diteruskan ke Gakkumdu <b>hari ini</b>."}
    assert redaktur.send(f"/rujukan/{number}/langkah", told).status_code == 303
    page = redaktur.get(f"/rujukan/{number}").text
    assert "Diteruskan ke Gakkumdu &lt;b&gt;hari ini" in page
    assert "sudah dijawab" in page
    with office.store.read() as tx:
        assert [step.act for step in tx.referral_steps([number])[number]] == ["dikirim", "dijawab"]
        assert [act.act for act in tx.acts("rujukan", str(number))] == ["dikirim", "dijawab"]
        assert "Gakkumdu" not in str([act.detail for act in tx.acts("rujukan", str(number))])


@pytest.mark.parametrize("more", [{"hari": "kemarin"}, {"hari": "2031-01-01"}, {"nomor": ""}, {"langkah": "dijawab"},
                                  {"langkah": "x" * 300}])  # fmt: skip
def test_a_wrong_step_is_told_and_nothing_is_kept(office: Office, more: dict[str, str]) -> None:
    client = browser(office)
    number = referred(office, client)
    answer = client.send(f"/rujukan/{number}/langkah", {**SENT, **more})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    with office.store.read() as tx:
        assert tx.referral_steps([number]) == {}


def test_a_verifikator_reads_and_changes_nothing(office: Office) -> None:
    number = referred(office, browser(office))
    reader = browser(office, "verifikator")
    assert "Tidak ada langkah" in reader.get(f"/rujukan/{number}").text
    assert reader.send(f"/rujukan/{number}/langkah", SENT).status_code == 403
    assert browser(office, "pembaca").get(f"/rujukan/{number}").status_code == 403


@pytest.mark.parametrize("path", ["/rujukan/99", "/rujukan/99/surat", "/isu/99/rujuk", f"/rujukan/{10**30}"])
def test_what_is_not_there_is_not_found(office: Office, path: str) -> None:
    assert browser(office).get(path).status_code == 404


def test_the_digest_lists_the_referral_with_where_it_stands(office: Office) -> None:
    client = browser(office)
    number = referred(office, client)
    client.send(f"/rujukan/{number}/langkah", SENT)
    with office.store.read() as tx:
        row = tx.get(Referral, number)
        assert row
        line = tx.events(row.at, office.later()).handed[0]
    assert (line.body, line.state, line.number) == ("Bawaslu", "dikirim", "005/XI/2024")
