"""Real captures for tests: outside of the product, named by JERNIH_SHARED or lying beside the clone."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("JERNIH_SHARED") or Path(__file__).parent.parent.parent / "shared")


def captured(name: str) -> bytes:
    """The bytes of one capture; the test skips with its reason where the shared data is absent."""
    path = SHARED / "captures" / name
    if not path.is_file():
        pytest.skip("shared data is not here (JERNIH_SHARED=<folder> or ../shared)")
    return path.read_bytes()
