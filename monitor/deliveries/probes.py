"""Channel + secret -> a question that changes nothing there, and what the answer says of its setup."""

import json
from typing import Any
from urllib.parse import quote, urlencode

from monitor.deliveries.rows import TELEGRAM, TERKIRIM, WORDPRESS, Ask, Reply
from monitor.deliveries.talks import JSON, authorization
from monitor.sources import Channel


def probe(channel: Channel, secret: str) -> Ask | None:
    """What may be asked of this kind of channel without anything being sent; None where every request is an event."""
    if channel.kind == WORDPRESS:
        headers = JSON | authorization(channel, secret)
        return Ask("GET", "wp-json/wp/v2/users/me?context=edit", headers)
    if channel.kind == TELEGRAM:
        query = urlencode({"chat_id": channel.target})
        return Ask("GET", f"bot{quote(secret, safe=':')}/getChat?{query}", JSON)
    return None


def probed(channel: Channel, reply: Reply) -> str:
    """"" where the channel knows us, else a sentence that says what to repair."""
    answer = _dict(reply)
    if not reply.status or reply.status >= 500:
        return "Tidak dapat dihubungi. Periksa alamatnya, jaringan server ini, dan apakah layanan di sana berjalan."
    if reply.outcome == TERKIRIM and channel.kind == WORDPRESS and answer.get("id"):
        able = answer.get("capabilities")
        if isinstance(able, dict) and not able.get("edit_posts"):
            return f"Pengguna {channel.user} tidak boleh menulis di WordPress. Beri peran Penulis atau Editor."
        return ""
    if reply.outcome == TERKIRIM and channel.kind == TELEGRAM and answer.get("ok") is True:
        return ""
    if channel.kind == TELEGRAM and reply.status in (400, 403):
        return f"Bot belum menjadi admin kanal {channel.target}, atau nama kanalnya salah."
    if channel.kind == TELEGRAM and reply.status in (401, 404):
        return "Token bot salah. Minta lagi kepada @BotFather."
    if reply.status in (401, 403):
        return f"WordPress menolak pengguna {channel.user}. Buat sandi aplikasi baru di profilnya."
    if reply.status == 404:
        return "REST API WordPress tidak ditemukan. Periksa alamatnya, dan permalink selain “Polos”."
    return "Jawabannya bukan jawaban kanal ini. Periksa alamatnya."


def _dict(reply: Reply) -> dict[str, Any]:
    try:
        found = json.loads(reply.body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
