"""A week -> Draw with its konten; a dismissal that chance chose -> Review; what people found in both, as figures."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import Lock

from monitor import contexts, digests, items, samples
from monitor.articles import Article
from monitor.audit import Act
from monitor.digests import Period
from monitor.items import SAMPLE, Item, ItemAct
from monitor.people import Person, Refusal
from monitor.pipeline.acts import Stale, on_item
from monitor.pipeline.cases import Undone, keep_change
from monitor.pipeline.scoring import KNOWLEDGE
from monitor.samples import BUKA_LAGI, BUKAN_HOAKS, TAMPAK_HOAKS, Draw, Found, Review
from monitor.shares import Share
from monitor.sources import Settings
from monitor.store import Store, Tx

BY = "jernih"
LOOKED_BACK = timedelta(days=30)
# An undo is still possible for ten seconds; what is undone was never a dismissal.
SETTLED = timedelta(seconds=15)
# An act is saved a little after its time: so much of what was drawn before is read again.
COMMITTING = timedelta(minutes=5)


def secret(settings: Settings) -> str:
    """What the draws of an office begin with."""
    return settings.sample.seed or f"{settings.office.name}\n{settings.office.code}"


def draw_due(store: Store, settings: Settings, now: datetime) -> Draw | None:
    """Draws from the last whole week, once, however late; None where that is done or there is nothing to draw from."""
    period = digests.last_finished(now, settings.office.zone)
    barred = [source.name for source in settings.sources if source.category == KNOWLEDGE]
    with store.read() as tx:
        done = settings.sample.articles == 0 or tx.draw(period.label) is not None
        pool = [] if done else tx.unflagged(period.start, period.end, barred)
    if not pool:
        return None
    with store.write() as tx:
        return None if tx.draw(period.label) else _drawn(tx, settings, period, pool, now)


def judge(store: Store, number: int, version: int, person: Person, outcome: str, now: datetime) -> Item | Refusal:
    """Somebody's word on a drawn konten: no hoax (it is set aside), or it looks like one (they look into it)."""
    if outcome not in (BUKAN_HOAKS, TAMPAK_HOAKS):
        return Refusal(f"unknown outcome {outcome!r}", f"Pilih satu: {BUKAN_HOAKS} atau {TAMPAK_HOAKS}.")

    def change(item: Item) -> items.Change | Refusal:
        if item.origin != SAMPLE:
            return Refusal(f"item {item.id} was not drawn", "Konten ini bukan bagian dari sampel acak.")
        if outcome == TAMPAK_HOAKS:
            return items.suspect(item, person, now)
        return items.dismiss(item, person, BUKAN_HOAKS, now)

    return on_item(store, number, version, person, change, now)


class Lots:
    """Dismissals that chance chose. An act never changes, so each is drawn once and remembered while it counts; one for
    all threads of a process."""

    def __init__(self) -> None:
        self._held: dict[int, ItemAct] = {}
        self._rule: tuple[str, float] | None = None
        self._from = self._to = datetime.min.replace(tzinfo=UTC)
        self._lock = Lock()

    def chosen(self, tx: Tx, rule: tuple[str, float], start: datetime, end: datetime) -> list[ItemAct]:
        """Those of a period, newest first; `rule` is the office's secret and the share that is looked at again."""
        with self._lock:
            if rule != self._rule or start < self._from:
                self._held, self._rule, self._from, self._to = {}, rule, start, start
            if end > self._to:
                fresh = tx.dismissals(max(start, self._to - COMMITTING), end)
                self._held |= {act.id: act for act in fresh if samples.chosen(act, *rule)}
                self._to = end
            self._held = {number: act for number, act in self._held.items() if act.at >= start}
            self._from = start
            found = [act for act in self._held.values() if act.at < end]
        return sorted(found, key=lambda act: -act.id)


def picked(tx: Tx, settings: Settings, now: datetime, person: Person | None = None,
           lots: Lots | None = None) -> list[tuple[ItemAct, Item]]:
    """Dismissals of the last 30 days that chance chose, that still stand and nobody reviewed, newest first; without a
    person's own. `lots` remembers what was drawn before."""
    rule = secret(settings), settings.sample.dismissals
    chosen = (lots or Lots()).chosen(tx, rule, now - LOOKED_BACK, now - SETTLED)
    standing = tx.standing(act.id for act in chosen)
    return [(act, standing[act.id]) for act in chosen
            if act.id in standing and (person is None or act.who != person.name)]


