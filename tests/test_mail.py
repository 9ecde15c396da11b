"""monitor/mail.py against real SMTP servers on loopback."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from monitor import mail
from monitor.mail import Letter, Server

LETTER = Letter("Jernih <jernih@kota.example>", ("piket@kota.example", "Kepala <kepala@kota.example>"),
                "[Jernih] 1 gangguan", "Pengumpulan macet.\nLangkah: periksa.\n")


class Box:
    """Keeps what arrives; refuses recipients named in `refused`, answers the letter with `answer`."""

    def __init__(self, refused: tuple[str, ...] = (), answer: str = "250 diterima") -> None:
        self.kept: list[Any] = []
        self.refused, self.answer = refused, answer

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 tidak ada kotak itu"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.kept.append((envelope, session.ssl is not None))
        return self.answer


@contextmanager
def serving(box: Box, **options: Any) -> Iterator[int]:
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def trust() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    authority = trustme.CA()
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(theirs)
    ours = ssl.create_default_context()
    authority.configure_trust(ours)
    return theirs, ours


def test_letter_arrives_as_written() -> None:
    box = Box()
    with serving(box) as port:
        sent = mail.send(Server("127.0.0.1", port, "none"), LETTER)
    envelope, secure = box.kept[0]
    assert sent == mail.Sent(True)
    assert (envelope.mail_from, envelope.rcpt_tos, secure) == (
        "jernih@kota.example", ["piket@kota.example", "kepala@kota.example"], False)
    assert b"Subject: [Jernih] 1 gangguan" in envelope.content
    assert b"Auto-Submitted: auto-generated" in envelope.content
    assert envelope.content.rstrip().endswith(b"Langkah: periksa.")


def test_starttls_is_used_and_checked(trust: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    theirs, ours = trust
    box = Box()
    with serving(box, tls_context=theirs, require_starttls=True) as port:
        good = mail.send(Server("127.0.0.1", port, "starttls"), LETTER, context=ours)
        stranger = mail.send(Server("127.0.0.1", port, "starttls"), LETTER)
    assert good.sent is True
    assert box.kept[0][1] is True
    assert len(box.kept) == 1
    assert (stranger.sent, stranger.retry) == (False, False)
    assert "Sertifikat" in stranger.sentence


def test_starttls_that_was_stripped_is_not_followed_by_clear_text() -> None:
    box = Box()
    with serving(box) as port:
        sent = mail.send(Server("127.0.0.1", port, "starttls", "jernih", "rahasia"), LETTER)
    assert (sent.sent, box.kept) == (False, [])
    assert "tidak menawarkan sambungan aman" in sent.sentence


def test_password_goes_out_over_tls_only(trust: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    theirs, ours = trust
    seen = []

    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: LoginPassword) -> AuthResult:
        seen.append((data.login, data.password))
        return AuthResult(success=data.password == b"rahasia", handled=False)

    box = Box()
    with serving(box, tls_context=theirs, authenticator=check, auth_required=True) as port:
        good = mail.send(Server("127.0.0.1", port, "starttls", "jernih", "rahasia"), LETTER, context=ours)
        wrong = mail.send(Server("127.0.0.1", port, "starttls", "jernih", "salah"), LETTER, context=ours)
        clear = mail.send(Server("127.0.0.1", port, "none", "jernih", "rahasia"), LETTER)
    assert good.sent is True
    assert wrong.sent is False
    assert "menolak nama atau sandi" in wrong.sentence
    assert clear.sent is False
    assert seen.count((b"jernih", b"rahasia")) == 1
    assert "rahasia" not in clear.cause + wrong.cause


def test_refusals_are_told_apart() -> None:
    with serving(Box(refused=("piket@kota.example",))) as port:
        some = mail.send(Server("127.0.0.1", port, "none"), LETTER)
    with serving(Box(refused=("piket@kota.example", "kepala@kota.example"))) as port:
        everyone = mail.send(Server("127.0.0.1", port, "none"), LETTER)
    with serving(Box(answer="451 nanti saja")) as port:
        later = mail.send(Server("127.0.0.1", port, "none"), LETTER)
    nobody = mail.send(Server("127.0.0.1", free_port(), "none"), LETTER)
    assert (some.sent, "piket@kota.example" in some.cause) == (True, True)
    assert (everyone.sent, everyone.retry) == (False, False)
    assert (later.sent, later.retry) == (False, True)
    with serving(Box(answer="550 bukan untuk kami")) as port:
        never = mail.send(Server("127.0.0.1", port, "none"), LETTER)
    assert (nobody.sent, nobody.retry) == (False, True)
    assert "menolak sambungan" in nobody.sentence
    assert (never.sent, never.retry) == (False, False)
    assert "menolak surat" in never.sentence


class Leaving(Box):
    """Says a definite no to the letter and is gone before anybody could answer."""

    async def handle_DATA(self, server, session, envelope):
        await server.push("554 tidak")
        server.transport.close()
        return "250 tidak sampai"


def test_a_definite_no_is_no_doubt_even_where_the_line_drops_after_it() -> None:
    with serving(Leaving()) as port:
        sent = mail.send(Server("127.0.0.1", port, "none"), LETTER)
    assert (sent.sent, sent.retry) == (False, False)


def test_a_letter_in_html_with_a_number_of_its_own_and_the_one_before_it() -> None:
    box = Box()
    with serving(box) as port:
        letter = replace(LETTER, html="<p>Pengumpulan <b>macet</b>.</p>", number="abc123", after="abc122")
        mail.send(Server("127.0.0.1", port, "none"), letter, id_domain="kota.example")
    sent = message_from_bytes(box.kept[0][0].content, policy=policy.default)
    assert (sent["message-id"], sent["in-reply-to"]) == ("<abc123@kota.example>", "<abc122@kota.example>")
    page, plain = sent.get_body(("html",)), sent.get_body(("plain",))
    assert page
    assert plain
    assert "<b>macet</b>" in page.get_content()
    assert "Pengumpulan macet." in plain.get_content()
    refused = mail.send(Server("127.0.0.1", port, "none"), replace(LETTER, number="a>\r\nBcc: x"))
    assert refused.sent is False


@contextmanager
def speaking(*parts: bytes, drip: float = 0.0) -> Iterator[int]:
    """A server that says `parts`, one after each thing it hears, then nothing; with `drip`, a byte every so often."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def talk() -> None:
        line, _ = listener.accept()
        with line:
            for part in parts:
                line.sendall(part)
                line.recv(65536)
            while drip and not over.wait(drip):
                try:
                    line.sendall(b"2")
                except OSError:
                    return
            over.wait(5)

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        thread.join()
        listener.close()


