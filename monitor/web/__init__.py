"""Request -> Reply: the only httpx. A guarded client that collects, a pinned client that sends."""

from monitor.web.collector import Collector, user_agent
from monitor.web.guard import Guard
from monitor.web.limits import Trouble

__all__ = ["Collector", "Guard", "Trouble", "user_agent"]
