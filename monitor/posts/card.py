"""Publication -> share card: 1200 x 630 PNG with the fact, the finding in a word and a shape, and the office."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from monitor import shipped
from monitor.posts.rows import Publication, Site, when
from monitor.verdicts import FAKTA, HOAKS, MENYESATKAN, PENIPUAN

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
PAPER, INK, SOFT, LINE, WATER = "#ffffff", "#16212c", "#53616e", "#d8e0e7", "#0a60a6"
STATES = {HOAKS: ("#b3261e", "disc"), PENIPUAN: ("#b3261e", "disc"), MENYESATKAN: ("#875200", "triangle"),
          FAKTA: ("#1b6b40", "tick")}  # fmt: skip
OTHER = ("#56626e", "ring")
SIZES = (64, 56, 48, 42, 36, 32)
LINES = 5
THUMB = 340


@dataclass(frozen=True, slots=True)
class Set:
    """A text set in lines that fit, at a size in pixels."""

    lines: tuple[str, ...]
    size: int


def card(site: Site, one: Publication, picture: bytes | None = None) -> bytes | None:
    """The PNG; None where nothing is shown. `picture` is one of the page's own, blacked out and marked: it stands
    small beside the fact."""
    if one.shown is None:
        return None
    from PIL import Image, ImageDraw, ImageFont

    content = shipped.content("publik/kartu.ttf")

    def font(size: int) -> Any:
        return ImageFont.truetype(BytesIO(content), size, layout_engine=ImageFont.Layout.BASIC)

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    draw = ImageDraw.Draw(image)
    colour, shape = STATES.get(one.post.finding, OTHER)
    draw.rectangle((0, 0, WIDTH, 12), fill=WATER)
    _shape(draw, shape, colour, MARGIN, 78, 40)
    draw.text((MARGIN + 60, 70), one.post.finding, font=font(44), fill=colour)
    draw.text((MARGIN, 140), "Faktanya:", font=font(30), fill=SOFT)
    aside = _pictured(image, picture, colour) if picture else 0
    laid = fitted(one.shown.headline, font, WIDTH - 2 * MARGIN - aside)
    for number, line in enumerate(laid.lines):
        draw.text((MARGIN, 184 + number * round(laid.size * 1.22)), line, font=font(laid.size), fill=INK)
    draw.line((MARGIN, HEIGHT - 104, WIDTH - MARGIN, HEIGHT - 104), fill=LINE, width=2)
    foot = f"{site.office} · {when(one.updated, site.zone)}"
    draw.text((MARGIN, HEIGHT - 82), fitted(foot, font, WIDTH - 2 * MARGIN, (28, 24, 20), 1).lines[0],
              font=font(28 if len(foot) < 70 else 20), fill=SOFT)
    held = BytesIO()
    image.save(held, "PNG", optimize=True)
    return held.getvalue()


def _pictured(image: Any, picture: bytes, colour: str) -> int:
    """Lays the picture at the right, with its own band that says the finding; how many pixels of width that takes."""
    from PIL import Image, ImageDraw

    small = Image.open(BytesIO(picture), formats=("JPEG",)).convert("RGB")
    small.thumbnail((THUMB, THUMB))
    left, top = WIDTH - MARGIN - small.width, 150
    image.paste(small, (left, top))
    draw = ImageDraw.Draw(image)
    draw.rectangle((left, top, left + small.width, top + small.height), outline=colour, width=4)
    return small.width + 36


def fitted(text: str, font: Any, width: int, sizes: tuple[int, ...] = SIZES, most: int = LINES) -> Set:
    """The text at the largest of the sizes at which it fits into so many lines; cut with … where none does."""
    for size in sizes:
        lines = wrapped(text, font(size), width)
        if len(lines) <= most and len(lines) * size * 1.22 <= 330:
            return Set(tuple(lines), size)
    lines = wrapped(text, font(sizes[-1]), width)[:most]
    return Set((*lines[:-1], lines[-1].rstrip(" .,") + "…"), sizes[-1])


def wrapped(text: str, font: Any, width: int) -> list[str]:
    """Lines no wider than `width` pixels; a word that is wider alone is broken."""
    lines: list[str] = [""]
    for word in text.split():
        for piece in _broken(word, font, width):
            longer = f"{lines[-1]} {piece}".strip()
            if font.getlength(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    return [line for line in lines if line] or [""]


def _broken(word: str, font: Any, width: int) -> list[str]:
    pieces = [""]
    for letter in word[:300]:
        if pieces[-1] and font.getlength(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _shape(draw: Any, shape: str, colour: str, x: int, y: int, size: int) -> None:
    if shape == "disc":
        draw.ellipse((x, y, x + size, y + size), fill=colour)
    elif shape == "triangle":
        draw.polygon(((x + size // 2, y), (x + size, y + size), (x, y + size)), fill=colour)
    elif shape == "tick":
        draw.line(((x, y + size // 2), (x + size // 3, y + size - 4), (x + size, y + 4)), fill=colour, width=9)
    else:
        draw.ellipse((x, y, x + size, y + size), outline=colour, width=6)
