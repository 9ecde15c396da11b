"""What may leave the office and when: two hands, masa tenang, one letter an edition; and the desk's page of it."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from threading import Barrier, Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor import deliveries, digests
from monitor import desk as pages
from monitor.clarifications import Clarification, ClarificationAct
from monitor.cli import channels
from monitor.daemon import Deliverer, secrets_of
from monitor.deliveries import Delivery, Drop, Go, Hold, Result
from monitor.desk import Desk, Names
from monitor.digests import EXTERNAL, INTERNAL
from monitor.people import Person, Refusal
from monitor.pipeline import answers, outbox, reports
from monitor.posts import Post, Publication, Site
from monitor.sources import Channel
from monitor.store import Store, StoreError
from tests import made_city, world
from tests.channels import PASSWORD, SECRETS
from tests.outlet import Outbox
from tests.outlet import outbox as outlet
from tests.people import ANI, BUDI, KARTA, RINI
from tests.published import NOW as AT
from tests.published import TEXT, post
from tests.test_people import Client

LISTS = '[digest]\nto = ["kepala@kota.example", "sekretaris@kota.example"]\nexternal_to = ["bawaslu@kota.example"]\n'
SILENCE = datetime(2024, 11, 25, 3, 0, tzinfo=UTC)
AFTER = datetime(2024, 11, 27, 5, 0, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Outbox]:
    with outlet(tmp_path, "TP") as made:
        yield made


# Two hands


def acts(*told: tuple[str, str], words: str = "") -> list[ClarificationAct]:
    return [ClarificationAct(12, AT - timedelta(minutes=9 - n), who, act, "", "", words or TEXT.words().digest)
            for n, (who, act) in enumerate(told)]


def test_an_edition_needs_two_hands_and_the_act_that_made_it() -> None:
    good = acts(("ani", "ajukan"), ("rini", "setujui"), ("rini", "terbitkan"))
    assert deliveries.signed(post(), good)
    assert not deliveries.signed(post(), acts(("ani", "ajukan"), ("ani", "setujui"), ("rini", "terbitkan")))
    assert not deliveries.signed(post(), good[:2])
    assert not deliveries.signed(post(), acts(("ani", "ajukan"), ("rini", "setujui"), ("rini", "terbitkan"), words="x"))
    later = [replace(act, at=AT + timedelta(seconds=1)) for act in good]
    assert not deliveries.signed(post(), later)
    for act, kind in (("koreksi", "koreksi"), ("tarik", "penarikan")):
        edition = replace(post(), act=act, edition=2)
        both = acts(("ani", f"usulkan {kind}"), ("rini", f"setujui {kind}"))
        assert deliveries.signed(edition, both)
        assert not deliveries.signed(edition, acts(("rini", f"usulkan {kind}"), ("rini", f"setujui {kind}")))
        assert not deliveries.signed(edition, good)


PEOPLE = (ANI, BUDI, RINI, KARTA)
STEPS = ("edit", "submit", "approve", "back", "publish", "correct", "sign", "withdraw", "refuse", "send")


@pytest.mark.slow
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.tuples(st.sampled_from((ANI, RINI)), st.sampled_from((KARTA, RINI, ANI)), st.sampled_from((RINI, ANI))),
       st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(PEOPLE)), max_size=12))
def test_whatever_people_do_nothing_leaves_without_two_signatures(
    held: Outbox, first: tuple[object, ...], steps: list[tuple[str, object]]
) -> None:
    """Every text that reaches the channel was approved by somebody who had not written it, and published."""
    one = held.drafted()
    before = len(held.telegram.held)
    for number, (step, who) in enumerate([*zip(("submit", "approve", "publish"), first, strict=True), *steps,
                                          ("send", ANI)]):  # fmt: skip
        _step(held, one, step, who, number)
    with held.store.read() as tx:
        history, editions = tx.clarification_acts(one), tx.editions_of(one)
        mine = [row for row in tx.deliveries_of([one]) if row.state == "terkirim"]
    assert len(held.telegram.held) - before <= 1
    assert bool(mine) is (len(held.telegram.held) - before == 1)
    for row in mine:
        edition = next(each for each in editions if each.edition == row.edition)
        of = [act for act in history if act.words == edition.words]
        approvals = {act.who for act in of if act.act.startswith("setujui")}
        writers = {act.who for act in of if act.act in ("ajukan", "usulkan koreksi", "usulkan penarikan")}
        assert any(a != w for a in approvals for w in writers)
        assert any(act.act in ("terbitkan", "setujui koreksi", "setujui penarikan") for act in history)
    if not editions:
        assert not mine


def _step(held: Outbox, one: int, step: str, who: object, number: int) -> None:
    house, now = held.house, held.later()
    text = replace(TEXT, speaker=f"KPU Kota Contoh: Sari Dewi, ketua ({number})")
    does = {
        "edit": lambda: answers.edit(house, one, who, text, now),  # type: ignore[arg-type]
        "submit": lambda: answers.submit(house, one, who, now),  # type: ignore[arg-type]
        "approve": lambda: answers.approve(house, one, who, now),  # type: ignore[arg-type]
        "back": lambda: answers.send_back(house, one, who, "perbaiki", now),  # type: ignore[arg-type]
        "publish": lambda: answers.publish(house, one, who, now),  # type: ignore[arg-type]
        "correct": lambda: answers.propose_correction(house, one, who, text, "keliru", now),  # type: ignore[arg-type]
        "withdraw": lambda: answers.propose_withdrawal(house, one, who, "keliru", now),  # type: ignore[arg-type]
        "sign": lambda: answers.sign_proposal(house, one, who, now),  # type: ignore[arg-type]
        "refuse": lambda: answers.refuse_proposal(house, one, who, "tidak", now),  # type: ignore[arg-type]
        "send": lambda: held.once(),
    }
    does[step]()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outbox]:
    """One office for many examples: each begins with a clarification of its own."""
    with outlet(tmp_path_factory.mktemp("kantor"), "T") as made:
        yield made
        assert made.telegram.held, "no example came as far as the channel"


# The room alone: whatever the door says and wherever the program dies

OUTCOMES = st.sampled_from([
    Result("terkirim", "7"), Result("gagal"), Result("ulangi"), Result("ulangi", doubt=True), Result("ulangi", wait=60),
    Result("tidak pasti"), None])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(["wordpress", "telegram", "webhook", "mail"]), st.lists(OUTCOMES, min_size=1, max_size=30))
def test_a_delivery_never_forgets_a_doubt(kind: str, results: list[Result | None]) -> None:
    """None is a death while sending. Nothing unrepeatable goes on after a doubt; what may have arrived never failed."""
    row, now, doubted, history = Delivery("k", "X", kind, "terbitkan", AT, AT), AT, False, []
    first = row
    for result in results:
        if row.state != "menunggu":
            break
        row, act = deliveries.begin(row, "baru", "", now)
        history.append(act)
        if result is not None and result.outcome == "ulangi" and result.doubt and not deliveries.repeatable(row):
            result = Result("tidak pasti")
        row, act = deliveries.crashed(row, now) if result is None else deliveries.settle(row, result, now)
        history.append(act)
        doubted = doubted or result is None or bool(result.doubt) or result.outcome == "tidak pasti"
        now += timedelta(hours=30)
        assert deliveries.is_due(row, now)
        assert row.tries <= deliveries.MOST_TRIES
        if row.state == "gagal":
            assert not doubted
        if row.state == "menunggu" and doubted:
            assert deliveries.repeatable(row)
    assert deliveries.folded(first, history) == row


def test_the_course_of_an_edition_among_its_neighbours() -> None:
    def row(edition: int, state: str, act: str = "terbitkan", remote: str = "") -> Delivery:
        return Delivery(str(edition), "X", "telegram", act, AT, AT, 1, 1, edition, state=state, remote=remote)

    first, second = row(1, "menunggu"), row(2, "menunggu", "koreksi")
    assert deliveries.course(first, []) == Go("baru", "")
    assert isinstance(deliveries.course(first, [second]), Drop)
    assert isinstance(deliveries.course(second, [row(1, "mengirim")]), Hold)
    assert deliveries.course(second, [row(1, "terkirim", remote="7")]) == Go("ubah", "7")
    assert deliveries.course(second, [row(1, "tidak pasti")]) == Go("baru", "")
    gone = row(2, "menunggu", "tarik")
    assert isinstance(deliveries.course(gone, [row(1, "gagal")]), Drop)
    assert deliveries.course(gone, [row(1, "tidak pasti")]) == Go("baru", "")


# Masa tenang


def test_masa_tenang_is_asked_again_at_the_moment_of_sending(office: Outbox) -> None:
    office.published(explanation=NAMED, waivers={"nama-calon": "menyangkut pencalonan"})
    office.now = SILENCE
    office.once()
    assert {row.state for row in office.rows()} == {"menunggu"}
    assert all("masa tenang" in row.sentence.lower() for row in office.rows())
    assert not office.telegram.asked
    office.now = AFTER
    office.rounds()
    assert {row.state for row in office.rows()} == {"terkirim"}


def test_a_withdrawal_goes_out_in_masa_tenang_too(office: Outbox) -> None:
    one = office.published(explanation=NAMED, waivers={"nama-calon": "menyangkut pencalonan"})
    office.rounds()
    office.now = SILENCE
    office.withdraw(one)
    office.once()
    assert {row.state for row in office.rows()} == {"terkirim"}


NAMED = "KPU menyatakan pasangan Bambang Sutrisno tetap terdaftar sebagai calon."
FIRST = datetime(2024, 11, 22, 12, tzinfo=UTC)


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 7 * 24 * 60), st.booleans())
def test_at_any_minute_of_the_week_of_the_poll(held: Outbox, minutes: int, named: bool) -> None:
    """Held back exactly while masa tenang lasts (24-26 November, polling day until 13.00, WIT) and a name is in it."""
    held.now, held.outlet = FIRST - timedelta(hours=9), held.opened()
    more = {"explanation": NAMED, "waivers": {"nama-calon": "menyangkut pencalonan"}} if named else {}
    one = held.published(**more)  # type: ignore[arg-type]
    held.now = FIRST + timedelta(minutes=minutes)
    local = held.now + timedelta(hours=9)
    quiet = 24 <= local.day <= 26 or (local.day == 27 and local.hour < 13)
    held.once()
    with held.store.read() as tx:
        row = tx.deliveries_of([one])[0]
    assert (row.state == "menunggu") is (quiet and named)
    assert ("masa tenang" in row.sentence.lower()) is (quiet and named)


# Digests


def mails(office: Outbox) -> list[tuple[str, list[str], str]]:
    found = []
    for envelope in office.mail.held:
        sent = message_from_bytes(envelope.content, policy=policy.default)
        page = sent.get_body(("html",))
        assert page is not None
        found.append((str(sent["subject"]), list(envelope.rcpt_tos), page.get_content()))
    return found


def test_a_digest_goes_once_to_each_list(tmp_path: Path) -> None:
    with outlet(tmp_path, "", LISTS) as office:
        reports.finish_due(office.house, office.now)
        office.rounds()
        reports.finish_due(office.house, office.now)
        office.outlet = office.opened()
        office.rounds()
        sent = mails(office)
        assert sorted(to for _, to, _ in sent) == [
            ["bawaslu@kota.example"], ["kepala@kota.example", "sekretaris@kota.example"]]
        assert all("2024-W46" in subject for subject, _, _ in sent)
        assert {row.noun for row in office.rows()} == {"laporan 1", "laporan 2"}


def test_a_late_server_sends_the_last_week_and_no_older_one(tmp_path: Path) -> None:
    with outlet(tmp_path, "", LISTS) as office:
        old = digests.week("2024-W07", "WIT")
        assert not isinstance(old, Refusal)
        reports.finish(office.house, old, INTERNAL, office.now)
        assert office.rows() == []
        office.now += timedelta(days=25)
        reports.finish_due(office.house, office.now)
        office.rounds()
        assert len(mails(office)) == 2


def test_a_correction_of_a_digest_follows_it_and_an_unsent_one_is_replaced(tmp_path: Path) -> None:
    with outlet(tmp_path, "", LISTS) as office:
        reports.finish_due(office.house, office.now)
        period = digests.last_finished(office.now, "WIT")
        office.rounds()
        reports.finish(office.house, period, EXTERNAL, office.now, reason="jumlah sumber keliru")
        office.rounds()
        sent = [message_from_bytes(one.content, policy=policy.default) for one in office.mail.held]
        assert str(sent[-1]["subject"]).startswith("Koreksi: ")
        assert sent[-1]["in-reply-to"] in {one["message-id"] for one in sent[:-1]}
        reports.finish(office.house, period, INTERNAL, office.now, reason="satu")
        reports.finish(office.house, period, INTERNAL, office.now, reason="dua")
        office.rounds()
        assert [row.state for row in office.rows() if row.channel == INTERNAL] == ["terkirim", "batal", "terkirim"]


def test_a_digest_whose_letter_fell_into_silence_waits_for_a_person(tmp_path: Path) -> None:
    with outlet(tmp_path, "", LISTS) as office:
        office.mail.tricks = ["diam", "diam"]
        reports.finish(office.house, digests.last_finished(office.now, "WIT"), EXTERNAL, office.now)
        office.rounds()
        row = office.rows()[0]
        assert row.state == "tidak pasti"
        office.rounds()
        assert len(office.mail.held) == 1
        assert isinstance(outbox.decide(office.store, row.id, row.version, KARTA, "kirim lagi", office.now), Delivery)
        office.rounds()
        assert [str(message_from_bytes(one.content, policy=policy.default)["message-id"]) for one in office.mail.held
                ] == [f"<{row.key}@kota.example>"] * 2


def test_a_person_sends_what_no_list_got(tmp_path: Path) -> None:
    with outlet(tmp_path, "") as office:
        reports.finish_due(office.house, office.now)
        assert office.rows() == []
        lists = replace(office.settings, digest=replace(office.settings.digest, to=("kepala@kota.example",)))
        assert isinstance(outbox.send_report(office.store, office.settings, 1, RINI, office.now), Refusal)
        number = 1 if _audience(office, 1) == INTERNAL else 2
        assert isinstance(outbox.send_report(office.store, lists, number, ANI, office.now), Refusal)
        assert isinstance(outbox.send_report(office.store, lists, number, RINI, office.now), Delivery)
        assert isinstance(outbox.send_report(office.store, lists, number, RINI, office.now), Refusal)


def _audience(office: Outbox, number: int) -> str:
    with office.store.read() as tx:
        edition = tx.get(digests.Edition, number)
    assert edition is not None
    return edition.audience


# Hostile words


@pytest.mark.parametrize("line", ["Fakta\r\nBcc: semua@kota.example", "Fakta\nX-Hantu: ya\n\nisi", "Fakta\u2028baris"])
def test_no_headline_writes_a_header(line: str) -> None:
    text = replace(TEXT, headline=line)
    site = Site("https://k.example", "Kantor\nBcc: x@y.example", "", "WIT")
    one = Publication(replace(post(), act="koreksi", edition=2), text)
    title = deliveries.title(site, one)
    assert title.isprintable()
    assert "\n" not in deliveries.letter(site, one, Delivery("a", "M", "mail", "koreksi", AT, AT), []).subject


def test_markup_in_a_text_is_only_text() -> None:
    text = replace(TEXT, summary="<script>alert(1)</script> {{ 7*7 }}", explanation="<img src=x onerror=y>")
    page = deliveries.page(Site("https://k.example", "Kantor", "", "WIT"), Publication(post(), text))
    assert "<script" not in page
    assert "<img" not in page
    assert "{{ 7*7 }}" in page


# The desk


def browser(office: Outbox, role: str) -> Client:
    desk = Desk(store=office.store, settings=lambda: office.settings, now=lambda: office.now, names=Names(str, str),
                hashing=made_city.HASHING)
    made = Client(pages.app(desk))
    made.cookies.set("sesi", made_city.logged_in(office.store, role, (role,), now=office.now), domain="127.0.0.1")
    return made


def test_the_page_shows_doubts_and_takes_a_decision(office: Outbox) -> None:
    office.telegram.tricks = ["diam"]
    office.published()
    office.once()
    reader, editor = browser(office, "verifikator"), browser(office, "redaktur")
    page = reader.get("/pengiriman").text
    assert "mungkin sudah diterima" in page
    assert "/putuskan" not in page
    page = editor.get("/pengiriman").text
    row = next(row for row in office.rows() if row.state == "tidak pasti")
    assert f"/pengiriman/{row.id}/putuskan" in page
    old = editor.send(f"/pengiriman/{row.id}/putuskan", {"versi": "1", "langkah": "sudah terkirim"})
    assert old.status_code == 409
    done = editor.send(f"/pengiriman/{row.id}/putuskan",
                       {"versi": str(row.version), "langkah": "sudah terkirim", "nomor": "500"})
    assert done.status_code == 303
    assert office.states() == {"Telegram Kota": "terkirim", "Papan": "terkirim"}
    again = editor.send(f"/pengiriman/{row.id}/putuskan", {"versi": str(row.version + 1), "langkah": "kirim lagi"})
    assert again.status_code == 422


def test_the_page_names_channels_with_the_old_text(office: Outbox) -> None:
    one = office.published()
    office.rounds()
    office.telegram.tricks = ["gema"]
    office.correct(one)
    office.once()
    page = browser(office, "kepala").get("/pengiriman").text
    assert "masih teks lama" in page
    assert "Telegram Kota" in page[page.index("Kanal yang belum") : page.index("masih teks lama")]


def test_the_page_of_a_clarification_says_what_each_channel_shows(office: Outbox) -> None:
    one = office.published()
    office.rounds()
    office.telegram.tricks = ["gema"]
    office.correct(one)
    office.once()
    page = " ".join(browser(office, "redaktur").get(f"/klarifikasi/{one}").text.split())
    assert "<strong>Papan</strong>" in page
    shown = page[page.index("<strong>Papan</strong>") : page.index('href="/pengiriman">Pengiriman</a></p>')]
    assert shown.index("teks terbaru") < shown.index("Telegram Kota") < shown.index("masih teks lama")


def test_who_sees_which_edition_of_a_digest(tmp_path: Path) -> None:
    with outlet(tmp_path, "", LISTS) as office:
        reports.finish_due(office.house, office.now)
        inside, outside = (1, 2) if _audience(office, 1) == INTERNAL else (2, 1)
        for role in ("redaktur", "kepala"):
            seen = browser(office, role)
            page = seen.get("/laporan").text
            assert "edisi internal" in page
            assert "edisi eksternal" in page
            assert seen.get(f"/laporan/{inside}?bentuk=json").status_code == 200
        reader = browser(office, "pembaca")
        page = reader.get("/laporan").text
        assert "edisi internal" not in page
        assert f"/laporan/{inside}?" not in page
        assert reader.get(f"/laporan/{inside}?bentuk=json").status_code == 404
        for form, start in (("html", b"<!doctype"), ("csv", b""), ("json", b"{"), ("xlsx", b"PK"), ("txt", b"")):
            answer = reader.get(f"/laporan/{outside}?bentuk={form}")
            assert answer.status_code == 200
            assert answer.content.lower().startswith(start.lower())
            assert "attachment" in answer.headers["content-disposition"]
        assert reader.get(f"/laporan/{outside}?bentuk=exe").status_code == 404
        assert browser(office, "verifikator").get("/laporan").status_code == 403


def test_posts_of_an_office_without_channels_plan_nothing(tmp_path: Path) -> None:
    with outlet(tmp_path, "") as office:
        one = office.published()
        assert isinstance(office.correct(one), Post)
        assert office.rows() == []


# The store, on both engines


def planned(store: Store, count: int) -> list[Delivery]:
    """An office's deliveries to `count` channels, stored."""
    with store.write() as tx:
        rumor, verdict = world.case(tx, world.build(tx, 1)[0])
        row = tx.add(Clarification(rumor.id, verdict.id, world.NOW, "ani", "DITERBITKAN"))
        kept = tx.add(replace(post(number=row.id), clarification=row.id))
        return tx.add_all([Delivery(f"kunci{n}", f"Kanal {n}", "telegram" if n % 2 else "webhook", "terbitkan",
                                    world.NOW, world.NOW, row.id, kept.id, 1) for n in range(count)])


