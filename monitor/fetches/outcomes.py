"""Code of what happened -> Outcome: its term, its Indonesian sentence, and whether trying again may help.

outcome
|-- good        ok, unchanged
|-- neither     stopped (we were told to end), held (the host asked us to wait)
`-- failure     counted; after 30 in a row the source is paused
    |-- soft    may heal by itself: names, connections, deadlines, 5xx, portals ... (linear, in rhythms)
    `-- hard    needs a person: addresses, certificates, robots.txt, 4xx, blocks ... (linear, in steps of 6 h)
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way in which a visit can end. `term` stands on screen and in Fetch.outcome."""

    code: str
    term: str
    sentence: str = ""
    hard: bool = False


GOOD = (Outcome("ok", "berhasil"), Outcome("unchanged", "tidak berubah"))

NEITHER = (
    Outcome(
        "stopped",
        "dihentikan",
        "Pengambilan dihentikan karena Jernih sedang dimatikan. Alamat ini diambil lagi begitu Jernih hidup kembali.",
    ),
    Outcome(
        "held",
        "ditunda",
        "Situs ini meminta agar tidak dikunjungi dulu. Jernih menunggu selama yang diminta, lalu mencoba lagi sendiri.",
    ),
)

# What the door `web` may put into Reply.error, apart from "stopped" and "held".
DOOR = (
    Outcome(
        "spelling",
        "alamat tidak sah",
        "Alamat ini tidak dapat dipakai. Tulis alamat lengkap yang diawali http:// atau https:// dengan nama situs "
        "biasa, tanpa nama pengguna dan kata sandi, lalu perbaiki di feeds.toml.",
        hard=True,
    ),
    Outcome(
        "port",
        "porta ditolak",
        "Alamat ini memakai nomor porta yang bukan porta situs web. Periksa alamatnya di feeds.toml; yang boleh: 80, "
        "81, 443, 8000, 8008, 8080, 8081, 8088, 8443 dan 8888.",
        hard=True,
    ),
    Outcome(
        "address",
        "alamat ditolak",
        "Alamat ini menuju jaringan dalam atau jaringan khusus, jadi tidak dikunjungi. Periksa alamatnya; bila ini "
        "memang situs milik kantor di jaringan sendiri, buka jaringannya di [network] allow pada feeds.toml.",
        hard=True,
    ),
    Outcome(
        "dns",
        "nama tidak ditemukan",
        "Nama situs ini tidak ditemukan. Periksa ejaan alamatnya dan sambungan internet server ini; Jernih mencoba "
        "lagi sendiri.",
    ),
    Outcome(
        "connect",
        "tidak tersambung",
        "Situs ini tidak dapat dihubungi. Periksa sambungan internet server ini dan coba buka situsnya di peramban; "
        "Jernih mencoba lagi sendiri.",
    ),
    Outcome(
        "proxy",
        "proksi bermasalah",
        "Proksi kantor tidak meneruskan permintaan ini. Periksa [network] proxy di feeds.toml atau hubungi pengelola "
        "jaringan; Jernih mencoba lagi sendiri.",
    ),
    Outcome(
        "tls",
        "sertifikat ditolak",
        "Sertifikat keamanan situs ini tidak dapat dipastikan, jadi isinya tidak diambil. Periksa jam server ini; bila "
        "jamnya benar, minta pengelola situs memperbaiki sertifikatnya.",
        hard=True,
    ),
    Outcome(
        "timeout",
        "waktu habis",
        "Situs ini terlalu lambat: jawabannya tidak selesai pada waktunya. Jernih mencoba lagi sendiri; bila terus "
        "begini, jarangkan kunjungannya (rhythm) atau pilih umpan yang lebih kecil.",
    ),
    Outcome(
        "protocol",
        "jawaban rusak",
        "Jawaban situs ini rusak dan tidak dapat dibaca. Jernih mencoba lagi sendiri; bila terus begini, beri tahu "
        "pengelola situs.",
    ),
    Outcome(
        "truncated",
        "jawaban terpotong",
        "Jawaban situs ini terputus sebelum lengkap, jadi tidak dipakai. Jernih mencoba lagi sendiri.",
    ),
    Outcome(
        "encoding",
        "pemampatan ditolak",
        "Situs ini mengirim isi dengan cara pemampatan yang tidak diminta, jadi isinya tidak dibuka. Beri tahu "
        "pengelola situs, atau pakai alamat lain dari sumber yang sama.",
        hard=True,
    ),
    Outcome(
        "too_big",
        "terlalu besar",
        "Isi alamat ini melebihi 10 MiB, jadi tidak diambil. Cari umpan yang lebih kecil dari sumber yang sama.",
        hard=True,
    ),
    Outcome(
        "redirects",
        "pengalihan berputar",
        "Situs ini mengalihkan terus-menerus. Buka alamatnya di peramban, lalu tulis alamat akhirnya di feeds.toml.",
        hard=True,
    ),
    Outcome(
        "downgrade",
        "pengalihan tidak aman",
        "Situs ini mengalihkan dari https ke http yang dapat diubah orang di tengah jalan, jadi tidak diikuti. Bila "
        "alamat http itu memang yang benar, tulis sendiri di feeds.toml.",
        hard=True,
    ),
    Outcome(
        "robots",
        "dilarang robots.txt",
        "Situs ini meminta agar alamat ini tidak diambil oleh program. Mintalah izin kepada pengelolanya; setelah ada "
        "izin, catat alasannya sebagai robots_exception pada sumber ini di feeds.toml.",
        hard=True,
    ),
    Outcome(
        "robots_unknown",
        "robots.txt tidak terbaca",
        "Aturan kunjungan situs ini (robots.txt) sedang tidak dapat dibaca, jadi situsnya belum dikunjungi. Jernih "
        "mencoba lagi sendiri.",
    ),
)

