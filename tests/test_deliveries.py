"""Publications on their way to channels, over real servers on loopback: none lost, none doubled, no doubt hidden."""

import base64
import hashlib
import hmac
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from monitor import deliveries
from monitor.deliveries import Delivery
from monitor.people import Refusal
from monitor.pipeline import outbox as outboxes
from tests import channels
from tests.channels import HOOK, SECRETS, TRICKS, Shop
from tests.outlet import Outbox, outbox
from tests.people import ANI, KARTA, RINI
from tests.published import TEXT

ADDRESS = "https://klarifikasi.kota.example/1-kpu-kotak-suara-masih-tersegel/"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Outbox]:
    with outbox(tmp_path) as made:
        yield made


def letter(envelope: object):  # type: ignore[no-untyped-def]
    return message_from_bytes(envelope.content, policy=policy.default)  # type: ignore[attr-defined]


def test_what_was_published_reaches_every_channel_once(office: Outbox) -> None:
    office.published()
    assert {one.state for one in office.rows()} == {"menunggu"}
    office.rounds()
    assert set(office.states().values()) == {"terkirim"}
    post = office.wordpress.held["100"]
    assert (post["status"], post["slug"]) == ("draft", "klarifikasi-1-kpu-kotak-suara-masih-tersegel")
    assert post["title"] == TEXT.headline
    assert ADDRESS in post["content"]
    assert office.telegram.held["500"]["chat_id"] == "@kotacontoh"
    assert office.telegram.held["500"]["text"].startswith(f"{TEXT.headline}\nHasil verifikasi: HOAKS")
    assert [one["event"] for one in office.hook.held.values()] == ["terbitkan"]
    sent = letter(office.mail.held[0])
    assert (sent["subject"], sent["to"]) == (TEXT.headline, "milis@kota.example")
    office.rounds()
    assert (len(office.wordpress.held), len(office.telegram.held), len(office.mail.held)) == (1, 1, 1)
    assert len(office.hook.times) == 1


def test_the_receiver_of_a_webhook_can_check_who_sent_it(office: Outbox) -> None:
    office.published()
    office.rounds()
    key, at, sign, body = office.hook.signs[0]
    made = hmac.new(HOOK.encode(), f"{key}.{at}.".encode() + body, hashlib.sha256).digest()
    assert sign == f"v1,{base64.b64encode(made).decode()}"
    assert key == office.rows()[2].key
    assert office.hook.asked[0] == ("POST", "/masuk")


SHOPS = {"W": "wordpress", "T": "telegram", "P": "hook"}


@pytest.mark.parametrize("trick", TRICKS)
@pytest.mark.parametrize("kind", SHOPS)
def test_a_channel_that_misbehaves_once(tmp_path: Path, kind: str, trick: str) -> None:
    with outbox(tmp_path, kind) as office:
        shop: Shop = getattr(office, SHOPS[kind])
        shop.tricks = [trick] if kind != "W" else ["baik", trick]
        office.published()
        office.rounds()
        row = office.rows()[0]
        assert len(shop.held) <= 1
        told_lost = row.state in ("gagal", "tidak pasti") and row.sentence
        assert row.state == "terkirim" or told_lost
        if row.state == "terkirim":
            assert len(shop.held) == 1
        if row.state == "gagal":
            assert not shop.held, "what arrived is called failed"
        if kind in "WP" and trick not in ("alihkan", "gema"):
            assert row.state == "terkirim"


@pytest.mark.slow
@pytest.mark.parametrize("kind, trick", [("W", "500-sesudah"), ("W", "sampah"), ("W", "diam"), ("T", "429"),
                                         ("T", "diam"), ("P", "500"), ("P", "putus")])  # fmt: skip
def test_a_channel_that_misbehaves_always(tmp_path: Path, kind: str, trick: str) -> None:
    with outbox(tmp_path, kind) as office:
        shop: Shop = getattr(office, SHOPS[kind])
        shop.tricks = [trick] * 100
        office.published()
        office.rounds()
        row = office.rows()[0]
        assert len(shop.held) <= 1
        assert row.state in ("gagal", "tidak pasti")
        assert row.tries <= deliveries.MOST_TRIES
        assert row.sentence
        if shop.held:
            assert row.state == "tidak pasti"
        if kind == "T":
            assert len([path for _, path in shop.asked]) == (deliveries.MOST_TRIES if trick == "429" else 1)


