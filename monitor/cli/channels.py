"""The channels of feeds.toml -> Findings: complete, secret in place, known at the other side; nothing is sent."""

from monitor import deliveries, web
from monitor.cli.checkup import BAD, GOOD, LOOK, Finding
from monitor.daemon import Secrets
from monitor.deliveries import Reply
from monitor.sources import Channel, Settings, lacks

SECONDS = 10.0
SEEN = {deliveries.WEBHOOK: "Siap. Tidak dihubungi, karena setiap permintaan dianggap kiriman.",
        deliveries.MAIL: "Siap. Dikirim lewat server pada [notices]."}


def findings(wish: Settings, secret: Secrets, offline: bool) -> list[Finding]:
    """One finding for each channel that is switched on."""
    ports = (wish.desk.port, wish.desk.metrics_port)
    found = [_finding(channel, wish, secret, offline, ports) for channel in wish.channels if channel.enabled]
    if found and not wish.public.url:
        found.append(Finding("Kanal", BAD, "Alamat halaman publik belum diisi, jadi kiriman ke semua kanal menunggu.",
                             "Isi url pada [public] di feeds.toml"))
    return found


def _finding(
    channel: Channel, wish: Settings, secret: Secrets, offline: bool, ports: tuple[int, int]
) -> Finding:
    name = f"Kanal {channel.name}"
    if lacking := lacks(channel, wish):
        return Finding(name, LOOK, f"Belum lengkap: {lacking}.", "Lengkapi [[channel]] di feeds.toml (docs/saluran.md)")
    known = secret(channel.secret)
    if channel.kind != deliveries.MAIL and not known:
        return Finding(name, BAD, f"Sandinya belum ada: {channel.secret} kosong, atau berkasnya terbaca orang lain.",
                       f"Tulis {channel.secret}=… di /etc/jernih/env (docs/saluran.md)")
    ask = deliveries.probe(channel, known)
    if ask is None or offline:
        return Finding(name, GOOD, SEEN.get(channel.kind, "Lengkap; tidak dihubungi."))
    try:
        door = web.Sender([web.Channel(channel.name, channel.url, channel.private, channel.pin)], wish.network,
                          deadline=SECONDS, own_ports=ports)  # fmt: skip
        sent = door.send(channel.name, ask.path, method=ask.method, headers=ask.headers)
    except ValueError:
        return Finding(name, BAD, "Alamatnya tidak dapat dipakai.", "Perbaiki url pada [[channel]] di feeds.toml")
    told = deliveries.probed(channel, Reply(sent.outcome, sent.status, sent.body, sentence=sent.sentence))
    if told:
        return Finding(name, BAD if sent.status else LOOK, told, "docs/saluran.md menjelaskan penyiapannya")
    return Finding(name, GOOD, "Dikenal di sana; tidak ada yang dikirim.")
