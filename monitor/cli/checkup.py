"""Facts about a machine and an office -> Findings: what is well, what is not, and the command that repairs it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

GOOD, LOOK, BAD = "baik", "periksa", "rusak"
OLDEST, NEWEST = (3, 11), (3, 15)
FIRST_RELEASE = datetime.fromisoformat("2026-11-01T00:00:00+00:00")
SLACK = timedelta(minutes=5)
LITTLE, VERY_LITTLE = 0.10, 200 * 2**20
PROXY_NAMES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: baik, periksa or rusak, a sentence, and the command or step that repairs it."""

    name: str
    mark: str
    sentence: str
    repair: str = ""


def python(version: tuple[int, int]) -> Finding:
    """Is this Python one that Jernih is tested with?"""
    spelled = ".".join(map(str, version))
    if OLDEST <= version < NEWEST:
        return Finding("Python", GOOD, f"Python {spelled}.")
    return Finding("Python", BAD, f"Python {spelled} tidak didukung; perlu 3.11 sampai 3.14.",
                   "make clean && make PYTHON=python3.11 run")


def libraries(missing: Sequence[str]) -> Finding:
    """Is every library there that Jernih names?"""
    if not missing:
        return Finding("Pustaka", GOOD, "Semua pustaka terpasang.")
    return Finding("Pustaka", BAD, f"Belum terpasang: {', '.join(missing)}.", "make clean && make run")


def home(path: str, fault: str) -> Finding:
    """Can Jernih write in its folder? `fault` is the system's own reason, "" if it can."""
    if not fault:
        return Finding("Folder data", GOOD, f"{path} dapat ditulis.")
    return Finding("Folder data", BAD, f"{path} tidak dapat ditulis ({fault}).",
                   f"sudo install -d -o $(id -un) -m 700 {path}")


def disk(free: int, total: int) -> Finding:
    """Is there room? Bytes."""
    share = free / total if total else 0.0
    sentence = f"{_size(free)} kosong dari {_size(total)}."
    if share >= LITTLE:
        return Finding("Ruang cakram", GOOD, sentence)
    mark = BAD if free < VERY_LITTLE else LOOK
    return Finding("Ruang cakram", mark, sentence, "Kosongkan cakram, atau kecilkan days pada [archive] di feeds.toml.")


def database(where: str, state: str, sentence: str = "") -> Finding:
    """`state` is current, new (nothing there yet), older, or trouble with its own `sentence`."""
    if state == "current":
        return Finding("Basis data", GOOD, f"{where} terbuka dan sesuai dengan versi ini.")
    if state == "new":
        return Finding("Basis data", GOOD, f"{where} belum ada; dibuat saat pertama dijalankan.")
    if state == "older":
        return Finding("Basis data", LOOK, f"{where} dari versi lama; diperbarui sendiri saat dijalankan. Cadangkan "
                       "dulu.", "jernih backup sebelum-pembaruan.zip")
    return Finding("Basis data", BAD, sentence, "Lihat kalimat di samping, lalu jalankan jernih doctor lagi.")


def feeds(path: str, faults: Sequence[str], warnings: Sequence[str], watched: int) -> Finding:
    """Can the operator's file be used?"""
    if faults:
        more = f" (dan {len(faults) - 1} lagi)" if len(faults) > 1 else ""
        return Finding("feeds.toml", BAD, faults[0] + more, f"nano {path}")
    if not watched:
        return Finding("feeds.toml", LOOK, "Tidak ada sumber yang dipantau.", f"nano {path}")
    if warnings:
        return Finding("feeds.toml", LOOK, f"{watched} sumber dipantau. {warnings[0]}", f"nano {path}")
    return Finding("feeds.toml", GOOD, f"{watched} sumber dipantau.")


def contact(value: str, path: str) -> Finding:
    """Does the User-Agent say who may be asked?"""
    if value:
        return Finding("Kontak", GOOD, f"Situs yang dikunjungi dapat menghubungi {value}.")
    return Finding("Kontak", LOOK, "Kontak kantor kosong, jadi semua sumber dijeda.",
                   f"Isi contact pada [office] di {path}; atau coba make demo.")


def zone(office: str, expected: str, code: str) -> Finding:
    """Does the office's zone fit its region? `expected` is "" where the region is unknown."""
    if expected and expected != office:
        return Finding("Zona waktu", LOOK, f"Kantor memakai {office}, tetapi wilayah {code} berada di {expected}.",
                       f'zone = "{expected}" pada [office] di feeds.toml')
    return Finding("Zona waktu", GOOD, f"Semua jam ditulis dalam {office}.")


def clock(now: datetime, latest: datetime | None, seen: Sequence[datetime]) -> Finding:
    """Is the machine's clock right? `latest` is the newest row's time, `seen` what sites said the time is."""
    repair = "sudo timedatectl set-ntp true"
    if now < FIRST_RELEASE:
        return Finding("Jam", BAD, f"Jam server ini {now:%d-%m-%Y %H.%M} UTC, jauh di masa lalu.", repair)
    if latest and latest > now + SLACK:
        return Finding("Jam", BAD, "Jam server ini mundur: sudah ada catatan yang lebih baru.", repair)
    off = min((abs(now - moment) for moment in seen), default=None)
    if off is not None and off > SLACK:
        minutes = round(off.total_seconds() / 60)
        return Finding("Jam", BAD, f"Jam server ini berbeda {minutes} menit dari jam situs-situs yang dicoba.", repair)
    return Finding("Jam", GOOD, "Jam server wajar." if off is None else "Jam server cocok dengan jam situs lain.")


