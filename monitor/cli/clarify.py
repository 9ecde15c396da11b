"""`jernih clarify`: the answer to an isu, from its first draft to its page, its correction and its withdrawal."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from threading import Event
from typing import Annotated, Any, TypeVar

import typer

from monitor import posts
from monitor.clarifications import GALAT, Draft, draft_of
from monitor.cli.opening import Trouble, environment, house, now, settings
from monitor.entries import Words
from monitor.people import KEPALA, REDAKTUR, VERIFIKATOR, Person, Refusal
from monitor.pipeline import House, answers, objections, referring
from monitor.pipeline.answers import File
from monitor.posts import OUTCOMES, Post
from monitor.referrals import BODIES, Ground

T = TypeVar("T")
app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Klarifikasi: tulis, periksa, setujui, terbitkan.")
Who = Annotated[str, typer.Option("--as", help="Nama Anda; tercatat pada riwayat dan audit.")]
Role = Annotated[str, typer.Option(help=f"{REDAKTUR} atau {KEPALA}")]
Number = Annotated[int, typer.Argument(help="Nomor klarifikasi.")]
Text = Annotated[Path, typer.Option("--text", help="Berkas JSON dari: jernih clarify show NOMOR --json")]


@app.command("draft", help="Draf pertama untuk satu isu yang sudah terverifikasi.")
def draft(rumor: Annotated[int, typer.Argument(help="Nomor isu.")], who: Who) -> None:
    with _opened() as one:
        _told(_good(answers.draft(one, rumor, Person(who, (VERIFIKATOR,)), now())))


@app.command("show", help="Keadaan, isi, dan apa yang masih perlu diperbaiki.")
def show(number: Number, plain: Annotated[bool, typer.Option("--json", help="Teksnya sebagai JSON.")] = False) -> None:
    with _opened() as one:
        file = _good(answers.opened(one, number, now()))
    if plain and file.text:
        print(json.dumps(asdict(file.text), ensure_ascii=False, indent=2))
    else:
        _told(file)


@app.command("edit", help="Ganti teks draf dengan isi satu berkas JSON.")
def edit(number: Number, who: Who, text: Text) -> None:
    with _opened() as one:
        file = _good(answers.edit(one, number, Person(who, (VERIFIKATOR,)), _read(text), now()))
        _good(answers.check_links(one, number, now, Event()))
        _told(_good(answers.opened(one, file.row.id, now())))


@app.command("links", help="Kunjungi setiap tautan, catat mana yang hidup.")
def links(number: Number) -> None:
    with _opened() as one:
        for check in _good(answers.check_links(one, number, now, Event())):
            print(f"{'hidup' if check.alive else 'mati':6} {check.url}")


@app.command("waive", help="Alasan tertulis untuk satu peringatan.")
def waive(
    number: Number, who: Who,
    code: Annotated[str, typer.Option(help="Kode peringatan, dari: jernih clarify show")],
    reason: Annotated[str, typer.Option(help="Alasannya.")],
) -> None:  # fmt: skip
    with _opened() as one:
        file = _good(answers.opened(one, number, now()))
        if file.text is None:
            raise Trouble(answers.ERASED.sentence)
        text = replace(file.text, waivers={**file.text.waivers, code: reason})
        _told(_good(answers.edit(one, number, Person(who, (VERIFIKATOR,)), text, now())))


@app.command("submit", help="Ajukan ke orang kedua.")
def submit(number: Number, who: Who) -> None:
    with _opened() as one:
        _told(_good(answers.submit(one, number, Person(who, (VERIFIKATOR,)), now())))


@app.command("approve", help="Tanda tangan kedua; --send-back mengembalikan dengan catatan.")
def approve(
    number: Number, who: Who, role: Role = REDAKTUR,
    send_back: Annotated[str | None, typer.Option(help="Kembalikan dengan catatan ini.")] = None,
) -> None:  # fmt: skip
    person = _second(who, role)
    with _opened() as one:
        if send_back is None:
            _told(_good(answers.approve(one, number, person, now())))
        else:
            _told(_good(answers.send_back(one, number, person, send_back, now())))


@app.command("confirm", help="Konfirmasi kepala untuk teks yang menyebut calon pada masa tenang.")
def confirm(number: Number, who: Who, reason: Annotated[str, typer.Option(help="Alasannya.")]) -> None:
    with _opened() as one:
        _told(_good(answers.confirm(one, number, Person(who, (KEPALA,)), reason, now())))


@app.command("publish", help="Terbitkan; masa tenang dan teksnya diperiksa lagi saat ini juga.")
def publish(number: Number, who: Who) -> None:
    with _opened() as one:
        _shown(one, _good(answers.publish(one, number, Person(who, (REDAKTUR,)), now())))


@app.command("correct", help="Usulkan teks baru untuk halaman yang sudah terbit.")
def correct(number: Number, who: Who, text: Text, reason: Annotated[str, typer.Option(help="Alasannya.")]) -> None:
    with _opened() as one:
        person = Person(who, (VERIFIKATOR,))
        _told(_good(answers.propose_correction(one, number, person, _read(text), reason, now())))


@app.command("withdraw", help="Usulkan penarikan halaman yang sudah terbit.")
def withdraw(number: Number, who: Who, reason: Annotated[str, typer.Option(help="Alasannya.")]) -> None:
    with _opened() as one:
        _told(_good(answers.propose_withdrawal(one, number, Person(who, (VERIFIKATOR,)), reason, now())))


@app.command("sign", help="Tanda tangan kedua di bawah koreksi atau penarikan; --refuse menolaknya.")
def sign(
    number: Number, who: Who, role: Role = REDAKTUR,
    refuse: Annotated[str | None, typer.Option(help="Tolak dengan catatan ini.")] = None,
) -> None:  # fmt: skip
    person = _second(who, role)
    with _opened() as one:
        if refuse is None:
            _shown(one, _good(answers.sign_proposal(one, number, person, now())))
        else:
            _told(_good(answers.refuse_proposal(one, number, person, refuse, now())))


@app.command("answer", help="Jawab satu permintaan hak jawab atau koreksi.")
def answer(
    objection: Annotated[int, typer.Argument(help="Nomor permintaan.")], who: Who,
    outcome: Annotated[str, typer.Option(help=" atau ".join(OUTCOMES))],
    note: Annotated[str, typer.Option(help="Alasan; tampil di halaman bila dikabulkan.")], role: Role = REDAKTUR,
) -> None:  # fmt: skip
    with _opened() as one:
        made = _good(objections.answer(one, objection, _second(who, role), outcome.upper(), note, now()))
        with one.store.read() as tx:
            both = posts.settled(tx.answers_to([objection])[objection]) is not None
    waits = "" if both or made.outcome == posts.DIKEMBALIKAN else " Menunggu tanda tangan kedua."
    print(f"Permintaan {objection}: {made.outcome}.{waits}")


@app.command("refer", help="Rujuk isu ke lembaga yang berwenang; suratnya berupa draf untuk dikirim orang.")
def refer(
    rumor: Annotated[int, typer.Argument(help="Nomor isu.")], who: Who,
    body: Annotated[str, typer.Option(help=", ".join(BODIES))],
    danger: Annotated[str, typer.Option(help="Bahaya nyata yang disebut jelas.")] = "",
    article: Annotated[str, typer.Option(help="Pasalnya.")] = "",
) -> None:  # fmt: skip
    with _opened() as one:
        ground, kepala = Ground(danger, article), Person(who, (KEPALA,))
        made = _good(referring.refer(one.store, one.settings, rumor, body, ground, kepala, now()))
        with one.store.read() as tx:
            print(tx.words_of([made.words])[made.words].text)


@app.command("list", help="Semua klarifikasi dan permintaan yang belum dijawab.")
def listed() -> None:
    with _opened() as one, one.store.read() as tx:
        rows = tx.clarifications()
        held = tx.words_of([row.words for row in rows])
        for row in rows:
            title = held[row.words].title if row.words in held else "(dihapus)"
            print(f"{row.id:5} {row.state:12} isu {row.rumor:<5} {title}")
        for objection, given in tx.objections():
            if given is None:
                print(f"permintaan {objection.id}: {objection.kind} atas klarifikasi {objection.clarification}, "
                      f"jatuh tempo {objection.due.date()}")


@contextmanager
def _opened() -> Iterator[House]:
    found = environment()
    with house(found, settings(found)) as one:
        yield one


def _good(outcome: T | Refusal) -> T:
    if isinstance(outcome, Refusal):
        raise Trouble(outcome.sentence)
    return outcome


def _second(who: str, role: str) -> Person:
    if role not in (REDAKTUR, KEPALA):
        raise Trouble(f"Peran tidak dikenal: {role}. Pilih {REDAKTUR} atau {KEPALA}.", 2)
    return Person(who, (role,))


def _read(path: Path) -> Draft:
    try:
        plain: Any = json.loads(path.read_text(encoding="utf-8"))
        return draft_of(Words(str(plain.get("headline", "")), json.dumps(plain)))
    except OSError as fault:
        raise Trouble(f"{path} tidak dapat dibaca ({fault.strerror}).") from fault
    except (ValueError, AttributeError) as fault:
        raise Trouble(f"{path} bukan teks klarifikasi. Mulailah dari: jernih clarify show NOMOR --json") from fault


def _told(file: File) -> None:
    proposal = f", usulan {file.row.proposal}" if file.row.proposal else ""
    print(f"Klarifikasi {file.row.id}: {file.row.state}{proposal}. Isu {file.rumor.id}: {file.verdict.finding}.")
    for fault in file.faults:
        waived = file.text.waivers.get(fault.code, "") if file.text and fault.level != GALAT else ""
        note = f" (alasan: {waived})" if waived else ""
        print(f"  {fault.level} {fault.code} [{fault.field}]: {fault.sentence} {fault.quote}{note}")


def _shown(one: House, post: Post) -> None:
    base = one.settings.public.url or "/publik"
    print(f"Klarifikasi {post.clarification}: {post.act}, edisi {post.edition}. Halaman: {base}/{post.path}")
