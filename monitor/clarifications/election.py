"""May this be said now, of these people? Candidates, campaigning, masa tenang, press outlets."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from classifiers.text import outlets
from monitor.clarifications.faults import AWAITING, GALAT, PERINGATAN, Facts, Fault
from monitor.clarifications.persons import plain
from monitor.clarifications.rows import Draft
from monitor.sources import Candidate, Election, Settings, meant, offset, today
from monitor.verdicts import IMITATED, STAMPS

WORDING = ("Masa tenang sampai TPS tutup: nama calon, partai, slogan, dan nomor ditahan, kecuali meneruskan keterangan "
           "KPU atau Bawaslu")
RELAYED = ("kpu", "bawaslu")
# Who checks facts without being press may be named beside a stamp.
CHECKERS = frozenset({"turnbackhoax", "mafindo", "cekfakta", "firstdraftnews"})
PRESS = outlets.WORDS - CHECKERS
NUMBER = re.compile(
    r"\b(?:nomor urut|no\.? urut|paslon(?: nomor)?|pasangan calon nomor|capres nomor)\s0?\d{1,2}\b", re.I
)
CAMPAIGN = re.compile(
    r"\b(?:ayo|mari|jangan|tolak|coblos|pilihlah|dukunglah|menangkan|kalahkan|hindari)\s(?:pilih|memilih|coblos|dukung|"
    r"mendukung|nomor|paslon|calon|pasangan|partai)\w*|\b(?:pilihan terbaik|layak dipilih|tidak layak dipilih|"
    r"pemimpin terbaik|wajib dimenangkan|lanjutkan dua periode)\b",
    re.I,
)
FIGURES = re.compile(
    r"\b(?:survei|survey|jajak pendapat|exit poll|quick count|hitung cepat|real count|elektabilitas|perolehan suara)\b",
    re.I,
)


def quiet_at(settings: Settings, now: datetime) -> bool:
    """Does masa tenang hold at this moment: on its days, and on polling day until the polls close (local time)?"""
    local = now.astimezone(offset(settings.office.zone)).time()
    return any("masa tenang" in kinds or ("pemungutan" in kinds and local < election.polls_close)
               for election, kinds in _on(settings, now))


def regulation(settings: Settings, now: datetime) -> str:
    """The rule that feeds.toml names for the election whose stage is on, "" if none."""
    return next((election.regulation for election, _ in _on(settings, now) if election.regulation), "")


def wording(settings: Settings, now: datetime) -> str:
    """The office's own sentence for what is held back in masa tenang, "" if it has none."""
    return next((election.quiet_text for election, _ in _on(settings, now) if election.quiet_text), "")


def _on(settings: Settings, now: datetime) -> list[tuple[Election, set[str]]]:
    """The elections that are in some stage today, with the kinds of those stages."""
    day = today(settings, now)
    found = [(one, {meant(s) for s in one.stages if s.start <= day <= s.end}) for one in settings.elections]
    return [(one, kinds) for one, kinds in found if kinds]


