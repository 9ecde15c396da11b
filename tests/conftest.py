"""Databases for tests: what needs a store gets one on SQLite and one on PostgreSQL, each test its own."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, NullPool, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from monitor import store as stores
from monitor.store import Store
from monitor.store.engine import address, engine

if TYPE_CHECKING:
    from tests.made_demo import Demo

SERVER = os.environ.get("JERNIH_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")
POSTGRES = pytest.param("postgres", marks=pytest.mark.postgres)
numbers = count(1)


class Server:
    """A PostgreSQL server on which databases come and go, named after this process."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.template = self.create()
        migrated(self.url(self.template), Path(os.devnull))

    def do(self, order: str) -> None:
        with self.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(order)

    def create(self, template: str = "template0") -> str:
        name = f"jernih_uji_{os.getpid()}_{next(numbers)}"
        self.do(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self.do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        return make_url(SERVER).set(database=name).render_as_string(hide_password=False)

    def sweep(self) -> None:
        """Drops what test runs left that were killed."""
        with self.engine.connect() as connection:
            query = text("SELECT datname FROM pg_database WHERE datname ~ '^jernih_uji_[0-9]+_[0-9]+$'")
            names = list(connection.scalars(query))
        for name in names:
            if not Path(f"/proc/{name.split('_')[2]}").exists():
                self.drop(name)


def migrated(url: str, home: Path) -> None:
    made = Store(engine(address(url, home), 4), home)
    made.migrate()
    made.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """PostgreSQL, or a skip that says why not."""
    try:
        reached = create_engine(SERVER, poolclass=NullPool, connect_args={"connect_timeout": 3})
        with reached.connect():
            pass
    except (ImportError, SQLAlchemyError) as fault:
        pytest.skip(f"no PostgreSQL at JERNIH_TEST_POSTGRES: {type(fault).__name__}")
    found = Server(reached)
    found.sweep()
    yield found
    found.drop(found.template)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables and no row."""
    home = tmp_path_factory.mktemp("template")
    migrated("", home)
    return home / "jernih.db"


@pytest.fixture(params=["sqlite", POSTGRES])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database without rows; one round on each engine."""
    yield from database(request, tmp_path, request.param)


@pytest.fixture(params=["sqlite", POSTGRES])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A second database, so that a test sees every pair of engines."""
    yield from database(request, tmp_path / "other", request.param)


def database(request: pytest.FixtureRequest, folder: Path, engine: str) -> Iterator[str]:
    if engine == "sqlite":
        path = folder / "home" / "jernih.db"
        path.parent.mkdir(parents=True)
        shutil.copy(request.getfixturevalue("template"), path)
        yield f"sqlite:///{path}"
        return
    server: Server = request.getfixturevalue("server")
    name = server.create(server.template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def store(url: str, tmp_path: Path) -> Iterator[Store]:
    """A migrated store without rows; one round on each engine."""
    made = stores.open(url, tmp_path / "home")
    yield made
    made.close()


@pytest.fixture
def other_store(other_url: str, tmp_path: Path) -> Iterator[Store]:
    made = stores.open(other_url, tmp_path / "other" / "home")
    yield made
    made.close()


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Demo]":
    """The demo's office after its two weeks, once for all who look at it; it is not to be changed."""
    from tests.made_demo import lived

    with lived(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


@pytest.fixture(scope="session")
def demo_site(made_demo: "Demo", tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The public site of the demo's office as an exported folder."""
    from tests.made_demo import exported

    return exported(made_demo, tmp_path_factory.mktemp("situs"))
