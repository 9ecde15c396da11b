"""Scenarios of the clarification: who may do what, when; and the linter, line by line of how the practice is."""

import re
import time
import tomllib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor import clarifications as room
from monitor.clarifications import (
    Citation,
    Clarification,
    ClarificationAct,
    Draft,
    Facts,
    LinkCheck,
    Picture,
    persons,
    truth,
)
from monitor.clarifications.election import quiet_at, regulation
from monitor.clarifications.truth import repeats
from monitor.people import Person, Refusal
from monitor.rumors import TERVERIFIKASI, Rumor
from monitor.sources import Candidate, Official, read
from monitor.verdicts import FORMS, Verdict
from tests.people import ANI, BUDI, KARTA, LUH, RINI, TAMU

NOW = datetime(2024, 11, 20, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
URL = "https://kpu.go.id/1"
CLAIM = "Surat suara sudah tercoblos di gudang KPU Kota Contoh"
GOOD = Draft(
    headline="KPU: kotak suara di gudang Kota Contoh masih tersegel",
    slug="kpu-kotak-suara-masih-tersegel",
    summary="KPU Kota Contoh memeriksa gudang bersama Bawaslu dan saksi. Semua segel utuh dan belum ada kotak dibuka.",
    speaker="KPU Kota Contoh: Sari Dewi, ketua",
    claim=CLAIM,
    circulating=f"Yang beredar, dan tidak benar: “{CLAIM}”.",
    where="grup percakapan warga",
    explanation="Berita acara pemeriksaan dapat dibaca di situs KPU.",
    advice="Abaikan dan jangan diteruskan.",
    category="Politik",
    alt="Kartu bertuliskan HOAKS, lalu: kotak suara masih tersegel.",
    citations=(Citation(URL, "Berita acara pemeriksaan gudang", "KPU"),),
)
KPU = Official("KPU", "kpu.go.id", ("https://www.instagram.com/kpu_ri/", "https://wa.me/6281111112222"), "Sekretaris")
PAIR = Candidate(names=("Bambang Sutrisno", "Siti Aminah"), parties=("Partai Contoh",), slogans=("Contoh Maju",))
FACTS = Facts(
    "HOAKS", "konten palsu", NOW, candidates=(PAIR,), officials=(KPU,), press=("Kabar Contoh", "kabarcontoh.example"),
    checks={URL: LinkCheck(1, URL, NOW, True)}, allowed=("humas@kota.example",),
)  # fmt: skip
RUMOR = Rumor("x", NOW, "ani", state=TERVERIFIKASI, id=1)
VERDICT = Verdict(1, "HOAKS", "x", NOW, "ani", form="konten palsu", id=7)


def codes(draft: Draft = GOOD, facts: Facts = FACTS) -> dict[str, str]:
    return {fault.code: fault.level for fault in room.lint(draft, facts)}


def test_a_good_text_has_no_fault() -> None:
    assert room.lint(GOOD, FACTS) == ()


BAD_HEADLINES = (
    "Surat suara sudah tercoblos di gudang KPU Kota Contoh",
    "SURAT SUARA sudah t3rcoblos di gudang KPU",
    "Gudang KPU Kota Contoh simpan surat suara tercoblos",
    "Warga geger, surat suara tercoblos di gudang KPU",
    "Surat suara sudah tercoblos, ini kata KPU",
)
GOOD_HEADLINES = (
    "KPU: kotak suara di gudang Kota Contoh masih tersegel",
    "Gudang KPU diperiksa bersama saksi, segel utuh",
    "Surat suara Kota Contoh baru dikirim Jumat depan",
    "Tidak benar surat suara sudah tercoblos di gudang KPU",
    "Surat suara di gudang KPU Kota Contoh belum dibuka",
)


@pytest.mark.parametrize("headline", BAD_HEADLINES)
def test_headline_that_repeats_the_hoax_unmarked_is_an_error(headline: str) -> None:
    assert codes(replace(GOOD, headline=headline))["ulang-headline"] == "galat"


@pytest.mark.parametrize("headline", GOOD_HEADLINES)
def test_headline_that_states_the_fact_passes(headline: str) -> None:
    assert not {"ulang-headline", "judul-bertanda"} & set(codes(replace(GOOD, headline=headline)))


def test_headline_with_the_hoax_behind_a_mark_needs_a_reason() -> None:
    marked = replace(GOOD, headline="[HOAKS] Surat suara sudah tercoblos di gudang KPU")
    assert codes(marked)["judul-bertanda"] == "peringatan"
    assert room.standing(marked, FACTS) == 1
    assert room.standing(replace(marked, waivers={"judul-bertanda": "judul dari pusat"}), FACTS) == 0


HERE = Path(__file__).parent
EXAMPLES = tomllib.loads((HERE / "data" / "clarifications" / "contoh.toml").read_text("utf-8"))["contoh"]
FIELDS = {"klaim": "claim", "judul": "headline", "ringkas": "summary", "penjelasan": "explanation", "saran": "advice",
          "beredar": "circulating", "alt": "alt", "pembicara": "speaker", "kategori": "category"}  # fmt: skip


def example(one: dict[str, str]) -> Draft:
    """A whole draft: what the example leaves out is as in GOOD, made for its claim."""
    told = {FIELDS[name]: text for name, text in one.items() if name in FIELDS}
    given = {"slug": room.slug(one["judul"]), "circulating": f"Yang beredar, dan tidak benar: “{one['klaim']}”.",
             "alt": "Kartu bertuliskan hasil verifikasi, lalu keterangan lembaga resmi."}  # fmt: skip
    return replace(GOOD, **{**given, **told})  # type: ignore[arg-type]


@pytest.mark.parametrize("one", EXAMPLES, ids=[one["nama"] for one in EXAMPLES])
def test_examples_good_and_bad(one: dict[str, Any]) -> None:
    facts = replace(FACTS, finding=one.get("hasil", "HOAKS"), form=one.get("jenis", "konten palsu"))
    found = codes(example(one), facts)
    assert sorted(found) == sorted(one["kode"])
    assert ("galat" in found.values()) is one["nama"].startswith("buruk")


def test_there_are_enough_examples_of_both_kinds() -> None:
    bad = sum(one["nama"].startswith("buruk") for one in EXAMPLES)
    assert min(bad, len(EXAMPLES) - bad) >= 10


@pytest.mark.parametrize(("text", "code"), [
    ("Warga yang tidak memilih tidak dipidana.", "mengancam-dibantah"),
    ("Kabar bahwa ia dipenjara tidak benar.", "mengancam-dibantah"),
    ("Menyebarkan berita bohong dapat dipidana.", "mengancam"),
    ("Hapus bila tidak mau dipidana.", "mengancam"),
    ("Ketua KPU bukan tersangka.", "menuduh-dibantah"),
    ("Ketua KPU menjadi tersangka.", "menuduh"),
    ("Tidak ada pelaku yang ditangkap.", "menuduh"),
])  # fmt: skip
def test_what_is_denied_asks_for_a_reason_and_what_threatens_blocks(text: str, code: str) -> None:
    found = codes(replace(GOOD, explanation=text))
    assert found == {code: "galat" if code in ("mengancam", "menuduh") else "peringatan"}


def test_a_reason_does_not_lift_an_error() -> None:
    bad = replace(GOOD, headline=BAD_HEADLINES[0], waivers={"ulang-headline": "tetap saja"})
    assert room.standing(bad, FACTS) == 1


CASES: tuple[tuple[str, dict[str, object], str], ...] = (
    ("address of the page repeats the hoax", {"slug": "surat-suara-sudah-tercoblos-di-gudang-kpu"}, "ulang-slug"),
    ("preview repeats it", {"summary": f"{CLAIM}. KPU sudah memeriksa gudang itu."}, "ulang-summary"),
    ("alt text repeats it", {"alt": "Surat suara sudah tercoblos di gudang KPU"}, "ulang-alt"),
    ("opens with beredar", {"summary": "Beredar kabar tentang gudang. KPU sudah memeriksa gudang."}, "beredar-dahulu"),
    ("opens with viral", {"headline": "Viral video gudang, KPU memeriksa segel"}, "beredar-dahulu"),
    ("no official source", {"citations": (Citation("https://blog.example/1", "Blog"),)}, "sumber-resmi"),
    ("official source is dead", {"citations": (Citation("https://kpu.go.id/9", "x", "KPU"),)}, "sumber-resmi-mati"),
    ("official in name only", {"citations": (Citation("https://kpu.go.id.jahat.example/", "x", "KPU"),)},
     "resmi-keliru"),
    ("script as a link", {"citations": (*GOOD.citations, Citation("javascript:alert(1)", "x"))}, "tautan-bentuk"),
    ("mobile number", {"advice": "Hubungi 0812-3456-7890 sekarang."}, "data-telepon"),
    ("mobile number with +62", {"advice": "Hubungi +62 812 3456 7890."}, "data-telepon"),
    ("mobile number in full-width digits", {"advice": "Hubungi ０８１２３４５６７８９０."}, "data-telepon"),
    ("mobile number behind zero-width", {"advice": "Hubungi 0812\u200b34567890."}, "data-telepon"),
    ("NIK", {"explanation": "NIK 8172 0112 3456 0001 tercantum."}, "data-nik"),
    ("private e-mail", {"explanation": "Kirim ke budi.santoso@gmail.com."}, "data-surel"),
    ("bank account", {"explanation": "Rekening BRI 1234-5678-9012 itu palsu."}, "data-rekening"),
    ("home", {"explanation": "Ia tinggal di RT 03/RW 05."}, "data-rumah"),
    ("street of a home", {"explanation": "Rumah di Jalan Melati Indah No. 12 itu kosong."}, "data-alamat"),
    ("birth", {"explanation": "Ia lahir di Ambon tahun 1990."}, "data-lahir"),
    ("handle", {"where": "akun @budi_santoso"}, "akun-pribadi"),
    ("profile", {"where": "https://www.facebook.com/budi.santoso.9"}, "akun-pribadi"),
    ("person as origin", {"where": "video yang diunggah oleh Budi"}, "orang-pribadi"),
    ("initials", {"explanation": "Orang berinisial BS membuat video."}, "orang-pribadi"),
    ("group", {"where": "grup WhatsApp bernama Posko"}, "orang-pribadi"),
    ("age of a child", {"explanation": "Seorang anak berusia 12 tahun ada di video."}, "anak"),
    ("school", {"explanation": "Yang tampak adalah siswi SMP di kota itu."}, "anak"),
    ("pelaku", {"explanation": "Pelaku membuat video ini."}, "menuduh"),
    ("penyebar", {"advice": "Penyebar akan dicari."}, "menuduh"),
    ("sengaja", {"explanation": "Video ini sengaja dipotong."}, "menuduh"),
    ("UU ITE", {"advice": "Hati-hati, ada UU ITE."}, "mengancam"),
    ("prison", {"advice": "Yang meneruskan dapat dipidana."}, "mengancam"),
    ("candidate", {"explanation": "Bambang Sutrisno tidak hadir di gudang."}, "nama-calon"),
    ("party", {"explanation": "Saksi Partai Contoh ikut memeriksa."}, "nama-calon"),
    ("slogan", {"explanation": "Spanduk contoh maju terlihat di video."}, "nama-calon"),
    ("number", {"explanation": "Saksi nomor urut 2 ikut memeriksa."}, "nama-calon"),
    ("campaigning", {"advice": "Ayo pilih nomor 2."}, "kampanye"),
    ("against", {"advice": "Jangan pilih calon itu."}, "kampanye"),
    ("press by name", {"where": "situs Kabar Contoh"}, "pers"),
    ("press known to everybody", {"explanation": "Judul itu mencatut Tribunnews."}, "pers"),
    ("press link", {"citations": (*GOOD.citations, Citation("https://www.kabarcontoh.example/9", "x"))}, "pers"),
    ("press link of elsewhere", {"citations": (*GOOD.citations, Citation("https://news.detik.com/9", "x"))}, "pers"),
    ("hard sentence", {"explanation": "kata " * 30}, "kalimat-panjang"),
    ("endless sentence", {"explanation": "kata " * 50}, "kalimat-sangat-panjang"),
    ("long words", {"explanation": "Penyelenggaraan pemutakhiran pertanggungjawaban kependudukan terverifikasi "
                    "berkesinambungan oleh kami di sini juga."}, "kata-sulit"),
    ("no alt text", {"alt": " "}, "alt-kosong"),
    ("file name as alt text", {"alt": "IMG_2024 gudang.jpg"}, "alt-pendek"),
    ("picture not blacked out", {"pictures": (Picture("ab" * 32, "Tangkapan layar percakapan"),)},
     "gambar-belum-disamarkan"),
    ("tags", {"explanation": "Lihat <b>ini</b>."}, "kode"),
    ("template string", {"explanation": "Lihat {{ config }}."}, "kode"),
    ("headline too long", {"headline": "kata " * 40}, "judul-panjang"),
    ("preview too short", {"summary": "Pendek."}, "ringkas"),
    ("no speaker", {"speaker": ""}, "kosong-speaker"),
    ("no place", {"where": ""}, "kosong-where"),
    ("no claim", {"claim": ""}, "kosong-claim"),
    ("nothing of what went around", {"circulating": ""}, "kosong-circulating"),
    ("no category of the list", {"category": "Gosip"}, "kategori"),
    ("words of the template", {"speaker": "KPU: (nama dan jabatan)"}, "isian"),
    ("second sentence of the preview repeats it", {"summary": f"KPU memeriksa gudang. {CLAIM}. Segel utuh semua."},
     "ulang-summary"),
    ("alt text of a picture repeats it", {"pictures": (Picture("ab" * 32, CLAIM, "ani"),)}, "ulang-pictures"),
    ("picture without alt text", {"pictures": (Picture("ab" * 32, "", "ani"),)}, "alt-kosong"),
    ("office telephone that is not ours", {"advice": "Hubungi (0911) 345678."}, "data-telepon-kantor"),
    ("no advice", {"advice": ""}, "kosong-advice"),
    ("odd address", {"slug": "../rahasia"}, "alamat-bentuk"),
)  # fmt: skip


@pytest.mark.parametrize(("change", "code"), [pytest.param(c, code, id=name) for name, c, code in CASES])
def test_the_linter_finds(change: dict[str, object], code: str) -> None:
    assert code in codes(replace(GOOD, **change))  # type: ignore[arg-type]
    assert code not in codes()


HARMLESS: tuple[dict[str, object], ...] = (
    {"advice": "Tanyakan ke humas@kota.example atau layanan 112."},
    {"advice": "Lapor ke sekretariat@kpu.go.id."},
    {"explanation": "Gudang itu di Jalan Sudirman No. 1, kantor KPU."},
    {"explanation": "Ikuti @kpu_ri untuk jadwal resmi."},
    {"explanation": "Jumlah surat suara 123.456 lembar pada 27 November 2024 pukul 08.00."},
    {"explanation": "Pemilih berusia 17 tahun ke atas terdaftar." , "waivers": {}},
    {"advice": "Jangan ikut menyebarkan kabar ini."},
    {"explanation": "Video itu dibagikan oleh banyak akun."},
    {"explanation": "Video itu dibuat oleh kecerdasan buatan dan diunggah oleh kanal lama."},
    {"explanation": "Peta itu dibagikan oleh BMKG dan ditulis oleh seniman setempat."},
    {"explanation": "Pelaku usaha dan pelaku UMKM tetap buka; Satuan Reserse Kriminal Umum hadir."},
    {"explanation": "Makan siang bagi siswa SD dan semua pelajar SMA tetap berjalan."},
    {"explanation": "Angka kelahiran tahun 2019 naik sedikit."},
    {"explanation": "Rekaman lamanya https://arsip.kota.example/video/3280980888825647 sudah ditutup."},
    {"explanation": "Mafindo (TurnBackHoax) memeriksa klaim serupa."},
    {"advice": "Kirim pesan ke 0811-1111-2222, layanan resmi KPU."},
)


@pytest.mark.parametrize("change", HARMLESS, ids=lambda change: str(next(iter(change.values())))[:30])
def test_what_is_harmless_passes(change: dict[str, object]) -> None:
    assert codes(replace(GOOD, **change)) == {}  # type: ignore[arg-type]


def test_accusing_words_inside_the_quoted_claim_need_a_reason_only() -> None:
    quoted = replace(GOOD, circulating="Yang beredar, dan tidak benar: “Pelaku pencoblosan ditangkap”.")
    assert codes(quoted) == {"menuduh-dikutip": "peringatan"}


def test_an_imitated_outlet_may_be_named_with_a_reason() -> None:
    named = replace(GOOD, where="situs tiruan Kabar Contoh")
    assert codes(named, replace(FACTS, form="konten tiruan"))["pers"] == "peringatan"
    assert "pers" not in codes(named, replace(FACTS, finding="FAKTA"))


def test_a_true_claim_may_be_the_headline() -> None:
    true = replace(GOOD, headline=CLAIM, slug="surat-suara-sudah-tercoblos", alt=CLAIM)
    assert codes(true, replace(FACTS, finding="FAKTA")) == {}


def test_a_text_says_no_harder_word_than_people_found() -> None:
    harder = replace(GOOD, summary=GOOD.summary + " Kabar itu hoaks.")
    assert codes(harder, replace(FACTS, finding="BELUM TERBUKTI"))["cap-lain"] == "galat"


def test_links_are_looked_at_again_after_a_week() -> None:
    old = replace(FACTS, checks={URL: LinkCheck(1, URL, NOW - timedelta(days=8), True)})
    assert codes(facts=old) == {"tautan-lama": "peringatan"}
    assert codes(facts=replace(FACTS, checks={URL: LinkCheck(1, URL, NOW, False)}))["sumber-resmi-mati"] == "galat"
    assert codes(facts=replace(FACTS, officials=(replace(KPU, confirmed_by=""),))) == {
        "resmi-belum-pasti": "peringatan"
    }


NAMED = replace(GOOD, explanation="Menurut KPU, Bambang Sutrisno tetap terdaftar.", waivers={"nama-calon": "dari KPU"})
QUIET = replace(FACTS, quiet=True, regulation="PKPU 2/2024")


def test_in_masa_tenang_a_name_is_held_back() -> None:
    assert room.standing(NAMED, FACTS) == 0
    assert codes(NAMED, QUIET)["masa-tenang"] == "galat"
    assert room.standing(NAMED, QUIET) == 1


def test_in_masa_tenang_a_relayed_statement_needs_the_kepala() -> None:
    relayed = replace(NAMED, relay="KPU")
    assert codes(relayed, QUIET)["masa-tenang-konfirmasi"] == "galat"
    assert room.standing(relayed, QUIET) == 0, "it may wait for the kepala on the second person's table"
    assert len(room.blocking(room.lint(relayed, QUIET), relayed.waivers)) == 1, "but it is not published"
    confirmed = replace(QUIET, confirmed="keterangan resmi KPU tentang DCT")
    assert room.standing(relayed, confirmed) == 0
    assert codes(replace(NAMED, relay="Dinas"), confirmed)["masa-tenang"] == "galat"


def test_in_masa_tenang_no_figures_but_kpus() -> None:
    figures = replace(GOOD, explanation="Menurut survei, hasilnya 60 persen.")
    assert "angka-masa-tenang" not in codes(figures)
    assert codes(figures, QUIET)["angka-masa-tenang"] == "galat"
    assert "angka-masa-tenang" not in codes(replace(figures, relay="KPU"), QUIET)


def test_a_link_that_fell_silent_is_a_warning_and_one_that_never_spoke_an_error() -> None:
    gone = replace(FACTS, checks={URL: LinkCheck(1, URL, NOW, False)})
    assert codes(facts=gone) == {"sumber-resmi-mati": "galat"}
    silent = replace(gone, answered=frozenset({URL}))
    assert codes(facts=silent) == {"sumber-resmi-padam": "peringatan"}
    other = Citation("https://arsip.example/1", "Arsip")
    dead = replace(FACTS, checks={**FACTS.checks, other.url: LinkCheck(1, other.url, NOW, False)})
    assert codes(replace(GOOD, citations=(*GOOD.citations, other)), dead) == {"tautan-mati": "peringatan"}
    second = Citation("https://kpu.go.id/2", "Lagi", "KPU")
    dead = replace(FACTS, checks={**FACTS.checks, second.url: LinkCheck(1, second.url, NOW, False)})
    assert codes(replace(GOOD, citations=(*GOOD.citations, second)), dead) == {"tautan-mati": "peringatan"}


def test_whoever_publishes_answers_warnings_of_the_moment_and_no_others() -> None:
    silent = replace(FACTS, checks={URL: LinkCheck(1, URL, NOW, False)}, answered=frozenset({URL}))
    named = replace(GOOD, explanation="Bambang Sutrisno tidak hadir di gudang.")
    faults = room.lint(named, silent)
    left = room.blocking(faults, room.answered_now(named.waivers, "situs KPU sedang padat"))
    assert {one.code for one in left} == {"nama-calon"}
    assert len(room.blocking(faults, room.answered_now(named.waivers, " "))) == 2


def test_the_office_words_what_is_said_in_masa_tenang_and_when_the_polls_close() -> None:
    text = FEEDS.decode().replace('polls_close = "13:00"', 'polls_close = "14:30"')
    found = read(text.replace('quiet_text = ""', 'quiet_text = "Tahan sampai TPS tutup."'))
    moment = datetime.fromisoformat("2024-11-27T07:29:00+00:00")
    assert quiet_at(found, moment)
    assert not quiet_at(found, moment + timedelta(minutes=1))
    facts = room.facts(found, VERDICT, (), moment)
    assert facts.quiet
    held = replace(facts, candidates=(PAIR,))
    assert [one.sentence for one in room.lint(NAMED, held) if one.code == "masa-tenang"] == [
        "Tahan sampai TPS tutup (PKPU 2/2024)."]


def test_every_fault_that_the_linter_knows_is_tried_here() -> None:
    room_folder = Path(room.__file__).parent
    known = {code for path in room_folder.glob("*.py")
             for code in re.findall(r'Fault\(\s*"([a-z-]+)"', path.read_text("utf-8"))}
    known |= {"masa-tenang-konfirmasi", *(f"data-{name}" for name in persons.HIDDEN)}
    known |= {f"ulang-{name}" for name in truth.NAMES}
    tried = Path(__file__).read_text("utf-8")
    assert [code for code in sorted(known) if f'"{code}"' not in tried] == []


FEEDS = (Path(__file__).parent.parent / "feeds.toml").read_bytes()


@pytest.mark.parametrize(("moment", "quiet"), [
    ("2024-11-23T16:59:00+00:00", False), ("2024-11-23T17:00:00+00:00", True), ("2024-11-26T10:00:00+00:00", True),
    ("2024-11-27T05:59:00+00:00", True), ("2024-11-27T06:00:00+00:00", False), ("2024-11-30T00:00:00+00:00", False),
])  # fmt: skip
def test_masa_tenang_holds_in_the_offices_zone_until_the_polls_close(moment: str, quiet: bool) -> None:
    found = read(FEEDS)
    assert quiet_at(found, datetime.fromisoformat(moment)) is quiet
    assert regulation(found, datetime.fromisoformat("2024-11-25T00:00:00+00:00")) == "PKPU 2/2024"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("finding", ["HOAKS", "PENIPUAN", "MENYESATKAN", "FAKTA", "BELUM TERBUKTI", "SATIRE"])
def test_the_template_leads_with_the_fact_and_lacks_only_what_a_person_must_add(finding: str, form: str) -> None:
    verdict = replace(VERDICT, finding=finding, form=form)
    explanation = "Segel gudang diperiksa Bawaslu dan utuh. Berita acaranya dapat dibaca di situs KPU."
    draft = room.first_draft(verdict, CLAIM, explanation, GOOD.citations, (), "Diskominfo")
    assert draft.headline == "Segel gudang diperiksa Bawaslu dan utuh"
    assert draft.slug == "segel-gudang-diperiksa-bawaslu-dan-utuh"
    assert codes(draft, replace(FACTS, finding=finding, form=form)) == {"isian": "galat"}
    named = replace(draft, speaker="KPU Kota Contoh: Sari Dewi, ketua")
    assert codes(named, replace(FACTS, finding=finding, form=form)) == {}
    assert room.draft_of(draft.words()) == draft


def test_what_a_person_wrote_in_a_claim_is_never_run() -> None:
    draft = room.first_draft(VERDICT, "{fact} {{7*7}} {claim}", "Benar begini.", (), (), "Kantor")
    assert "{{7*7}}" in draft.circulating
    assert "49" not in draft.circulating


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.text(max_size=400))
def test_the_linter_reads_anything_and_says_the_same_twice(one: str, two: str) -> None:
    draft = room.bounded(replace(GOOD, headline=one, explanation=two, where=two, slug=one))
    assert room.lint(draft, FACTS) == room.lint(draft, FACTS)
    assert room.draft_of(draft.words()) == draft


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_share_is_a_share_and_a_line_repeats_itself(line: str, claim: str) -> None:
    assert 0.0 <= repeats(line, claim) <= 1.0