def test_silence_before_the_letter_is_a_failure_that_may_be_retried() -> None:
    with speaking() as port:
        sent = mail.send(Server("127.0.0.1", port, "none"), LETTER, timeout=0.2)
    assert (sent.sent, sent.retry) == (False, True)
    assert "tidak menjawab" in sent.sentence


def test_silence_after_the_letter_is_unknown() -> None:
    answers = (b"220 hai", b"250 hai", b"250 ya", b"250 ya", b"250 ya", b"354 silakan")
    with speaking(*(answer + b"\r\n" for answer in answers)) as port:
        sent = mail.send(Server("127.0.0.1", port, "none"), LETTER, timeout=0.3)
    assert sent.sent is None
    assert "belum tentu terkirim" in sent.sentence


def test_a_server_that_drips_is_cut_off() -> None:
    began = time.monotonic()
    with speaking(drip=0.05) as port:
        sent = mail.send(Server("127.0.0.1", port, "none"), LETTER, timeout=1.0, deadline=0.5)
        assert time.monotonic() - began < 2
    assert sent.sent is False


@pytest.mark.parametrize("letter", [
    Letter("jernih@kota.example\r\nBcc: semua@dunia.example", ("piket@kota.example",), "x", "x"),
    Letter("jernih@kota.example", ("piket@kota.example\nBcc: semua@dunia.example",), "x", "x"),
    Letter("jernih@kota.example", ("piket@kota.example",), "x\r\nBcc: semua@dunia.example", "x"),
    Letter("bukan alamat", ("piket@kota.example",), "x", "x"),
    Letter("jernih@kota.example", ("a@b@kota.example",), "x", "x"),
])
def test_headers_cannot_be_injected(letter: Letter) -> None:
    box = Box()
    with serving(box) as port:
        sent = mail.send(Server("127.0.0.1", port, "none"), letter)
    assert (sent.sent, sent.retry, box.kept) == (False, False, [])
    assert "tidak sah" in sent.sentence


def test_lone_dots_and_long_lines_survive() -> None:
    box = Box()
    text = "awal\n.\n..\n" + "panjang " * 300 + "\nakhir é\n"
    with serving(box) as port:
        assert mail.send(Server("127.0.0.1", port, "none"),
                         Letter("jernih@kota.example", ("piket@kota.example",), "Judul é", text)).sent
    read = message_from_bytes(box.kept[0][0].original_content, policy=policy.default)
    assert read["Subject"] == "Judul é"
    assert read.get_content().replace("\r\n", "\n") == text
