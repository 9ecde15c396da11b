"""A person's acts on the answer -> Clarification, Post, Objection: each in one transaction with its audit, or not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event
from urllib.parse import urlsplit

from monitor import clarifications, fetches, posts
from monitor.audit import Act
from monitor.clarifications import Citation, Clarification, ClarificationAct, Draft, Fault, LinkCheck
from monitor.entries import Words
from monitor.fetches import Request
from monitor.people import Person, Refusal
from monitor.pipeline.cases import STALE, Undone, official_of
from monitor.pipeline.house import Clock, House
from monitor.posts import Answer, Objection, Post, Publication
from monitor.rumors import Rumor
from monitor.sources import Settings
from monitor.store import Store, Tx
from monitor.verdicts import Verdict

LOST = Refusal("no such clarification", "Klarifikasi itu tidak ada. Muat ulang daftarnya.")
ERASED = Refusal("its words were erased", "Teks ini sudah dihapus, jadi tidak dapat diterbitkan lagi.")
Change = clarifications.acts.Change | Refusal


@dataclass(frozen=True, slots=True)
class File:
    """A clarification with everything that an act or a page needs: its isu, finding, acts, text, and what the linter
    says of the text at hand (in order), at this moment."""

    row: Clarification
    rumor: Rumor
    verdict: Verdict
    acts: Sequence[ClarificationAct]
    text: Draft | None
    checks: Sequence[LinkCheck] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def standing(self) -> int:
        """How many faults stand in the way of the text at hand; an erased text stands in its own way."""
        return len(clarifications.blocking(self.faults, self.text.waivers)) if self.text else 1


def draft(house: House, rumor: int, person: Person, now: datetime) -> File | Refusal:
    """A first draft for the finding that holds, by the template of its finding and form."""
    try:
        with house.store.write() as tx:
            found, verdicts = tx.get(Rumor, rumor), tx.verdicts(rumor)
            if found is None or not verdicts:
                return Refusal(f"rumor {rumor} has no finding", f"Isu {rumor} belum mempunyai hasil.")
            text = _first(tx, house.settings, found, verdicts[-1]).words()
            made = clarifications.begin(found, verdicts[-1], text.digest, person, now)
            if isinstance(made, Refusal):
                raise Undone(made)
            tx.put_words([text])
            row = tx.add(made[0])
            _note(tx, replace(made[1], clarification=row.id))
            return _file(tx, house.settings, row, now)
    except Undone as undone:
        return undone.refusal


def opened(house: House, number: int, now: datetime) -> File | Refusal:
    """A clarification as it stands, with the linter's faults."""
    with house.store.read() as tx:
        row = tx.get(Clarification, number)
        return _file(tx, house.settings, row, now) if row else LOST


def edit(house: House, number: int, person: Person, text: Draft, now: datetime) -> File | Refusal:
    """Another text for a draft."""
    words = clarifications.bounded(text).words()
    return _acted(house, number, now, lambda file: clarifications.edit(file.row, words.digest, person, now), words)


def check_links(house: House, number: int, now: Clock, stop: Event) -> list[LinkCheck] | Refusal:
    """Visits every address that the text rests on, and keeps whether it answered."""
    file = opened(house, number, now())
    if isinstance(file, Refusal) or file.text is None:
        return file if isinstance(file, Refusal) else ERASED
    urls = [one.url for one in file.text.citations]
    requests = [Request(f"tautan:{i}", url, "tautan") for i, url in enumerate(urls)]
    seen = []
    for reply in house.collector.fetch_all(requests, stop):
        alive = not fetches.failed(fetches.judge_page(reply, now())[0].outcome) and bool(reply.body)
        seen.append(LinkCheck(number, reply.request.url, now(), alive))
    with house.store.write() as tx:
        return tx.add_all(seen)


def submit(house: House, number: int, person: Person, now: datetime) -> File | Refusal:
    """Hands the text to a second person; the linter must be silent, or answered."""
    return _acted(house, number, now, lambda file: clarifications.submit(file.row, person, file.standing, now))


def approve(house: House, number: int, person: Person, now: datetime) -> File | Refusal:
    """The second signature."""
    return _acted(house, number, now, lambda file: clarifications.approve(file.row, file.acts, person, now))


def send_back(house: House, number: int, person: Person, note: str, now: datetime) -> File | Refusal:
    """Back to its writer, with a note."""
    return _acted(house, number, now, lambda file: clarifications.send_back(file.row, file.acts, person, note, now))


