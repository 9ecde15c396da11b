"""Text: what normalised prose is, that it is stable, and that every word of it can be found again in the original."""

import random
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import text
from classifiers.stem import ROOTS
from classifiers.text import Word, align, characters, locate, normalise, outlets, read, slang, tokens, words

# Original -> normalised prose.
PLAIN = [
    ("", ""),
    (" \n\t ", ""),
    ("KPU menetapkan DPT.", "kpu menetapkan dpt ."),
    ('Ia berkata: "Jangan percaya!"', 'ia berkata , " jangan percaya ! "'),
    ("\u201cTidak benar\u201d, kata KPU\u2026", '" tidak benar " kata kpu .'),
    ("'Ban Serep' atau bukan?", '" ban serep " atau bukan ?'),
    ("KPU (Kota Kediri) \u2013 Bawaslu; TNI/Polri", "kpu , kota kediri , bawaslu , tni , polri"),
    ("Ma'ruf, Jum\u2019at, Al-Qur\u00b4an", "maruf , jumat , al-quran"),
    ("naik 50% & turun", "naik 50 persen dan turun"),
    ("#2019GantiPresiden @KPU_ID *AWAS* _penting_", "2019gantipresiden kpu id awas penting"),
    ("kata dia.Kemudian pergi", "kata dia . kemudian pergi"),
    ("bapak/ibu yth:", "bapak , ibu yang terhormat ,"),
    ("anak-anak, ke-7, covid-19", "anak-anak , ke-7 , covid-19"),
]
NUMBERS = [
    ("14 Februari 2024 pukul 17.35 WIB", "14 februari 2024 pukul 17.35 wib"),
    ("Rp1.000.000 dan Rp 500", "rp 1.000.000 dan rp 500"),
    ("1,2,3 20/7/2025 12:30 2019-2024", "1,2,3 20/7/2025 12:30 2019-2024"),
    ("mobil 4x4 Boeing B737 Su-27 MP3 5G G20 H5N1 S-400", "mobil 4x4 boeing b737 su-27 mp3 5g g20 h5n1 s-400"),
    ("BP2MI DP3A LP3ES KP2KP P3K O2SN TPS3R", "bp2mi dp3a lp3es kp2kp p3k o2sn tps3r"),
    ("100rb 10jt 2,5jt 5kg 1.5L", "100 ribu 10 juta 2,5 juta 5kg 1.5l"),
    ("4kali 2025yang capres01 pilpres2024 paslon2", "4 kali 2025 yang capres 01 pilpres 2024 paslon 2"),
    ("212 411 98 1 2 3 4 5", "212 411 98 1 2 3 4 5"),
    ("30 S PKI, G30S", "30 s pki , g30s"),
]
SLANG = [
    ("yg gk tau jgn sebar hoax krn sdh dgn", "yang tidak tahu jangan sebar hoaks karena sudah dengan"),
    ("ga gak nggak enggak ngga tdk tak gk", "tidak tidak tidak tidak tidak tidak tidak tidak"),
    ("blm udah aja banget utk tsb dll", "belum sudah saja sekali untuk tersebut dan lain-lain"),
    ("gaada gausah gapapa", "tidak ada tidak usah tidak apa-apa"),
    ("anak2 kata2nya mudah2an berhati2", "anak-anak kata-katanya mudah-mudahan berhati-hati"),
    ("orang\u00b2", "orang-orang"),
    ("temen-temen gak-gak", "teman-teman tidak-tidak"),
    ("dr. Budi dari BPK, HRS, PT BRI, 5 km, S.H.", "dr . budi dari bpk , hrs , pt bri , 5 km , s . h ."),
    ("bangeeet maaaf saaat curaaang tidaaak sihhh", "sekali maaf saat curang tidak sih"),
    ("PPP PPPK KKKS Perang Dunia III", "ppp pppk kkks perang dunia iii"),
    ("wkwkwkwk hahaha wkwk", "haha haha haha"),
]
DISGUISED = [
    ("t3rc0bl0s h0ax p3m1lu k3cur4ng4n 4nies 1ndonesia", "tercoblos hoaks pemilu kecurangan anies indonesia"),
    ("k@mpanye pem!lu $uara jangan!segera", "kampanye pemilu suara jangan ! segera"),
    ("surat t e r c o b l o s di TPS", "surat tercoblos di tps"),
    ("T.E.R.C.O.B.L.O.S t-e-r-c-o-b-l-o-s t_e_r_c_o_b_l_o_s", "tercoblos tercoblos tercoblos"),
    ("s u r a t   s u a r a   d i   c o b l o s", "surat suara di coblos"),
    ("K.P.U. dan D.P.R", "kpu . dan dpr"),
    ("ter\u200bcob\u00adlos pem\u2060ilu \u202eabc\u202c", "tercoblos pemilu abc"),
    ("\uff34\uff45\uff52\uff43\uff4f\uff42\uff4c\uff4f\uff53", "tercoblos"),
    ("\U0001d413\U0001d404\U0001d411\U0001d402\U0001d40e\U0001d401\U0001d40b\U0001d40e\U0001d412", "tercoblos"),
    ("\u0440r\u0430b\u043ew\u043e \u0442\u0435rc\u043ebl\u043es", "prabowo tercoblos"),
    ("\u24c9\u24d4\u24e1\u24d2\u24de\u24d1\u24db\u24de\u24e2", "tercoblos"),
    ("\u1d1b\u1d07\u0280\u1d04\u1d0f\u0299\u029f\u1d0fs", "tercoblos"),
    ("\U0001f1f9 \U0001f1f5 \U0001f1f8 \U0001f1f8 Indonesia\U0001f1ee\U0001f1e9", "tpss indonesia i d"),
    ("t\u00e9rcobl\u00f6s te\u0301rcoblo\u0308s", "tercoblos tercoblos"),
    ("p 1 l 3 g", "pileg"),
]
MARKUP = [
    ("<p>Surat <b>ter</b>cob<i>los</i></p><p>Kata KPU</p>", "surat tercoblos kata kpu"),
    ("Surat&nbsp;suara &quot;rusak&quot; &amp;amp; hilang &#8220;", 'surat suara " rusak " dan hilang "'),
    ("a<script>var x = 'curang';</script>b <style>p {}</style> c<!-- curang -->d", "a b cd"),
    ("suara < 50 dan > 3, <3", "suara , 50 dan , 3 , 3"),
    ("&lt;b&gt; &#116;ercoblos &notanentity; &", "b , tercoblos dan notanentity , dan"),
    ("a <br/> b<!-- tidak ditutup", "a b tidak ditutup"),
]
SOURCES = [
    ("KOMPAS.com - Polisi menangkap", "polisi menangkap"),
    ("JAKARTA, KOMPAS.com - Polisi menangkap", "polisi menangkap"),
    ("Jakarta (ANTARA) - Polisi menangkap", "polisi menangkap"),
    ("TRIBUNNEWS.COM, SURABAYA - Polisi menangkap", "polisi menangkap"),
    ("Liputan6.com, Jakarta - Polisi menangkap", "polisi menangkap"),
    ("Liputan6.com, JakartaPolisi menangkap", "polisi menangkap"),
    ("KEDIRI \u2013 Pemilu berjalan aman", "pemilu berjalan aman"),
    ("Kediri - Pemilu berjalan aman", "pemilu berjalan aman"),
    ("WARTACONTOH.ID, KEDIRI -- Pemilu aman", "pemilu aman"),
    ("BANGKINANG - Warga Kampar mengungsi", "warga kampar mengungsi"),
    ("Jakarta, CNN Indonesia -- Warga", "warga"),
    ("REPUBLIKA.CO.ID, BANDUNG - Warga", "warga"),
    ("PALEMBANG, 9 JUNI 2025 \u2013 Warga", "warga"),
    ("Laporan Wartawan Contoh, Budi Santoso SURYACONTOH.COM, JOMBANG - Warga", "warga"),
    ("Prabowo - Gibran unggul", "prabowo , gibran unggul"),
    ("Jakarta - Bandung macet", "jakarta , bandung macet"),
    ("AWAS - Surat suara palsu", "awas , surat suara palsu"),
    ("HOAKS \u2013 Surat suara", "hoaks , surat suara"),
    ("kata dia kepada Kompas.com, Senin", "kata dia kepada , senin"),
    ("menurut portalcontoh.co.id dan detikcom", "menurut dan"),
    ("tayang di CNN Indonesia dan Metro TV kemarin", "tayang di dan kemarin"),
    ("antara Senin dan Selasa, tempo hari, suara rakyat", "antara senin dan selasa , tempo hari , suara rakyat"),
    ("MAKA ANTARA HIDUP DAN MATI", "maka antara hidup dan mati"),
    ("cek https://bit.ly/x?y=1, www.contoh.com/a atau surel a.b@contoh.go.id ya", "cek , atau surel ya"),
    ("Baca juga: Judul lain\nPolisi menangkap", "polisi menangkap"),
    ("aman. ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT Polisi", "aman . polisi"),
    ("(Foto: Budi/Contoh) Polisi [Gambas:Video 20detik]", "polisi"),
    ("tutup dia. Copyright \u00a9 ANTARA 2024", "tutup dia ."),
    ("tutup dia. (abc/def)", "tutup dia ."),
    ("tutup dia. (***)\nEditor: Budi Santoso", "tutup dia ."),
]


