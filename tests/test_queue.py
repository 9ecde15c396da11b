"""monitor/desk: the queue's filters, dues, labels, saved filters, many konten at once, and "Pekerjaan saya"."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from monitor import desk as pages
from monitor import items
from monitor.clarifications import DRAF, MENUNGGU, Clarification
from monitor.entries import Words
from monitor.items import BARU, DALAM_ISU, DIPROSES, Item
from monitor.labels import LONGEST, MOST
from monitor.people import Person
from monitor.pipeline import acts
from monitor.rumors import Rumor
from monitor.store import Filters, Store
from monitor.verdicts import Verdict
from tests import made_city
from tests.asgi import Client
from tests.made_city import NOW

HERE = "http://127.0.0.1:8765"
CALENDAR = """
[[election]]
name = "Pilkada Contoh"
stage = [
  { name = "Kampanye", start = 2026-09-25, end = 2026-11-20 },
  { name = "Masa tenang", start = 2026-11-21, end = 2026-11-23 },
]
"""
SARI, BUDI = Person("sari", ("verifikator",)), Person("budi", ("verifikator",))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Sixty konten of a day and a half, one every 37 minutes; the calendar turned a day ago."""
    held = made_city.opened(tmp_path)
    made_city.fill(held, made_city.settings(CALENDAR), konten=60)
    made_city.logged_in(held, "sari", ("verifikator",))
    made_city.logged_in(held, "budi", ("verifikator",))
    made_city.logged_in(held, "rini", ("redaktur",))
    yield held
    held.close()


def client(store: Store, name: str = "sari") -> Client:
    browser = Client(pages.app(made_city.desk(store, made_city.settings(CALENDAR))), HERE)
    browser.cookies.set("sesi", f"sesi-{name}", domain="127.0.0.1")
    return browser


def soup(browser: Client, address: str = "/") -> BeautifulSoup:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text[:300]
    return BeautifulSoup(answer.text, "html.parser")


def listed(page: BeautifulSoup) -> list[int]:
    return [int(str(link["href"]).split("/")[-1]) for link in page.select(".rows h2 a")]


def free(store: Store, count: int) -> list[Item]:
    with store.read() as tx:
        return [row.item for row in tx.queue(limit=60) if row.item.state == BARU][:count]


def ticked(rows: list[Item], **more: str) -> dict[str, str]:
    return {**{f"k-{row.id}": str(row.version) for row in rows}, **more}


def audited(store: Store, noun: str) -> list[str]:
    with store.read() as tx:
        return [act.act for act in tx.acts(noun)]


# Dues and stages


def test_every_open_konten_says_in_words_how_far_it_is_due(store: Store) -> None:
    page = soup(client(store))
    rows = {int(str(row["data-id"])): row.select_one(".due").get_text(" ", strip=True)
            for row in page.select(".rows > li[data-id]")}
    with store.read() as tx:
        for number, words in rows.items():
            item = tx.get(Item, number)
            assert item is not None
            age = NOW - item.at
            start = "sisa" if age <= timedelta(hours=3) else "segera, sisa" if age <= timedelta(hours=24) else "lewat"
            assert words.startswith(start)
    assert {words.split()[0] for words in rows.values()} == {"sisa", "segera,", "lewat"}
    late = page.select_one(".due.late")
    assert late.svg is not None
    assert "janji" in str(late["title"])


@pytest.mark.parametrize("due, least, most", [("terlambat", 24, 999), ("segera", 3, 24), ("biasa", 0, 3)])
def test_dues_are_filters(store: Store, due: str, least: int, most: int) -> None:
    found = listed(soup(client(store), f"/?tenggat={due}"))
    with store.read() as tx:
        rows = tx.queue(limit=60)
    ages = {row.item.id: (NOW - row.item.at) / timedelta(hours=1) for row in rows}
    assert set(found) == {number for number, hours in ages.items() if least < hours <= most}
    assert found


