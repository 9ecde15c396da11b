"""A person's acts on the answer -> Clarification, Post: each in one transaction with its audit, or not at all.

`seen` is the version that the person saw: where somebody was first, the refusal says who did what. 0 takes any.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event
from urllib.parse import urlsplit

from monitor import clarifications, fetches, posts, rumors
from monitor.audit import Act
from monitor.clarifications import Citation, Clarification, ClarificationAct, Draft, Fault, LinkCheck
from monitor.entries import Words
from monitor.fetches import Request
from monitor.people import Person, Refusal, signers
from monitor.pipeline import outbox
from monitor.pipeline.acts import stale
from monitor.pipeline.cases import Undone
from monitor.pipeline.house import Books, Clock, House
from monitor.posts import Post, Publication
from monitor.rumors import Rumor
from monitor.sources import Settings
from monitor.store import Tx
from monitor.verdicts import Verdict

GOING = (clarifications.MENUNGGU, clarifications.DISETUJUI, *clarifications.PUBLIC)
LOST = Refusal("no such clarification", "Klarifikasi itu tidak ada. Muat ulang daftarnya.")
ERASED = Refusal("its words were erased", "Teks ini sudah dihapus, jadi tidak dapat diterbitkan lagi.")
Change = clarifications.acts.Change | Refusal


@dataclass(frozen=True, slots=True)
class File:
    """A clarification with everything that an act or a page needs: its isu, its finding, the id of the finding that is
    the isu's `latest`, acts, text, and what the linter says of the text at hand (in order), at this moment."""

    row: Clarification
    rumor: Rumor
    verdict: Verdict
    latest: int
    acts: Sequence[ClarificationAct]
    text: Draft | None
    checks: Sequence[LinkCheck] = ()
    faults: tuple[Fault, ...] = ()
    redacted: frozenset[str] = frozenset()

    def standing(self, reason: str = "") -> int:
        """How many faults keep the text at hand from the public; an erased text stands in its own way. `reason`
        answers the warnings of the moment."""
        waivers = clarifications.answered_now(self.text.waivers, reason) if self.text else {}
        return len(clarifications.blocking(self.faults, waivers)) if self.text else 1

    @property
    def unready(self) -> int:
        """How many faults keep it from a second person's table."""
        ready = tuple(one for one in self.faults if one.code != clarifications.AWAITING)
        return len(clarifications.blocking(ready, self.text.waivers)) if self.text else 1


def draft(house: Books, rumor: int, person: Person, now: datetime) -> File | Refusal:
    """A first draft for the finding that holds, by the template of its finding and form; one for each finding."""
    try:
        with house.store.write() as tx:
            found, verdicts = tx.get(Rumor, rumor), tx.verdicts(rumor)
            if found is None or not verdicts:
                return Refusal(f"rumor {rumor} has no finding", f"Isu {rumor} belum mempunyai hasil.")
            if going := of_finding(tx, verdicts[-1]):
                raise Undone(Refusal("answered already", f"Isu ini sudah mempunyai klarifikasi nomor {going.id}."))
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


def of_finding(tx: Tx, verdict: Verdict) -> Clarification | None:
    """The clarification of a finding, unless it was withdrawn."""
    held = tx.clarifications(rumor=verdict.rumor)
    return next((one for one in held if one.verdict == verdict.id and one.state != clarifications.DITARIK), None)


def close(house: Books, rumor: int, person: Person, reason: str, now: datetime, seen: int = 0) -> Rumor | Refusal:
    """The isu ends without a publication; not while a clarification of it is public or waits for a signature."""
    with house.store.write() as tx:
        found = tx.get(Rumor, rumor)
        if found is None:
            return Refusal(f"no rumor {rumor}", f"Isu {rumor} tidak ada.")
        going = tx.clarifications(*GOING, rumor=rumor)
        if going:
            return Refusal("a clarification is on its way", f"Klarifikasi nomor {going[0].id} masih {going[0].state}. "
                           "Kembalikan atau tarik dahulu.")
        outcome = rumors.close(found, person, reason, now)
        if isinstance(outcome, Refusal):
            return outcome
        if (seen and seen != found.version) or not tx.change(outcome[0], found.version):
            return stale((act.who, act.act) for act in tx.rumor_acts(rumor))
        tx.add(outcome[1])
        detail: dict[str, str | int | float | bool | None] = {"old": outcome[1].old, "new": outcome[1].new}
        tx.audit(Act(now, person.name, outcome[1].act, "isu", str(rumor), detail))
        return outcome[0]


def opened(house: Books, number: int, now: datetime) -> File | Refusal:
    """A clarification as it stands, with the linter's faults."""
    with house.store.read() as tx:
        row = tx.get(Clarification, number)
        return _file(tx, house.settings, row, now) if row else LOST


