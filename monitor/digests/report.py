"""Digest of a period -> the paper that an office files: method, counts, isu, follow-up, lessons (inventarisasi
persoalan), in the order in which Kesbangpol and Bawaslu read such reports."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from babel.dates import format_date
from babel.numbers import format_decimal

from monitor.digests.counting import Line, accuracy, chance, counts, tables
from monitor.digests.files import to_pdf
from monitor.digests.rows import EXTERNAL, Digest, Events, IsuLine
from monitor.digests.writing import FIGURES, QUESTIONS, when
from monitor.papers import Block, Grid, Heading, Listing, Paper, Para, to_docx, to_html
from monitor.people import Refusal
from monitor.sources import offset

FORMS = ("pdf", "docx", "html")
MOST_LINES = 15
LATE_SHOWN = 10
NOTHING = "Tidak ada."
ORIGINS = {"hasil": "hasil", "topik": "topik", "narasi": "narasi", "athg": "ATHG", "wilayah": "wilayah",
           "tahapan": "tahapan", "saluran": "saluran", "sumber": "sumber"}  # fmt: skip


def report(digest: Digest, names: Mapping[str, str], lessons: str = "") -> Paper:
    """The paper; `names` gives the names of codes, `lessons` is what the office wrote. The same digest and lessons give
    the same paper."""
    parts = (_opening, _method, _numbers, _answers, _follow_up, _problems)
    blocks = [block for part in parts for block in part(digest, lambda code: names.get(code, code))]
    return Paper(title(digest), digest.office, digest.period.end, (*blocks, *_lessons(lessons), *_closing(digest)))


def filed(paper: Paper, form: str, template: str) -> bytes | Refusal:
    """The paper in one of FORMS; `template` is the page (Jinja2 text). Refusal where the library for PDF is missing."""
    if form == "docx":
        return to_docx(paper)
    page = to_html(paper, template)
    return page.encode() if form == "html" else to_pdf(page)


def title(digest: Digest) -> str:
    """What the report is called."""
    return f"Laporan pemantauan dan penanganan hoaks pemilu, {span(digest)}"


def span(digest: Digest) -> str:
    """The days of the period in words, both in it."""
    zone = offset(digest.period.zone)
    first, last = digest.period.start.astimezone(zone), (digest.period.end - timedelta(seconds=1)).astimezone(zone)
    told = [str(format_date(moment.date(), "d MMMM y", locale="id")) for moment in (first, last)]
    return told[0] if told[0] == told[1] else f"{told[0]} sampai {told[1]}"


def _opening(digest: Digest, name: Callable[[str], str]) -> Iterator[Block]:
    period = digest.period
    yield Heading("1. Masa laporan")
    yield Para(f"Laporan ini meliputi {span(digest)} ({when(period.start, period.zone)} sampai "
               f"{when(period.end, period.zone)}).")  # fmt: skip
    yield Para(" ".join(digest.sentences))
    if digest.audience == EXTERNAL:
        yield Para("Edisi untuk Kesbangpol dan Bawaslu: konten yang belum diputuskan orang hanya dihitung.", quiet=True)


def _method(digest: Digest, name: Callable[[str], str]) -> Iterator[Block]:
    events = digest.events
    models = ", ".join(events.models) or "belum ada konten yang dinilai model"
    yield Heading("2. Cara kerja")
    yield Listing((
        f"Dipantau: {_n(len(events.sources))} sumber terbuka (umpan berita, halaman pemerintah, dan saluran publik) "
        "serta kiriman orang. Percakapan tertutup tidak dipantau.",
        f"Penunjuk: model bahasa (id {models}) menandai teks yang mirip hoaks pemilu. Tandanya adalah indikasi, bukan "
        "hasil verifikasi.",
        "Hasil: ditetapkan verifikator dengan bukti, dan baru berlaku setelah ditandatangani orang kedua.",
        "Kritik dan opini tidak dinyatakan hoaks; dugaan pelanggaran diteruskan kepada lembaga yang berwenang; karya "
        "pers tidak distempel.",
        f"Dijanjikan: jawaban dalam {_n(digest.promise)} jam sejak konten pertama sebuah isu terlihat.",
    ))  # fmt: skip


def _numbers(digest: Digest, name: Callable[[str], str]) -> Iterator[Block]:
    told, before = counts(digest.events), digest.before.counts if digest.before else {}
    yield Heading("3. Angka")
    rows = [(label, _n(told[key]), _n(before.get(key))) for key, label in (("articles", "artikel terbaca"), *FIGURES)]
    rows += [("waktu menjawab, nilai tengah (jam)", _n(told["median_hours"]), _n(before.get("median_hours"))),
             ("waktu menjawab, terlama (jam)", _n(told["worst_hours"]), _n(before.get("worst_hours")))]  # fmt: skip
    yield Grid(("Yang dihitung", "Masa ini", "Masa sebelumnya"), tuple(rows), (1, 2))
    for question, lines in tables(digest).items():
        yield Heading(f"Menurut {ORIGINS[question]}", 2)
        yield _counted(QUESTIONS[question], lines, name)


def _counted(head: str, lines: list[Line], name: Callable[[str], str]) -> Grid:
    rows = [(name(line.code), _n(line.now), _n(line.before)) for line in lines[:MOST_LINES]]
    rest = lines[MOST_LINES:]
    if rest:
        rows.append((f"{len(rest)} lainnya", _n(sum(line.now for line in rest)),
                     _n(sum(line.before or 0 for line in rest))))  # fmt: skip
    return Grid((head, "Masa ini", "Masa sebelumnya"), tuple(rows), (1, 2))


def _answers(digest: Digest, name: Callable[[str], str]) -> Iterator[Block]:
    yield Heading("4. Isu dan hasilnya")
    isu = digest.events.isu
    if not isu:
        yield Para("Tidak ada isu yang selesai diverifikasi pada masa ini.")
        return
    rows = tuple((str(one.rumor), one.claim, _finding(one), _n(one.konten), _n(round(one.hours, 1)),
                  _given(digest, one)) for one in isu)  # fmt: skip
    yield Grid(("Isu", "Klaim yang diperiksa", "Hasil", "Konten", "Jam", "Klarifikasi"), rows, (3, 4))


def _finding(one: IsuLine) -> str:
    told = " · ".join(part for part in (one.form, one.why) if part)
    return f"{one.finding} ({told})" if told else one.finding


def _given(digest: Digest, one: IsuLine) -> str:
    if not one.link:
        return "belum terbit"
    return f"{one.headline} ({digest.public}/{one.link})" if digest.public else one.headline


def _follow_up(digest: Digest, name: Callable[[str], str]) -> Iterator[Block]:
    events, zone = digest.events, digest.period.zone
    yield Heading("5. Tindak lanjut dan rujukan")
    yield Para(f"{_n(events.published)} klarifikasi terbit, {_n(events.corrected)} dikoreksi, {_n(events.withdrawn)} "
               f"ditarik; {_n(events.objections)} permintaan hak jawab atau koreksi.")  # fmt: skip
    if not events.handed:
        yield Para("Tidak ada rujukan kepada lembaga lain pada masa ini.")
        return
    rows = tuple((one.body, one.claim, when(one.at, zone), one.number or "belum bernomor", one.state)
                 for one in events.handed)  # fmt: skip
    yield Grid(("Lembaga", "Klaim", "Dirujuk", "Nomor surat", "Keadaan"), rows)


def _problems(digest: Digest, name: Callable[[str], str]) -> Iterator[Block]:
    events, found = digest.events, accuracy(digest.events)
    late = [one for one in events.isu if one.hours > digest.promise]
    gone = [one for one in events.isu if one.why]
    yield Heading("6. Inventarisasi persoalan")
    yield Heading("Yang tidak dapat diklarifikasi", 2)
    yield Listing(tuple(f"{one.claim} ({one.why})" for one in gone)) if gone else Para(NOTHING)
    yield Heading(f"Yang melewati {_n(digest.promise)} jam", 2)
    lines = tuple(f"Isu {one.rumor}: {_n(round(one.hours, 1))} jam" for one in late[:LATE_SHOWN])
    lines += (f"dan {_n(len(late) - LATE_SHOWN)} isu lain",) if len(late) > LATE_SHOWN else ()
    yield Listing(lines) if lines else Para(NOTHING)
    yield Heading("Sumber yang bermasalah", 2)
    bad = tuple(f"{line.name}: {line.sentence or line.paused}" for line in events.sources
                if line.sentence or line.paused)  # fmt: skip
    yield Listing(bad) if bad else Para(NOTHING)
    yield Heading("Benar dan salahnya penunjuk", 2)
    yield Para(f"Dari konten yang ditunjuk model, {_n(found['confirmed'])} terbukti, {_n(found['dismissed'])} "
               f"dikesampingkan sebagai bukan hoaks, {_n(found['unchecked'])} belum diperiksa. {_sample(events)}")
    yield Heading("Yang masih menunggu", 2)
    yield Para(f"{_n(events.open_now)} konten menunggu verifikator, {_n(events.waiting_signature)} hasil menunggu "
               f"tanda tangan kedua, {_n(events.waiting_answer)} klarifikasi menunggu redaktur.")  # fmt: skip


def _sample(events: Events) -> str:
    if not events.sampled:
        return "Pada masa ini tidak ada sampel acak."
    told = chance(events)
    return (f"Dari {_n(events.sampled)} konten sampel acak, {_n(events.judged)} sudah dinilai orang dan "
            f"{_n(events.missed)} tampak hoaks yang terlewat{f'; {told}' if told else ''}.")  # fmt: skip


def _lessons(lessons: str) -> Iterator[Block]:
    yield Heading("7. Pelajaran dan saran")
    parts = [part.strip() for part in lessons.replace("\r\n", "\n").split("\n\n") if part.strip()]
    yield from map(Para, parts or ["(Belum ditulis kantor.)"])


def _closing(digest: Digest) -> Iterator[Block]:
    yield Para(f"{digest.office}, ....................\n\n\n(nama, jabatan, tanda tangan)")


def _n(value: float | None) -> str:
    return "–" if value is None else str(format_decimal(value, locale="id"))
