"""The clock: looks every few seconds at what our own tables say is due, and asks the pipeline to do it.

    feeds    2 s     feeds.toml edited? a broken edit keeps the settings in force          (feeds.py)
    collect  5 s     something due? one cycle of the pipeline, never two at once           (jobs.py)
    notices  60 s    is the house well? mail to the people on call, once per cause         (notices.py)
    prune    6 h     archived pages that nothing needs any more                            (jobs.py)

APScheduler only ticks (clock.py): it remembers nothing, and a machine that slept runs each of these once, not many
times.
`service.py` is the process around it: signals, systemd, the end within 20 seconds.
"""

from monitor.daemon.clock import Clock
from monitor.daemon.feeds import Feeds
from monitor.daemon.jobs import Doors, Jobs
from monitor.daemon.notices import Look, Mailer, server_of, test_letter
from monitor.daemon.service import Service, notify, on_signals, run

__all__ = [
    "Clock", "Doors", "Feeds", "Jobs", "Look", "Mailer", "Service", "notify", "on_signals", "run", "server_of",
    "test_letter",
]  # fmt: skip
