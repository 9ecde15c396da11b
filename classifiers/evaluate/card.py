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
            "Yang belum tercapai, dan mengapa. P@100 menurut indikasi untuk semua hoaks: separuh dari yang berdiri "
            "di puncak adalah isi yang bukan politik dari media yang tidak pernah dilatih (lirik lagu daerah dan "
            "rohani, kunci jawaban, promo, judul bola dengan kata yang menyambung, Gaza), dan hoaks yang luput "
            "ditulis tenang seperti berita; menurut prioritas keduanya jatuh ke bawah. Situs dan gaya sama 2019: "
            "hanya 22 teks benar (galat sekitar 0,05) dan 140 judul; judul hoaks dan klarifikasi di sana dirumuskan "
            "pemeriksa fakta yang sama, jadi hampir tidak ada gaya yang tersisa untuk dibaca, dan sejak judul "
            "seperti itu dan teks benar berbobot lebih kecil dalam latihan, kedua angka turun lagi (dari 0,771 dan "
            "0,747): itulah harga kenaikan P@100. Pita abstain di dekat ambang tidak dibuat: keraguan yang disebut "
            "membuat sikap tidak jelas dan menutup antrean bagi sebuah teks, jadi pita itu akan membuang hoaks yang "
            "sebenarnya tertandai. Berita: bila tiap seperlima isu disisihkan bergantian, sekitar 1,2 % berita "
            "tertandai, sedikit di atas 1 %. Judul kantor daerah: sebagian kecil masih tertandai, terbanyak yang "
            "seluruhnya huruf besar. Pendapat: kemarahan dengan banyak tanda seru masih dapat tertandai, dan "
            "indikasinya sendiri tetap tinggi (median sekitar 0,8): hanya antrean yang tertutup baginya."
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
            "Salah tandai, 60 teratas menurut indikasi di antara berita tahun 2023 dan sesudahnya (model yang sama "
            "tanpa blok huruf), dibaca satu per satu: sekitar seperlima judul bola dengan kata asing dan kata yang "
            "menyambung (satu media); seperenam lirik lagu daerah dan rohani, doa, dan selawat; seperenam Gaza, "
            "Israel, dan Yahudi; lalu kunci jawaban dan soal latihan, sinopsis sinetron, promo, jadwal, tip "
            "WhatsApp, bahaya rokok dan permen, beberapa opini. Lebih dari separuhnya artikel, bukan lagi judul "
            "tanpa isi. Yang sungguh tertandai, 35 dari 13.611: sepertiga judul pendek tentang partai dan calon "
            "tahun 2023 dari satu media, seperempat Gaza, dan beberapa opini yang keras terhadap pemerintah. Menurut "
            "prioritas, 25 teratas: satu opini tentang DPR, satu tentang pemilu Amerika, selebihnya judul masa "
            "kampanye 2023."
        ),
        "misses": (
            "Luput, 13 hoaks pemilu dan 40 dari 429 hoaks politik di bawah ambang atau di luar gerbang, dibaca satu "
            "per satu: terbanyak klaim tenang bahwa seorang pejabat memutuskan, menyuruh, mendukung, atau ditahan, "
            "ditulis seperti judul berita; lalu bantuan dan pendaftaran yang meniru naskah dinas; kutipan atau "
            "terjemahan pidato tanpa seruan; teks berbahasa asing; uraian pemeriksa fakta atas sebuah unggahan; teks "
            "yang menyebut \"hoaks\" sehingga terbaca sebagai berita; sindiran tanpa peristiwa, yang memang lebih "
            "dekat ke pendapat; dan beberapa yang nama calonnya salah eja. Satu unggahan sering tercatat dua kali, "
            "dengan dan tanpa judul pemeriksa fakta."
        ),
        "limits": "Batas",
        "limit_text": (
            "Hampir semua hoaks dalam korpus berasal dari satu pemeriksa fakta, dan yang menyebut pemilu sekitar "
            "400. Teks biasa dari media sosial tidak ada dalam korpus; sebagai gantinya dipakai teks buatan sendiri "
            "(classifiers/data/contoh.toml dan pendapat.toml), dan yang di ukur.toml tidak pernah dilatih. Semuanya "
            "karangan tangan yang sama: bagian tertandai darinya hanya petunjuk dan terlalu ramah, cuitan nyata "
            "tidak tersedia dan tidak diukur. Pendapat tidak lagi ditekan lewat indikasi (itu menurunkan hoaks dalam "
            "urutan), melainkan oleh kepala sendiri, dilatih pendapat, pengumuman, dan judul berhuruf lain lawan "
            "klaim politik; ia hanya menutup antrean dan tidak mengubah indikasi, sikap, atau prioritas. Batasnya: 2 "
            "% klaim politik tahun 2023 dan sesudahnya ikut tertahan. Resep dipilih pada bagian dalam yang hanya "
            "sampai 2022: 2017-2019 tanpa Kompas, 2020 tanpa Liputan6, CNN, dan CNBC, 2021-2022 tanpa Detik dan "
            "Sindonews; kali ini sekitar 55 percobaan, sebelumnya sekitar 45. Yang membantu di sana dan di bagian "
            "2023: bobot judul pemeriksa fakta dari 0,4 ke 0,16 (P@100 +0,04, menurut prioritas +0,05), judul dengan "
            "label seperti \"VIDEO:\" (P@100 2020 dari 0,55 ke 0,60), teks benar separuh bobot (+0,01), keraguan "
            "yang menjaga urutan. Yang tidak: penyusutan lebih kuat atau lemah (C 0,5 sampai 8), kosakata lebih "
            "kecil, gaya lebih keras atau pelan, bobot log-rasio, huruf lain pada semua judul (P@100 -0,03; karena "
            "itu hanya di kepala pendapat), pendapat tambahan dalam indikasi (R@1 % pemilu -0,05). Hoaks pemilu "
            "2017-2020 menjadi lebih rendah urutannya di bagian dalam, sedangkan 2023 dan sesudahnya tidak. Bagian "
            "2023 dan sesudahnya dengan lima medianya tetap bagian pengembangan: kali ini dilihat sekitar 30 kali, "
            "dan ambang serta kalibrasi dicari di sana; angkanya karena itu terlalu ramah. Bagian terakhir (paruh "
            "kedua 2025) tidak lagi murni. Sigmoid yang dikirim, karena hanya dengan itu alasan menjumlah tepat "
            "menjadi skor. Teks yang tidak dapat dinilai (kosong, bukan teks) ditarik penuh ke satu dari seratus; "
            "yang kurang dari tiga kata menurut kuadrat bagian katanya; yang bukan bahasa Indonesia paling jauh ke "
            "0,34, sehingga urutannya terjaga. Tidak satu pun dari mereka masuk antrean dengan sendirinya, sikapnya "
            "tidak jelas dan keraguannya disebut; semua angka di sini sudah memperhitungkannya."
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
            "What is not reached, and why. P@100 by indication for all hoaxes: half of what stands at its top is no "
            "politics, from outlets never trained on (regional and religious song lyrics, exam keys, promotions, "
            "football headlines with run-together words, Gaza), and the hoaxes that are missed are written as calmly "
            "as news; by priority both sink. Same site and style 2019: only 22 true texts (error about .05) and 140 "
            "titles; hoaxes and clarifications there are titled by the same fact-checkers, so that hardly any style "
            "is left to read, and since such titles and texts found true weigh less in training both figures fell "
            "further (from .771 and .747): that is the price of the higher P@100. There is no abstention band near "
            "the threshold: a stated doubt makes the stance unclear and closes the queue to a text, so that a band "
            "would throw away hoaxes that are flagged now. News: with each fifth of rumours held back in turn about "
            "1.2 % of the news are flagged, a little above 1 %. Municipal headlines: a few are still flagged, mostly "
            "those in capitals. Opinions: anger with many exclamation marks can still be flagged, and their "
            "indication itself stays high (median about .8): only the queue is closed to them."
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
            "False flags, the 60 highest by indication among news of 2023 and later (the same model without its "
            "character block), read one by one: about a fifth football headlines with foreign and run-together words "
            "(one outlet); a sixth regional and religious song lyrics, prayers and salawat; a sixth Gaza, Israel and "
            "Jews; then exam keys and exercises, plots of television series, promotions, timetables, WhatsApp tips, "
            "dangers of smoking and sweets, a few opinion pieces. More than half are articles, no longer headlines "
            "without a body. Really flagged, 35 of 13,611: a third short headlines of 2023 about parties and "
            "candidates from one outlet, a quarter Gaza, and a few opinion pieces that are hard on the government. "
            "By priority the 25 highest are one opinion piece on parliament, one on an American election, and "
            "headlines of the campaign of 2023."
        ),
        "misses": (
            "Misses, 13 election hoaxes and 40 of 429 political ones below the threshold or outside the gates, read "
            "one by one: most are calm claims that an official decided, ordered, supported or was detained, written "
            "like a headline; then aid and registrations in official prose; quotes or translated speeches without a "
            "call; texts in foreign languages; fact-checkers' descriptions of a post; texts that say \"hoax\" and so "
            "read as news; taunts without an event, which are indeed nearer to an opinion; and a few that misspell "
            "the candidate. One post is often there twice, with and without the fact-checker's title."
        ),
        "limits": "Limits",
        "limit_text": (
            "Almost every hoax of the corpus was collected by one fact-checker, and about 400 name an election. "
            "Ordinary posts are not in the corpus; made-up ones of our own stand in (classifiers/data/contoh.toml "
            "and pendapat.toml), and those of ukur.toml are never trained on. All come from the same hands: the "
            "share of them that is flagged is a hint only, and too kind; no real tweets are at hand and none were "
            "measured. Opinions are no longer held down by the indication (that lowered hoaxes in the order) but by "
            "a head of their own, trained on opinions, announcements and recased headlines against political claims; "
            "it only closes the queue and changes no indication, stance or priority. Its limit: 2 % of the political "
            "claims of 2023 and later are held back as well. The recipe was chosen on inner folds that end with "
            "2022: 2017-2019 without Kompas, 2020 without Liputan6, CNN and CNBC, 2021-2022 without Detik and "
            "Sindonews; about 55 trials this time, about 45 before. What helped there and on 2023: fact-checkers' "
            "titles at .16 instead of .4 (P@100 +.04, by priority +.05), headlines under a label such as \"VIDEO:\" "
            "(P@100 of 2020 from .55 to .60), texts found true at half their weight (+.01), a doubt that keeps the "
            "order. What did not: stronger or weaker shrinkage (C .5 to 8), a smaller vocabulary, louder or softer "
            "style, log-ratio weights, other letters for all headlines (P@100 -.03; hence only in the opinions' "
            "head), more opinions in the indication (R@1 % of election hoaxes -.05). Election hoaxes of 2017-2020 "
            "stand lower on the inner folds than before, those of 2023 and later do not. The fold of 2023 and later "
            "with its five outlets remains a development fold: this time it was looked at about 30 times, and "
            "threshold and calibration are found there; its figures are therefore too kind. The last fold (second "
            "half of 2025) is no longer unseen. The sigmoid ships, because only under it do the reasons add up to "
            "the score exactly. A text that cannot be judged (empty, not text) is drawn to one in a hundred all the "
            "way; one of fewer than three words by the square of its share; one that is not Indonesian to .34 at "
            "most, so that the order is kept. None of them enters the queue by itself, their stance is unclear and "
            "their doubt is stated; all figures here count that."
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
