"""What the desk found becomes labels, and nothing else does; a fitted model is put in force and taken back."""

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from classifiers.model import MANIFEST, TENSORS, load_files, save_files
from classifiers.retrain import Label
from monitor import items, pipeline, sources
from monitor.cli import models, taught
from monitor.cli.opening import scorer
from monitor.items import Item
from monitor.labels import GIVE
from monitor.labels import Label as GivenLabel
from monitor.people import Refusal
from monitor.pipeline import House, manual
from monitor.pipeline.house import Records
from monitor.pipeline.learning import NO_CLAIM, OTHER_FINDING, examples, labels
from monitor.pipeline.scoring import score_articles
from monitor.store import Filters, Store, migrate
from monitor.verdicts import Signature, Verdict
from tests import world
from tests.office import FEEDS
from tests.people import ANI, KARTA
from tests.test_pipeline import Clock, Web, cage, clock, house, propose, web

__all__ = ["cage", "clock", "house", "web"]


def test_a_signed_hoax_is_a_label_and_an_unsigned_one_is_none(house: House, clock: Clock, web: Web) -> None:
    pipeline.collect(house, clock, Event())
    outcome = propose(house, clock)
    assert not isinstance(outcome, Refusal)
    assert labels(house) == []
    clock.at += timedelta(minutes=1)
    signed = pipeline.sign(house, outcome[0].id, KARTA, None, clock())  # type: ignore[index]
    assert not isinstance(signed, Refusal)
    assert [(label.account, label.title, label.hoax) for label in labels(house)] == [("ani", "GEGER surat suara", True)]


def test_only_bukan_hoaks_makes_a_dismissed_konten_a_label(house: House, clock: Clock) -> None:
    pipeline.collect(house, clock, Event())
    with house.store.read() as tx:
        item = tx.queue(Filters())[0].item
    done = pipeline.change(house, item.id, ANI, items.dismiss(item, ANI, "ganda", clock()), clock())
    assert not isinstance(done, Refusal)
    assert labels(house) == []
    back = pipeline.change(house, item.id, ANI, items.reopen(done, ANI, "keliru", clock()), clock())
    assert not isinstance(back, Refusal)
    last = pipeline.change(house, item.id, ANI, items.dismiss(back, ANI, "bukan hoaks", clock()), clock())
    assert not isinstance(last, Refusal)
    assert [(label.account, label.hoax) for label in labels(house)] == [("ani", False)]


def test_the_model_in_force_is_chosen_and_taken_back(tmp_path: Path) -> None:
    assert models.folder(tmp_path) is None
    (tmp_path / "model" / "abc123").mkdir(parents=True)
    models.choose(tmp_path, "abc123")
    assert models.folder(tmp_path) == tmp_path / "model" / "abc123"
    assert models.known(tmp_path) == ["abc123"]
    models.choose(tmp_path, models.SHIPPED)
    assert models.folder(tmp_path) is None


def test_a_pointer_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "rahasia").mkdir()
    for name in ("../rahasia", "", "/etc", "tidakada"):
        models.choose(tmp_path, name)
        assert models.folder(tmp_path) is None


def judged(store: Store, number: int, finding: str) -> str:
    """An isu with an approved finding, carried by one konten of a made-up world; the stance of that konten."""
    with store.write() as tx:
        konten = world.build(tx, 1, seed=7919 * number, start=100 * number)[0]
        rumor, _ = world.case(tx, konten, f"Klaim nomor {number}")
        claim = replace(konten.words, title=f"Klaim nomor {number}", text="")
        tx.put_words([claim])
        verdict = tx.add(Verdict(rumor.id, finding, claim.digest, world.NOW, "ani", "konten palsu"))
        tx.add(Signature(verdict.id, "setujui", world.NOW, "rini"))
        tx.change(replace(rumor, state="TERVERIFIKASI"), rumor.version)
        return konten.score.stance


def test_examples_tell_what_was_taken_and_what_was_left(store: Store) -> None:
    asserting = [judged(store, number, "HOAKS") for number in range(1, 13)].count("asserts")
    judged(store, 13, "FAKTA")
    judged(store, 14, "BELUM TERBUKTI")
    found = examples(Records(sources.read(FEEDS), store))
    kinds = Counter((one.label.hoax, one.why, one.label.account) for one in found.taken)
    assert 0 < asserting < 12
    assert kinds == {(True, "HOAKS", "ani"): asserting, (False, "FAKTA", "ani"): 1}
    assert found.left[NO_CLAIM] == 12 - asserting
    assert found.left[OTHER_FINDING] == 1
    assert all(one.row.score.model == "uji" for one in found.taken)
    assert [one.label for one in found.taken] == labels(Records(sources.read(FEEDS), store))


def test_exported_labels_are_masked_and_no_cell_is_a_formula(store: Store) -> None:
    judged(store, 7, "FAKTA")
    settings = sources.read(FEEDS)
    (one,) = examples(Records(settings, store)).taken
    hostile = replace(one, label=Label("ani", '=HYPERLINK("x")', "Hubungi 0812-3456-7890,\n\"segera\" 😱", True))
    row = json.loads(taught.to_jsonl([hostile], settings))
    assert tuple(row) == taught.FIELDS
    assert "3456" not in row["text"]
    assert len(row["text"]) == len(hostile.label.text)
    assert "segera" in row["text"]
    assert "ani" not in row.values()
    assert (row["label"], row["why"], row["model"]) == (1, "FAKTA", "uji")
    (read,) = csv.DictReader(io.StringIO(taught.to_csv([hostile], settings).decode("utf-8-sig"), newline=""))
    assert read["title"].startswith("'=")
    assert read["text"] == row["text"]
    assert read["stage"] == row["stage"] == "Kampanye"


