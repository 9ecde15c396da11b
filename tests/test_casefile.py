"""A berkas perkara: whole, the same bytes again, covered by default, and every change in it is found offline."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor import casefile, verdicts
from monitor import desk as pages
from monitor.casefile import Checked
from monitor.cli import audit as audit_command
from monitor.cli import casefile as command
from monitor.cli.opening import Trouble
from monitor.entries import Words
from monitor.items import BARU, Item
from monitor.people import Refusal
from monitor.pipeline import acts, casefiles
from monitor.pipeline.cases import Finding, Link
from monitor.rumors import Rumor
from monitor.store import Store
from monitor.verdicts import Evidence
from tests import made_city, world
from tests.asgi import Client
from tests.office import NOW, Office
from tests.people import ANI, KARTA, LUH, RINI, TAMU

PHONE, MAIL = "0812 3456 7890", "wati@warga.example"
PAGE = f"<html><p>Hubungi 0812<b>3456</b>7890 atau {MAIL}</p><a href='tel:081234567890'>x</a></html>".encode()
CLAIM = "Surat suara sudah tercoblos di gudang"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "home")
    yield made
    made.close()


def settled(office: Office) -> int:
    """An isu with a konten that names people, evidence, a finding and both signatures, all by the desk's own acts."""
    store = office.store
    with store.write() as tx:
        words = Words("Hubungi " + PHONE, f"Surel {MAIL}, kotak suara dibuka.")
        tx.put_words([words])
        made = office.konten[0]
        article = tx.add(replace(made.article, id=0, version=2, words=words.digest, page=store.keep(PAGE)))
        item = tx.add(replace(made.item, id=0, article=article.id, state=BARU, holder=""))
    rumor = held(acts.attach(store, [(item.id, 0)], ANI, CLAIM, 0, office.later()))
    link = Link("https://kpu.go.id/1", "Berita acara", NOW, store.keep(b"\x89PNG\0\xff bukti"), "")
    held(acts.lay_evidence(store, office.settings, rumor.id, ANI, [link], office.later()))
    held(acts.lay_note(store, rumor.id, ANI, f"Ketua KPU lewat {PHONE}", office.later()))
    finding = Finding(CLAIM, verdicts.HOAKS, "Segel utuh.", "konten palsu")
    rumor = held(acts.propose(store, office.settings, rumor.id, rumor.version, ANI, finding, office.later()))
    held(acts.sign(store, rumor.id, rumor.version, RINI, None, office.later()))
    with store.write() as tx:
        tx.audit(world.act(999))
    return rumor.id


def held(outcome: Rumor | Evidence | list[Evidence] | Item | Refusal | None) -> Rumor:
    assert not isinstance(outcome, Refusal), outcome
    return outcome  # type: ignore[return-value]


def export(office: Office, rumor: int, masked: bool = True) -> bytes:
    out = io.BytesIO()
    seal = casefiles.export(office.store, "Diskominfo Kota Contoh", rumor, out, KARTA, office.now, masked)
    assert isinstance(seal, str), seal
    return out.getvalue()


