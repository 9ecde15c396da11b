"""One konten's whole walk by plain forms: flag, take, isu, evidence, finding, second signature, audit."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from monitor import desk as pages
from monitor import items, rumors
from monitor.desk.trail import NOUNS
from monitor.items import DISMISSALS, Item
from monitor.people import Person, Refusal
from monitor.pipeline import Finding, acts
from monitor.rumors import Rumor
from monitor.store import Store
from tests import made_city
from tests.asgi import Client
from tests.walking import CLAIM, EXPLANATION, Clock, browser, press, soup, version


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    held = made_city.opened(tmp_path)
    known = made_city.settings()
    for n in range(4):
        made_city.add_konten(held, known, n)
    yield held
    held.close()


def to_isu(client: Client, item: int = 1) -> str:
    """Attaches a konten to a new isu; gives the isu's path."""
    answer = press(client, f"/konten/{item}", "lekatkan", klaim=CLAIM)
    assert answer.status_code == 303, soup(answer.text).get_text()
    return str(answer.headers["location"])


def proposed(client: Client) -> str:
    isu = to_isu(client)
    press(client, isu, "bukti", alamat="https://kpu.example/pengumuman")
    answer = press(client, isu, "hasil", hasil="HOAKS", jenis="konten palsu", penjelasan=EXPLANATION)
    assert answer.status_code == 303, soup(answer.text).select_one(".told")
    return isu


def test_the_whole_walk(store: Store, clock: Clock) -> None:
    sari, rini = browser(store, clock, "sari", "verifikator"), browser(store, clock, "rini", "redaktur")
    assert press(sari, "/konten/1", "ambil").status_code == 303
    assert "diproses · sari" in soup(sari.get("/konten/1").text).get_text(" ", strip=True)
    isu = to_isu(sari)
    assert press(sari, isu, "periksa", bagian="asal", temuan="Grup percakapan, tanpa nama.").status_code == 303
    refused = press(sari, isu, "hasil", hasil="HOAKS", penjelasan=EXPLANATION)
    assert refused.status_code == 422
    page = soup(refused.text)
    assert "paling sedikit satu bukti" in page.select_one(".told").get_text()
    assert page.select_one("#penjelasan").get_text() == EXPLANATION
    press(sari, isu, "bukti", alamat="https://kpu.example/pengumuman")
    press(sari, isu, "bukti", catatan="Dihubungi lewat telepon: Ketua KPU, 14.00.")
    assert press(sari, isu, "hasil", hasil="HOAKS", jenis="konten palsu",
                 penjelasan=EXPLANATION).status_code == 303
    waiting = soup(rini.get("/persetujuan").text)
    assert [link.get_text() for link in waiting.select(".rows h2 a")] == [CLAIM]
    early = press(rini, isu, "setujui")
    assert early.status_code == 422
    assert "10 detik" in early.text
    clock.at += timedelta(seconds=11)
    assert press(rini, isu, "setujui").status_code == 303
    shown = soup(rini.get(isu).text)
    assert shown.select_one("article .state").get_text(strip=True) == "terverifikasi"
    assert "HOAKS" in shown.select_one(".finding").get_text()
    with store.read() as tx:
        assert [act.act for act in tx.acts()] == ["ambil", "buka isu", "lekatkan ke isu", "periksa", "tambah bukti",
                                                 "tambah bukti", "ajukan hasil", "setujui"]
        assert tx.audit_faults() == []
    trail = soup(rini.get(f"/audit?hal=isu&nomor={isu.split('/')[-1]}").text).select("tbody tr")
    assert [row.select("td")[2].get_text() for row in trail] == ["setujui", "ajukan hasil", "tambah bukti",
                                                                "tambah bukti", "periksa", "buka isu"]
    with store.read() as tx:
        done = {act.noun for act in tx.acts()}
        assert done <= NOUNS.keys()
    for noun in done:
        shown = soup(rini.get(f"/audit?hal={noun}").text)
        assert {row.select("td")[3].get_text().split()[0] for row in shown.select("tbody tr")} == {noun}
        assert "words:" not in shown.get_text()
        assert "old:" not in shown.get_text()


def test_every_noun_of_the_audit_can_be_chosen() -> None:
    written = "".join(path.read_text("utf-8") for path in Path(pages.__file__).parent.parent.rglob("*.py"))
    said = set(re.findall(r'Act\((?:now|at|[a-z.]+), [a-z_.]+(?:\([^)]*\))?, (?:"[^"]*"|[a-z_.]+), "([^"]+)"', written))
    assert len(said) > 8
    assert said <= NOUNS.keys()


def test_a_pembaca_sees_what_was_found_and_no_more(store: Store, clock: Clock) -> None:
    sari, rini = browser(store, clock, "sari", "verifikator"), browser(store, clock, "rini", "redaktur")
    tamu = browser(store, clock, "tamu", "pembaca")
    isu = proposed(sari)
    assert tamu.get(isu).status_code == 404
    assert CLAIM not in tamu.get("/isu").text
    clock.at += timedelta(minutes=1)
    press(rini, isu, "setujui")
    page = tamu.get(isu).text
    assert EXPLANATION in page
    assert "https://kpu.example/pengumuman" in page
    for hidden in ("sari", "rini", "konten/1", "tercoblos di gudang KPU, warga geger"):
        assert hidden not in page.replace(CLAIM, ""), hidden
    assert tamu.get("/").headers["location"] == "/isu"
    assert tamu.get("/konten/1").status_code == 403