def broken(kind: str, folder: Path) -> None:
    """A model's folder with what may happen to it."""
    shipped = load_files()
    save_files(folder, shipped.manifest, shipped.tensors)
    manifest, tensors = folder / MANIFEST, folder / TENSORS
    if kind == "missing":
        tensors.unlink()
    elif kind == "corrupt":
        tensors.write_bytes(tensors.read_bytes()[:-9])
    elif kind == "foreign":
        manifest.write_bytes(b"\x80\x04\x95pickle")
    elif kind == "newer":
        manifest.write_text(json.dumps({**shipped.manifest, "format": 99}), "utf-8")


@pytest.mark.parametrize("kind", ["missing", "corrupt", "foreign", "newer"])
def test_with_an_unusable_model_konten_wait_and_are_scored_once_it_is_whole(
    house: House, clock: Clock, tmp_path: Path, kind: str
) -> None:
    broken(kind, tmp_path / "model" / "abc123")
    models.choose(tmp_path, "abc123")
    assert scorer(tmp_path) is None
    blind = replace(house, detector=scorer(tmp_path))
    cycle = pipeline.collect(blind, clock, Event())
    assert (cycle.new, cycle.flagged) == (3, 0)
    with house.store.read() as tx:
        assert tx.waiting_counts() == {"score": 3}
        assert tx.queue(Filters()) == []
    text = manual.Typed("Surat suara sudah tercoblos di gudang, sebarkan sebelum dihapus")
    typed = manual.enter(house.store, house.settings, blind.detector, text, ANI, clock())
    assert not isinstance(typed, Refusal)
    with house.store.read() as tx:
        (row,) = tx.queue(Filters())
    assert row.score.model == ""
    models.choose(tmp_path, models.SHIPPED)
    found = scorer(tmp_path)
    assert found is not None
    clock.at += timedelta(minutes=1)
    pipeline.collect(replace(house, detector=found), clock, Event())
    with house.store.read() as tx:
        assert "score" not in tx.waiting_counts()


BLIND = "Surat suara pemilu sudah tercoblos di gudang KPU Kota Ambon, sebarkan sebelum dihapus"


def typed_blind(store: Store, house: House, text: str, url: str = "") -> Item:
    made = manual.enter(store, house.settings, None, manual.Typed(text, url=url), ANI, world.NOW)
    assert isinstance(made, Item)
    return made


@pytest.fixture
def seeing(store: Store, tmp_path: Path) -> House:
    """A house whose model is there again."""
    return House(sources.read(FEEDS), store, None, None, scorer(tmp_path))  # type: ignore[arg-type]


def test_what_was_typed_in_without_a_model_is_scored_once_there_is_one(store: Store, seeing: House) -> None:
    item = typed_blind(store, seeing, BLIND, "https://warga.example/9")
    moved = pipeline.change(seeing, item.id, ANI, items.take(item, ANI, world.NOW), world.NOW)
    assert isinstance(moved, Item)
    with store.write() as tx:
        tx.add(GivenLabel(item.id, "tps 7", GIVE, world.NOW, "ani"))
        assert tx.waiting_counts() == {"score": 1}
        assert tx.queue(Filters(topic="surat_suara_tps")) == []
    later = world.NOW + timedelta(hours=1)
    assert score_articles(seeing, lambda: later, lambda *_: None).new == 1
    with store.read() as tx:
        (row,) = tx.queue(Filters(topic="surat_suara_tps"))
        assert [one.item.id for one in tx.queue(Filters(text="tercoblos"))] == [item.id]
        assert [one.item.id for one in tx.queue(Filters(label="tps 7"))] == [item.id]
        assert tx.waiting_counts() == {}
        assert not tx.stated_of(row.entry.id)
        assert tx.audit_faults() == []
    assert row.score.model
    assert row.score.reasons
    assert row.item == replace(moved, score=row.score.id, priority=row.item.priority)
    assert row.item.priority >= 0.5
    assert score_articles(seeing, lambda: later, lambda *_: None).new == 0


def test_a_typed_text_that_was_erased_meanwhile_stays_without_a_score(store: Store, seeing: House) -> None:
    item = typed_blind(store, seeing, BLIND)
    with store.read() as tx:
        (row,) = tx.queue(Filters())
    store.erase([row.article.words], "karta", "uji", "permintaan", world.NOW)
    score_articles(seeing, lambda: world.NOW, lambda *_: None)
    with store.read() as tx:
        (row,) = tx.queue_rows([item.id])
        assert tx.waiting_counts() == {}
        assert tx.queue(Filters(text="tercoblos")) == []
    assert (row.score.model, row.words) == ("", None)


def test_typed_texts_of_before_wait_for_their_score_after_the_upgrade(store: Store, seeing: House) -> None:
    item = typed_blind(store, seeing, BLIND)
    with store.write() as tx:
        tx.drop_waiting(tx.queue(Filters())[0].entry.id)
    migrate.downgrade(store.engine, "0013")
    store.migrate()
    score_articles(seeing, lambda: world.NOW, lambda *_: None)
    with store.read() as tx:
        (row,) = tx.queue_rows([item.id])
    assert row.score.model
