"""What may be kept no longer goes, once, with a tombstone; what something living rests on stays; restores know it."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from monitor import retention, sources
from monitor.articles import Article
from monitor.attachments import Attachment
from monitor.audit import TERM, Act
from monitor.clarifications import Clarification
from monitor.cli import erase as command
from monitor.entries import Words
from monitor.items import BARU, DALAM_ISU, DIKESAMPINGKAN, Item, ItemAct
from monitor.pipeline.retaining import Erased, retain
from monitor.posts import Objection
from monitor.retention import BUKTI, KONTEN, Going, Kept
from monitor.rumors import TERBUKA, TERVERIFIKASI, Merger, RumorAct
from monitor.sources import Archive
from monitor.store import Filters, Store, Tx
from monitor.verdicts import Evidence
from tests import world

NOW = world.NOW
LATER = NOW + timedelta(days=91)
YEARS = NOW + timedelta(days=5 * 366)
WISH = Archive()


def konten(store: Store, count: int = 1, seed: int = 7, start: int = 0) -> list[world.Konten]:
    """Konten with words and pages of their own, all BARU."""
    made = []
    with store.write() as tx:
        random, visit = Random(seed), tx.add(world.fetch())
        for number in range(start, start + count):
            words = world.words(random, number)
            tx.put_words([words])
            entry = tx.add_entries([world.entry(number, visit.id, words=words.digest)])[0]
            page = store.keep(f"<html>{words.title}</html>".encode())
            article = tx.add(Article(entry.id, visit.id, 1, NOW, entry.url, words.digest, "selectors", page=page))
            score = tx.add(world.score(random, article))
            item = tx.add(replace(world.item(random, score), state=BARU, holder=""))
            made.append(world.Konten(entry, article, words, score, item))
    aged(store)
    return made


def aged(store: Store) -> None:
    """The archive's files are of yesterday, not of this very moment."""
    for digest in store.arsip.digests():
        os.utime(store.arsip.folder / digest, (NOW.timestamp(), NOW.timestamp()))


def moved(store: Store, one: world.Konten, state: str, at: datetime = NOW) -> None:
    with store.write() as tx:
        item = tx.get(Item, one.item.id)
        assert item is not None
        assert tx.change(replace(item, state=state, holder=""), item.version)
        tx.add(ItemAct(item.id, at, "ani", "langkah", item.state, state, "opini/kritik"))


def left(store: Store, one: world.Konten) -> tuple[bool, bool]:
    """Are its words and its page there?"""
    with store.read() as tx:
        return bool(tx.words_of([one.article.words])), store.kept(one.article.page) is not None


def test_text_of_a_dismissed_konten_goes_after_its_days(store: Store) -> None:
    old, young = konten(store, 2)
    moved(store, old, DIKESAMPINGKAN)
    moved(store, young, DIKESAMPINGKAN, NOW + timedelta(days=5))
    assert retain(store, WISH, NOW + timedelta(days=90)) == Erased()
    assert retain(store, WISH, LATER) == Erased(konten=1, words=1, pages=1)
    assert left(store, old) == (False, False)
    assert left(store, young) == (True, True)
    with store.read() as tx:
        assert tx.queue(Filters(text=old.words.title, archive=True)) == []
        row = tx.item(old.item.id)
        assert row is not None
        assert row.row.article == old.article
        stones = tx.erasures()
        assert {stone.words for stone in stones} >= {old.article.words, old.article.page}
        assert {(stone.basis, stone.who) for stone in stones} == {(TERM, "jernih")}
        assert f"({old.item.id})" in stones[0].why
        acts = [act for act in tx.acts() if act.act == "hapus"]
        assert {act.key for act in acts} == {stone.words for stone in stones}
    assert store.audit_faults() == []
    assert retain(store, WISH, LATER) == Erased()


@pytest.mark.parametrize("state", [BARU, DALAM_ISU, "DIPROSES"])
def test_text_of_a_living_konten_stays(store: Store, state: str) -> None:
    one = konten(store)[0]
    moved(store, one, state)
    told = retain(store, WISH, LATER)
    assert left(store, one) == (True, True)
    assert told.words == 0


