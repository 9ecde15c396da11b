"""Delivery + channel -> a talk with it: requests one by one, each after the reply to the last, and what it came to.

A talk is a generator that yields an Ask, is sent its Reply, and returns the Result. It holds at most one request that
must not be made twice, and says "ulangi" only where another try cannot become a second message.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from monitor.deliveries import texts
from monitor.deliveries.rows import (
    BALAS,
    GAGAL,
    TELEGRAM,
    TERKIRIM,
    TIDAK_PASTI,
    UBAH,
    ULANGI,
    WEBHOOK,
    WORDPRESS,
    Ask,
    Delivery,
    Reply,
    Result,
)
from monitor.posts import Publication, Site
from monitor.sources import Channel

Talk = Generator[Ask, Reply, Result]
JSON = {"Content-Type": "application/json; charset=utf-8", "Accept": "application/json"}
POSTS = "wp-json/wp/v2/posts"
LONGEST_TOLD = 200
# The try before which a post that may be on its way is not made again: eight minutes after the last at the least.
SURELY = 5


@dataclass(frozen=True, slots=True)
class Parcel:
    """Everything that a talk needs: the delivery, where it goes, what it carries, and the channel's secret."""

    row: Delivery
    channel: Channel
    site: Site
    one: Publication
    secret: str = field(repr=False)
    at: datetime


def talk(parcel: Parcel) -> Talk:
    """The talk with a channel of this kind."""
    return TALKS[parcel.channel.kind](parcel)


def wordpress(parcel: Parcel) -> Talk:
    """Looks for its own slug before it writes, so that a try whose answer was lost never becomes a second post: found,
    it is written to; not found, a slow WordPress may still be at it, so nothing is made anew before SURELY tries.
    Should it have been slower still, the look after tells."""
    remote = parcel.row.remote
    if not remote:
        sought = yield _wp(parcel, "GET", _by_slug(parcel))
        found = _posts(sought)
        if found is None:
            return replace(_safe(sought, parcel), doubt=None)
        if len(found) > 1:
            return _twins(found)
        if not found and parcel.row.doubt and parcel.row.tries < SURELY:
            return Result(ULANGI, cause="not there yet", sentence=_still(parcel))
        remote = found[0] if found else ""
    new = {"slug": slug(parcel), "status": "draft" if parcel.channel.draft else "publish"}
    body = {"title": texts.headline(parcel.site, parcel.one), "content": texts.page(parcel.site, parcel.one)}
    target = f"{POSTS}/{quote(remote)}" if remote else POSTS
    reply = yield _wp(parcel, "POST", target, body if remote else body | new)
    result = _written(parcel, reply, remote)
    if result.outcome == TERKIRIM and not remote:
        again = _posts((yield _wp(parcel, "GET", _by_slug(parcel))))
        return _twins(again) if again and len(again) > 1 else result
    return result


def _by_slug(parcel: Parcel) -> str:
    """The address that finds its post, and a second one, to which WordPress adds a number."""
    ours = slug(parcel)
    return f"{POSTS}?{urlencode({'slug': f'{ours},{ours}-2', 'status': 'any', 'context': 'edit'})}"


def _posts(reply: Reply) -> list[str] | None:
    """The numbers of the posts that were found, lowest first; None where the answer is none."""
    told = _json(reply)
    if reply.outcome != TERKIRIM or not isinstance(told, list):
        return None
    return sorted({number for one in told if isinstance(one, dict) and (number := _number(one.get("id")))}, key=int)


def _twins(found: list[str]) -> Result:
    said = (f"Ada {len(found)} tulisan dengan slug yang sama di WordPress (nomor {', '.join(found[:5])}): jawaban yang "
            "sangat terlambat. Hapus yang berlebih di sana, lalu tekan “Sudah terkirim” dengan nomor yang tinggal.")
    return Result(TIDAK_PASTI, cause=f"{len(found)} posts with the same slug", sentence=said)


def _written(parcel: Parcel, reply: Reply, remote: str) -> Result:
    told = _json(reply)
    written = _number(told.get("id")) if isinstance(told, dict) else ""
    if reply.outcome == TERKIRIM and written:
        draft = isinstance(told, dict) and told.get("status") == "draft"
        note = "Tersimpan sebagai draf di WordPress; orang yang menerbitkannya di sana." if draft else ""
        return Result(TERKIRIM, written, sentence=note)
    if reply.outcome == TERKIRIM:
        reply = replace(reply, outcome=TIDAK_PASTI, cause="an answer without the number of a post")
    if remote and reply.status in (404, 410):
        said = f"Tulisan nomor {remote} sudah tidak ada di WordPress. Periksa di sana, lalu batalkan pengiriman ini."
        return Result(GAGAL, cause=reply.cause, sentence=said, doubt=False)
    return replace(_safe(reply, parcel), doubt=reply.outcome == TIDAK_PASTI or bool(remote and parcel.row.doubt))


