"""Row -> database -> row: the only door to SQLAlchemy. SQLite in JERNIH_HOME, or PostgreSQL."""

from monitor.store.backup import Contents
from monitor.store.errors import Held, StoreError
from monitor.store.items import key_of
from monitor.store.store import Store, Tx, open
from monitor.store.views import Detail, Figures, Filters, Key, QueueRow, SourceHealth

__all__ = [
    "Contents",
    "Detail",
    "Figures",
    "Filters",
    "Held",
    "Key",
    "QueueRow",
    "SourceHealth",
    "Store",
    "StoreError",
    "Tx",
    "key_of",
    "open",
]