@pytest.mark.parametrize("trick, state, arrived", [
    ("diam", "tidak pasti", 1), ("putus", "tidak pasti", 1), ("451", "terkirim", 1), ("550", "gagal", 0),
    ("tolak", "gagal", 0),
])  # fmt: skip
def test_a_mail_server_that_misbehaves_once(tmp_path: Path, trick: str, state: str, arrived: int) -> None:
    with outbox(tmp_path, "M") as office:
        office.mail.tricks = [trick]
        office.published()
        office.rounds()
        row = office.rows()[0]
        assert (row.state, len(office.mail.held)) == (state, arrived)
        assert bool(row.sentence) is (state != "terkirim")


def test_nobodys_address_is_written_down_of_a_refusal(tmp_path: Path) -> None:
    with outbox(tmp_path, "M") as office:
        office.mail.tricks = ["tolak"]
        office.published()
        office.rounds()
        with office.store.read() as tx:
            acts = tx.delivery_acts(office.rows()[0].id)
        assert [act.new for act in acts] == ["mengirim", "gagal"]
        assert "550" in acts[-1].cause
        assert "milis@" not in repr(acts)


def test_a_channel_that_is_down_is_tried_again_and_given_up_visibly(tmp_path: Path) -> None:
    with outbox(tmp_path, "T") as office:
        office.telegram.server.server_close()  # nothing listens any more: every connection is refused
        office.published()
        office.rounds()
        row = office.rows()[0]
        assert (row.state, row.tries) == ("gagal", deliveries.MOST_TRIES)
        assert "berhenti mencoba" in row.sentence


def test_pauses_grow_and_have_an_end() -> None:
    pauses = [deliveries.backoff(tries) for tries in range(1, 40)]
    assert pauses[:4] == [timedelta(minutes=one) for one in (1, 2, 4, 8)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=6)


def test_a_channel_that_is_down_holds_up_no_other(office: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels, "SHORT", 2.0)
    office.telegram.tricks = ["diam"]
    office.wordpress.tricks = ["diam"]
    office.published()
    began = time.monotonic()
    office.once()
    took = time.monotonic() - began
    assert office.states()["Papan"] == office.states()["Milis"] == "terkirim"
    assert took < 2 * 2.0, "channels wait for one another"


SLOW = {"slug": "klarifikasi-1-kpu-kotak-suara-masih-tersegel", "title": "yang terlambat", "content": "lama"}


def test_a_wordpress_that_takes_minutes_is_looked_at_and_not_written_to_again(tmp_path: Path) -> None:
    with outbox(tmp_path, "W") as office:
        office.wordpress.tricks = ["baik", "diam-kosong"]
        office.published()
        office.once()
        for minutes in (1, 2, 4):
            office.now += timedelta(minutes=minutes)
            office.once()
            row = office.rows()[0]
            assert (row.state, row.doubt) == ("menunggu", True)
            assert "Bisa jadi masih dikerjakan" in row.sentence
        assert [method for method, _ in office.wordpress.asked].count("POST") == 1
        office.wordpress.finish(SLOW)
        office.rounds()
        assert (office.rows()[0].state, office.rows()[0].remote) == ("terkirim", "100")
        assert [post["title"] for post in office.wordpress.held.values()] == [TEXT.headline]


def test_a_wordpress_that_never_made_it_gets_it_again_in_the_end(tmp_path: Path) -> None:
    with outbox(tmp_path, "W") as office:
        office.wordpress.tricks = ["baik", "diam-kosong"]
        office.published()
        began = office.now
        office.once()
        while office.rows()[0].state == "menunggu":
            office.now += timedelta(minutes=1)
            office.once()
        assert office.now - began > timedelta(minutes=8)
        assert len(office.wordpress.held) == 1


