"""`jernih evaluate CORPUS`: honest figures on what training never saw, and the model card."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from classifiers.evaluate import card, evaluate
from classifiers.train import CorpusError
from monitor.cli.opening import Trouble


def command(
    corpus: Annotated[Path, typer.Argument(help="Berkas korpus (parquet); bentuknya: docs/korpus.md.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder untuk kartu model dan gambarnya; kosong: hanya dicetak.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Benih acak.")] = 0,
) -> None:
    """Ukur model pada tahun, sumber, dan kelompok yang tidak ikut dilatih; perlu pustaka latih."""
    try:
        found = evaluate(corpus, out, lambda line: print(line, file=sys.stderr, flush=True), seed)
    except CorpusError as cause:
        raise Trouble("\n".join(cause.sentences)) from cause
    print(card(found, "id"))
