"""Hostile strings where they came in last: deliveries, labels, saved filters, file names, titles of fetched evidence,
letters and other papers, digests by e-mail, forms kept after a session, the audit, and the pages of errors."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlencode
from zipfile import ZipFile

import pytest
from lxml import etree

from monitor import deliveries, digests, papers, shipped
from monitor import desk as pages
from monitor.audit import Act
from monitor.deliveries import Delivery
from monitor.deliveries import texts as said
from monitor.digests import IsuLine, SourceLine
from monitor.labels import GIVE, Label
from monitor.papers import Grid, Heading, Listing, Paper, Para
from monitor.people import Refusal
from monitor.pictures import PDF
from monitor.pipeline import acts, answers, casefiles, handing, referring
from monitor.pipeline.cases import Link
from monitor.pipeline.handing import Sealed
from monitor.referrals import Ground
from monitor.saved import SavedFilter
from monitor.sources import Channel
from monitor.store import Store
from monitor.unsent import Unsent
from tests import made_city, strings
from tests.asgi import Client
from tests.made_city import NOW
from tests.office import Office
from tests.people import ANI, KARTA, RINI
from tests.published import SITE, TEXT, corrected
from tests.test_digests import DIGEST, EVENTS, ROW
from tests.test_xss import Skeleton, judge, shown

EVERY = strings.every()
SAMPLE = EVERY[::12]
FEW = EVERY[::60]
HARMLESS = ["Kata biasa", "Kata yang biasa saja, hanya lebih panjang. " * 5]
SCHEMES = [one for one in strings.SCHEMES if not one.startswith("http")]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def chunks(some: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(some), size):
        yield some[start : start + size]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    for n in range(20):
        made_city.add_konten(held, made_city.settings(), n)
    yield held
    held.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    held = Office(tmp_path_factory.mktemp("home"))
    yield held
    held.close()


def client(store: Store, known: object = None) -> Client:
    made = Client(pages.app(made_city.desk(store, known or made_city.settings())))  # type: ignore[arg-type]
    made.cookies.set("sesi", made_city.logged_in(store), domain="127.0.0.1")
    return made


def compared(asks: Callable[[], str], put: Callable[[list[str]], None], where: str, some: list[str], size: int,
             beginning: int = 1) -> None:
    """The page after harmless words (`beginning` handfuls), then after each handful of hostile ones."""
    put([f"{HARMLESS[n % 2]} {n}" for n in range(size * beginning)])
    plain = Skeleton(asks())
    for number, handful in enumerate(chunks(some, size)):
        put(handful)
        judge(asks(), plain, f"{where} {number}: {handful[0]}")


# Pages of the desk


def test_deliveries_and_their_channels(store: Store) -> None:
    """Names of channels, what a channel answered, its own number: in every state, with a form or without."""
    known = made_city.settings()
    numbers = iter(range(1, 100_000))

    def put(some: list[str]) -> None:
        with store.write() as tx:
            for one in some:
                for state in deliveries.STATES:
                    tx.add(Delivery(f"{next(numbers):032x}", one, "telegram", "terbitkan", NOW, NOW, state=state,
                                    remote=one, sentence=one, tries=2, clarification=9))

    asks = client(store)
    compared(lambda: asks.get("/pengiriman").text, put, "pengiriman", FEW, 6, 9)
    named = replace(known, channels=tuple(Channel(one, "webhook", "https://x.example") for one in SAMPLE[:80]))
    plain = replace(known, channels=(Channel("Papan", "webhook", "https://x.example"),))
    judge(client(store, named).get("/pengiriman").text, Skeleton(client(store, plain).get("/pengiriman").text), "kanal")


def test_labels(store: Store) -> None:
    """As the database may hold them, whoever wrote them there: on the konten, in the queue, in the filters."""
    asks = client(store)

    def put(some: list[str]) -> None:
        with store.write() as tx:
            for one in some:
                tx.add(Label(5, one if len(one) < 150 else one[:40], GIVE, NOW, "sari"))
            tx.relabel([5])

    def page() -> str:
        with store.read() as tx:
            newest = tx.labels_of([5])[5][-1]
        return "".join(asks.get(path).text for path in ("/konten/5", "/?keadaan=semua",
                                                        f"/?keadaan=semua&label={quote(newest)}"))

    compared(page, put, "label", FEW, 8)


def test_saved_filters(store: Store) -> None:
    asks = client(store)

    def put(some: list[str]) -> None:
        with store.write() as tx:
            for n, one in enumerate(some):
                tx.put([SavedFilter(f"{n:032x}", "" if n % 2 else "sari", one, urlencode({"cari": one}), NOW, "sari"),
                        SavedFilter(f"{n:031x}q", "sari", "nama", one, NOW, "sari")])

    compared(lambda: asks.get("/").text + asks.get("/?cari=judul").text, put, "saringan", SAMPLE, 10)


def isu(store: Store) -> int:
    made = acts.attach(store, [(2, 0)], ANI, "Klaim yang biasa saja di sini", 0, NOW)
    assert not isinstance(made, Refusal)
    return made.id


def test_names_of_files_and_titles_and_addresses_of_evidence(store: Store) -> None:
    asks, number, known = client(store), isu(store), made_city.settings()
    content = store.keep(b"%PDF-1.7")

    def put(some: list[str]) -> None:
        for one in some:
            file = Sealed(one, content, PDF, 8, content, content, 10, 10)
            assert not isinstance(handing.lay_file(store, number, ANI, file, one, NOW), Refusal)
            acts.lay_evidence(store, known, number, ANI, [Link("https://kpu.go.id/1", one, NOW, "", one)], NOW)

    asked = lambda: asks.get(f"/isu/{number}").text + asks.get("/kerja").text  # noqa: E731
    compared(asked, put, "bukti", EVERY[::90], 8)
    asks.send(f"/isu/{number}/lihat")
    compared(asked, put, "bukti terbuka", EVERY[::300], 2)
    asks.send(f"/isu/{number}/lihat")
    with store.read() as tx:
        rows = [one for one in tx.evidence(number) if one.kind == "file"]
    for row in rows:
        answer = asks.get(f"/bukti/{row.id}/berkas")
        kind = answer.headers["content-disposition"]
        assert answer.status_code != 200 or (kind.startswith("attachment; ") and "sandbox" in answer.headers[
            "content-security-policy"])
        assert kind.isascii()
        assert not set(kind) & set("<>\r\n\0"), kind


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_leads_to_an_address_that_runs_something(store: Store, scheme: str) -> None:
    """Addresses as a hostile feed, a person or a damaged database may bring them."""
    asks, number, known = client(store), isu(store), made_city.settings()
    odd = made_city.add_konten(store, known, 900, url=scheme)
    told = acts.lay_evidence(store, known, number, ANI, [Link(scheme, "Judul", NOW, "", "")], NOW)
    for path in (f"/konten/{odd}", f"/isu/{number}", "/?keadaan=semua"):
        for tag, value in Skeleton(asks.get(path).text).addresses:
            assert tag != "a" or value.startswith(("/", "#", "?", "http://", "https://")), f"{path} {told}: {value}"
    row = replace(ROW, url=scheme)
    made = replace(DIGEST, events=replace(EVENTS, flagged=(row,)))
    page = digests.to_html(made, shipped.text("digest.html"), {})
    for tag, value in Skeleton(page).addresses:
        assert tag != "a" or value.startswith(("#", "http://", "https://")), value


def test_no_draft_leads_to_an_address_that_runs_something(office: Office) -> None:
    number, asks = office.drafted(number=4), client(office.store, office.settings)
    for scheme in SCHEMES:
        text = replace(TEXT, citations=tuple(replace(one, url=scheme) for one in TEXT.citations))
        answers.edit(office.house, number, ANI, text, office.later())
        page = asks.get(f"/klarifikasi/{number}")
        assert page.status_code == 200
        for tag, value in Skeleton(page.text).addresses:
            assert tag != "a" or value.startswith(("/", "#", "?", "http://", "https://", "mailto:")), value


def test_the_audit_tells_whatever_stands_in_it(store: Store) -> None:
    asks = client(store)

    def put(some: list[str]) -> None:
        with store.write() as tx:
            for n, one in enumerate(some):
                tx.audit(Act(NOW, one, one, ("konten", "isu", one)[n % 3], one, {one: one, "dari": one}))

    compared(lambda: asks.get("/audit").text, put, "audit", SAMPLE, 15, 9)


def test_forms_that_outlived_their_session(store: Store) -> None:
    asks = client(store)

    def put(some: list[str]) -> None:
        with store.write() as tx:
            tx.put([Unsent(f"{n:064x}", "sari", f"/isu/1/{one}", ((one, one), ("klaim", one)), NOW)
                    for n, one in enumerate(some)])

    compared(lambda: asks.get("/lanjut").text, put, "lanjut", SAMPLE, 5)
    nobody = Client(pages.app(made_city.desk(store)))
    typed = [("ke", "/isu"), ("nama", "a"), ("isi-klaim", "b")]
    plain = Skeleton(nobody.send("/masuk", dict(typed)).text)
    for one in FEW:
        hostile = {"ke": one, "nama": one, f"isi-{one}": one}
        judge(nobody.send("/masuk", hostile).text, plain, f"masuk {one}")


def test_pages_of_errors(store: Store) -> None:
    asks, nobody = client(store), Client(pages.app(made_city.desk(store)))
    plain = Skeleton("".join((asks.get("/tiada").text, asks.get("/?keadaan=apa").text, asks.get("/konten/0").text,
                              nobody.get("/undangan?kunci=x").text, asks.post("/keluar").text,
                              asks.get("/", headers={"host": "jahat.example"}).text,
                              asks.get("/publik/tiada/").text)))
    kinds = set()
    for one in FEW:
        spelled = quote(one, safe="")
        answers = [asks.get(f"/{spelled}"), asks.get(f"/konten/{spelled}"), asks.get(f"/?keadaan={spelled}"),
                   asks.get(f"/?wilayah={spelled}&urut={spelled}"), nobody.get(f"/undangan?kunci={spelled}"),
                   asks.get(f"/publik/{spelled}/"), asks.get(f"/audit?hal={spelled}&nomor={spelled}&sebelum={spelled}"),
                   asks.get("/tiada", headers={"cookie": f"bahasa={spelled}"})]
        for answer in answers:
            kinds.add(answer.status_code)
            assert answer.status_code < 500, (one, answer.status_code)
            if answer.status_code >= 400:
                judge(answer.text, plain, f"galat {answer.status_code} {one}")
    assert {400, 404, 410} <= kinds


def test_what_a_refused_form_shows_again(store: Store) -> None:
    """A konten typed in, a claim, evidence: the page comes back with what was typed."""
    asks, number = client(store), isu(store)

    def tried(one: str) -> str:
        fields = dict.fromkeys(("judul", "alamat", "tempat", "saluran", "waktu", "diteruskan"), one)
        finding = dict.fromkeys(("hasil", "jenis", "sebab", "penjelasan", "alasan"), one)
        made = (asks.send("/konten/baru", {**fields, "teks": ""}), asks.send(f"/isu/{number}/hasil", finding),
                asks.send("/konten/3/lekatkan", {"klaim": one * 300, "versi": "1"}),
                asks.send("/konten/3/label", {"label": one * 9, "langkah": "beri"}),
                asks.send(f"/isu/{number}/gabung", {"ke": one, "alasan": one, "versi": "1"}))
        assert all(answer.status_code in (400, 404, 409, 415, 422) for answer in made), [a.status_code for a in made]
        return "".join(answer.text for answer in made)

    plain = Skeleton(tried("biasa"))
    for one in EVERY[::150]:
        judge(tried(one), plain, f"formulir {one}")


# Papers, letters, files


def parts(content: bytes) -> dict[str, set[str]]:
    """The elements of each XML part of a DOCX; a part that is no XML fails here."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with ZipFile(BytesIO(content)) as box:
        return {name: {str(node.tag) for node in etree.fromstring(box.read(name), parser).iter()}
                for name in box.namelist() if name.endswith((".xml", ".rels"))}


