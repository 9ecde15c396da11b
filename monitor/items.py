"""Article + Score -> Item, if a person should look; its priority; its dismissal."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import log2

from classifiers.rank import STANCE as STANCE
from classifiers.rank import rank
from monitor.people import Person, Refusal, may

BARU, DIPROSES, DIKESAMPINGKAN, DALAM_ISU = "BARU", "DIPROSES", "DIKESAMPINGKAN", "DALAM ISU"
STATES = (BARU, DIPROSES, DIKESAMPINGKAN, DALAM_ISU)
DISMISSALS = (
    "bukan hoaks",
    "sudah diklarifikasi",
    "opini/kritik",
    "tidak terkait pemilu",
    "ganda",
    "di luar wilayah",
    "ekstraksi salah",
)
UNDO_WITHIN = timedelta(seconds=10)
NOT_UNDONE = ("batalkan", "lekatkan ke isu", "pindah isu")
SAMPLE, SUSPECTED = "sample", "tampak hoaks"


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The Score of one article, as stored (indikasi). `reasons` are (field, start, end, weight): field "title"
    or "text" of the article's words, cut from the payload when shown, or a habit of writing, "style:tanda_seru"."""

    article: int
    at: datetime
    hoax: float
    stance: str
    election: float
    flag: bool
    topics: tuple[str, ...]
    targets: tuple[str, ...]
    regions: tuple[str, ...]
    reasons: tuple[tuple[str, int, int, float], ...]
    doubt: str
    model: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An article a person should look at (konten). `state`, `holder` and `version` are the projection of its ItemActs,
    written in the same transaction as the act. `origin` is model, manual or sample. `score` follows once, where the
    konten came in while no model was there."""

    article: int
    score: int
    at: datetime
    priority: float
    origin: str = "model"
    state: str = BARU
    holder: str = ""
    version: int = 1
    id: int = 0


@dataclass(frozen=True, slots=True)
class ItemAct:
    """What was done to an item. A row."""

    item: int
    at: datetime
    who: str
    act: str
    old: str
    new: str
    reason: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part moves the priority; the `[priority]` table of feeds.toml. 0 switches a part off.
    docs/prioritas.md explains them."""

    hoax: float = 1.0
    election: float = 0.7
    stance: float = 1.0
    stage: float = 0.5
    region: float = 1.0
    fresh: float = 0.25
    repeat: float = 0.25


@dataclass(frozen=True, slots=True)
class Context:
    """Where and when a Score is read. The default is the neutral context: fresh, no region, no repetition, no stage.

    `near` is 1 for the office's own region, 0.5 for its province, 0 elsewhere; `stage` the attention (0-1) that the
    election calendar asks for; `age` in hours; `copies` the konten with the same text, this one included.
    """

    near: float = 0.0
    stage: float = 0.0
    age: float = 0.0
    copies: int = 1


# How much attention a stage of the calendar asks for. In 2019, 73 % of election hoaxes came after polling day.
ATTENTION = {
    "pemutakhiran": 0.4,
    "pencalonan": 0.5,
    "kampanye": 0.7,
    "masa tenang": 1.0,
    "pemungutan": 1.0,
    "penghitungan": 1.0,
    "rekapitulasi": 1.0,
    "sengketa": 0.8,
    "lainnya": 0.4,
}
HALF_LIFE_HOURS = 24.0


def priority(hoax: float, election: float, stance: str, context: Context, weights: Weights) -> float:
    """The rank key: hoax x election x stance, raised by region, stage and repetition, halved with age. At least 0."""
    judged = rank(hoax, election, stance, weights.hoax, weights.election, weights.stance)
    raised = 1 + weights.region * context.near + weights.stage * context.stage + weights.repeat * log2(context.copies)
    return float(judged * raised * 2.0 ** (-weights.fresh * max(context.age, 0.0) / HALF_LIFE_HOURS))


def attention(stages: Iterable[str]) -> float:
    """The most attention (0-1) that any of the stages asks for; 0 outside of every stage."""
    return max((ATTENTION[stage] for stage in stages), default=0.0)


def flagged(score: ScoreRow, context: Context, weights: Weights) -> Item | None:
    """The Item, where the Score says that a person should look, else None."""
    if not score.flag:
        return None
    key = priority(score.hoax, score.election, score.stance, context, weights)
    return Item(article=score.article, score=score.id, at=score.at, priority=key)


def near(regions: tuple[str, ...], home: str) -> float:
    """1 where the office's own code is among the regions, 0.5 for its province alone, else 0."""
    if not home:
        return 0.0
    if home in regions or any(code.startswith(home + ".") for code in regions):
        return 1.0
    return 0.5 if home[:2] in regions else 0.0


Change = tuple[Item, ItemAct]


def take(item: Item, person: Person, now: datetime) -> Change | Refusal:
    """BARU -> DIPROSES, held by the person."""
    if item.state == DIPROSES:
        return _held(item)
    if item.state != BARU:
        return _not_from(item, "diambil")
    return may(person, "konten") or _changed(item, person, now, "ambil", DIPROSES, holder=person.name)


