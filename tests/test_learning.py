"""What the desk found becomes labels, and nothing else does; a fitted model is put in force and taken back."""

from datetime import timedelta
from pathlib import Path
from threading import Event

from monitor import items, pipeline
from monitor.cli import models
from monitor.people import Refusal
from monitor.pipeline import House
from monitor.pipeline.learning import labels
from monitor.store import Filters
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
