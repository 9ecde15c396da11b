"""bytes of feeds.toml -> its tables, or the ConfigError that says where TOML stops making sense."""

import re
import tomllib
from typing import Any

from monitor.sources.lines import bare, crowded
from monitor.sources.rows import ConfigError, Problem

LARGEST = 1_000_000
HINTS = {
    "Cannot declare": "tabel ini sudah ada di atas; gabungkan keduanya",
    "Cannot overwrite": "kunci ini sudah diisi di atas; hapus salah satunya",
    "Invalid initial character for a key part": "nama kunci tidak sah; tulis kunci = nilai",
    "Expected '=' after a key": "sesudah nama kunci harus ada tanda =",
    "Expected ']'": "kurung siku pada judul tabel belum ditutup",
    "Unterminated string": "tanda kutip belum ditutup",
    "Expected \"'": "tanda kutip belum ditutup",
    "Found invalid character": "tanda kutip belum ditutup",
    "Unescaped": "tanda \\ di dalam teks ditulis \\\\, atau pakai tanda kutip tunggal",
    "Invalid statement": "baris harus berupa kunci = nilai atau [judul tabel]",
    "Illegal character": "ada huruf yang tidak boleh di dalam teks; mungkin tanda kutip belum ditutup",
    "Invalid value": "nilai tidak sah; teks harus di dalam tanda kutip",
    "Unclosed array": "daftar belum ditutup dengan ]",
    "Unclosed inline table": "tabel belum ditutup dengan }",
    "Expected newline": "hanya boleh satu kunci dalam satu baris",
    "Invalid date": "tanggal atau jam itu tidak ada",
    "integer string conversion": "angka terlalu panjang",
}
OTHERWISE = "periksa tanda kutip, tanda = dan kurung"
OPENED = re.compile(r"=\s*[\[{][^\]}]*$")


def decoded(text: str | bytes) -> str:
    """The file as text, without a byte order mark and with plain line ends."""
    try:
        plain = text if isinstance(text, str) else text.decode("utf-8")
    except UnicodeDecodeError as why:
        line = why.object[: why.start].count(b"\n") + 1
        raise ConfigError((Problem(line, "bukan teks UTF-8; simpan ulang sebagai UTF-8", str(why)[:200]),)) from why
    if len(plain) > LARGEST:
        raise ConfigError((Problem(0, f"berkas lebih besar dari {LARGEST // 1_000_000} MB", "file too large"),))
    return plain.removeprefix("\ufeff").replace("\r\n", "\n")


def parsed(plain: str) -> dict[str, Any]:
    """The tables of the text."""
    if line := crowded(plain):
        raise ConfigError((Problem(line, "terlalu banyak titik dalam satu baris", "dotted key too long"),))
    try:
        return tomllib.loads(plain)
    except RecursionError as why:
        raise ConfigError((Problem(0, "kurung di dalam kurung terlalu dalam", "nested too deep"),)) from why
    except ValueError as why:
        raise ConfigError((broken(plain, str(why)),)) from why


def broken(plain: str, cause: str) -> Problem:
    """The problem of a text that is no TOML."""
    found = re.search(r"\(at line (\d+)", cause)
    hint = next((hint for word, hint in HINTS.items() if word in cause), OTHERWISE)
    return Problem(int(found[1]) if found else unfinished(plain), f"bukan TOML yang sah: {hint}", cause[:200])


def unfinished(plain: str) -> int:
    """The likely line of what is still open at the end of the text: tomllib only says that the end was reached."""
    opened, depth = plain.rstrip().count("\n") + 1, 0
    for number, line in enumerate(map(bare, plain.split("\n")), 1):
        if "'" in line or '"' in line:
            return number
        opened = number if depth == 0 and OPENED.search(line) else opened
        depth += sum(line.count(bracket) for bracket in "[{") - sum(line.count(bracket) for bracket in "]}")
    return opened if depth > 0 else plain.rstrip().count("\n") + 1