PAIRS = [*PLAIN, *NUMBERS, *SLANG, *DISGUISED, *MARKUP, *SOURCES]


@pytest.mark.parametrize(("original", "wanted"), PAIRS, ids=lambda value: value[:40] or "-")
def test_prose_is_normalised(original: str, wanted: str) -> None:
    assert normalise(original) == wanted
    assert normalise(wanted) == wanted


_CLAIM = "Awas surat suara sudah tercoblos paslon di TPS sebarkan sebelum dihapus rakyat ditipu curang"
CLAIM = _CLAIM.split()
CYRILLIC = str.maketrans(
    "aeopcyxAEOPCTX", "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0410\u0415\u041e\u0420\u0421\u0422\u0425"
)
DISGUISES = {
    "zero-width": lambda word: "\u200b".join(word),
    "soft hyphen": lambda word: "\u00ad".join(word),
    "full-width": lambda word: "".join(chr(ord(letter) + 0xFEE0) for letter in word),
    "mathematical": lambda word: "".join(chr(0x1D5BA + ord(letter) - 97) for letter in word.lower()),
    "Cyrillic": lambda word: word.translate(CYRILLIC),
    "combining": lambda word: "\u0336".join(word) + "\u0336",
    "inline tags": lambda word: f"{word[:2]}<b>{word[2:]}</b>",
    "leet": lambda word: word if len(word) < 4 else word[0] + word[1:].translate(str.maketrans("aeio", "4310")),
    "dotted": lambda word: word if len(word) < 3 else ".".join(word),
    "spaced": lambda word: " ".join(word),
}


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_no_word_of_a_claim_is_lost_to_a_disguise(disguise: object) -> None:
    assert callable(disguise)
    gap = "   " if disguise is DISGUISES["spaced"] else " "
    assert read(gap.join(map(disguise, CLAIM))).words == [word.lower() for word in CLAIM]


