"""Model files: they come back as they were saved, or are refused with a sentence."""

import json
from pathlib import Path

import numpy as np
import pytest

from classifiers.detector import load
from classifiers.features import STYLE
from classifiers.model import MANIFEST, TENSORS, ModelError, load_files, packaged, save_files


def small(directory: Path) -> None:
    words, chars = ["surat", "suara"], [" su"]
    tensors = {
        "words.idf": np.ones(2), "words.hoax": np.array([1.0, -1.0]), "words.about": np.zeros(2),
        "words.refutes": np.zeros(2), "chars.idf": np.ones(1), "chars.hoax": np.zeros(1),
        "style.hoax": np.zeros(len(STYLE)),
    }  # fmt: skip
    manifest = {
        "vocabulary": {"words": words, "chars": chars, "style": list(STYLE)}, "names": ["budi"],
        "hoax": {"intercept": 0.5, "slope": 2.0, "offset": -1.0}, "stance": {"about": -1.0, "refutes": 0.0},
        "thresholds": {"hoax": 0.5, "politics": 0.5, "about": 0.0},
    }  # fmt: skip
    save_files(directory, manifest, tensors)


def test_files_come_back_as_they_were_saved(tmp_path: Path) -> None:
    small(tmp_path)
    files = load_files(tmp_path)
    assert files.tensors["words.hoax"].tolist() == [1.0, -1.0]
    assert len(files.id) == 12
    assert load(tmp_path).model == files.id


def test_same_content_has_the_same_bytes_and_id(tmp_path: Path) -> None:
    small(tmp_path / "a")
    small(tmp_path / "b")
    for name in (MANIFEST, TENSORS):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def refused(directory: Path, sentence: str) -> None:
    with pytest.raises(ModelError) as caught:
        load(directory)
    assert sentence in caught.value.sentence
    assert caught.value.cause


def test_missing_files_are_refused(tmp_path: Path) -> None:
    refused(tmp_path, "tidak ada")


@pytest.mark.parametrize("name", [MANIFEST, TENSORS])
def test_a_changed_byte_is_refused(tmp_path: Path, name: str) -> None:
    small(tmp_path)
    raw = bytearray((tmp_path / name).read_bytes())
    raw[len(raw) // 2] ^= 1
    (tmp_path / name).write_bytes(bytes(raw))
    refused(tmp_path, "rusak")


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    small(tmp_path)
    (tmp_path / MANIFEST).write_bytes(b"\x80\x04\x95pickle")
    refused(tmp_path, "rusak")
    (tmp_path / MANIFEST).write_text("[]", encoding="utf-8")
    refused(tmp_path, "rusak")


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    small(tmp_path)
    manifest = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    (tmp_path / MANIFEST).write_text(json.dumps({**manifest, "format": 99}), encoding="utf-8")
    refused(tmp_path, "Perbarui Jernih")


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("hoax", {"intercept": "0.5", "slope": 2.0, "offset": -1.0}),
        ("hoax", {"intercept": float("nan"), "slope": 2.0, "offset": -1.0}),
        ("hoax", {"slope": 2.0}),
        ("hoax", [0.5, 2.0, -1.0]),
        ("thresholds", {"hoax": None, "politics": 0.5, "about": 0.0}),
        ("thresholds", {"hoax": float("inf"), "politics": 0.5, "about": 0.0}),
        ("thresholds", None),
        ("stance", {"about": -1.0}),
        ("names", 7),
        ("vocabulary", {"words": [1, 2], "chars": [" su"], "style": list(STYLE)}),
        ("vocabulary", {"words": ["surat", "suara"], "chars": [["x"]], "style": list(STYLE)}),
        ("vocabulary", {"words": ["surat", "suara"], "chars": [" su"], "style": list(STYLE[::-1])}),
    ],
)
def test_a_whole_file_with_foreign_content_is_refused_when_it_is_loaded(
    tmp_path: Path, part: str, value: object
) -> None:
    small(tmp_path)
    files = load_files(tmp_path)
    save_files(tmp_path, {**files.manifest, part: value}, files.tensors)
    refused(tmp_path, "jernih train")


def test_shipped_model_loads_and_is_small() -> None:
    files = load_files()
    assert set(files.manifest["vocabulary"]) == {"words", "chars", "style"}
    assert sum(array.nbytes for array in files.tensors.values()) < 4_000_000


def test_packaged_texts_are_read_by_name() -> None:
    assert "pemilu" in packaged("relevance.toml")
