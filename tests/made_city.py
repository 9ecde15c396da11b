"""A made-up city in a store: the rows that tests and screenshots of the desk look at. Names and texts are ours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor import store as stores
from monitor.articles import Article
from monitor.desk import Desk, Hashing, Names, Pulse
from monitor.entries import Entry, Words
from monitor.fetches import Cycle, Fetch, Move, Schedule
from monitor.items import DALAM_ISU, DIKESAMPINGKAN, DIPROSES, Item, ScoreRow
from monitor.people import ROLES, Account, Session, accounts
from monitor.sources import Settings, read
from monitor.store import Store

NOW = datetime(2026, 11, 21, 5, 5, tzinfo=UTC)
MODEL = "contoh-1"
# Weak on purpose: tests hash often.
HASHING = Hashing(kibibytes=64, rounds=1)
FEEDS = """
[office]
name = "Diskominfo Kota Contoh"
code = "81.72"
zone = "WIT"
contact = "humas@kota.example"

[catalogue]
enabled = false
"""
SOURCES = (
    ("Info Warga", "https://infowarga.example/feed", "media_daerah", "81.72"),
    ("Kabar Contoh", "https://www.kabarcontoh.example/rss", "media_daerah", "81.72"),
    ("Pemkot Contoh", "https://kota.example/berita", "pemda", "81.72"),
    ("KPU Kota Contoh", "https://kpu.example/feed", "penyelenggara_pemilu", "81.72"),
    ("Bawaslu Contoh", "https://bawaslu.example/rss.xml", "penyelenggara_pemilu", "81"),
    ("Warta Nusa", "https://wartanusa.example/feed", "media_nasional", "00"),
    ("Suara Timur", "https://suaratimur.example/rss", "media_daerah", "81"),
    ("Cek Contoh", "https://cek.example/feed", "cek_fakta", "00"),
    ("Koran Lama", "https://koranlama.example/feed", "media_daerah", "81"),
    ("Radio Pulau", "https://radiopulau.example/rss", "media_daerah", "81"),
    ("Harian Jauh", "https://harianjauh.example/feed", "media_nasional", "00"),
    ("Situs Sementara", "https://sementara.example/feed", "lainnya", ""),
)
REGIONS = {"81.72": "Kota Contoh", "81": "Provinsi Contoh", "00": "nasional"}
TOPICS = {"logistik": "logistik", "pemungutan": "pemungutan suara", "penipuan": "penipuan", "hasil": "hasil hitung",
          "dpt": "daftar pemilih", "politik_uang": "politik uang"}
BODY = """{0}

Kabar ini beredar sejak pagi di beberapa grup percakapan warga. Pengirim pertama tidak menyebut nama dan hanya menulis \
bahwa "orang dalam" sudah memastikan semuanya. Sebarkan sebelum dihapus, begitu bunyi kalimat penutupnya.

Warga yang ditemui di sekitar kantor kelurahan mengaku menerima pesan yang sama dari lebih dari satu orang. Tidak satu \
pun dapat menunjukkan dari mana pesan itu berasal.

Panitia pemungutan suara belum memberi keterangan sampai tulisan ini dimuat."""
STORIES = (
    ("Surat suara sudah tercoblos di gudang KPU, warga geger", 0.91, ("logistik",), "sudah tercoblos", "warga geger"),
    ("Pendaftaran bantuan Rp1 juta untuk pemilih, klik tautan ini sekarang", 0.83, ("penipuan",), "klik tautan",
     "bantuan Rp1 juta"),
    ("VIRAL: ribuan KTP asing masuk daftar pemilih Kota Contoh", 0.78, ("dpt",), "VIRAL", "KTP asing"),
    ("Pemungutan suara ditunda sepekan karena server pusat diretas", 0.74, ("pemungutan",), "ditunda sepekan",
     "server pusat diretas"),
    ("Hasil hitung cepat sudah keluar sebelum TPS tutup, ini pemenangnya", 0.69, ("hasil",), "sebelum TPS tutup",
     "ini pemenangnya"),
    ("Amplop berisi uang dibagikan di dermaga saat serangan fajar", 0.58, ("politik_uang",), "serangan fajar",
     "Amplop"),
    ("KPU tetapkan jadwal debat kedua, dua pasangan calon hadir", 0.42, ("pemungutan",), "dua pasangan calon",
     "jadwal"),
)


def settings(extra: str = "", sources: int = 0) -> Settings:
    """The made-up office's settings, with its twelve sources or, if given, `sources` numbered ones."""
    rows = SOURCES if not sources else tuple(
        (f"Sumber {n:04d}", f"https://s{n}.example/feed", SOURCES[n % 8][2], SOURCES[n % 8][3]) for n in range(sources))
    tables = [f'[[source]]\nname = "{name}"\nurl = "{url}"\nkind = "rss"\ncategory = "{category}"\ncode = "{code}"\n'
              f'region = "{REGIONS.get(code, "")}"\n'
              + ("enabled = false\nnote = \"belum dipastikan milik siapa\"\n" if name == "Situs Sementara" else "")
              for name, url, category, code in rows]
    return read(FEEDS + extra + "\n".join(tables))


