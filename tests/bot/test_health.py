"""Alive is not ready: residents are let in once database, migrations and knowledge are there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.health import make_blueprint, readiness
from bot.live import Live
from bot.runtime import Runtime
from bot.store import revisions, schema
from bot.store.engine import Database, open_database
from tests.bot.town import bare_runtime
from tests.clocks import TestClock
from tests.settings import settings_for


def on(database: Database, data_dir: Path, *, loaded_from: Database) -> Runtime:
    """A service that has loaded two articles and a claim, by number, and works on `database`."""
    library = Live(loaded_from, revisions.KNOWLEDGE, lambda _: SimpleNamespace(articles=(1, 2), claims=(1,)))
    bare = bare_runtime(settings_for(data_dir), database, TestClock(), [])
    return replace(bare, library=cast("Any", library))


@pytest.fixture
def runtime(sqlite: Database, tmp_path: Path) -> Runtime:
    return on(sqlite, tmp_path, loaded_from=sqlite)


@pytest.fixture
def unmigrated(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    yield database
    database.close()


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "a folder").mkdir()
    database = open_database(f"sqlite:///{tmp_path / 'a folder'}")
    yield database
    database.close()


def client_of(runtime: Runtime) -> FlaskClient:
    app = Flask("health")
    app.register_blueprint(make_blueprint(runtime))
    return app.test_client()


def test_a_service_with_everything_is_ready(runtime: Runtime) -> None:
    response = client_of(runtime).get("/readyz")
    assert response.status_code == 200
    assert response.json == {"database": True, "migrations": True, "model": True}


def test_a_database_without_the_migrations_is_not_ready(
    unmigrated: Database, sqlite: Database, tmp_path: Path
) -> None:
    runtime = on(unmigrated, tmp_path, loaded_from=sqlite)
    assert client_of(runtime).get("/readyz").status_code == 503
    assert readiness(runtime)["migrations"] is False


def test_a_database_one_migration_behind_is_not_ready(unmigrated: Database, sqlite: Database) -> None:
    schema.upgrade(unmigrated, "0001")
    behind = schema.is_current(unmigrated)
    schema.upgrade(unmigrated)
    assert (behind, schema.is_current(unmigrated), schema.is_current(sqlite)) == (False, True, True)


def test_without_its_database_it_lives_on_but_is_not_ready(
    away: Database, sqlite: Database, tmp_path: Path
) -> None:
    client = client_of(on(away, tmp_path, loaded_from=sqlite))
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json) == (503, {"database": False, "migrations": False, "model": True})
    assert client.get("/healthz").status_code == 200


def test_figures_count_what_is_loaded_and_what_happened_and_nobody(runtime: Runtime) -> None:
    runtime.metrics.handled.labels("ask", "passive").inc()
    runtime.metrics.received.labels("text").inc(2)
    response = client_of(runtime).get("/metrics")
    assert response.content_type.startswith("text/plain; version=0.0.4")
    for line in (
        "dingxin_articles 2.0",
        "dingxin_claims 1.0",
        'dingxin_handled_total{handler="ask",way="passive"} 1.0',
        'dingxin_messages_total{kind="text"} 2.0',
    ):
        assert line in response.text


def test_two_services_in_one_process_count_apart(runtime: Runtime, sqlite: Database, tmp_path: Path) -> None:
    other = on(sqlite, tmp_path, loaded_from=sqlite)
    runtime.metrics.failures.inc()
    assert b"dingxin_failures_total 1.0" in runtime.metrics.render()
    assert b"dingxin_failures_total 0.0" in other.metrics.render()
