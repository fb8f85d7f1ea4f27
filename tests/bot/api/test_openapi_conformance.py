"""Whatever is sent, right or wrong, the answer is one the document names, in its shape, and never a crash."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis import Case, CheckFunction
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks as openapi

from bot.api.blueprint import PREFIX, ROUTES
from bot.api.openapi import document
from bot.settings import Service
from bot.store.engine import open_database
from tests.bot.api.caller import Caller, Systems
from tests.bot.api.conftest import served
from tests.bot.api.seeded import DRIVE, Seeded, seeded_office
from tests.bot.places import HEPING
from tests.clocks import TestClock

# Not among them: that whatever fits the schema is taken. A cursor is a string, and not every string is one of ours.
CHECKS = [
    not_a_server_error,
    openapi.status_code_conformance,
    openapi.content_type_conformance,
    openapi.response_headers_conformance,
    openapi.response_schema_conformance,
    openapi.negative_data_rejection,
    openapi.ignored_auth,
    openapi.unsupported_method,
    openapi.allow_header_conformance,
]
EXAMPLES = 15


@pytest.fixture(scope="module")
def fuzzed(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    folder = tmp_path_factory.mktemp("fuzzed")
    shutil.copyfile(migrated_sqlite, folder / "dingxin.sqlite3")
    database = open_database(f"sqlite:///{folder / 'dingxin.sqlite3'}")
    yield seeded_office(database, folder, TestClock())
    database.close()


class Answering:
    """The tests are made before there is a database: the application behind them is put in place later."""

    def __init__(self) -> None:
        self.app: Flask | None = None

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        assert self.app is not None
        return self.app(environ, start_response)


answering = Answering()
schema = schemathesis.openapi.from_dict(document(ROUTES, Service(), prefix=PREFIX))
schema.app = answering


@pytest.fixture(scope="module")
def callers(fuzzed: Seeded) -> dict[str, Caller]:
    answering.app = served(fuzzed.runtime)
    systems = Systems(answering.app, fuzzed.runtime)
    return {role: systems.of(role) for role in ("approver", "auditor")}


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_the_document_names(
    case: Case, callers: dict[str, Caller], fuzzed: Seeded
) -> None:
    who = "auditor" if "audit-events" in case.path else "approver"
    headers = callers[who].authorisation
    response = case.call(headers=headers)
    case.validate_response(response, checks=fitting(case, response.request.url or ""), headers=headers)
    there_is = {
        "broadcast_id": fuzzed.waiting,
        "drive_id": DRIVE,
        "claim_id": fuzzed.claim,
        "article_id": fuzzed.article,
        "area_code": HEPING.code,
        "number": "1",
    }
    if case.path_parameters:
        case.path_parameters = {name: there_is[name] for name in case.path_parameters}
        kept = [check for check in CHECKS if check is not openapi.negative_data_rejection]
        case.call_and_validate(headers=headers, checks=kept)


def fitting(case: Case, url: str) -> list[CheckFunction]:
    """The checks that hold for this case."""
    excluded = []
    if case.path == "/broadcasts/preview":
        # Flask names the methods of "/broadcasts/{broadcast_id}" for it as well.
        excluded.append(openapi.allow_header_conformance)
    if set(case.query or {}) - set(parse_qs(urlsplit(url).query, keep_blank_values=True)):
        # What was to be wrong, an empty list or object, leaves nothing in an address: nothing wrong was sent.
        excluded.append(openapi.negative_data_rejection)
    return [check for check in CHECKS if check not in excluded]
