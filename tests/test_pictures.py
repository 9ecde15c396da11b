"""Pictures from outside: what they are by content, drawn anew without metadata, bombs and broken ones refused."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from monitor import pictures
from monitor.cage import Cage
from monitor.pictures import GIF, JPEG, PDF, PNG, WEBP, Picture, Prepared, Unread

SECRET = b"Rahasia-Budi-0812"


def encoded(image: Any, form: str, **more: Any) -> bytes:
    held = BytesIO()
    image.save(held, form, **more)
    return held.getvalue()


def photo(width: int = 400, height: int = 300, turn: int = 1) -> bytes:
    """A JPEG whose left half is dark, with a place, a device and a comment in it."""
    image = Image.new("RGB", (width, height), "#ffffff")
    image.paste((20, 20, 20), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turn, SECRET.decode()
    exif.get_ifd(0x8825).update({1: "S", 2: (3.0, 41.0, 5.0)})
    return encoded(image, "JPEG", exif=exif, comment=SECRET, quality=90) + SECRET


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(1) as made:
        yield made


@pytest.mark.parametrize(("content", "kind"), [
    (photo(), JPEG), (encoded(Image.new("1", (3, 3)), "PNG"), PNG), (encoded(Image.new("P", (3, 3)), "GIF"), GIF),
    (encoded(Image.new("RGB", (3, 3)), "WEBP"), WEBP), (b"%PDF-1.7\n", PDF), (b"<svg xmlns='x'/>", ""), (b"", ""),
    (b"MZ\x90\x00", ""), (b"<html>%PDF-1.7", ""), (b"RIFF0000WAVE", ""), (b"PK\x03\x04", ""),
])  # fmt: skip
def test_what_it_is_by_its_content(content: bytes, kind: str) -> None:
    assert pictures.found(content) == kind


@pytest.mark.parametrize("kind", [WEBP, PNG, JPEG])
def test_drawn_anew_nothing_of_the_camera_is_left(kind: str) -> None:
    assert SECRET in photo()
    made = pictures.drawn(photo(), kind)
    assert isinstance(made, Picture)
    assert (made.kind, pictures.found(made.content)) == (kind, kind)
    assert SECRET not in made.content
    again = Image.open(BytesIO(made.content))
    assert dict(again.getexif()) == {}
    assert not {"exif", "icc_profile", "comment", "xmp"} & set(again.info)


def test_text_chunks_and_colour_profiles_of_png_are_left_behind() -> None:
    told = PngImagePlugin.PngInfo()
    told.add_itxt("Author", SECRET.decode())
    content = encoded(Image.new("RGB", (9, 9)), "PNG", pnginfo=told, icc_profile=SECRET)
    made = pictures.drawn(content, PNG)
    assert isinstance(made, Picture)
    assert SECRET not in made.content
    assert b"iCCP" not in made.content


def test_a_picture_stands_upright_as_its_camera_says() -> None:
    made = pictures.drawn(photo(turn=6), PNG)
    assert isinstance(made, Picture)
    assert (made.width, made.height) == (300, 400)
    grey = Image.open(BytesIO(made.content)).convert("L").tobytes()
    assert grey[50 * 300 + 150] < 60
    assert grey[350 * 300 + 150] > 200


def test_a_large_picture_is_made_smaller_and_a_transparent_one_stands_on_white() -> None:
    made = pictures.drawn(encoded(Image.new("RGBA", (4000, 3000), (0, 0, 0, 0)), "PNG"), PNG, pixels=1_000_000)
    assert isinstance(made, Picture)
    assert made.width * made.height <= 1_000_000
    assert Image.open(BytesIO(made.content)).getpixel((5, 5)) == (255, 255, 255)


def test_the_first_frame_alone_and_how_many_there_were() -> None:
    frames = [Image.new("RGB", (40, 40), (n * 60, 0, 0)) for n in range(4)]
    made = pictures.drawn(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert isinstance(made, Picture)
    assert made.frames == 4
    assert getattr(Image.open(BytesIO(made.content)), "n_frames", 1) == 1


def test_a_mosaic_holds_no_more_than_a_few_blocks_of_colour() -> None:
    noise = Image.effect_noise((1080, 2400), 90).convert("RGB")
    made = pictures.prepared(encoded(noise, "PNG"))
    assert isinstance(made, Prepared)
    coarse = Image.open(BytesIO(made.mosaic.content))
    blocks = coarse.resize((9, 20), Image.Resampling.NEAREST)
    assert blocks.resize(coarse.size, Image.Resampling.NEAREST).tobytes() == coarse.tobytes()
    assert (made.copy.width, made.copy.height) == (1080, 2400)


BOMB = encoded(Image.new("1", (30_000, 30_000)), "PNG")


@pytest.mark.parametrize("content", [
    BOMB, encoded(Image.new("L", (4300, 4300)), "PNG"), photo()[:900], b"\x89PNG\r\n\x1a\n" + b"x" * 200,
    b"\xff\xd8\xff\xe0" + b"\x00" * 50, b"GIF89a" + b"\xff" * 30, b"RIFF\x10\x00\x00\x00WEBPVP8 ", b"<svg/>",
    b"%PDF-1.7", b"",
])  # fmt: skip
def test_what_is_no_picture_or_a_bomb_is_refused_with_a_sentence(content: bytes, cage: Cage) -> None:
    outcome = cage.submit(pictures.prepared, content).result()
    assert isinstance(outcome.value, Unread), outcome
    assert outcome.value.sentence.endswith((".", "lagi."))
    # In the cage too: a library of another test may have told Pillow, in this process, to bear torn pictures.
    assert not isinstance(cage.submit(pictures.mosaic, content).result().value, Picture)


@pytest.mark.parametrize("content", [
    encoded(Image.new("RGBA", (4240, 4240), (9, 9, 9, 99)), "PNG"), encoded(Image.new("RGB", (12_000, 9_000)), "JPEG"),
    encoded(Image.new("P", (4240, 4240)), "GIF"), encoded(Image.new("RGBA", (3460, 3460)), "WEBP"),
    encoded(Image.new("I;16", (300, 300), 40_000), "PNG"),
    encoded(Image.new("CMYK", (300, 300)), "JPEG"), encoded(Image.new("RGB", (65_000, 2)), "PNG"),
    encoded(Image.new("LA", (300, 300)), "PNG"),
])  # fmt: skip
def test_the_largest_that_are_taken_fit_into_the_cage(content: bytes, cage: Cage) -> None:
    outcome = cage.submit(pictures.prepared, content, seconds=30).result()
    assert isinstance(outcome.value, Prepared), outcome
    assert outcome.value.copy.width * outcome.value.copy.height <= pictures.DRAWN_PIXELS