def suspect(item: Item, person: Person, now: datetime) -> Change | Refusal:
    """BARU -> DIPROSES, held by the person: what was drawn at random looks like a hoax after all."""
    if item.origin != SAMPLE:
        return Refusal(f"item {item.id} was not drawn", "Langkah ini hanya untuk sampel acak.")
    if item.state == DIPROSES:
        return _held(item)
    if item.state != BARU:
        return _not_from(item, "dinilai")
    return may(person, "konten") or _changed(item, person, now, SUSPECTED, DIPROSES, holder=person.name)


def release(item: Item, person: Person, now: datetime) -> Change | Refusal:
    """DIPROSES -> BARU, by its holder."""
    return _only_holder(item, person) or _changed(item, person, now, "lepas", BARU, holder="")


def hand_over(item: Item, person: Person, to: Person, now: datetime) -> Change | Refusal:
    """DIPROSES -> DIPROSES with another holder who may work on items."""
    refusal = _only_holder(item, person) or may(to, "konten")
    return refusal or _changed(item, person, now, "serahkan", DIPROSES, holder=to.name, reason=to.name)


def dismiss(item: Item, person: Person, reason: str, now: datetime) -> Change | Refusal:
    """BARU or DIPROSES -> DIKESAMPINGKAN with one of DISMISSALS; somebody else's item stays theirs."""
    if reason not in DISMISSALS:
        return Refusal(f"unknown dismissal {reason!r}", f"Pilih satu alasan: {', '.join(DISMISSALS)}.")
    if item.state not in (BARU, DIPROSES):
        return _not_from(item, "dikesampingkan")
    if item.holder not in ("", person.name):
        return _held(item)
    return may(person, "konten") or _changed(item, person, now, "kesampingkan", DIKESAMPINGKAN, "", reason)


def reopen(item: Item, person: Person, reason: str, now: datetime) -> Change | Refusal:
    """DIKESAMPINGKAN -> BARU with a reason."""
    if not reason.strip():
        return Refusal("reopening without a reason", "Tuliskan alasan mengapa konten ini dibuka lagi.")
    if item.state != DIKESAMPINGKAN:
        return _not_from(item, "dibuka lagi")
    return may(person, "konten") or _changed(item, person, now, "buka lagi", BARU, "", reason.strip())


def attach(item: Item, person: Person, rumor: int, now: datetime) -> Change | Refusal:
    """DIPROSES -> DALAM ISU, by its holder; the claim is written on the rumor."""
    return _only_holder(item, person) or _changed(item, person, now, "lekatkan ke isu", DALAM_ISU, "", str(rumor))


def move(item: Item, person: Person, rumor: int, now: datetime) -> Change | Refusal:
    """DALAM ISU -> DALAM ISU: another rumor carries it from now on."""
    if item.state != DALAM_ISU:
        return _not_from(item, "dipindahkan ke isu lain")
    return may(person, "isu") or _changed(item, person, now, "pindah isu", DALAM_ISU, "", str(rumor))


def undo(item: Item, last: ItemAct, person: Person, now: datetime) -> Change | Refusal:
    """Back to before the last act, by whoever did it, within ten seconds: a cancelling row. What made an isu stays."""
    if last.who != person.name or last.new != item.state or last.act in NOT_UNDONE:
        return Refusal(f"act {last.id} cannot be undone by {person.name}", "Langkah ini tidak dapat diurungkan. "
                       "Pakailah langkah sebaliknya.")
    if not now - last.at <= UNDO_WITHIN:
        return Refusal("too late to undo", "Mengurungkan hanya dapat dalam 10 detik. Pakailah langkah sebaliknya, "
                       "misalnya “Buka lagi”.")
    holder = person.name if last.old == DIPROSES else ""
    return _changed(item, person, now, "batalkan", last.old, holder, last.act)


def _changed(item: Item, person: Person, now: datetime, act: str, new: str, holder: str, reason: str = "") -> Change:
    row = ItemAct(item.id, now, person.name, act, item.state, new, reason)
    return replace(item, state=new, holder=holder, version=item.version + 1), row


def _only_holder(item: Item, person: Person) -> Refusal | None:
    if item.state != DIPROSES:
        return Refusal(f"item {item.id} is {item.state}", "Ambil dahulu konten ini; sekarang belum ada pemegangnya.")
    return None if item.holder == person.name else _held(item)


def _held(item: Item) -> Refusal:
    return Refusal(f"item {item.id} is held by {item.holder}", f"Konten ini sedang diproses oleh {item.holder}.")


def _not_from(item: Item, verb: str) -> Refusal:
    return Refusal(
        f"item {item.id} is {item.state}", f"Konten ini berkeadaan {item.state}, jadi tidak dapat {verb}. Muat ulang."
    )