def test_stages_are_shown_and_filter_by_when_a_konten_came_in(store: Store) -> None:
    browser = client(store)
    for stage, word in (("Masa tenang", "masa tenang"), ("Kampanye", "kampanye")):
        page = soup(browser, f"/?tahap=Pilkada+Contoh+~+{stage.replace(' ', '+')}")
        found = listed(page)
        assert found
        assert all(word in row.get_text() for row in page.select(".rows li .facts"))
        with store.read() as tx:
            items = [tx.get(Item, number) for number in found]
        turned = NOW.replace(day=20, hour=15, minute=0)
        assert all(item and (item.at >= turned) is (stage == "Masa tenang") for item in items)
    assert listed(soup(browser, "/?tahap=di+luar+tahapan")) == []
    assert browser.get("/?tahap=Pilkada+Lama+~+Kampanye").status_code == 400
    options = [option["value"] for option in soup(browser).select("#f-tahap option")]
    assert options == ["", "Pilkada Contoh ~ Masa tenang", "Pilkada Contoh ~ Kampanye", "di luar tahapan"]
    facts = soup(browser, f"/konten/{found[0]}").select_one("article").get_text()
    assert "kampanye" in facts


def test_what_a_filter_hides_is_counted_exactly(store: Store) -> None:
    with store.read() as tx:
        opened = sum(tx.counts().values())
        late = tx.count(Filters(until=NOW - timedelta(hours=24)))
    told = soup(client(store), "/?tenggat=terlambat").select_one(".chosen").get_text(" ", strip=True)
    assert f"{late} konten cocok. {opened - late} konten lain disembunyikan oleh saringan ini." in told


# Saved filters


def test_own_filters_are_kept_found_and_dropped(store: Store) -> None:
    browser = client(store)
    query = "tenggat=terlambat&wilayah=81.72&x=1"
    answer = browser.send("/saringan", {"nama": " Terlambat  di kota ", "saringan": query})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?tenggat=terlambat&wilayah=81.72")
    page = soup(browser, "/?wilayah=81.72&tenggat=terlambat")
    link = next(a for a in page.select(".filters a") if a.get_text(strip=True) == "Terlambat di kota")
    assert link.has_attr("aria-current")
    assert "Terlambat di kota" not in client(store, "budi").get("/").text
    key = page.select_one("input[name=kunci]")["value"]
    refused = client(store, "budi").send("/saringan/hapus", {"kunci": str(key), "saringan": ""})
    assert refused.status_code == 422
    assert "milik orang lain" in refused.text
    assert browser.send("/saringan/hapus", {"kunci": str(key), "saringan": ""}).status_code == 303
    assert "Terlambat di kota" not in browser.get("/").text
    assert audited(store, "saringan") == []


def test_the_offices_filters_are_for_all_and_audited(store: Store) -> None:
    fields = {"nama": "Masa tenang", "kantor": "ya", "saringan": "tahap=Pilkada+Contoh+~+Masa+tenang"}
    refused = client(store).send("/saringan", fields)
    assert refused.status_code == 422
    assert "redaktur" in refused.text
    assert BeautifulSoup(refused.text, "html.parser").select_one("#nama-saringan")["value"] == "Masa tenang"
    rini = client(store, "rini")
    assert rini.send("/saringan", fields).status_code == 303
    assert rini.send("/saringan", {**fields, "saringan": "tenggat=segera"}).status_code == 303
    shown = [a for a in soup(client(store, "budi")).select(".filters a") if "Masa tenang" in a.get_text()]
    assert [str(a["href"]) for a in shown] == ["/?tenggat=segera"]
    key = soup(rini, "/?tenggat=segera").select_one("input[name=kunci]")["value"]
    assert client(store).send("/saringan/hapus", {"kunci": str(key)}).status_code == 422
    assert rini.send("/saringan/hapus", {"kunci": str(key)}).status_code == 303
    assert audited(store, "saringan") == ["simpan saringan", "simpan saringan", "hapus saringan"]
    with store.read() as tx:
        assert all("segera" not in str(act.detail) for act in tx.acts("saringan"))


@pytest.mark.parametrize("fields, says", [
    ({"nama": "", "saringan": "tenggat=segera"}, "Beri nama"),
    ({"nama": "x" * 41, "saringan": "tenggat=segera"}, "Beri nama"),
    ({"nama": "kosong", "saringan": ""}, "Belum ada saringan"),
])
def test_what_cannot_be_saved_is_told(store: Store, fields: dict[str, str], says: str) -> None:
    answer = client(store).send("/saringan", fields)
    assert answer.status_code == 422
    assert says in answer.text


