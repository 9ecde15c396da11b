"""feeds.toml on disk -> the Settings in force: read again when it was edited; a broken edit keeps the old ones."""

from pathlib import Path

import structlog

from monitor import shipped, sources
from monitor.sources import ConfigError, Problem, Settings

log = structlog.get_logger()
Mark = tuple[int, int, int]


class Feeds:
    """The operator's file while the daemon runs. The first reading raises ConfigError; later ones never do."""

    def __init__(self, path: Path) -> None:
        self.path, self._catalogue = path, sources.catalogue(shipped.text("sources.toml"))
        self._mark = self._seen()
        self.settings: Settings = self._read()
        self.trouble: tuple[str, ...] = ()
        self.changes: tuple[str, ...] = ()

    def refresh(self) -> bool:
        """Reads the file again if it was edited; True if new settings are in force, told in `changes`."""
        mark = self._seen()
        if mark == self._mark:
            return False
        self._mark = mark
        try:
            new = self._read()
        except ConfigError as error:
            self.trouble = error.sentences(str(self.path))
            log.warning("feeds.toml is broken, the old settings stay", cause=str(error))
            return False
        self.changes, self.trouble = sources.changed(self.settings, new), ()
        self.settings = new
        log.info("feeds.toml was read again", changes=len(self.changes))
        return True

    def _read(self) -> Settings:
        try:
            text = self.path.read_bytes()
        except OSError as error:
            why = f"berkas tidak dapat dibaca ({error.strerror}); salin feeds.toml bawaan atau perbaiki hak aksesnya"
            raise ConfigError((Problem(0, why, str(error)),)) from error
        return sources.read(text, self._catalogue)

    def _seen(self) -> Mark | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
