"""Made-up publications for tests and screenshots: an office, its answers, one of each kind."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from monitor.clarifications import Citation, Draft, slug
from monitor.posts import Answer, Post, Publication, Site, first_edition, next_edition

NOW = datetime(2026, 11, 21, 5, 5, tzinfo=UTC)
SITE = Site("https://klarifikasi.kota.example/publik", "Diskominfo Kota Contoh", "humas@kota.example", "WIT",
            {"81.72": "Kota Contoh"})  # fmt: skip
TEXT = Draft(
    headline="KPU: kotak suara di gudang Kota Contoh masih tersegel",
    slug="kpu-kotak-suara-masih-tersegel",
    summary="KPU Kota Contoh memeriksa gudang pada Sabtu pagi bersama Bawaslu dan saksi semua pasangan calon. Semua "
    "segel utuh. Kotak suara baru dibuka pada hari pemungutan suara, di depan saksi dan pemilih.",
    speaker="KPU Kota Contoh: Sari Dewi, ketua",
    claim="Surat suara sudah tercoblos di gudang KPU Kota Contoh",
    circulating="Yang beredar, dan tidak benar: “Surat suara sudah tercoblos di gudang KPU Kota Contoh”.",
    where="grup percakapan warga",
    explanation="Berita acara pemeriksaan ditandatangani tiga lembaga dan dapat dibaca di situs KPU.\nVideo yang ikut "
    "beredar direkam pada tahun 2019 di kota lain.",
    advice="Abaikan dan jangan diteruskan. Bila menerimanya, kirimkan halaman ini.",
    category="Politik",
    alt="Kartu bertuliskan HOAKS, lalu faktanya: kotak suara di gudang masih tersegel.",
    citations=(
        Citation("https://kpu.go.id/berita-acara/1", "Berita acara pemeriksaan gudang", "KPU"),
        Citation("https://kota.example/arsip/2", "Catatan pemeriksaan video"),
    ),
)
OTHERS = (
    ("PENIPUAN", "KPU tidak pernah meminta uang untuk mendaftar sebagai pemilih", "Penipuan"),
    ("MENYESATKAN", "Jadwal debat tetap Jumat; yang berubah hanya tempatnya", "Politik"),
    ("FAKTA", "TPS di Bukit Teduh memang pindah ke balai desa", "Pemerintah"),
    ("BELUM TERBUKTI", "Jumlah pemilih tambahan masih dihitung KPU", "Politik"),
)


def post(text: Draft = TEXT, number: int = 12, finding: str = "HOAKS", at: datetime = NOW) -> Post:
    return first_edition(number, text, text.words().digest, finding, "konten palsu", ("81.72",), ("logistik",), at)


def publication(text: Draft = TEXT, number: int = 12, finding: str = "HOAKS", at: datetime = NOW) -> Publication:
    made = post(text, number, finding, at)
    return Publication(made, text, (made,))


def corrected() -> Publication:
    first = post()
    text = replace(TEXT, speaker="KPU Kota Contoh: Sari Dewi, ketua divisi logistik")
    second = next_edition(first, "DIKOREKSI", text.words().digest, text.category, "jabatan narasumber keliru",
                          NOW + timedelta(hours=3))  # fmt: skip
    note = Answer(1, NOW + timedelta(hours=4), "rini", "DIKABULKAN", "Jabatan narasumber diperbaiki.")
    return Publication(second, text, (first, second), (note,))


def withdrawn() -> Publication:
    first = post(number=7)
    last = next_edition(first, "DITARIK", first.words, "Politik", "hasilnya dibuka lagi", NOW + timedelta(days=1))
    return Publication(last, TEXT, (first, last))


def several() -> list[Publication]:
    """Newest first: one of every finding, one corrected, one withdrawn."""
    made = [corrected()]
    for number, (finding, headline, category) in enumerate(OTHERS):
        text = replace(TEXT, headline=headline, slug=slug(headline), category=category, alt=f"Kartu: {headline}.")
        made.append(publication(text, 11 - number, finding, NOW - timedelta(days=9 * (number + 1))))
    return [*made, withdrawn()]
