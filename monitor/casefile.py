"""Everything about one isu -> berkas perkara: a ZIP that proves itself without the database; ZIP -> what is wrong.

Nothing in it is compressed, so that the same case gives the same bytes on every machine; checking writes the ZIP anew
and compares, and a change of any byte shows, in the folder of the ZIP too.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from html import unescape
from io import BytesIO
from typing import Any, BinaryIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from monitor import audit, masks
from monitor.audit import Act
from monitor.entries import Words
from monitor.rumors import MENUNGGU, TERBUKA, TERVERIFIKASI

FORMAT = 1
MANIFEST, SUMS, CHAIN, ROWS = "manifest.json", "SHA256SUMS", "rantai.json", "perkara.json"
DIGEST = re.compile(r"[0-9a-f]{64}")
OURS = re.compile(r"README\.txt|rantai\.json|perkara\.json|teks/[0-9a-f]{64}\.json|halaman/[0-9a-f]{64}(\.txt)?")
MOST_FAULTS, LONGEST_LINE = 200, 300
TAG = re.compile(r"<[^<>]{0,2000}>")
# By table: noun and key of the act that tells of a row, its author, its name, and what of its detail is of the row.
TOLD: dict[str, tuple[str, str, str, str, dict[str, str]]] = {
    "item_acts": ("konten", "item", "who", "", {"old": "old", "new": "new"}),
    "rumor_acts": ("isu", "rumor", "who", "", {"old": "old", "new": "new"}),
    "evidence": ("isu", "rumor", "by", "tambah bukti", {"bukti": "id", "words": "words", "page": "page"}),
    "verdicts": ("isu", "rumor", "by", "ajukan hasil", {"verdict": "id", "finding": "finding", "words": "words"}),
    "signatures": ("isu", "", "by", "", {"verdict": "verdict"}),
    "clarification_acts": ("klarifikasi", "clarification", "who", "", {"old": "old", "new": "new", "words": "words"}),
    "posts": ("publikasi", "clarification", "", "", {"words": "words", "edition": "edition"}),
}
# Acts on an isu whose detail does not say to which state they lead.
LEADS = {"ajukan hasil": MENUNGGU, "setujui": TERVERIFIKASI, "kembalikan": TERBUKA}
STATES = {"items": ("item_acts", "item"), "rumors": ("rumor_acts", "rumor")}
README = """Berkas perkara isu {rumor}, dari Jernih ({office}).

Isi:
  perkara.json    semua baris tentang isu ini: konten, langkah orang, bukti, hasil, tanda tangan, klarifikasi
  teks/           kata-kata yang dirujuk baris-baris itu, satu berkas untuk satu hash
  halaman/        halaman dan berkas seperti saat diambil
  rantai.json     langkah-langkah pada rantai audit yang menyangkut perkara ini, dan ujung rantainya
  manifest.json   daftar semua berkas dengan SHA-256-nya
  SHA256SUMS      daftar yang sama untuk perkakas biasa

{masked}

Memeriksa keutuhan, tanpa basis data dan tanpa internet:
  jernih audit verify NAMA-BERKAS.zip
Tanpa Jernih: buka ZIP ini ke satu folder, lalu di folder itu jalankan
  sha256sum -c SHA256SUMS

Perintah pertama juga mencetak segel berkas ini. Bandingkan dengan segel yang dicatat kantor saat berkas diserahkan:
segel yang sama berarti tidak satu byte pun berubah sejak saat itu.

