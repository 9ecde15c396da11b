"""A person's acts -> Rumor, Evidence, Verdict, Signature: each in one transaction with its audit, or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Event
from urllib.parse import urlsplit

from monitor import articles, fetches, gates, items, rumors, verdicts
from monitor.articles import Extract, Hint
from monitor.audit import Act
from monitor.entries import Words
from monitor.fetches import Reply, Request
from monitor.gates import Concern
from monitor.items import Item
from monitor.people import LUAR, Person, Refusal, accounts, signers
from monitor.pipeline.house import Clock, House
from monitor.rumors import Carrier, Rumor
from monitor.sources import Official, Settings, Source
from monitor.store import QueueRow, Tx
from monitor.verdicts import Case, Evidence, Override, Verdict

STALE = Refusal("somebody else changed it first", "Orang lain mendahului. Muat ulang, lalu lihat keadaannya sekarang.")


class Undone(Exception):
    """Leaves a transaction so that nothing of it stays; carries the refusal to the caller."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.cause)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Finding:
    """What a verifier submits about one konten: the written claim, the finding with its explanation, and the answers
    to the gates; `reasons` say (by gate) why one that seems to apply does not."""

    claim: str
    finding: str
    explanation: str
    form: str = ""
    why: str = ""
    criticism: bool = False
    breach: bool = False
    conflict: bool = False
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Link:
    """An address that somebody offered, as it was visited: its title, date, the hash of its kept bytes, where it led
    (`final`, "" if nowhere else) and the text that was read there."""

    url: str
    title: str
    published: datetime | None
    page: str
    note: str
    final: str = ""
    text: str = ""


def visit_links(house: House, urls: Sequence[str], now: Clock, stop: Event) -> list[Link]:
    """Visits addresses offered as evidence and keeps their bytes; one that does not answer is kept as it was given."""
    requests = [Request(f"bukti:{i}", url, "bukti") for i, url in enumerate(urls)]
    links = {}
    for reply in house.collector.fetch_all(requests, stop):
        links[reply.request.key] = _link(house, reply, now())
    return [links[request.key] for request in requests]


def propose(
    house: House, item: int, person: Person, finding: Finding, links: Sequence[Link], now: datetime
) -> tuple[Rumor, Verdict] | Refusal:
    """Takes the konten, writes its isu, lays the evidence down and submits the finding: all or nothing."""
    claim = rumors.claim(finding.claim)
    if isinstance(claim, Refusal):
        return claim
    try:
        with house.store.write() as tx:
            outcome = _propose(tx, house.settings, item, person, replace(finding, claim=claim), links, now)
            if isinstance(outcome, Refusal):
                raise Undone(outcome)
            return outcome
    except Undone as undone:
        return undone.refusal


def sign(house: House, rumor: int, person: Person, note: str | None, now: datetime) -> Rumor | Refusal:
    """The second signature: approves, or sends back where there is a note."""
    with house.store.write() as tx:
        found = tx.get(Rumor, rumor)
        held = tx.verdicts(rumor)
        if found is None or not held:
            return Refusal(f"rumor {rumor} has no finding", f"Isu {rumor} belum mempunyai hasil yang diajukan.")
        roles = signers(house.settings.office.second_signature)
        outcome = (
            verdicts.approve(found, held[-1], person, now, roles)
            if note is None
            else verdicts.send_back(found, held[-1], person, note, now, roles)
        )
        if isinstance(outcome, Refusal):
            return outcome
        moved, act, signature = outcome
        if not tx.change(moved, found.version):
            return STALE
        tx.add_all([act, signature])
        tx.audit(Act(now, person.name, signature.act, "isu", str(rumor), {"verdict": signature.verdict}))
        return moved


def change(house: House, item: int, person: Person, act: items.Change | Refusal, now: datetime) -> Item | Refusal:
    """Keeps what one act of monitor.items made of a konten, with its row and audit."""
    if isinstance(act, Refusal):
        return act
    with house.store.write() as tx:
        if not keep_change(tx, act, person, now):
            return STALE
    return act[0]


def _propose(
    tx: Tx, settings: Settings, item: int, person: Person, finding: Finding, links: Sequence[Link], now: datetime
) -> tuple[Rumor, Verdict] | Refusal:
    detail = tx.item(item)
    if detail is None:
        return Refusal(f"no item {item}", f"Konten {item} tidak ada.")
    held = detail.row.item
    if held.state == items.BARU:
        taken = items.take(held, person, now)
        if isinstance(taken, Refusal):
            return taken
        if not keep_change(tx, taken, person, now):
            return STALE
        held = taken[0]
    claim = Words(finding.claim, "")
    tx.put_words([claim])
    opened = rumors.opened(claim.digest, person, now)
    if isinstance(opened, Refusal):
        return opened
    rumor = tx.add(opened)
    attached = items.attach(held, person, rumor.id, now)
    if isinstance(attached, Refusal):
        return attached
    if not keep_change(tx, attached, person, now):
        return STALE
    tx.add(Carrier(rumor.id, item, now, person.name))
    evidence = lay_down(tx, settings, rumor.id, person, links, now)
    case = case_of(tx, settings, finding, [detail.row], evidence, now)
    return submit(tx, rumor, person, finding, case, now)


