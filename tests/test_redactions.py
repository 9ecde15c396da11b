"""Black boxes over pictures from evidence: what lies beneath never leaves, and nothing shows without two signatures."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from monitor import posts, redactions
from monitor.attachments import BUKTI, Attachment
from monitor.clarifications import Picture
from monitor.people import Refusal
from monitor.pictures import JPEG, PNG, Unread
from monitor.pictures import Picture as Drawn
from monitor.pipeline import answers, picturing
from monitor.pipeline.answers import File
from monitor.pipeline.handing import seal
from monitor.posts import Post
from monitor.redactions import Box
from monitor.verdicts import Evidence
from tests.office import Office
from tests.people import ANI, RINI
from tests.published import TEXT
from tests.test_clarify_desk import Room, soup

SECRET = (250, 10, 200)
ALT = "Tangkapan layar percakapan grup, nama pengirimnya ditutup."


def original(size: tuple[int, int] = (1000, 700), spot: tuple[int, int, int, int] = (100, 100, 300, 200)) -> bytes:
    """A picture with a spot of a colour that stands nowhere else, and words beside the pixels."""
    image = Image.new("RGB", size, "#dddddd")
    image.paste(SECRET, spot)
    told, held = PngInfo(), BytesIO()
    told.add_text("Author", "Budi di rumah")
    image.save(held, "PNG", pnginfo=told)
    return held.getvalue()


def near(pixel: tuple[int, ...], colour: tuple[int, int, int], by: int = 60) -> bool:
    return all(abs(a - b) < by for a, b in zip(pixel, colour, strict=True))


def colours(content: bytes, colour: tuple[int, int, int]) -> int:
    """How many pixels are of about this colour."""
    image = Image.open(BytesIO(content)).convert("RGB")
    return sum(count for count, pixel in image.getcolors(1 << 24) or () if near(pixel, colour))


# 640 of 1000 pixels: the spot at (64, 64) to (192, 128) of the preview.
OVER = Box(64, 64, 128, 64)


@pytest.mark.parametrize("side", [redactions.PREVIEW, redactions.PUBLISHED])
def test_what_lies_beneath_a_box_is_gone_at_every_size(side: int) -> None:
    open_ = redactions.redacted(original(), (), side)
    shut = redactions.redacted(original(), (OVER,), side)
    assert isinstance(open_, Drawn)
    assert isinstance(shut, Drawn)
    assert colours(open_.content, SECRET) > 1000
    assert colours(shut.content, SECRET) == 0
    assert colours(shut.content, (0, 0, 0)) > 1000
    assert b"Budi" not in shut.content
    assert shut.kind == (PNG if side == redactions.PREVIEW else JPEG)


@pytest.mark.parametrize("size", [(300, 200), (640, 480), (4000, 900), (500, 9000)])
def test_a_box_means_the_same_pixels_of_the_preview_and_of_what_is_published(size: tuple[int, int]) -> None:
    preview = redactions.redacted(original(size, (0, 0, 50, 50)), (), redactions.PREVIEW)
    assert isinstance(preview, Drawn)
    box = Box(preview.width // 4, preview.height // 4, preview.width // 4, preview.height // 4)
    for side in (redactions.PREVIEW, redactions.PUBLISHED):
        made = redactions.redacted(original(size, (0, 0, 50, 50)), (box,), side)
        assert isinstance(made, Drawn)
        image = Image.open(BytesIO(made.content)).convert("L")
        for x, y, dark in ((0.375, 0.375, True), (0.27, 0.27, True), (0.48, 0.48, True), (0.6, 0.6, False)):
            assert (image.getpixel((int(x * made.width), int(y * made.height))) < 60) is dark  # type: ignore[operator]


def test_a_box_over_the_edge_or_beyond_does_no_harm() -> None:
    made = redactions.redacted(original(), (Box(600, 400, 9999, 9999), Box(99999, 99999, 5, 5)), redactions.PUBLISHED)
    assert isinstance(made, Drawn)
    assert isinstance(redactions.redacted(b"GIF89a rusak", (), 640), Unread)


def test_boxes_are_read_as_they_are_spelled_and_nothing_else() -> None:
    boxes = (Box(1, 2, 3, 4), Box(10, 20, 30, 40))
    assert redactions.read(redactions.spelled(boxes)) == boxes
    for odd in ("", ";;", "1,2,3", "a,b,c,d", "1,2,0,4", "-1,2,3,4", "1,2,3,4,5", "1,2,3,999999", "١,2,3,4"):
        assert redactions.read(odd) == ()
    assert len(redactions.read("1,1,1,1;" * 500)) == redactions.MOST_BOXES
    assert redactions.boxed((50, 60), (10, 20)) == Box(10, 20, 40, 40)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    office = Office(tmp_path)
    made = Room(office)
    yield made
    office.close()


def pictured(room: Room) -> tuple[int, int, Attachment]:
    """(a draft, the evidence with a picture, its file)."""
    office = room.office
    one = office.drafted()
    sealed = seal(office.store, office.cage, "bukti.png", original())
    rumor = office.opened(one).rumor.id
    with office.store.write() as tx:
        evidence = tx.add(Evidence(rumor, "file", "", TEXT.words().digest, office.now, "ani", page=sealed.original))  # type: ignore[union-attr]
        file = tx.add(Attachment(BUKTI, evidence.id, sealed.original, sealed.kind, sealed.size, TEXT.words().digest,  # type: ignore[union-attr]
                                 office.now, "ani", sealed.copy, sealed.mosaic, sealed.width, sealed.height))  # type: ignore[union-attr]
    return one, evidence.id, file


def send(room: Room, one: int, **form: str) -> httpx.Response:
    room.office.later()
    version = str(room.office.opened(one).row.version)
    return room.as_("ani").send(f"/klarifikasi/{one}/samarkan", {"versi": version, **form})


def test_two_clicks_make_a_box_and_the_picture_is_published_with_the_text(room: Room) -> None:
    one, evidence, file = pictured(room)
    held = {"bukti": str(evidence)}
    listed = room.as_("ani").get(f"/klarifikasi/{one}/samarkan")
    assert f"bukti={evidence}" in listed.text
    covered = room.as_("ani").get(f"/klarifikasi/{one}/samarkan/gambar?bukti={evidence}")
    assert (covered.status_code, covered.headers["location"]) == (303, f"/bukti/{evidence}/gambar")
    shown = send(room, one, aksi="lihat", k="1,2,3,4", **held).headers["location"]
    assert shown.endswith(f"samarkan?bukti={evidence}&k=1%2C2%2C3%2C4"), "boxes of an earlier session are not lost"
    first = soup(send(room, one, **held, **{"titik.x": "190", "titik.y": "126"}))
    corner = str(first.select_one("input[name=sudut]")["value"])
    second = soup(send(room, one, **held, sudut=corner, **{"titik.x": "64", "titik.y": "64"}))
    spelled = str(second.select_one("input[name=k]")["value"])
    assert spelled == "64,64,126,62"
    assert not second.select("input[name=sudut]")
    image = room.as_("ani").get(f"/klarifikasi/{one}/samarkan/gambar?bukti={evidence}&k={spelled}")
    assert colours(image.content, SECRET) < 600, "the preview shows what is black already"
    for missing in ({"alt": ""}, {"alt": ALT, "k": ""}):
        refused = send(room, one, **{**held, "k": spelled, "aksi": "simpan", **missing})
        assert refused.status_code == 422
    assert send(room, one, **held, k="60,60,140,80", aksi="simpan", alt=ALT).status_code == 303
    text = room.office.opened(one).text
    assert text
    assert [(shown.alt, shown.redacted_by) for shown in text.pictures] == [(ALT, "ani")]
    assert text.pictures[0].page not in (file.original, file.copy, file.mosaic)
    house, office = room.office.house, room.office
    assert isinstance(answers.submit(house, one, ANI, office.later()), File)
    assert isinstance(answers.approve(house, one, RINI, office.later()), File)
    public = f"/publik/{one}-{TEXT.slug}/gambar-1.jpg"
    assert room.as_("ani").get(public).status_code == 404, "not before it is published"
    assert isinstance(answers.publish(house, one, RINI, office.later()), Post)
    shown = room.as_("ani").get(public)
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    assert colours(shown.content, SECRET) == 0
    assert b"Budi" not in shown.content
    page = soup(room.as_("ani").get(f"/publik/{one}-{TEXT.slug}/")).select_one(".went img")
    assert (page["src"], page["alt"]) == ("gambar-1.jpg", ALT)
    card = room.as_("ani").get(f"/publik/{one}-{TEXT.slug}/kartu.png")
    assert card.content.startswith(b"\x89PNG")
    assert room.as_("ani").get(f"/publik/{one}-{TEXT.slug}/gambar-2.jpg").status_code == 404
    answers.propose_withdrawal(house, one, ANI, "hasil dibuka lagi", office.later())
    answers.sign_proposal(house, one, RINI, office.later())
    assert room.as_("ani").get(public).status_code == 404


def test_a_correction_brings_a_picture_through_the_same_gates(room: Room) -> None:
    one, evidence, file = pictured(room)
    house, office = room.office.house, room.office
    assert isinstance(answers.submit(house, one, ANI, office.later()), File)
    assert isinstance(answers.approve(house, one, RINI, office.later()), File)
    assert isinstance(answers.publish(house, one, RINI, office.later()), Post)
    held = {"bukti": str(evidence), "k": "60,60,140,80", "alt": ALT}
    send(room, one, aksi="lihat", **held)
    form = soup(room.as_("ani").get(f"/klarifikasi/{one}/samarkan?bukti={evidence}"))
    assert form.select_one("input[name=alasan]")
    wrong = ({"alasan": " "}, {"alasan": "Budi 0812-3456-7890 keberatan"}, {"alasan": "kurang gambar", "alt": ""})
    for missing in wrong:
        assert send(room, one, **{**held, "aksi": "simpan", **missing}).status_code == 422
    answer = send(room, one, **held, aksi="simpan", alasan="bukti gambarnya belum ada")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/klarifikasi/{one}")
    assert (office.opened(one).row.state, office.opened(one).row.proposal) == ("DITERBITKAN", "koreksi")
    public = f"/publik/{one}-{TEXT.slug}/gambar-1.jpg"
    assert room.as_("rini").get(public).status_code == 404, "not before the second signature"
    again = send(room, one, **held, aksi="simpan", alasan="sekali lagi")
    assert again.status_code == 422, "one proposal at a time"
    assert isinstance(answers.sign_proposal(house, one, ANI, office.later()), Refusal), "not by whoever added it"
    assert isinstance(answers.sign_proposal(house, one, RINI, office.later()), Post)
    shown = room.as_("rini").get(public)
    assert shown.status_code == 200
    assert colours(shown.content, SECRET) == 0
    page = room.as_("rini").get(f"/publik/{one}-{TEXT.slug}/").text
    assert "bukti gambarnya belum ada" in page
    assert f'alt="{ALT}"' in page
    assert room.as_("rini").get(f"/publik/{one}-{TEXT.slug}/{file.original}").status_code == 404


def test_a_withdrawn_page_takes_no_picture(room: Room) -> None:
    one, evidence, _ = pictured(room)
    house, office = room.office.house, room.office
    answers.submit(house, one, ANI, office.later())
    answers.approve(house, one, RINI, office.later())
    answers.publish(house, one, RINI, office.later())
    answers.propose_withdrawal(house, one, ANI, "hasil dibuka lagi", office.later())
    assert isinstance(answers.sign_proposal(house, one, RINI, office.later()), Post)
    answer = send(room, one, bukti=str(evidence), k="1,1,9,9", alt=ALT, aksi="simpan", alasan="tambah gambar")
    assert answer.status_code == 422


def test_numbers_can_be_typed_and_boxes_taken_away(room: Room) -> None:
    one, evidence, _ = pictured(room)
    held = {"bukti": str(evidence)}
    send(room, one, aksi="lihat", **held)
    page = soup(send(room, one, **held, aksi="tambah", x="5", y="6", lebar="70", tinggi="80"))
    assert page.select_one("input[name=k]")["value"] == "5,6,70,80"
    page = soup(send(room, one, **held, k="5,6,70,80;1,1,9,9", hapus="1"))
    assert page.select_one("input[name=k]")["value"] == "1,1,9,9"
    page = soup(send(room, one, **held, sudut="4,4", ulang="1"))
    assert not page.select("input[name=sudut]")
    assert send(room, one, **held, aksi="simpan", alt=ALT, dilihat="1").status_code == 303, "a person's own word"


def test_neither_original_nor_foreign_picture_can_be_slipped_into_a_text(room: Room) -> None:
    one, evidence, file = pictured(room)
    house, office = room.office.house, room.office
    for page in (file.original, file.copy, "ab" * 32):
        forged = replace(TEXT, pictures=(Picture(page, ALT, "ani"),))
        assert isinstance(answers.edit(house, one, ANI, forged, office.later()), File)
        assert "gambar-belum-disamarkan" in {fault.code for fault in office.opened(one).faults}
        with office.store.read() as tx:
            assert picturing.published(tx, office.store, one, page) is None
    other = office.drafted(1)
    wrong = room.as_("ani").get(f"/klarifikasi/{other}/samarkan/gambar?bukti={evidence}")
    assert wrong.status_code == 404
    assert room.as_("ani").get(f"/klarifikasi/{other}/samarkan?bukti={evidence}").status_code == 404


def test_the_export_carries_the_picture_and_nothing_beneath(room: Room) -> None:
    from monitor.cli.export import files

    one, evidence, file = pictured(room)
    send(room, one, bukti=str(evidence), k="60,60,140,80", aksi="simpan", alt=ALT)
    house, office = room.office.house, room.office
    answers.submit(house, one, ANI, office.later())
    answers.approve(house, one, RINI, office.later())
    answers.publish(house, one, RINI, office.later())
    site = posts.Site("https://x.example", "Kantor", "", "WIT")
    with office.store.read() as tx:
        held = dict(files(site, tx, office.store, office.settings, ""))
    content = held[f"{one}-{TEXT.slug}/gambar-1.jpg"]
    assert colours(content, SECRET) == 0
    originals = {office.store.kept(digest) for digest in (file.original, file.copy, file.mosaic)}
    assert not originals & set(held.values())