def members(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as box:
        return {name: box.read(name) for name in box.namelist()}


def forged(files: dict[str, bytes]) -> bytes:
    """The ZIP of these files, with manifest and list written anew by somebody who knows how."""
    plain = json.loads(files[casefile.MANIFEST])
    rest = {name: files[name] for name in files if name not in (casefile.MANIFEST, casefile.SUMS)}
    plain["berkas"] = [{"nama": name, "sha256": sha256(rest[name]).hexdigest(), "ukuran": len(rest[name])}
                       for name in sorted(rest)]
    rest[casefile.MANIFEST] = casefile._json(plain)
    rest[casefile.SUMS] = casefile._sums(rest)
    out = io.BytesIO()
    casefile._zip(out, rest)
    return out.getvalue()


def test_a_case_is_whole_and_the_same_bytes_again(office: Office) -> None:
    rumor = settled(office)
    made = export(office, rumor)
    assert export(office, rumor) == made
    told = casefile.check(made)
    assert told.faults == ()
    assert (told.rumor, told.acts > 5) == (rumor, True)
    files = members(made)
    rows = json.loads(files["perkara.json"])
    assert {"rumors", "carriers", "items", "item_acts", "articles", "entries", "fetches", "scores", "evidence",
            "verdicts", "signatures", "rumor_acts"} <= set(rows)
    assert rows["verdicts"][0]["finding"] == "HOAKS"
    tied = json.loads(files["rantai.json"])["sandaran"]
    assert all(tied[name] for name in tied), tied
    assert "sha256sum -c SHA256SUMS" in files["README.txt"].decode()


def test_covered_by_default(office: Office) -> None:
    files = members(export(office, settled(office)))
    every = b"".join(files.values())
    for secret in (PHONE, "081234567890", MAIL, "7890"):
        assert secret.encode() not in every.replace(b"\xe2\x80\xa2", b""), secret
    page = sha256(PAGE).hexdigest()
    assert f"halaman/{page}.txt" in files
    left = json.loads(files["manifest.json"])["tidak_disertakan"]
    assert {one["sebab"] for one in left} == {"tidak dapat disamarkan", "sudah dihapus"}


def test_bare_file_holds_the_bytes_and_is_audited(office: Office) -> None:
    rumor = settled(office)
    made = export(office, rumor, masked=False)
    files = members(made)
    assert files[f"halaman/{sha256(PAGE).hexdigest()}"] == PAGE
    assert casefile.check(made).faults == ()
    with office.store.read() as tx:
        last = tx.recent_acts(limit=1)[0]
    assert (last.who, last.act, last.key) == ("karta", "ekspor berkas utuh", str(rumor))
    assert "TIDAK tersamar" in files["README.txt"].decode()


def test_who_may(office: Office) -> None:
    rumor, out = settled(office), io.BytesIO()
    for person, masked in ((TAMU, True), (LUH, True), (ANI, False), (LUH, False)):
        told = casefiles.export(office.store, "K", rumor, out, person, office.now, masked)
        assert isinstance(told, Refusal)
    assert isinstance(casefiles.export(office.store, "K", 999, out, KARTA, office.now), Refusal)
    assert out.getvalue() == b""
    assert isinstance(casefiles.export(office.store, "K", rumor, out, ANI, office.now), str)


def test_no_secret_of_an_account_or_channel_is_inside(office: Office) -> None:
    rumor = settled(office)
    with office.store.write() as tx:
        world.people(tx)
    for masked in (True, False):
        every = b"".join(members(export(office, rumor, masked)).values())
        for secret in (b"argon2id", b"JBSWY3DPEHPK3PXP", b"a" * 64, b"sessions", b"accounts"):
            assert secret not in every


def test_any_changed_byte_is_found(office: Office) -> None:
    made = export(office, settled(office))
    for place in range(0, len(made), max(1, len(made) // 400)):
        assert casefile.check(made[:place] + bytes([made[place] ^ 1]) + made[place + 1 :]).faults, place
    for end in (1, 22, 100, len(made) // 2):
        assert casefile.check(made[:-end]).faults
    assert casefile.check(made + b"x").faults
    assert casefile.check(b"x" + made).faults
    assert casefile.check(b"").faults


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_byte_is_found_wherever_it_is(whole: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(whole) - 1))
    flip = data.draw(st.integers(1, 255))
    assert casefile.check(whole[:place] + bytes([whole[place] ^ flip]) + whole[place + 1 :]).faults


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    made = Office(tmp_path_factory.mktemp("home"))
    yield export(made, settled(made))
    made.close()


def test_removed_added_and_doubled_files_are_found(whole: bytes) -> None:
    files = members(whole)
    for name in files:
        out = io.BytesIO()
        casefile._zip(out, {other: files[other] for other in files if other != name})
        assert casefile.check(out.getvalue()).faults, name
    out = io.BytesIO()
    casefile._zip(out, {**files, "halaman/baru.txt": b"baru"})
    assert any("ditambahkan" in fault for fault in casefile.check(out.getvalue()).faults)
    out = io.BytesIO(whole)
    with pytest.warns(UserWarning, match="Duplicate"), ZipFile(out, "a") as box:
        box.writestr("perkara.json", b"{}")
    assert casefile.check(out.getvalue()).faults


@pytest.mark.parametrize(("table", "field", "value"), [
    ("verdicts", "finding", "FAKTA"), ("verdicts", "by", "rini"), ("verdicts", "words", "0" * 64),
    ("signatures", "act", "kembalikan"), ("signatures", "by", "budi"), ("rumor_acts", "new", "TERBUKA"),
    ("item_acts", "who", "budi"), ("rumors", "state", "TERBUKA"), ("items", "state", "DIKESAMPINGKAN"),
    ("evidence", "page", "0" * 64), ("verdicts", "at", "2020-01-01T00:00:00.000000+00:00"),
])  # fmt: skip
def test_a_changed_decision_is_found_though_every_hash_was_made_anew(
    whole: bytes, table: str, field: str, value: str
) -> None:
    files = members(whole)
    rows = json.loads(files["perkara.json"])
    rows[table][0][field] = value
    told = casefile.check(forged({**files, "perkara.json": casefile._json(rows)}))
    assert any("rantai audit" in fault for fault in told.faults)


def test_a_removed_decision_is_found_though_every_hash_was_made_anew(whole: bytes) -> None:
    files = members(whole)
    rows = json.loads(files["perkara.json"])
    del rows["signatures"]
    assert casefile.check(forged({**files, "perkara.json": casefile._json(rows)})).faults


def test_acts_changed_swapped_taken_away_or_cut_are_found_though_every_hash_was_made_anew(whole: bytes) -> None:
    files = members(whole)

    def check(change: object) -> Checked:
        chain = json.loads(files["rantai.json"])
        change(chain)  # type: ignore[operator]
        return casefile.check(forged({**files, "rantai.json": casefile._json(chain)}))

    steps = len(json.loads(files["rantai.json"])["langkah"])
    for at in range(steps):
        assert check(lambda chain, at=at: chain["langkah"].pop(at)).faults, f"taken away: {at}"
        assert check(lambda chain, at=at: chain["langkah"][at].update(who="budi")).faults, f"changed: {at}"
    assert check(lambda chain: chain["langkah"].reverse()).faults
    assert check(lambda chain: chain["langkah"].append(chain["langkah"][0])).faults
    assert check(lambda chain: chain["ujung"].update(langkah=3)).faults


def test_what_was_erased_is_told_and_leaves_the_file_whole(office: Office) -> None:
    rumor = settled(office)
    with office.store.read() as tx:
        left = tx.left_of(tx.carriers(rumor)[0].id)
    assert left
    office.store.erase(left.words, "Admin", "permintaan", "UU 27/2022", office.now, left.pages)
    made = export(office, rumor)
    assert casefile.check(made).faults == ()
    assert not any(digest in name for name in members(made) for digest in (*left.words, *left.pages))
    chain = json.loads(members(made)["rantai.json"])
    assert {step["key"] for step in chain["langkah"] if step["act"] == "hapus"} >= set(left.words)


@pytest.mark.parametrize("content", [b"PK", b"PK\5\6" + 18 * b"\0", b"\0" * 1000, b"[]"])
def test_anything_else_is_refused_in_a_sentence(content: bytes) -> None:
    assert "bukan berkas perkara" in casefile.check(content).faults[0]


def test_on_both_engines_the_same_tables(store: Store) -> None:
    with store.write() as tx:
        made = world.whole(tx)
        rumor = tx.rumors()[-1].id
        found = tx.case_rows(rumor)
        assert found["items"] == [tx.get(Item, made[0].item.id)]
        assert {"articles", "entries", "evidence", "fetches", "scores", "signatures", "verdicts"} <= set(found)
        assert tx.case_rows(99_999) == {}
        acts = tx.case_acts([("konten", "1"), ("words", tx.erasures()[0].words)])
    assert [number for number, _ in acts] == [1, 2]


def test_desk_gives_it_to_save(office: Office) -> None:
    rumor = settled(office)
    desk = made_city.desk(office.store, now=lambda: office.now)
    cookie = made_city.logged_in(office.store, "karta", ("kepala",), office.now)
    client = Client(pages.app(desk))
    client.cookies.set("sesi", cookie, domain="127.0.0.1")
    got = client.get(f"/isu/{rumor}/berkas")
    assert (got.status_code, got.headers["content-type"]) == (200, "application/zip")
    assert f'filename="perkara-{rumor}.zip"' in got.headers["content-disposition"]
    told = casefile.check(got.content)
    assert (told.faults, told.seal) == ((), got.headers["x-segel"])
    assert "Simpan berkas perkara" in client.get(f"/isu/{rumor}").text
    assert PAGE in client.send(f"/isu/{rumor}/berkas").content
    assert client.post(f"/isu/{rumor}/berkas", data={}).status_code == 403
    assert client.get("/isu/999/berkas").status_code == 404


def test_commands(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rumor, path = settled(office), tmp_path / "perkara.zip"
    monkeypatch.setenv("JERNIH_HOME", str(office.store.home))
    monkeypatch.setenv("JERNIH_DATABASE_URL", "")
    monkeypatch.setenv("JERNIH_FEEDS", str(tmp_path / "feeds.toml"))
    (tmp_path / "feeds.toml").write_text("")
    said = command.export(rumor, path, bare=False)
    assert path.stat().st_mode & 0o777 == 0o600
    seal = said.split("Segel: ")[1].split()[0]
    monkeypatch.setenv("JERNIH_HOME", str(tmp_path / "tiada"))
    audit_command.verify(path, seal)
    assert not (tmp_path / "tiada").exists()
    with pytest.raises(Trouble, match="TIDAK utuh"):
        audit_command.verify(path, "0" * 64)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Trouble, match="TIDAK utuh"):
        audit_command.verify(path)
    monkeypatch.setenv("JERNIH_HOME", str(office.store.home))
    with pytest.raises(Trouble, match="tidak ada"):
        command.export(999, tmp_path / "lain.zip", bare=False)
    assert list(tmp_path.glob("*lain*")) == []