def submit(
    tx: Tx, rumor: Rumor, person: Person, finding: Finding, case: Case, now: datetime
) -> tuple[Rumor, Verdict] | Refusal:
    """Writes a finding that passes the gates; the answers to the gates go into the audit."""
    words = Words(finding.claim, finding.explanation)
    draft = Verdict(
        rumor.id, finding.finding, words.digest, now, person.name, finding.form, finding.why, finding.conflict
    )
    outcome = verdicts.propose(rumor, person, draft, case, now)
    if isinstance(outcome, Refusal):
        return outcome
    moved, act, verdict = outcome
    if not tx.change(moved, rumor.version):
        return STALE
    tx.put_words([words])
    tx.add(act)
    verdict = tx.add(verdict)
    passed = verdicts.overridden(verdict, case)
    tx.add_all([Override(rumor.id, verdict.id, gate, reason, now, person.name) for gate, reason in passed.items()])
    detail: dict[str, str | int | float | bool | None] = {
        "verdict": verdict.id,
        "finding": verdict.finding,
        "words": verdict.words,
        "evidence": len(case.evidence),
        "kritik": case.criticism,
        "pelanggaran": case.breach,
        "konflik": case.conflict,
        "gerbang dilewati": ", ".join(passed),
    }
    tx.audit(Act(now, person.name, "ajukan hasil", "isu", str(rumor.id), detail))
    return moved, verdict


def case_of(
    tx: Tx, settings: Settings, finding: Finding, rows: Sequence[QueueRow], evidence: Sequence[Evidence], now: datetime
) -> Case:
    """What the gates need to know of a finding about a claim that these konten carry."""
    press = tuple(is_press(settings, row.entry.source) for row in rows)
    return Case(finding.criticism, finding.breach, finding.conflict, press, evidence,
                hints(settings, finding.claim, rows), finding.reasons, outside(tx, now))


def hints(settings: Settings, claim: str, rows: Sequence[QueueRow]) -> tuple[Concern, ...]:
    """The gates that seem to apply to a claim that these konten carry."""
    texts = [f"{row.words.title}\n{row.words.text}" for row in rows if row.words]
    return gates.hints(settings, claim, texts, [is_press(settings, row.entry.source) for row in rows])


def outside(tx: Tx, now: datetime) -> bool:
    """Is there anybody from outside who could sign now? Before there are accounts nobody can say."""
    given = tx.delegations()
    known = [accounts.person(one, given, now) for one in tx.accounts() if not one.disabled]
    return not known or any(LUAR in one.roles for one in known)


def keep_change(tx: Tx, change: items.Change, person: Person, now: datetime) -> bool:
    """Writes a konten's new state with its row and audit; False if somebody was first."""
    item, act = change
    if not tx.change(item, item.version - 1):
        return False
    tx.add(act)
    tx.audit(Act(now, person.name, act.act, "konten", str(item.id), {"old": act.old, "new": act.new}))
    return True


def lay_down(
    tx: Tx, settings: Settings, rumor: int, person: Person, links: Iterable[Link], now: datetime
) -> list[Evidence]:
    """Writes addresses as evidence of an isu."""
    kept = []
    for link in links:
        words = Words(link.title, link.note)
        tx.put_words([words])
        official = official_of(settings.officials, link.url)
        if link.final and official_of(settings.officials, link.final) != official:
            official = ""
        kept.append(
            tx.add(
                Evidence(
                    rumor=rumor,
                    kind="link",
                    url=link.url,
                    words=words.digest,
                    at=now,
                    by=person.name,
                    page=link.page,
                    official=official,
                    published=link.published,
                )
            )
        )
    return kept


def official_of(officials: Iterable[Official], url: str) -> str:
    """The name of the `[[official]]` whose domain the address belongs to, "" if none: a .go.id name proves nothing."""
    host = (urlsplit(url).hostname or "").lower()
    return next((one.name for one in officials if host == one.domain or host.endswith("." + one.domain)), "")


def is_press(settings: Settings, name: str) -> bool:
    """Is the source of this name press?"""
    return any(source.name == name and source.pers == "ya" for source in settings.sources)


def _link(house: House, reply: Reply, now: datetime) -> Link:
    fetch, _ = fetches.judge_page(reply, now)
    url = reply.request.url
    if fetches.failed(fetch.outcome) or not reply.body:
        return Link(url, url, None, "", f"Tidak terbaca saat dicatat: {fetch.sentence}")
    page = house.store.keep(reply.body)
    kind = reply.headers.get("content-type", "")
    source = Source("bukti", url, "html")
    read = house.cage.submit(articles.extract, reply.body, kind, reply.final_url, source, Hint(), now).result()
    extract = read.value if isinstance(read.value, Extract) else None
    title = extract.words.title if extract and extract.words else url
    text = extract.words.text if extract and extract.words else ""
    final = reply.final_url if reply.final_url != url else ""
    note = f"Dialihkan ke {final}" if final and urlsplit(final).hostname != urlsplit(url).hostname else ""
    return Link(url, title or url, extract.published if extract else None, page, note, final, text)
