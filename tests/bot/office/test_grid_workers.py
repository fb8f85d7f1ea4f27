"""A grid worker who has left is dismissed by the office: nothing goes to them, and what they owed waits for a person."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.access import Role
from bot.errors import Conflict, Forbidden, NotFound, Unacceptable
from bot.jobs import remind_workers
from bot.office import broadcast_results, grid_workers
from bot.office import broadcasts as desk
from bot.office.grid_workers import Dismissal
from bot.planning import TURN, plan_due
from bot.runtime import Runtime
from bot.store import broadcasts, outbox, relay_tasks
from bot.store.daily_figures import Figure, count_now
from bot.store.engine import Database, Session
from bot.store.groups import GroupEntry, GroupKind
from bot.store.held import release_tasks, take_held
from bot.store.outbox import DatabaseOutbox
from bot.store.pages import Wanted
from bot.store.turns import take_turn
from broadcasts import relay
from broadcasts.content import Channel
from broadcasts.outcome import Held, Retry
from broadcasts.relay import Coverage, RelayStatus
from tests.bot.meeting import meet, the_trail
from tests.bot.office.acting import a_member, acting, trail
from tests.bot.offices import VAULT, an_office, approved, followers, put_groups, tasks, to_village, worker
from tests.bot.places import ANDING, HEPING, TONGWEI
from tests.bot.store.people import rows_of, statuses
from tests.broadcasts.builders import DUE, a_content
from tests.clocks import TestClock

WHY = "调到别的乡镇（示例）"
RELAY_ONLY = to_village(texts=a_content(channels=(Channel.RELAY,)).texts)


@pytest.fixture
def clock() -> TestClock:
    return TestClock(DUE)


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    """A village with two groups, so that a worker has two tasks of each broadcast."""
    office = an_office(database, tmp_path, clock)
    put_groups(office, [GroupEntry(HEPING.code, name, GroupKind.WECHAT) for name in ("一社群", "二社群")])
    return office


def one_who_carries(runtime: Runtime) -> tuple[int, int]:
    """A grid worker bound in chat: their number and the resident's."""
    (resident,) = followers(runtime, 1, community=HEPING.code)
    return worker(runtime, HEPING.code, bound_to=resident), resident


def dismiss(
    runtime: Runtime, number: int, *, role: Role = Role.ADMINISTRATOR, reason: str = WHY
) -> Dismissal:
    with acting(runtime, role) as act:
        return grid_workers.dismiss(act, number, reason=reason)


def sent_out(runtime: Runtime) -> None:
    approved(runtime, RELAY_ONLY)
    plan_due(runtime)


