"""The API on a small office with its own database, and systems that call it with a token each."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from bot.api.blueprint import make_blueprint
from bot.runtime import Runtime
from bot.store.engine import Database
from broadcasts.bodies import sample_letters
from tests.bot.api.caller import Caller, Systems
from tests.bot.offices import an_office
from tests.clocks import TestClock


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    """With a generous allowance: what counts calls has an office of its own."""
    office = an_office(
        database, tmp_path, clock, api={"reads_per_minute": 100_000, "writes_per_minute": 100_000}
    )
    return replace(office, letters=sample_letters(day=clock.now.date()))


@pytest.fixture
def app(runtime: Runtime) -> Flask:
    return served(runtime)


@pytest.fixture
def systems(app: Flask, runtime: Runtime) -> Systems:
    """One for each role and area, made when it is asked for."""
    return Systems(app, runtime)


@pytest.fixture
def editor(systems: Systems) -> Caller:
    return systems.of("editor")


@pytest.fixture
def approver(systems: Systems) -> Caller:
    return systems.of("approver")


def served(runtime: Runtime) -> Flask:
    """Only the API, as the application has it."""
    app = Flask("api of the tests", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    app.register_blueprint(make_blueprint(runtime))
    return app
