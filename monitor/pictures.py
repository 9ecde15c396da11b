"""Bytes that somebody handed in -> what they are by their content, and pictures drawn anew without metadata.

`drawn`, `mosaic` and `prepared` decode hostile bytes: call them in the cage. The name and the declared type of a file
are never asked. What is drawn anew holds pixels alone: no EXIF (place, device, time), no comments, no colour profile,
no second frame, nothing after the end of the picture.
"""

from dataclasses import dataclass
from io import BytesIO
from math import sqrt
from typing import Any

PNG, JPEG, WEBP, GIF, PDF = "image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf"
PICTURES = (PNG, JPEG, WEBP, GIF)
DRAWERS = {PNG: "PNG", JPEG: "JPEG", WEBP: "WEBP"}
# A picture of more pixels is not decoded, for a worker of the cage could not hold it (measured). JPEG can be decoded at
# an eighth of its width, so that the pictures of telephones pass; beyond this Pillow itself speaks of a bomb.
MOST_PIXELS = {JPEG: 178_000_000, PNG: 18_000_000, GIF: 18_000_000, WEBP: 12_000_000}
DRAWN_PIXELS = 8_000_000
LONGEST_SIDE = 16_000
BLOCKS, MOSAIC_SIDE = 20, 320
QUALITY = 84
TOO_LARGE = ("Gambar ini terlalu besar: terlalu banyak titik untuk dibaca dengan aman. Kecilkan ukurannya atau potong "
             "bagian yang penting, lalu kirim lagi.")
BROKEN = ("Gambar ini rusak atau terpotong. Buka dan simpan ulang di perangkat Anda, atau ambil tangkapan layarnya, "
          "lalu kirim lagi.")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew: its bytes, media type and size in pixels; `frames` that the original had."""

    content: bytes
    kind: str
    width: int
    height: int
    frames: int = 1


@dataclass(frozen=True, slots=True)
class Prepared:
    """The working copy of a picture, and a coarse one on which neither words nor faces can be made out."""

    copy: Picture
    mosaic: Picture


@dataclass(frozen=True, slots=True)
class Unread:
    """Why bytes are no picture that we draw: an English cause, an Indonesian sentence that says what to do."""

    cause: str
    sentence: str


def found(content: bytes) -> str:
    """The media type that the first bytes say, "" for anything but PNG, JPEG, WebP, GIF and PDF."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return PDF if content.startswith(b"%PDF-") else ""


def drawn(content: bytes, kind: str = WEBP, pixels: int = DRAWN_PIXELS) -> Picture | Unread:
    """The picture drawn anew as `kind` (PNG, JPEG or WEBP), upright, on white, with at most so many pixels."""
    image = _decoded(content, pixels)
    return image if isinstance(image, Unread) else _saved(*image, kind)


def prepared(content: bytes) -> Prepared | Unread:
    """Working copy (WebP) and mosaic (PNG) of a picture."""
    decoded = _decoded(content, DRAWN_PIXELS)
    if isinstance(decoded, Unread):
        return decoded
    image, frames = decoded
    return Prepared(_saved(image, frames, WEBP), _saved(_coarse(image), frames, PNG))


def mosaic(content: bytes) -> Picture | Unread:
    """The picture as a few large blocks of colour (PNG)."""
    decoded = _decoded(content, DRAWN_PIXELS)
    return decoded if isinstance(decoded, Unread) else _saved(_coarse(decoded[0]), decoded[1], PNG)


def _decoded(content: bytes, pixels: int) -> tuple[Any, int] | Unread:
    """(an RGB image without info, frames that there were)."""
    from PIL import Image

    kind = found(content)
    if kind not in PICTURES:
        return Unread("no picture by its content", "Berkas ini bukan gambar JPEG, PNG, WebP, atau GIF.")
    try:
        image = Image.open(BytesIO(content), formats=(kind.partition("/")[2].upper(),))
        width, height = image.size
        if width * height > MOST_PIXELS[kind]:
            return Unread(f"{width} x {height} pixels", TOO_LARGE)
        frames = int(getattr(image, "n_frames", 1))
        size = _fitting(width, height, pixels)
        image.draft("RGB", size)
        image.load()
        return _clean(image, size), frames
    except Image.DecompressionBombError as error:
        return Unread(str(error)[:300], TOO_LARGE)
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        return Unread(f"{type(error).__name__}: {error}"[:300], BROKEN)


def _fitting(width: int, height: int, pixels: int) -> tuple[int, int]:
    scale = min(1.0, sqrt(pixels / (width * height)), LONGEST_SIDE / max(width, height))
    return max(1, int(width * scale)), max(1, int(height * scale))


def _clean(image: Any, size: tuple[int, int]) -> Any:
    """Upright, of this size before it was turned, RGB on white, with no info of the original."""
    from PIL import Image

    turned, ground = _turn(image), image
    if image.mode != "RGB":
        ground = Image.new("RGB", image.size, "#ffffff")
        # Laid on white before it is made smaller: Pillow would copy a transparent picture twice for that.
        shown = image.convert("RGBA") if image.has_transparency_data and image.mode != "RGBA" else image
        ground.paste(shown, mask=shown if shown.mode == "RGBA" else None)
    times = min(image.width // size[0], image.height // size[1])
    ground = ground.reduce(times) if times > 1 else ground
    ground = ground.resize(size, Image.Resampling.LANCZOS) if ground.width > size[0] else ground
    ground = ground if turned is None else ground.transpose(turned)
    ground.info.clear()
    return ground


def _turn(image: Any) -> Any:
    """How a camera says that its picture must be turned; None for not at all."""
    from PIL import Image

    ways = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
            5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
            8: Image.Transpose.ROTATE_90}
    try:
        return ways.get(image.getexif().get(0x0112))
    except Exception:  # a picture is not lost because what its camera wrote beside it is broken
        return None


def _coarse(image: Any) -> Any:
    from PIL import Image

    scale = BLOCKS / max(image.size)
    small = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))),
                         Image.Resampling.BOX)
    times = MOSAIC_SIDE // BLOCKS
    return small.resize((small.width * times, small.height * times), Image.Resampling.NEAREST)


def _saved(image: Any, frames: int, kind: str) -> Picture:
    held = BytesIO()
    more: dict[str, Any] = {"optimize": True} if kind == PNG else {"quality": QUALITY}
    if kind == WEBP:
        more["method"] = 2
    image.save(held, DRAWERS[kind], **more)
    return Picture(held.getvalue(), kind, image.width, image.height, frames)
