"""Form <-> Draft: the fields of a clarification as a person fills them in, with what the linter says beside each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from monitor.clarifications import (
    CATEGORIES,
    PERINGATAN,
    Citation,
    Draft,
    Fault,
    Picture,
    official_of,
    slug,
)
from monitor.desk.tongue import Tongue, said
from monitor.sources import Official

SPARE_LINKS, MOST_LINKS = 2, 12
REASON, LINK, ALT = "alasan-", "tautan-", "alt-gambar-"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: its name in the form and in a Draft, its label and hint, how many lines it has."""

    name: str
    attribute: str
    label: str
    hint: str = ""
    rows: int = 1
    most: int = 0


FIELDS = (
    Field("judul", "headline", said("Judul: faktanya"), said("15 sampai 110 huruf; jangan mengulang klaimnya"), 2, 200),
    Field("ringkas", "summary", said("Satu paragraf"), said("40 sampai 600 huruf; kalimat pertama adalah faktanya"), 5,
          1500),
    Field("penyampai", "speaker", said("Siapa yang menyatakan"), said("lembaga: nama, jabatan"), 1, 200),
    Field("anjuran", "advice", said("Apa yang sebaiknya dilakukan warga"), "", 2, 1000),
    Field("penjelasan", "explanation", said("Penjelasan"), said("boleh beberapa paragraf"), 6, 5000),
    Field("klaim", "claim", said("Klaim yang dijawab"), said("satu kalimat, seperti yang beredar"), 2, 500),
    Field("beredar", "circulating", said("Apa yang beredar"), said("dengan tanda bahwa itu tidak benar"), 2, 1000),
    Field("di-mana", "where", said("Di mana beredar"), said("tempatnya saja, bukan siapa"), 1, 300),
    Field("alt", "alt", said("Teks alternatif kartu"), said("apa yang terbaca pada kartu, untuk yang tidak melihatnya"),
          2, 500),
)
# Which field of the form a fault's own field belongs to; what is not here stands above the form.
PLACES = {one.attribute: one.name for one in FIELDS} | {
    "slug": "alamat", "category": "kategori", "citations": "tautan", "pictures": "gambar", "relay": "terusan",
}
LABELS = {one.attribute: one.label for one in FIELDS} | {
    "slug": said("Alamat halaman"), "category": said("Kategori"), "citations": said("Sumber dan bukti"),
    "pictures": said("Gambar"), "relay": said("Meneruskan keterangan"), "waivers": said("Alasan atas peringatan"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One fault as it stands beside a field; `reason` is what was written in answer, `asks` that a reason is asked here
    (once for each code)."""

    code: str
    level: str
    sentence: str
    quote: str
    reason: str
    asks: bool

    @property
    def open(self) -> bool:
        return not (self.level == PERINGATAN and self.reason.strip())


def drafted(form: Mapping[str, str], base: Draft, officials: Sequence[Official]) -> Draft:
    """The text that a form holds; what the form does not have stays as it was."""
    text = {one.attribute: form[one.name] for one in FIELDS if one.name in form}
    text["category"] = form.get("kategori", base.category)
    text["relay"] = form.get("terusan", base.relay)
    if "alamat" in form:
        text["slug"] = form["alamat"].strip().lower() or slug(text.get("headline", base.headline))
    pictures = tuple(_picture(one, form) for one in base.pictures if f"buang-gambar-{one.page[:16]}" not in form)
    return replace(base, **text, citations=_cited(form, base, officials), pictures=pictures,
                   waivers=reasons(form))


def reasons(form: Mapping[str, str]) -> dict[str, str]:
    """The reasons in answer to warnings, by their code."""
    return {name.removeprefix(REASON): text.strip()[:500] for name, text in form.items()
            if name.startswith(REASON) and text.strip()}


def beside(faults: Iterable[Fault], waivers: Mapping[str, str]) -> dict[str, list[Said]]:
    """The faults by the field of the form that they concern, in order."""
    found: dict[str, list[Said]] = {}
    asked: set[str] = set()
    for one in faults:
        warning = one.level == PERINGATAN
        asks = warning and one.code not in asked
        asked |= {one.code} if warning else set()
        row = Said(one.code, one.level, one.sentence, one.quote, waivers.get(one.code, "") if warning else "", asks)
        found.setdefault(PLACES.get(one.field, ""), []).append(row)
    return found


def left(faults: Mapping[str, Sequence[Said]]) -> tuple[int, int]:
    """How many errors stand, and how many warnings without a reason."""
    every = [one for some in faults.values() for one in some]
    errors = sum(one.level != PERINGATAN for one in every)
    return errors, len({one.code for one in every if one.level == PERINGATAN and one.open})


def rows(text: Draft) -> list[Citation]:
    """The lines of sources: those that are there, and a few empty ones."""
    spare = min(SPARE_LINKS, max(0, MOST_LINKS - len(text.citations)))
    return [*text.citations, *([Citation("", "")] * spare)]


def categories(tongue: Tongue, chosen: str) -> list[tuple[str, str, bool]]:
    """(value, words, chosen) of every category."""
    return [(name, tongue.term(name), name == chosen) for name in CATEGORIES]


def relays(officials: Sequence[Official], chosen: str) -> list[tuple[str, bool]]:
    """The bodies whose statement a text may relay in masa tenang, and the one that is chosen."""
    names = [one.name for one in officials if one.name.split()[:1] in (["KPU"], ["Bawaslu"])]
    known = list(dict.fromkeys(name.split()[0] for name in names))
    return [(name, name == chosen) for name in dict.fromkeys([*known, *([chosen] if chosen else [])])]


def _picture(one: Picture, form: Mapping[str, str]) -> Picture:
    return replace(one, alt=form.get(ALT + one.page[:16], one.alt).strip()[:500])


def _cited(form: Mapping[str, str], base: Draft, officials: Sequence[Official]) -> tuple[Citation, ...]:
    if f"{LINK}0" not in form:
        return base.citations
    found = []
    for number in range(MOST_LINKS):
        url = form.get(f"{LINK}{number}", "").strip()[:2000]
        title = " ".join(form.get(f"judul-{LINK}{number}", "").split())[:300]
        if url:
            found.append(Citation(url, title or url, official_of(url, officials)))
    return tuple(found)