_BITS = """
t3rc0bl0s a b c d e.f.g h_i_j <b> </b> <p> <script> </script> <!-- --> &amp; &lt; &quot; &#39; \u200b \u00ad
\u0301 \u0130 \u00df \u017f \u03a3 \u03c2 yg gak anak2 rp100rb 10jt 4kali ' " !!! ?! -- . , / : @x # 0 1 s. 's ''
\u00bd \u2122 \ufdfa % & _ * a 1a a1 -a rp rp.5 2 \U0001f525 \U0001f1ee\U0001f1e9 1-a-b a,b a:b a/b hahaha xiii www
"""
FRAGMENTS = [
    *(original for original, _ in [*PLAIN, *NUMBERS, *SLANG, *DISGUISED, *MARKUP] if original.strip()),
    *_BITS.split(),
    *("  ", "\n", "\x00", "\x1c", "\ud800"),
]
BREAKING = [
    *(original for original, _ in SOURCES),
    *("ANTARA", "Tribun Timur", "kompas", "a@b.com", "x.co.id/p", "Baca Juga"),
]
ANY_TEXT = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=10).map("".join),
    st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=10).map(" ".join),
)
ANY_PAGE = ANY_TEXT | st.lists(st.sampled_from(FRAGMENTS + BREAKING), max_size=8).map("".join)


