"""Regions: which kode wilayah a text names, what only looks like a name, and the gazetteer behind it."""

import csv
import os
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.regions import gazetteer, regions
from classifiers.regions.build import build
from classifiers.regions.lexicon import lexicon, shipped
from classifiers.regions.tokens import TOKEN, Tokens

SHARED = Path(os.environ.get("JERNIH_SHARED", Path(__file__).parent.parent.parent / "shared"))
KEDIRI = ("35.06", "35.71")
MALANG = ("35.07", "35.73")
SERANG = ("36.04", "36.73")
JOGJA = ("34", "34.71")

# Text -> codes. A bare name that is both answers both; words around it, and nothing else, may settle it.
NAMED: list[tuple[str, tuple[str, ...]]] = [
    # one name, two regions
    ("Kediri diguncang gempa", KEDIRI),
    ("Kota Kediri diguncang gempa", ("35.71",)),
    ("Kabupaten Kediri diguncang gempa", ("35.06",)),
    ("Rapat di Kab. Kediri batal", ("35.06",)),
    ("rapat di kab kediri batal", ("35.06",)),
    ("bupati kediri ditangkap", ("35.06",)),
    ("Wali Kota Kediri membantah", ("35.71",)),
    ("walikota kediri membantah", ("35.71",)),
    ("Pemkot Kediri membantah", ("35.71",)),
    ("Pemkab Kediri membantah", ("35.06",)),
    ("KPU Kabupaten Kediri menetapkan DPT", ("35.06",)),
    ("Bupati Kediri dan Wali Kota Kediri bertemu", KEDIRI),
    ("Kabupaten dan Kota Kediri sama-sama rawan", KEDIRI),
    ("Pilkada di kota/kabupaten Kediri", KEDIRI),
    ("Bupati dan Wali Kota Madiun bertemu", ("35.19", "35.77")),
    ("Wali Kota dan Wakil Wali Kota Kediri", ("35.71",)),
    ("Pilwali Madiun memanas", ("35.77",)),
    ("cabup blitar digugat", ("35.05",)),
    ("Polres Kediri Kota menangkap dua orang", ("35.71",)),
    ("Polrestabes Semarang berjaga", ("33.74",)),
    ("warga tegal mengeluh", ("33.28", "33.76")),
    ("Kota Bandung dan Kabupaten Bandung", ("32.73", "32.04")),
    # settled by another mention of the same article
    ("Wali Kota Kediri marah. Warga Kediri resah", ("35.71",)),
    ("Warga Kediri resah. Pemkab Kediri turun tangan", ("35.06",)),
    ("Warga Kediri dan Kota Blitar resah", (*KEDIRI, "35.72")),
    # provinces and namesakes of provinces
    ("Jambi rawan", ("15", "15.71")),
    ("Gubernur Jambi dilantik", ("15",)),
    ("Kota Jambi rawan", ("15.71",)),
    ("Gorontalo rawan", ("75", "75.01", "75.71")),
    ("Bupati Gorontalo dilantik", ("75.01",)),
    ("Pemprov Gorontalo mengimbau", ("75",)),
    ("Polda Bengkulu mengimbau", ("17",)),
    ("Yogyakarta rawan", JOGJA),
    ("Pilkada di Jogja aman", JOGJA),
    ("Pemkot Yogyakarta mengimbau", ("34.71",)),
    ("warga DI Yogyakarta mengantre", ("34",)),
    ("warga antre di Yogyakarta kemarin", JOGJA),
    ("DIY menggelar pemilu", ("34",)),
    ("Daerah Istimewa Yogyakarta", ("34",)),
    ("Provinsi Sumatra Utara", ("12",)),
    ("sumut dan sumatera barat", ("12", "13")),
    ("Kepulauan Riau", ("21",)),
    ("Riau dan Kepri", ("14", "21")),
    ("Kep. Bangka Belitung", ("19",)),
    ("Kalteng, Kalsel, Kaltim, Kaltara, Kalbar", ("62", "63", "64", "65", "61")),
    ("ntt ntb bali", ("53", "52", "51")),
    # the longest name wins
    ("Papua", ("91",)),
    ("Papua Barat", ("92",)),
    ("papua barat daya", ("96",)),
    ("Papua Pegunungan dan Papua Tengah", ("95", "94")),
    ("Bandung Barat", ("32.17",)),
    ("KPU Bandung Barat dan KPU Bandung", ("32.17", "32.04", "32.73")),
    ("Tangerang Selatan", ("36.74",)),
    ("Aceh Barat Daya", ("11.12",)),
    ("Padang Pariaman, Padang Panjang", ("13.05", "13.74")),
    ("Solok Selatan", ("13.11",)),
    ("Sumba Barat Daya", ("53.18",)),
    ("Jakarta Selatan dan Jakarta", ("31.74", "31")),
    ("Banjarnegara bukan Banjar Negara", ("33.04",)),
    # spellings and other names
    ("kota tual", ("81.72",)),
    ("Walikota Tual", ("81.72",)),
    ("Solo di Kota Solo", ("33.72",)),
    ("Ujung Pandang", ("73.71",)),
    ("Pematang Siantar dan Pematangsiantar", ("12.72",)),
    ("Toli-Toli, Tolitoli, Toli Toli", ("72.04",)),
    ("Fak-Fak, Fakfak", ("92.03",)),
    ("Palangka Raya dan Palangkaraya", ("62.71",)),
    ("Gunung Kidul dan Kulonprogo", ("34.03", "34.01")),
    ("Labuhan Batu Utara", ("12.23",)),
    ("Kep. Aru dan Kep Tanimbar", ("81.07", "81.03")),
    ("wamena rusuh", ("95.01",)),
    ("Timika dan Sentani", ("94.04", "91.03")),
    ("tangsel, jaksel, kukar", ("36.74", "31.74", "64.02")),
    ("warga Madura", ("35.26", "35.27", "35.28", "35.29")),
    ("Tidore dan Morotai", ("82.72", "82.07")),
    ("Pare-Pare dan Banjar Baru", ("73.72", "63.72")),
    ("#PilkadaKediri2029 #KotaTual #warganganjuk", (*KEDIRI, "81.72", "35.18")),
    ("ＫＯＴＡ ＴＵＡＬ", ("81.72",)),
    ("K\u200bota T\u200bual dan Kаbupaten Kеdiri", ("81.72", "35.06")),
    # names that are words too: proof decides
    ("nasib malang menimpa petani", ()),
    ("Petani malang itu menangis", ()),
    ("Sungguh malang nasibnya", ()),
    ("Hujan deras mengguyur Malang sejak pagi", MALANG),
    ("banjir di malang hari ini", MALANG),
    ("Banjir di malang melintang", ()),
    ("MALANG BENAR NASIB PETANI", ()),
    ("BANJIR BESAR DI MALANG", MALANG),
    ("Polisi Tangkap Begal di Malang", MALANG),
    ("bupati malang ditangkap", ("35.07",)),
    ("Kota Batu macet", ("35.79",)),
    ("pengunjung kota batu", ("35.79",)),
    ("Harga batu naik", ()),
    ("Lempar Batu ke Polisi", ()),
    ("Terukir di batu nisan", ()),
    ("Wisatawan memadati Batu sejak pagi", ("35.79",)),
    ("batu, jatim", ("35.79",)),
    ("Warga Serang Polisi", ()),
    ("massa serang kantor kpu", ()),
    ("kantor KPU di serang massa", ()),
    ("KPU Serang Menggelar Rapat", SERANG),
    ("kota serang", ("36.73",)),
    ("Serang, Banten", SERANG),
    ("Polisi Buru Penyebar Hoaks", ()),
    ("Kabupaten Buru", ("81.04",)),
    ("terburu-buru", ()),
    ("Pulau Buru", ("81.04", "81.09")),
    ("puncak acara di Puncak, Bogor", ("32.01", "32.71")),
    ("KKB di Kabupaten Puncak", ("94.05",)),
    ("Puncak Jaya", ("94.02",)),
    ("Bima Arya datang", ()),
    ("kata Bima kepada wartawan", ()),
    ("warga Bima mengungsi", ("52.06", "52.72")),
    ("Kota Bima", ("52.72",)),
    ("KPU Kabupaten Pati", ("33.18",)),
    ("tepung pati jagung", ()),
    ("bupati pati", ("33.18",)),
    ("palu arit", ()),
    ("gempa di Palu", ("72.71",)),
    ("medan perang", ()),
    ("Medan Banjir, Warga Medan Mengungsi", ("12.71",)),
    ("harga batu bara naik", ()),
    ("Polres Batu Bara", ("12.19",)),
    ("Polda Metro Jaya", ()),
    ("Polres Metro Bekasi", ("32.16", "32.75")),
    ("Kota Metro", ("18.72",)),
    ("Metro TV", ()),
    ("padang pasir", ()),
    ("Pemkot Padang", ("13.71",)),
    ("Danau Toba", ()),
    ("Bupati Toba", ("12.12",)),
    ("Roh Kudus", ()),
    ("Bupati Kudus", ("33.19",)),
    ("lima puluh kota di Indonesia", ()),
    ("Kabupaten Lima Puluh Kota", ("13.07",)),
    ("Kabupaten 50 Kota", ("13.07",)),
    ("daftar 50 kota terbaik", ()),
    ("Karo Penmas Polri", ()),
    ("Kabupaten Karo", ("12.06",)),
    ("ibu kota baru", ()),
    ("Kotabaru", ("63.02",)),
    ("arah barat kota", ()),
    ("Kuningan, Jakarta Selatan", ("31.74",)),
    ("Bupati Kuningan", ("32.08",)),
    ("Banjar, Denpasar, dan Gianyar", ("51.71", "51.04")),
    ("pelabuhan Ketapang", ()),
    ("KPU Ketapang", ("61.04",)),
    ("liang lahat", ()),
    # an address's province is not named for itself, and settles a name of two provinces
    ("Kediri, Jawa Timur", KEDIRI),
    ("Kota Kediri, Jatim", ("35.71",)),
    ("Kota Kediri (Jawa Timur)", ("35.71",)),
    ("di Kabupaten Malang, Provinsi Jawa Timur.", ("35.07",)),
    ("Gubernur Jawa Timur ke Kediri, Jawa Timur", ("35", *KEDIRI)),
    ("Banjar, Jawa Barat", ("32.79",)),
    ("Kabupaten Banjar", ("63.03",)),
    ("warga Banjar", ("32.79", "63.03")),
    # not places
    ("dari Sabang sampai Merauke", ()),
    ("Kota Sabang", ("11.72",)),
    ("Jalan Surabaya 12, Jl. Medan, jln Kediri", ()),
    ("soto Lamongan dan sate Padang", ()),
    ("Papua Nugini dan Timor Leste", ()),
    ("Persib Bandung kalah dari Bali United", ()),
    ("Radar Kediri dan Tribun Jabar", ()),
    ("Kecamatan Kediri, Desa Blitar", ()),
    ("baca kediri.tribunnews.com atau https://example.test/banjir-di-blitar @pemkot.madiun", ()),
    ("tanah, laut, dan udara", ()),
    ("", ()),
    ("Pemilu 2024 berjalan lancar", ()),
]


