"""`make demo`: Kota Contoh, a made-up city whose sources are served on loopback, one address each."""

from monitor.demo.answers import planned, publish_all
from monitor.demo.city import SOURCES, labelled, settings_text
from monitor.demo.server import City

__all__ = ["SOURCES", "City", "labelled", "planned", "publish_all", "settings_text"]