def test_text_that_another_konten_still_has_stays_until_that_one_ends_too(store: Store) -> None:
    one, other = konten(store, 2)
    with store.write() as tx:
        article = tx.add(replace(other.article, id=0, version=3, words=one.article.words, page=one.article.page))
        same = tx.add(replace(other.item, id=0, article=article.id))
    moved(store, one, DIKESAMPINGKAN)
    moved(store, other, DIKESAMPINGKAN)
    told = retain(store, WISH, LATER)
    assert left(store, one) == (True, True)
    assert told.held > 0
    moved(store, replace(other, item=same), DIKESAMPINGKAN)
    retain(store, WISH, LATER + timedelta(days=1))
    assert left(store, one) == (False, False)
    assert left(store, other) == (False, False)
    with store.read() as tx:
        stones = [stone.words for stone in tx.erasures()]
    assert len(stones) == len(set(stones))


def test_dismissed_konten_that_an_isu_carries_stays(store: Store) -> None:
    one = konten(store)[0]
    with store.write() as tx:
        world.case(tx, one)
    moved(store, one, DIKESAMPINGKAN)
    retain(store, WISH, LATER)
    assert left(store, one) == (True, True)


def test_the_same_words_may_come_again_unless_they_were_erased_for_good(store: Store) -> None:
    one, other = konten(store, 2)
    moved(store, one, DIKESAMPINGKAN)
    retain(store, WISH, LATER)
    store.erase([other.words.digest], "Admin", "permintaan", "UU 27/2022", LATER)
    with store.write() as tx:
        tx.put_words([one.words, other.words])
        assert set(tx.words_of([one.words.digest, other.words.digest])) == {one.words.digest}


def evidence(store: Store, state: str = TERVERIFIKASI, at: datetime = NOW) -> Evidence:
    """Evidence with a page and a file, of an isu in this state whose last step was taken then."""
    with store.read() as tx:
        start = len(tx.known(f"identity-{number}" for number in range(500)))
    one = konten(store, start=start)[0]
    with store.write() as tx:
        rumor, _ = world.case(tx, one)
        tx.change(replace(rumor, state=state), rumor.version)
        tx.add(RumorAct(rumor.id, at, "rini", "setujui", TERBUKA, state))
        words, name = Words(f"Bantahan {rumor.id}", "Tidak benar."), Words("surat.pdf", "")
        tx.put_words([words, name])
        page = store.keep(b"<html>bantahan</html>")
        made = tx.add(Evidence(rumor.id, "link", "https://kpu.example/2", words.digest, NOW, "ani", page))
        original, copy = store.keep(b"asli"), store.keep(b"salinan")
        tx.add(Attachment(BUKTI, made.id, original, "image/png", 4, name.digest, NOW, "ani", copy))
    aged(store)
    return made


def kept(store: Store, one: Evidence) -> set[str]:
    """What is left of an evidence."""
    with store.read() as tx:
        words = set(tx.words_of([one.words, Words("surat.pdf", "").digest]))
    return words | set(store.arsip.digests())


def living(tx: Tx, rumor: int, state: str) -> Clarification:
    return tx.add(Clarification(rumor, tx.verdicts(rumor)[-1].id, NOW, "ani", state))


def test_evidence_of_a_finished_case_goes_after_its_years(store: Store) -> None:
    one = evidence(store)
    with store.write() as tx:
        living(tx, one.rumor, "DITARIK")
    before = kept(store, one)
    assert retain(store, WISH, NOW + timedelta(days=5 * 365 - 1)).evidence == 0
    assert kept(store, one) & before >= {one.words, one.page}
    told = retain(store, WISH, YEARS)
    assert told.evidence == 2, "the linked page of world.case has its words, too"
    assert kept(store, one) & {one.words, one.page, Words("surat.pdf", "").digest} == set()
    assert store.kept(one.page) is None
    with store.read() as tx:
        assert tx.evidence(one.rumor)[-1] == one
        assert tx.bound_pages() & {one.page} == set()
    assert store.audit_faults() == []
    assert retain(store, WISH, YEARS) == Erased()


@pytest.mark.parametrize("state", [TERBUKA, "MENUNGGU PERSETUJUAN", "DIGABUNG"])
def test_evidence_of_an_isu_that_is_not_finished_stays(store: Store, state: str) -> None:
    one = evidence(store, state)
    before = kept(store, one)
    assert retain(store, WISH, YEARS).evidence == 0
    assert kept(store, one) >= {one.words, one.page} & before