def desk(store: Store, known: Settings | None = None, **more: object) -> Desk:
    """A desk over a filled store."""
    held = known or settings()
    given: dict[str, object] = {
        "store": store, "settings": lambda: held, "now": lambda: NOW, "model": lambda: MODEL,
        "pulse": lambda: Pulse(NOW - timedelta(hours=5), NOW - timedelta(seconds=20)),
        "names": Names(lambda code: REGIONS.get(code, code), lambda code: TOPICS.get(code, code)),
        "topics": tuple(TOPICS), "hashing": HASHING,
    }
    return Desk(**{**given, **more})  # type: ignore[arg-type]


def logged_in(store: Store, name: str = "sari", roles: tuple[str, ...] = ROLES, now: datetime = NOW,
              secret: str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP") -> str:
    """An account with these roles and a session of it; gives the session's cookie."""
    cookie = f"sesi-{name}"
    with store.write() as tx:
        tx.put([Account(name, name.capitalize(), roles, now, secret=secret)])
        tx.put([Session(accounts.digest(cookie), name, now, now)])
    return cookie


def opened(home: Path, url: str = "") -> Store:
    """An empty store, ready."""
    found = stores.open(url, home)
    found.migrate()
    return found


def fill(store: Store, known: Settings, konten: int = 60) -> None:
    """Visits, entries, articles, scores and konten of a few hours, some of them dealt with."""
    with store.write() as tx:
        for n, source in enumerate(known.sources):
            tx.put_schedule(schedule(source.name, source.url, n))
        tx.add(Move("Koran Lama", "https://koranlama.example/feed", "https://baru.koranlama.example/rss", NOW))
        tx.add(Cycle(NOW - timedelta(minutes=2), NOW - timedelta(minutes=1), 12, 12, 3, 9, 4))
    for n in range(konten):
        add_konten(store, known, n)


def schedule(name: str, url: str, n: int) -> Schedule:
    """How a source's visits went, by its number: well, failing, paused, moved, never visited."""
    well = Schedule(name, NOW + timedelta(minutes=5 + n % 50), tried=NOW - timedelta(minutes=10 + n % 40),
                    succeeded=NOW - timedelta(minutes=10 + n % 40), renewed=NOW - timedelta(hours=1 + n % 7),
                    outcome="berhasil", origin=url)
    if name == "Koran Lama":
        return replace(well, address="https://baru.koranlama.example/rss")
    if n % 11 == 9:
        return replace(well, failures=4, succeeded=NOW - timedelta(hours=9), outcome="nama tidak ditemukan",
                       cause="gaierror", sentence="Nama situs ini tidak ditemukan. Periksa ejaan alamatnya dan "
                       "sambungan internet server ini; Jernih mencoba lagi sendiri.")
    if n % 11 == 10:
        return replace(well, failures=30, paused="ditolak situs", succeeded=NOW - timedelta(days=4),
                       outcome="ditolak situs", cause="HTTP 403", sentence="Situs ini menolak kunjungan Jernih. "
                       "Hubungi pengelolanya dan mintalah izin. Sumber ini dijeda karena gagal 30 kali berturut-turut; "
                       "setelah diperbaiki, tekan “coba sekarang”.")
    return Schedule(name, NOW, origin=url) if n % 11 == 4 else well


def add_konten(store: Store, known: Settings, n: int, words: Words | None = None, url: str = "",
               **score: object) -> int:
    """One flagged article; gives the konten's id."""
    title, hoax, topics, *said = STORIES[(n * 5 + n // 7) % len(STORIES)]
    source = known.sources[n % len(known.sources)]
    seen = NOW - timedelta(minutes=7 + 37 * n)
    text = words or Words(title, BODY.format(f"{source.region or 'Kota Contoh'}. {title}."), "Redaksi")
    with store.write() as tx:
        tx.put_words([text])
        fetch = tx.add(Fetch(source.name, source.url, seen, seen, "berhasil", 200, new=1))
        when = seen - timedelta(minutes=20) if n % 5 != 3 else None
        entry = tx.add(Entry(source.name, fetch.id, f"https://x.example/{n}", f"{source.url}/berita/{n}", text.digest,
                             seen, published=when, published_doubt="" if when else "tanpa tanggal"))
        article = tx.add(Article(entry.id, fetch.id, 1, seen, url or entry.url, text.digest, "trafilatura",
                                 published=entry.published, page="ab" * 32))
        row = ScoreRow(article.id, seen, hoax - n * 0.003, "asserts", 0.9, True, topics, (), (source.code or "00",),
                       reasons(text, said), "", MODEL)
        held = tx.add(replace(row, **score))  # type: ignore[arg-type]
        state = {3: DIPROSES, 9: DIKESAMPINGKAN, 13: DALAM_ISU}.get(n % 17, "BARU")
        item = tx.add(Item(article.id, held.id, seen, round(1.9 * held.hoax, 4), state=state,
                           holder="sari" if state == DIPROSES else ""))
    return item.id


PHRASES = (("Sebarkan sebelum dihapus", 0.62), ("orang dalam", 0.31), ("belum memberi keterangan", -0.27))


def reasons(words: Words, said: list[str]) -> tuple[tuple[str, int, int, float], ...]:
    """Spans of the given phrases, weights falling; one of the text speaks against."""
    found = [("title", words.title.index(one), words.title.index(one) + len(one), 0.8 - 0.4 * n)
             for n, one in enumerate(said) if one in words.title]
    found += [("style:tanda_seru", 0, 0, 0.21), ("model:lainnya", 0, 0, -0.9)]
    for phrase, weight in PHRASES:
        if phrase in words.text:
            start = words.text.index(phrase)
            found.append(("text", start, start + len(phrase), weight))
    return tuple(found)