@given(ANY_PAGE)
@settings(deadline=None, max_examples=600)
def test_normalising_twice_changes_nothing(original: str) -> None:
    once = normalise(original)
    assert normalise(once) == once


@given(ANY_PAGE)
@settings(deadline=None, max_examples=400)
def test_the_faces_agree(original: str) -> None:
    prose = read(original)
    alignment = align(prose)
    assert [word.text for word in alignment.words] == prose.words == [word.text for word in words(original)]
    assert " ".join(piece.text for piece in alignment.pieces) == prose.text == normalise(original)
    assert all(0 <= word.start < word.end <= len(original) for word in alignment.words)
    first = {}
    for word in alignment.words:
        first.setdefault(word.text, (word.start, word.end))
    assert locate(prose, prose.words) == first


@given(ANY_TEXT)
@settings(deadline=None, max_examples=600)
def test_every_word_is_found_again_in_the_original(original: str) -> None:
    """What stands at a word's span says that word when it is read alone, spelled letters being joined or not."""
    for word in words(original):
        again = normalise(original[word.start : word.end])
        assert word.text in again or word.text in again.replace(" ", "")


@given(ANY_TEXT, st.data())
@settings(deadline=None, max_examples=300)
def test_every_span_of_the_prose_is_found_again(original: str, data: st.DataObject) -> None:
    prose = read(original)
    if not prose.text:
        return
    alignment = align(prose)
    start = data.draw(st.integers(0, len(prose.text) - 1))
    end = data.draw(st.integers(start + 1, len(prose.text)))
    low, high = alignment.span(start, end)
    touched = [
        piece
        for piece, at in zip(alignment.pieces, alignment.starts, strict=True)
        if at < end and at + len(piece.text) > start
    ]
    if touched:
        assert touched[0].start <= low < high <= max(piece.end for piece in touched)
    else:
        assert (low, high) == (0, 0)


def test_spans_point_into_the_original_through_every_step() -> None:
    original = "KEDIRI \u2013 <b>Surat</b> t3rc0bl0s, s\u200buara &amp; k o t a k \uff23\uff35\uff32\uff21 yg gaada"
    found = [(word.text, original[word.start : word.end]) for word in words(original)]
    assert found == [
        ("surat", "Surat"),
        ("tercoblos", "t3rc0bl0s"),
        ("suara", "s\u200buara"),
        ("dan", "&amp;"),
        ("kotak", "k o t a k"),
        ("cura", "\uff23\uff35\uff32\uff21"),
        ("yang", "yg"),
        ("tidak", "gaada"),
        ("ada", "gaada"),
    ]


def test_span_of_some_letters_is_those_letters() -> None:
    original = "Polisi: surat &quot;rusak&quot; gak ada"
    prose = read(original)
    alignment = align(prose)
    at = prose.text.index("rus")
    low, high = alignment.span(at, at + 3)
    assert original[low:high] == "rus"
    at = prose.text.index("tid")
    low, high = alignment.span(at, at + 3)
    assert original[low:high] == "gak"
    assert alignment.span(0, len(prose.text)) == (0, len(original))


def test_clean_prose_keeps_its_case_and_marks() -> None:
    prose = read(
        "JAKARTA, KOMPAS.com - VIRAL!!! Surat <b>suara</b> \uff32\uff35\uff33\uff21\uff2b \u2026 https://x.id/a"
    )
    assert prose.clean.split() == ["VIRAL!!!", "Surat", "suara", "RUSAK", "..."]


def test_locate_finds_only_what_was_asked() -> None:
    prose = read("Surat suara, surat suara")
    assert locate(prose, ["suara", "hilang"]) == {"suara": (6, 11)}
    assert locate(prose, []) == {}


def test_word_is_a_frozen_row() -> None:
    word = words("Surat")[0]
    assert word == Word("surat", 0, 5)
    with pytest.raises(AttributeError):
        word.text = "lain"  # type: ignore[misc]