def test_both_signatures_are_never_one_persons(store: Store, clock: Clock) -> None:
    both = browser(store, clock, "rini", "verifikator", "redaktur")
    isu = proposed(both)
    clock.at += timedelta(minutes=1)
    answer = both.send(f"{isu}/setujui", {"versi": "2"})
    assert answer.status_code == 422
    assert "orang lain" in soup(answer.text).select_one(".told").get_text()


def test_sent_back_with_a_note_it_is_open_again(store: Store, clock: Clock) -> None:
    sari, karta = browser(store, clock, "sari", "verifikator"), browser(store, clock, "karta", "kepala")
    isu = proposed(sari)
    assert press(karta, isu, "kembalikan", catatan=" ").status_code == 422
    assert press(karta, isu, "kembalikan", catatan="Mana arsipnya?").status_code == 303
    page = soup(sari.get(isu).text)
    assert page.select_one("article .state").get_text(strip=True) == "terbuka"
    assert "Mana arsipnya?" in page.get_text()
    assert press(sari, isu, "hasil", hasil="FAKTA", penjelasan="Ternyata benar.").status_code == 303


def test_a_conflict_is_signed_from_outside(store: Store, clock: Clock) -> None:
    sari, rini = browser(store, clock, "sari", "verifikator"), browser(store, clock, "rini", "redaktur")
    luh = browser(store, clock, "luh", "verifikator luar")
    isu = to_isu(sari)
    press(sari, isu, "bukti", catatan="Keterangan sekretaris daerah.")
    press(sari, isu, "hasil", hasil="HOAKS", penjelasan=EXPLANATION, konflik="1")
    clock.at += timedelta(minutes=1)
    assert "verifikator luar" in rini.send(f"{isu}/setujui", {"versi": "2"}).text
    assert press(luh, isu, "setujui").status_code == 303


def test_a_stale_form_keeps_what_was_typed_and_says_who_was_first(store: Store, clock: Clock) -> None:
    sari, budi = browser(store, clock, "sari", "verifikator"), browser(store, clock, "budi", "verifikator")
    seen = version(sari, "/konten/1")
    assert press(budi, "/konten/1", "ambil").status_code == 303
    answer = sari.send("/konten/1/ambil", {"versi": seen})
    assert answer.status_code == 409
    assert "budi lebih dahulu: “ambil”" in soup(answer.text).select_one(".told").get_text()
    isu = to_isu(budi)
    old = version(budi, isu)
    press(budi, isu, "lepas")
    late = budi.send(f"{isu}/hasil", {"versi": old, "hasil": "HOAKS", "penjelasan": EXPLANATION, "kritik": "1"})
    page = soup(late.text)
    assert late.status_code == 409
    assert page.select_one("#penjelasan").get_text() == EXPLANATION
    assert page.select_one("input[name=kritik]").has_attr("checked")


@pytest.mark.parametrize("fields", [{}, {"versi": "x"}, {"versi": "-1"}, {"versi": "9" * 40}, {"versi": "0"}])
def test_a_form_without_a_version_changes_nothing(store: Store, clock: Clock, fields: dict[str, str]) -> None:
    sari = browser(store, clock, "sari", "verifikator")
    assert sari.send("/konten/1/ambil", fields).status_code == 409
    with store.read() as tx:
        assert tx.item_acts(1) == []


def test_same_text_goes_along_where_it_was_ticked(store: Store, clock: Clock) -> None:
    known = made_city.settings()
    same = made_city.Words("Judul sama", "Isi sama.")
    twins = [made_city.add_konten(store, known, n, words=same) for n in (20, 22)]
    sari = browser(store, clock, "sari", "verifikator")
    page = soup(sari.get(f"/konten/{twins[0]}").text)
    box = page.select_one(f"input[name=k-{twins[1]}]")
    answer = press(sari, f"/konten/{twins[0]}", "lekatkan", klaim=CLAIM, **{f"k-{twins[1]}": str(box["value"])})
    isu = int(str(answer.headers["location"]).split("/")[-1])
    with store.read() as tx:
        assert [(item.id, item.state) for item in tx.carriers(isu)] == [(one, items.DALAM_ISU) for one in twins]


def test_attaching_is_all_or_nothing(store: Store, clock: Clock) -> None:
    sari, budi = browser(store, clock, "sari", "verifikator"), browser(store, clock, "budi", "verifikator")
    press(budi, "/konten/2", "ambil")
    answer = press(sari, "/konten/1", "lekatkan", klaim=CLAIM, **{"k-2": "1"})
    assert answer.status_code in (409, 422)
    assert soup(answer.text).select_one("#klaim").get_text() == CLAIM
    with store.read() as tx:
        assert tx.rumors() == []
        assert tx.item_acts(1) == []


