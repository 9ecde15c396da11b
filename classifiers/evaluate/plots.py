"""figures -> SVG: two small plots of the model card, drawn without a plotting library."""

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from typing import Final

SIZE: Final = 320
EDGE: Final = 44
BAR: Final = 22
HEAD: Final = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" font-family="sans-serif" font-size="11">\n'


def calibration_plot(curve: Sequence[Sequence[float]]) -> str:
    """Mean score against share of hoaxes; the diagonal is a perfect calibration."""
    points = [(_x(mean), _y(share)) for mean, share, _ in curve]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#0b5394"/>\n' for x, y in points)
    return (
        HEAD.format(w=SIZE, h=SIZE)
        + f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#999" stroke-dasharray="4"/>\n'
        + f'<polyline points="{line}" fill="none" stroke="#0b5394" stroke-width="2"/>\n{dots}{"".join(_axes())}</svg>\n'
    )


def _x(value: float) -> float:
    return EDGE + value * (SIZE - 2 * EDGE)


def _y(value: float) -> float:
    return SIZE - EDGE - value * (SIZE - 2 * EDGE)


def _axes() -> Iterator[str]:
    yield f'<path d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}" fill="none" stroke="#333"/>\n'
    for value in (0.0, 0.5, 1.0):
        yield f'<text x="{_x(value)}" y="{_y(0) + 16}" text-anchor="middle">{value}</text>\n'
        yield f'<text x="{_x(0) - 6}" y="{_y(value) + 4}" text-anchor="end">{value}</text>\n'
    yield f'<text x="{SIZE / 2}" y="{SIZE - 8}" text-anchor="middle">indikasi / score</text>\n'
    yield f'<text x="{EDGE}" y="20">bagian hoaks / share of hoaxes</text>\n'


def flags_plot(shares: Mapping[str, float]) -> str:
    """A bar for the share flagged of every kind of text that was measured."""
    known = {name: share for name, share in shares.items() if not isnan(share)}
    height = BAR * len(known) + 20
    bars = "".join(_bar(number, name, share) for number, (name, share) in enumerate(known.items()))
    return HEAD.format(w=480, h=height) + bars + "</svg>\n"


def _bar(number: int, name: str, share: float) -> str:
    top = 10 + number * BAR
    return (
        f'<text x="150" y="{top + 13}" text-anchor="end">{name}</text>\n'
        f'<rect x="156" y="{top + 3}" width="{share * 260:.1f}" height="14" fill="#0b5394"/>\n'
        f'<text x="{162 + share * 260:.1f}" y="{top + 14}">{share:.1%}</text>\n'
    )
