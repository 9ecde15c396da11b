"""The clock: looks every few seconds at what our own tables say is due, and asks the pipeline to do it.

    feeds    2 s     feeds.toml edited? a broken edit keeps the settings in force          (feeds.py)
    collect  5 s     something due? one cycle of the pipeline, never two at once           (jobs.py)
    notices  60 s    is the house well? mail to the people on call, once per cause         (notices.py)
    deliver  10 s    what waits for a channel is sent, each channel by itself              (deliver.py)
    prune    6 h     archived pages that nothing needs any more                            (jobs.py)
    retain   24 h    words and evidence whose time is over: erased, with a tombstone       (jobs.py)

APScheduler only ticks (clock.py): it remembers nothing, and a machine that slept runs each of these once, not many
times.
`service.py` is the process around it: signals, systemd, the end within 20 seconds.
"""

from monitor.daemon.clock import Clock
from monitor.daemon.deliver import Deliverer
from monitor.daemon.feeds import Feeds
from monitor.daemon.jobs import Doors, Jobs
from monitor.daemon.notices import Look, Mailer, server_of, test_letter
from monitor.daemon.secret import Secrets, secrets_of
from monitor.daemon.service import Service, notify, on_signals, run

__all__ = [
    "Clock", "Deliverer", "Doors", "Feeds", "Jobs", "Look", "Mailer", "Secrets", "Service", "notify", "on_signals",
    "run", "secrets_of", "server_of", "test_letter",
]  # fmt: skip
