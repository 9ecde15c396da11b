"""A press konten -> the draft of a letter to its outlet or to Dewan Pers, and the row of the one that a person kept."""

from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date

from monitor import press
from monitor.audit import Act
from monitor.entries import Words
from monitor.people import Person, Refusal
from monitor.pipeline.cases import is_press
from monitor.press import PressLetter, Report, Sender
from monitor.sources import Settings, today
from monitor.store import Detail, Store, Tx


@dataclass(frozen=True, slots=True)
class Opened:
    """What the page of letters shows of a konten: its report, whether its source is press, the isu it carries (0:
    none), and the letters that were kept (row, text)."""

    report: Report
    press: bool
    rumor: int
    letters: tuple[tuple[PressLetter, str], ...]


def opened(tx: Tx, settings: Settings, item: int) -> Opened | None:
    """Everything about letters on a konten; None if there is no such konten."""
    detail = tx.item(item)
    if detail is None:
        return None
    rumor = detail.rumors[-1].id if detail.rumors else 0
    letters = tx.press_letters(item)
    held = tx.words_of(one.words for one in letters)
    texts = [held[one.words].text if one.words in held else "(sudah dihapus)" for one in letters]
    return Opened(_report(tx, detail, rumor), is_press(settings, detail.row.entry.source), rumor,
                tuple(zip(letters, texts, strict=True)))


def draft(settings: Settings, about: Report, kind: str, now: datetime) -> str:
    """The letter as the page offers it, to be changed by a person."""
    day = format_date(today(settings, now), "d MMMM y", locale="id")
    return press.draft(kind, about, Sender(settings.office.name, settings.office.contact), day)


def keep(store: Store, settings: Settings, item: int, kind: str, text: str, person: Person,
         now: datetime) -> PressLetter | Refusal:  # fmt: skip
    """Keeps a letter as a person wrote it. Nothing is sent."""
    with store.write() as tx:
        about = opened(tx, settings, item)
        if about is None:
            return Refusal(f"no item {item}", f"Konten {item} tidak ada.")
        words = Words(press.SUBJECTS.get(kind, ""), text.strip())
        made = press.written(item, about.rumor, kind, about.report.outlet, words.text, words.digest, about.press,
                             person, now)
        if isinstance(made, Refusal):
            return made
        tx.put_words([words])
        kept = tx.add(made)
        tx.audit(Act(now, person.name, "catat surat pers", "konten", str(item), {
            "surat": kept.id, "jalan": kind, "words": kept.words, "isu": kept.rumor}))
    return kept


def _report(tx: Tx, detail: Detail, rumor: int) -> Report:
    row = detail.row
    verdicts, evidence = (tx.verdicts(rumor), tx.evidence(rumor)) if rumor else ([], [])
    held = tx.words_of([*(one.words for one in verdicts[-1:]), *(one.words for one in evidence)])
    wrong = held[verdicts[-1].words].text if verdicts and verdicts[-1].words in held else ""
    published = row.article.published or row.entry.published
    named = [f"{held[one.words].title} ({one.url})" if one.url else held[one.words].title
             for one in evidence if one.words in held and one.kind != "note"]
    return Report(
        row.entry.publisher or row.entry.source, row.words.title if row.words else "", row.article.url or row.entry.url,
        format_date(published, "d MMMM y", locale="id") if published else "", wrong, tuple(named),
    )  # fmt: skip