@pytest.mark.parametrize("piece", ["0812 ", "a", "jalan A ", "@", "x@y.", "RT 1 ", "((", "ayo ", "1 ", "oleh "])
def test_the_linter_takes_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        started = time.perf_counter()
        room.lint(replace(GOOD, explanation=text, where=text), FACTS)
        return time.perf_counter() - started

    small = min(seconds(4_000) for _ in range(3))
    assert min(seconds(32_000) for _ in range(2)) < 24 * max(small, 0.002)


# ---- Acts


class Desk:
    """One clarification and its acts, as a store would keep them."""

    def __init__(self) -> None:
        self.acts: list[ClarificationAct] = []
        self.now = NOW
        made = room.begin(RUMOR, VERDICT, "teks-1", ANI, NOW)
        assert not isinstance(made, Refusal)
        self.one, self.first = made[0], made[0]
        self.acts.append(made[1])

    def did(self, outcome: room.acts.Change | Refusal) -> Clarification | Refusal:  # type: ignore[name-defined]
        self.now += timedelta(seconds=30)
        if isinstance(outcome, Refusal):
            return outcome
        self.one = outcome[0]
        self.acts.append(outcome[1])
        assert room.folded(self.first, self.acts) == self.one
        return self.one

    def submit(self, who: Person = ANI, faults: int = 0) -> Clarification | Refusal:
        return self.did(room.submit(self.one, who, faults, self.now))

    def approve(self, who: Person = RINI) -> Clarification | Refusal:
        return self.did(room.approve(self.one, self.acts, who, self.now))

    def publish(self, who: Person = RINI, faults: int = 0, rumor: Rumor = RUMOR, verdict: int = 7) -> object:
        return self.did(room.publish(self.one, self.acts, rumor, verdict, who, faults, self.now))


