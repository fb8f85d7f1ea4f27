"""The same key with the same call: the same answer, done once, however often and however many at a time."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import jobs
from bot.runtime import Runtime
from tests.bot.api.caller import Caller, Systems
from tests.bot.api.letters import a_broadcast
from tests.clocks import TestClock


def test_a_repeated_call_gets_the_same_answer_and_does_nothing_twice(
    editor: Caller, runtime: Runtime
) -> None:
    first = editor.post("/broadcasts", a_broadcast(runtime), key="call-1")
    second = editor.post("/broadcasts", a_broadcast(runtime), key="call-1")

    assert (second.status_code, second.data) == (first.status_code, first.data) == (201, first.data)
    assert (first.headers.get("Idempotency-Replayed"), second.headers["Idempotency-Replayed"]) == (
        None,
        "true",
    )
    assert len(editor.all_items("/broadcasts")) == 1


def test_the_same_key_with_another_call_is_refused(editor: Caller, runtime: Runtime) -> None:
    made = editor.post("/broadcasts", a_broadcast(runtime), key="call-1").get_json()
    other = editor.post("/broadcasts", a_broadcast(runtime, title="另一份"), key="call-1")
    seen = {"fingerprint": "0" * 64}
    elsewhere = editor.post(f"/broadcasts/{made['id']}/submit", seen, key="call-1")

    assert (other.status_code, elsewhere.status_code) == (422, 422)
    assert "Idempotency-Key" in other.get_json(force=True)["errors"]
    assert len(editor.all_items("/broadcasts")) == 1


def test_without_a_key_every_call_counts(editor: Caller, runtime: Runtime) -> None:
    for _ in range(2):
        editor.post("/broadcasts", a_broadcast(runtime))
    assert len(editor.all_items("/broadcasts")) == 2


def test_another_tokens_key_is_another_key(systems: Systems, runtime: Runtime) -> None:
    first, second = systems.of("editor"), systems.of("editor")
    for caller in (first, second):
        assert caller.post("/broadcasts", a_broadcast(runtime), key="call-1").status_code == 201
    assert len(first.all_items("/broadcasts")) == 2


def test_what_was_refused_keeps_no_key_so_that_it_may_be_mended(editor: Caller, runtime: Runtime) -> None:
    assert editor.post("/broadcasts", a_broadcast(runtime, title="长" * 121), key="call-1").status_code == 422
    assert editor.post("/broadcasts", a_broadcast(runtime), key="call-1").status_code == 201


def test_many_at_a_time_with_one_key_are_one_call(editor: Caller, runtime: Runtime) -> None:
    body = a_broadcast(runtime)
    callers = [Caller(editor.client.application.test_client(), editor.secret) for _ in range(6)]
    with ThreadPoolExecutor(len(callers)) as pool:
        answers = list(pool.map(lambda caller: caller.post("/broadcasts", body, key="storm"), callers))

    assert {(answer.status_code, answer.data) for answer in answers} == {(201, answers[0].data)}
    assert len(editor.all_items("/broadcasts")) == 1


def test_a_key_is_forgotten_after_a_day(editor: Caller, runtime: Runtime, clock: TestClock) -> None:
    body = a_broadcast(runtime)
    editor.post("/broadcasts", body, key="call-1")
    clock.advance(hours=24)
    assert "Idempotency-Replayed" not in editor.post("/broadcasts", body, key="call-1").headers
    assert len(editor.all_items("/broadcasts")) == 2


def test_the_purge_takes_old_keys_away(editor: Caller, runtime: Runtime, clock: TestClock) -> None:
    editor.post("/broadcasts", a_broadcast(runtime), key="call-1")
    clock.advance(hours=25)
    jobs.purge(runtime)
    with runtime.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM idempotency_keys").scalar() == 0


@pytest.mark.parametrize("key", ["a b", "x" * 81, "ключ".encode().decode("latin-1")])
def test_a_key_that_is_none_is_refused(editor: Caller, runtime: Runtime, key: str) -> None:
    assert editor.post("/broadcasts", a_broadcast(runtime), key=key).status_code == 422