@pytest.mark.parametrize("draft", [False, True], ids=["numbered slug", "same slug, as drafts have"])
def test_two_posts_are_told_and_a_person_says_which_stays(tmp_path: Path, draft: bool) -> None:
    with outbox(tmp_path, "W") as office:
        office.wordpress.tricks = ["baik", "diam-kosong"]
        one = office.published()
        office.wordpress.late = [{**SLOW, "slug": SLOW["slug"]}]
        if draft:
            office.wordpress.finish = lambda body: office.wordpress.held.setdefault("101", body) and "101"  # type: ignore
        office.rounds()
        row = office.rows()[0]
        assert (row.state, len(office.wordpress.held)) == ("tidak pasti", 2)
        assert "Ada 2 tulisan dengan slug yang sama di WordPress (nomor 100, 101)" in row.sentence
        again = outboxes.decide(office.store, row.id, row.version, RINI, "kirim lagi", office.now)
        assert isinstance(again, Delivery)
        office.once()
        assert (office.rows()[0].state, len(office.wordpress.held)) == ("tidak pasti", 2), "never a third"
        del office.wordpress.held["100"]
        row = office.rows()[0]
        settled = outboxes.decide(office.store, row.id, row.version, RINI, "sudah terkirim", office.now, "101")
        assert isinstance(settled, Delivery)
        office.correct(one)
        office.rounds()
        assert set(office.states().values()) == {"terkirim"}
        assert list(office.wordpress.held) == ["101"]
        assert "ketua divisi" in office.wordpress.held["101"]["content"]


def test_a_channel_that_asks_for_peace_gets_it(tmp_path: Path) -> None:
    with outbox(tmp_path, "T") as office:
        office.telegram.tricks = ["429"]
        office.published(0)
        office.published(1)
        office.once()
        office.once()
        assert len(office.telegram.asked) == 1
        office.rounds()
        assert len(office.telegram.held) == 2


# A process that dies


class Died(BaseException):
    """Ends a try as a power cut does: nothing after it runs."""


@pytest.mark.parametrize("kind, state", [("W", "terkirim"), ("T", "tidak pasti"), ("P", "terkirim"),
                                         ("M", "tidak pasti")])  # fmt: skip
@pytest.mark.parametrize("taken", [True, False])
def test_a_process_that_dies_while_sending(tmp_path: Path, kind: str, state: str, taken: bool) -> None:
    with outbox(tmp_path, kind) as office:
        office.published()

        def dies(*told: object, **more: object) -> object:
            if taken:
                real(*told, **more)
            raise Died

        if kind == "M":
            real = office.outlet.letters
            object.__setattr__(office.outlet, "letters", dies)
        else:
            door = office.outlet.sender(_door(office))
            real = door.send
            door.send = dies  # type: ignore[method-assign, assignment]
            object.__setattr__(office.outlet, "sender", lambda channel: door)
        with pytest.raises(Died):
            office.once()
        assert office.states().popitem()[1] == "mengirim"
        office.outlet = office.opened()
        office.once()
        seen = office.rows()[0]
        assert seen.state == ("tidak pasti" if kind in "TM" else "menunggu")
        assert "berhenti di tengah" in seen.sentence
        office.rounds()
        assert office.rows()[0].state == state
        held = {"W": office.wordpress.held, "T": office.telegram.held, "P": office.hook.held, "M": office.mail.held}
        assert len(held[kind]) == (1 if taken or kind in "WP" else 0)


def _door(office: Outbox):  # type: ignore[no-untyped-def]
    from monitor import web

    channel = office.settings.channels[0]
    return web.Channel(channel.name, channel.url, channel.private, channel.pin)


