"""Lines of a table -> one small chart: bars with their numbers, legible in grey, as inline SVG."""

from collections.abc import Callable, Sequence
from html import escape

from babel.numbers import format_decimal

from monitor.digests.counting import Line

MOST, ROW, LABEL, WIDTH = 6, 30, 205, 520


def bars(title: str, lines: Sequence[Line], name: Callable[[str], str]) -> str:
    """Two bars a line: dark for this period, hollow for the one before; "" where there is nothing to show."""
    shown = [line for line in lines if line.now or line.before][:MOST]
    most = max((max(line.now, line.before or 0) for line in shown), default=0)
    if not most:
        return ""
    rows = "".join(_row(n, line, name(line.code), most) for n, line in enumerate(shown))
    height = ROW * len(shown) + 4
    said = "; ".join(f"{name(line.code)} {line.now}" for line in shown)
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(f"{title}: {said}")}"'
        f' xmlns="http://www.w3.org/2000/svg">{rows}</svg>'
    )


def _row(number: int, line: Line, label: str, most: int) -> str:
    y, room = number * ROW + 4, WIDTH - LABEL - 70
    now, before = round(room * line.now / most, 1), round(room * (line.before or 0) / most, 1)
    hollow = "" if not line.before else (
        f'<rect x="{LABEL}" y="{y + 14}" width="{before}" height="6" fill="none" stroke="#777"/>')  # fmt: skip
    told = format_decimal(line.now, locale="id") + ("" if line.before is None else f" ({line.before})")
    return (
        f'<text x="{LABEL - 8}" y="{y + 13}" text-anchor="end" font-size="13" fill="currentColor">{escape(_cut(label))}'
        f'</text><rect x="{LABEL}" y="{y + 1}" width="{now}" height="12" fill="currentColor"/>{hollow}'
        f'<text x="{LABEL + max(now, before) + 8}" y="{y + 13}" font-size="13" fill="currentColor">{told}</text>'
    )


def _cut(text: str, most: int = 26) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
