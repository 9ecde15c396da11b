"""Does a text show a person who must not be shown? Numbers, addresses, private accounts, minors, accusations."""

import re
import unicodedata
from collections.abc import Iterator

from classifiers.stem import ROOTS, stem_text
from monitor.clarifications.faults import GALAT, PERINGATAN, Facts, Fault
from monitor.clarifications.rows import Draft

PHONE = re.compile(r"(?<![\w/])(?:\+?62|0)[\s.()-]{0,2}8[\d](?:[\s.()-]{0,2}\d){6,11}(?!\d)")
LANDLINE = re.compile(r"(?<![\w/])\(?0[2-79]\d{1,2}\)?[\s.-]{1,2}\d{3,4}[\s.-]?\d{3,4}(?!\d)")
NIK = re.compile(r"(?<!\d)\d(?:[\s.-]?\d){15}(?!\d)")
MAIL = re.compile(r"[\w.+-]{1,64}(?:@|\s?\[at\]\s?|\s\(at\)\s)[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
ACCOUNT = re.compile(r"\b(?:rekening|rek|norek|no\.? ?rek)\b[^\d\n]{0,30}\d(?:[\s.-]?\d){6,17}", re.I)
HOME = re.compile(r"\bRT\s?\.?\s?\d{1,3}\s?[/,]?\s?RW\s?\.?\s?\d{1,3}\b", re.I)
STREET = re.compile(r"\b(?:jl|jln|jalan|gang|gg)\.?\s[A-Z][\w.' -]{1,40}?\b(?:no|nomor|blok)\.?\s?[\w/]{1,6}", re.I)
BORN = re.compile(r"(?<!angka )\b(?:lahir|kelahiran)\b[^.\n]{0,40}\b(?:19|20)\d\d\b", re.I)
PLACE = re.compile(r"\b(?:kantor|gedung|balai|sekretariat|gudang|aula|posko|loket|dinas|kecamatan|kelurahan)\b", re.I)
HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z0-9_.]{3,40}")
PROFILE = re.compile(
    r"\b(?:(?:www\.|m\.|web\.)?(?:facebook|fb|instagram|tiktok|twitter|x|youtube|threads)\.(?:com|net)|t\.me|wa\.me)"
    r"/[^\s)\"'<>]{1,200}",
    re.I,
)
ORIGIN = re.compile(
    r"\b(?:(?:diunggah|dibagikan|disebarkan|diposting|ditulis|dibuat|dikirim)\s(?:pertama\s(?:kali\s)?)?oleh|"
    r"akun\s(?:facebook\s|instagram\s|tiktok\s|x\s|twitter\s|whatsapp\s)?(?:milik|bernama|atas nama|an\.?)|"
    r"(?:warga|seseorang|orang|pria|wanita|perempuan|lelaki|ibu|bapak)\s(?:bernama|berinisial)|berinisial|"
    r"grup\s(?:whatsapp|wa|facebook|telegram)\s(?:bernama|milik))\s+([^\s.,;]{1,40})",
    re.I,
)
BODIES = re.compile(
    r"^(?:kpu|bawaslu|dkpp|pemerintah|pemkot|pemkab|pemprov|dinas|kementerian|polri|polres|polda|tni|warga|pengguna|akun|"
    r"banyak|beberapa|sebuah|orang|pihak|siapa|tidak|para|kanal|channel|laman|situs|sumber|media|kecerdasan|instagram|"
    r"facebook|tiktok|youtube|twitter|whatsapp|telegram|badan|kantor|lembaga|komisi|dewan|mahkamah|kejaksaan|universitas|"
    r"rumah|puskesmas|panitia|petugas|tim|redaksi|presiden|menteri|gubernur|bupati|wali)\b", re.I)
# Who is at least so old is everybody.
AGE = re.compile(
    r"\b(?:berusia|usia|umur|berumur)\s(\d{1,3})\s?(?:tahun|th)\b(?! (?:ke atas|atau lebih|atau sudah))|"
    r"\((\d{1,2})\s?(?:tahun|th)?\)", re.I)
CHILD = re.compile(r"\b(?:anak di bawah umur|di bawah umur|balita|bayi|bocah)\b[^.\n]{0,40}\b(?:bernama|berinisial)\b|"
                   r"\b(?:siswa|siswi|murid|pelajar)\s(?:kelas\s\w{1,4}\s)?(?:paud|tk|sd|sdn|smp|smpn|sma|sman|smk|mi|mts"
                   r"|ma)\b", re.I)