def test_the_outbox_in_the_store(store: Store) -> None:
    first, second, third = planned(store, 3)
    with store.write() as tx:
        assert outbox.keep(tx, first, deliveries.begin(first, "baru", "", world.NOW))
        assert not outbox.keep(tx, first, deliveries.begin(first, "baru", "", world.NOW)), "begun twice"
    with store.read() as tx:
        assert [row.id for row in tx.under_way()] == [first.id, second.id, third.id]
        assert tx.delivery_counts() == {"mengirim": 1, "menunggu": 2}
        assert [row.id for row in tx.deliveries("menunggu", limit=1)] == [third.id]
        assert [row.id for row in tx.deliveries(before=third.id)] == [second.id, first.id]
        assert tx.deliveries_of([first.clarification, 0, 99]) == tx.under_way()
        assert tx.report_deliveries([0]) == []
        begun = tx.get(Delivery, first.id)
        assert begun is not None
        assert deliveries.folded(first, tx.delivery_acts(first.id)) == begun
    with pytest.raises(StoreError), store.write() as tx:
        tx.add(replace(third, id=0))


def test_two_people_decide_and_one_is_told(store: Store) -> None:
    row = planned(store, 2)[1]
    with store.write() as tx:
        begun, act = deliveries.begin(row, "baru", "", world.NOW)
        outbox.keep(tx, row, (begun, act))
        outbox.keep(tx, begun, deliveries.settle(begun, Result("tidak pasti"), world.NOW))
    outcomes: list[object] = []
    gate = Barrier(2)

    def presses(who: Person, what: str) -> None:
        gate.wait()
        outcomes.append(outbox.decide(store, row.id, 3, who, what, world.NOW))

    people = [Thread(target=presses, args=pair) for pair in ((RINI, "kirim lagi"), (KARTA, "sudah terkirim"))]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sorted(type(one).__name__ for one in outcomes) == ["Delivery", "Refusal"]
    assert store.audit_faults() == []


