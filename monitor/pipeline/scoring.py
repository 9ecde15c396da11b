"""Waiting articles -> ScoreRow, Item: the third step of a cycle."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from classifiers.detector import Detector, Score
from classifiers.hoax import Reason
from monitor import contexts, items, statements
from monitor.articles import Article
from monitor.articles.fallback import SUMMARY, revisit
from monitor.entries import Entry, Waiting, Words
from monitor.items import Item, ScoreRow
from monitor.pipeline.house import Clock, House, Report
from monitor.pipeline.visits import Tally
from monitor.sources import Settings
from monitor.statements import Statement
from monitor.store import Tx

AT_ONCE = 200
KNOWLEDGE = "cek_fakta"
TYPED = "manual"
# Somebody asks for a look: it stands no lower than a fair flag, whatever the model says.
LEAST = 0.5

Judged = tuple[Waiting, Entry, Article, ScoreRow]


def score_articles(house: House, now: Clock, report: Report) -> Tally:
    """Scores every article that waits; without a model they go on waiting, "belum dinilai"."""
    total = Tally()
    while house.detector:
        judged = _judge(house, house.detector, now())
        if not judged:
            break
        with house.store.write() as tx:
            total += _save(tx, house.settings, judged, now())
        report("indikasi", total.new, total.new)
    return total


def _judge(house: House, detector: Detector, now: datetime) -> list[Judged]:
    with house.store.read() as tx:
        waiting = tx.waiting("score", now, AT_ONCE)
        latest = tx.latest_articles(entry.id for _, entry in waiting)
        words = tx.words_of(article.words for article in latest.values())
    known = [(one, entry, latest[entry.id]) for one, entry in waiting if entry.id in latest]
    texts = [words.get(article.words, Words("", "")) for _, _, article in known]
    scores = detector.scores([(text.title, text.text) for text in texts])
    return [
        (one, entry, article, stored(score, article.id, now))
        for (one, entry, article), score in zip(known, scores, strict=True)
    ]


def stored(score: Score, article: int, at: datetime) -> ScoreRow:
    """The row of a Score; the words of its reasons stay in the article's payload."""
    return ScoreRow(
        article=article,
        at=at,
        hoax=score.hoax,
        stance=score.stance,
        election=score.election,
        flag=score.flag,
        topics=score.topics,
        targets=score.targets,
        regions=score.regions,
        reasons=tuple((_place(reason), reason.start, reason.end, reason.weight) for reason in score.reasons),
        doubt=score.doubt,
        model=score.model,
    )


def _place(reason: Reason) -> str:
    """Where a reason stands; what is no span of the text carries its own name, "style:tanda_seru"."""
    return reason.field if reason.field in ("title", "text") else f"{reason.field}:{reason.text}"


def typed_rank(settings: Settings, row: ScoreRow, at: datetime, now: datetime) -> float:
    """The rank key of what somebody brought in at a time."""
    context = contexts.context(settings, row.regions, at, 1, now)
    rank = items.priority(row.hoax, row.election, row.stance, context, contexts.weights(settings))
    return max(rank, LEAST)


def _save(tx: Tx, settings: Settings, judged: list[Judged], now: datetime) -> Tally:
    typed = [one for one in judged if one[2].method == TYPED]
    _save_typed(tx, settings, typed, now)
    return _save_collected(tx, settings, [one for one in judged if one[2].method != TYPED], now) + Tally(new=len(typed))


def _save_typed(tx: Tx, settings: Settings, judged: list[Judged], now: datetime) -> None:
    """What people brought in while no model was there: the konten is there already, and is never looked up again."""
    rows = tx.add_all([row for _, _, _, row in judged])
    there = tx.words_of(article.words for _, _, article, _ in judged)
    for (_, entry, article, _), row in zip(judged, rows, strict=True):
        item = tx.item_of(entry.id)
        if item and article.words in there:
            tx.judged_later(item.id, row.id, typed_rank(settings, row, item.at, now))
        tx.drop_waiting(entry.id)


def _save_collected(tx: Tx, settings: Settings, judged: list[Judged], now: datetime) -> Tally:
    rows = tx.add_all([row for _, _, _, row in judged])
    flagged = 0
    tx.state(list(_stated(tx, settings, judged, rows)))
    for (waiting, entry, article, _), row in zip(judged, rows, strict=True):
        item = _item(tx, settings, entry, article, row, now)
        flagged += item is not None and item.article == article.id
        again = revisit(entry.seen, now) if item and entry.url and not _told_whole(article) else None
        if again:
            tx.put_waiting(replace(waiting, stage="page", due=again, tries=0))
        else:
            tx.drop_waiting(entry.id)
    return Tally(new=len(rows), flagged=flagged)


def _stated(tx: Tx, settings: Settings, judged: list[Judged], rows: list[ScoreRow]) -> Iterable[Statement]:
    """What goes into the second lane: an entry's first version that says so; later ones follow it there."""
    for (_, entry, article, _), row in zip(judged, rows, strict=True):
        made = statements.stated(article, row, _category(settings, entry.source))
        if made and not tx.stated_of(entry.id):
            yield made


def _told_whole(article: Article) -> bool:
    """Did the source itself carry the article? Its feed then shows an edit; its page would only differ in dress."""
    return article.method == "feed" and SUMMARY not in article.doubt


def _item(tx: Tx, settings: Settings, entry: Entry, article: Article, row: ScoreRow, now: datetime) -> Item | None:
    """The new Item of an article, or None; an entry that is a konten already keeps it, with its new rank."""
    if _category(settings, entry.source) == KNOWLEDGE:
        return None
    copies = len(tx.same_text(article.words))
    context = contexts.context(settings, row.regions, article.published or article.at, copies, now)
    item = items.flagged(row, context, contexts.weights(settings))
    if item is None:
        return None
    before = tx.item_of(entry.id)
    if before:
        tx.reprioritise([(before.id, item.priority)])
        return before
    return tx.add(item)


def _category(settings: Settings, name: str) -> str:
    return next((source.category for source in settings.sources if source.name == name), "")
