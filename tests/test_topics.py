"""Topics: the issues of the taxonomy in slang posts and formal news, whom they are about, and the taxonomy itself."""

import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.model import packaged
from classifiers.text import read
from classifiers.topics import Taxonomy, election, issues, pieces, targets, taxonomy, together, topics

KOMINFO = {
    "kesehatan", "penipuan", "pemerintah", "politik", "internasional", "kejahatan", "kebencanaan",
    "pencemaran_nama_baik", "keagamaan", "mitos", "perdagangan", "pendidikan", "lainnya",
}  # fmt: skip
BAHAYA = {
    "hoaks_propaganda", "politik_uang", "serangan_fajar", "politik_identitas", "kampanye_hitam", "intimidasi",
    "netralitas", "fasilitas_negara", "identitas_palsu", "wilayah_baru", "protes_hasil",
}  # fmt: skip
NARASI = {
    "keberpihakan_aparat", "hasil_survei", "kerusuhan_penundaan", "surat_suara_tps", "dukungan",
    "penyelenggara_ditangkap", "kandidat_gugur", "bantuan_uang", "phishing_pemilih", "daftar_pemilih",
}  # fmt: skip

# Text -> the dangers and narratives among its topics, all of them.
ISSUES: list[tuple[str, set[str]]] = [
    # politik uang, serangan fajar
    ("Bawaslu menemukan politik uang di lima kecamatan", {"politik_uang"}),
    ("awas money politic pilkada kota kita!!", {"politik_uang"}),
    ("bagi2 amplop paslon 02 di rt kami", {"politik_uang", "bantuan_uang"}),
    ("Timses caleg itu membagi-bagikan sembako kepada warga", {"politik_uang", "bantuan_uang"}),
    ("SERANGAN FAJAR jelang coblosan", {"politik_uang", "serangan_fajar"}),
    ("Pembagian sembako bagi korban banjir", set()),
    ("serangan jantung di pagi hari", set()),
    # hoaks, kampanye hitam, identitas
    ("Polri bantah kabar bohong soal banjir", {"hoaks_propaganda"}),
    ("Hoax jangan disebar ya gaes", {"hoaks_propaganda"}),
    ("ini no hoax, asli dari teman saya", set()),
    ("Kampanye hitam menyerang calon wali kota", {"kampanye_hitam"}),
    ("Kampanye vaksinasi di sekolah", set()),
    ("jgn pilih pemimpin kafir, capres antek aseng", {"politik_identitas"}),
    ("Politisasi SARA ancam pemilu", {"politik_identitas"}),
    # intimidasi, netralitas, fasilitas
    ("Warga diintimidasi agar memilih paslon nomor urut 1", {"intimidasi"}),
    ("Polisi usut intimidasi terhadap wartawan", set()),
    ("ASN wajib jaga netralitas", {"netralitas"}),
    ("Camat dilaporkan karena tidak netral dalam Pilkada", {"keberpihakan_aparat"}),
    ("Kades ikut kampanye, Bawaslu turun tangan", {"netralitas"}),
    ("Mobil dinas dipakai kampanye", {"fasilitas_negara"}),
    ("Mobil dinas bupati mogok", set()),
    # identitas, DOB, protes
    ("WNA China punya e-KTP dan masuk DPT", {"identitas_palsu", "daftar_pemilih"}),
    ("Sistem noken dipakai pada Pilkada Papua Pegunungan", {"wilayah_baru"}),
    ("Massa demo di kantor KPU menolak hasil Pilkada", {"protes_hasil", "hasil_survei"}),
    ("Demo buruh menolak kenaikan BBM", set()),
    # narratives
    ("Kapolri perintahkan jajaran memenangkan capres tertentu", {"netralitas", "keberpihakan_aparat"}),
    ("quick count menangkan paslon 03, real count beda jauh", {"hasil_survei"}),
    ("server kpu dihack hacker rusia", {"hasil_survei"}),
    ("PILKADA DITUNDA 2 TAHUN, VIRALKAN", {"kerusuhan_penundaan"}),
    ("Penundaan penerbangan karena cuaca", set()),
    ("7 kontainer surat suara sudah tercoblos", {"surat_suara_tps"}),
    ("Kotak suara dari kardus", {"surat_suara_tps"}),
    ("Ulama sepakat dukung cagub nomor urut 2", {"dukungan"}),
    ("Warga dukung pembangunan jembatan", set()),
    ("Komisioner KPU ditangkap KPK, terima suap", {"penyelenggara_ditangkap"}),
    ("Ketua Bawaslu jadi tersangka", {"penyelenggara_ditangkap"}),
    ("Bupati kena OTT KPK", set()),
    ("Calon gubernur itu didiskualifikasi KPU", {"kandidat_gugur"}),
    ("bacapresnya mundur dari pilpres", {"kandidat_gugur"}),
    ("Klik link ini untuk cek DPT online", {"phishing_pemilih"}),
    ("KPU menurunkan 287 APK yang melanggar", set()),
    ("Pemilih ganda dan pemilih hantu di DPT", {"daftar_pemilih"}),
    ("Latihan soal pilihan ganda kelas 5", set()),
    ("Cara membuat sate yang empuk", set()),
    ("Piala dunia memasuki partai puncak", set()),
]