@pytest.mark.parametrize(("text", "codes"), NAMED)
def test_text_names_these_regions(text: str, codes: tuple[str, ...]) -> None:
    assert regions("", text) == codes


# Lead of an article -> codes: a dateline names a place; the capital's is where the press sits.
DATELINES = [
    ("KEDIRI, KOMPAS.com - Polisi menangkap", KEDIRI),
    ("Malang (ANTARA) - Polisi menangkap", MALANG),
    ("TEMPO.CO, Jakarta - Polisi menangkap", ()),
    ("Jakarta (ANTARA) - KPU Kota Tual", ("81.72",)),
    ("JAKARTA — Gubernur DKI Jakarta", ("31",)),
    ("Liputan6.com, Batu - Warga mengantre", ("35.79",)),
    ("Malang benar nasib petani - ia menangis", ()),
]


@pytest.mark.parametrize(("text", "codes"), DATELINES)
def test_dateline_is_a_place_and_jakarta_is_none(text: str, codes: tuple[str, ...]) -> None:
    assert regions("", text) == codes


def test_title_comes_first_and_each_code_once() -> None:
    assert regions("Kota Tual", "Ambon dan Kota Tual, lalu Ambon") == ("81.72", "81.71")


def test_home_orders_and_never_drops() -> None:
    assert regions("Ambon, Kediri, Tual", "Kota Tual", home="35.71") == ("35.71", "81.71", "35.06", "81.72")
    assert regions("Ambon dan Kota Blitar", "", home="35") == ("35.72", "81.71")
    assert regions("Ambon", "", home="99.99") == regions("Ambon", "", home="") == ("81.71",)