def published() -> Desk:
    desk = Desk()
    desk.submit()
    desk.approve()
    assert not isinstance(desk.publish(), Refusal)
    return desk


def test_from_draft_to_public_by_two_people() -> None:
    desk = published()
    assert (desk.one.state, desk.one.public, desk.one.version) == ("DITERBITKAN", "teks-1", 4)


def test_only_an_approved_finding_is_answered() -> None:
    assert isinstance(room.begin(replace(RUMOR, state="TERBUKA"), VERDICT, "x", ANI, NOW), Refusal)
    why = replace(VERDICT, finding="TIDAK DAPAT DIKLARIFIKASI", why="opini")
    assert isinstance(room.begin(RUMOR, why, "x", ANI, NOW), Refusal)
    assert isinstance(room.begin(RUMOR, VERDICT, "x", TAMU, NOW), Refusal)


def test_nobody_signs_what_they_wrote() -> None:
    desk = Desk()
    desk.submit(RINI)
    assert isinstance(desk.approve(RINI), Refusal)
    assert not isinstance(desk.approve(KARTA), Refusal)


def test_an_editor_who_touched_the_text_is_a_writer() -> None:
    desk = Desk()
    desk.did(room.edit(desk.one, "teks-2", RINI, desk.now))
    desk.submit(ANI)
    assert isinstance(desk.approve(RINI), Refusal)


