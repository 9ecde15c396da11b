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
from monitor.pipeline import answers, objections, referring
from monitor.pipeline.acts import Stale
from monitor.pipeline.answers import File
from monitor.posts import Post
from monitor.referrals import Ground, Referral
from monitor.rumors import SELESAI, Rumor
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
    assert isinstance(objections.object_to(*at, one, "koreksi", "Wati", "0800", "keliru", office.now), Refusal)
    two = office.published(1)
    made = objections.object_to(*at, two, "koreksi", "Wati", "wati@x.example", "Jabatan itu keliru", office.later())
    assert isinstance(made, posts.Objection)
    assert made.due - office.now > timedelta(days=2)
    note = "Jabatan diperbaiki."
    assert isinstance(objections.answer(house, made.id, ANI, "DIKABULKAN", "benar", office.now), Refusal)
    assert isinstance(objections.answer(house, made.id, RINI, "DIKABULKAN", "Hubungi 0812 3456 7890.", office.now),
                      Refusal)  # fmt: skip
    assert isinstance(objections.answer(house, made.id, RINI, "DIKABULKAN", note, office.now), posts.Answer)
    assert public(office)[0].upheld == [], "one hand is not enough"
    assert isinstance(objections.answer(house, made.id, RINI, "DIKABULKAN", note, office.later()), Refusal)
    assert isinstance(objections.answer(house, made.id, KARTA, "DIKABULKAN", "", office.now), posts.Answer)
    assert isinstance(objections.answer(house, made.id, RINI, "DITOLAK", "x", office.now), Refusal)
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
    here = (office.store, office.settings, rumor, "Polri", Ground())
    assert isinstance(referring.refer(*here, RINI, office.now), Refusal)
    made = referring.refer(*here, KARTA, office.later())
    assert isinstance(made, Referral)
    with office.store.read() as tx:
        letter = tx.words_of([made.words])[made.words].text
        assert "Kepada Yth. Polri" in letter
        assert TEXT.claim in letter
        assert tx.referrals(rumor) == [made]
        assert [act.act for act in tx.acts("isu", str(rumor))][-1] == "rujuk"
        assert tx.events(office.now - timedelta(days=1), office.now + timedelta(days=1)).referrals == 1


def test_a_form_for_an_older_state_does_not_land_and_says_who_was_first(office: Office) -> None:
    one = office.drafted()
    seen = office.opened(one).row.version
    mine, theirs = replace(TEXT, where="papan warga"), replace(TEXT, where="grup lain")
    assert isinstance(answers.edit(office.house, one, BUDI, theirs, office.later(), seen), File)
    late = answers.edit(office.house, one, ANI, mine, office.later(), seen)
    assert isinstance(late, Stale)
    assert "budi lebih dahulu: “ubah”" in late.sentence
    assert office.opened(one).text == theirs
    for act in (lambda: answers.submit(office.house, one, ANI, office.now, seen),
                lambda: answers.approve(office.house, one, RINI, office.now, seen),
                lambda: answers.publish(office.house, one, RINI, office.now, seen)):  # fmt: skip
        assert isinstance(act(), Stale)


def test_one_finding_has_one_clarification_until_it_is_withdrawn(office: Office) -> None:
    one = office.published()
    rumor = office.opened(one).rumor.id
    again = answers.draft(office.house, rumor, BUDI, office.later())
    assert isinstance(again, Refusal)
    assert f"nomor {one}" in again.sentence
    answers.propose_withdrawal(office.house, one, BUDI, "keliru", office.later())
    assert isinstance(answers.sign_proposal(office.house, one, RINI, office.later()), Post)
    assert isinstance(answers.draft(office.house, rumor, BUDI, office.later()), File)


def test_an_isu_ends_without_publication_only_where_nothing_is_on_its_way(office: Office) -> None:
    one, other = office.published(), office.isu(number=1)
    house = office.house
    assert isinstance(answers.close(house, office.opened(one).rumor.id, RINI, "cukup", office.now), Refusal)
    assert isinstance(answers.close(house, other, RINI, " ", office.now), Refusal)
    assert isinstance(answers.close(house, other, ANI, "cukup", office.now), Refusal)
    assert isinstance(answers.close(house, other, RINI, "cukup", office.now, 99), Stale)
    ended = answers.close(house, other, RINI, "sudah dijawab KPU sendiri", office.later())
    assert isinstance(ended, Rumor)
    assert ended.state == SELESAI
    assert isinstance(answers.draft(house, other, ANI, office.now), Refusal)
    with office.store.read() as tx:
        assert [act.act for act in tx.acts("isu", str(other))][-1] == "selesai tanpa terbit"
        assert tx.rumor_acts(other)[-1].reason == "sudah dijawab KPU sendiri"


def test_links_are_looked_at_at_the_moment_of_publishing(office: Office) -> None:
    one = office.approved()
    office.dead = {TEXT.citations[0].url}
    answers.check_links(office.house, one, lambda: office.later(), Event())
    held = answers.publish(office.house, one, RINI, office.later())
    assert isinstance(held, Refusal)
    assert isinstance(answers.publish(office.house, one, RINI, office.now, reason="situs KPU sedang padat"), Post)
    with office.store.read() as tx:
        assert tx.clarification_acts(one)[-1].reason == "situs KPU sedang padat"


def test_in_masa_tenang_a_correction_waits_for_the_kepala(office: Office) -> None:
    one = office.published()
    office.now += timedelta(days=2)
    text = replace(TEXT, **NAMED, relay="KPU")
    answers.check_links(office.house, one, lambda: office.now, Event())
    house = office.house
    assert isinstance(answers.propose_correction(house, one, ANI, text, "nama keliru", office.later()), File)
    assert isinstance(answers.sign_proposal(house, one, RINI, office.later()), Refusal)
    assert isinstance(answers.confirm(house, one, RINI, "keterangan resmi", office.later()), Refusal)
    assert isinstance(answers.confirm(house, one, KARTA, "keterangan resmi", office.later()), File)
    assert isinstance(answers.sign_proposal(house, one, RINI, office.later()), Post)
    assert public(office)[0].post.reason == "nama keliru"


def test_a_public_reason_shows_nobody(office: Office) -> None:
    one = office.published()
    for reason in ("keliru, hubungi 0812 3456 7890", "pelaku minta diubah", "akun @budi_santoso keberatan"):
        made = answers.propose_withdrawal(office.house, one, ANI, reason, office.later())
        assert isinstance(made, Refusal)
        assert "halaman publik" in made.sentence


def test_what_does_not_exist_is_refused(office: Office) -> None:
    house, now = office.house, office.now
    for outcome in (answers.opened(house, 99, now), answers.submit(house, 99, ANI, now),
                    answers.publish(house, 99, RINI, now), answers.draft(house, 99, ANI, now),
                    answers.check_links(house, 99, lambda: now, Event())):  # fmt: skip
        assert isinstance(outcome, Refusal)