def agreed(tx: Tx, now: datetime) -> Share:
    """Of the reviewed dismissals of the last 30 days those that redaktur agreed to."""
    said = tx.reviewed(now - LOOKED_BACK, now)
    return Share(sum(number for outcome, number in said.items() if outcome != BUKA_LAGI), sum(said.values()))


def review(store: Store, settings: Settings, act: int, person: Person, outcome: str, note: str,
           now: datetime) -> Review | Refusal:
    """A redaktur agrees to a dismissal that chance chose, or opens the konten again."""
    try:
        with store.write() as tx:
            return _reviewed(tx, settings, act, person, outcome, note, now)
    except Undone as undone:
        return undone.refusal


def found(tx: Tx, start: datetime, end: datetime) -> Found:
    """What people found in the konten that draws brought in a period."""
    return samples.found(outcomes(tx, tx.drawn_items(start, end)).values())


def outcomes(tx: Tx, drawn: Sequence[Item]) -> dict[int, str]:
    """What people said of drawn konten, by id; "" while nobody did."""
    numbers = [item.id for item in drawn]
    acts, findings = tx.acts_of(numbers), tx.findings_of(numbers)
    return {number: samples.outcome(acts.get(number, []), findings.get(number, "")) for number in numbers}


def _drawn(tx: Tx, settings: Settings, period: Period, pool: list[int], now: datetime) -> Draw:
    begun = samples.seed(secret(settings), period.label)
    chosen = samples.drawn(pool, begun, settings.sample.articles)
    made = tx.add(Draw(period.label, period.start, period.end, now, begun, len(pool), samples.pooled(pool), chosen))
    for number in chosen:
        _konten(tx, settings, number, now)
    tx.audit(Act(now, BY, "undi sampel", "sampel", period.label, {"dari": len(pool), "terundi": len(chosen),
                                                                  "kumpulan": made.pooled}))
    return made


def _konten(tx: Tx, settings: Settings, number: int, now: datetime) -> None:
    article, score = tx.get(Article, number), tx.score_of(number)
    assert article is not None, f"article {number} was drawn and is not there"
    assert score is not None, f"article {number} was drawn without a score"
    context = contexts.context(settings, score.regions, article.published or article.at, 1, now)
    rank = items.priority(score.hoax, score.election, score.stance, context, contexts.weights(settings))
    tx.add(Item(number, score.id, now, rank, SAMPLE))


def _waiting(tx: Tx, settings: Settings, number: int, now: datetime) -> tuple[ItemAct, Item] | None:
    """One of those that are picked, if it still is."""
    act = tx.get(ItemAct, number) if number < 2**63 else None
    known = act is not None and now - LOOKED_BACK <= act.at < now - SETTLED and act.act == "kesampingkan"
    if act is None or not known or not samples.chosen(act, secret(settings), settings.sample.dismissals):
        return None
    item = tx.standing([number]).get(number)
    return (act, item) if item else None


def _reviewed(tx: Tx, settings: Settings, act: int, person: Person, outcome: str, note: str,
              now: datetime) -> Review | Refusal:
    pair = _waiting(tx, settings, act, now)
    if pair is None:
        return Stale(f"dismissal {act} is not to be reviewed", "Langkah ini tidak (lagi) menunggu tinjauan: sudah "
                     "ditinjau orang lain, atau kontennya sudah dibuka lagi.")
    dismissal, item = pair
    made = samples.review(item, dismissal, person, outcome, note, now)
    if isinstance(made, Refusal):
        return made
    kept = tx.add(made)
    tx.audit(Act(now, person.name, f"tinjau: {outcome}", "konten", str(item.id), {"tinjauan": kept.id}))
    if outcome == BUKA_LAGI:
        back = items.reopen(item, person, made.note, now)
        if isinstance(back, Refusal):
            raise Undone(back)
        assert keep_change(tx, back, person, now), "the konten changed inside the transaction that read it"
    return kept