@pytest.mark.parametrize(("text", "issues"), ISSUES)
def test_text_has_these_issues(text: str, issues: set[str]) -> None:
    assert set(topics("", text)) - KOMINFO == issues


CATEGORIES = [
    ("Vaksin Covid-19 mengandung virus hidup", {"kesehatan"}),
    ("Selamat Anda dapat hadiah, klik tautan dan transfer ke rekening ini", {"penipuan"}),
    ("Akun WhatsApp palsu mengatasnamakan bupati", {"penipuan"}),
    ("Pemkot meresmikan program subsidi baru", {"pemerintah"}),
    ("Partai politik berkoalisi mengusung capres", {"politik"}),
    ("Israel menyerang Gaza, PBB mengecam", {"internasional"}),
    ("Penculikan anak, pelaku ditangkap polisi", {"kejahatan"}),
    ("Gempa M 6,1 berpotensi tsunami, kata BMKG", {"kebencanaan"}),
    ("Artis itu melapor pencemaran nama baik", {"pencemaran_nama_baik"}),
    ("Ulama dan santri berdoa di masjid", {"keagamaan"}),
    ("Warga heboh penampakan pocong dan kuntilanak", {"mitos"}),
    ("Harga minyak goreng di pasar naik, impor dibuka", {"perdagangan"}),
    ("Siswa sekolah dasar menerima beasiswa", {"pendidikan"}),
    ("Resep sambal enak", {"lainnya"}),
    ("KPU jadwalkan pemungutan suara", {"politik"}),
]


@pytest.mark.parametrize(("text", "categories"), CATEGORIES)
def test_text_has_its_kominfo_category(text: str, categories: set[str]) -> None:
    assert set(topics("", text)) & KOMINFO == categories


WHOM = [
    ("KPU dan Bawaslu menggelar rapat", ("penyelenggara",)),
    ("Paslon 02 dan tim suksesnya kampanye di lapangan", ("peserta",)),
    ("Gubernur dan DPRD membahas APBD", ("pemerintah",)),
    ("Warga yang belum terdaftar di DPT diimbau melapor", ("pemilih",)),
    ("KPU mendata pemilih pemula", ("penyelenggara", "pemilih")),
    ("Calon presiden tiba di bandara", ("peserta",)),
    ("Calon jemaah haji tiba di bandara", ()),
    ("Jadwal partai final malam ini", ()),
    ("Pembakaran sampah di TPS liar", ()),
    ("Pemutihan PKB: pajak kendaraan", ()),
    ("Resep sambal enak", ()),
]


@pytest.mark.parametrize(("text", "whom"), WHOM)
def test_text_is_about_whom(text: str, whom: tuple[str, ...]) -> None:
    assert targets("", text) == whom


def test_title_and_text_are_read_together() -> None:
    assert "politik_uang" in topics("Politik uang", "Resep sambal")
    assert topics("Bawaslu", "didatangi massa, politik uang")[:1] == ("politik_uang",)


def test_no_words_no_topics() -> None:
    assert topics("", "") == targets("", "") == ()
    assert topics(" ", "!!! ...") == ()


def test_hidden_letters_do_not_hide_an_issue() -> None:
    assert "politik_uang" in topics("", "p\u200bolitik ua\u200bng")
    assert "politik_uang" in topics("", "ｐｏｌｉｔｉｋ ｕａｎｇ")


def test_taxonomy_names_what_offices_name() -> None:
    groups: dict[str, set[str]] = {}
    for topic in taxonomy().topics.values():
        groups.setdefault(topic.group, set()).add(topic.code)
    assert groups == {"bahaya": BAHAYA, "narasi": NARASI, "kominfo": KOMINFO}
    assert len(KOMINFO) == 13
    assert list(taxonomy().targets) == ["penyelenggara", "peserta", "pemerintah", "pemilih"]
    for topic in [*taxonomy().topics.values(), *taxonomy().targets.values()]:
        assert topic.name
        assert topic.english
        assert (topic.athg in {"ancaman", "tantangan", "hambatan", "gangguan"}) == (topic.group in ("bahaya", "narasi"))