def network(tried: int, reached: int, sentence: str, proxy: str, environment: Mapping[str, str]) -> Finding:
    """Can sources be reached? `sentence` is the first failure's own."""
    through = f" lewat proxy {proxy}" if proxy else ""
    if not tried:
        return Finding("Jaringan", LOOK, "Belum dicoba: isi kontak kantor dan paling sedikit satu sumber dahulu.")
    if reached:
        return Finding("Jaringan", GOOD, f"{reached} dari {tried} sumber yang dicoba menjawab{through}.")
    said = next((environment[name] for name in PROXY_NAMES if environment.get(name)), "")
    if said and not proxy:
        return Finding("Jaringan", BAD, f"Tidak ada sumber yang menjawab. {sentence} Server ini mengenal proxy, tetapi "
                       "Jernih hanya memakai yang tertulis di feeds.toml.",
                       f'proxy = "{said}" pada [network] di feeds.toml')
    return Finding("Jaringan", BAD, f"Tidak ada sumber yang menjawab{through}. {sentence}",
                   "curl -sI https://www.kpu.go.id | head -1")


def port(number: int, use: str, state: str) -> Finding:
    """`state` is free, ours (a running Jernih has it), or taken."""
    name = f"Port {number}"
    if state == "free":
        return Finding(name, GOOD, f"Bebas untuk {use}.")
    if state == "ours":
        return Finding(name, GOOD, f"Dipakai {use} dari Jernih yang sedang berjalan.")
    key = "metrics_port" if use == "metrik" else "port"
    return Finding(name, BAD, f"Dipakai program lain, padahal diperlukan {use}.",
                   f"ss -ltnp 'sport = :{number}', lalu ubah {key} pada [desk] di feeds.toml")


def model(name: str, sentence: str, own: bool = False) -> Finding:
    """Is there a model that scores? `own`: the one in force was trained here, so the shipped one can stand in."""
    if name:
        return Finding("Model", GOOD, f"Model {name} terbaca.")
    repair = "jernih retrain --back bawaan" if own else "git checkout -- classifiers/data/model"
    return Finding("Model", BAD, sentence, repair)


def lock(holder: str) -> Finding:
    """Does another process lead?"""
    if holder:
        return Finding("Kunci", GOOD, f"Jernih sedang berjalan ({holder}).")
    return Finding("Kunci", GOOD, "Tidak ada Jernih lain yang berjalan.")


def factors(lost: Sequence[str], path: str, trouble: str = "") -> Finding:
    """Can this server open the second factors of its accounts? `lost` are the names where not, `path` the key's."""
    name = "Faktor kedua"
    if trouble:
        return Finding(name, BAD, trouble, f"chmod 600 {path}")
    if lost:
        return Finding(name, BAD, f"Kunci faktor kedua tidak cocok untuk {len(lost)} akun: {', '.join(lost)}.",
                       f"Salin kunci dari server lama ke {path}, atau: jernih user reset NAMA")
    return Finding(name, GOOD, f"Rahasia tersegel; salin {path} ke tempat lain, terpisah dari cadangan.")


def cage(problem: str, cause: str) -> Finding:
    """Do caged workers start?"""
    if not problem:
        return Finding("Sangkar", GOOD, "Proses pembaca yang dibatasi dapat berjalan.")
    return Finding("Sangkar", BAD, f"Proses pembaca yang dibatasi tidak dapat berjalan ({problem}: {cause}).",
                   "Periksa batas memori dan proses pada unit systemd atau wadahnya.")


def letters(host: str, people: int, password_missing: bool) -> Finding:
    """Will anybody hear of trouble?"""
    if not host:
        return Finding("Surel", LOOK, "Pemberitahuan surel belum diatur; gangguan hanya tampak di meja.",
                       "Isi [notices] di feeds.toml")
    if password_missing:
        return Finding("Surel", LOOK, f"{host} memerlukan sandi, tetapi JERNIH_SMTP_PASSWORD kosong.",
                       "Tulis JERNIH_SMTP_PASSWORD=… di /etc/jernih/env")
    return Finding("Surel", GOOD, f"Pemberitahuan lewat {host} kepada {people} orang. Coba: jernih doctor --surel")


def letter(sent: bool | None, sentence: str) -> Finding:
    """What came of a test letter."""
    if sent:
        return Finding("Surel percobaan", GOOD, f"Diterima server surel. {sentence}".strip())
    return Finding("Surel percobaan", LOOK if sent is None else BAD, sentence, "Perbaiki [notices] di feeds.toml")


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GiB".replace(".", ",") if count >= 2**30 else f"{count // 2**20} MiB"
