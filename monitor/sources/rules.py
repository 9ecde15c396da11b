"""rows of one file -> the faults between them: duplicates, private addresses, unknown regions, whose channel it is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network
from typing import Any
from urllib.parse import parse_qs, urlsplit

from classifiers.regions import gazetteer
from monitor.sources import addresses
from monitor.sources.checks import MAIL
from monitor.sources.lines import Path
from monitor.sources.rows import Channel, Settings, Source
from monitor.sources.sentences import shown

Fault = tuple[Path, str, str]
Placed = list[tuple[int, Source]]
NATION = "00"
FASTEST = 60
TELEGRAM = ("t.me", "www.t.me", "telegram.me", "telegram.dog")
YOUTUBE = ("www.youtube.com", "youtube.com", "m.youtube.com")
GROUPS = ("chat.whatsapp.com", "whatsapp.com", "www.whatsapp.com", "wa.me")
CHANNEL = re.compile(r"/s/[A-Za-z][A-Za-z0-9_]{3,31}/?")


def joined(
    settings: Settings, own: Placed, shipped: tuple[Source, ...], tables: list[Any], places: dict[str, str]
) -> Settings:
    """The settings with the operator's own sources and the rest of the catalogue, and what should be looked at.

    A source of the catalogue that has another name but the same address as one of the operator's gives way, so that an
    upgrade of the catalogue never makes a working feeds.toml wrong.
    """
    names = {source.name for _, source in own}
    taken = {places[source.url]: source.name for _, source in own}
    rest = [chosen(source, settings) for source in shipped if source.name not in names]
    double = {
        source.name: taken[place] for source in rest if taken and (place := addresses.canonical(source.url)) in taken
    }
    kept = tuple(source for source in rest if source.name not in double)
    skipped = [
        f"Sumber katalog “{name}” dilewati: alamatnya sama dengan sumber Anda “{mine}”."
        for name, mine in double.items()
    ]
    return replace(
        settings,
        sources=(*(source for _, source in own), *kept),
        warnings=(*spoken(settings), *skipped, *still(own, shipped, tables), *loose(own)),
    )


def chosen(source: Source, settings: Settings) -> Source:
    """The shipped source, disabled if [catalogue] does not want it."""
    if not settings.catalogue.enabled:
        return replace(source, enabled=False)
    wanted = settings.catalogue.regions
    near = (
        not wanted
        or source.code == NATION
        or any(
            source.code == code or source.code.startswith(f"{code}.") or code.startswith(f"{source.code}.")
            for code in wanted
        )
    )
    return source if near else replace(source, enabled=False)


def still(own: Placed, shipped: tuple[Source, ...], tables: list[Any]) -> Iterator[str]:
    """Sentences about sources of the catalogue that the operator names but that stay disabled."""
    disabled = {source.name: source.note for source in shipped if not source.enabled}
    for at, source in own:
        if source.name in disabled and "enabled" not in tables[at]:
            why = f" ({disabled[source.name]})" if disabled[source.name] else ""
            yield f"Sumber “{source.name}” masih nonaktif seperti di katalog{why}; isi enabled = true untuk memantau."


def loose(own: Placed) -> Iterator[str]:
    """Sentences about listings without selectors: allowed, links are then found by a general way."""
    for _, source in own:
        if source.kind == "html" and source.enabled and source.selectors is None:
            yield (
                f"Sumber “{source.name}” tidak punya selectors: tautan berita dicari dengan cara umum, "
                "bisa kurang tepat. Periksa dengan “jernih sources check”."
            )


def spoken(settings: Settings) -> Iterator[str]:
    """Sentences about settings that are allowed but should be looked at."""
    office, notices = settings.office, settings.notices
    if office.contact and "@" not in office.contact and "://" not in office.contact:
        yield "Kontak di [office] sebaiknya surel atau alamat https, supaya pemilik situs dapat menghubungi Anda."
    expected = gazetteer().zone_name(office.code)
    if expected and office.zone != expected:
        yield f"Zona waktu kantor {office.zone}, padahal wilayah {office.code} memakai {expected}."
    if any(ip_network(block).prefixlen < 8 for block in settings.network.allow):
        yield "allow di [network] membuka jaringan yang sangat luas; tulis hanya jaringan yang benar-benar perlu."
    if notices.smtp and notices.security == "tanpa":
        yield 'Surel pemberitahuan dikirim tanpa sandi jalur (security = "tanpa"); pakai hanya untuk server sendiri.'
    for channel in settings.channels:
        if channel.enabled and (lacking := lacks(channel, settings)):
            yield f"Kanal “{channel.name}” belum lengkap: {lacking}. Selama itu kirimannya menunggu."


def broken(settings: Settings, own: Placed) -> list[Fault]:
    """Everything that is wrong within and between the rows."""
    found = [*named(settings), *halves(settings), *known(settings, own)]
    for at, source in own:
        found += [(("source", at, key), words, cause) for key, words, cause in one(source, settings.network.allow)]
    for at, channel in enumerate(settings.channels):
        found += [(("channel", at, key), words, cause) for key, words, cause in sending(channel)]
    return found


def repeated(tables: list[Any], own: Placed, places: dict[str, str]) -> list[Fault]:
    """Sources of one file with the same name, usable or not, or with the same address."""
    found: list[Fault] = []
    names: dict[str, int] = {}
    for at, table in enumerate(tables):
        name = table.get("name") if isinstance(table, dict) else None
        if isinstance(name, str) and names.setdefault(name.strip().casefold(), at) != at:
            found.append(
                (
                    ("source", at, "name"),
                    f"sumber “{shown(name)}” sudah ada di atas; nama harus berbeda",
                    "duplicate name",
                )
            )
    urls: dict[str, Source] = {}
    for at, source in own:
        if (first := urls.setdefault(places[source.url], source)) is not source:
            found.append(
                (
                    ("source", at, "url"),
                    f"alamat ini sudah dipakai sumber “{first.name}”; hapus salah satunya",
                    "duplicate address",
                )
            )
    return found


def spelled(own: Placed) -> dict[str, str]:
    """The canonical spelling of every address of the operator's sources."""
    return {source.url: addresses.canonical(source.url) for _, source in own}