def names(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """Candidates, parties, slogans and numbers: a warning on any day, an error in masa tenang unless the text relays
    KPU or Bawaslu and the kepala confirmed it with a reason."""
    known = _pattern(tuple(_every(facts.candidates)))
    for name, text in draft.prose().items():
        if name in ("claim", "circulating", "where") and not facts.quiet:
            continue
        folded = plain(text)
        for found in (*(known.finditer(folded) if known else ()), *NUMBER.finditer(folded)):
            yield _name(name, found[0], draft, facts)


def campaigning(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """No sentence campaigns for or against anybody."""
    for name, text in draft.prose().items():
        if name in ("claim", "circulating"):
            continue
        for found in CAMPAIGN.finditer(plain(text)):
            yield Fault("kampanye", GALAT, name, "Klarifikasi tidak mengajak memilih atau menolak siapa pun. Hapus.",
                        found[0])


def figures(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """In masa tenang no survey, exit poll or count but KPU's own."""
    if not facts.quiet or (draft.relay.lower() == "kpu" and _cited(draft, "kpu")):
        return
    for name, text in draft.prose().items():
        for found in FIGURES.finditer(plain(text)):
            yield Fault("angka-masa-tenang", GALAT, name, "Masa tenang: tidak ada survei atau angka hitung selain dari "
                        f"KPU sendiri{_cite(facts)}.", found[0])


def press(draft: Draft, facts: Facts) -> Iterator[Fault]:
    """No press outlet's name or link stands under a stamp, unless the outlet was imitated."""
    if facts.finding not in STAMPS:
        return
    level = PERINGATAN if facts.form == IMITATED else GALAT
    says = ("Media ini ditiru: sebut namanya hanya bila buktinya jelas." if facts.form == IMITATED else
            f"Nama atau tautan media pers tidak boleh tampil di bawah {facts.finding} (UU 40/1999).")
    known = _pattern(tuple(one for one in facts.press if "." not in one))
    for name, text in draft.prose().items():
        for quote in _outlets(plain(text), known):
            yield Fault("pers", level, name, says, quote)
    hosts = tuple(one for one in facts.press if "." in one)
    for one in draft.citations:
        if _press_host(one.url, hosts):
            yield Fault("pers", level, "citations", says, urlsplit(one.url).hostname or "")


def _name(field: str, quote: str, draft: Draft, facts: Facts) -> Fault:
    if not facts.quiet:
        return Fault("nama-calon", PERINGATAN, field, "Nama calon, partai, slogan, atau nomor: tuliskan mengapa perlu "
                     "disebut.", quote)
    relays = draft.relay.lower() in RELAYED and _cited(draft, draft.relay.lower())
    if relays and facts.confirmed.strip():
        return Fault("nama-calon", PERINGATAN, field, "Masa tenang: meneruskan keterangan "
                     f"{draft.relay} dengan persetujuan kepala. Tuliskan alasannya.", quote)
    if relays:
        return Fault(AWAITING, GALAT, field, f"Masa tenang: teks ini meneruskan keterangan {draft.relay} dan baru "
                     f"boleh terbit setelah kepala mengonfirmasinya dengan alasan{_cite(facts)}.", quote)
    return Fault("masa-tenang", GALAT, field, f"{(facts.wording or WORDING).rstrip('.')}{_cite(facts)}.", quote)


def _cited(draft: Draft, body: str) -> bool:
    return any(one.official.lower().startswith(body) for one in draft.citations)


def _cite(facts: Facts) -> str:
    return f" ({facts.regulation})" if facts.regulation else ""


def _every(candidates: Iterable[Candidate]) -> Iterator[str]:
    for one in candidates:
        yield from (*one.names, *one.aliases, *one.parties, *one.slogans)


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    """One pattern of whole phrases, the longest first; None where there are none."""
    ordered = sorted({re.escape(one) for one in phrases if len(one) > 2}, key=lambda one: (-len(one), one))
    return re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)", re.I) if ordered else None


_NAMED = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, outlets.NAMES), key=len, reverse=True))})(?!\w)")


def _outlets(text: str, known: re.Pattern[str] | None) -> Iterator[str]:
    yield from (found[0] for found in _NAMED.finditer(text))
    yield from (found[0] for found in (known.finditer(text) if known else ()))
    for word in re.findall(r"\w+", text.lower()):
        if word in PRESS or (len(word) > 7 and word not in CHECKERS and outlets.PATTERN.fullmatch(word)):
            yield word


def _press_host(url: str, hosts: tuple[str, ...]) -> bool:
    host = (urlsplit(url).hostname or "").lower().removeprefix("www.")
    parts = host.split(".")
    written = (*parts, "".join(parts[-2:]), "".join(parts[-3:-1]))
    return any(host == one or host.endswith("." + one) for one in hosts) or any(
        word in PRESS for word in written
    )
