"""Settings + a Score's regions + now -> Context: where and when an item's priority is read."""

from datetime import datetime

from monitor import items, sources
from monitor.items import Context, Weights
from monitor.sources import Settings


def context(settings: Settings, regions: tuple[str, ...], published: datetime, copies: int, now: datetime) -> Context:
    """Where and when a Score is read: the office's region, its election calendar, age and repetition."""
    stages = sources.stage(settings, sources.today(settings, now))
    return Context(
        near=items.near(regions, settings.office.code),
        stage=items.attention(sources.meant(stage) for stage in stages),
        age=(now - published).total_seconds() / 3600,
        copies=max(copies, 1),
    )


def weights(settings: Settings) -> Weights:
    """The weights of the priority, as the operator set them."""
    return Weights(**settings.priority)