def test_odd_filters_are_not_saved(store: Store) -> None:
    for query in ("keadaan=hilang", "tenggat=kapan", "wilayah=" + "9" * 900, "a&" * 500):
        assert client(store).send("/saringan", {"nama": "x", "saringan": query}).status_code in (400, 422)


def test_saved_filters_have_an_end(store: Store) -> None:
    browser = client(store)
    for n in range(30):
        assert browser.send("/saringan", {"nama": f"n{n}", "saringan": f"cari={n}"}).status_code == 303
    assert browser.send("/saringan", {"nama": "n31", "saringan": "cari=31"}).status_code == 422
    assert browser.send("/saringan", {"nama": "N3", "saringan": "cari=lain"}).status_code == 303


# Labels


def test_many_get_a_label_are_found_by_it_and_lose_it(store: Store) -> None:
    browser, rows = client(store), free(store, 3)
    answer = browser.send("/konten/label", ticked(rows, label="  TPS   12 "))
    assert answer.status_code == 303
    assert "selesai=beri+label" in answer.headers["location"]
    assert "3 konten diberi label." in soup(browser, answer.headers["location"]).select_one("[role=status]").get_text()
    page = soup(browser, "/?label=tps+12")
    assert set(listed(page)) == {row.id for row in rows}
    assert {label.get_text(strip=True) for label in page.select(".rows .label")} == {"labeltps 12"}
    assert "tps 12" in [option["value"] for option in page.select("#labels option")]
    browser.send("/konten/label", ticked(rows[:1], label="tps 12", langkah="cabut"))
    assert set(listed(soup(browser, "/?label=tps+12"))) == {row.id for row in rows[1:]}
    assert audited(store, "konten") == ["beri label"] * 3 + ["cabut label"]
    with store.read() as tx:
        assert all("tps" not in str(act.detail) for act in tx.acts("konten"))
        assert tx.audit_faults() == []


def test_a_label_on_one_konten_is_given_and_taken_off_on_its_page(store: Store) -> None:
    browser, row = client(store), free(store, 1)[0]
    assert browser.send(f"/konten/{row.id}/label", {"label": "tunggu kpu"}).status_code == 303
    assert browser.send(f"/konten/{row.id}/label", {"label": "Tunggu KPU"}).status_code == 303
    page = soup(browser, f"/konten/{row.id}")
    assert [a.get_text(strip=True) for a in page.select(".labels .label")] == ["labeltunggu kpu"]
    assert browser.send(f"/konten/{row.id}/label", {"label": "tunggu kpu", "langkah": "cabut"}).status_code == 303
    assert soup(browser, f"/konten/{row.id}").select(".labels .label") == []
    assert audited(store, "konten") == ["beri label", "cabut label"]


@pytest.mark.parametrize("label, says", [
    ("", "Tuliskan labelnya"), ("x" * (LONGEST + 1), "paling panjang"), ("Hoaks", "hasil verifikasi, bukan label"),
    ("TIDAK  DAPAT DIKLARIFIKASI", "hasil verifikasi"), ("wa 0812 3456 7890", "nomor telepon"),
    ("\u0000\n", "Tuliskan"),
])
def test_labels_that_are_none_are_told_and_kept_in_the_form(store: Store, label: str, says: str) -> None:
    browser, rows = client(store), free(store, 2)
    answer = browser.send("/konten/label", ticked(rows, label=label, daftar="tenggat=segera"))
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    assert says in page.select_one("[role=alert]").get_text()
    assert browser.send(f"/konten/{rows[0].id}/label", {"label": label}).status_code == 422
    assert audited(store, "konten") == []
    assert len(page.select(".chosen a")) == 1


def test_one_konten_has_only_so_many_labels(store: Store) -> None:
    browser, row = client(store), free(store, 1)[0]
    answers = [browser.send(f"/konten/{row.id}/label", {"label": f"label {n}"}).status_code for n in range(MOST + 1)]
    assert answers == [303] * MOST + [422]


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", "{{ 7*7 }}", "' OR 1=1 --", "%_", "label:x", "👍"])
def test_hostile_labels_stay_words(store: Store, label: str) -> None:
    browser, row = client(store), free(store, 1)[0]
    browser.send(f"/konten/{row.id}/label", {"label": label})
    page = soup(browser)
    link = page.select_one(".rows .label")
    assert link.get_text() == "label " + label.casefold()
    assert listed(soup(browser, str(link["href"]))) == [row.id]