# Text -> codes for the office of Kota Kediri, whose kecamatan are Mojoroto, Kota and Pesantren.
KECAMATAN = [
    ("banjir di mojoroto", ("35.71", "35.71.01")),
    ("Kecamatan Mojoroto", ("35.71", "35.71.01")),
    ("Panwascam Mojoroto", ("35.71", "35.71.01")),
    ("Kecamatan Pesantren", ("35.71", "35.71.03")),
    ("Kec. Kota, Kota Kediri", ("35.71", "35.71.02")),
    ("santri pesantren di kota", ()),
    ("Pondok Pesantren Lirboyo", ()),
    ("Kecamatan Kota", ()),  # so are others for short, and the text does not say which
    ("Kecamatan Kota Sumenep", ()),
    ("Kecamatan Kota Kediri", ("35.71", "35.71.02")),
]


@pytest.mark.parametrize(("text", "codes"), KECAMATAN)
def test_kecamatan_of_the_office_are_read(text: str, codes: tuple[str, ...]) -> None:
    assert regions("", text, home="35.71") == codes


def test_kecamatan_of_others_are_not_read() -> None:
    assert regions("", "Kecamatan Mojoroto", home="81.72") == ()
    assert regions("", "Kecamatan Mojoroto") == ()
    assert regions("", "Kecamatan Mojoroto dan mojoroto", home="35") == ("35.71", "35.71.01")