def edit(house: Books, number: int, person: Person, text: Draft, now: datetime, seen: int = 0) -> File | Refusal:
    """Another text for a draft."""
    words = clarifications.bounded(text).words()

    def act(file: File) -> Change:
        return clarifications.edit(file.row, words.digest, person, now)

    return _acted(house, number, now, act, words, seen)


def judged(house: Books, number: int, text: Draft, now: datetime) -> tuple[Fault, ...]:
    """What the linter says of a text that is not kept, as if it stood in this clarification."""
    file = opened(house, number, now)
    return () if isinstance(file, Refusal) else clarifications.lint(
        clarifications.bounded(text), _facts(house.settings, file, now))


def check_links(house: House, number: int, now: Clock, stop: Event) -> list[LinkCheck] | Refusal:
    """Visits every address that the text rests on, and keeps whether it answered."""
    file = opened(house, number, now())
    if isinstance(file, Refusal) or file.text is None:
        return file if isinstance(file, Refusal) else ERASED
    requests = [Request(f"tautan:{i}", url, "tautan") for i, url in enumerate(links(file.text))]
    looked = {}
    for reply in house.collector.fetch_all(requests, stop):
        alive = not fetches.failed(fetches.judge_page(reply, now())[0].outcome) and bool(reply.body)
        looked[reply.request.url] = alive
    return keep_checks(house, number, looked, now())


def links(text: Draft) -> list[str]:
    """The addresses that a text rests on and that can be visited."""
    return [one.url for one in text.citations if one.url.startswith(("https://", "http://"))]


def keep_checks(house: Books, number: int, looked: Mapping[str, bool], now: datetime) -> list[LinkCheck]:
    """Keeps which addresses answered."""
    with house.store.write() as tx:
        return tx.add_all([LinkCheck(number, url, now, alive) for url, alive in looked.items()])


def submit(house: Books, number: int, person: Person, now: datetime, seen: int = 0) -> File | Refusal:
    """Hands the text to a second person; the linter must be silent, or answered."""
    def act(file: File) -> Change:
        return clarifications.submit(file.row, person, file.unready, now)

    return _acted(house, number, now, act, seen=seen)


def approve(house: Books, number: int, person: Person, now: datetime, seen: int = 0) -> File | Refusal:
    """The second signature."""
    roles = signers(house.settings.office.second_signature)
    return _acted(house, number, now, lambda file: clarifications.approve(file.row, file.acts, person, now, roles),
                  seen=seen)


def send_back(house: Books, number: int, person: Person, note: str, now: datetime, seen: int = 0) -> File | Refusal:
    """Back to its writer, with a note."""
    def act(file: File) -> Change:
        return clarifications.send_back(file.row, file.acts, person, note, now)

    return _acted(house, number, now, act, seen=seen)


def confirm(house: Books, number: int, person: Person, reason: str, now: datetime, seen: int = 0) -> File | Refusal:
    """The kepala's own word for a text that names a candidate in masa tenang."""
    return _acted(house, number, now, lambda file: clarifications.confirm(file.row, person, reason, now), seen=seen)


def publish(
    house: Books, number: int, person: Person, now: datetime, seen: int = 0, reason: str = ""
) -> Post | Refusal:
    """Makes it public: links, linter and stage are asked again at this very moment; `reason` answers what is wrong
    with links just now."""
    def act(file: File) -> Change:
        standing = file.standing(reason)
        return clarifications.publish(file.row, file.acts, file.rumor, file.latest, person, standing, now, reason)

    return _made_public(house, number, now, act, seen)


def propose_correction(
    house: Books, number: int, person: Person, text: Draft, reason: str, now: datetime, seen: int = 0
) -> File | Refusal:
    """Another text for a published page; it stands as it is until another person signs."""
    bounded = clarifications.bounded(text)
    words = bounded.words()

    def act(file: File) -> Change:
        count = clarifications.standing(bounded, _facts(house.settings, file, now))
        return clarifications.unfit(reason, house.settings, now) or clarifications.propose_correction(
            file.row, words.digest, person, reason, count, now)

    return _acted(house, number, now, act, words, seen)


def propose_withdrawal(
    house: Books, number: int, person: Person, reason: str, now: datetime, seen: int = 0
) -> File | Refusal:
    """Asks for the withdrawal of a published page."""
    def act(file: File) -> Change:
        return clarifications.unfit(reason, house.settings, now) or clarifications.propose_withdrawal(
            file.row, person, reason, now)

    return _acted(house, number, now, act, seen=seen)


def sign_proposal(
    house: Books, number: int, person: Person, now: datetime, seen: int = 0, reason: str = ""
) -> Post | Refusal:
    """The second signature under a correction or withdrawal: the page changes, its address stays."""
    def act(file: File) -> Change:
        roles = signers(house.settings.office.second_signature)
        return clarifications.sign_proposal(file.row, file.acts, person, file.standing(reason), now, roles)

    return _made_public(house, number, now, act, seen)


