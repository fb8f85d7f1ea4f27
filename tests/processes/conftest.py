from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.engine import Database
from tests.processes.service import Service, service_on


@pytest.fixture
def service(database: Database, tmp_path: Path) -> Iterator[Service]:
    """On SQLite and on PostgreSQL."""
    with service_on(database, tmp_path) as made:
        yield made


@pytest.fixture
def sqlite_service(sqlite: Database, tmp_path: Path) -> Iterator[Service]:
    with service_on(sqlite, tmp_path) as made:
        yield made


@pytest.fixture
def postgres_service(postgres: Database, tmp_path: Path) -> Iterator[Service]:
    with service_on(postgres, tmp_path) as made:
        yield made
