"""`make demo`: Kota Contoh, a made-up city whose sources are served on loopback, one address each."""

from monitor.demo.answers import Office, planned, publish_all
from monitor.demo.city import SOURCES, labelled, settings_text
from monitor.demo.outlets import OUTLETS, SECRET
from monitor.demo.past import Past, live, past_of, was_here
from monitor.demo.server import City

__all__ = [
    "OUTLETS", "SECRET", "SOURCES", "City", "Office", "Past", "labelled", "live", "past_of", "planned", "publish_all",
    "settings_text", "was_here",
]  # fmt: skip
