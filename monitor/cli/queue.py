"""`jernih queue`: the open konten by priority."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from monitor.cli.opening import environment, opened, settings
from monitor.digests import when
from monitor.store import Filters, QueueRow


def command(
    as_json: Annotated[bool, typer.Option("--json", help="Hasil sebagai JSON.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Paling banyak sekian konten.")] = 50,
    region: Annotated[str, typer.Option(help="Kode wilayah, misalnya 81.72.")] = "",
    text: Annotated[str, typer.Option(help="Kata yang dicari.")] = "",
) -> None:
    """Konten yang menunggu, yang paling perlu dilihat di atas."""
    found = environment()
    with opened(found) as store, store.read() as tx:
        rows = tx.queue(Filters(region=region, text=text), limit=limit)
    if as_json:
        print(json.dumps([plain(row) for row in rows], ensure_ascii=False, indent=2))
        return
    if not rows:
        print("Antrean kosong.")
        return
    Console().print(_table(rows, settings(found).office.zone))


def plain(row: QueueRow) -> dict[str, object]:
    """One konten of the queue as JSON."""
    text = f"{row.words.title}\x00{row.words.text}" if row.words else ""
    return {
        "id": row.item.id,
        "state": row.item.state,
        "priority": row.item.priority,
        "hoax": row.score.hoax,
        "stance": row.score.stance,
        "election": row.score.election,
        "title": row.words.title if row.words else "",
        "url": row.article.url or row.entry.url,
        "source": row.entry.source,
        "published": row.article.published.isoformat() if row.article.published else None,
        "flagged": row.item.at.isoformat(),
        "topics": list(row.score.topics),
        "regions": list(row.score.regions),
        "reasons": reasons(row),
        "model": row.score.model,
        "words": bool(text),
    }


def reasons(row: QueueRow) -> list[dict[str, object]]:
    """The reasons in the original words, the weightiest first."""
    if row.words is None:
        return []
    held = {"title": row.words.title, "text": row.words.text}
    ordered = sorted(row.score.reasons, key=lambda reason: -abs(reason[3]))
    return [
        {"text": held.get(field, "")[start:end] or field.partition(":")[2], "weight": weight}
        for field, start, end, weight in ordered
    ]


def _table(rows: list[QueueRow], zone: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for name, right in (("no", True), ("indikasi", True), ("konten", False), ("sumber", False), ("terbit", False)):
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in rows:
        title = row.words.title if row.words else "(dihapus)"
        hoax = f"{row.score.hoax:.2f}".replace(".", ",")
        table.add_row(str(row.item.id), hoax, title, row.entry.source, when(row.article.published, zone))
    return table
