"""Notebooks run top to bottom on the made-up corpus, and carry no output of any other."""

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_shipped_without_output(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert [cell for cell in cells if cell.cell_type == "code" and cell.outputs] == []


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_on_the_made_up_corpus(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    environment = {**os.environ, "JERNIH_CORPUS": str(FOLDER / "contoh.parquet"), "PYTHONPATH": str(FOLDER.parent)}
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FOLDER)}})
    client.execute(env=environment)
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")


def test_there_are_three() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["01-korpus", "02-model", "03-kesalahan"]
