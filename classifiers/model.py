"""directory -> ModelFiles: the shipped files of the trained model; the one module of classifiers/ that reads files.

A model is `model.safetensors` (float64 coefficients and idf) and `manifest.json` (vocabulary, calibration,
thresholds, where it comes from). Nothing in it runs: no pickle, no code.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

FORMAT: Final = 1
TENSORS: Final = "model.safetensors"
MANIFEST: Final = "manifest.json"
CANARY: Final = "canary.safetensors"
LARGEST: Final = 64 * 1024 * 1024
SHAPES: Final = {
    "words.idf": "words", "words.hoax": "words", "words.about": "words", "words.refutes": "words",
    "chars.idf": "chars", "chars.hoax": "chars", "style.hoax": "style",
}  # fmt: skip
OPINION: Final = {"words.opines": "words", "style.opines": "style"}  # a model of before has none

Tensors = dict[str, NDArray[np.float64]]


class ModelError(Exception):
    """A model that cannot be used: `cause` for the log, `sentence` for the person, with the next step."""

    def __init__(self, cause: str, sentence: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A manifest and its tensors, checked against each other."""

    manifest: Mapping[str, Any]
    tensors: Tensors

    @property
    def id(self) -> str:
        return str(self.manifest["id"])


def packaged(name: str) -> str:
    """One file of classifiers/data as UTF-8 text, e.g. "taxonomy.toml" or "regions/gazetteer.csv"."""
    return files("classifiers").joinpath("data", *name.split("/")).read_text(encoding="utf-8")


def load_files(directory: Path | None = None) -> ModelFiles:
    """The model in `directory`, or the shipped one; raises ModelError when it is missing, corrupt, foreign or newer."""
    place: Traversable = directory or files("classifiers").joinpath("data", "model")
    manifest = _manifest(_bytes(place, MANIFEST))
    return checked(manifest, _bytes(place, TENSORS))


def load_canary(directory: Path | None = None) -> Tensors:
    """The canary's feature rows beside a model; raises ModelError."""
    place: Traversable = directory or files("classifiers").joinpath("data", "model")
    try:
        return load_tensors(_bytes(place, CANARY))
    except (SafetensorError, ValueError, KeyError) as cause:
        raise _corrupt(f"{CANARY}: {cause}") from cause


def save_canary(directory: Path, rows: Tensors) -> None:
    """Writes the canary's feature rows beside a model."""
    (directory / CANARY).write_bytes(save_tensors({name: np.ascontiguousarray(rows[name]) for name in sorted(rows)}))


def save_files(directory: Path, manifest: Mapping[str, Any], tensors: Tensors) -> ModelFiles:
    """Writes both files; the id is a hash of what they hold."""
    raw = save_tensors({name: np.ascontiguousarray(tensors[name]) for name in sorted(tensors)})
    held = {**manifest, "format": FORMAT, "tensors_sha256": hashlib.sha256(raw).hexdigest()}
    held["id"] = identity(held)
    directory.mkdir(parents=True, exist_ok=True)
    (directory / TENSORS).write_bytes(raw)
    text = json.dumps(held, ensure_ascii=False, sort_keys=True, indent=1)
    (directory / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return ModelFiles(held, tensors)


def identity(manifest: Mapping[str, Any]) -> str:
    """Twelve hex digits of everything but the id itself."""
    held = {name: value for name, value in manifest.items() if name != "id"}
    canonical = json.dumps(held, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def checked(manifest: Mapping[str, Any], raw: bytes) -> ModelFiles:
    """The two files as one model, if they belong together."""
    if manifest.get("format") != FORMAT:
        raise _newer(manifest.get("format"))
    if manifest.get("id") != identity(manifest) or manifest.get("tensors_sha256") != hashlib.sha256(raw).hexdigest():
        raise _corrupt("hash of manifest or tensors differs")
    try:
        tensors = load_tensors(raw)
    except (SafetensorError, ValueError, KeyError) as cause:
        raise _corrupt(f"safetensors: {cause}") from cause
    _check_shapes(manifest, tensors)
    return ModelFiles(manifest, tensors)


def _check_shapes(manifest: Mapping[str, Any], tensors: Tensors) -> None:
    vocabulary = manifest.get("vocabulary")
    shapes = SHAPES | OPINION if "words.opines" in tensors else SHAPES
    if not isinstance(vocabulary, dict) or set(tensors) != set(shapes):
        raise _corrupt("vocabulary or tensors missing")
    for name, block in shapes.items():
        array = tensors[name]
        if array.dtype != np.float64 or array.shape != (len(vocabulary.get(block, ())),):
            raise _corrupt(f"{name}: {array.dtype} {array.shape}")
        if not np.isfinite(array).all():
            raise _corrupt(f"{name}: not finite")


def _manifest(raw: bytes) -> Mapping[str, Any]:
    try:
        manifest = json.loads(raw)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as cause:
        raise _corrupt(f"manifest: {cause}") from cause
    if not isinstance(manifest, dict):
        raise _corrupt("manifest is no object")
    return manifest


def _bytes(place: Traversable, name: str) -> bytes:
    try:
        raw = place.joinpath(name).read_bytes()
    except OSError as cause:
        sentence = "Berkas model tidak ada. Jalankan `jernih train`, atau pasang ulang Jernih."
        raise ModelError(f"{name}: {cause}", sentence) from cause
    if len(raw) > LARGEST:
        raise _corrupt(f"{name}: {len(raw)} bytes")
    return raw


def _corrupt(cause: str) -> ModelError:
    return ModelError(cause, "Berkas model rusak atau bukan milik Jernih. Pasang ulang model dengan `jernih train`.")


def _newer(found: object) -> ModelError:
    sentence = "Berkas model dibuat untuk versi Jernih yang lain. Perbarui Jernih atau latih ulang modelnya."
    return ModelError(f"format {found!r}, this program reads {FORMAT}", sentence)