def test_gazetteer_holds_the_country() -> None:
    kinds = Counter(area.kind for area in gazetteer())
    assert kinds["provinsi"] == 38
    assert kinds["kabupaten"] == 416
    assert kinds["kota"] == 98
    assert kinds["kabupaten"] + kinds["kota"] == 514
    assert sum(len(gazetteer().districts(area.code)) for area in gazetteer() if area.kind == "provinsi") == 7_285


def test_twenty_six_names_are_kabupaten_and_kota_or_two_regions() -> None:
    bare = Counter(area.bare for area in gazetteer() if area.kind != "provinsi")
    assert sum(count == 2 for count in bare.values()) == 26
    assert max(bare.values()) == 2


def test_gazetteer_knows_names_kinds_and_provinces() -> None:
    book = gazetteer()
    assert book.name("81.72") == "Kota Tual"
    assert book.name("35.71.03") == "Kecamatan Pesantren"
    assert book.name("99") == book.kind("99.01") == book.province("") == ""
    assert (book.kind("35"), book.kind("35.06"), book.kind("35.71"), book.kind("35.71.01")) == (
        "provinsi", "kabupaten", "kota", "kecamatan",
    )  # fmt: skip
    assert book.province("35.71.01") == book.province("35.71") == "35"
    assert "31.71" in book
    assert "31.71.01" in book
    assert "31.79" not in book
    assert 31 not in book
    assert book.find("Kediri") == KEDIRI
    assert book.find("kab. kediri") == book.find("Kabupaten  Kediri") == ("35.06",)
    assert book.find("Kota Kediri") == ("35.71",)
    assert book.find("Kota Jakarta Pusat") == book.find("Kota Administrasi Jakarta Pusat") == ("31.71",)
    assert book.find("Atlantis") == ()


