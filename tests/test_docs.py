"""The documents say what the program does: commands, states, findings, priority and links."""

import re
from pathlib import Path

import pytest

from classifiers.rank import LEAST, STANCE
from monitor import clarifications, deliveries, items, labels, rumors, verdicts
from monitor.cli import COMMANDS
from monitor.desk.filters import PARTS
from monitor.items import ATTENTION, Weights

HOUSE = Path(__file__).parent.parent
DOCS = sorted([*HOUSE.glob("*.md"), *(HOUSE / "docs").glob("*.md")])


def read(name: str) -> str:
    return (HOUSE / name).read_text("utf-8")


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_inside_the_house_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8")):
        if "://" not in target and not target.startswith("mailto:"):
            assert (path.parent / target).exists(), f"{path.name} points to {target}, which is not there"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_commands_in_documents_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    for name in re.findall(r"`(?:\.venv/bin/)?jernih ([a-z]+)", text):
        assert name in COMMANDS, f"{path.name} speaks of `jernih {name}`, which is no command"
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.M))
    for name in re.findall(r"`make ([a-z]+)", text):
        assert name in targets, f"{path.name} speaks of `make {name}`, which the Makefile lacks"


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"demo", "evaluate", "train", "corpus", "retrain"}))
def test_every_command_for_the_office_stands_in_the_readme(name: str) -> None:
    assert f"jernih {name}" in read("README.md"), f"README.md does not mention `jernih {name}`"


def test_the_table_of_states_is_the_one_that_the_rooms_enforce() -> None:
    text = read("docs/keadaan.md")
    for word in (*items.STATES, *rumors.STATES, *verdicts.FINDINGS, *items.DISMISSALS, *verdicts.WHYS):
        assert word in " ".join(text.split()), f"docs/keadaan.md lacks {word}"


def test_the_tables_of_clarifications_and_deliveries_are_those_that_the_rooms_enforce() -> None:
    told = {("" if act == "buat" else origin, act, new or "tetap")
            for act, (origins, new) in clarifications.TABLE.items() for origin in origins}
    assert steps("## Klarifikasi", "## Pengiriman") == told
    told = {(origin, act, new) for act, (origins, new) in deliveries.TABLE.items() for origin in origins}
    assert steps("## Pengiriman", "## Hasil verifikasi") == told


def steps(start: str, end: str) -> set[tuple[str, str, str]]:
    """(from, act, to) of every row of a table in docs/keadaan.md."""
    text = read("docs/keadaan.md")
    section = text[text.index(start) : text.index(end)]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in section.splitlines() if line.startswith("| ")]
    return {(origin, cells[1], cells[4]) for cells in rows[1:] for origin in cells[0].split(", ")}


def test_the_page_on_priority_names_the_weights_and_values_in_force() -> None:
    text = read("docs/prioritas.md")
    weights = Weights()
    for name in Weights.__dataclass_fields__:
        assert f"(`{name}`)" in text
    formula = f"indikasi^{weights.hoax:g} × pemilu^{weights.election:g} × sikap^{weights.stance:g}".replace(".", ",")
    assert formula in text, f"docs/prioritas.md lacks the formula in force: {formula}"
    for value in (weights.stage, weights.repeat, weights.fresh, LEAST, *STANCE.values()):
        assert f"{value:g}".replace(".", ",") in text, f"docs/prioritas.md lacks the value {value}"


def test_attention_is_a_share() -> None:
    assert all(0 < value <= 1 for value in ATTENTION.values())


def test_changelog_speaks_of_this_version() -> None:
    from monitor import __version__

    assert f"## {__version__}" in read("CHANGELOG.md")


def test_the_page_on_the_queue_names_the_filters_keys_and_limits_in_force() -> None:
    text = read("docs/antrean.md")
    filters = text[text.index("| saringan") : text.index("Target dan janji")]
    assert all(part in filters for part in PARTS)
    assert f"paling panjang {labels.LONGEST} huruf, paling banyak {labels.MOST} pada" in text
    assert set(re.findall(r"`(\S)`", text[text.index("## Papan ketik") :])) == set("jkoxv17eau/?")