def test_every_pattern_can_be_met() -> None:
    """A phrase whose words the normaliser would never leave in a text finds nothing and says nothing."""
    data = tomllib.loads(packaged("taxonomy.toml"))
    entries = [*data["topic"], *data["kominfo"]["topic"], *data["target"], *data["election"]["level"]]
    written = {one for entry in entries for key in ("patterns", "strong", "weak") for one in entry.get(key, ())}
    written |= {one for words in data["words"].values() for one in words}
    phrases = {part.strip() for one in written for part in one.replace("&", "~").split("~") if "{" not in part}
    lost = [
        phrase for phrase in sorted(phrases) if pieces(read(plain := phrase.replace("=", "")).words) != plain.split()
    ]
    assert lost == []


def test_unknown_list_of_words_is_refused() -> None:
    data = tomllib.loads(packaged("taxonomy.toml"))
    data["topic"][0]["patterns"] = ["{tidak_ada} ~ uang"]
    with pytest.raises(ValueError, match="tidak_ada"):
        Taxonomy(data)


def test_near_is_near() -> None:
    assert together([[1, 40], [50]], 10)
    assert not together([[1, 40], [51]], 10)
    assert together([[0], [5], [10]], 10)
    assert not together([[0], [5], [11]], 10)
    assert not together([[1], []], 10)
    far = "amplop " + "kata " * 30 + "paslon bagi-bagi"
    assert "politik_uang" not in topics("", far)


# Text -> the range in which its concern with an election lies.
ELECTION = [
    ("KPU menetapkan jadwal pemungutan suara", 0.95, 1.0),
    ("Pilkada 2029 digelar serentak", 0.9, 1.0),
    ("hitung cepat pemilu 2029", 0.9, 1.0),
    ("pilwalkot kota kita panas, cawalkot saling serang", 0.9, 1.0),
    ("siapa cawapresnya?", 0.85, 1.0),
    ("KPPS di TPS 05 mencoblos sendiri", 0.95, 1.0),
    ("Wali kota meresmikan jembatan", 0.05, 0.45),
    ("Presiden, gubernur, bupati, dan partai membahas demokrasi", 0.3, 0.5),
    ("Petahana maju lagi", 0.4, 0.8),
    ("Pemilihan presiden Amerika Serikat dimenangkan Trump", 0.5, 0.75),
    ("Kampanye vaksinasi campak", 0.05, 0.3),
    ("Suara ledakan mengagetkan warga", 0.05, 0.3),
    ("Kisah memilukan seekor paus", 0.0, 0.05),
    ("Resep sambal enak", 0.0, 0.0),
    ("", 0.0, 0.0),
]


@pytest.mark.parametrize(("text", "least", "most"), ELECTION)
def test_text_concerns_an_election(text: str, least: float, most: float) -> None:
    assert least <= election("", text) <= most


WEAK = ["gubernur", "bupati", "wali kota", "presiden", "partai", "suara", "politik", "dukung", "menang"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(WEAK), max_size=40))
def test_weak_words_alone_stay_below_one_half(words: list[str]) -> None:
    assert election("", " resep ".join(words)) < 0.5


def test_one_reading_gives_all_three() -> None:
    found = issues("Politik uang", "KPU memeriksa caleg")
    assert (found.topics, found.targets, found.election) == (
        topics("Politik uang", "KPU memeriksa caleg"),
        ("penyelenggara", "peserta"),
        election("Politik uang", "KPU memeriksa caleg"),
    )
    assert taxonomy().judge(["politik", "uang"], ["kpu", "memeriksa", "caleg"]) == found


def test_candidates_hide_the_office_they_want() -> None:
    assert targets("", "calon gubernur berjanji") == ("peserta",)
    assert targets("", "calon gubernur dan gubernur bertemu") == ("peserta", "pemerintah")


@settings(max_examples=200, deadline=None)
@given(st.text(), st.text())
def test_any_text_gives_codes_that_exist(title: str, text: str) -> None:
    found = topics(title, text)
    assert set(found) <= set(taxonomy().topics)
    assert len(set(found)) == len(found)
    assert sum(code in KOMINFO for code in found) <= 2
    assert set(targets(title, text)) <= set(taxonomy().targets)
    assert 0.0 <= election(title, text) <= 1.0


@pytest.mark.parametrize(
    "piece", ["uang ", "calon presiden ", "bagi-bagi amplop paslon ", "a", "kpu-", "{pemilu} ~ & "]
)
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        topics("", text)
        return time.process_time() - began

    seconds(2_000)
    assert seconds(1_000_000) < 1.0
