"""The door: tokens, scopes, rights, problems for everything that is refused, and calls counted."""

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.runtime import Runtime
from bot.store import api_tokens, staff
from bot.store.engine import Database
from tests.bot.api.caller import PREFIX, Caller, Systems
from tests.bot.api.conftest import served
from tests.bot.offices import an_office
from tests.clocks import TestClock


def problem(response: TestResponse, status: int) -> dict[str, object]:
    """The problem a refusal says, whole."""
    assert response.status_code == status, response.text
    assert response.content_type == "application/problem+json"
    said: dict[str, object] = response.get_json(force=True)
    assert said["status"] == status
    assert {"type", "title", "detail", "code", "request_id"} <= set(said)
    return said


def test_without_a_token_nobody_gets_in(systems: Systems) -> None:
    response = systems.nobody().get(f"{PREFIX}/areas")
    problem(response, 401)
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="dingxin"'


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic YTpi", "Bearer dx_made_up", "Bearer dx_ü"])
def test_a_header_that_opens_nothing_says_so(systems: Systems, header: str) -> None:
    response = systems.nobody().get(f"{PREFIX}/areas", headers={"Authorization": header})
    problem(response, 401)
    assert "error=" in response.headers["WWW-Authenticate"]


def test_an_expired_a_revoked_and_a_closed_token_open_nothing(
    systems: Systems, runtime: Runtime, clock: TestClock
) -> None:
    revoked, closed, short = systems.of("editor"), systems.of("reviewer"), systems.of("auditor", days=1)
    with runtime.database.transaction() as session:
        api_tokens.revoke(session, 1, now=clock())
        staff.disable_staff(session, "reviewer", now=clock())
    clock.advance(days=1)

    said = [str(problem(caller.get("/areas"), 401)["detail"]) for caller in (revoked, closed, short)]

    assert said == ["the token was revoked", "the account of this token is closed", "the token has expired"]


def test_a_token_reaches_no_further_than_its_scopes(systems: Systems) -> None:
    reader = systems.of("editor", scopes=("groups:read",))
    assert reader.get("/groups").status_code == 200
    response = reader.get("/areas")
    assert problem(response, 403)["code"] == "insufficient_scope"
    assert 'scope="areas:read"' in response.headers["WWW-Authenticate"]


def test_a_token_reaches_no_further_than_its_owners_role(systems: Systems) -> None:
    assert problem(systems.of("editor").get("/audit-events"), 403)["code"] == "forbidden"
    assert systems.of("auditor").get("/audit-events").status_code == 200


def test_what_there_is_not_is_a_problem_too(editor: Caller) -> None:
    problem(editor.get("/nothing"), 404)
    problem(editor.client.get("/api/v2/areas"), 404)
    problem(editor.get("/broadcasts/none"), 404)
    problem(editor.get("/broadcasts/%00"), 404)


def test_a_method_there_is_not_says_which_there_are(editor: Caller) -> None:
    response = editor.send("DELETE", "/broadcasts")
    problem(response, 405)
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


def raw(caller: Caller, body: bytes, kind: str = "application/json") -> TestResponse:
    return caller.client.post(
        f"{PREFIX}/broadcasts", data=body, content_type=kind, headers=caller.authorisation
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[" * 100_000, b'{"a":', b"\xff\xfe", b'{"title": "\\ud800"}', b"9" * 10_000, b"NaN"],
    ids=["empty", "cut", "deep", "half", "bytes", "surrogate", "long number", "NaN"],
)
def test_what_is_no_json_is_a_bad_request(editor: Caller, body: bytes) -> None:
    problem(raw(editor, body), 422 if body == b"NaN" else 400)


def test_another_kind_of_body_is_not_taken(editor: Caller) -> None:
    problem(raw(editor, b"a=b", "application/x-www-form-urlencoded"), 415)


def test_ten_megabytes_are_too_many(editor: Caller) -> None:
    body = json.dumps({"title": "大" * 5_000_000}).encode()
    problem(raw(editor, body), 413)


def test_faults_are_told_by_field_and_never_repeat_what_was_typed(editor: Caller) -> None:
    said = problem(editor.post("/broadcasts", {"kind": "新闻内容", "titel": "x"}), 422)
    errors = said["errors"]
    assert isinstance(errors, dict)
    assert {"kind", "titel", "audience", "schedule", "valid_until"} <= set(errors)
    assert "新闻内容" not in str(said)


def test_an_unknown_filter_a_repeated_one_and_a_made_up_cursor_are_refused(editor: Caller) -> None:
    for query in (
        {"who": "me"},
        {"limit": "0"},
        {"limit": "201"},
        {"cursor": "made up"},
        {"sort": "colour"},
        {"limit": ["1", "2"]},
    ):
        problem(editor.get("/broadcasts", query), 422)


def test_the_document_is_open_to_everybody(systems: Systems) -> None:
    response = systems.nobody().get(f"{PREFIX}/openapi.json")
    assert response.status_code == 200
    assert response.get_json()["openapi"].startswith("3.1")


def test_answers_are_kept_by_nobody_on_the_way(editor: Caller) -> None:
    assert editor.get("/areas").headers["Cache-Control"] == "no-store"
    assert editor.get("/nothing").headers.get("Set-Cookie") is None


@pytest.fixture
def sparing(database: Database, tmp_path: Path, clock: TestClock) -> Systems:
    runtime = an_office(database, tmp_path, clock, api={"reads_per_minute": 3, "writes_per_minute": 2})
    return Systems(served(runtime), runtime)


def test_a_token_that_calls_too_often_is_told_when_to_come_again(sparing: Systems) -> None:
    caller = sparing.of("editor")
    left = [caller.get("/areas").headers["RateLimit-Remaining"] for _ in range(3)]
    response = caller.get("/areas")

    assert left == ["2", "1", "0"]
    problem(response, 429)
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert response.headers["RateLimit-Limit"] == "3"


def test_reading_and_writing_and_other_tokens_are_counted_apart(sparing: Systems) -> None:
    caller = sparing.of("editor")
    for _ in range(4):
        caller.get("/areas")
    assert [caller.post("/broadcasts", {}).status_code for _ in range(3)] == [422, 422, 429]
    assert sparing.of("editor").get("/areas").status_code == 200


def test_a_crash_is_a_problem_without_its_cause(app: Flask, systems: Systems, runtime: Runtime) -> None:
    caller = systems.of("editor")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    runtime.database.close()
    with runtime.database.engine.connect() as connection:
        connection.exec_driver_sql(
            "DROP TABLE groups CASCADE" if is_postgres(runtime) else "DROP TABLE groups"
        )
        connection.commit()
    client: FlaskClient = caller.client
    response = client.get(f"{PREFIX}/groups", headers=caller.authorisation)
    assert "groups" not in str(problem(response, 500))


def is_postgres(runtime: Runtime) -> bool:
    return runtime.database.engine.dialect.name == "postgresql"