@pytest.mark.parametrize("who", [ANI, BUDI, LUH, TAMU], ids=lambda who: who.name)
def test_who_may_not_approve(who: Person) -> None:
    desk = Desk()
    desk.submit()
    assert isinstance(desk.approve(who), Refusal)


def test_a_signature_takes_ten_seconds_of_reading() -> None:
    desk = Desk()
    desk.submit()
    assert isinstance(room.approve(desk.one, desk.acts, RINI, desk.acts[-1].at + timedelta(seconds=9)), Refusal)


@pytest.mark.parametrize("faults", [1, 5])
def test_faults_block_submission_and_publication(faults: int) -> None:
    desk = Desk()
    assert isinstance(desk.submit(faults=faults), Refusal)
    desk.submit()
    desk.approve()
    assert isinstance(desk.publish(faults=faults), Refusal)


@pytest.mark.parametrize("who", [ANI, BUDI, KARTA, LUH, TAMU], ids=lambda who: who.name)
def test_only_a_redaktur_publishes(who: Person) -> None:
    desk = Desk()
    desk.submit()
    desk.approve()
    assert isinstance(desk.publish(who), Refusal)


def test_a_reopened_finding_is_not_published() -> None:
    desk = Desk()
    desk.submit()
    desk.approve()
    assert isinstance(desk.publish(rumor=replace(RUMOR, state="TERBUKA")), Refusal)
    assert isinstance(desk.publish(verdict=8), Refusal)
    assert not isinstance(desk.did(room.send_back(desk.one, desk.acts, KARTA, "isu dibuka lagi", desk.now)), Refusal)
    assert desk.one.state == "DRAF"


