"""`make demo`: Kota Contoh, a made-up city whose sources are served on loopback, one address each."""

from monitor.demo.city import SOURCES, labelled, settings_text
from monitor.demo.server import City

__all__ = ["SOURCES", "City", "labelled", "settings_text"]