def confirm(house: House, number: int, person: Person, reason: str, now: datetime) -> File | Refusal:
    """The kepala's own word for a text that names a candidate in masa tenang."""
    return _acted(house, number, now, lambda file: clarifications.confirm(file.row, person, reason, now))


def publish(house: House, number: int, person: Person, now: datetime) -> Post | Refusal:
    """Makes it public: the linter and the stage are asked again at this very moment."""
    def act(file: File) -> Change:
        latest = file.verdict.id
        return clarifications.publish(file.row, file.acts, file.rumor, latest, person, file.standing, now)

    return _made_public(house, number, now, act)


def propose_correction(
    house: House, number: int, person: Person, text: Draft, reason: str, now: datetime
) -> File | Refusal:
    """Another text for a published page; it stands as it is until another person signs."""
    bounded = clarifications.bounded(text)
    words = bounded.words()

    def act(file: File) -> Change:
        count = clarifications.standing(bounded, _facts(house.settings, file, now))
        return clarifications.propose_correction(file.row, words.digest, person, reason, count, now)

    return _acted(house, number, now, act, words)


def propose_withdrawal(house: House, number: int, person: Person, reason: str, now: datetime) -> File | Refusal:
    """Asks for the withdrawal of a published page."""
    return _acted(house, number, now, lambda file: clarifications.propose_withdrawal(file.row, person, reason, now))


def sign_proposal(house: House, number: int, person: Person, now: datetime) -> Post | Refusal:
    """The second signature under a correction or withdrawal: the page changes, its address stays."""
    return _made_public(house, number, now, lambda file: clarifications.sign_proposal(
        file.row, file.acts, person, file.standing, now))


def refuse_proposal(house: House, number: int, person: Person, note: str, now: datetime) -> File | Refusal:
    """The page stays as it is."""
    return _acted(house, number, now, lambda file: clarifications.refuse_proposal(
        file.row, file.acts, person, note, now))


def publications(tx: Tx, some: Sequence[Post] | None = None) -> list[Publication]:
    """What people may see, newest first: only editions that were published by two hands have a row."""
    shown = tx.posts() if some is None else some
    held = tx.words_of([post.words for post in shown])
    return [Publication(post, clarifications.draft_of(held[post.words]) if post.words in held else None,
                        tx.editions_of(post.clarification), _upheld(tx, post.clarification)) for post in shown]


def publication(tx: Tx, clarification: int) -> Publication | None:
    """The page of one clarification; None while nothing of it is public."""
    history = tx.editions_of(clarification)
    return publications(tx, history[-1:])[0] if history else None


def site(settings: Settings, url: str, names: Callable[[str], str]) -> posts.Site:
    """The public site of an office; `url` is where it stands, `names` gives the name of a kode wilayah."""
    codes = {settings.office.code, *(source.code for source in settings.watched)} - {""}
    return posts.Site(url.rstrip("/"), settings.office.name or "Kantor tanpa nama", settings.office.contact,
                      settings.office.zone, {code: names(code) for code in codes})


def object_to(
    store: Store, settings: Settings, number: int, kind: str, who: str, contact: str, text: str, now: datetime
) -> Objection | Refusal:
    """Records a hak jawab or request for correction, with its due date; who asked is a payload that can be erased."""
    words = Words(kind, text, f"{who}, {contact}")
    with store.write() as tx:
        history = tx.editions_of(number)
        if not history:
            return LOST
        made = posts.objected(history[-1], kind, words.digest, now, settings.office.zone)
        if isinstance(made, Refusal):
            return made
        tx.put_words([words])
        kept = tx.add(made)
        tx.audit(Act(now, "publik", "keberatan", "klarifikasi", str(number), {"objection": kept.id, "kind": kind}))
        return kept


def answer_objection(
    house: House, objection: int, person: Person, outcome: str, note: str, now: datetime
) -> Answer | Refusal:
    """The office's decision about an objection."""
    with house.store.write() as tx:
        found = next((pair for pair in tx.objections() if pair[0].id == objection), None)
        if found is None:
            return Refusal(f"no objection {objection}", f"Permintaan {objection} tidak ada.")
        made = posts.answered(found[0], [found[1]] if found[1] else [], person, outcome, note, now)
        if isinstance(made, Refusal):
            return made
        kept = tx.add(made)
        detail: dict[str, str | int | float | bool | None] = {"objection": objection, "outcome": outcome}
        tx.audit(Act(now, person.name, "jawab keberatan", "klarifikasi", str(found[0].clarification), detail))
        return kept


