"""A made-up corpus in the documented format, small enough to train on in a test and in the notebooks' CI run."""

import random
from pathlib import Path
from typing import Any

import pyarrow as arrow
import pyarrow.parquet as parquet

WHO = ("Bupati Contoh", "Ketua KPU Contoh", "Calon nomor 3", "Wali Kota Contoh", "Panglima Contoh", "Menteri Contoh")
DEEDS = (
    "DITANGKAP tengah malam karena curangi surat suara", "kabur membawa kotak suara ke luar negeri",
    "bagi bagi uang 50 juta lewat akun ini", "mundur dari pilkada setelah didemo", "terbukti menerima suap asing",
    "memalsukan jutaan KTP untuk pemilih siluman", "menunda pemilu sampai tahun depan", "meninggal dunia pagi ini",
)  # fmt: skip
CALLS = ("VIRALKAN!!", "Sebarkan sebelum dihapus!", "GEGER!", "Astaga...", "Bagikan ke semua grup!!!", "Terbongkar")
NEWS = (
    "Pemerintah kota menggelar rapat koordinasi persiapan pemilihan, kata kepala dinas, Senin (12/11/2024).",
    "Dewan menyetujui anggaran perbaikan jalan. Menurut wali kota, pekerjaan dimulai bulan depan.",
    "Tim sepak bola daerah menang tipis pada pertandingan pembuka, ujar pelatih seusai laga.",
    "Harga beras di pasar induk turun tipis, kata kepala dinas perdagangan dalam keterangannya.",
    "Komisi pemilihan menetapkan jadwal debat calon, ujar ketua komisi kepada wartawan.",
)
CHECK = (
    "Hasil periksa fakta: klaim bahwa {claim} adalah tidak benar. Berdasarkan penelusuran, video itu kejadian lama. "
    "Kategori: konten yang menyesatkan."
)


def rows(seed: int = 0, amount: int = 90) -> list[dict[str, Any]]:
    """`amount` claims with a debunk each, and three times as many ordinary items."""
    chance = random.Random(seed)
    found: list[dict[str, Any]] = []
    for number in range(amount):
        claim = f"{chance.choice(WHO)} {chance.choice(DEEDS)}"
        year = 2019 + number % 7
        post = f"{chance.choice(CALLS)} {claim} {chance.choice(CALLS)}"
        found.append(_row(f"c{number}", "claim", post, claim, number, year))
        found.append(_row(f"d{number}", "debunk", CHECK.format(claim=claim), "", number, year))
        for copy in range(3):
            text = f"{chance.choice(NEWS)} {chance.choice(NEWS)}"
            found.append(_row(f"n{number}-{copy}", "news", text, text[:40], amount + 3 * number + copy, year))
    return found


def _row(name: str, kind: str, text: str, title: str, cluster: int, year: int) -> dict[str, Any]:
    press = ("Tempo", "Koran Contoh", "Tribunnews (regional)", "Sindonews")[cluster % 4]
    return {
        "id": name, "dataset": "contoh", "source": press if kind == "news" else "turnbackhoax.id (contoh)", "url": None,
        "published": f"{year}-{1 + cluster % 12:02d}-15", "title": title, "text": text,
        "text_kind": {"claim": "post_quote", "debunk": "factcheck_body", "news": "news_body"}[kind],
        "label": int(kind == "claim"), "label_detail": "SALAH" if kind != "news" else None,
        "election": "pemilu" in text, "election_wide": "pemilu" in text, "cluster": cluster, "duplicate": False,
        "kind": kind,
    }  # fmt: skip


def write(path: Path, seed: int = 0, amount: int = 90, **columns: Any) -> Path:
    """The corpus as a parquet file; `columns` overwrites whole columns, None drops one."""
    table = rows(seed, amount)
    for name, value in columns.items():
        for row in table:
            if value is None:
                del row[name]
            else:
                row[name] = value
    parquet.write_table(arrow.Table.from_pylist(table), path)
    return path