# A school's pupils at large point to nobody.
PUPILS = re.compile(
    r"\b(?:para|semua|seluruh|setiap|bagi|untuk|ribuan|ratusan|puluhan|program|\d{2,6})\b[^.\n]{0,20}$", re.I)
SCHOOL = re.compile(r"\b(?:siswa|siswi|murid|pelajar|anak)\b", re.I)
ACCUSE = re.compile(
    r"\b(?:pelaku(?:nya)?(?! (?:usaha|umkm|industri|pasar|ekonomi|bisnis|perjalanan|wisata|pariwisata|seni|budaya|"
    r"perdagangan|pertanian|koperasi|jasa|sejarah)\b)|penyebar(?:nya)?|"
    r"pembuat (?:hoaks|hoax|konten|video|isu)(?:nya)?|dalang(?:nya)?|provokator|"
    r"(?:dengan |se)?sengaja|disengaja|kesengajaan|penjahat|(?<!reserse )kriminal(?! (?:umum|khusus)\b)|"
    r"tersangka|oknum|buzzer|pembohong|"
    r"penipu(?:nya)?)\b",
    re.I,
)
THREAT = re.compile(
    r"\b(?:uu\s?ite|undang[- ]undang (?:ite|informasi dan transaksi)|pidana|dipidana(?:kan)?|dipenjara(?:kan)?|penjara|"
    r"dijerat|jeratan|ancaman hukuman|diproses (?:secara )?hukum|proses hukum|jalur hukum|ditangkap polisi|"
    r"pasal (?:27|28|45)\w?)\b",
    re.I,
)
# "Nobody was arrested" is an answer; "unless you want to be" is none.
DENIED = re.compile(r"\b(?:tidak|bukan|belum|tak|tanpa)\b", re.I)
UNTRUE = re.compile(r"\b(?:tidak benar|tidak betul|keliru|adalah hoaks|adalah salah)\b", re.I)
CONDITION = re.compile(r"\b(?:bila|jika|kalau|apabila|agar|supaya|ingin|mau|atau|jangan)\b", re.I)
REACH, SENTENCE = 160, re.compile(r"[.!?\n]")
HIDDEN = {"telepon": PHONE, "telepon-kantor": LANDLINE, "nik": NIK, "surel": MAIL, "rekening": ACCOUNT, "rumah": HOME,
          "lahir": BORN}
SAYS = {
    "telepon": "Nomor telepon seseorang tidak boleh tampil. Samarkan, misalnya 0812-xxxx-xxxx, atau hapus.",
    "telepon-kantor": "Nomor telepon ini bukan kontak kantor. Bila milik lembaga lain, tuliskan alasannya; bila milik "
    "orang, hapus.",
    "nik": "Enam belas angka ini dapat berupa NIK. Hapus.",
    "surel": "Alamat surel ini bukan milik kantor atau lembaga resmi. Hapus.",
    "rekening": "Nomor rekening tidak boleh tampil. Hapus.",
    "rumah": "Alamat dengan RT/RW menunjuk rumah seseorang. Cukup sebut kecamatan atau kota.",
    "lahir": "Tanggal atau tahun lahir adalah data pribadi. Hapus.",
}