@pytest.mark.parametrize(
    ("code", "name", "zone"),
    [
        ("11", "WIB", "Asia/Jakarta"),
        ("61", "WIB", "Asia/Jakarta"),
        ("62.71", "WIB", "Asia/Jakarta"),
        ("35.71", "WIB", "Asia/Jakarta"),
        ("51", "WITA", "Asia/Makassar"),
        ("63", "WITA", "Asia/Makassar"),
        ("53.71", "WITA", "Asia/Makassar"),
        ("76", "WITA", "Asia/Makassar"),
        ("81.72", "WIT", "Asia/Jayapura"),
        ("96", "WIT", "Asia/Jayapura"),
        ("00", "", ""),
    ],
)
def test_region_has_its_clock(code: str, name: str, zone: str) -> None:
    assert gazetteer().zone_name(code) == name
    assert gazetteer().zone(code) == zone


def test_every_official_name_is_found_in_a_text() -> None:
    for area in gazetteer():
        kind = "Provinsi " if area.kind == "provinsi" else ""
        found = regions("", f"Rapat {kind}{area.name} selesai.")
        assert found == (area.code,), f"{area.name} gives {found}"


def test_shipped_names_are_sound() -> None:
    data = shipped()
    spellings = {" ".join(name.tokens) for name in lexicon() if name.codes}
    cared = [name for names in data["care"].values() for name in names]
    assert max(Counter(cared).values()) == 1, "a name stands under one care only"
    assert set(cared) <= spellings, "care is for names that exist"
    wrong = [name for name, codes in data["alias"].items() for code in codes if code not in gazetteer()]
    assert wrong == []
    assert next(name for name in lexicon() if name.tokens == ("puncak",)).proofs == frozenset()


def test_build_reads_the_package(tmp_path: Path) -> None:
    (tmp_path / "provinces.csv").write_text("code,name\n35,Jawa Timur\n")
    (tmp_path / "regencies.csv").write_text("code,province_code,name\n35.71,35,Kota Kediri\n")
    rows = ["code,regency_code,name", "35.71.02,35.71,Kota", "35.71.01,35.71,Mojoroto"]
    (tmp_path / "districts.csv").write_text("\n".join(rows) + "\n")
    assert build(tmp_path, tmp_path / "out") == (2, 2)
    assert (tmp_path / "out" / "gazetteer.csv").read_text() == "35,Jawa Timur\n35.71,Kota Kediri\n"
    assert (tmp_path / "out" / "districts.csv").read_text() == "35.71;01 Mojoroto;02 !Kota\n"


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text(), st.sampled_from(["", "35", "35.71", "99", "kota"]))
def test_any_text_gives_codes_that_exist(title: str, text: str, home: str) -> None:
    assert all(code in gazetteer() for code in regions(title, text, home))


PIECES = ["kota", "Kota ", "kab.", " Kediri", "Jakarta", ", ", " - ", "DI ", "batu ", "Jawa Timur", "(", "\n", "@"]
PIECES += [".com", "\u200b"]


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_plain_text_is_cut_as_the_pattern_cuts_it(text: str) -> None:
    tokens = Tokens(text.replace("#", " ").replace("@", " ").replace(".c", " ").replace("://", " "))
    assert (tokens.raw, tokens.low) == (TOKEN.findall(tokens._text), TOKEN.findall(tokens._text.lower()))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_mix_of_markers_is_read(pieces: list[str]) -> None:
    assert set(regions("", "".join(pieces), "35.71")) <= {
        *KEDIRI, "31", "35", "35.79", "31.01", "35.71.01", "35.71.02", "35.71.03", "32.79",
    }  # fmt: skip


HOSTILE = ["kota batu, ", "Kabupaten ", "padang ", "a", "@", "http://", "x.com", "(", "papua barat ", "ﬀ"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        regions("", text, "35.71")
        return time.process_time() - began

    seconds(1_000)
    assert seconds(400_000) < 12 * seconds(100_000) + 0.05


@pytest.mark.shared
def test_codes_of_the_shared_catalogue_exist() -> None:
    path = SHARED / "sources.csv"
    if not path.is_file():
        pytest.skip("shared research data is not here")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kode_wilayah"] != "00"]
    assert rows
    unknown = [row["name"] for row in rows if row["kode_wilayah"] not in gazetteer()]
    assert unknown == []
