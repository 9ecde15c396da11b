"""`jernih verdict`: records a finding about a konten, or gives the second signature to an isu."""

from threading import Event
from typing import Annotated

import typer

from monitor import gates, pipeline, verdicts
from monitor.cli.opening import Trouble, environment, house, now, settings
from monitor.people import KEPALA, LUAR, REDAKTUR, VERIFIKATOR, Person, Refusal
from monitor.pipeline import Finding

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Catat hasil verifikasi, atau setujui.")
Who = Annotated[str, typer.Option("--as", help="Nama Anda; tercatat pada riwayat dan audit.")]


@app.command("propose", help="Catat hasil verifikasi satu konten; orang kedua kemudian menyetujuinya.")
def propose(
    item: Annotated[int, typer.Argument(help="Nomor konten, dari jernih queue.")],
    who: Who,
    claim: Annotated[str, typer.Option(help="Klaim yang beredar, satu kalimat.")],
    finding: Annotated[str, typer.Option(help=", ".join(verdicts.FINDINGS))],
    explanation: Annotated[str, typer.Option(help="Apa yang benar, dan dari mana diketahui.")],
    evidence: Annotated[list[str], typer.Option(help="Alamat bukti; boleh lebih dari satu.")],
    form: Annotated[str, typer.Option(help=", ".join(verdicts.FORMS))] = "",
    why: Annotated[str, typer.Option(help=", ".join(verdicts.WHYS))] = "",
    criticism: Annotated[bool, typer.Option("--criticism", help="Ini opini atau kritik.")] = False,
    breach: Annotated[bool, typer.Option("--breach", help="Ini dugaan pelanggaran pemilu.")] = False,
    conflict: Annotated[bool, typer.Option("--conflict", help="Ini menyangkut kantor sendiri.")] = False,
    gate_reason: Annotated[list[str] | None, typer.Option(
        help="Mengapa gerbang yang tampaknya berlaku tidak berlaku, sebagai “gerbang=alasan”. "
        f"Gerbang: {', '.join(gates.GATES[1:])}.")] = None,
) -> None:
    """Takes the konten, writes the isu, keeps the evidence and submits the finding."""
    found = environment()
    reasons = {gate.strip(): reason for one in gate_reason or () for gate, _, reason in [one.partition("=")]}
    submitted = Finding(claim, finding.upper(), explanation, form, why, criticism, breach, conflict, reasons)
    with house(found, settings(found)) as one:
        links = pipeline.visit_links(one, evidence, now, Event())
        person = Person(who, (VERIFIKATOR,))
        outcome = pipeline.propose(one, item, person, submitted, links, now())
    if isinstance(outcome, Refusal):
        raise Trouble(outcome.sentence)
    rumor, verdict = outcome
    print(f"Isu {rumor.id}: {verdict.finding} diajukan, {rumor.state}. Orang kedua: "
          f"jernih verdict sign {rumor.id} --as NAMA")


@app.command("sign", help="Setujui hasil satu isu, atau kembalikan dengan catatan.")
def sign(
    rumor: Annotated[int, typer.Argument(help="Nomor isu.")],
    who: Who,
    role: Annotated[str, typer.Option(help=f"{REDAKTUR}, {KEPALA}, atau {LUAR}")] = REDAKTUR,
    send_back: Annotated[str | None, typer.Option(help="Kembalikan dengan catatan ini.")] = None,
) -> None:
    """The second signature, by another person."""
    if role not in (REDAKTUR, KEPALA, LUAR):
        raise Trouble(f"Peran tidak dikenal: {role}. Pilih {REDAKTUR}, {KEPALA}, atau {LUAR}.", 2)
    found = environment()
    with house(found, settings(found)) as one:
        outcome = pipeline.sign(one, rumor, Person(who, (role,)), send_back, now())
    if isinstance(outcome, Refusal):
        raise Trouble(outcome.sentence)
    print(f"Isu {outcome.id}: {outcome.state}.")
