"""A picture from evidence + boxes drawn by a person -> a new picture in which they are black for good.

`redacted` decodes hostile bytes: call it in the cage. The boxes are burnt into pixels that were made smaller before,
and only then is the picture saved: nothing of what lies beneath is in the new bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from monitor import shipped
from monitor.people import Refusal
from monitor.pictures import JPEG, PNG, Picture, Unread, drawn
from monitor.verdicts import STAMPS

PREVIEW, PUBLISHED = 640, 1200
HIGHEST = 4000
MOST_BOXES = 60
QUALITY = 82
BLACK, RED, GREY = "#000000", "#b3261e", "#56626e"


@dataclass(frozen=True, slots=True)
class Box:
    """A black rectangle, in pixels of the preview: left, top, width, height."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Redaction:
    """What a person made of a picture for a clarification. A row; `evidence` is the piece of evidence it came with,
    `page` the SHA-256 of the new picture, `boxes` what was blacked out, as `spelled`."""

    clarification: int
    evidence: int
    page: str
    boxes: str
    width: int
    height: int
    at: datetime
    by: str
    id: int = 0


def boxed(corner: tuple[int, int], other: tuple[int, int]) -> Box:
    """The box between two corners, in whatever order they were pointed at."""
    left, right = sorted((corner[0], other[0]))
    top, bottom = sorted((corner[1], other[1]))
    return Box(left, top, max(1, right - left), max(1, bottom - top))


def spelled(boxes: Iterable[Box]) -> str:
    """ "10,20,30,40;…" """
    return ";".join(f"{one.x},{one.y},{one.width},{one.height}" for one in boxes)


def read(text: str) -> tuple[Box, ...]:
    """The boxes that a text spells, at most MOST_BOXES; what is none is left out."""
    found = []
    for part in text.split(";")[:MOST_BOXES]:
        numbers = part.split(",")
        if len(numbers) == 4 and all(one.isascii() and one.isdigit() and len(one) <= 5 for one in numbers):
            x, y, width, height = map(int, numbers)
            found += [Box(x, y, width, height)] if width and height else []
    return tuple(found)


def ready(boxes: tuple[Box, ...], looked: bool, alt: str) -> Refusal | None:
    """May this be burnt in? With boxes, or with a person's word that there is nothing to hide, and an alt text."""
    if not boxes and not looked:
        return Refusal("no box and nobody's word", "Hitamkan nama, wajah, dan nomor; atau nyatakan bahwa Anda sudah "
                       "melihatnya dan tidak ada yang perlu dihitamkan.")
    if len(alt.strip()) < 15:
        return Refusal("no alt text", "Tulis teks alternatif: apa yang terlihat pada gambar, bagi yang tidak "
                       "melihatnya.")
    return None


def redacted(content: bytes, boxes: tuple[Box, ...], side: int = PUBLISHED, mark: str = "") -> Picture | Unread:
    """The picture drawn anew at most `side` pixels wide, the boxes (of a preview PREVIEW pixels wide) black: a PNG for
    a preview, else a JPEG. `mark` is the finding, which stands in a band above it wherever the picture goes."""
    copy = drawn(content, PNG)
    if isinstance(copy, Unread):
        return copy
    from PIL import Image, ImageDraw

    image: Any = Image.open(BytesIO(copy.content), formats=("PNG",)).convert("RGB")
    size, seen = _fitting(copy, side), _fitting(copy, PREVIEW)
    image = image.resize(size, Image.Resampling.LANCZOS)
    across, down = size[0] / seen[0], size[1] / seen[1]
    pen = ImageDraw.Draw(image)
    for one in boxes:
        # Outwards, so that no row of pixels at an edge stays.
        pen.rectangle((int(one.x * across) - 1, int(one.y * down) - 1, int((one.x + one.width) * across) + 1,
                       int((one.y + one.height) * down) + 1), fill=BLACK)
    image = _marked(image, mark) if mark else image
    held, preview = BytesIO(), side <= PREVIEW
    image.save(held, "PNG" if preview else "JPEG", **({} if preview else {"quality": QUALITY, "optimize": True}))
    return Picture(held.getvalue(), PNG if preview else JPEG, image.width, image.height)


def _marked(image: Any, mark: str) -> Any:
    """The picture below a band with the finding."""
    from PIL import Image, ImageDraw, ImageFont

    band = max(28, image.width // 14)
    font: Any = ImageFont.truetype(BytesIO(shipped.content("publik/kartu.ttf")), band * 2 // 3)
    words = f"{mark} · sudah diperiksa"
    words = words if font.getlength(words) < image.width - band else mark
    whole = Image.new("RGB", (image.width, image.height + band), RED if mark in STAMPS else GREY)
    whole.paste(image, (0, band))
    ImageDraw.Draw(whole).text((band // 3, band // 8), words, font=font, fill="#ffffff")
    return whole


def _fitting(picture: Picture, side: int) -> tuple[int, int]:
    """The size at which a picture is shown or published: what a box means must be the same in both."""
    scale = min(1.0, side / picture.width, HIGHEST / picture.height)
    return max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