def halves(settings: Settings) -> Iterator[Fault]:
    """Settings that say only half of what they need."""
    notices, deadline = settings.notices, settings.deadline
    if deadline.target > deadline.promise:
        yield ("deadline", "target"), "target tidak boleh lebih lama daripada promise", "target after the promise"
    if (notices.quiet_from is None) != (notices.quiet_to is None):
        key = "quiet_from" if notices.quiet_to is None else "quiet_to"
        yield ("notices", key), "isi quiet_from dan quiet_to bersama-sama", "only one end of the quiet hours"
    if notices.to and not (notices.smtp and notices.mail_from):
        yield ("notices", "to"), "isi juga smtp dan mail_from supaya surel dapat dikirim", "recipients without server"
    for key in ("to", "external_to"):
        if getattr(settings.digest, key) and not (notices.smtp and notices.mail_from):
            yield ("digest", key), "isi juga smtp dan mail_from pada [notices]", "recipients without server"
    elections = {election.name for election in settings.elections}
    for at, candidate in enumerate(settings.candidates):
        if candidate.election and candidate.election not in elections:
            yield (
                ("candidate", at, "election"),
                f"pemilu “{candidate.election}” tidak ada di [[election]]",
                "candidate of an unknown election",
            )


def named(settings: Settings) -> Iterator[Fault]:
    """Rows of other tables with the same name."""
    for key, rows in (
        ("election", [row.name for row in settings.elections]),
        ("channel", [row.name for row in settings.channels]),
        ("conflict", [row.name for row in settings.conflicts]),
    ):
        seen: dict[str, int] = {}
        for at, name in enumerate(rows):
            if seen.setdefault(name.casefold(), at) != at:
                yield (key, at, "name"), f"“{name}” sudah ada di atas; nama harus berbeda", "duplicate name"


