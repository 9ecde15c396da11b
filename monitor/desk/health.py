"""The house -> /health and /metrics: is it well, and in what figures."""

import shutil
from datetime import timedelta
from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from monitor.alerts import DIJEDA, GAGAL, LANCAR, Vitals, tally, well
from monitor.desk.office import Desk
from monitor.store import StoreError

SHORTEST = timedelta(minutes=5)


def vitals(desk: Desk) -> tuple[Vitals, dict[str, Any]]:
    """How the house is now, and the figures of /health without its status."""
    settings, pulse = desk.settings(), desk.pulse()
    with desk.store.read() as tx:
        figures, schedules, stuck = tx.figures(), tx.schedules(), tx.stuck_deliveries()
    count = tally(settings.watched, schedules, bool(settings.office.contact))
    last = figures.cycle.ended if figures.cycle else None
    looked = max((moment for moment in (last, pulse.ended if pulse else None) if moment), default=None)
    rhythm = min((timedelta(seconds=source.rhythm) for source in settings.watched), default=SHORTEST)
    known = Vitals(
        started=pulse.started if pulse else (last or desk.now()),
        cycle=looked,
        rhythm=max(rhythm, SHORTEST),
        sources=len(settings.watched),
        failing=count[GAGAL] + count[DIJEDA],
        free=free(desk),
        stuck=stuck,
    )
    return known, {
        "last_cycle": last.isoformat(timespec="seconds").replace("+00:00", "Z") if last else None,
        "sources": {"ok": count[LANCAR], "failing": count[GAGAL], "paused": count[DIJEDA]},
        "queue": figures.queue,
        "model": desk.model() or None,
    }


def health(desk: Desk) -> tuple[int, dict[str, Any]]:
    """Status code and body of /health; a store that does not answer is "degraded" too."""
    try:
        known, told = vitals(desk)
    except StoreError:
        nothing = {"ok": None, "failing": None, "paused": None}
        return 503, {"status": "degraded", "last_cycle": None, "sources": nothing, "queue": None,
                     "model": desk.model() or None}
    fine = well(known, desk.now())
    return (200 if fine else 503), {"status": "ok" if fine else "degraded", **told}


def free(desk: Desk) -> float:
    """The share of JERNIH_HOME's disk that is left, 0-1."""
    disk = shutil.disk_usage(desk.store.home)
    return disk.free / disk.total if disk.total else 1.0


class _Figures(Collector):
    """Asked at every scrape; nothing is counted in between."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def collect(self) -> list[Metric]:
        code, told = health(self.desk)
        found: list[Metric] = [
            _gauge("jernih_healthy", "1 where /health says ok", float(code == 200)),
            _gauge("jernih_disk_free_ratio", "Share of JERNIH_HOME's disk that is left", free(self.desk)),
            _info(self.desk),
        ]
        return found if told["queue"] is None else [*found, *self._rows(told)]

    def _rows(self, told: dict[str, Any]) -> list[Metric]:
        with self.desk.store.read() as tx:
            figures, open_now, sent = tx.figures(), tx.counts(), tx.delivery_counts()
        found: list[Metric] = [
            _labelled("jernih_sources", "Sources that are watched, by condition", "condition", told["sources"]),
            _labelled("jernih_queue_items", "Open konten, by state", "state", open_now),
            _labelled("jernih_deliveries", "Deliveries to channels, by state", "state", sent),
            _labelled("jernih_waiting", "Entries that wait, by stage", "stage", figures.waiting),
        ]
        if figures.cycle:
            took = figures.cycle.ended - figures.cycle.started
            found += [_gauge("jernih_last_cycle_timestamp_seconds", "When the last cycle ended",
                             figures.cycle.ended.timestamp()),
                      _gauge("jernih_last_cycle_duration_seconds", "How long the last cycle took",
                             took.total_seconds()),
                      _gauge("jernih_last_cycle_visits", "Visits of the last cycle", figures.cycle.fetched),
                      _gauge("jernih_last_cycle_new_entries", "New entries of the last cycle", figures.cycle.new),
                      _gauge("jernih_last_cycle_flagged", "Konten flagged in the last cycle", figures.cycle.flagged),
                      _gauge("jernih_last_cycle_failures", "Failed visits of the last cycle", figures.cycle.failed)]
        return found


def metrics(desk: Desk) -> bytes:
    """The page of /metrics, in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(_Figures(desk))
    return bytes(generate_latest(registry))


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=value)


def _labelled(name: str, text: str, label: str, values: dict[str, int]) -> Metric:
    found = GaugeMetricFamily(name, text, labels=[label])
    for key, value in sorted(values.items()):
        found.add_metric([key], value)
    return found


def _info(desk: Desk) -> Metric:
    found = GaugeMetricFamily("jernih_info", "Version and model", labels=["version", "model"])
    found.add_metric([desk.version, desk.model()], 1)
    return found
