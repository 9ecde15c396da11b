"""`jernih retrain`: fits the model in force to what people found; the old one can be put back."""

import shutil
from typing import Annotated

import typer

from classifiers.canary import Canary
from classifiers.model import load_canary, load_files, save_files
from classifiers.retrain import Refusal, retrain
from monitor.audit import Act
from monitor.cli import models
from monitor.cli.opening import Trouble, environment, house, now, settings
from monitor.demo import labelled
from monitor.pipeline.learning import labels


def command(
    back: Annotated[str, typer.Option(help="Pasang kembali model ini (nomornya, atau “bawaan”).")] = "",
    dry: Annotated[bool, typer.Option("--dry-run", help="Hitung saja; model yang berlaku tetap.")] = False,
) -> None:
    """Sesuaikan model dengan hasil verifikasi dan konten yang dikesampingkan sebagai bukan hoaks."""
    found = environment()
    if back:
        _put_back(back)
        return
    with house(found, settings(found)) as one:
        learned = labels(one)
        made = retrain(load_files(), learned, Canary(labelled(), load_canary()))
        if isinstance(made, Refusal):
            raise Trouble(made.sentence)
        if dry:
            print(f"{len(learned)} hasil dipakai; model baru lolos penguji dan tidak dipasang (--dry-run).")
            return
        kept = found.home / "model" / "baru"
        shutil.rmtree(kept, ignore_errors=True)
        files = save_files(kept, made.manifest, made.tensors)
        name = files.id
        shutil.rmtree(found.home / "model" / name, ignore_errors=True)
        kept.rename(found.home / "model" / name)
        models.choose(found.home, name)
        with one.store.write() as tx:
            tx.audit(Act(now(), "cli", "latih ulang", "model", name, {"labels": len(learned)}))
    print(f"Model {name} berlaku, dari {len(learned)} hasil. Kembali ke yang lama: jernih retrain --back bawaan")


def _put_back(name: str) -> None:
    found = environment()
    choices = [models.SHIPPED, *models.known(found.home)]
    if name not in choices:
        raise Trouble(f"Tidak ada model {name}. Yang tersimpan: {', '.join(choices)}.", 2)
    with house(found, settings(found)) as one:
        models.choose(found.home, name)
        with one.store.write() as tx:
            tx.audit(Act(now(), "cli", "pasang model", "model", name, {}))
    print(f"Model {name} berlaku. Jernih yang sedang berjalan memakainya setelah dinyalakan ulang.")