def test_nothing_skips_a_signature() -> None:
    desk = Desk()
    assert isinstance(desk.publish(), Refusal)
    desk.submit()
    assert isinstance(desk.publish(), Refusal)
    forged = replace(desk.one, state="DISETUJUI")
    assert isinstance(room.publish(forged, desk.acts, RUMOR, 7, RINI, 0, LATER), Refusal)


def test_only_the_kepala_confirms_and_only_this_very_text() -> None:
    desk = Desk()
    assert isinstance(room.confirm(desk.one, RINI, "keterangan KPU", desk.now), Refusal)
    assert isinstance(room.confirm(desk.one, KARTA, " ", desk.now), Refusal)
    desk.did(room.confirm(desk.one, KARTA, "keterangan KPU", desk.now))
    assert (desk.one.state, room.confirmed(desk.acts, "teks-1")) == ("DRAF", "keterangan KPU")
    desk.did(room.edit(desk.one, "teks-2", ANI, desk.now))
    assert room.confirmed(desk.acts, desk.one.words) == ""


def test_correction_needs_a_reason_another_text_and_another_hand() -> None:
    desk = published()
    for words, reason in (("teks-2", " "), ("teks-1", "salah nama")):
        assert isinstance(room.propose_correction(desk.one, words, ANI, reason, 0, desk.now), Refusal)
    desk.did(room.propose_correction(desk.one, "teks-2", ANI, "salah nama", 0, desk.now))
    assert (desk.one.state, desk.one.public, desk.one.proposal) == ("DITERBITKAN", "teks-1", "koreksi")
    assert isinstance(desk.did(room.sign_proposal(desk.one, desk.acts, ANI, 0, desk.now)), Refusal)
    desk.did(room.sign_proposal(desk.one, desk.acts, RINI, 0, desk.now))
    assert (desk.one.state, desk.one.public, desk.one.proposal) == ("DIKOREKSI", "teks-2", "")
    assert desk.acts[-1].reason == "salah nama"