Indikasi adalah taksiran mesin dari cara sebuah teks ditulis. Hasil verifikasi adalah kesimpulan orang.
"""
COVERED = ("Berkas ini tersamar: nomor telepon, NIK, surel, dan alamat ditutup titik. Hash yang tercatat adalah hash "
           "aslinya. Gambar dan berkas lain yang tidak dapat disamarkan tidak disertakan; hashnya ada di manifest.")
BARE = "Berkas ini TIDAK tersamar dan memuat data pribadi. Simpan dan serahkan hanya kepada yang berhak."


@dataclass(frozen=True, slots=True)
class Case:
    """One isu with all that belongs to it: rows by table, payloads by digest, digests of archived bytes, the acts of
    the case with their number in the chain, and the chain's head (count, digest)."""

    rumor: int
    office: str
    program: str
    rows: Mapping[str, Sequence[Any]]
    words: Mapping[str, Words]
    pages: Sequence[str]
    acts: Sequence[tuple[int, Act]]
    head: tuple[int, str]


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a berkas perkara found: its isu, how many files and acts, the chain's head, its seal, and faults in
    Indonesian ([] where it is whole)."""

    rumor: int
    files: int
    acts: int
    head: str
    seal: str
    faults: tuple[str, ...]


def write(out: BinaryIO, case: Case, page: Callable[[str], bytes | None], masked: bool = True) -> str:
    """Writes the ZIP and gives its seal; `page` gives archived bytes by digest, None where they are gone."""
    left: list[dict[str, str]] = []
    held = dict(_contents(case, page, masked, left))
    listed = [{"nama": name, "sha256": _sha(held[name]), "ukuran": len(held[name])} for name in sorted(held)]
    held[MANIFEST] = _json({
        "jenis": "berkas perkara", "format": FORMAT, "program": case.program, "isu": case.rumor, "tersamar": masked,
        "rantai": _head(case.head, [act.digest for _, act in case.acts]), "berkas": listed, "tidak_disertakan": left,
    })
    held[SUMS] = _sums(held)
    _zip(out, held)
    return _sha(held[SUMS])


def check(content: bytes) -> Checked:
    """Reads a ZIP that somebody hands over and looks for every change; never raises for what it holds."""
    try:
        names, held = _members(content)
        plain, faults = json.loads(held[MANIFEST]), list(_files(names, held))
        chain, rows = json.loads(held[CHAIN]), json.loads(held[ROWS])
        faults += _whole(content, held)
        faults += _chain(chain, plain["rantai"])
        faults += _ties(rows, chain)
        faults += [] if plain["tersamar"] else _originals(held)
        return Checked(int(plain["isu"]), len(held), len(chain["langkah"]), _line(str(plain["rantai"]["ujung"])),
                       _sha(held[SUMS]), _told(faults))
    except (BadZipFile, EOFError, LookupError, ValueError, TypeError, AttributeError, NotImplementedError,
            RuntimeError, ArithmeticError) as fault:
        said = f"bukan berkas perkara yang utuh ({type(fault).__name__}: {str(fault)[:100]})"
        return Checked(0, 0, 0, "", "", (_line(said),))


def _members(content: bytes) -> tuple[list[str], dict[str, bytes]]:
    """Names and bytes of what is in it. Nothing is inflated: what we write is not compressed, and what is compressed,
    or lies over one another, could hold more than any memory."""
    with ZipFile(BytesIO(content)) as box:
        listed = box.infolist()
        if any(one.compress_type != ZIP_STORED or one.file_size != one.compress_size for one in listed):
            raise ValueError("isinya dimampatkan")
        if sum(one.file_size for one in listed) > len(content):
            raise ValueError("isinya saling bertumpuk")
        return [one.filename for one in listed], {one.filename: box.read(one) for one in listed}


def _told(faults: Sequence[str]) -> tuple[str, ...]:
    """Faults as a terminal may show them: names come from whoever made the file."""
    more = (f"dan {len(faults) - MOST_FAULTS} lagi",) if len(faults) > MOST_FAULTS else ()
    return (*map(_line, faults[:MOST_FAULTS]), *more)


def _line(text: str) -> str:
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text[:LONGEST_LINE])


def covered(page: bytes) -> bytes | None:
    """A page as text with personal data covered, also where tags split it; None for what is no text."""
    try:
        text = unescape(page.decode("utf-8"))
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    letters = list(masks.masked(text))
    kept = [place for start, end in _between(text) for place in range(start, end)]
    seen = "".join(text[place] for place in kept)
    for found in masks.PERSONAL.finditer(seen):
        for place in kept[found.start() : found.end()]:
            letters[place] = masks.DOT if not text[place].isspace() else text[place]
    return "".join(letters).encode()


def _between(text: str) -> Iterator[tuple[int, int]]:
    last = 0
    for tag in TAG.finditer(text):
        yield last, tag.start()
        last = tag.end()
    yield last, len(text)


def _contents(case: Case, page: Callable[[str], bytes | None], masked: bool,
              left: list[dict[str, str]]) -> Iterator[tuple[str, bytes]]:
    rows = {table: [_plain(row, masked) for row in some] for table, some in case.rows.items() if some}
    steps = [{"nomor": number, **_plain(act, False)} for number, act in case.acts]
    chain = {"langkah": steps, "ujung": _head(case.head, [act.digest for _, act in case.acts])}
    yield "README.txt", README.format(rumor=case.rumor, office=case.office, masked=COVERED if masked else BARE).encode()
    yield ROWS, _json(rows)
    yield CHAIN, _json({**chain, "sandaran": _tied(json.loads(_json(rows)), json.loads(_json(chain)))})
    asked = {row.words for row in case.rows.get("objections", ())}
    for digest, words in case.words.items():
        held = _plain(words, masked)
        if masked and digest in asked:
            # Who asked for hak jawab, and how to reach them, is nobody's business but the office's.
            held["author"] = re.sub(r"\S", masks.DOT, words.author)
        yield f"teks/{digest}.json", _json({"hash": digest, **held})
    for digest in case.pages:
        kept = page(digest)
        shown = covered(kept) if kept is not None and masked else kept
        if shown is not None:
            yield f"halaman/{digest}{'.txt' if masked else ''}", shown
        else:
            left.append({"sha256": digest, "sebab": "sudah dihapus" if kept is None else "tidak dapat disamarkan"})


def _plain(row: Any, masked: bool) -> dict[str, Any]:
    return {name: _value(value, masked) for name, value in asdict(row).items()}


def _value(value: Any, masked: bool) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    if isinstance(value, str):
        return masks.masked(value) if masked and not DIGEST.fullmatch(value) else value
    if isinstance(value, (tuple, list)):
        return [_value(one, masked) for one in value]
    return {key: _value(one, masked) for key, one in value.items()} if isinstance(value, dict) else value


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8", "replace")


def _sha(content: bytes) -> str:
    return sha256(content).hexdigest()


def _sums(held: Mapping[str, bytes]) -> bytes:
    return "".join(f"{_sha(held[name])}  {name}\n" for name in sorted(held) if name != SUMS).encode()


def _zip(out: BinaryIO, held: Mapping[str, bytes]) -> None:
    with ZipFile(out, "w") as box:
        for name in sorted(held):
            member = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.external_attr, member.create_system = 0o600 << 16, 3
            box.writestr(member, held[name])


def _files(names: Sequence[str], held: Mapping[str, bytes]) -> Iterator[str]:
    """Does every file stand in manifest and list with its hash, and none beside them?"""
    plain = json.loads(held[MANIFEST])
    listed = {one["nama"]: one for one in plain["berkas"]}
    for name in sorted({*listed, *held} - {MANIFEST, SUMS}):
        if name not in held:
            yield f"{name}: hilang"
        elif name not in listed:
            yield f"{name}: ditambahkan"
        elif not OURS.fullmatch(name):
            yield f"{name}: nama yang tidak dipakai berkas perkara"
        elif (_sha(held[name]), len(held[name])) != (listed[name]["sha256"], listed[name]["ukuran"]):
            yield f"{name}: isinya berubah"
    if len(names) != len(set(names)):
        yield "satu nama berkas ada dua kali"
    if held[SUMS] != _sums(held):
        yield f"{SUMS}: tidak cocok dengan isinya"


def _whole(content: bytes, held: Mapping[str, bytes]) -> Iterator[str]:
    again = BytesIO()
    _zip(again, held)
    if again.getvalue() != content:
        yield "ZIP ini bukan ZIP yang ditulis Jernih: ada byte di luar isi berkas yang berubah"


def _head(head: tuple[int, str], digests: Iterable[str]) -> dict[str, int | str]:
    """The head of the office's whole chain, and one hash over all acts of the case, in order."""
    return {"langkah": head[0], "ujung": head[1], "perkara": _sha("".join(digests).encode())}


