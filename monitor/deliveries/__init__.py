"""Post + channel -> Delivery (pengiriman): the outbox, what it may say where, and what a person must decide."""

from monitor.deliveries.acts import (
    DECISIONS,
    MOST_TRIES,
    MOST_WAIT,
    RIGHT,
    TABLE,
    Change,
    backoff,
    begin,
    crashed,
    decide,
    drop,
    hold,
    is_due,
    newer,
    planned,
    planned_report,
    repeatable,
    restored,
    settle,
)
from monitor.deliveries.letters import follows, letter, posted
from monitor.deliveries.probes import probe, probed
from monitor.deliveries.rows import (
    BALAS,
    BARU,
    BATAL,
    GAGAL,
    LAPORAN,
    MAIL,
    MENGIRIM,
    MENUNGGU,
    STATES,
    TELEGRAM,
    TERKIRIM,
    TIDAK_PASTI,
    UBAH,
    ULANGI,
    WEBHOOK,
    WORDPRESS,
    Ask,
    Delivery,
    DeliveryAct,
    Mailing,
    Reply,
    Result,
    folded,
    key_of,
    stepped,
)
from monitor.deliveries.rules import (
    DOUBT,
    NEWEST,
    NONE,
    OLD,
    Drop,
    Go,
    Hold,
    Standing,
    course,
    signed,
    silenced,
    standings,
)
from monitor.deliveries.talks import JSON, Parcel, cleaned, hidden, signature, talk
from monitor.deliveries.texts import message, one_line, page, title

__all__ = [
    "BALAS", "BARU", "BATAL", "DECISIONS", "DOUBT", "GAGAL", "JSON", "LAPORAN", "MAIL", "MENGIRIM", "MENUNGGU",
    "MOST_TRIES", "MOST_WAIT", "NEWEST", "NONE", "OLD", "RIGHT", "STATES", "TABLE", "TELEGRAM", "TERKIRIM",
    "TIDAK_PASTI", "UBAH", "ULANGI", "WEBHOOK", "WORDPRESS", "Ask", "Change", "Delivery", "DeliveryAct", "Drop", "Go",
    "Hold", "Mailing", "Parcel", "Reply", "Result", "Standing", "backoff", "begin", "cleaned", "course", "crashed",
    "decide", "drop", "folded", "follows", "hidden", "hold", "is_due", "key_of", "letter", "message", "newer",
    "one_line", "page", "planned", "planned_report", "posted", "probe", "probed", "repeatable", "restored", "settle",
    "signature", "signed", "silenced", "standings", "stepped", "talk", "title",
]  # fmt: skip