def paper(some: list[str]) -> Paper:
    body = (Heading(some[0]), Heading(some[-1], 2), *(Para(one) for one in some), Listing(tuple(some)),
            Listing(tuple(some), numbered=True), Grid((some[0], "x"), tuple((one, one) for one in some), (1,)))
    return Paper(some[0], some[-1], NOW, body)


def test_papers_stay_papers() -> None:
    """No field, no link, no macro, no other element, whatever the words: as DOCX and as a page."""
    template = shipped.text("naskah.html")
    plain, page = parts(papers.to_docx(paper(HARMLESS * 20))), Skeleton(papers.to_html(paper(HARMLESS * 20), template))
    for some in chunks(EVERY[::9], 60):
        made = parts(papers.to_docx(paper(some)))
        assert made.keys() == plain.keys()
        for name, elements in made.items():
            # A line break or a tab in a text becomes an element of its own.
            assert elements <= plain[name] | {f"{W}br", f"{W}tab", f"{W}cr"}, name
        judge(papers.to_html(paper(some), template), page, some[0])


def test_letters_of_referrals(office: Office) -> None:
    rumor = office.isu("PENIPUAN")
    asks = client(office.store, office.settings)

    def letter(text: str) -> dict[str, set[str]]:
        made = referring.refer(office.store, office.settings, rumor, "Polri", Ground(text, text), KARTA, NOW)
        assert not isinstance(made, Refusal)
        answer = asks.get(f"/rujukan/{made.id}/surat")
        assert answer.headers["content-disposition"].startswith("attachment")
        return parts(answer.content)

    plain = letter("Kata yang biasa saja")
    for one in FEW[::3]:
        for name, elements in letter(one).items():
            assert elements <= plain[name] | {f"{W}br", f"{W}tab", f"{W}cr"}, one


