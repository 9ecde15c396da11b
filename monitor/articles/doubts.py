"""What makes an extraction doubtful -> codes, each with the sentence that a verifier reads beside the text."""

import re
from urllib.parse import urlsplit

from monitor.articles.facts import Facts
from monitor.entries import addresses

DOUBTS = {
    "canonical": "Halaman ini mengaku beralamat di situs lain; pengakuan itu tidak membuktikan apa pun.",
    "gambling": "Halaman ini berisi promosi judi daring; mungkin situsnya disusupi.",
    "short": "Teks yang terbaca sangat pendek; buka halaman aslinya.",
    "selectors": "Pemilih (selectors) sumber ini tidak menemukan teks; teks dicari dengan cara umum.",
    "title": "Judul halaman jauh berbeda dari judul yang ditunjukkan sumber.",
    "charset": "Huruf pada halaman ini tidak sesuai dengan pernyataannya; sebagian mungkin salah baca.",
    "home": "Halaman ini mengaku sebagai halaman depan situs; artikelnya mungkin sudah dihapus.",
    "pages": "Artikel ini tampaknya bersambung ke halaman lain; hanya halaman ini yang terbaca.",
    "summary only": "Halamannya tidak terbaca; yang dinilai hanya judul dan ringkasan dari sumber.",
    "cut": "Teks sangat panjang dan dipotong.",
}

_PROMISES = re.compile(
    r"\b(?:slot\s*(?:gacor|online|88|77+|demo|deposit|dana|pulsa|resmi|terpercaya)|gacor|maxwin|scatter|rtp\s*(?:live|slot)?"
    r"|togel|toto\s*(?:macau|slot|sgp|hk)|bandar\s*(?:togel|slot|judi|bola)|agen\s*(?:slot|judi|bola|togel)|jackpot"
    r"|pragmatic\s*play|pg\s*soft|habanero|joker123|sbobet|mahjong\s*ways|gates\s*of\s*olympus|bonus\s*new\s*member|freebet"
    r"|free\s*spin|deposit\s*(?:pulsa|dana|5000|10000|qris)|link\s*alternatif|situs\s*(?:judi|slot|togel)|judi\s*(?:slot|bola)"
    r"|poker\s*online|casino\s*online|live\s*casino|taruhan\s*online|anti\s*rungkad|gampang\s*menang|mudah\s*menang"
    r"|akun\s*pro|server\s*(?:thailand|kamboja|luar))\b",
    re.I,
)
_WORDS = re.compile(r"[a-z0-9]{3,}")


def found(facts: Facts, text: str, url: str, expected: str) -> list[str]:
    """Codes for a page with these facts and this text; `expected` is the title that the entry had, or ""."""
    codes = []
    if facts.declared and addresses.site(addresses.host(facts.declared)) != addresses.site(addresses.host(url)):
        codes.append("canonical")
    if facts.declared and urlsplit(facts.declared).path in ("", "/") and urlsplit(url).path not in ("", "/"):
        codes.append("home")
    if promotes(facts.title, text):
        codes.append("gambling")
    if len(text) < 250:
        codes.append("short")
    if expected and facts.title and _apart(expected, facts.title):
        codes.append("title")
    return codes


def promotes(title: str, text: str) -> bool:
    """Whether a page sells gambling (many different promises, densely), unlike one that reports about it."""
    said = [found.lower() for found in _PROMISES.findall(f"{title}\n{text}")]
    dense = len(said) * 150 >= len(text.split())
    return len(set(said)) >= 4 and len(said) >= 6 and dense


def _apart(expected: str, title: str) -> bool:
    there, here = set(_WORDS.findall(expected.lower())), set(_WORDS.findall(title.lower()))
    return len(there) > 2 and len(there & here) * 4 < min(len(there), max(1, len(here)))