# What a status code says.
STATUS = (
    Outcome(
        "login",
        "perlu masuk",
        "Alamat ini hanya dapat dibuka setelah masuk dengan akun. Pilih alamat umum dari sumber yang sama.",
        hard=True,
    ),
    Outcome(
        "forbidden",
        "ditolak situs",
        "Situs ini menolak kunjungan Jernih. Hubungi pengelolanya dan mintalah izin, atau pilih alamat lain dari "
        "sumber yang sama.",
        hard=True,
    ),
    Outcome(
        "missing",
        "tidak ada",
        "Alamat ini tidak ada lagi di situsnya. Buka situsnya di peramban, cari alamat yang baru, lalu perbaiki di "
        "feeds.toml.",
        hard=True,
    ),
    Outcome(
        "gone",
        "dihapus",
        "Situs ini menyatakan bahwa alamat ini dihapus untuk selamanya. Cari penggantinya, lalu perbaiki di "
        "feeds.toml.",
        hard=True,
    ),
    Outcome(
        "too_many",
        "diminta pelan",
        "Situs ini meminta agar dikunjungi lebih jarang. Jernih menunggu lalu mencoba lagi sendiri; bila sering "
        "terjadi, jarangkan kunjungannya (rhythm) di feeds.toml.",
    ),
    Outcome(
        "server",
        "situs bermasalah",
        "Situs ini sedang bermasalah di pihaknya sendiri. Jernih mencoba lagi sendiri.",
    ),
    Outcome(
        "odd",
        "jawaban janggal",
        "Situs ini menjawab dengan kode yang tidak lazim untuk alamat ini. Jernih mencoba lagi sendiri; bila terus "
        "begini, buka alamatnya di peramban.",
    ),
)

# What the bytes turn out to be: named here (pages.py) or by the rooms that read them.
CONTENT = (
    Outcome(
        "portal",
        "halaman masuk jaringan",
        "Yang datang bukan isi situs, melainkan halaman masuk jaringan (hotspot atau portal). Masuklah ke jaringan "
        "dari server ini atau hubungi pengelola jaringan; Jernih mencoba lagi sendiri.",
    ),
    Outcome(
        "challenge",
        "uji peramban",
        "Situs ini meminta bukti bahwa pengunjungnya manusia, dan Jernih tidak mengakalinya. Mintalah pengelola situs "
        "mengizinkan Jernih, atau pilih umpan lain dari sumber yang sama.",
        hard=True,
    ),
    Outcome(
        "blocked",
        "diblokir jaringan",
        "Yang datang adalah halaman pemblokiran (Internet Positif atau penyaring jaringan), bukan isi situs. "
        "Tanyakan kepada pengelola jaringan, atau nonaktifkan sumber ini.",
        hard=True,
    ),
    Outcome(
        "parked",
        "situs tidak aktif",
        "Yang datang adalah halaman domain yang dijual, ditangguhkan, atau peladen yang belum diisi. Pastikan situsnya "
        "masih hidup, lalu perbaiki atau nonaktifkan sumber ini.",
        hard=True,
    ),
    Outcome(
        "not_feed",
        "bukan umpan",
        "Yang datang halaman biasa atau isi lain, bukan umpan. Entri yang lama tetap tersimpan. Bila terus begini, "
        "cari alamat umpan yang baru lalu perbaiki di feeds.toml.",
    ),
    Outcome(
        "not_page",
        "bukan halaman",
        "Alamat ini berisi berkas (misalnya PDF, gambar, atau video), bukan halaman. Bukalah sendiri di peramban bila "
        "perlu.",
        hard=True,
    ),
    Outcome(
        "empty",
        "kosong",
        "Jawaban situs ini kosong. Entri yang lama tetap tersimpan, dan Jernih mencoba lagi sendiri.",
    ),
    Outcome(
        "format",
        "format tidak terbaca",
        "Isi alamat ini tidak dapat dibaca. Entri yang lama tetap tersimpan. Periksa jenis sumber (kind) dan "
        "pemilihnya (selectors) di feeds.toml.",
        hard=True,
    ),
    Outcome(
        "heavy",
        "terlalu berat",
        "Isi alamat ini terlalu berat untuk dibaca dengan aman, jadi dilewati. Entri yang lama tetap tersimpan. Cari "
        "umpan lain dari sumber yang sama.",
        hard=True,
    ),
)

OUTCOMES: dict[str, Outcome] = {one.code: one for one in (*GOOD, *NEITHER, *DOOR, *STATUS, *CONTENT)}
ERRORS: tuple[str, ...] = tuple(one.code for one in (*NEITHER, *DOOR))
OWN_NETWORK = frozenset(OUTCOMES[code].term for code in ("dns", "connect", "proxy", "portal"))
TERMS: dict[str, Outcome] = {one.term: one for one in OUTCOMES.values()}


def good(term: str) -> bool:
    """Whether a Fetch.outcome says that the visit succeeded."""
    return TERMS.get(term) in GOOD


def failed(term: str) -> bool:
    """Whether a Fetch.outcome counts as a failure: stopped and held visits do not, an unknown term does."""
    return TERMS.get(term) not in GOOD + NEITHER