def test_a_correction_in_masa_tenang_keeps_waiting_while_the_kepala_confirms_it() -> None:
    desk = published()
    assert isinstance(room.confirm(desk.one, KARTA, "keterangan KPU", desk.now), Refusal)
    desk.did(room.propose_correction(desk.one, "teks-2", ANI, "salah nama", 0, desk.now))
    assert not isinstance(desk.did(room.confirm(desk.one, KARTA, "keterangan KPU", desk.now)), Refusal)
    assert (desk.one.proposal, desk.one.public) == ("koreksi", "teks-1")
    assert room.confirmed(desk.acts, "teks-2") == "keterangan KPU"
    desk.did(room.sign_proposal(desk.one, desk.acts, RINI, 0, desk.now))
    assert (desk.one.public, desk.acts[-1].reason) == ("teks-2", "salah nama")


def test_the_author_does_not_send_back_what_waits_nor_approve_after_a_detour() -> None:
    desk = Desk()
    desk.did(room.edit(desk.one, "teks-2", RINI, desk.now))
    desk.submit(ANI)
    assert isinstance(room.send_back(desk.one, desk.acts, RINI, "catatan", desk.now), Refusal)
    desk.approve(KARTA)
    desk.did(room.send_back(desk.one, desk.acts, KARTA, "masih keliru", desk.now))
    desk.submit(ANI)
    assert isinstance(desk.approve(RINI), Refusal)


