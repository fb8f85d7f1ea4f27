"""Grid workers over the API: the list without those who have left, and taking one out of service."""

from pathlib import Path

import pytest

from bot.runtime import Runtime
from bot.store import grid_workers
from bot.store.engine import Database
from bot.store.pages import Wanted
from tests.bot.api.caller import Systems
from tests.bot.api.conftest import served
from tests.bot.api.seeded import Seeded, seeded_office
from tests.bot.office.acting import trail
from tests.bot.places import BEIJIE, HEPING, TONGWEI
from tests.clocks import TestClock

WHY = {"reason": "调走（示例）"}


@pytest.fixture
def seeded(database: Database, tmp_path: Path, clock: TestClock) -> Seeded:
    return seeded_office(database, tmp_path, clock)


@pytest.fixture
def systems(seeded: Seeded) -> Systems:
    return Systems(served(seeded.runtime), seeded.runtime)


def number_of(runtime: Runtime, community_code: str) -> int:
    with runtime.database.reading() as session:
        (one,) = grid_workers.read_workers(session, wanted=Wanted(), area_prefix=community_code).items
    return one.id


def test_one_who_has_left_is_dismissed_once_and_stands_apart_from_then_on(
    systems: Systems, seeded: Seeded
) -> None:
    caller = systems.of("administrator")
    number = number_of(seeded.runtime, HEPING.code)

    done = caller.done("POST", f"/grid-workers/{number}/dismiss", WHY)
    again = caller.post(f"/grid-workers/{number}/dismiss", WHY)

    assert done == {"tasks": 1}
    assert again.status_code == 409
    assert number not in {one["id"] for one in caller.all_items("/grid-workers")}
    (left,) = caller.all_items("/grid-workers", {"left": "yes"})
    assert (left["id"], left["bound_at"]) == (number, None)
    assert left["dismissed_at"] is not None
    assert len(trail(seeded.runtime, f"grid worker {number}")) == 1
    tasks = caller.all_items("/relay-tasks", {"status": "cannot"})
    assert [(task["community_code"], task["reason"]) for task in tasks] == [(HEPING.code, "原网格员已离任")]


def test_a_call_that_is_made_again_under_its_key_is_answered_as_before(
    systems: Systems, seeded: Seeded
) -> None:
    caller = systems.of("administrator")
    path = f"/grid-workers/{number_of(seeded.runtime, HEPING.code)}/dismiss"

    first, second = (caller.post(path, WHY, key="leaves-1") for _ in range(2))

    assert first.get_json() == second.get_json() == {"tasks": 1}


def test_it_takes_a_reason_and_a_right_and_ones_own_area(systems: Systems, seeded: Seeded) -> None:
    path = f"/grid-workers/{number_of(seeded.runtime, BEIJIE.code)}/dismiss"
    lead = systems.of("area_lead", area_code=TONGWEI.code)
    administrator = systems.of("administrator")

    assert [systems.of("editor").post(path, WHY).status_code, lead.post(path, WHY).status_code] == [403, 403]
    assert administrator.post(path, {}).status_code == 422
    assert administrator.post(path, {"reason": " "}).status_code == 422
    assert administrator.post("/grid-workers/4040/dismiss", WHY).status_code == 404
    own = f"/grid-workers/{number_of(seeded.runtime, HEPING.code)}/dismiss"
    assert lead.post(own, WHY).status_code == 200
