"""`jernih export site DIR`: the public site as a folder of files that any web server serves."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from monitor import posts
from monitor.cli import names
from monitor.cli.opening import Trouble, environment, opened, scorer, settings
from monitor.desk.public import FEEDS, figures
from monitor.pipeline import answers
from monitor.posts import About, Publication, Site
from monitor.sources import Settings
from monitor.store import Tx

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Tulis halaman publik ke satu folder.")
MARK = ".jernih-export"


@app.callback()
def export() -> None:
    """Tulis halaman publik ke satu folder."""


@app.command("site", help="Situs klarifikasi sebagai folder; isi folder itu diganti seluruhnya.")
def site(
    folder: Annotated[Path, typer.Argument(help="Folder tujuan; baru, kosong, atau hasil ekspor sebelumnya.")],
) -> None:
    """Writes beside the folder first, then puts it in place, so that a web server never sees half a site."""
    found = environment()
    read = settings(found)
    if not read.public.url:
        raise Trouble("Isi url pada [public] di feeds.toml: alamat tempat folder ini akan terbuka.", 2)
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise Trouble(f"{folder} sudah berisi berkas lain. Pilih folder baru atau kosong.")
    detector = scorer(found.home)
    with opened(found) as kept, kept.read() as tx:
        where = answers.site(read, read.public.url, names.region)
        count = _written(folder, dict(files(where, tx, read, detector.model if detector else "")))
    print(f"Tersimpan: {count} berkas di {folder}.")


def files(where: Site, tx: Tx, read: Settings, model: str) -> Iterator[tuple[str, bytes]]:
    """Every file of the site with its path below the folder."""
    some = answers.publications(tx)
    shelves = posts.shelves(where, some)
    yield MARK, b""
    yield "gaya.css", posts.style()
    yield "index.html", posts.listing(where, some, shelves, "", "", None).encode()
    for group in shelves.values():
        for shelf in group:
            held = posts.on_shelf(where, some, shelf.path)
            yield f"{shelf.path}index.html", posts.listing(where, held, shelves, "../../", shelf.name, None).encode()
    for name, (write, _) in FEEDS.items():
        yield name, write(where, some)
    yield "tentang/index.html", posts.about(where, _about(tx, read, model, len(some))).encode()
    for one in some:
        yield from _publication(where, one)


def _publication(where: Site, one: Publication) -> Iterator[tuple[str, bytes]]:
    yield f"{one.post.path}index.html", posts.page(where, one).encode()
    yield f"{one.post.path}hak-jawab/index.html", posts.objection(where, one, form=None, written=True).encode()
    made = posts.card(where, one)
    if made:
        yield f"{one.post.path}kartu.png", made


def _about(tx: Tx, read: Settings, model: str, published: int) -> About:
    asked = tx.objections()
    upheld = sum(1 for _, given in asked if given and given.outcome == posts.DIKABULKAN)
    watched = sorted(read.watched, key=lambda one: one.name.casefold())
    return About(watched, model, figures(), len(asked), upheld, len(tx.referrals()), published, posts.DAYS_TO_ANSWER)


def _written(folder: Path, held: dict[str, bytes]) -> int:
    part, old = folder.with_name(folder.name + ".part"), folder.with_name(folder.name + ".old")
    try:
        shutil.rmtree(part, ignore_errors=True)
        for name, content in held.items():
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        shutil.rmtree(old, ignore_errors=True)
        if folder.exists():
            os.replace(folder, old)
        os.replace(part, folder)
        shutil.rmtree(old, ignore_errors=True)
    except OSError as fault:
        raise Trouble(f"{folder} tidak dapat ditulis ({fault.strerror}).") from fault
    return len(held) - 1
