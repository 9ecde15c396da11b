"""pydantic's error -> Problem: what is wrong in plain Indonesian, with the nearest known key where one was mistyped."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from monitor.sources.checks import Unfit

SYNONYMS = {
    "kode_wilayah": "code",
    "kode": "code",
    "nama": "name",
    "timezone": "zone",
    "time_zone": "zone",
    "tz": "zone",
    "zona": "zone",
    "zona_waktu": "zone",
    "kontak": "contact",
    "email": "contact",
    "alamat": "url",
    "address": "url",
    "jenis": "kind",
    "type": "kind",
    "kategori": "category",
    "wilayah": "region",
    "interval": "rhythm",
    "irama": "rhythm",
    "every": "rhythm",
    "aktif": "enabled",
    "active": "enabled",
    "enable": "enabled",
    "robots": "robots_exception",
    "press": "pers",
    "mulai": "start",
    "from": "start",
    "selesai": "end",
    "until": "end",
    "selector": "selectors",
    "partai": "parties",
    "party": "parties",
    "slogan": "slogans",
    "alias": "aliases",
    "nomor": "number",
    "petahana": "incumbent",
    "kantor": "office",
    "jaringan": "network",
    "pemilu": "election",
    "sumber": "source",
    "sources": "source",
    "elections": "election",
    "candidates": "candidate",
    "stages": "stage",
    "officials": "official",
    "conflicts": "conflict",
    "channels": "channel",
    "calon": "candidate",
    "kanal": "channel",
    "notice": "notices",
    "prioritas": "priority",
    "weights": "priority",
    "tahapan": "stage",
    "tahap": "stage",
}
SENTENCES = {
    "missing": "kunci “{key}” wajib diisi",
    "string_type": "“{key}” harus teks dalam tanda kutip",
    "string_unicode": "“{key}” memuat huruf yang rusak; ketik ulang teksnya",
    "bool_type": "“{key}” harus true atau false, tanpa tanda kutip",
    "int_type": "“{key}” harus angka bulat, tanpa tanda kutip",
    "tuple_type": '“{key}” harus daftar dalam kurung siku, misalnya ["a", "b"]',
    "too_short": "“{key}” tidak boleh kosong",
    "too_long": "“{key}” terlalu banyak; paling banyak {max}",
    "literal_error": "“{key}” harus salah satu dari: {expected}",
    "greater_than_equal": "“{key}” terlalu kecil; paling kecil {ge}",
    "less_than_equal": "“{key}” terlalu besar; paling besar {le}",
    "dataclass_type": "“{key}” harus tabel ([{key}] atau [[{key}]]), bukan satu nilai",
    "dict_type": "“{key}” harus tabel ([{key}]), bukan satu nilai",
}


def suggestion(word: str, known: Iterable[str]) -> str:
    """The known key that was probably meant, as the end of a sentence; "" if none is near."""
    keys = list(known)
    near = [SYNONYMS[word.lower()]] if SYNONYMS.get(word.lower()) in keys else []
    near = near or get_close_matches(word[:60], keys, n=1, cutoff=0.6)
    return f"; maksud Anda “{near[0]}”?" if near else ""


def unknown(word: str, known: Iterable[str]) -> str:
    """The sentence for a key that nobody knows."""
    return f"kunci “{shown(word)}” tidak dikenal{suggestion(word, known)}"


def shown(word: object) -> str:
    """A word from the file as it may stand in a sentence: printable and short."""
    text = "".join(letter if letter.isprintable() else "?" for letter in str(word))
    return text if len(text) <= 40 else text[:40] + "…"


def sentence(where: tuple[str | int, ...], error: Mapping[str, Any]) -> str:
    """The Indonesian sentence of one of pydantic's errors; `where` is the path of its key in the file."""
    key = next((part for part in reversed(where) if isinstance(part, str)), "")
    context = error.get("ctx") or {}
    if isinstance(unfit := context.get("error"), Unfit):
        return f"“{shown(key)}”: {unfit.sentence}" if key else unfit.sentence
    expected = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "").strip(", ")
    values = {
        "key": shown(key),
        "ge": context.get("ge"),
        "le": context.get("le"),
        "expected": expected,
        "max": context.get("max_length"),
    }
    return SENTENCES.get(error["type"], "“{key}” tidak dapat dibaca; periksa bentuk nilainya").format(**values)