def confirm_first(runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        first, _ = relay_tasks.tasks_of(session, "b1")
        relay_tasks.save(session, relay.confirm(first, at=runtime.clock()))


def test_what_they_owed_cannot_be_forwarded_and_what_they_carried_stays(
    runtime: Runtime, clock: TestClock
) -> None:
    number, _ = one_who_carries(runtime)
    sent_out(runtime)
    confirm_first(runtime)

    done = dismiss(runtime, number)

    assert (done.worker.id, done.tasks) == (number, 1)
    assert [(one.status, one.reason) for one in tasks(runtime)] == [
        (RelayStatus.FORWARDED, ""),
        (RelayStatus.CANNOT, "原网格员已离任"),
    ]
    with acting(runtime, Role.EDITOR) as act:
        waiting = broadcast_results.list_relay_tasks(
            act, Wanted(), broadcast_id="b1", statuses=(RelayStatus.CANNOT,)
        )
        assert [line.worker_name for line in waiting.items] == ["示例网格员"]
        assert broadcast_results.coverage_of(act, broadcasts.find(act.session, "b1")) == Coverage(1, 1, 0)
        counted = count_now(act.session, now=clock())
    assert counted[Figure.RELAY_TASKS, TONGWEI.code] == 2
    assert counted[Figure.RELAY_FORWARDED, TONGWEI.code] == 1


def test_what_has_not_gone_out_to_them_is_called_back_and_nobody_reminds_them(
    runtime: Runtime, clock: TestClock
) -> None:
    number, resident = one_who_carries(runtime)
    sent_out(runtime)
    clock.advance(hours=3)
    remind_workers(runtime)
    before = statuses(runtime.database)

    dismiss(runtime, number)
    clock.advance(hours=3)
    remind_workers(runtime)

    assert before == ["pending"] * 5
    assert {(row.status, row.reason) for row in rows_of(runtime.database)} == {("cancelled", "dismissed")}
    with runtime.database.transaction() as session:
        assert take_held(session, resident, vault=VAULT, now=clock()) == []
        assert not release_tasks(session, resident, now=clock())


def test_an_answer_to_what_they_asked_as_a_resident_reaches_them_still(runtime: Runtime) -> None:
    number, resident = one_who_carries(runtime)
    with runtime.database.transaction() as session:
        outbox.queue_follow_up(session, resident, "可以。", key="answer7.0", vault=VAULT, now=runtime.clock())

    dismiss(runtime, number)

    assert statuses(runtime.database) == ["pending"]


@pytest.mark.parametrize("outcome", [Held(), Retry("busy", timedelta(minutes=1))], ids=["held", "retry"])
def test_what_was_in_hand_at_that_moment_comes_to_them_no_second_time(
    runtime: Runtime, clock: TestClock, outcome: Held | Retry
) -> None:
    number, resident = one_who_carries(runtime)
    sent_out(runtime)
    mine = DatabaseOutbox(runtime.database, VAULT)
    in_hand = mine.claim(now=clock())
    assert in_hand is not None

    dismiss(runtime, number)
    mine.record(in_hand, outcome, now=clock())
    clock.advance(hours=1)

    with runtime.database.transaction() as session:
        assert not release_tasks(session, resident, now=clock())
    again = mine.claim(now=clock())
    assert again is None or (again.expires_at is not None and again.expires_at < clock())


def test_the_next_broadcast_has_no_task_for_them(runtime: Runtime) -> None:
    number, _ = one_who_carries(runtime)
    worker(runtime, HEPING.code, name="接手的示例网格员")

    dismiss(runtime, number)
    sent_out(runtime)

    assert number not in {task.worker for task in tasks(runtime)}
    assert len(tasks(runtime)) == 2


def test_it_is_kept_who_did_it_and_why(runtime: Runtime) -> None:
    number, _ = one_who_carries(runtime)

    dismiss(runtime, number)

    (event,) = trail(runtime, f"grid worker {number}")
    assert (event.action, event.actor) == ("grid_worker.dismissed", Role.ADMINISTRATOR)
    assert event.detail == {"area": HEPING.code, "reason": WHY}


def test_an_area_lead_dismisses_in_their_own_area_and_nobody_elsewhere(runtime: Runtime) -> None:
    number, _ = one_who_carries(runtime)

    with pytest.raises(Forbidden), acting(runtime, Role.AREA_LEAD, name="甲", area_code=ANDING.code) as act:
        grid_workers.dismiss(act, number, reason=WHY)
    with acting(runtime, Role.AREA_LEAD, name="乙", area_code=TONGWEI.code) as act:
        grid_workers.dismiss(act, number, reason=WHY)

    assert [event.actor for event in trail(runtime, f"grid worker {number}")] == ["乙"]


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER, Role.APPROVER, Role.AUDITOR])
def test_nobody_else_may(runtime: Runtime, role: Role) -> None:
    number, _ = one_who_carries(runtime)

    with pytest.raises(Forbidden):
        dismiss(runtime, number, role=role)


def test_without_a_reason_or_a_second_time_nothing_happens(runtime: Runtime) -> None:
    number, _ = one_who_carries(runtime)

    with pytest.raises(Unacceptable):
        dismiss(runtime, number, reason="  ")
    dismiss(runtime, number)
    with pytest.raises(Conflict):
        dismiss(runtime, number)
    with pytest.raises(NotFound):
        dismiss(runtime, 404)

    assert len(trail(runtime, f"grid worker {number}")) == 1


@pytest.mark.postgres
def test_a_halt_and_a_dismissal_at_the_same_moment_wait_for_each_other(
    postgres: Database, tmp_path: Path, clock: TestClock
) -> None:
    office = an_office(postgres, tmp_path, clock)
    number, _ = one_who_carries(office)
    sent_out(office)
    for role in (Role.EDITOR, Role.ADMINISTRATOR):
        a_member(office, role)

    def halt() -> None:
        with acting(office, Role.EDITOR) as act:
            desk.halt(act, "b1", reason="说错了（示例）")

    meet(postgres, the_trail, halt, lambda: dismiss(office, number))

    assert {one.status for one in tasks(office)} == {RelayStatus.CANCELLED}


@pytest.mark.postgres
def test_whoever_is_dismissed_while_a_broadcast_is_planned_is_left_with_no_task(
    postgres: Database, tmp_path: Path, clock: TestClock
) -> None:
    office = an_office(postgres, tmp_path, clock)
    number, _ = one_who_carries(office)
    approved(office, RELAY_ONLY)
    a_member(office, Role.ADMINISTRATOR)

    def both_wait(session: Session) -> None:
        take_turn(session, TURN)

    meet(postgres, both_wait, lambda: plan_due(office), lambda: dismiss(office, number))

    assert not {one.status for one in tasks(office)} & {RelayStatus.OPEN, RelayStatus.CLAIMED}
    assert "pending" not in statuses(postgres)
