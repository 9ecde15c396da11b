"""feeds.toml and the shipped catalogue -> Source: the places we watch, and every other setting of an operator."""

from monitor.sources.addresses import canonical
from monitor.sources.calendar import coming, meant, stage, today
from monitor.sources.changes import changed, kept
from monitor.sources.checks import ZONES, offset
from monitor.sources.opml import Imported, from_opml, opml
from monitor.sources.reading import catalogue, keys, read
from monitor.sources.rows import (
    CATEGORIES,
    KINDS,
    PRIORITY_WEIGHTS,
    RHYTHMS,
    Archive,
    Candidate,
    Catalogue,
    Channel,
    ConfigError,
    Conflict,
    Desk,
    Election,
    Network,
    Notices,
    Office,
    Official,
    Problem,
    Public,
    Selectors,
    Settings,
    Source,
    Stage,
)
from monitor.sources.rules import paused
from monitor.sources.written import toml

__all__ = [
    "CATEGORIES",
    "KINDS",
    "PRIORITY_WEIGHTS",
    "RHYTHMS",
    "ZONES",
    "Archive",
    "Candidate",
    "Catalogue",
    "Channel",
    "ConfigError",
    "Conflict",
    "Desk",
    "Election",
    "Imported",
    "Network",
    "Notices",
    "Office",
    "Official",
    "Problem",
    "Public",
    "Selectors",
    "Settings",
    "Source",
    "Stage",
    "canonical",
    "catalogue",
    "changed",
    "coming",
    "from_opml",
    "kept",
    "keys",
    "meant",
    "offset",
    "opml",
    "paused",
    "read",
    "stage",
    "today",
    "toml",
]