def test_dismissed_undone_and_opened_again(store: Store, clock: Clock) -> None:
    sari = browser(store, clock, "sari", "verifikator")
    assert press(sari, "/konten/1", "kesampingkan", alasan="entah").status_code == 422
    press(sari, "/konten/1", "kesampingkan", alasan=DISMISSALS[0])
    clock.at += timedelta(seconds=5)
    assert "1 langkah diurungkan" in soup(sari.get(str(sari.send("/konten/urungkan", {"k-1": "0"}).headers["location"]))
                                          .text).select_one(".told").get_text()
    press(sari, "/konten/1", "kesampingkan", alasan=DISMISSALS[1])
    clock.at += timedelta(seconds=11)
    sari.send("/konten/urungkan", {"k-1": "0"})
    with store.read() as tx:
        assert [act.act for act in tx.item_acts(1)] == ["kesampingkan", "batalkan", "kesampingkan"]
    press(sari, "/konten/1", "buka-lagi", alasan="Ternyata beredar lagi.")
    with store.read() as tx:
        item = tx.get(Item, 1)
    assert item is not None
    assert item.state == items.BARU


def test_many_at_once_from_the_queue(store: Store, clock: Clock) -> None:
    sari, budi = browser(store, clock, "sari", "verifikator"), browser(store, clock, "budi", "verifikator")
    press(budi, "/konten/2", "ambil")
    answer = sari.send("/konten/kesampingkan", {"k-1": "1", "k-2": "1", "k-3": "1", "alasan": DISMISSALS[3],
                                                "daftar": "topik=penipuan&jahat=1", "lanjut": "4"})
    where = str(answer.headers["location"])
    assert where.endswith("#k4")
    assert "topik=penipuan" in where
    assert "jahat" not in where
    told = soup(sari.get(where.split("#")[0]).text).select_one(".told").get_text(" ", strip=True)
    assert "2 konten dikesampingkan" in told
    assert "1 tidak berubah" in told
    with store.read() as tx:
        assert {row.item.id: row.item.state for row in tx.queue_rows([1, 2, 3])} == {
            1: items.DIKESAMPINGKAN, 2: items.DIPROSES, 3: items.DIKESAMPINGKAN}


def test_search_box_finds_words(store: Store, clock: Clock) -> None:
    sari = browser(store, clock, "sari", "verifikator")
    page = soup(sari.get("/?cari=tercoblos").text)
    found = [a.get_text() for a in page.select(".rows h2 a")]
    assert found == ["Surat suara sudah tercoblos di gudang KPU, warga geger"]
    for odd in ("pemilu's", "a AND", '"x', "*", "NEAR(", "💧"):
        assert sari.get("/", params={"cari": odd}).status_code == 200


@pytest.mark.parametrize("path", ["/konten/99/ambil", "/isu/99/ambil", "/isu/99/hasil", "/isu/99/bukti",
                                  "/isu/99/periksa", "/isu/99999999999999999999/lepas"])
def test_acts_on_what_is_not_there(store: Store, clock: Clock, path: str) -> None:
    sari = browser(store, clock, "sari", "verifikator")
    answer = sari.send(path, {"versi": "1", "penjelasan": "x", "catatan": "x", "temuan": "x", "bagian": "asal"})
    assert answer.status_code == 404


def test_fifty_findings_at_once_one_lands(store: Store, clock: Clock) -> None:
    sari = Person("sari", ("verifikator",))
    isu = acts.attach(store, [(1, 0)], sari, CLAIM, 0, clock.at)
    assert isinstance(isu, Rumor)
    acts.lay_note(store, isu.id, sari, "Segel utuh.", clock.at)
    settings = made_city.settings()

    def one(n: int) -> object:
        finding = Finding(CLAIM, "HOAKS", f"Penjelasan {n}", "konten palsu")
        return acts.propose(store, settings, isu.id, isu.version, sari, finding, clock.at)

    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(one, range(50)))
    landed = [row for row in done if isinstance(row, Rumor)]
    assert len(landed) == 1
    assert all("sari lebih dahulu: “ajukan hasil”" in row.sentence for row in done if isinstance(row, Refusal))
    with store.read() as tx:
        assert len(tx.verdicts(isu.id)) == 1
        assert [act.act for act in tx.rumor_acts(isu.id)] == ["ajukan hasil"]
        assert tx.audit_faults() == []
        rumor = tx.get(Rumor, isu.id)
    assert rumor is not None
    assert rumor.state == rumors.MENUNGGU


def test_every_form_of_a_page_carries_its_sign(store: Store, clock: Clock) -> None:
    sari = browser(store, clock, "sari", *made_city.ROLES)
    press(sari, "/konten/1", "ambil")
    isu = to_isu(sari, 2)
    for path in ("/", "/konten/1", "/konten/3", "/isu", isu, "/persetujuan", "/akun", "/pengguna", "/sumber"):
        for form in soup(sari.get(path).text).select("form[method=post]"):
            assert re.fullmatch("[0-9a-f]{40}", form.select_one("input[name=tanda]")["value"]), (path, form["action"])
