"""monitor/gates: whom a claim concerns and which gates seem to apply; what is passed all the same needs a reason."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor import gates, verdicts
from monitor.gates import IN_CLAIM, IN_KONTEN, KONFLIK, PELANGGARAN, PERS
from monitor.people import Person, Refusal, signers
from monitor.pipeline import Finding, acts, answers
from monitor.rumors import Rumor
from monitor.sources import Settings
from monitor.store import Store
from monitor.verdicts import Case, Evidence, Verdict
from tests import made_city
from tests.asgi import Client
from tests.made_city import NOW
from tests.office import Office
from tests.people import ANI, KARTA, LUH, RINI

CONFLICTS = """
[[conflict]]
name = "Drs. Wayan Suluh, M.Si."
aliases = ["Pak Wayan", "Wayan Suluh"]
reason = "kepala kantor"
[[candidate]]
names = ["Bambang Sutrisno", "Mira Lestari"]
aliases = ["Mas Bambang"]
incumbent = true
[[candidate]]
names = ["Tono Wiguna"]
"""
PLAIN = "Surat suara di gudang sudah tercoblos semua"


@pytest.fixture
def settings() -> Settings:
    return made_city.settings(CONFLICTS)


@pytest.mark.parametrize("claim, text, met", [
    (PLAIN, "", []), ("Wayan Suluh menerima uang proyek", "", [("Drs. Wayan Suluh, M.Si.", IN_CLAIM)]),
    ("PAK  WAYAN-Suluh dilaporkan warga", "", [("Drs. Wayan Suluh, M.Si.", IN_CLAIM)]),
    ("P\u0430k W\u200bayan dilaporkan warga", "", [("Drs. Wayan Suluh, M.Si.", IN_CLAIM)]),
    (PLAIN, "Kata Mas Bambang, gudang itu kosong.", [("Bambang Sutrisno", IN_KONTEN)]),
    ("Tono Wiguna mundur dari pemilihan", "", []), ("Suluhan wayang malam ini ditunda", "Paket wayan", []),
    ("Diskominfo Kota Contoh menutup situs warga", "", [("Diskominfo Kota Contoh", IN_CLAIM)]),
    (PLAIN, "Diskominfo Kota Contoh membantah kabar itu.", []), ("", "", []), ("💧" * 300, "\0" * 50, []),
])
def test_names_are_met_as_whole_words_in_any_dress(settings: Settings, claim: str, text: str,
                                                   met: list[tuple[str, str]]) -> None:
    found = gates.hints(settings, claim, [text])
    assert [(one.said, one.where) for one in found if one.gate == KONFLIK] == met


def test_an_alleged_breach_and_press_alone_are_met(settings: Settings) -> None:
    found = gates.hints(settings, "Camat membagikan uang kepada pemilih menjelang pencoblosan", ["x"], [True, True])
    assert {one.gate for one in found} >= {PELANGGARAN, PERS}
    assert [one.gate for one in gates.hints(settings, PLAIN, [], [True, False])] == []


def test_many_names_end_somewhere() -> None:
    extra = "".join(f'[[conflict]]\nname = "Nama {n}"\n' for n in range(60))
    claim = " ".join(f"Nama {n}" for n in range(60))
    assert len(gates.hints(made_city.settings(extra), claim, [])) == gates.MOST


# The room

PROOF = Evidence(1, "note", "", "w", NOW, "ani")
CASE = Case(criticism=False, breach=False, conflict=False, press=(False,), evidence=(PROOF,))
HOAX = Verdict(1, "HOAKS", "w", NOW, "ani", form="konten palsu")
BEYOND = Verdict(1, "TIDAK DAPAT DIKLARIFIKASI", "w", NOW, "ani", why="di luar kewenangan")
MET = gates.Concern(KONFLIK, "Wayan Suluh", "kepala kantor", IN_CLAIM)
WAITING = Rumor("w", NOW, "ani", "MENUNGGU PERSETUJUAN", id=1)


def test_what_seems_to_concern_the_office_is_answered_one_way_or_the_other() -> None:
    case = replace(CASE, hints=(MET,))
    refusal = verdicts.gates(HOAX, case)
    assert refusal is not None
    assert "Wayan Suluh (klaim)" in refusal.sentence
    assert verdicts.gates(HOAX, replace(case, reasons={KONFLIK: "  bukan  "})) is not None, "too short a reason"
    passed = replace(case, reasons={KONFLIK: "Wayan Suluh yang lain,  pedagang ikan."})
    assert verdicts.gates(HOAX, passed) is None
    assert verdicts.overridden(HOAX, passed) == {KONFLIK: "Wayan Suluh yang lain, pedagang ikan."}
    ticked = replace(case, conflict=True, reasons={KONFLIK: "tidak dipakai sama sekali"})
    assert verdicts.gates(HOAX, ticked) is None
    assert verdicts.overridden(HOAX, ticked) == {}
    assert verdicts.gates(BEYOND, case) is None


def test_a_breach_and_an_imitated_outlet_are_passed_with_a_reason_alone() -> None:
    breach = replace(CASE, hints=(gates.Concern(PELANGGARAN, "Politik uang", "wewenang Bawaslu", IN_CLAIM),))
    assert verdicts.gates(HOAX, breach) is not None
    assert verdicts.gates(HOAX, replace(breach, reasons={PELANGGARAN: "Video lama dari negara lain."})) is None
    press = replace(CASE, press=(True,), hints=(gates.Concern(PERS, "", "semua pers", IN_KONTEN),))
    imitated = replace(HOAX, form="konten tiruan")
    assert verdicts.gates(HOAX, replace(press, reasons={PERS: "alasan yang panjang"})) is not None
    assert verdicts.gates(imitated, press) is not None
    assert verdicts.gates(imitated, replace(press, reasons={PERS: "Logonya ditiru, redaksi membantah."})) is None


def test_without_anybody_outside_it_stays_out_of_reach() -> None:
    alone = replace(CASE, conflict=True, outside=False)
    refusal = verdicts.gates(HOAX, alone)
    assert refusal is not None
    assert "di luar kewenangan" in refusal.sentence
    assert verdicts.gates(BEYOND, alone) is None
    assert verdicts.gates(HOAX, replace(alone, outside=True)) is None


def test_who_signs_what() -> None:
    concerned, handed_on = replace(HOAX, conflict=True), replace(BEYOND, conflict=True)
    both, redaktur, kepala = (signers(word) for word in ("redaktur atau kepala", "redaktur", "kepala"))
    assert (both, redaktur, kepala) == (("redaktur", "kepala"), ("redaktur",), ("kepala",))
    assert verdicts.may_sign(HOAX, KARTA) is None
    assert verdicts.may_sign(HOAX, KARTA, redaktur) is not None
    assert verdicts.may_sign(HOAX, RINI, redaktur) is None
    assert verdicts.may_sign(HOAX, RINI, kepala) is not None
    assert verdicts.may_sign(HOAX, LUH, both) is not None
    assert verdicts.may_sign(concerned, KARTA) is not None
    assert verdicts.may_sign(concerned, LUH) is None
    assert verdicts.may_sign(handed_on, KARTA) is None
    assert verdicts.may_sign(HOAX, Person("ani", ("redaktur", "kepala"))) is not None, "never both signatures"


# The whole way


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    made_city.add_konten(held, made_city.settings(), 0)
    yield held
    held.close()


def browser(store: Store, settings: Settings, name: str, *roles: str, minutes: int = 0) -> Client:
    now = NOW + timedelta(minutes=minutes)
    found = Client(pages.app(made_city.desk(store, settings, now=lambda: now)), "http://127.0.0.1:8765")
    found.cookies.set("sesi", made_city.logged_in(store, name, roles, now), domain="127.0.0.1")
    return found


CLAIM = "Pak Wayan menyuruh gudang KPU dibuka malam hari"


def with_evidence(store: Store, claim: str = CLAIM) -> Rumor:
    isu = acts.attach(store, [(1, 0)], ANI, claim, 0, NOW)
    assert isinstance(isu, Rumor)
    acts.lay_note(store, isu.id, ANI, "Segel gudang utuh.", NOW)
    return isu


def test_the_page_points_and_keeps_the_reason_as_a_row(store: Store, settings: Settings) -> None:
    isu = with_evidence(store)
    ani = browser(store, settings, "ani", "verifikator")
    browser(store, settings, "luh", "verifikator luar")
    page = BeautifulSoup(ani.get(f"/isu/{isu.id}").text, "html.parser")
    assert "Drs. Wayan Suluh, M.Si." in page.select_one(".concerns").get_text()
    assert "kepala kantor" in page.select_one(".concerns").get_text()
    typed = {"versi": str(isu.version), "hasil": "HOAKS", "jenis": "konten palsu", "penjelasan": "Segelnya utuh."}
    refused = ani.send(f"/isu/{isu.id}/hasil", {**typed, "lewat-konflik": "bukan"})
    assert refused.status_code == 422
    again = BeautifulSoup(refused.text, "html.parser")
    assert "Gerbang konflik" in again.select_one(".told").get_text()
    assert again.select_one("[name=lewat-konflik]")["value"] == "bukan"
    sent = ani.send(f"/isu/{isu.id}/hasil", {**typed, "lewat-konflik": "Pak Wayan di sini pedagang, bukan kepala."})
    assert sent.status_code == 303
    with store.read() as tx:
        rows = tx.overrides(NOW - timedelta(days=1), NOW + timedelta(days=1))
        assert [(one.rumor, one.gate, one.by, one.reason) for one in rows] == [
            (isu.id, KONFLIK, "ani", "Pak Wayan di sini pedagang, bukan kepala.")]
        assert tx.acts("isu", str(isu.id))[-1].detail["gerbang dilewati"] == KONFLIK
    told = BeautifulSoup(ani.get(f"/isu/{isu.id}").text, "html.parser").get_text()
    assert "Pak Wayan di sini pedagang" in told


def test_a_ticked_conflict_without_anybody_outside_is_referred(store: Store, settings: Settings) -> None:
    isu = with_evidence(store)
    ani = browser(store, settings, "ani", "verifikator")
    typed = {"versi": str(isu.version), "penjelasan": "Segelnya utuh.", "konflik": "1"}
    refused = ani.send(f"/isu/{isu.id}/hasil", {**typed, "hasil": "HOAKS", "jenis": "konten palsu"})
    assert refused.status_code == 422
    assert "belum ada akun verifikator luar" in refused.text
    sent = ani.send(f"/isu/{isu.id}/hasil", {**typed, "hasil": "TIDAK DAPAT DIKLARIFIKASI",
                                             "sebab": "di luar kewenangan"})
    assert sent.status_code == 303
    rini = browser(store, settings, "rini", "redaktur", minutes=5)
    assert rini.send(f"/isu/{isu.id}/setujui", {"versi": str(isu.version + 1)}).status_code == 303


def test_the_office_names_who_signs(store: Store) -> None:
    known = made_city.settings()
    known = replace(known, office=replace(known.office, second_signature="kepala"))
    isu = with_evidence(store, PLAIN)
    finding = Finding(PLAIN, "HOAKS", "Segel utuh.", "konten palsu")
    assert isinstance(acts.propose(store, known, isu.id, isu.version, ANI, finding, NOW), Rumor)
    rini, karta = (browser(store, known, name, role, minutes=5)
                   for name, role in (("rini", "redaktur"), ("karta", "kepala")))
    assert "/setujui" not in rini.get(f"/isu/{isu.id}").text
    refused = rini.send(f"/isu/{isu.id}/setujui", {"versi": str(isu.version + 1)})
    assert refused.status_code == 422
    assert "diberikan kepala" in refused.text
    assert "/setujui" in karta.get(f"/isu/{isu.id}").text
    assert karta.send(f"/isu/{isu.id}/setujui", {"versi": str(isu.version + 1)}).status_code == 303


def test_with_too_few_people_the_desk_says_so(store: Store, settings: Settings) -> None:
    isu = with_evidence(store, PLAIN)
    rini = browser(store, settings, "rini", "verifikator", "redaktur")
    assert "belum dapat disetujui" in rini.get("/persetujuan").text
    with store.write() as tx:
        tx.change(replace(isu, holder="rini"), isu.version)
    page = rini.get(f"/isu/{isu.id}").text
    assert "belum ada orang lain yang dapat memberi tanda tangan kedua" in page
    karta = browser(store, settings, "karta", "kepala")
    assert "belum ada orang lain" not in karta.get(f"/isu/{isu.id}").text
    assert "belum ada orang lain" not in rini.get(f"/isu/{isu.id}").text


def test_refusals_are_sentences(settings: Settings) -> None:
    told = verdicts.may_sign(HOAX, RINI, ("kepala",))
    assert isinstance(told, Refusal)
    assert told.sentence == "Di kantor ini tanda tangan kedua diberikan kepala."


def test_a_clarification_too_is_signed_by_whom_the_office_named(tmp_path: Path) -> None:
    office = Office(tmp_path)
    try:
        office.house = replace(office.house, settings=replace(
            office.settings, office=replace(office.settings.office, second_signature="redaktur")))
        one = office.drafted()
        assert not isinstance(answers.submit(office.house, one, ANI, office.later()), Refusal)
        refused = answers.approve(office.house, one, KARTA, office.later())
        assert isinstance(refused, Refusal)
        assert "diberikan redaktur" in refused.sentence
        assert not isinstance(answers.approve(office.house, one, RINI, office.later()), Refusal)
    finally:
        office.close()
