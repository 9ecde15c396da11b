"""A press konten -> PressLetter: hak jawab, hak koreksi or Dewan Pers, as a draft for the office's own signature.

A press report that is wrong gets no stamp (UU 40/1999): the office answers it by these ways. The program writes a
draft; a person numbers, signs and sends it.
"""

from dataclasses import dataclass
from datetime import datetime

from monitor.people import Person, Refusal, may

JAWAB, KOREKSI, DEWAN = "hak jawab", "hak koreksi", "Dewan Pers"
KINDS = (JAWAB, KOREKSI, DEWAN)
LETTER_LENGTH = (40, 20_000)
SUBJECTS = {JAWAB: "Permintaan pemuatan hak jawab", KOREKSI: "Permintaan koreksi berita",
            DEWAN: "Permohonan penilaian dan penyelesaian pengaduan pemberitaan"}
LAW = "Undang-Undang Nomor 40 Tahun 1999 tentang Pers"
ASKS = {
    JAWAB: f"Berdasarkan Pasal 1 angka 11 dan Pasal 5 ayat (2) {LAW}, kami meminta hak jawab berikut dimuat secara "
           "proporsional pada ruang yang sama, dengan tautan ke berita semula:",
    KOREKSI: f"Berdasarkan Pasal 1 angka 12 dan Pasal 5 ayat (3) {LAW}, kami meminta berita tersebut dikoreksi dan "
             "koreksinya ditautkan pada berita semula. Bagian yang keliru dan yang benar:",
    DEWAN: "Kami telah menempuh (tulis: hak jawab atau hak koreksi, tanggal surat, dan tanggapan medianya). "
           f"Berdasarkan Pasal 15 ayat (2) {LAW}, kami memohon Dewan Pers mengupayakan penyelesaian hal berikut:",
}  # fmt: skip
LETTER = """Nomor: (diisi kantor)
Hal: {subject}
Lampiran: (diisi kantor)

Kepada Yth.
{to}

Dengan hormat,

{outlet} memuat berita berikut.
Judul: {title}
Tanggal: {published}
Alamat: {url}

{ask}

{wrong}

Keterangan di atas didasarkan pada bukti berikut: {evidence}

Kami menghormati kemerdekaan pers dan terbuka untuk memberi keterangan lebih lanjut lewat {contact}.

{place}, {day}

{office}
(nama, jabatan, tanda tangan)
"""


@dataclass(frozen=True, slots=True)
class PressLetter:
    """A letter to an outlet or to Dewan Pers, as a person kept it. A row; `kind` is one of KINDS, `words` the digest of
    its payload (title: the subject, text: the letter), `rumor` the isu that its konten carried then, 0 for none."""

    item: int
    kind: str
    outlet: str
    words: str
    at: datetime
    by: str
    rumor: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What a letter speaks of: the outlet, its report, what is wrong with it, what that rests on; "" where unknown."""

    outlet: str
    title: str
    url: str
    published: str
    wrong: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """The office that writes."""

    office: str
    contact: str


def draft(kind: str, report: Report, sender: Sender, day: str) -> str:
    """The letter as a draft; what only a person knows stands in brackets."""
    to = "Dewan Pers" if kind == DEWAN else f"Pemimpin Redaksi {report.outlet}"
    return LETTER.format(
        subject=SUBJECTS[kind], to=to, outlet=report.outlet, title=report.title,
        published=report.published or "(tanggal)", url=report.url or "(alamat)", ask=ASKS[kind],
        wrong=report.wrong or "(tulis bagian yang keliru dan yang benar)",
        evidence="; ".join(report.evidence) or "(sebutkan buktinya)", contact=sender.contact or "(kontak kantor)",
        place="(tempat)", day=day, office=sender.office or "(nama kantor)",
    )


def written(item: int, rumor: int, kind: str, outlet: str, text: str, words: str, press: bool, person: Person,
            now: datetime) -> PressLetter | Refusal:  # fmt: skip
    """The letter kept as a row, for a konten whose source is press."""
    if kind not in KINDS:
        return Refusal(f"unknown kind {kind[:30]!r}", f"Pilih satu jalan: {', '.join(KINDS)}.")
    if not press:
        return Refusal("the source is no press", "Sumber konten ini bukan pers menurut daftar sumber. Bila ia pers, "
                       "tulis pers = true pada sumbernya di feeds.toml.")
    shortest, longest = LETTER_LENGTH
    if not shortest <= len(text.strip()) <= longest:
        return Refusal(f"letter of {len(text)} characters", f"Isi surat {shortest} sampai {longest} huruf.")
    return may(person, "konten") or PressLetter(item, kind, outlet, words, now, person.name, rumor)