def telegram(parcel: Parcel) -> Talk:
    """One request: a message, an edit of the earlier one, or (where that cannot be edited) a reply to it."""
    row, text = parcel.row, texts.message(parcel.site, parcel.one)
    body: dict[str, Any] = {"chat_id": parcel.channel.target, "text": text}
    if row.way == UBAH:
        body["message_id"] = int(row.remote)
    elif row.way == BALAS and row.remote:
        body["reply_parameters"] = {"message_id": int(row.remote), "allow_sending_without_reply": True}
    method = "editMessageText" if row.way == UBAH else "sendMessage"
    reply = yield Ask("POST", f"bot{quote(parcel.secret, safe=':')}/{method}", JSON, _bytes(body))
    told = _json(reply)
    answer: dict[str, Any] = told if isinstance(told, dict) else {}
    if reply.outcome == TERKIRIM:
        return _posted(parcel, answer)
    said = str(answer.get("description", ""))
    if row.way == UBAH and reply.status == 400:
        if "not modified" in said:
            return Result(TERKIRIM)
        if "edit" in said or "MESSAGE_ID" in said:
            return Result(ULANGI, way=BALAS, cause=_told(reply, said),
                          sentence="Pesan lama tidak dapat diubah, jadi dikirim sebagai balasan.")
    wait = max(reply.wait, _seconds(answer))
    reply = replace(reply, cause=_told(reply, said), wait=wait)
    return _safe(reply, parcel) if row.way == UBAH else _once(reply, parcel)


def _posted(parcel: Parcel, answer: dict[str, Any]) -> Result:
    message = answer.get("result")
    number = _number(message.get("message_id")) if isinstance(message, dict) else ""
    if answer.get("ok") is True and (number or parcel.row.way == UBAH):
        return Result(TERKIRIM, number)
    unknown = Reply(TIDAK_PASTI, cause="an answer that is not Telegram's")
    return _safe(unknown, parcel) if parcel.row.way == UBAH else _once(unknown, parcel)


def webhook(parcel: Parcel) -> Talk:
    """One request with its key and signature (the scheme of standardwebhooks.com); it may be repeated, for the key
    stays the same. A page in HTML is no receiver's answer, whatever its status: it is a portal's or a proxy's."""
    body = _bytes(_event(parcel))
    reply = yield Ask("POST", "", JSON | signature(parcel.secret, parcel.row.key, parcel.at, body), body)
    if reply.outcome == TERKIRIM and reply.body.lstrip()[:1] == b"<":
        reply = replace(reply, outcome=TIDAK_PASTI, cause="a page in place of an answer")
    return Result(TERKIRIM) if reply.outcome == TERKIRIM else _safe(reply, parcel)


def signature(secret: str, key: str, at: datetime, body: bytes) -> dict[str, str]:
    """Headers by which a receiver knows who sent this, when, and whether it came before."""
    raw = base64.b64decode(secret.removeprefix("whsec_")) if secret.startswith("whsec_") else secret.encode()
    moment = str(int(at.timestamp()))
    made = hmac.new(raw, f"{key}.{moment}.".encode() + body, hashlib.sha256).digest()
    return {"webhook-id": key, "webhook-timestamp": moment, "Idempotency-Key": key,
            "webhook-signature": f"v1,{base64.b64encode(made).decode()}"}  # fmt: skip


def authorization(channel: Channel, secret: str) -> dict[str, str]:
    """The header by which WordPress knows an application password."""
    return {"Authorization": f"Basic {base64.b64encode(f'{channel.user}:{secret}'.encode()).decode()}"}


def slug(parcel: Parcel) -> str:
    """The address of its post at WordPress: its own, so that it is found again; the hoax is not in it."""
    return f"klarifikasi-{parcel.one.post.clarification}-{parcel.one.post.slug}"[:180]


