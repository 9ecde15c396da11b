"""A year of stored events in its digests, on both engines: each event in exactly one week, the same bytes again."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from monitor import digests
from monitor.clarifications import Clarification
from monitor.digests import Events, Period
from monitor.items import BARU, DIKESAMPINGKAN, ItemAct
from monitor.posts import KOREKSI, TARIK, TERBIT, Objection, first_edition
from monitor.referrals import DIKIRIM, Referral, ReferralStep
from monitor.store import Store
from monitor.verdicts import Signature, Verdict
from tests import world
from tests.published import TEXT

ZONES = ("WIB", "WITA", "WIT")
YEARS = (2020, 2024, 2026)
CASES = 40


def weeks(zone: str, year: int) -> list[Period]:
    """All weeks that touch a year, one before and one after."""
    found, start = [], datetime(year, 1, 1, tzinfo=UTC) - timedelta(days=14)
    while not found or found[-1].start < datetime(year + 1, 1, 14, tzinfo=UTC):
        made = digests.week(digests.label_of(start if not found else found[-1].end, zone), zone)
        assert isinstance(made, Period)
        found.append(made)
    return found


def moments(zone: str, year: int, random: Random) -> list[datetime]:
    """Moments over the year; a third lies just at, before or after the border of a week or of the year."""
    first, held = datetime(year, 1, 1, tzinfo=UTC), weeks(zone, year)
    borders = [week.start for week in held[2:-2]] + [first, first + timedelta(days=365)]
    near = (timedelta(microseconds=-1), timedelta(), timedelta(microseconds=1), timedelta(hours=-7))
    anywhere = [first + timedelta(seconds=random.randrange(365 * 86400)) for _ in range(2 * CASES)]
    return anywhere + [random.choice(borders) + random.choice(near) for _ in range(CASES)]


def fill(store: Store, at: list[datetime], random: Random) -> Counter[str]:
    """One case after another at those moments; gives how many events of each kind were stored."""
    stored: Counter[str] = Counter()
    with store.write() as tx:
        made = world.build(tx, 3)
        text = made[0].words.digest
        for number in range(CASES):
            rumor, _ = world.case(tx, made[0], f"Klaim nomor {number} dari tahun ini")
            signed, shown, handed = (random.choice(at) for _ in range(3))
            verdict = tx.add(Verdict(rumor.id, "HOAKS", text, signed, "ani", "konten palsu"))
            tx.add(Signature(verdict.id, "setujui", signed, "rini"))
            tx.add(ItemAct(made[1].item.id, random.choice(at), "ani", "kesampingkan", BARU, DIKESAMPINGKAN, "ganda"))
            answer = tx.add(Clarification(rumor.id, verdict.id, shown, "ani"))
            act = random.choice((TERBIT, KOREKSI, TARIK))
            post = first_edition(answer.id, TEXT, text, "HOAKS", "konten palsu", (), (), shown)
            tx.add(replace(post, act=act))
            tx.add(Objection(answer.id, "koreksi", random.choice(at), shown, text))
            referral = tx.add(Referral(rumor.id, verdict.id, "KPU", handed, "karta", text))
            tx.add(ReferralStep(referral.id, DIKIRIM, handed + timedelta(days=3), "rini", "2024-01-01", str(number)))
            stored.update(("findings", "dismissed", "objections", "referrals", act))
    return stored


def counted(events: Events) -> Counter[str]:
    """The same kinds, as a digest tells them."""
    return Counter({"findings": sum(events.findings.values()), "dismissed": events.dismissed,
                    "objections": events.objections, "referrals": events.referrals, TERBIT: events.published,
                    KOREKSI: events.corrected, TARIK: events.withdrawn})  # fmt: skip


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("zone", ZONES)
def test_every_stored_event_lies_in_exactly_one_digest(store: Store, zone: str, year: int) -> None:
    random = Random(f"{zone}{year}")
    stored = fill(store, moments(zone, year, random), random)
    total: Counter[str] = Counter()
    with store.read() as tx:
        # What world.case signs of its own may lie in the year too.
        signed = [one for rumor in tx.rumors(limit=200) for verdict in tx.verdicts(rumor.id)
                  for one in tx.signatures(verdict.id) if one.by == "Citra"]  # fmt: skip
        for week in weeks(zone, year):
            found = tx.events(week.start, week.end)
            total += counted(found)
            total["findings"] -= sum(1 for one in signed if week.start <= one.at < week.end)
            assert len(found.handed) == found.referrals
            assert len(found.dismissals) == min(found.dismissed, 1)
    assert total == stored


def test_a_referral_is_told_as_it_stood_when_its_week_ended(store: Store) -> None:
    random = Random(1)
    fill(store, [datetime(2024, 2, 16, tzinfo=UTC)], random)
    found = digests.week("2024-W07", "WIT")
    assert isinstance(found, Period)
    with store.read() as tx:
        assert {line.state for line in tx.events(found.start, found.end).handed} == {"disiapkan"}
        later = tx.events(found.start, found.end + timedelta(days=7))
    assert {line.state for line in later.handed} == {"dikirim"}
    assert len({line.number for line in later.handed}) == CASES


def test_an_earlier_week_says_the_same_after_later_events(store: Store) -> None:
    random = Random(2)
    early, late = [datetime(2024, 2, 16, tzinfo=UTC)], [datetime(2024, 3, 16, tzinfo=UTC)]
    found = digests.week("2024-W07", "WIB")
    assert isinstance(found, Period)
    fill(store, early, random)
    with store.read() as tx:
        first = counted(tx.events(found.start, found.end))
    fill_more(store, late, random)
    with store.read() as tx:
        assert counted(tx.events(found.start, found.end)) == first


def fill_more(store: Store, at: list[datetime], random: Random) -> None:
    """Further events of the isu that are there."""
    with store.write() as tx:
        for rumor in tx.rumors(limit=200):
            verdict = tx.add(Verdict(rumor.id, "FAKTA", rumor.words, random.choice(at), "ani"))
            tx.add(Signature(verdict.id, "setujui", random.choice(at), "rini"))