def _act(plain: Mapping[str, Any]) -> Act:
    return Act(datetime.fromisoformat(plain["at"]), plain["who"], plain["act"], plain["noun"], plain["key"],
               plain["detail"], plain["previous"], plain["digest"], plain["id"])


def _chain(chain: Mapping[str, Any], head: Mapping[str, Any]) -> Iterator[str]:
    """Does every act hold its own digest, does each follow its neighbour before it, is the head there?"""
    if chain["ujung"] != head:
        yield "ujung rantai di manifest dan di rantai.json berbeda"
    if head != _head((head["langkah"], head["ujung"]), (step["digest"] for step in chain["langkah"])):
        yield "langkah perkara ini bukan lagi langkah yang diekspor"
    number, before = 0, audit.START
    for plain in chain["langkah"]:
        act = _act(plain)
        if audit.digest(act) != act.digest:
            yield f"langkah {plain['nomor']}: isinya berubah"
        if plain["nomor"] <= number or plain["nomor"] > head["langkah"]:
            yield f"langkah {plain['nomor']}: tidak pada tempatnya"
        if plain["nomor"] == number + 1 and act.previous != before:
            yield f"langkah {plain['nomor']}: tidak menyambung ke langkah sebelumnya"
        number, before = plain["nomor"], act.digest
    if number == head["langkah"] and before != head["ujung"]:
        yield "ujung rantai tidak cocok dengan langkah terakhir"