def _acted(
    house: House, number: int, now: datetime, act: Callable[[File], Change], words: Words | None = None
) -> File | Refusal:
    with house.store.write() as tx:
        row = tx.get(Clarification, number)
        if row is None:
            return LOST
        outcome = act(_file(tx, house.settings, row, now))
        if isinstance(outcome, Refusal):
            return outcome
        if not _kept(tx, outcome, row.version, words):
            return STALE
        return _file(tx, house.settings, outcome[0], now)


def _made_public(house: House, number: int, now: datetime, act: Callable[[File], Change]) -> Post | Refusal:
    with house.store.write() as tx:
        row = tx.get(Clarification, number)
        if row is None:
            return LOST
        file = _file(tx, house.settings, row, now)
        outcome = act(file)
        if isinstance(outcome, Refusal):
            return outcome
        if not _kept(tx, outcome, row.version, None):
            return STALE
        post = tx.add(_edition(tx, file, outcome, now))
        detail: dict[str, str | int | float | bool | None] = {"post": post.id, "edition": post.edition}
        tx.audit(Act(now, outcome[1].who, post.act, "publikasi", str(number), detail | {"words": post.words}))
        return post


def _edition(tx: Tx, file: File, outcome: tuple[Clarification, ClarificationAct], now: datetime) -> Post:
    row, act = outcome
    history = tx.editions_of(row.id)
    assert file.text is not None, "an erased text passed the linter"
    if history:
        return posts.next_edition(history[-1], row.state, act.words, file.text.category, act.reason, now)
    scores = [scored.score for scored in tx.queue_rows([item.id for item in tx.carriers(file.rumor.id)])]
    regions = (code for score in scores for code in score.regions)
    topics = (code for score in scores for code in score.topics)
    found = file.verdict
    return posts.first_edition(row.id, file.text, act.words, found.finding, found.form, regions, topics, now)


def _kept(tx: Tx, outcome: tuple[Clarification, ClarificationAct], version: int, words: Words | None) -> bool:
    if words is not None:
        tx.put_words([words])
    if not tx.change(outcome[0], version):
        return False
    _note(tx, outcome[1])
    return True


def _note(tx: Tx, act: ClarificationAct) -> None:
    tx.add(act)
    detail: dict[str, str | int | float | bool | None] = {"old": act.old, "new": act.new, "words": act.words}
    tx.audit(Act(act.at, act.who, act.act, "klarifikasi", str(act.clarification), detail))


def _file(tx: Tx, settings: Settings, row: Clarification, now: datetime) -> File:
    rumor, acts = tx.get(Rumor, row.rumor), tx.clarification_acts(row.id)
    assert rumor is not None, f"clarification {row.id} without its rumor"
    verdict = tx.verdicts(row.rumor)[-1]
    held = tx.words_of([row.words]).get(row.words)
    text = clarifications.draft_of(held) if held else None
    bare = File(row, rumor, verdict, acts, text, tx.link_checks(row.id))
    return replace(bare, faults=clarifications.lint(text, _facts(settings, bare, now)) if text else ())


def _facts(settings: Settings, file: File, now: datetime) -> clarifications.Facts:
    confirmed = clarifications.confirmed(file.acts, file.row.words)
    return clarifications.facts(settings, file.verdict, file.checks, now, confirmed)


def _first(tx: Tx, settings: Settings, rumor: Rumor, verdict: Verdict) -> Draft:
    evidence = tx.evidence(rumor.id)
    held = tx.words_of([rumor.words, verdict.words, *(one.words for one in evidence)])
    cited = [Citation(one.url, held[one.words].title if one.words in held else one.url,
                      one.official or official_of(settings.officials, one.url)) for one in evidence if one.url]
    rows = tx.queue_rows([item.id for item in tx.carriers(rumor.id)])
    press = {source.name for source in settings.sources if source.pers == "ya"}
    where = {urlsplit(row.entry.url).hostname or "" for row in rows if row.entry.source not in press} - {""}
    claim = held[rumor.words].title if rumor.words in held else ""
    explanation = held[verdict.words].text if verdict.words in held else ""
    return clarifications.first_draft(verdict, claim, explanation, cited, where, settings.office.name)


def _upheld(tx: Tx, clarification: int) -> list[Answer]:
    return [answer for _, answer in tx.objections(clarification) if answer and answer.outcome == posts.DIKABULKAN]
