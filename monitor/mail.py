"""The door for mail: the only smtplib. A letter goes out, or a value says why it did not; nothing is raised."""

import smtplib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid, parseaddr
from typing import Any, Literal

Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed over; `none` is meant for a relay on this machine. A password never goes out in clear."""

    host: str
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is said and to whom; addresses are plain (`nama@kantor.go.id`) or with a name before `<...>`. `html` says
    the same in HTML, "" if only as text. `number` begins its Message-ID (the same letter sent again is then known as
    one), "" makes one up; `after` is the number of a letter that this one follows."""

    sender: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str = ""
    number: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of it. `sent` is None where the server fell silent after it had the letter: then only a person can
    know, and sending again may send twice. `cause` is English, `sentence` Indonesian, `retry` whether it may help."""

    sent: bool | None
    cause: str = ""
    sentence: str = ""
    retry: bool = False


class _Client(smtplib.SMTP):
    """Remembers whether the whole letter went out, so that silence after it is told apart from refusal."""

    handed = False

    def send(self, s: Any) -> None:
        super().send(s)
        self.handed = isinstance(s, bytes) and s.endswith(b"\r\n.\r\n")


class _SafeClient(smtplib.SMTP_SSL, _Client):
    """The same over TLS from the first byte."""


def send(server: Server, letter: Letter, *, timeout: float = 10.0, deadline: float = 30.0,
         context: ssl.SSLContext | None = None, id_domain: str = "jernih.invalid") -> Sent:
    """Hand one letter over. Seconds: `timeout` for one answer, `deadline` for all of it."""
    try:
        message = compose(letter, id_domain)
    except ValueError as error:
        return Sent(False, f"bad address or header: {error}",
                    "Alamat surel tidak sah. Perbaiki di feeds.toml.")
    client = _client(server, letter, timeout, context or ssl.create_default_context())
    try:
        with _session(client, server, deadline, context or ssl.create_default_context()):
            people = [parseaddr(one)[1] for one in letter.to]
            refused = client.send_message(message, parseaddr(letter.sender)[1], people)
    except (OSError, smtplib.SMTPException) as error:
        return _failure(server, error, client.handed)
    if refused:
        return Sent(True, f"refused: {', '.join(sorted(refused))}", "Sebagian penerima ditolak oleh server surel.")
    return Sent(True)


def compose(letter: Letter, id_domain: str) -> EmailMessage:
    """The message; ValueError where an address is none or a header would hold a line end."""
    message = EmailMessage(policy=SMTP)
    for address in (letter.sender, *letter.to):
        _checked(address)
    message["From"] = letter.sender
    message["To"] = ", ".join(letter.to)
    message["Subject"] = letter.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = _number(letter.number, id_domain) if letter.number else make_msgid(domain=id_domain)
    if letter.after:
        message["In-Reply-To"] = message["References"] = _number(letter.after, id_domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    return message


def _number(number: str, id_domain: str) -> str:
    if not (number.isascii() and number.isalnum()):
        raise ValueError(f"not the number of a letter: {number!r}")
    return f"<{number}@{id_domain}>"


def _checked(address: str) -> None:
    plain = parseaddr(address)[1]
    if not plain.isascii() or plain.count("@") != 1 or any(not letter.isprintable() for letter in address):
        raise ValueError(f"not an address: {address!r}")


def _client(server: Server, letter: Letter, timeout: float, context: ssl.SSLContext) -> _Client:
    """A client that has not connected yet, so that the alarm can reach its socket. It greets with the sender's domain:
    left alone, smtplib asks the name service who we are and may wait there."""
    name = parseaddr(letter.sender)[1].partition("@")[2]
    client = (_SafeClient(local_hostname=name, timeout=timeout, context=context) if server.security == "tls"
              else _Client(local_hostname=name, timeout=timeout))
    client._host = server.host  # type: ignore[attr-defined]
    return client


@contextmanager
def _session(smtp: _Client, server: Server, deadline: float, context: ssl.SSLContext) -> Iterator[None]:
    alarm = threading.Timer(deadline, _cut, [smtp])
    alarm.daemon = True
    alarm.start()
    try:
        _greet(smtp, server, context)
        yield
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
    finally:
        alarm.cancel()
        smtp.close()


def _greet(smtp: _Client, server: Server, context: ssl.SSLContext) -> None:
    code, answer = smtp.connect(server.host, server.port)
    if code != 220:
        raise smtplib.SMTPConnectError(code, answer)
    if server.security == "starttls":
        smtp.starttls(context=context)
    if server.user:
        _login(smtp, server)


def _login(smtp: smtplib.SMTP, server: Server) -> None:
    if server.security == "none":
        raise smtplib.SMTPNotSupportedError("a password is not sent over an open line")
    smtp.login(server.user, server.password)


def _cut(smtp: smtplib.SMTP) -> None:
    """End a session from outside: a server that drips a byte a second never meets a timeout per read."""
    with suppress(OSError, AttributeError):
        smtp.sock.shutdown(2)  # type: ignore[union-attr]


def _failure(server: Server, error: Exception, handed: bool) -> Sent:
    where = f"{server.host}:{server.port}"
    cause = f"{where}: {type(error).__name__}: {error}"
    if handed and not isinstance(error, smtplib.SMTPResponseException):
        return Sent(None, cause, f"Server surel {where} diam setelah menerima surat; belum tentu terkirim.")
    for kinds, sentence, retry in _SENTENCES:
        if isinstance(error, kinds):
            return Sent(False, cause, sentence.format(where=where), retry or _passing(error))
    return Sent(False, cause, f"Surat tidak terkirim lewat {where}. Coba lagi nanti.", _passing(error))


def _passing(error: Exception) -> bool:
    """Did the server say "later" (4xx), as grey-listing does?"""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code // 100 == 4 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code // 100 == 4


_SENTENCES: tuple[tuple[tuple[type[Exception], ...], str, bool], ...] = (
    ((ssl.SSLError,), "Sertifikat atau TLS server surel {where} tidak dapat dipercaya. Periksa nama dan "
                      "port-nya di [notices].", False),
    ((smtplib.SMTPAuthenticationError,), "Server surel {where} menolak nama atau sandi. Periksa user dan "
                                         "JERNIH_SMTP_PASSWORD.", False),
    ((smtplib.SMTPNotSupportedError,), "Server surel {where} tidak menawarkan sambungan aman. Periksa keamanan dan "
                                       "port-nya di [notices].", False),
    ((smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused),
     "Server surel {where} menolak alamat pengirim atau penerima. Periksa [notices].", False),
    ((smtplib.SMTPDataError,), "Server surel {where} menolak surat ini. Tanyakan sebabnya kepada pengelolanya.", False),
    ((TimeoutError, smtplib.SMTPServerDisconnected), "Server surel {where} tidak menjawab pada waktunya.", True),
    ((ConnectionError,), "Server surel {where} menolak sambungan. Periksa alamat dan port di [notices].", True),
    ((OSError,), "Server surel {where} tidak ditemukan atau tidak terjangkau. Periksa [notices] dan jaringan.", True),
)