def test_case_files_hold_words_and_no_pages(store: Store) -> None:
    """Nothing in it is opened by a browser as a page: JSON and plain text alone, under names of our own."""
    number = isu(store)
    for one in EVERY[::40]:
        acts.lay_note(store, number, ANI, one, NOW)
    for bare in (False, True):
        out = BytesIO()
        made = casefiles.export(store, EVERY[0], number, out, RINI, NOW, not bare)
        assert not isinstance(made, Refusal)
        with ZipFile(out) as box:
            for name in box.namelist():
                assert name in ("README.txt", "SHA256SUMS") or name.endswith((".json", ".txt")) or name.startswith(
                    "halaman/"), name
                assert name.isascii()
                if name.endswith(".json"):
                    json.loads(box.read(name))


def test_digests_as_a_letter() -> None:
    template = shipped.text("digest.html")

    def made(one: str) -> str:
        flagged = replace(ROW, title=one, source=one, topics=(one,), regions=(one,), finding=one)
        line = IsuLine(4, one, NOW, "HOAKS", one, "", 3, 30.5, one, "k/4")
        events = replace(EVENTS, flagged=(flagged,), sources=(SourceLine(one, 1, 2, NOW, one, one),),
                         isu=(line, replace(line, why="opini", headline="")))
        digest = replace(DIGEST, office=one, events=events, reason=one, number=2, public="https://kota.example/publik")
        return digests.to_html(digest, template, {one: one})

    plain = Skeleton(made("biasa"))
    for one in EVERY[::40]:
        judge(made(one), plain, one)


def test_what_goes_to_channels_and_lists() -> None:
    plain = Skeleton(said.page(SITE, corrected()))
    for one in EVERY[::2]:
        text = corrected().text
        hostile = replace(text, headline=one, summary=one, speaker=one, advice=one, explanation=f"{one}\n{one} x",
                          circulating=one, citations=tuple(replace(c, title=one, official=one) for c in text.citations))
        made = shown(hostile, one)
        judge(said.page(SITE, made), plain, one)
        for line in (said.title(SITE, made), said.headline(SITE, made)):
            assert line.isprintable(), one