@pytest.mark.slow
def test_a_killed_sender_leaves_a_doubt_and_no_second_message(tmp_path: Path) -> None:
    with outbox(tmp_path / "rumah", "T") as office:
        feeds = tmp_path / "feeds.toml"
        feeds.write_text(office.text, "utf-8")
        environment = {**os.environ, **SECRETS, "JERNIH_HOME": str(office.store.home), "JERNIH_FEEDS": str(feeds)}
        order = [sys.executable, "-m", "monitor.cli", "deliver", "--once"]
        office.telegram.tricks = ["diam"]
        office.published()
        sender = subprocess.Popen(order, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not office.telegram.asked:
            assert sender.poll() is None
            time.sleep(0.01)
        sender.kill()
        sender.wait()
        assert office.states()["Telegram Kota"] == "mengirim"
        told = ""
        for _ in range(2):
            told = subprocess.run(order, env=environment, capture_output=True, text=True, check=True).stdout
        assert office.states() == {"Telegram Kota": "tidak pasti"}
        assert "1 tidak pasti" in told
        assert len(office.telegram.asked) == 1
        with office.store.leader():
            held = subprocess.run(order, env=environment, capture_output=True, text=True, check=False)
        assert held.returncode == 3


# What a person decides


def stuck(office: Outbox, trick: str = "diam") -> Delivery:
    office.telegram.tricks = [trick]
    office.published()
    office.rounds()
    return office.rows()[0]


def test_a_doubt_is_a_persons_to_settle(tmp_path: Path) -> None:
    with outbox(tmp_path, "T") as office:
        row = stuck(office)
        assert row.state == "tidak pasti"
        assert isinstance(outboxes.decide(office.store, row.id, row.version, ANI, "kirim lagi", office.now), Refusal)
        done = outboxes.decide(office.store, row.id, row.version, RINI, "sudah terkirim", office.later(), "500")
        assert isinstance(done, Delivery)
        assert (done.state, done.remote) == ("terkirim", "500")
        again = outboxes.decide(office.store, row.id, row.version, RINI, "kirim lagi", office.later())
        assert isinstance(again, Refusal)
        with office.store.read() as tx:
            told = [(act.who, act.act) for act in tx.acts("pengiriman", str(row.id))]
        assert told == [("jernih", "rencanakan"), ("jernih", "kirim"), ("jernih", "ragu"), ("rini", "sudah terkirim")]
        office.correct(1)
        office.rounds()
        assert "ketua divisi" not in office.telegram.held["500"]["text"]
        assert office.telegram.held["500"]["text"].startswith("Koreksi: ")
        assert len(office.telegram.held) == 1


def test_send_again_sends_once_more_and_no_more(tmp_path: Path) -> None:
    with outbox(tmp_path, "T") as office:
        row = stuck(office, "diam-kosong")
        first = outboxes.decide(office.store, row.id, row.version, KARTA, "kirim lagi", office.later())
        second = outboxes.decide(office.store, row.id, row.version, RINI, "kirim lagi", office.later())
        assert isinstance(first, Delivery)
        assert isinstance(second, Refusal)
        office.rounds()
        assert office.rows()[0].state == "terkirim"
        assert len(office.telegram.held) == 1


def test_a_message_number_is_digits(tmp_path: Path) -> None:
    with outbox(tmp_path, "T") as office:
        row = stuck(office)
        refused = outboxes.decide(office.store, row.id, row.version, RINI, "sudah terkirim", office.later(), "5/../x")
        assert isinstance(refused, Refusal)


def test_what_was_given_up_is_not_sent(tmp_path: Path) -> None:
    with outbox(tmp_path, "T") as office:
        row = stuck(office, "gema")
        assert row.state == "gagal"
        done = outboxes.decide(office.store, row.id, row.version, RINI, "batalkan", office.later())
        assert isinstance(done, Delivery)
        office.rounds()
        assert office.states() == {"Telegram Kota": "batal"}
        assert not office.telegram.held


# Correction and withdrawal


def test_a_correction_reaches_every_channel_that_carried_the_post(office: Outbox) -> None:
    one = office.published()
    office.rounds()
    office.correct(one)
    office.rounds()
    assert set(office.states().values()) == {"terkirim"}
    assert list(office.wordpress.held) == ["100"]
    post = office.wordpress.held["100"]
    assert "ketua divisi" in post["content"]
    assert post["title"] == TEXT.headline
    assert post["status"] == "draft", "whether it is public there is not ours to say again"
    assert list(office.telegram.held) == ["500"]
    assert "Yang dikoreksi: jabatan narasumber keliru" in office.telegram.held["500"]["text"]
    assert [told["event"] for told in office.hook.held.values()] == ["terbitkan", "koreksi"]
    first, second = map(letter, office.mail.held)
    assert second["in-reply-to"] == first["message-id"]
    assert second["subject"].startswith("Koreksi: ")


def test_a_message_that_cannot_be_edited_gets_a_reply(tmp_path: Path) -> None:
    with outbox(tmp_path, "T") as office:
        one = office.published()
        office.rounds()
        office.telegram.fixed = {"500"}
        office.correct(one)
        office.rounds()
        assert office.telegram.held["501"]["reply_parameters"]["message_id"] == 500
        assert office.states() == {"Telegram Kota": "terkirim"}


def test_an_edit_whose_answer_was_lost_is_made_again(tmp_path: Path) -> None:
    with outbox(tmp_path, "T") as office:
        one = office.published()
        office.rounds()
        office.telegram.tricks = ["diam", "500", "sampah"]
        office.correct(one)
        office.rounds()
        assert office.states() == {"Telegram Kota": "terkirim"}
        assert len(office.telegram.held) == 1


def test_a_withdrawal_reaches_every_channel_and_takes_the_text_away(office: Outbox) -> None:
    one = office.published()
    office.rounds()
    office.withdraw(one)
    office.rounds()
    assert set(office.states().values()) == {"terkirim"}
    for text in (office.wordpress.held["100"]["content"], office.telegram.held["500"]["text"]):
        assert "hasilnya dibuka lagi" in text
        assert TEXT.summary not in text
    last = list(office.hook.held.values())[-1]
    assert last["event"] == "tarik"
    assert "headline" not in last
    assert "ditarik" in letter(office.mail.held[-1])["subject"].lower()


def test_what_never_went_out_is_not_withdrawn_and_an_old_edition_is_not_sent(tmp_path: Path) -> None:
    with outbox(tmp_path, "T") as office:
        one = office.published()
        office.correct(one)
        office.withdraw(one)
        office.rounds()
        assert [row.state for row in office.rows()] == ["batal", "batal", "batal"]
        assert not office.telegram.asked


def test_channels_that_still_show_the_old_text_are_named(office: Outbox) -> None:
    one = office.published()
    office.rounds()
    office.wordpress.tricks = ["gema"]
    office.telegram.tricks = ["baik"]
    office.mail.tricks = ["diam"]
    office.correct(one)
    office.once()
    with office.store.read() as tx:
        found = deliveries.standings(tx.deliveries_of([one]), 2)
    assert {each.channel: each.word for each in found} == {
        "Situs Kota": deliveries.OLD, "Telegram Kota": deliveries.NEWEST, "Papan": deliveries.NEWEST,
        "Milis": deliveries.DOUBT}  # fmt: skip


def test_a_correction_goes_to_a_channel_that_was_taken_out_meanwhile_and_says_so(tmp_path: Path) -> None:
    with outbox(tmp_path, "TP") as office:
        one = office.published()
        office.rounds()
        from dataclasses import replace

        off = replace(office.settings, channels=office.settings.channels[1:])
        office.settings, office.house = off, replace(office.house, settings=off)
        office.outlet = office.opened()
        office.correct(one)
        office.once()
        row = next(row for row in office.rows() if row.channel == "Telegram Kota" and row.edition == 2)
        assert row.state == "menunggu"
        assert "tidak ada atau dinonaktifkan" in row.sentence
        acts = len(office.rows())
        office.once()
        with office.store.read() as tx:
            assert [act.act for act in tx.delivery_acts(row.id)] == ["tahan"], "said once"
        assert len(office.rows()) == acts


def test_a_wordpress_post_that_somebody_deleted_is_told(tmp_path: Path) -> None:
    with outbox(tmp_path, "W") as office:
        one = office.published()
        office.rounds()
        office.wordpress.held.clear()
        office.correct(one)
        office.rounds()
        row = office.rows()[-1]
        assert row.state == "gagal"
        assert "sudah tidak ada di WordPress" in row.sentence


# Clocks


def test_a_clock_that_jumps_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with outbox(tmp_path, "P") as office:
        office.hook.tricks = ["500"]
        office.published()
        office.once()
        assert office.states() == {"Papan": "menunggu"}
        office.now -= timedelta(days=400)
        office.once()
        assert office.states() == {"Papan": "terkirim"}
        office.now += timedelta(days=800)
        office.rounds()
        assert len(set(office.hook.times)) == 1


# Secrets


def test_no_secret_is_kept_or_told(office: Outbox, capsys: pytest.CaptureFixture[str]) -> None:
    for shop in (office.wordpress, office.telegram, office.hook):
        shop.tricks = ["gema"]
    office.published()
    office.rounds()
    assert {office.states()[name] for name in ("Situs Kota", "Telegram Kota", "Papan")} == {"gagal"}
    shown = capsys.readouterr()
    pair = base64.b64encode(f"jernih:{SECRETS['JERNIH_SANDI_WORDPRESS']}".encode()).decode()
    kept = b"".join(path.read_bytes() for path in office.store.home.rglob("*") if path.is_file())
    for secret in (*filter(None, SECRETS.values()), pair):
        assert secret.encode() not in kept
        assert secret not in shown.out + shown.err
        assert secret not in repr(office.outlet.senders)
