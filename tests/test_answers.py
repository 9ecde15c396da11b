"""The way of an answer through the store: two hands before anything is public, every act audited, nothing half done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest

from monitor import clarifications, posts
from monitor.clarifications import Clarification
from monitor.people import Refusal
from monitor.pipeline import answers, referring
from monitor.pipeline.answers import File
from monitor.posts import Post
from monitor.referrals import Ground, Referral
from tests.office import Office
from tests.people import ANI, BUDI, KARTA, RINI, TAMU
from tests.published import TEXT


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.close()


def public(office: Office) -> list[posts.Publication]:
    with office.store.read() as tx:
        return answers.publications(tx)


def test_the_first_draft_leads_with_the_fact_and_cites_the_evidence(office: Office) -> None:
    made = answers.draft(office.house, office.isu(), ANI, office.now)
    assert isinstance(made, File)
    assert made.text
    assert made.text.headline.startswith("KPU Kota Contoh memeriksa gudang")
    assert made.text.claim == TEXT.claim
    assert [cited.official for cited in made.text.citations if cited.official] == ["KPU"]
    assert "ulang-headline" not in {fault.code for fault in made.faults}


def test_from_draft_to_page(office: Office) -> None:
    one = office.published()
    shown = public(office)
    assert [(page.post.clarification, page.post.finding, page.text) for page in shown] == [(one, "HOAKS", TEXT)]
    assert shown[0].post.regions == office.konten[0].score.regions
    with office.store.read() as tx:
        told = [act.act for act in tx.acts("klarifikasi", str(one))]
        assert told == ["buat", "ubah", "ajukan", "setujui", "terbitkan"]
        assert [act.act for act in tx.acts("publikasi", str(one))] == ["terbitkan"]
        row = tx.get(Clarification, one)
        assert row
        first = replace(row, state="DRAF", words="", public="", proposal="", version=0)
        assert clarifications.folded(first, tx.clarification_acts(one)) == row
    assert office.store.audit_faults() == []


def test_until_then_there_is_nothing_public(office: Office) -> None:
    one = office.drafted()
    house = office.house
    for step in (lambda: None, lambda: answers.submit(house, one, ANI, office.later()),
                 lambda: answers.approve(house, one, RINI, office.later())):  # fmt: skip
        step()
        assert public(office) == []
        with office.store.read() as tx:
            assert answers.publication(tx, one) is None
    assert isinstance(answers.publish(house, one, RINI, office.later()), Post)
    assert len(public(office)) == 1


@pytest.mark.parametrize("who", [ANI, BUDI, TAMU], ids=lambda who: who.name)
def test_one_hand_is_not_enough(office: Office, who: clarifications.acts.Person) -> None:  # type: ignore[name-defined]
    one = office.drafted()
    answers.submit(office.house, one, ANI, office.later())
    assert isinstance(answers.approve(office.house, one, who, office.later()), Refusal)
    assert isinstance(answers.publish(office.house, one, RINI, office.later()), Refusal)
    assert public(office) == []


def test_a_dead_official_source_blocks(office: Office) -> None:
    office.dead = {TEXT.citations[0].url}
    one = office.drafted()
    outcome = answers.submit(office.house, one, ANI, office.later())
    assert isinstance(outcome, Refusal)
    office.dead = set()
    answers.check_links(office.house, one, lambda: office.later(), Event())
    assert isinstance(answers.submit(office.house, one, ANI, office.later()), File)


NAMED = {"explanation": "Menurut KPU, Bambang Sutrisno tetap terdaftar.", "waivers": {"nama-calon": "keterangan KPU"}}


def test_what_was_approved_before_masa_tenang_is_held_back_in_it(office: Office) -> None:
    one = office.approved(**NAMED)
    office.now += timedelta(days=2)
    assert isinstance(answers.publish(office.house, one, RINI, office.now), Refusal)
    office.now += timedelta(days=3, hours=1)  # 13.02 WIT on polling day: the polls are closed
    assert isinstance(answers.publish(office.house, one, RINI, office.now), Post)


def test_in_masa_tenang_the_kepala_confirms_a_relayed_statement(office: Office) -> None:
    one = office.approved(**NAMED, relay="KPU")
    office.now += timedelta(days=2)
    assert isinstance(answers.publish(office.house, one, RINI, office.now), Refusal)
    assert isinstance(answers.confirm(office.house, one, RINI, "keterangan resmi", office.later()), Refusal)
    assert isinstance(answers.confirm(office.house, one, KARTA, "keterangan resmi", office.later()), File)
    assert isinstance(answers.publish(office.house, one, RINI, office.later()), Post)


def test_a_correction_changes_the_page_and_keeps_its_address(office: Office) -> None:
    one = office.published()
    better = replace(TEXT, speaker="KPU Kota Contoh: Sari Dewi, ketua divisi", slug="lain-sekali")
    house = office.house
    made = answers.propose_correction(house, one, ANI, better, "jabatan keliru", office.later())
    assert isinstance(made, File), made
    assert public(office)[0].text == TEXT
    assert isinstance(answers.sign_proposal(house, one, ANI, office.later()), Refusal)
    before = public(office)[0].post.path
    assert isinstance(answers.sign_proposal(house, one, RINI, office.later()), Post)
    page = public(office)[0]
    assert (page.text, page.post.path, page.post.edition) == (better, before, 2)
    assert [post.act for post in page.history] == ["terbitkan", "koreksi"]


def test_a_withdrawal_leaves_a_page_that_says_why(office: Office) -> None:
    one = office.published()
    house = office.house
    answers.propose_withdrawal(house, one, BUDI, "hasil dibuka lagi", office.later())
    assert public(office)[0].shown == TEXT
    assert isinstance(answers.sign_proposal(house, one, KARTA, office.later()), Post)
    page = public(office)[0]
    assert (page.shown, page.post.reason) == (None, "hasil dibuka lagi")
    assert isinstance(answers.propose_correction(house, one, ANI, TEXT, "x", office.later()), Refusal)


def test_an_erased_text_leaves_page_and_chain_whole(office: Office) -> None:
    office.published()
    office.store.erase([TEXT.words().digest], "admin", "permintaan", "UU 27/2022", office.now)
    page = public(office)[0]
    assert (page.text, page.shown) == (None, None)
    assert office.store.audit_faults() == []


def test_two_editors_at_once_publish_once(office: Office) -> None:
    one = office.approved()
    start, outcomes = Barrier(2), list[object]()
    now = office.later()

    def go() -> None:
        start.wait()
        outcomes.append(answers.publish(office.house, one, RINI, now))

    threads = [Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Post", "Refusal"]
    assert len(public(office)) == 1


def test_objections_are_recorded_due_answered_and_shown_when_upheld(office: Office) -> None:
    one = office.drafted()
    house, at = office.house, (office.store, office.settings)
    assert isinstance(answers.object_to(*at, one, "koreksi", "Wati", "0800", "keliru", office.now), Refusal)
    two = office.published(1)
    made = answers.object_to(*at, two, "koreksi", "Wati", "wati@x.example", "Jabatan itu keliru", office.later())
    assert isinstance(made, posts.Objection)
    assert made.due - office.now > timedelta(days=2)
    assert isinstance(answers.answer_objection(house, made.id, ANI, "DIKABULKAN", "benar", office.now), Refusal)
    assert isinstance(answers.answer_objection(house, made.id, RINI, "DIKABULKAN", "Jabatan diperbaiki.", office.now),
                      posts.Answer)  # fmt: skip
    assert isinstance(answers.answer_objection(house, made.id, RINI, "DITOLAK", "x", office.now), Refusal)
    page = public(office)[0]
    assert [answer.note for answer in page.upheld] == ["Jabatan diperbaiki."]
    site = answers.site(office.settings, "https://x.example/publik", str)
    html = posts.page(site, page)
    assert "Jabatan diperbaiki." in html
    assert "Wati" not in html
    with office.store.read() as tx:
        assert "Wati" not in str([act.detail for act in tx.acts()])


def test_a_referral_is_kept_with_its_letter_audited_and_counted(office: Office) -> None:
    rumor = office.isu("PENIPUAN")
    assert isinstance(referring.refer(office.house, rumor, "Polri", Ground(), RINI, office.now), Refusal)
    made = referring.refer(office.house, rumor, "Polri", Ground(), KARTA, office.later())
    assert isinstance(made, Referral)
    with office.store.read() as tx:
        letter = tx.words_of([made.words])[made.words].text
        assert "Kepada Yth. Polri" in letter
        assert TEXT.claim in letter
        assert tx.referrals(rumor) == [made]
        assert [act.act for act in tx.acts("isu", str(rumor))][-1] == "rujuk"
        assert tx.events(office.now - timedelta(days=1), office.now + timedelta(days=1)).referrals == 1


def test_what_does_not_exist_is_refused(office: Office) -> None:
    house, now = office.house, office.now
    for outcome in (answers.opened(house, 99, now), answers.submit(house, 99, ANI, now),
                    answers.publish(house, 99, RINI, now), answers.draft(house, 99, ANI, now),
                    answers.check_links(house, 99, lambda: now, Event())):  # fmt: skip
        assert isinstance(outcome, Refusal)