@pytest.mark.parametrize("state", ["DRAF", "MENUNGGU", "DISETUJUI", "DITERBITKAN", "DIKOREKSI"])
def test_evidence_under_a_clarification_that_lives_stays(store: Store, state: str) -> None:
    one = evidence(store)
    with store.write() as tx:
        living(tx, one.rumor, state)
    assert retain(store, WISH, YEARS).evidence == 0
    assert kept(store, one) >= {one.words, one.page}


def test_evidence_under_an_objection_without_answer_stays(store: Store) -> None:
    one = evidence(store)
    with store.write() as tx:
        row = living(tx, one.rumor, "DITARIK")
        tx.add(Objection(row.id, "koreksi", NOW, NOW, "x"))
    assert retain(store, WISH, YEARS).evidence == 0


def test_evidence_of_a_case_that_moved_lately_stays(store: Store) -> None:
    one = evidence(store, at=YEARS - timedelta(days=100))
    assert retain(store, WISH, YEARS).evidence == 0
    assert kept(store, one) >= {one.words, one.page}


@pytest.mark.parametrize(("state", "goes"), [(TERBUKA, False), (TERVERIFIKASI, True)])
def test_evidence_of_an_isu_merged_into_one_that_lives_stays(store: Store, state: str, goes: bool) -> None:
    one = evidence(store)
    carrier = konten(store, 1, seed=11, start=100)[0]
    with store.write() as tx:
        target, _ = world.case(tx, carrier, "Klaim yang lain")
        tx.change(replace(target, state=state), target.version)
        tx.add(Merger(one.rumor, target.id, NOW, "ani", "sama"))
    retain(store, WISH, YEARS)
    assert (one.words in kept(store, one)) is not goes


def test_page_that_evidence_rests_on_outlives_its_dismissed_konten(store: Store) -> None:
    one = konten(store)[0]
    moved(store, one, DIKESAMPINGKAN)
    carrier = konten(store, 1, seed=11, start=100)[0]
    with store.write() as tx:
        rumor, _ = world.case(tx, carrier)
        tx.add(Evidence(rumor.id, "link", one.article.url, "", NOW, "ani", one.article.page))
    told = retain(store, WISH, LATER)
    assert left(store, one) == (False, True)
    assert told.held == 1
    with store.read() as tx:
        assert one.article.page in tx.bound_pages()


def test_bytes_of_this_moment_stay_for_the_row_that_is_being_saved(store: Store) -> None:
    one = konten(store)[0]
    moved(store, one, DIKESAMPINGKAN)
    store.keep(f"<html>{one.words.title}</html>".encode())
    retain(store, WISH, datetime.now(UTC))
    assert left(store, one)[1]
    aged(store)
    retain(store, WISH, datetime.now(UTC))
    assert left(store, one) == (False, False)


def test_dry_run_says_what_would_go_and_changes_nothing(store: Store) -> None:
    for one in konten(store, 3):
        moved(store, one, DIKESAMPINGKAN)
    one = evidence(store)
    with store.read() as tx:
        before = tx.anchor()
    told = retain(store, WISH, YEARS, dry=True)
    assert told.konten >= 3
    assert told.evidence == 2
    with store.read() as tx:
        assert tx.anchor() == before
        assert tx.erasures() == []
    assert kept(store, one) >= {one.words, one.page}
    assert retain(store, WISH, YEARS) == told


def test_many_at_once_are_erased_in_small_steps(store: Store) -> None:
    for one in konten(store, 230):
        moved(store, one, DIKESAMPINGKAN)
    retain(store, WISH, LATER)
    assert list(store.arsip.digests()) == []
    assert store.audit_faults() == []


def test_restore_of_an_older_backup_brings_nothing_back(store: Store, tmp_path: Path) -> None:
    one, stays = konten(store, 2)
    moved(store, one, DIKESAMPINGKAN)
    proof = evidence(store)
    store.backup(tmp_path / "cadangan.zip", NOW)
    retain(store, WISH, YEARS)
    assert left(store, one) == (False, False)
    store.restore(tmp_path / "cadangan.zip", YEARS, replace=True)
    assert left(store, one) == (False, False)
    assert kept(store, proof) & {proof.words, proof.page} == set()
    assert left(store, stays) == (True, True)
    assert store.audit_faults() == []
    with store.read() as tx:
        assert len({(stone.words, stone.at) for stone in tx.erasures()}) == len(tx.erasures())


