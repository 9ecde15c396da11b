"""`jernih deliver`: what waits to be sent, and one round of sending without a daemon."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from threading import Event
from typing import Annotated

import typer

from monitor import digests
from monitor.cli import names
from monitor.cli.opening import Trouble, environment, now, opened, settings
from monitor.daemon import Deliverer, secrets_of
from monitor.deliveries import MENUNGGU, TERKIRIM, Delivery
from monitor.digests import Digest
from monitor.sources import offset
from monitor.store import Held, Store

SHOWN = 50


def command(
    once: Annotated[bool, typer.Option("--once", help="Kirim sekarang yang sudah waktunya, satu putaran.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Daftarnya sebagai JSON.")] = False,
) -> None:
    """Pengiriman ke kanal dan daftar surel: yang menunggu, gagal, dan tidak pasti."""
    found = environment()
    read = settings(found)
    with opened(found) as kept:
        if once:
            with _alone(kept):
                ports = (read.desk.port, read.desk.metrics_port)
                Deliverer(kept, lambda: read, secrets_of(found.home), now, Event(), ports, names.region, named).send()
        with kept.read() as tx:
            rows, counts = tx.deliveries(limit=SHOWN), tx.delivery_counts()
    if as_json:
        print(json.dumps([_plain(row) for row in rows], ensure_ascii=False, indent=2))
        return
    zone = offset(read.office.zone)
    for row in reversed(rows):
        again = row.state == MENUNGGU and row.tries
        due = f" · dicoba lagi {row.due.astimezone(zone):%d-%m-%Y %H.%M %Z}" if again else ""
        said = f"\n      {row.sentence}" if row.sentence and row.state != TERKIRIM else ""
        print(f"{row.id:5} {row.state:11} {row.channel}: {row.noun}, edisi {row.edition} ({row.act}){due}{said}")
    print(", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "Belum ada pengiriman.")


def named(digest: Digest) -> dict[str, str]:
    """The names of the codes in a digest."""
    return names.every(digests.spoken(digest))


@contextmanager
def _alone(kept: Store) -> Iterator[None]:
    """Only one process may send: with a daemon running, it does."""
    try:
        with kept.leader():
            yield
    except Held as held:
        raise Trouble(held.sentence, 3) from held


def _plain(row: Delivery) -> dict[str, object]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in asdict(row).items()}