def test_what_waited_in_a_backup_is_a_persons_to_decide(tmp_path: Path) -> None:
    with outlet(tmp_path / "rumah", "TPM") as office:
        office.published()
        office.store.backup(tmp_path / "cadangan.zip", office.now)
        office.rounds()
        office.store.restore(tmp_path / "cadangan.zip", office.now, replace=True)
        assert {row.state for row in office.rows()} == {"menunggu"}
        assert outbox.after_restore(office.store, office.later()) == 2
        office.rounds()
        assert office.states() == {"Telegram Kota": "tidak pasti", "Papan": "terkirim", "Milis": "tidak pasti"}
        assert (len(office.telegram.held), len(office.mail.held), len(set(office.hook.times))) == (1, 1, 1)


# Secrets and the doctor


def test_where_a_secret_may_stand(tmp_path: Path) -> None:
    folder = tmp_path / "rahasia"
    folder.mkdir()
    for name, mode in (("JERNIH_A", 0o600), ("JERNIH_B", 0o644), ("JERNIH_C", 0o640)):
        (folder / name).write_text("isi rahasia\n")
        (folder / name).chmod(mode)
    (folder / "JERNIH_D").symlink_to(folder / "JERNIH_A")
    given = tmp_path / "systemd"
    given.mkdir()
    (given / "JERNIH_E").write_text("dari systemd")
    (given / "JERNIH_E").chmod(0o400)
    secret = secrets_of(tmp_path, {"JERNIH_F": "dari lingkungan", "CREDENTIALS_DIRECTORY": str(given)})
    assert [secret(f"JERNIH_{one}") for one in "ABCDEFG"] == [
        "isi rahasia", "", "", "", "dari systemd", "dari lingkungan", ""]
    assert secret("../JERNIH_A") == secret("") == ""


