"""The words of the rooms that pages show out of rows and settings: states, findings, reasons, acts, topics, stages.

They are gathered from the rooms themselves, so that a new one without English fails before anybody sees it.
"""

import ast
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import get_args

from classifiers.topics import taxonomy
from monitor import (
    demo,
    gates,
    items,
    labels,
    neutrality,
    posts,
    press,
    referrals,
    rumors,
    samples,
    sightings,
    verdicts,
)
from monitor.clarifications import drafts
from monitor.clarifications import rows as clarifications
from monitor.people import ROLES
from monitor.posts import objections
from monitor.sources import calendar
from monitor.sources.rows import Signers

HOUSE = Path(__file__).parent.parent
# Rows that carry an act, with the place of its word among their arguments.
ROWS = {"Act": 2, "ItemAct": 3, "RumorAct": 3, "ClarificationAct": 3, "DeliveryAct": 3, "Signature": 1}


@cache
def terms() -> frozenset[str]:
    """Every word, as the catalogue knows it: states and stages in small letters, topics as they are written."""
    small = (*items.STATES, *rumors.STATES, *clarifications.STATES, *verdicts.FINDINGS, *posts.OUTCOMES,
             posts.DIKEMBALIKAN, *_stages())
    plain = (*items.DISMISSALS, *verdicts.WHYS, *verdicts.FORMS, *gates.GATES, *gates.WHYS, gates.IN_CLAIM,
             gates.IN_KONTEN, *rumors.PARTS, samples.BUKAN_HOAKS, samples.TAMPAK_HOAKS, samples.TAK_TERNILAI,
             *samples.OUTCOMES, neutrality.GOVERNMENT, neutrality.CRITICS, *objections.KINDS, *press.KINDS, *ROLES,
             *get_args(Signers), *sightings.CHANNELS, *drafts.CATEGORIES, "nasional", *acts())
    return frozenset([*(word.lower() for word in small), *plain,
                      *(one.name for one in taxonomy().topics.values() if one.group != "sasaran")])


@cache
def acts() -> frozenset[str]:
    """Every act that is written into a history or the audit."""
    found = {items.SUSPECTED, labels.GIVE, labels.TAKE_OFF, *referrals.STEPS, posts.TERBIT, posts.KOREKSI, posts.TARIK,
             *clarifications.PROPOSALS}
    for path in sorted((HOUSE / "monitor").rglob("*.py")):
        found.update(_written(ast.parse(path.read_text("utf-8"))))
    return frozenset(part for act in found for part in act.split(": ") if part)


def _written(module: ast.Module) -> Iterator[str]:
    """Literal acts: what is given as the argument `act` of a row or of a function of this module, or held as `act`."""
    places = dict(ROWS)
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            names = [one.arg for one in node.args.args]
            places |= {node.name: names.index("act")} if "act" in names else {}
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in places and node.args[places[name]:]:
                yield from _literals(node.args[places[name]])
        elif isinstance(node, ast.Assign) and [getattr(one, "id", "") for one in node.targets] == ["act"]:
            yield from _literals(node.value)


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (*_literals(node.body), *_literals(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        yield from (word for part in node.values for word in _literals(part))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _stages() -> Iterator[str]:
    """The stages of the shipped example, of the demo, and the kinds that feeds.toml may name."""
    for text in ((HOUSE / "feeds.toml").read_text("utf-8"), demo.settings_text(0, datetime(2026, 11, 1, tzinfo=UTC))):
        for election in tomllib.loads(text).get("election", []):
            yield from (stage["name"] for stage in election["stage"])
    yield from calendar.WORDS.values()