def test_folding_a_character_is_final_for_every_code_point() -> None:
    """Folding again, or after lower case, changes nothing; lower case keeps the length that spans rely on."""
    for code in range(0x110000):
        folded = characters.fold_character.__wrapped__(chr(code))
        lower = folded.lower()
        assert len(lower) == len(folded) <= 4
        assert characters.fold(folded) == folded
        assert characters.fold(lower) == lower
    assert all(characters.fold_character(chr(code)) == chr(code) for code in range(128))


def test_every_slang_form_leads_to_words_that_stay() -> None:
    targets = [line.partition(":")[0] for line in slang._TABLE.strip().splitlines()]
    listed = [form for line in slang._TABLE.strip().splitlines() for form in line.partition(":")[2].split()]
    assert [form for form, count in Counter(listed).items() if count > 1] == []
    assert len(listed) >= 450
    assert [target for target in targets if normalise(target) != target] == []
    assert [form for form in listed if normalise(form) != slang.SLANG[form]] == []


def test_ambiguous_abbreviations_are_left_alone() -> None:
    """Doctor, Habib Rizieq, the audit board, kilometres, banks, schools: none of these is slang."""
    abbreviations = "dr hrs bpk km cm bri rb sma smp sm spt pgn psn kek polis mlm pak bu"
    assert slang.SLANG.keys().isdisjoint(abbreviations.split())


def test_no_outlet_is_a_word_of_the_dictionary() -> None:
    assert {"kompas", "gatra"} >= outlets.WORDS & ROOTS


def test_known_words_are_not_outlets_and_not_folded_away() -> None:
    assert [word for word in slang.KNOWN if not normalise(word)] == []


HOSTILE = {
    "one letter": "a",
    "letters apart": "a ",
    "dots": "a.",
    "hyphens": "a-",
    "slashes": "a/",
    "commas": "a,",
    "digits": "1a",
    "open tags": "<a ",
    "open scripts": "<script>",
    "open comments": "<!--",
    "ampersands": "&amp;",
    "at signs": "a@",
    "addresses": "http://",
    "www": "www.",
    "boilerplate": "Baca juga:",
    "bylines": "Editor: Aa ",
    "follow": "Ikuti ",
    "brackets": "(Foto ",
    "signatures": "(ab/cd",
    "dashes": " - ",
    "spaces": " ",
    "marks": "!",
    "dollars": "$a",
    "underscores": "a_",
    "zero-width": "a\u200b",
    "full-width": "\uff21",
    "flags": "\U0001f1ee",
    "marks on marks": "\u0301",
    "ligatures": "\ufdfa",
    "stretched": "aaae",
    "NUL": "\x00",
    "surrogates": "\ud800",
    "capitals": "AA, ",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_reading_and_aligning_are_linear(unit: str) -> None:
    """Four times the text may cost about four times the time; a quadratic step would cost sixteen times."""
    small, large = (unit * (size // len(unit)) for size in (20_000, 80_000))
    ratios = [seconds(large) / max(seconds(small), 0.002) for _ in range(3)]
    assert min(ratios) < 9, ratios


def seconds(original: str) -> float:
    began = time.process_time()
    align(read(original))
    return time.process_time() - began


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_a_megabyte_of_anything_is_read_in_seconds(unit: str) -> None:
    original = unit * (1_000_000 // len(unit))
    began = time.process_time()
    read(original)
    assert time.process_time() - began < 4


def test_memory_stays_bounded_on_endless_new_words() -> None:
    rng = random.Random(7)
    for _ in range(8):
        read(" ".join(f"{rng.getrandbits(60):x}" for _ in range(10_000)))
    assert len(text._glance.__self__) <= tokens.MEMO_ENTRIES  # type: ignore[attr-defined]
    assert len(tokens.fold_token.__self__) <= tokens.MEMO_ENTRIES  # type: ignore[attr-defined]
    long = "b" * (tokens.MEMO_LENGTH + 1)
    read(long)
    assert long not in tokens.fold_token.__self__  # type: ignore[attr-defined]