# Many at once


def test_many_are_handed_to_another_with_a_row_for_each_step(store: Store) -> None:
    browser, rows = client(store), free(store, 2)
    answer = browser.send("/konten/serahkan", ticked(rows, kepada="budi"))
    assert answer.status_code == 303
    assert "gagal=0" in answer.headers["location"]
    with store.read() as tx:
        for row in rows:
            now = tx.get(Item, row.id)
            assert now is not None
            assert (now.state, now.holder) == (DIPROSES, "budi")
            assert [(act.who, act.act) for act in tx.item_acts(row.id)] == [("sari", "ambil"), ("sari", "serahkan")]
    assert audited(store, "konten") == ["ambil", "serahkan"] * 2


def test_nobody_gets_work_who_may_not_do_it_and_nothing_is_taken_on_the_way(store: Store) -> None:
    made_city.logged_in(store, "wati", ("pembaca",))
    rows = free(store, 2)
    for to in ("wati", "tiada", ""):
        answer = client(store).send("/konten/serahkan", ticked(rows, kepada=to))
        assert answer.status_code == 422
        assert len(BeautifulSoup(answer.text, "html.parser").select(".rows input[checked]")) == 2
    with store.read() as tx:
        assert [tx.get(Item, row.id) for row in rows] == rows
    assert audited(store, "konten") == []


def test_somebody_elses_konten_is_not_given_away(store: Store) -> None:
    row = free(store, 1)[0]
    acts.on_item(store, row.id, row.version, BUDI, lambda item: items.take(item, BUDI, NOW), NOW)
    answer = client(store).send("/konten/serahkan", {f"k-{row.id}": str(row.version + 1), "kepada": "rini"})
    assert answer.status_code == 422
    assert "diproses oleh budi" in answer.text


def test_many_are_attached_to_a_new_isu_in_two_steps(store: Store) -> None:
    browser, rows = client(store), free(store, 3)
    asked = browser.send("/konten/isu", ticked(rows, daftar="tenggat=segera"))
    assert asked.status_code == 200
    page = BeautifulSoup(asked.text, "html.parser")
    assert {box["name"] for box in page.select("input[type=checkbox]")} == {f"k-{row.id}" for row in rows}
    assert page.select_one("a[href='/?tenggat=segera']") is not None
    short = browser.send("/konten/lekatkan", ticked(rows, klaim="pendek"))
    assert short.status_code == 422
    again = BeautifulSoup(short.text, "html.parser")
    assert again.select_one("#klaim").get_text() == "pendek"
    assert len(again.select("input[type=checkbox][checked]")) == 3
    done = browser.send("/konten/lekatkan", ticked(rows, klaim="Surat suara sudah tercoblos di gudang"))
    assert (done.status_code, done.headers["location"]) == (303, "/isu/1")
    with store.read() as tx:
        assert {item.id for item in tx.carriers(1)} == {row.id for row in rows}
        assert all((tx.get(Item, row.id) or row).state == DALAM_ISU for row in rows)
    more = free(store, 1)
    assert browser.send("/konten/lekatkan", ticked(more, isu="1")).headers["location"] == "/isu/1"


def test_one_that_moved_keeps_all_from_being_attached(store: Store) -> None:
    browser, rows = client(store), free(store, 2)
    acts.assign(store, rows[1].id, rows[1].version, BUDI, "budi", NOW)
    answer = browser.send("/konten/lekatkan", ticked(rows, klaim="Surat suara sudah tercoblos di gudang"))
    assert answer.status_code == 409
    assert "budi" in answer.text
    with store.read() as tx:
        assert (tx.get(Item, rows[0].id), tx.get(Rumor, 1)) == (rows[0], None)


def test_there_is_no_finding_for_many(store: Store) -> None:
    page = soup(client(store))
    led = {str(tag["formaction"]) for tag in page.select("[formaction]")} | {str(page.select_one("#banyak")["action"])}
    assert led == {"/konten/ambil", "/konten/kesampingkan", "/konten/isu", "/konten/serahkan", "/konten/label"}


