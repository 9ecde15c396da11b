"""Environment -> Settings, Store, House: how every command comes in, and what it says where it cannot."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from classifiers import detector
from classifiers.detector import Detector
from classifiers.model import ModelError
from monitor import shipped, sources, store
from monitor.cage import Cage
from monitor.cli import models
from monitor.pipeline import House
from monitor.sources import ConfigError, Settings
from monitor.store import Store
from monitor.web import Collector

log = structlog.get_logger()


class Trouble(Exception):
    """An expected trouble: a sentence for the person and the exit code (1 failed, 2 wrong use, 3 held)."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.sentence, self.code = sentence, code


@dataclass(frozen=True, slots=True)
class Environment:
    """JERNIH_HOME (data folder), JERNIH_DATABASE_URL ("" is SQLite in it), JERNIH_FEEDS (the operator's file)."""

    home: Path
    database: str
    feeds: Path


def environment() -> Environment:
    """The environment of this process."""
    return Environment(
        home=Path(os.environ.get("JERNIH_HOME") or "var"),
        database=os.environ.get("JERNIH_DATABASE_URL", ""),
        feeds=Path(os.environ.get("JERNIH_FEEDS") or "feeds.toml"),
    )


def now() -> datetime:
    """The clock: aware UTC."""
    return datetime.now(UTC)


def settings(found: Environment) -> Settings:
    """feeds.toml over the shipped catalogue; a broken one ends the command with code 2, every fault with its line."""
    try:
        text = found.feeds.read_bytes()
    except OSError as fault:
        raise Trouble(f"{found.feeds} tidak dapat dibaca ({fault.strerror}). Salin feeds.toml bawaan.", 2) from fault
    try:
        return sources.read(text, sources.catalogue(shipped.text("sources.toml")))
    except ConfigError as fault:
        raise Trouble("\n".join(fault.sentences(str(found.feeds))), 2) from fault


@contextmanager
def opened(found: Environment) -> Iterator[Store]:
    """The store, brought to this program's version."""
    one = store.open(found.database, found.home)
    try:
        one.migrate()
        yield one
    finally:
        one.close()


def scorer(home: Path) -> Detector | None:
    """The model in force, or None with a line in the log: articles then wait, "belum dinilai"."""
    try:
        return detector.load(models.folder(home))
    except ModelError as fault:
        log.warning("no usable model", cause=fault.cause)
        return None


@contextmanager
def house(found: Environment, read: Settings) -> Iterator[House]:
    """All doors open for a cycle, closed in the end."""
    with opened(found) as kept:
        collector = Collector(read.network, read.office.contact)
        cage = Cage()
        try:
            yield House(read, kept, collector, cage, scorer(found.home))
        finally:
            collector.close()
            cage.close()
