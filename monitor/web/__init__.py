"""Request -> Reply: the only httpx. A guarded client that collects, a pinned client that sends."""

from monitor.web.collector import Collector, user_agent
from monitor.web.guard import Guard
from monitor.web.limits import Trouble
from monitor.web.sender import Channel, Sender, Sent

__all__ = ["Channel", "Collector", "Guard", "Sender", "Sent", "Trouble", "user_agent"]