def _ties(rows: Mapping[str, Any], chain: Mapping[str, Any]) -> Iterator[str]:
    """Does every decision still rest on the act that told of it?"""
    now, then = _tied(rows, chain), chain["sandaran"]
    for name in sorted({*now, *then}):
        if now.get(name) != then.get(name):
            yield f"{name}: tidak lagi cocok dengan rantai audit"


def _tied(rows: Mapping[str, Any], chain: Mapping[str, Any]) -> dict[str, int | None]:
    """By decision ("verdicts 3") the number of the act that tells of it, None where none does; by konten and isu
    whether their state is that to which the last step led."""
    found: dict[str, int | None] = {}
    for table, told in TOLD.items():
        for row in rows.get(table, ()):
            numbers = (step["nomor"] for step in chain["langkah"] if _tells(step, row, *told))
            found[f"{table} {row['id']}"] = next(numbers, None)
    for table, (acts, key) in STATES.items():
        for row in rows.get(table, ()):
            last = [act["new"] for act in rows.get(acts, ()) if act[key] == row["id"]][-1:]
            found[f"{table} {row['id']}"] = int([row["state"]] == last)
    return found


def _tells(step: Mapping[str, Any], row: Mapping[str, Any], noun: str, key: str, who: str, act: str,
           detail: Mapping[str, str]) -> bool:
    return (
        (step["noun"], step["at"], step["act"]) == (noun, row["at"], act or row["act"])
        and (not key or step["key"] == str(row[key]))
        and (not who or step["who"] == row[who])
        and (noun != "isu" or "new" not in row or LEADS.get(row["act"], row["new"]) == row["new"])
        and all(step["detail"][name] == row[field] for name, field in detail.items() if name in step["detail"])
    )


def _originals(held: Mapping[str, bytes]) -> Iterable[str]:
    """In a file that is not covered, words and bytes must have the hash that the rows name."""
    for name, content in held.items():
        if name.startswith("halaman/") and _sha(content) != name.removeprefix("halaman/"):
            yield f"{name}: bukan halaman yang dirujuk"
        if name.startswith("teks/"):
            plain = json.loads(content)
            words = Words(plain["title"], plain["text"], plain["author"])
            if not words.digest == plain["hash"] == name.removeprefix("teks/").removesuffix(".json"):
                yield f"{name}: bukan teks yang dirujuk"
