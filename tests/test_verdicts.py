"""Scenarios of findings: evidence first, the four gates, the second signature."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor import rumors, verdicts
from monitor.people import Person, Refusal
from monitor.rumors import Rumor
from monitor.verdicts import FAKTA, HOAKS, TIDAK_DAPAT, Case, Evidence, Verdict
from tests.people import ANI, BUDI, KARTA, LUH, RINI, TAMU

NOW = datetime(2024, 11, 20, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
ISU = Rumor(words="c", at=NOW, by="ani", holder="ani", id=3)
BUKTI = Evidence(3, "link", "https://kpu.example/pengumuman", "w", NOW, "ani", official="KPU Kota Contoh")
KASUS = Case(criticism=False, breach=False, conflict=False, press=(False,), evidence=(BUKTI,))


def draft(finding: str = HOAKS, form: str = "konten palsu", why: str = "", conflict: bool = False) -> Verdict:
    return Verdict(3, finding, "w", NOW, "ani", form, why, conflict, id=11)


def propose(verdict: Verdict, case: Case = KASUS, rumor: Rumor = ISU) -> verdicts.Proposal | Refusal:
    return verdicts.propose(rumor, ANI, verdict, case, NOW)


def waiting(verdict: Verdict) -> Rumor:
    proposal = propose(verdict)
    assert not isinstance(proposal, Refusal), proposal
    return proposal[0]


def sentence(outcome: object) -> str:
    assert isinstance(outcome, Refusal), outcome
    return outcome.sentence


def test_a_finding_walks_from_proposal_to_second_signature() -> None:
    rumor = waiting(draft())
    assert (rumor.state, rumor.version) == (rumors.MENUNGGU, 2)
    signed = verdicts.approve(rumor, draft(), RINI, LATER)
    assert not isinstance(signed, Refusal)
    assert signed[0].state == rumors.TERVERIFIKASI
    assert signed[2] == verdicts.Signature(11, "setujui", LATER, "rini")


def test_without_evidence_no_finding() -> None:
    assert "bukti" in sentence(propose(draft(), replace(KASUS, evidence=())))


def test_the_person_who_proposed_never_signs() -> None:
    both = Person("ani", (*ANI.roles, *RINI.roles))
    assert "orang lain" in sentence(verdicts.approve(waiting(draft()), draft(), both, LATER))


@pytest.mark.parametrize("person", [BUDI, TAMU, LUH], ids=lambda p: p.name)
def test_only_redaktur_or_kepala_sign(person: Person) -> None:
    assert "redaktur atau kepala" in sentence(verdicts.approve(waiting(draft()), draft(), person, LATER))


def test_nobody_signs_within_ten_seconds() -> None:
    rumor = waiting(draft())
    assert "10 detik" in sentence(verdicts.approve(rumor, draft(), KARTA, NOW + timedelta(seconds=9)))
    assert not isinstance(verdicts.approve(rumor, draft(), KARTA, NOW + timedelta(seconds=10)), Refusal)


def test_a_case_about_the_office_itself_is_signed_from_outside() -> None:
    verdict = draft(conflict=True)
    assert "luar" in sentence(verdicts.approve(waiting(verdict), verdict, KARTA, LATER))
    assert not isinstance(verdicts.approve(waiting(verdict), verdict, LUH, LATER), Refusal)


def test_sent_back_with_a_note_the_rumor_is_open_again() -> None:
    rumor = waiting(draft())
    assert "catatan" in sentence(verdicts.send_back(rumor, draft(), RINI, " ", LATER))
    back = verdicts.send_back(rumor, draft(), RINI, "tambahkan pernyataan KPU", LATER)
    assert not isinstance(back, Refusal)
    assert back[0].state == rumors.TERBUKA


@pytest.mark.parametrize("finding", [f for f in verdicts.FINDINGS if f not in (TIDAK_DAPAT, verdicts.SATIRE)])
def test_criticism_is_no_hoax(finding: str) -> None:
    assert "Kritik bukan hoaks" in sentence(propose(draft(finding), replace(KASUS, criticism=True)))


def test_criticism_ends_as_opinion() -> None:
    outcome = propose(draft(TIDAK_DAPAT, "", verdicts.OPINI), replace(KASUS, criticism=True))
    assert not isinstance(outcome, Refusal)


@pytest.mark.parametrize("finding", [f for f in verdicts.FINDINGS if f != TIDAK_DAPAT])
def test_an_alleged_breach_is_for_bawaslu(finding: str) -> None:
    assert "Bawaslu" in sentence(propose(draft(finding), replace(KASUS, breach=True)))


@pytest.mark.parametrize("finding", verdicts.STAMPS)
def test_a_press_product_is_not_stamped(finding: str) -> None:
    assert "hak jawab" in sentence(propose(draft(finding), replace(KASUS, press=(True, True))))


def test_a_claim_that_also_runs_outside_the_press_may_be_judged_and_an_imitated_outlet_too() -> None:
    assert not isinstance(propose(draft(), replace(KASUS, press=(True, False))), Refusal)
    assert not isinstance(propose(draft(form=verdicts.IMITATED), replace(KASUS, press=(True,))), Refusal)
    assert not isinstance(propose(draft(FAKTA, ""), replace(KASUS, press=(True,))), Refusal)


def test_odd_words_are_refused_with_what_is_possible() -> None:
    assert "HOAKS" in sentence(propose(draft("BOHONG")))
    assert "konten palsu" in sentence(propose(draft(form="karangan")))
    assert "alasan" in sentence(propose(draft(TIDAK_DAPAT, "")))
    assert "alasan" in sentence(propose(draft(HOAKS, why=verdicts.OPINI)))


def test_somebody_elses_rumor_and_a_closed_one_stay_as_they_are() -> None:
    assert "budi" in sentence(propose(draft(), rumor=replace(ISU, holder="budi")))
    assert "TERVERIFIKASI" in sentence(propose(draft(), rumor=replace(ISU, state=rumors.TERVERIFIKASI)))


def test_a_verified_rumor_is_reopened_by_a_redaktur_with_a_reason() -> None:
    closed = replace(ISU, state=rumors.TERVERIFIKASI)
    assert "redaktur" in sentence(rumors.reopen(closed, ANI, "bukti baru", LATER))
    assert "alasan" in sentence(rumors.reopen(closed, RINI, "", LATER))
    again = rumors.reopen(closed, RINI, "bukti baru", LATER)
    assert not isinstance(again, Refusal)
    assert again[0].state == rumors.TERBUKA


def test_a_claim_is_one_written_sentence() -> None:
    assert rumors.claim("  Surat suara\nsudah   tercoblos ") == "Surat suara sudah tercoblos"
    assert isinstance(rumors.claim("hoaks"), Refusal)
    assert isinstance(rumors.claim("x" * 501), Refusal)
