"""Who may be told what: nothing that is only an opinion, a joke or unproven goes to those who can punish."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from monitor.people import Person, Refusal
from monitor.referrals import (
    BODIES,
    DIBATALKAN,
    DIJAWAB,
    DIKIRIM,
    Ground,
    Referral,
    ReferralStep,
    referred,
    state_of,
    stepped,
)
from monitor.rumors import FOUND, STATES, TERVERIFIKASI, Rumor
from monitor.verdicts import FINDINGS, WHYS, Verdict
from tests.people import ANI, BUDI, KARTA, LUH, RINI, TAMU

NOW = datetime(2024, 11, 20, 3, 0, tzinfo=UTC)
RUMOR = Rumor("x", NOW, "ani", state=TERVERIFIKASI, id=1)
SCAM = Verdict(1, "PENIPUAN", "x", NOW, "ani", id=3)
DANGER = Ground("kerusuhan di TPS 4", "pasal 28 ayat 3 UU 1/2024")


def refer(verdict: Verdict = SCAM, body: str = "Polri", ground: Ground = Ground(), who: Person = KARTA,
          rumor: Rumor = RUMOR) -> Referral | Refusal:  # fmt: skip
    return referred(rumor, verdict, body, ground, "surat", who, NOW)


def test_a_scam_goes_to_the_police_by_the_kepala() -> None:
    made = refer()
    assert isinstance(made, Referral)
    assert (made.body, made.by, made.verdict) == ("Polri", "karta", 3)


@pytest.mark.parametrize("who", [ANI, BUDI, RINI, LUH, TAMU], ids=lambda who: who.name)
def test_nobody_but_the_kepala_refers(who: Person) -> None:
    assert isinstance(refer(who=who), Refusal)


@pytest.mark.parametrize("state", [state for state in STATES if state not in FOUND])
def test_only_a_finding_with_two_signatures_is_referred(state: str) -> None:
    assert isinstance(refer(rumor=replace(RUMOR, state=state)), Refusal)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("finding", ["SATIRE", "BELUM TERBUKTI"])
def test_satire_and_the_unproven_do_not_reach_polri_or_komdigi(finding: str, body: str) -> None:
    outcome = refer(replace(SCAM, finding=finding), body, DANGER)
    assert isinstance(outcome, Refusal) is (body in ("Polri", "Komdigi"))


@pytest.mark.parametrize("why", WHYS)
def test_opinion_does_not_reach_polri_or_komdigi(why: str) -> None:
    verdict = replace(SCAM, finding="TIDAK DAPAT DIKLARIFIKASI", why=why)
    for body in ("Polri", "Komdigi"):
        assert isinstance(refer(verdict, body, DANGER), Refusal) is (why == "opini")
    assert isinstance(refer(verdict, "Bawaslu"), Referral)


@pytest.mark.parametrize("finding", FINDINGS)
def test_to_the_police_only_scams_or_a_named_danger_with_its_article(finding: str) -> None:
    verdict = replace(SCAM, finding=finding)
    for ground in (Ground(), Ground("ricuh"), Ground(article="pasal 28"), Ground(" ", " ")):
        assert isinstance(refer(verdict, "Polri", ground), Refusal) is (finding != "PENIPUAN")


@pytest.mark.parametrize("body", BODIES)
def test_the_good_name_of_an_office_is_refused_everywhere(body: str) -> None:
    assert isinstance(refer(body=body, ground=replace(DANGER, defamation=True)), Refusal)


def test_an_unknown_body_is_refused() -> None:
    outcome = refer(body="Satpol PP")
    assert isinstance(outcome, Refusal)
    assert "Bawaslu" in outcome.sentence


LETTER = Referral(1, 3, "Bawaslu", NOW, "karta", "surat", id=7)
TODAY = date(2024, 11, 21)


def step(act: str, done: tuple[str, ...] = (), day: date | None = TODAY, number: str = "005/12", words: str = "isi",
         who: Person = RINI) -> ReferralStep | Refusal:  # fmt: skip
    steps = [ReferralStep(7, one, NOW, "rini", TODAY.isoformat()) for one in done]
    return stepped(LETTER, steps, act, day, number, words, who, NOW, TODAY)


def test_a_letter_is_sent_then_answered_more_than_once() -> None:
    assert isinstance(step(DIKIRIM), ReferralStep)
    assert isinstance(step(DIJAWAB, (DIKIRIM,)), ReferralStep)
    assert isinstance(step(DIJAWAB, (DIKIRIM, DIJAWAB)), ReferralStep)
    assert state_of([]) == "disiapkan"


@pytest.mark.parametrize(("act", "done"), [
    (DIJAWAB, ()), (DIKIRIM, (DIKIRIM,)), (DIBATALKAN, (DIKIRIM,)), (DIKIRIM, (DIBATALKAN,)), (DIJAWAB, (DIBATALKAN,)),
    ("hilang", ()),
])  # fmt: skip
def test_no_step_out_of_order(act: str, done: tuple[str, ...]) -> None:
    assert isinstance(step(act, done, who=KARTA), Refusal)


def test_only_the_kepala_calls_it_off_and_only_before_it_is_sent() -> None:
    assert isinstance(step(DIBATALKAN, who=RINI), Refusal)
    assert isinstance(step(DIBATALKAN, who=KARTA), ReferralStep)


@pytest.mark.parametrize("who", [ANI, BUDI, LUH, TAMU], ids=lambda who: who.name)
def test_only_redaktur_and_kepala_tell_what_became_of_it(who: Person) -> None:
    assert isinstance(step(DIKIRIM, who=who), Refusal)


@pytest.mark.parametrize("day", [None, date(2024, 11, 22), date(2024, 11, 1)])
def test_the_day_lies_between_the_referral_and_today(day: date | None) -> None:
    assert isinstance(step(DIKIRIM, day=day), Refusal)


def test_a_letter_has_a_number_and_an_answer_has_words() -> None:
    assert isinstance(step(DIKIRIM, number=" "), Refusal)
    assert isinstance(step(DIJAWAB, (DIKIRIM,), words=""), Refusal)
