"""figures -> model card: one page in Indonesian and one in English, every number out of the figures."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any, Final

from classifiers.evaluate.targets import TARGETS, value

KINDS: Final = {
    "national_news": ("berita nasional", "national news"),
    "regional_news": ("berita daerah", "regional news"),
    "headlines": ("judul saja", "headlines alone"),
    "fact_checks": ("artikel cek fakta", "fact-checkers' articles"),
    "true_checked_posts": ("unggahan yang diperiksa dan benar", "posts that were checked and found true"),
    "made_up_opinion": ("unggahan pendapat buatan sendiri", "opinion posts of our own making"),
    "made_up_announcements": ("pengumuman buatan sendiri", "announcements of our own making"),
    "made_up_municipal": ("berita kantor daerah buatan sendiri", "municipal news of our own making"),
    "made_up_clarifications": ("klarifikasi buatan sendiri", "clarifications of our own making"),
    "measured_opinion": ("unggahan pendapat yang tidak pernah dilatih", "opinion posts never trained on"),
    "measured_municipal": ("judul kantor daerah yang tidak pernah dilatih", "municipal headlines never trained on"),
    "election_hoaxes": ("hoaks pemilu (harus tinggi)", "election hoaxes (should be high)"),
    "political_hoaxes": ("hoaks politik tanpa menyebut pemilu (harus tinggi)", "political hoaxes (should be high)"),
}
STREAMS: Final = (
    ("by_hoax", "stream_hoax"),
    ("election_by_hoax", "stream_election_hoax"),
    ("election_by_rank", "stream_election"),
    ("political_by_rank", "stream_political"),
)
FOLDS: Final = {
    "later": ("2023 dan sesudahnya, lima media lain", "2023 and later, five other outlets"),
    "last": ("paruh kedua 2025, tiga media lain lagi", "second half of 2025, three more outlets"),
    "clusters": ("seperlima isu secara acak", "a random fifth of all rumours"),
}
GROUPS: Final = {
    "later": (
        "Tempo, Republika, Metro TV, Okezone, Tribun daerah", "Tempo, Republika, Metro TV, Okezone, Tribun (regional)",
    ),
    "detik_cnn": ("Detik, CNN Indonesia", "Detik, CNN Indonesia"),
    "liputan6_sindonews": ("Liputan6, CNBC, Sindonews, Kapanlagi", "Liputan6, CNBC, Sindonews, Kapanlagi"),
    "kompas": ("Kompas", "Kompas"),
}
WORDS: Final = {
    "id": {
        "title": "Kartu model: indikasi hoaks",
        "intro": (
            "Model ini mengurutkan antrean; ia tidak menyatakan benar atau salah. Model linear melihat cara sebuah "
            "teks "
            "dibuat, bukan kebenarannya: pada teks dari satu situs dan satu gaya, ia jauh lebih lemah (lihat di "
            "bawah). "
            "Skor adalah indikasi, hasil verifikasi hanya dibuat manusia."
        ),
        "held": "Diuji pada teks yang tidak pernah dilatih",
        "fold": "bagian uji",
        "stream": "Aliran tiruan: 100 hoaks di antara 9.900 konten biasa, 50 undian",
        "by_hoax": "semua hoaks, menurut indikasi",
        "election_by_hoax": "hoaks pemilu, menurut indikasi",
        "election_by_rank": "hoaks pemilu, menurut prioritas",
        "political_by_rank": "hoaks politik dan pemilu, menurut prioritas",
        "targets": "Yang harus dicapai dan yang tercapai",
        "figure": "angka",
        "value": "model ini",
        "must": "harus",
        "aim": "cita-cita",
        "reached_aim": "cita-cita tercapai",
        "reached_must": "tercapai",
        "reached_not": "**belum**",
        "reached_-": "tidak diukur",
        "unreached": (
            "Yang belum tercapai, dan mengapa. P@100 menurut indikasi untuk semua hoaks: di puncaknya berdiri "
            "judul pendek tanpa isi dari media yang tidak pernah dilatih (Gaza, agama, bola, tip); dari satu "
            "baris, cara menulis saja tidak membedakannya. Untuk hoaks pemilu angka itu tercapai, dan antrean "
            "disusun menurut prioritas. Hoaks pemilu tertandai pada seperlima isu: isinya hanya 48 teks (galat "
            "sekitar 0,07) dari segala tahun, sedangkan ambang dicari pada 2023 dan sesudahnya; menurunkannya "
            "akan menaikkan bagian unggahan dan berita yang tertandai. Unggahan pendapat: pola kalimat yang "
            "tidak dilatih masih sering tertandai karena sindiran politik terdengar seperti hoaks; membuat teks "
            "itu tiga kali lebih berat mengurangi bagiannya dari sekitar 30 % ke 20 % di bagian dalam, tetapi "
            "menurunkan R@1 % pemilu ke 0,75, karena itu tidak dilakukan. Situs dan gaya sama 2019: hanya 22 "
            "teks benar (galat sekitar 0,05) dan 140 judul; judul hoaks dan klarifikasi di sana dirumuskan "
            "pemeriksa fakta yang sama, jadi hampir tidak ada gaya yang tersisa untuk dibaca; skor model "
            "sendiri di sana 0,819 (teks) dan 0,751 (judul), tetapi 29 dari 419 hoaks berbahasa asing atau "
            "terlalu pendek dan ditarik ke satu dari seratus, dan itu menurunkan teks. Judul kantor daerah satu "
            "baris dengan huruf kecil biasa masih terlalu sering tertandai (4 dari selusin contoh sendiri): di "
            "korpus hampir semua judul memakai huruf besar di tiap kata."
        ),
        "matched": "Disamakan panjangnya",
        "matched_note": (
            "Hoaks pendek, berita panjang: pembanding panjang saja sudah terlihat hebat (di bawah). Di sini berita "
            "dipotong sehingga panjangnya tersebar seperti hoaks; panjang tidak lagi memberi tahu apa-apa."
        ),
        "length": "AUC panjang saja",
        "outlets": "Media yang seluruhnya disisihkan (bersama hoaks 2023 dan sesudahnya)",
        "outlet": "media",
        "flagged": "tertandai (terendah-tertinggi per media)",
        "halves": "Dua cara kalibrasi, dicari pada separuh isu dan diukur pada separuh lain",
        "flags": "Bagian yang masuk antrean, pada ambang yang dikirim",
        "kind": "jenis teks",
        "rotation": "tiap seperlima isu bergantian",
        "stance": "Sikap teks",
        "calibration": "Kalibrasi",
        "error": "galat kalibrasi (prevalensi 15 %)",
        "changes": "Nama ditukar dan teks disamarkan",
        "swapped": "perubahan rata-rata skor bila nama ditukar",
        "lost": "bagian hoaks yang lolos karena penyamaran",
        "ablation": "Tanpa satu bagian",
        "baseline": "Tiga pembanding bodoh",
        "same": "Situs sama, gaya sama, 2019: AUC salah lawan benar",
        "same_note": (
            "Nilai 0,5 berarti menebak. Inilah batas jujur model: ia mengenali kebiasaan menulis hoaks, bukan fakta."
        ),
        "errors": "Kesalahan yang dibaca satu per satu",
        "wrong_flags": (
            "Salah tandai, 60 teratas menurut indikasi di antara berita tahun 2023 dan sesudahnya, dibaca satu "
            "per satu: sekitar seperempat tentang Gaza, Israel, Yahudi, dan cerita keagamaan (bahan yang sama "
            "banyak dipakai hoaks); seperempat lagi judul politik satu kalimat tentang calon dan partai; sekitar "
            "sepersepuluh berita bola dengan kata asing dan kata yang menyambung; sisanya lirik lagu daerah, "
            "jadwal, promo, kunci jawaban dan tip WhatsApp, doa, kabar meninggal, \"viral\" dan TikTok, serta judul "
            "dua-tiga kata. Hampir semuanya judul tanpa isi; politiknya hampir semua dari satu media. Menurut "
            "prioritas, 45 teratas hampir seluruhnya judul masa kampanye 2023 tentang capres, cawapres, dan "
            "logistik KPU dari satu media itu, ditambah beberapa opini."
        ),
        "misses": (
            "Luput, 20 hoaks pemilu dan 45 hoaks politik di bawah ambang, dibaca satu per satu: terbanyak klaim "
            "tenang bahwa seorang pejabat memutuskan, mencopot, membebaskan, atau marah, ditulis seperti judul "
            "berita; lalu undangan, program bantuan, dan lowongan yang meniru naskah dinas; bagi-bagi uang atas "
            "nama kepala daerah; kutipan atau terjemahan pidato tanpa seruan; uraian pemeriksa fakta atas sebuah "
            "unggahan; teks yang menyebut \"hoaks\" atau \"tepis\" sehingga terbaca sebagai berita; dan beberapa yang "
            "politiknya hanya tampak dari nama panggilan. Satu unggahan sering tercatat dua kali, dengan dan "
            "tanpa judul pemeriksa fakta; judul itu menurunkan indikasinya."
        ),
        "limits": "Batas",
        "limit_text": (
            "Hampir semua hoaks dalam korpus berasal dari satu pemeriksa fakta, dan yang menyebut pemilu "
            "sekitar 400; judulnya sebagian dirumuskan oleh pemeriksa fakta. Teks biasa dari media sosial tidak "
            "ada dalam korpus; sebagai gantinya dipakai teks buatan sendiri (classifiers/data/contoh.toml), dan "
            "bagian tertandai darinya hanya petunjuk: cuitan nyata tidak tersedia dan tidak diukur. Resep "
            "(bobot judul per media, bobot teks yang terbukti benar dan teks sendiri, kekuatan penyusutan, "
            "kosakata) dipilih dari sekitar 45 percobaan pada bagian dalam yang hanya sampai 2022: 2017-2019 "
            "tanpa Kompas, 2020 tanpa Liputan6, CNN, dan CNBC, 2021-2022 tanpa Detik dan Sindonews, serta salah "
            "lawan benar tahun 2018 di satu situs. Bagian 2023 dan sesudahnya dengan lima medianya tetap bagian "
            "pengembangan: untuk resep ini ia dilihat lima kali (angka awal, resep terpilih beserta "
            "kesalahannya, dua bagian prioritas, teks sendiri tiga kali lebih berat, angka akhir), dan "
            "sebelumnya lebih sering; kalibrasi dan "
            "ambang dicari di sana, begitu pula faktor sikap memberitakan (0,15 menjadi 0,3), karena bagian "
            "dalam tidak membedakannya. Angkanya karena itu terlalu ramah. Bagian terakhir (paruh kedua 2025) "
            "tidak lagi murni: kesalahan model sebelumnya di sana pernah dibaca dan kata-kata seperti nama "
            "depan dikeluarkan dari gerbang politik. Dicoba dan ditolak: kata gaul yang tidak dilipat menaikkan "
            "P@100 di bagian dalam dari 0,48 ke 0,52, tetapi juga bagian unggahan pendapat yang tertandai dari "
            "29 % ke 34 %: ia mengenali unggahan, bukan hoaks. Kalibrasi isotonik diukur di atas; sigmoid yang "
            "dikirim, karena hanya dengan itu alasan menjumlah tepat menjadi skor. Teks yang terlalu sedikit "
            "untuk dinilai (kosong, kurang dari tiga kata, hanya nama dan angka, bukan bahasa Indonesia, bukan "
            "teks) tidak pernah masuk antrean dengan sendirinya: sikapnya tidak jelas, keraguannya disebut, dan "
            "indikasinya ditarik ke satu dari seratus, makin sedikit kata makin dekat. Semua angka di sini "
            "sudah memperhitungkannya; hoaks berbahasa Inggris karena itu terhitung luput."
        ),
    },
    "en": {
        "title": "Model card: hoax indication",
        "intro": (
            "This model ranks a queue; it does not say what is true. A linear model sees how a text is made, not "
            "whether it "
            "is right: on texts of one site and one style it is far weaker (below). A score is an indication; "
            "findings are "
            "made by people."
        ),
        "held": "Judged on texts it was never trained on",
        "fold": "held back",
        "stream": "Simulated streams: 100 hoaxes among 9,900 ordinary items, 50 draws",
        "by_hoax": "all hoaxes, by indication",
        "election_by_hoax": "election hoaxes, by indication",
        "election_by_rank": "election hoaxes, by priority",
        "political_by_rank": "political and election hoaxes, by priority",
        "targets": "What it must reach and what it reaches",
        "figure": "figure",
        "value": "this model",
        "must": "must",
        "aim": "aim",
        "reached_aim": "aim reached",
        "reached_must": "reached",
        "reached_not": "**not yet**",
        "reached_-": "not measured",
        "unreached": (
            "What is not reached, and why. P@100 by indication for all hoaxes: at its top stand short headlines "
            "without a body from outlets never trained on (Gaza, religion, football, tips); from one line, the "
            "way of writing alone does not tell them apart. For election hoaxes the figure is reached, and the "
            "queue is ordered by priority. Election hoaxes flagged in a fifth of all rumours: only 48 texts "
            "(error about .07) of all years, while the threshold is found on 2023 and later; a lower one would "
            "flag more posts and news. Opinion posts: patterns that were not trained on are still flagged "
            "often, because political mockery sounds like a hoax; making those texts three times as heavy "
            "lowers their share from about 30 % to 20 % on the inner folds, but lowers R@1 % of election hoaxes "
            "to .75, so it was not done. Same site and style 2019: only 22 true texts (error about .05) and 140 "
            "titles; hoaxes and clarifications there are titled by the same fact-checkers, so that hardly any "
            "style is left to read; the model's own score reaches .819 (texts) and .751 (titles) there, but 29 "
            "of 419 hoaxes are foreign or too short and drawn to one in a hundred, which lowers the texts. One-"
            "line headlines of municipal offices in ordinary small letters are still flagged too often (4 of a "
            "dozen examples of our own): nearly all headlines of the corpus begin every word with a capital."
        ),
        "matched": "At equal length",
        "matched_note": (
            "Hoaxes are short, news are long: length alone looks brilliant (below). Here news are cut so that their "
            "lengths are spread as those of the hoaxes; length tells nothing any more."
        ),
        "length": "AUC of length alone",
        "outlets": "Outlets held back whole (with the hoaxes of 2023 and later)",
        "outlet": "outlets",
        "flagged": "flagged (lowest-highest outlet)",
        "halves": "Two ways to calibrate, found on half of the rumours and measured on the other",
        "flags": "Share that enters the queue, at the shipped threshold",
        "kind": "kind of text",
        "rotation": "each fifth of rumours in turn",
        "stance": "Stance",
        "calibration": "Calibration",
        "error": "calibration error (prevalence 15 %)",
        "changes": "Names swapped, text disguised",
        "swapped": "mean change of score under swapped names",
        "lost": "share of hoaxes lost to the disguise",
        "ablation": "Without one part",
        "baseline": "Three dumb baselines",
        "same": "Same site, same style, 2019: AUC of false against true",
        "same_note": "0.5 is guessing. This is the honest limit: the model knows how hoaxes are written, not facts.",
        "errors": "Errors, read one by one",
        "wrong_flags": (
            "False flags, the 60 highest by indication among news of 2023 and later, read one by one: about a "
            "quarter on Gaza, Israel, Jews and religious lore (matter that hoaxes use as well); another quarter "
            "one-line political headlines about candidates and parties; about a tenth football with foreign and "
            "run-together words; the rest regional song lyrics, timetables, promotions, exam keys and WhatsApp "
            "tips, prayers, obituaries, \"viral\" and TikTok, and headlines of two or three words. Nearly all are "
            "headlines without a body; the political ones come almost all from one outlet. By priority the 45 "
            "highest are nearly all headlines of the campaign months of 2023 about candidates, running mates and "
            "the commission's logistics from that outlet, and a few opinion pieces."
        ),
        "misses": (
            "Misses, 20 election hoaxes and 45 political ones below the threshold, read one by one: most are calm "
            "claims that an official decided, dismissed, freed or raged, written like a headline; then "
            "invitations, aid programmes and vacancies in official prose; money given away in a governor's name; "
            "quotes or translated speeches without a call; fact-checkers' descriptions of a post; texts that say "
            "\"hoax\" or \"denies\" and so read as news; and a few whose politics shows in a nickname alone. One post "
            "is often there twice, with and without the fact-checker's title; that title lowers its indication."
        ),
        "limits": "Limits",
        "limit_text": (
            "Almost every hoax of the corpus was collected by one fact-checker, and about 400 name an election; "
            "their titles are partly the fact-checkers' own wording. Ordinary posts are not in the corpus; "
            "made-up ones of our own stand in (classifiers/data/contoh.toml), and the share of them that is "
            "flagged is a hint only: no real tweets are at hand and none were measured. The recipe (weight of "
            "headlines by outlet, of texts found true and of our own texts, strength of shrinkage, vocabulary) "
            "was chosen from about 45 trials on inner folds that end with 2022: 2017-2019 without Kompas, 2020 "
            "without Liputan6, CNN and CNBC, 2021-2022 without Detik and Sindonews, and false against true of "
            "2018 on one site. The fold of 2023 and later with its five outlets remains a development fold: for "
            "this recipe it was looked at five times (first figures, the chosen recipe with its errors, two "
            "parts of the priority, our own texts three times as heavy, last figures), and more often before; "
            "calibration and thresholds are found "
            "there, and so was the factor of the reporting stance (.15 to .3), which the inner folds could not "
            "tell apart. Its figures are therefore too kind. The last fold (second half of 2025) is no longer "
            "unseen: errors of an earlier model there were read, and words such as given names were taken out "
            "of the politics gate. Tried and refused: slang left as written raised P@100 on the inner folds "
            "from .48 to .52, but also the share of opinion posts flagged from 29 % to 34 %: it knows a post, "
            "not a hoax. Isotonic calibration is measured above; the sigmoid ships, because only under it do "
            "the reasons add up to the score exactly. A text with too little to judge (empty, fewer than three "
            "words, names and numbers alone, not Indonesian, not text) never enters the queue by itself: its "
            "stance is unclear, its doubt is stated, and its indication is drawn towards one in a hundred, the "
            "closer the fewer its words. All figures here count that; a hoax in English is therefore a miss."
        ),
    },
}


def card(found: Mapping[str, Any], language: str) -> str:
    """The whole page as Markdown."""
    words = WORDS[language]
    column = 0 if language == "id" else 1
    sections = (
        _top(found, words, column), _targets(found, words, column), _streams(found, words, column),
        _matched(found, words, column), _outlets(found, words, column), _flags(found, words, column),
        _stance(found, words, column), _calibration(found, words), _changes(found, words), _ablations(found, words),
        _baselines(found, words), _errors(words),
    )  # fmt: skip
    return "\n\n".join(sections) + "\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [" | ".join(head), " | ".join("---" for _ in head), *(" | ".join(map(str, row)) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)


def _top(found: Mapping[str, Any], words: Mapping[str, str], column: int) -> str:
    rows = []
    for name, label in FOLDS.items():
        ranks = found[name]["ranking"]
        amounts = f"{ranks['hoaxes']} / {ranks['election_hoaxes']} / {ranks['ordinary']}"
        figures = (ranks[name] for name in ("auc", "recall_1", "recall_5", "recall_1_election"))
        rows.append((label[column], *figures, amounts))
    head = (words["fold"], "AUC", "R@1 %", "R@5 %", "R@1 % pemilu", "n")
    return f"# {words['title']}\n\n{words['intro']}\n\n## {words['held']}\n\n{_table(head, rows)}"


def _targets(found: Mapping[str, Any], words: Mapping[str, str], column: int) -> str:
    rows = []
    for target in TARGETS:
        reached = value(found, target)
        sign = "<=" if target.low else ">="
        told = "-" if isnan(reached) else round(reached, 4)
        state = words[f"reached_{target.reached(reached) or 'not'}"]
        rows.append((target.label[column], told, f"{sign} {target.must}", f"{sign} {target.aim}", state))
    head = (words["figure"], words["value"], words["must"], words["aim"], "")
    return f"## {words['targets']}\n\n{_table(head, rows)}\n\n{words['unreached']}"


def _streams(found: Mapping[str, Any], words: Mapping[str, str], column: int) -> str:
    names = ("P@50", "P@100", "R@200", "R@500")
    rows = [
        (f"{label[column]}, {words[how]}", *(found[name]["ranking"][which][figure] for figure in names))
        for name, label in FOLDS.items()
        for how, which in STREAMS
    ]
    return f"## {words['stream']}\n\n{_table((words['fold'], *names), rows)}"


def _matched(found: Mapping[str, Any], words: Mapping[str, str], column: int) -> str:
    rows = []
    for name, label in FOLDS.items():
        same = found[name]["matched"]
        figures = (same[one] for one in ("auc", "auc_length", "recall_1", "recall_5"))
        rows.append((label[column], *figures, same["stream_hoax"]["P@100"]))
    head = (words["fold"], "AUC", words["length"], "R@1 %", "R@5 %", "P@100")
    return f"## {words['matched']}\n\n{words['matched_note']}\n\n{_table(head, rows)}"


def _outlets(found: Mapping[str, Any], words: Mapping[str, str], column: int) -> str:
    rows = []
    for name, held in ((name, found["outlets"][name]) for name in GROUPS if name in found["outlets"]):
        shares = [outlet["flagged"] for outlet in held["flagged"].values()]
        lowest = f"{_percent(min(shares))}-{_percent(max(shares))}" if shares else "-"
        streams = (held["stream_hoax"]["P@100"], held["stream_election"]["P@100"], held["stream_election"]["R@200"])
        rows.append((GROUPS[name][column], held["auc"], held["recall_1"], held["recall_1_headlines"], *streams, lowest))
    head = (
        words["outlet"], "AUC", "R@1 %", "R@1 % (judul)" if column == 0 else "R@1 % (headlines)", "P@100 indikasi",
        "P@100 prioritas", "R@200 prioritas", words["flagged"],
    )  # fmt: skip
    return f"## {words['outlets']}\n\n{_table(head, rows)}"


def _flags(found: Mapping[str, Any], words: Mapping[str, str], column: int) -> str:
    folds = (*FOLDS, "rotation")
    rows = [(label[column], *(_percent(found[fold]["flags"][kind]) for fold in folds)) for kind, label in KINDS.items()]
    head = (words["kind"], *(label[column] for label in FOLDS.values()), words["rotation"])
    return f"## {words['flags']}\n\n{_table(head, rows)}\n\n![flags](model-flags.svg)"


def _percent(value: float) -> str:
    return "-" if isnan(value) else f"{value:.1%}"


def _stance(found: Mapping[str, Any], words: Mapping[str, str], column: int) -> str:
    names = list(found["later"]["stance"])
    rows = [(name, *(_percent(found[fold]["stance"][name]) for fold in FOLDS)) for name in names]
    return f"## {words['stance']}\n\n{_table(('', *(label[column] for label in FOLDS.values())), rows)}"


def _calibration(found: Mapping[str, Any], words: Mapping[str, str]) -> str:
    rows = [(name, found[name]["calibration"]["error"]) for name in FOLDS]
    halves = ", ".join(f"{name} {error}" for name, error in found["calibrators"].items())
    table = f"{_table(('', words['error']), rows)}\n\n{words['halves']}: {halves}."
    return f"## {words['calibration']}\n\n{table}\n\n![calibration](model-calibration.svg)"


def _changes(found: Mapping[str, Any], words: Mapping[str, str]) -> str:
    changes = found["later"]["changes"]
    rows = [(words["swapped"], name, value) for name, value in changes["swapped"].items()]
    rows += [(words["lost"], name, value) for name, value in changes["recall_lost"].items()]
    return f"## {words['changes']}\n\n{_table(('', '', ''), rows)}"


def _ablations(found: Mapping[str, Any], words: Mapping[str, str]) -> str:
    versions = {"whole": {**found["later"]["ranking"], "flags": found["later"]["flags"]}, **found["ablations"]}
    rows = [
        (
            name, ranks["auc"], ranks["recall_1"], ranks["stream_election"]["P@100"],
            _percent(ranks["flags"]["election_hoaxes"]), _percent(ranks["flags"]["political_hoaxes"]),
        )
        for name, ranks in versions.items()
    ]  # fmt: skip
    return f"## {words['ablation']}\n\n{_table(('', 'AUC', 'R@1 %', 'P@100', 'flag pemilu', 'flag politik'), rows)}"


def _baselines(found: Mapping[str, Any], words: Mapping[str, str]) -> str:
    columns = ("auc", "recall_1", "auc_against_fact_checks")
    rows = [(name, *(figures[one] for one in columns)) for name, figures in found["baselines"].items()]
    same = found["same_site"]
    pairs = ", ".join(f"{same[f'auc_{name}']} (n = {same[f'true_{name}']})" for name in ("text", "title"))
    note = f"{words['same']}: {pairs}"
    head = ("", "AUC", "R@1 %", "AUC, cek fakta")
    return f"## {words['baseline']}\n\n{_table(head, rows)}\n\n{note}. {words['same_note']}"


def _errors(words: Mapping[str, str]) -> str:
    read = f"## {words['errors']}\n\n{words['wrong_flags']}\n\n{words['misses']}"
    return f"{read}\n\n## {words['limits']}\n\n{words['limit_text']}"