def test_a_refused_proposal_leaves_the_page_as_it_is() -> None:
    desk = published()
    desk.did(room.propose_correction(desk.one, "teks-2", ANI, "salah nama", 0, desk.now))
    assert isinstance(room.propose_withdrawal(desk.one, BUDI, "keliru", desk.now), Refusal)
    desk.did(room.refuse_proposal(desk.one, desk.acts, KARTA, "nama sudah benar", desk.now))
    assert (desk.one.state, desk.one.public, desk.one.words) == ("DITERBITKAN", "teks-1", "teks-1")


def test_withdrawal_takes_two_signatures_and_a_reason() -> None:
    desk = published()
    assert isinstance(room.propose_withdrawal(desk.one, ANI, "", desk.now), Refusal)
    desk.did(room.propose_withdrawal(desk.one, ANI, "hasil dibuka lagi", desk.now))
    assert desk.one.public == "teks-1"
    desk.did(room.sign_proposal(desk.one, desk.acts, KARTA, 9, desk.now))
    assert (desk.one.state, desk.one.public) == ("DITARIK", "")
    assert isinstance(room.propose_correction(desk.one, "t", ANI, "x", 0, desk.now), Refusal)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.sampled_from([ANI, BUDI, RINI, KARTA, LUH, TAMU])), max_size=14))
