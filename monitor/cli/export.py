"""`jernih export site DIR`: the public site as a folder of files that any web server serves; `jernih export labels`."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from monitor import posts
from monitor.audit import Act
from monitor.cli import casefile, names, taught
from monitor.cli.opening import Trouble, environment, now, opened, scorer, settings
from monitor.desk.public import FEEDS, figures
from monitor.pipeline import answers, picturing
from monitor.pipeline.house import Records
from monitor.pipeline.learning import examples
from monitor.posts import About, Publication, Site
from monitor.sources import Settings
from monitor.store import Store, Tx

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Tulis halaman publik, atau label.")
MARK = ".jernih-export"


@app.callback()
def export() -> None:
    """Tulis halaman publik ke satu folder, atau label dari meja verifikasi."""


@app.command("labels", help="Label dari meja verifikasi, data pribadi ditutup: CSV atau JSON per baris.")
def labels(
    file: Annotated[Path, typer.Argument(help="Berkas tujuan; yang ada tidak ditimpa.")],
    form: Annotated[str, typer.Option("--format", help="csv atau jsonl.")] = "jsonl",
) -> None:
    """Says how many of each kind were written and what was left out; the export itself is audited."""
    if form not in taught.FORMATS:
        raise Trouble(f"Format {form} tidak dikenal. Pilih {' atau '.join(taught.FORMATS)}.", 2)
    found = environment()
    read = settings(found)
    with opened(found) as kept:
        held = examples(Records(read, kept))
        _new_file(file, taught.FORMATS[form](held.taken, read))
        with kept.write() as tx:
            tx.audit(Act(now(), "cli", "ekspor label", "label", form, {"labels": len(held.taken)}))
    for line in taught.said(held):
        print(line, file=sys.stderr)
    print(f"Tersimpan: {len(held.taken)} label di {file}.")


@app.command("case", help="Berkas perkara satu isu: ZIP yang dapat diperiksa keutuhannya tanpa basis data.")
def case(
    rumor: Annotated[int, typer.Argument(help="Nomor isu.")],
    out: Annotated[Path, typer.Option(help="Berkas tujuan, misalnya perkara-12.zip.")],
    unmasked: Annotated[bool, typer.Option("--unmasked", help="Tanpa samaran; tercatat di audit.")] = False,
) -> None:
    """Masked unless asked otherwise."""
    print(casefile.export(rumor, out, unmasked))


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
        count = _written(folder, dict(files(where, tx, kept, read, detector.model if detector else "")))
    print(f"Tersimpan: {count} berkas di {folder}.")


def files(where: Site, tx: Tx, kept: Store, read: Settings, model: str) -> Iterator[tuple[str, bytes]]:
    """Every file of the site with its path below the folder."""
    some = answers.publications(tx)
    shelves = posts.shelves(where, some)
    yield MARK, b""
    yield "gaya.css", posts.style()
    yield "tetes.svg", posts.icon()
    yield "index.html", posts.listing(where, some, shelves, "", "", None).encode()
    for group in shelves.values():
        for shelf in group:
            held = posts.on_shelf(where, some, shelf.path)
            yield f"{shelf.path}index.html", posts.listing(where, held, shelves, "../../", shelf.name, None).encode()
    for name, (write, _) in FEEDS.items():
        yield name, write(where, some)
    yield "tentang/index.html", posts.about(where, _about(tx, read, model, len(some))).encode()
    for one in some:
        yield from _publication(where, one, _pictures(tx, kept, one))


def _pictures(tx: Tx, kept: Store, one: Publication) -> list[bytes]:
    """The pictures of a page; one whose bytes are gone is empty."""
    some = one.shown.pictures if one.shown else ()
    return [picturing.published(tx, kept, one.post.clarification, shown.page) or b"" for shown in some]


def _publication(where: Site, one: Publication, shown: list[bytes]) -> Iterator[tuple[str, bytes]]:
    yield f"{one.post.path}index.html", posts.page(where, one).encode()
    yield f"{one.post.path}hak-jawab/index.html", posts.objection(where, one, form=None, written=True).encode()
    for number, content in enumerate(shown, 1):
        yield f"{one.post.path}{posts.picture_name(number)}", content
    made = posts.card(where, one, next(iter(shown), None))
    if made:
        yield f"{one.post.path}kartu.png", made


def _about(tx: Tx, read: Settings, model: str, published: int) -> About:
    asked = tx.objections()
    upheld = sum(1 for _, given in asked if given and given.outcome == posts.DIKABULKAN)
    watched = sorted(read.watched, key=lambda one: one.name.casefold())
    return About(watched, model, figures(), len(asked), upheld, len(tx.referrals()), published, read.public.answer_days,
                 sum(given is None for _, given in asked))


def _new_file(file: Path, content: bytes) -> None:
    """Readable by its owner alone: the texts are other people's."""
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
    except FileExistsError as fault:
        raise Trouble(f"{file} sudah ada. Pilih nama lain.") from fault
    except OSError as fault:
        raise Trouble(f"{file} tidak dapat ditulis ({fault.strerror}).") from fault


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
