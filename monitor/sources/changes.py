"""old Settings + new Settings -> what a reload changed, in sentences for the person who edited feeds.toml."""

from collections.abc import Iterator
from dataclasses import fields

from monitor.sources.rows import ConfigError, Settings, Source
from monitor.sources.rules import paused

NOUNS = {
    "office": "data kantor",
    "network": "jaringan",
    "public": "alamat halaman publik",
    "archive": "masa simpan arsip",
    "deadline": "tenggat jawaban",
    "sample": "sampel acak dan tinjauan",
    "catalogue": "pilihan katalog",
    "notices": "pemberitahuan",
    "digest": "penerima laporan",
    "elections": "kalender pemilu",
    "candidates": "daftar calon",
    "officials": "daftar lembaga resmi",
    "conflicts": "daftar konflik kepentingan",
    "channels": "daftar kanal",
    "priority": "bobot prioritas",
}
WORDS = {
    "url": "alamat",
    "kind": "jenis",
    "category": "kategori",
    "region": "wilayah",
    "code": "kode wilayah",
    "zone": "zona waktu",
    "rhythm": "irama",
    "selectors": "selektor",
    "robots_exception": "pengecualian robots.txt",
    "pers": "status pers",
    "trust": "kepercayaan",
    "trusted_by": "penilai",
    "owner": "pemilik",
    "note": "catatan",
    "evidence": "bukti alamat",
    "origin": "asal",
}
MOST = 5


def changed(old: Settings, new: Settings) -> tuple[str, ...]:
    """One sentence for every kind of change, none if nothing that matters changed."""
    return (*pauses(old, new), *watching(old, new), *sections(old, new))


def kept(error: ConfigError, path: str = "feeds.toml") -> str:
    """What to say when an edit cannot be used: the old settings stay in force."""
    found = error.sentences(path)
    more = f" (dan {len(found) - 1} masalah lain)" if len(found) > 1 else ""
    return (
        f"Perubahan belum dipakai, pengaturan lama tetap berlaku. {found[0]}{more}. "
        "Perbaiki berkasnya, lalu simpan lagi."
    )


def pauses(old: Settings, new: Settings) -> Iterator[str]:
    """Whether the sources start or stop as a whole."""
    if paused(old) and not paused(new):
        yield "Kontak kantor sudah diisi: sumber mulai dipantau."
    if paused(new) and not paused(old):
        yield paused(new)


def watching(old: Settings, new: Settings) -> Iterator[str]:
    """Which sources are watched from now on, which no longer, which in another way."""
    before = {source.name: source for source in old.watched}
    after = {source.name: source for source in new.watched}
    if added := [name for name in after if name not in before]:
        yield f"Mulai dipantau: {several(added)}."
    if gone := [name for name in before if name not in after]:
        yield f"Tidak lagi dipantau: {several(gone)}."
    if other := [
        f"{name} ({differing(before[name], after[name])})"
        for name in after
        if name in before and differing(before[name], after[name])
    ]:
        yield f"Sumber berubah: {several(other)}."


def differing(old: Source, new: Source) -> str:
    """What differs between two rows of one source, in words; "" if nothing."""
    names = [field.name for field in fields(Source) if getattr(old, field.name) != getattr(new, field.name)]
    return ", ".join(WORDS[name] for name in names if name != "origin")


def sections(old: Settings, new: Settings) -> Iterator[str]:
    """Which other parts of feeds.toml changed."""
    if names := [noun for key, noun in NOUNS.items() if getattr(old, key) != getattr(new, key)]:
        yield f"Berubah: {', '.join(names)}."
    if old.desk != new.desk:
        yield "Bagian [desk] berubah; ini baru berlaku setelah Jernih dijalankan ulang."


def several(names: list[str]) -> str:
    """The first MOST names and how many more there are."""
    more = len(names) - MOST
    return ", ".join(names[:MOST]) + (f", dan {more} lagi" if more > 0 else "")