def test_whatever_people_try_two_hands_stand_behind_what_is_public(steps: list[tuple[int, Person]]) -> None:
    desk = Desk()
    for number, (step, who) in enumerate(steps):
        text = f"teks-{number + 2}"
        tries = (
            lambda: room.edit(desk.one, text, who, desk.now),  # noqa: B023
            lambda: room.submit(desk.one, who, 0, desk.now),  # noqa: B023
            lambda: room.approve(desk.one, desk.acts, who, desk.now),  # noqa: B023
            lambda: room.send_back(desk.one, desk.acts, who, "catatan", desk.now),  # noqa: B023
            lambda: room.publish(desk.one, desk.acts, RUMOR, 7, who, 0, desk.now),  # noqa: B023
            lambda: room.propose_correction(desk.one, text, who, "alasan", 0, desk.now),  # noqa: B023
            lambda: room.propose_withdrawal(desk.one, who, "alasan", desk.now),  # noqa: B023
            lambda: room.sign_proposal(desk.one, desk.acts, who, 0, desk.now),  # noqa: B023
            lambda: room.refuse_proposal(desk.one, desk.acts, who, "alasan", desk.now),  # noqa: B023
        )
        desk.did(tries[step]())
        if desk.one.public:
            hands = {act.who for act in desk.acts if act.words == desk.one.public}
            assert len(hands) >= 2
            assert (desk.one.state in room.PUBLIC) is bool(desk.one.public)