def plain(text: str) -> str:
    """The text with look-alike digits and letters folded and invisible characters dropped."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(one for one in folded if unicodedata.category(one) != "Cf")


def personal(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """Telephone numbers, NIK, e-mail, accounts, homes and birth dates, in what people read."""
    for name, text in _fields(draft):
        for code, pattern in HIDDEN.items():
            for found in pattern.finditer(text):
                level = PERINGATAN if code == "telepon-kantor" else GALAT
                if not _ours(found[0], facts) and not _linked(text, found.start()):
                    yield Fault(f"data-{code}", level, name, SAYS[code], _masked(found[0]))
        for found in STREET.finditer(text):
            if not PLACE.search(text, max(0, found.start() - 60), found.end() + 40):
                yield Fault("data-alamat", PERINGATAN, name, "Apakah ini alamat kantor? Alamat rumah orang tidak boleh "
                            "tampil.", found[0][:60])


def origins(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """Private persons and accounts named as where a thing came from."""
    own = tuple(account.lower().rstrip("/") for one in facts.officials for account in one.accounts)
    for name, text in _fields(draft):
        for found in (*HANDLE.finditer(text), *PROFILE.finditer(text)):
            if not _official(found[0], own):
                yield Fault("akun-pribadi", GALAT, name, "Akun pribadi tidak disebut sebagai asal. Tulis platformnya "
                            "saja, misalnya “di Facebook”. Akun lembaga: daftarkan pada accounts di [[official]].",
                            found[0][:60])
        for found in ORIGIN.finditer(text):
            if not _nobody(found[0], found[1].strip("“”‘’\"'()[]")):
                yield Fault("orang-pribadi", GALAT, name, "Orang pribadi tidak disebut sebagai asal. Tulis di mana hal "
                            "ini beredar, bukan siapa.", found[0][:60])


def minors(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """Whatever could point to a child."""
    for name, text in _fields(draft):
        for found in AGE.finditer(text):
            years = int(found[1] or found[2])
            near = SCHOOL.search(text, max(0, found.start() - 60), found.end() + 20)
            if years < 18 and (found[1] or near):
                yield Fault("anak", GALAT, name, "Tidak boleh ada yang menunjuk seorang anak (umur, nama, sekolah). "
                            "Hapus.", found[0])
        for found in CHILD.finditer(text):
            if SCHOOL.match(found[0]) and PUPILS.search(text[max(0, found.start() - 40) : found.start()]):
                continue
            yield Fault("anak", GALAT, name, "Tidak boleh ada yang menunjuk seorang anak (umur, nama, sekolah). Hapus.",
                        found[0][:60])


def accusations(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """Words that say who did it and why, and threats of punishment."""
    for name, text in _fields(draft):
        quoted = name in ("claim", "circulating")
        for found in ACCUSE.finditer(text):
            code = _code("menuduh", quoted, found[0].lower() == "tersangka" and _denied(text, found))
            yield Fault(code, GALAT if code == "menuduh" else PERINGATAN, name, "Klarifikasi tidak menuduh dan tidak "
                        "menyebut niat. Hapus kata ini, atau tuliskan mengapa perlu.", found[0])
        for found in THREAT.finditer(text):
            code = _code("mengancam", quoted, _denied(text, found))
            yield Fault(code, GALAT if code == "mengancam" else PERINGATAN, name, "Klarifikasi tidak mengancam dengan "
                        "hukum. Hapus bagian ini, atau tuliskan mengapa perlu.", found[0])


def _code(plain: str, quoted: bool, denied: bool) -> str:
    """What is only quoted or denied asks for a reason, and blocks nobody."""
    return f"{plain}-dikutip" if quoted else f"{plain}-dibantah" if denied else plain


def _denied(text: str, found: re.Match[str]) -> bool:
    """Does the sentence say that it is not so?"""
    before = SENTENCE.split(text[max(0, found.start() - REACH) : found.start()])[-1]
    after = SENTENCE.split(text[found.end() : found.end() + REACH])[0]
    return bool(DENIED.search(before) or UNTRUE.search(after)) and not CONDITION.search(before)


def _nobody(whole: str, word: str) -> bool:
    """Is whoever is named there a body, or nobody at all: a word of the language, an abbreviation?"""
    if BODIES.match(word):
        return True
    if " oleh " not in whole.lower():
        return False
    return (len(word) > 1 and word.isupper()) or (word.islower() and stem_text(word) in ROOTS)


def _linked(text: str, at: int) -> bool:
    """Does this stand in an address?"""
    return "://" in text[max(0, at - REACH) : at].rpartition(" ")[2].rpartition("\n")[2]


def _fields(draft: Draft) -> Iterator[tuple[str, str]]:
    for name, text in draft.prose().items():
        yield name, plain(text)
    for place in (*draft.citations,):
        yield "citations", plain(place.title)
    for picture in draft.pictures:
        yield "pictures", plain(picture.alt)


def _ours(found: str, facts: Facts) -> bool:
    low = found.lower().strip()
    digits = _digits(low)
    numbers = [account for body in facts.officials for account in body.accounts if "//wa.me/" in account]
    if any(low == one.lower() or (digits and digits == _digits(one)) for one in (*facts.allowed, *numbers)):
        return True
    host = low.rpartition("@")[2] if "@" in low else ""
    return bool(host) and any(host == one.domain or host.endswith("." + one.domain) for one in facts.officials)


def _digits(text: str) -> str:
    """The digits of a telephone number, as one dials it from abroad."""
    found = re.sub(r"\D", "", text)
    return f"62{found[1:]}" if found.startswith("0") else found


def _official(found: str, own: tuple[str, ...]) -> bool:
    low = found.lower().rstrip("/.").removeprefix("www.")
    return any(account.endswith(low.lstrip("@")) and len(low) > 4 for account in own)


def _masked(found: str) -> str:
    """So much of it that a person finds it, and no more, for this is shown and logged."""
    return found[:4] + "…"