def test_the_doctor_looks_at_channels_and_sends_nothing(tmp_path: Path) -> None:
    with outlet(tmp_path) as office:
        found = {one.name: one for one in channels.findings(office.settings, SECRETS.get, False)}  # type: ignore[arg-type]
        assert [one.mark for one in found.values()] == ["baik"] * 4, found
        office.wordpress.tricks, office.telegram.tricks = ["putus"], ["putus"]
        down = channels.findings(office.settings, SECRETS.get, False)  # type: ignore[arg-type]
        assert [one.mark for one in down] == ["periksa", "periksa", "baik", "baik"]
        assert "Tidak dapat dihubungi" in down[0].sentence
        assert (office.telegram.held, office.wordpress.held) == ({}, {})
        assert not office.hook.asked
        assert not office.mail.held
        assert {method for method, _ in (*office.telegram.asked, *office.wordpress.asked)} == {"GET"}
        bare = channels.findings(office.settings, lambda name: "", False)
        assert [one.mark for one in bare] == ["rusak", "rusak", "rusak", "baik"]
        said = repr((*found.values(), *down, *bare))
        assert not [secret for secret in SECRETS.values() if secret and secret in said]


@pytest.mark.parametrize("kind, status, body, told", [
    ("wordpress", 200, b'{"id":3,"capabilities":{"edit_posts":true}}', ""),
    ("wordpress", 200, b'{"id":3,"capabilities":{}}', "tidak boleh menulis"),
    ("wordpress", 401, b"{}", "menolak pengguna"), ("wordpress", 404, b"", "REST API"),
    ("wordpress", 200, b"<html>", "bukan jawaban"), ("telegram", 200, b'{"ok":true}', ""),
    ("telegram", 0, b"", "Tidak dapat dihubungi"), ("wordpress", 502, b"", "Tidak dapat dihubungi"),
    ("telegram", 400, b'{"ok":false}', "admin kanal"), ("telegram", 401, b"", "Token bot salah"),
])  # fmt: skip
def test_what_a_channels_answer_says_of_its_setup(kind: str, status: int, body: bytes, told: str) -> None:
    channel = Channel("X", kind, "https://x.example", user="jernih", target="@kota")  # type: ignore[arg-type]
    outcome = "terkirim" if status == 200 else "ditolak"
    said = deliveries.probed(channel, deliveries.Reply(outcome, status, body))
    assert told in said
    assert bool(said) is bool(told)


def test_no_page_tells_a_secret(tmp_path: Path) -> None:
    with outlet(tmp_path) as office:
        office.wordpress.tricks, office.telegram.tricks, office.hook.tricks = ["gema"], ["gema"], ["gema"]
        office.published()
        office.rounds()
        seen = browser(office, "kepala")
        pages_ = [seen.get(path).text for path in ("/pengiriman", "/audit", "/laporan", "/persetujuan", "/health")]
        hidden = [*filter(None, SECRETS.values()), base64.b64encode(f"jernih:{PASSWORD}".encode()).decode()]
        assert not [secret for secret in hidden for page in pages_ if secret in page]


def test_the_daemons_sender_follows_the_settings(tmp_path: Path) -> None:
    with outlet(tmp_path, "T") as office:
        wish = [replace(office.settings, channels=())]
        sends = Deliverer(office.store, lambda: wish[0], lambda name: SECRETS.get(name, ""), lambda: office.now,
                          Event(), (), str, lambda digest: {})
        office.published()
        sends()
        assert "tidak ada atau dinonaktifkan" in office.rows()[0].sentence
        wish[0] = office.settings
        assert sends.send() == 1
        assert office.states() == {"Telegram Kota": "terkirim"}