def one(source: Source, allow: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with one source: (key, sentence, cause)."""
    parts = urlsplit(source.url)
    host = addresses.name(parts.hostname or "")
    if addresses.private(host, allow):
        yield (
            "url",
            "alamat di jaringan tertutup; bila memang boleh, tambahkan jaringannya ke allow di [network]",
            f"private address {host}",
        )
    yield from owned(source, host, allow)
    if source.rhythm < FASTEST and not opened(host, allow):
        yield "rhythm", 'terlalu sering; paling cepat "1m" untuk situs orang lain', f"rhythm {source.rhythm} s"
    if source.trust and not source.trusted_by:
        yield "trusted_by", "isi siapa yang menilai kepercayaan ini (trusted_by)", "trust without trusted_by"


def opened(host: str, allow: tuple[str, ...]) -> bool:
    """Is the host an address that [network] allow names?"""
    return addresses.allowed(host, allow)


def owned(source: Source, host: str, allow: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Telegram and YouTube: only channels of media, organisers, parties or offices; never a group, never a person."""
    if host in GROUPS:
        yield "url", "grup dan nomor WhatsApp tidak boleh dipantau", "whatsapp group"
    elif host in TELEGRAM and source.kind != "telegram":
        yield "kind", 'alamat Telegram harus kind = "telegram" dengan owner', "telegram address under another kind"
    elif host in YOUTUBE and source.kind != "youtube":
        yield "kind", 'alamat YouTube harus kind = "youtube" dengan owner', "youtube address under another kind"
    if source.kind not in ("telegram", "youtube"):
        return
    if not source.owner:
        yield (
            "owner",
            'isi owner: "media", "penyelenggara", "partai", atau "kantor"; kanal pribadi tidak dipantau',
            "channel without owner",
        )
    if not opened(host, allow):
        yield from (telegram if source.kind == "telegram" else youtube)(source, host)


def telegram(source: Source, host: str) -> Iterator[tuple[str, str, str]]:
    """A public channel's preview, never an invitation or a group."""
    path = urlsplit(source.url).path
    if path.startswith(("/+", "/joinchat", "/c/", "/s/+")):
        yield "url", "tautan undangan atau grup Telegram tidak boleh dipantau", "telegram group or invitation"
    elif host not in TELEGRAM or not CHANNEL.fullmatch(path):
        yield "url", 'tulis alamat kanal terbuka seperti "https://t.me/s/namakanal"', "not a telegram channel preview"


def youtube(source: Source, host: str) -> Iterator[tuple[str, str, str]]:
    """A channel's own feed."""
    parts = urlsplit(source.url)
    channel = parse_qs(parts.query).get("channel_id", [""])[0]
    if host not in YOUTUBE or parts.path != "/feeds/videos.xml" or not re.fullmatch(r"UC[\w-]{22}", channel):
        yield (
            "url",
            'tulis alamat umpan kanal: "https://www.youtube.com/feeds/videos.xml?channel_id=UC…" '
            "(channel_id ada di sumber halaman kanal)",
            "not a youtube channel feed",
        )


def sending(channel: Channel) -> Iterator[tuple[str, str, str]]:
    """What is wrong with one channel."""
    if channel.kind == "mail":
        if not MAIL.fullmatch(channel.target):
            yield "target", "isi target dengan surel daftar penerima", "mail channel without an address"
        return
    if not channel.url:
        yield "url", "kunci “url” wajib diisi untuk kanal ini", "channel without an address"
        return
    parts = urlsplit(channel.url)
    host = addresses.name(parts.hostname or "")
    if parts.query or parts.fragment:
        yield "url", "alamat kanal tidak boleh memuat tanda ? atau #", "query or fragment in a channel's address"
    if parts.scheme != "https" and not channel.private:
        yield "url", "alamat kanal harus diawali https://", "channel without https"
    if addresses.private(host, ()) and not channel.private:
        yield "url", "alamat di jaringan tertutup; tulis private = true bila memang server sendiri", "private address"
    if channel.private and not channel.pin and not addresses.literal(host):
        yield "pin", "isi pin dengan alamat IP server itu, karena private = true", "private channel without pin"


def lacks(channel: Channel, settings: Settings) -> str:
    """What a channel needs before anything can be sent there, "" if it has all; whether its secret is there is not
    known here."""
    if channel.kind == "mail":
        ready = settings.notices.smtp and settings.notices.mail_from
        return "" if ready else "isi smtp dan mail_from pada [notices]"
    needs = {"wordpress": ("user", "secret"), "telegram": ("target", "secret"), "webhook": ("secret",)}
    missing = [key for key in needs[channel.kind] if not getattr(channel, key)]
    return f"isi {' dan '.join(missing)}" if missing else ""


def known(settings: Settings, own: Placed) -> Iterator[Fault]:
    """Kode wilayah that no gazetteer has."""
    codes: list[tuple[Path, str]] = [(("office", "code"), settings.office.code)]
    codes += [(("catalogue", "regions", at), code) for at, code in enumerate(settings.catalogue.regions)]
    codes += [(("candidate", at, "code"), row.code) for at, row in enumerate(settings.candidates)]
    codes += [(("source", at, "code"), source.code) for at, source in own]
    for path, code in codes:
        if code not in ("", NATION) and code not in gazetteer():
            yield path, f"kode wilayah “{code}” tidak ada dalam daftar resmi", "unknown region code"


def paused(settings: Settings) -> str:
    """Why no source may be visited yet, as a sentence with the next step; "" if they may."""
    if settings.office.contact:
        return ""
    return (
        "Sumber belum dipantau karena kontak kantor belum diisi. Isi contact di bagian [office] pada feeds.toml "
        "(surel atau alamat https), lalu simpan; atau jalankan “make demo” untuk mencoba tanpa internet."
    )
