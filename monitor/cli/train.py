"""`jernih train CORPUS --out DIR`: the model from a corpus, the same bytes twice on one machine."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from classifiers.train import CorpusError, train
from monitor.cli.opening import Trouble


def command(
    corpus: Annotated[Path, typer.Argument(help="Berkas korpus (parquet); bentuknya: docs/korpus.md.")],
    out: Annotated[Path, typer.Option(help="Folder untuk model.safetensors dan manifest.json.")],
    seed: Annotated[int, typer.Option(help="Benih acak.")] = 0,
) -> None:
    """Latih model; perlu pustaka latih: .venv/bin/pip install '.[train]' (sudah ada setelah make test)."""
    try:
        made = train(corpus, out, seed, lambda line: print(line, file=sys.stderr, flush=True))
    except CorpusError as cause:
        raise Trouble("\n".join(cause.sentences)) from cause
    print(f"Model {made.id} tersimpan di {out}.")