def test_every_key_is_a_button_too(store: Store) -> None:
    page = soup(client(store))
    keys = {str(tag.get("data-key") or tag.get("data-press")) for tag in page.select("[data-key], [data-press]")}
    assert keys >= {"j", "k", "o", "x", "v", "e", "a", "/", "?", *map(str, range(1, 8))}


# My work


def test_my_work_is_what_i_hold_and_what_waits_the_latest_first(store: Store) -> None:
    rows = free(store, 8)
    old, new = max(rows, key=lambda row: NOW - row.at), min(rows, key=lambda row: NOW - row.at)
    for row in (new, old):
        acts.assign(store, row.id, row.version, BUDI, "budi", NOW)
    page = soup(client(store, "budi"), "/kerja")
    assert [str(a["href"]) for a in page.select(".rows h3 a")] == [f"/konten/{old.id}", f"/konten/{new.id}"]
    acts.attach(store, [(old.id, 0)], BUDI, "Surat suara sudah tercoblos di gudang", 0, NOW)
    page = soup(client(store, "budi"), "/kerja")
    assert [str(a["href"]) for a in page.select(".rows h3 a")] == ["/isu/1", f"/konten/{new.id}"]
    due = [due.get_text(" ", strip=True) for due in page.select(".rows .due")]
    assert due[0].split()[0] in ("lewat", "segera,")
    with store.read() as tx:
        late = tx.count(Filters(until=NOW - timedelta(hours=24)))
    assert f"{late} konten terlambat" in page.select_one(".figures").get_text()
    assert "Menunggu tanda tangan" not in page.get_text()
    assert "Menunggu tanda tangan" in soup(client(store, "rini"), "/kerja").get_text()


def test_an_isu_tells_its_due_from_its_first_konten(store: Store) -> None:
    rows = free(store, 8)
    old = max(rows, key=lambda row: NOW - row.at)
    acts.attach(store, [(rows[0].id, 0), (old.id, 0)], SARI, "Surat suara sudah tercoblos di gudang", 0, NOW)
    due = soup(client(store), "/isu/1").select_one("article .due").get_text(" ", strip=True)
    assert due == soup(client(store), "/isu").select_one(".due").get_text(" ", strip=True)
    assert due.split()[0] == ("lewat" if NOW - old.at > timedelta(hours=24) else "segera,")


def test_klarifikasi_wait_for_others_and_drafts_for_their_writer(store: Store) -> None:
    item = free(store, 1)[0]
    acts.attach(store, [(item.id, 0)], SARI, "Surat suara sudah tercoblos di gudang", 0, NOW)
    words = Words("Surat suara masih tersegel di gudang KPU", "Segelnya utuh.")
    with store.write() as tx:
        tx.put_words([words])
        verdict = tx.add(Verdict(1, "HOAKS", words.digest, NOW, "sari"))
        tx.add(Clarification(1, verdict.id, NOW, "sari", MENUNGGU, words.digest))
        tx.add(Clarification(1, verdict.id, NOW, "sari", DRAF, words.digest))
    led = {name: [href for a in soup(client(store, name), "/kerja").select(".rows h3 a")
                  for href in [str(a["href"])] if not href.startswith("/konten/")]
           for name in ("sari", "budi", "rini")}
    assert led == {"sari": ["/isu/1", "/klarifikasi/2"], "budi": [], "rini": ["/klarifikasi/1"]}


def test_ninety_minutes_are_measured_in_ones_own_steps(store: Store) -> None:
    assert "belum dapat dihitung" in soup(client(store), "/kerja").get_text()
    rows = free(store, 22)
    for n, row in enumerate(rows):
        now = NOW - timedelta(seconds=60 * n)
        acts.on_item(store, row.id, row.version, SARI, lambda item, now=now: items.take(item, SARI, now), now)
    told = soup(client(store), "/kerja").get_text()
    assert "22 langkah hari ini" in told
    assert "90 menit cukup untuk sekitar 90 konten" in told
    assert "belum dapat dihitung" in soup(client(store, "budi"), "/kerja").get_text()