def refuse_proposal(
    house: Books, number: int, person: Person, note: str, now: datetime, seen: int = 0
) -> File | Refusal:
    """The page stays as it is."""
    def act(file: File) -> Change:
        return clarifications.refuse_proposal(file.row, file.acts, person, note, now)

    return _acted(house, number, now, act, seen=seen)


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


class Regions(Mapping[str, str]):
    """The names of kode wilayah, looked up when one is asked for."""

    def __init__(self, names: Callable[[str], str]) -> None:
        self._names = names

    def __getitem__(self, code: str) -> str:
        return self._names(code) or code

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def site(settings: Settings, url: str, names: Callable[[str], str]) -> posts.Site:
    """The public site of an office; `url` is where it stands, `names` gives the name of a kode wilayah."""
    return posts.Site(url.rstrip("/"), settings.office.name or "Kantor tanpa nama", settings.office.contact,
                      settings.office.zone, Regions(names), settings.public.answer_days)


def _acted(
    house: Books, number: int, now: datetime, act: Callable[[File], Change], words: Words | None = None, seen: int = 0
) -> File | Refusal:
    with house.store.write() as tx:
        row = tx.get(Clarification, number)
        if row is None:
            return LOST
        if seen and seen != row.version:
            return _stale(tx, number)
        outcome = act(_file(tx, house.settings, row, now))
        if isinstance(outcome, Refusal):
            return outcome
        if not _kept(tx, outcome, row.version, words):
            return _stale(tx, number)
        return _file(tx, house.settings, outcome[0], now)


def _made_public(
    house: Books, number: int, now: datetime, act: Callable[[File], Change], seen: int = 0
) -> Post | Refusal:
    with house.store.write() as tx:
        row = tx.get(Clarification, number)
        if row is None:
            return LOST
        if seen and seen != row.version:
            return _stale(tx, number)
        file = _file(tx, house.settings, row, now)
        outcome = act(file)
        if isinstance(outcome, Refusal):
            return outcome
        if not _kept(tx, outcome, row.version, None):
            return _stale(tx, number)
        post = tx.add(_edition(tx, file, outcome, now))
        detail: dict[str, str | int | float | bool | None] = {"post": post.id, "edition": post.edition}
        tx.audit(Act(now, outcome[1].who, post.act, "publikasi", str(number), detail | {"words": post.words}))
        outbox.plan(tx, house.settings, post, now)
        return post


def _stale(tx: Tx, number: int) -> Refusal:
    return stale((act.who, act.act) for act in tx.clarification_acts(number))


def _edition(tx: Tx, file: File, outcome: tuple[Clarification, ClarificationAct], now: datetime) -> Post:
    row, act = outcome
    history = tx.editions_of(row.id)
    if history:
        category = file.text.category if file.text else history[-1].category
        return posts.next_edition(history[-1], row.state, act.words, category, act.reason, now)
    assert file.text is not None, "an erased text passed the linter"
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
    verdicts = tx.verdicts(row.rumor)
    verdict = next(one for one in verdicts if one.id == row.verdict)
    held = tx.words_of([row.words]).get(row.words)
    text = clarifications.draft_of(held) if held else None
    bare = File(row, rumor, verdict, verdicts[-1].id, acts, text, tx.link_checks(row.id),
                redacted=frozenset(one.page for one in tx.redactions(row.id)))
    return replace(bare, faults=clarifications.lint(text, _facts(settings, bare, now)) if text else ())


def _facts(settings: Settings, file: File, now: datetime) -> clarifications.Facts:
    confirmed = clarifications.confirmed(file.acts, file.row.words)
    return clarifications.facts(settings, file.verdict, file.checks, now, confirmed, file.redacted)


def _first(tx: Tx, settings: Settings, rumor: Rumor, verdict: Verdict) -> Draft:
    evidence = tx.evidence(rumor.id)
    held = tx.words_of([rumor.words, verdict.words, *(one.words for one in evidence)])
    body = {one.url: one.official or clarifications.official_of(one.url, settings.officials) for one in evidence}
    cited = [Citation(one.url, held[one.words].title if one.words in held else one.url, body[one.url])
             for one in evidence if one.url]
    rows = tx.queue_rows([item.id for item in tx.carriers(rumor.id)])
    press = {source.name for source in settings.sources if source.pers == "ya"}
    where = {urlsplit(row.entry.url).hostname or "" for row in rows if row.entry.source not in press} - {""}
    claim = held[rumor.words].title if rumor.words in held else ""
    explanation = held[verdict.words].text if verdict.words in held else ""
    return clarifications.first_draft(verdict, claim, explanation, cited, where, settings.office.name)


def _upheld(tx: Tx, clarification: int) -> list[posts.Answer]:
    return [answer for _, answer in tx.objections(clarification) if answer and answer.outcome == posts.DIKABULKAN]
