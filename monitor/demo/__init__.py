"""`make demo`: Kota Contoh, a made-up city whose sources are served on loopback, one address each."""

from monitor.demo.city import SOURCES, settings_text
from monitor.demo.server import City

__all__ = ["SOURCES", "City", "settings_text"]
