"""Outside judges that npm brings (axe-core, a structured-data tester): where they lie, or a skip that says how to get
them. `.ci/npm` pins every one with its hash; none of them is needed to run Jernih."""

import os
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
FOLDER = Path(os.environ.get("JERNIH_TEST_NPM") or Path.home() / ".cache" / "jernih-uji" / "node_modules")


def needed(path: str) -> Path:
    """A file of these packages."""
    found = FOLDER / path
    if not found.is_file():
        pytest.skip(f"npm: {path.partition('/')[0]} is not installed (.ci/run fetches it)")
    return found
