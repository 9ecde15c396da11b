"""What the desk says of a score."""

from datetime import UTC

import pytest

from monitor.desk.render import environment
from monitor.desk.tongue import Tongue


@pytest.mark.parametrize("value, told", [(0.9996, ">0,99<"), (0.98, ">0,98<"), (0.004, ">0,00<"),
                                         (None, "belum dinilai")])  # fmt: skip
def test_no_indikasi_reads_as_certain(value: float | None, told: str) -> None:
    template = environment().from_string('{% import "parts.html" as parts %}{{ parts.indikasi(tongue, value) }}')
    assert told in template.render(tongue=Tongue("id", UTC), value=value)