def test_list_beside_the_database_is_enough_where_the_database_is_lost(
    store: Store, other_store: Store, tmp_path: Path
) -> None:
    one = konten(store)[0]
    store.backup(tmp_path / "cadangan.zip", NOW)
    moved(store, one, DIKESAMPINGKAN)
    retain(store, WISH, LATER)
    written = store.home / "erasures.jsonl"
    assert written.stat().st_mode & 0o777 == 0o600
    (other_store.home / "erasures.jsonl").write_text(written.read_text() + '{"words": "cut')
    other_store.restore(tmp_path / "cadangan.zip", LATER)
    assert left(other_store, one) == (False, False)
    assert other_store.audit_faults() == []


def test_what_was_erased_for_good_stays_erased_with_its_page(store: Store, tmp_path: Path) -> None:
    one = konten(store)[0]
    store.backup(tmp_path / "cadangan.zip", NOW)
    store.erase([one.words.digest], "Admin", "permintaan", "UU 27/2022", NOW)
    store.restore(tmp_path / "cadangan.zip", LATER, replace=True)
    assert left(store, one) == (False, False)


def test_chain_with_tombstones_still_shows_tampering(store: Store) -> None:
    one = konten(store)[0]
    moved(store, one, DIKESAMPINGKAN)
    with store.write() as tx:
        tx.audit(Act(NOW, "ani", "kesampingkan", "konten", str(one.item.id), {}))
    retain(store, WISH, LATER)
    with store.write() as tx:
        guard = "DROP TRIGGER audit_no_delete" + ("" if store.sqlite else " ON audit")
        tx.connection.exec_driver_sql(guard)
        tx.connection.exec_driver_sql("DELETE FROM audit WHERE act = 'hapus'")
    assert store.audit_faults() != []


def test_terms_of_a_leap_day() -> None:
    day = datetime(2024, 2, 29, tzinfo=UTC)
    assert retention.terms(90, 5, day).evidence == datetime(2019, 2, 28, tzinfo=UTC)
    assert retention.terms(90, 4, day).evidence == datetime(2020, 2, 29, tzinfo=UTC)


def test_only_what_nobody_else_rests_on_goes() -> None:
    over = [Kept(KONTEN, 1, ("a", "b"), ("p",)), Kept(KONTEN, 2, ("b",), ())]
    rests = {"a": {(KONTEN, 1)}, "b": {(KONTEN, 1), (KONTEN, 2), (KONTEN, 3)}, "p": {(KONTEN, 1), (BUKTI, 9)}}
    assert retention.going(over, rests, ()) == [Going(KONTEN, 1, ("a",), (), 2), Going(KONTEN, 2, (), (), 1)]
    ended = [(KONTEN, 3), (BUKTI, 9)]
    assert retention.going(over, rests, ended) == [Going(KONTEN, 1, ("a", "b"), ("p",)), Going(KONTEN, 2, ("b",), ())]


def test_settings_are_read() -> None:
    assert sources.read("[archive]\ndismissed_days = 30\nevidence_years = 2\n").archive == Archive(30, 30, 2)
    assert (WISH.dismissed_days, WISH.evidence_years) == (90, 5)


def test_command_asks_for_one_thing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
                                    ) -> None:
    monkeypatch.setenv("JERNIH_HOME", str(tmp_path))
    monkeypatch.setenv("JERNIH_DATABASE_URL", "")
    monkeypatch.setenv("JERNIH_FEEDS", str(tmp_path / "feeds.toml"))
    (tmp_path / "feeds.toml").write_text("[archive]\ndismissed_days = 45\n")
    command.command(due=True, dry=True)
    assert "Akan dihapus" in capsys.readouterr().out
    command.command(due=True)
    said = capsys.readouterr().out
    assert "45 hari" in said
    assert said.startswith("Dihapus")
    for wrong in ({}, {"item": 1}, {"dry": True}, {"item": 1, "due": True}, {"item": 1, "why": "x", "basis": " "}):
        with pytest.raises(Exception, match="--due"):
            command.command(**wrong)  # type: ignore[arg-type]