def cleaned(result: Result, secrets: Iterable[str]) -> Result:
    """The result without anything secret, whatever a channel echoed."""
    cause, sentence = result.cause, result.sentence
    for one in secrets:
        for form in {one, quote(one, safe=""), json.dumps(one)[1:-1]} if one else ():
            cause, sentence = cause.replace(form, "…"), sentence.replace(form, "…")
    return replace(result, cause=cause, sentence=sentence)


def hidden(channel: Channel, secret: str) -> tuple[str, ...]:
    """Every spelling of a channel's secret that could come back in an answer."""
    if not secret:
        return ()
    pair = base64.b64encode(f"{channel.user}:{secret}".encode()).decode()
    return (pair, pair.rstrip("="), secret, secret.replace(" ", ""))


def _event(parcel: Parcel) -> dict[str, Any]:
    one, text, site = parcel.one, parcel.one.shown, parcel.site
    told: dict[str, Any] = {
        "version": 1, "event": parcel.row.act, "clarification": one.post.clarification, "edition": one.post.edition,
        "at": one.post.at.isoformat(), "url": site.address(one.post.path), "office": site.office,
        "reason": one.post.reason,
    }  # fmt: skip
    if text is None:
        return told
    return told | {
        "headline": text.headline, "finding": one.post.finding, "summary": text.summary, "advice": text.advice,
        "category": one.post.category, "regions": list(one.post.regions), "message": texts.message(site, one),
        "sources": [{"url": cited.url, "title": cited.title, "official": cited.official} for cited in text.citations],
    }  # fmt: skip


def _wp(parcel: Parcel, method: str, path: str, body: dict[str, Any] | None = None) -> Ask:
    headers = JSON | authorization(parcel.channel, parcel.secret)
    return Ask(method, path, headers, _bytes(body) if body is not None else b"")


def _once(reply: Reply, parcel: Parcel) -> Result:
    """Of a request that must not be made twice: only what surely did not arrive is tried again."""
    if reply.outcome == TIDAK_PASTI:
        return Result(TIDAK_PASTI, cause=reply.cause, sentence=reply.sentence or _unknown(parcel))
    return _safe(reply, parcel)


def _safe(reply: Reply, parcel: Parcel) -> Result:
    """Of a request that may be made again: everything that may pass is."""
    waiting = Result(ULANGI, cause=reply.cause, wait=reply.wait, sentence=reply.sentence or _not_yet(parcel))
    if reply.outcome == "ditolak":
        return replace(waiting, outcome=GAGAL, sentence=_refused(reply, parcel))
    if reply.outcome == GAGAL and not reply.retry:
        return replace(waiting, outcome=GAGAL)
    if reply.outcome == TIDAK_PASTI:
        return replace(waiting, doubt=True, sentence=_not_yet(parcel))
    return waiting


def _not_yet(parcel: Parcel) -> str:
    return f"Kanal {parcel.channel.name} belum menjawab dengan benar. Jernih mencoba lagi sendiri."


def _still(parcel: Parcel) -> str:
    return (f"Kanal {parcel.channel.name} belum menjawab, dan tulisannya belum ada di sana. Bisa jadi masih "
            "dikerjakan; Jernih melihat lagi sebelum menulis ulang.")


def _refused(reply: Reply, parcel: Parcel) -> str:
    if reply.status in (401, 403):
        return (f"Kanal {parcel.channel.name} menolak izinnya (kode {reply.status}). Periksa user dan sandinya, lalu "
                "kirim lagi.")
    return reply.sentence


def _unknown(parcel: Parcel) -> str:
    return (f"Kiriman ke kanal {parcel.channel.name} mungkin sudah diterima, tetapi jawabannya tidak dapat dibaca. "
            "Lihat dahulu di kanalnya; kirim ulang hanya bila memang belum ada.")


def _json(reply: Reply) -> Any:
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError):
        return None


def _bytes(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _number(value: Any) -> str:
    """The number that a channel gave, as digits; "" for anything else."""
    sound = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**18
    return str(value) if sound else ""


def _seconds(answer: dict[str, Any]) -> float:
    told = answer.get("parameters")
    wait = told.get("retry_after") if isinstance(told, dict) else 0
    return float(wait) if isinstance(wait, int) and 0 < wait < 10**6 else 0.0


def _told(reply: Reply, said: str) -> str:
    return f"{reply.cause}: {texts.one_line(said, LONGEST_TOLD)}" if said else reply.cause


TALKS: dict[str, Callable[[Parcel], Talk]] = {WORDPRESS: wordpress, TELEGRAM: telegram, WEBHOOK: webhook}
