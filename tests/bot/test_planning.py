"""What an approved broadcast becomes: rows for everyone it is meant for, once per occurrence, never stale."""

from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import update

from bot.planning import plan_due
from bot.runtime import Runtime
from bot.store import broadcasts, outbox, relay_tasks, residents
from bot.store.engine import Database
from bot.store.groups import GroupEntry, GroupKind
from bot.store.outbox import DatabaseOutbox
from bot.store.tables import BroadcastRow, DeliveryRow
from broadcasts import lifecycle
from broadcasts.audience import Audience
from broadcasts.broadcast import Status
from broadcasts.content import Channel, Once, Recurring
from broadcasts.outcome import Accepted
from tests.bot.office.acting import trail
from tests.bot.offices import (
    VAULT,
    an_office,
    approved,
    days,
    followers,
    put_groups,
    skipped_because,
    stored,
    tasks,
    to_village,
    worker,
)
from tests.bot.places import BEIJIE, HEPING, PINGXIANG, TONGWEI, XINCUN
from tests.bot.store.people import rows_of, statuses
from tests.broadcasts.builders import DUE, END, NOW, a_content
from tests.clocks import TestClock

# Noon in Shanghai on the day of the builders; nobody is disturbed then.
NOON = DUE
NIGHT = DUE + timedelta(hours=10)
MORNING = DUE + timedelta(hours=19)


@pytest.fixture
def clock() -> TestClock:
    return TestClock(NOON)


@pytest.fixture
def office(sqlite: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    return an_office(sqlite, tmp_path, clock)


def batches(runtime: Runtime) -> list[int]:
    """How many recipients each platform call would have."""
    return list(Counter(row.client_msg_id for row in rows_of(runtime.database)).values())


def sent_in_order(runtime: Runtime) -> list[str]:
    """What goes out now, taken one after the other."""
    mine = DatabaseOutbox(runtime.database, VAULT)
    bodies = []
    while batch := mine.claim(now=NOON):
        mine.record(batch, Accepted(""), now=NOON)
        bodies.append(batch.body)
    return bodies


def test_everyone_of_the_audience_gets_one_row_and_nobody_else(office: Runtime) -> None:
    here = followers(office, 3, community=HEPING.code)
    followers(office, 2, community=BEIJIE.code, first=10)
    approved(office, to_village())

    assert plan_due(office) == 1

    rows = rows_of(office.database)
    assert [row.recipient for row in rows] == here
    assert {(row.status, row.expires_at, row.resident_id is not None) for row in rows} == {
        ("pending", END, True)
    }
    assert stored(office).status is Status.SENDING


def test_a_county_means_every_community_below_it(office: Runtime) -> None:
    below = followers(office, 1, community=HEPING.code) + followers(
        office, 1, community=XINCUN.code, first=10
    )
    followers(office, 1, community=BEIJIE.code, first=20)
    approved(office, to_village(audience=Audience(frozenset({TONGWEI.code, PINGXIANG.code}))))

    plan_due(office)

    assert [row.recipient for row in rows_of(office.database)] == below


def test_two_schedulers_at_once_plan_an_occurrence_once(
    database: Database, tmp_path: Path, clock: TestClock
) -> None:
    office = an_office(database, tmp_path, clock)
    followers(office, 3, community=HEPING.code)
    approved(office, to_village())
    together = Barrier(3)

    def plan(_: int) -> int:
        together.wait()
        return plan_due(office)

    with ThreadPoolExecutor(3) as pool:
        planned = list(pool.map(plan, range(3)))

    assert sorted(planned) == [0, 0, 1]
    assert statuses(database) == ["pending"] * 3


def test_nothing_is_planned_before_it_is_due(office: Runtime, clock: TestClock) -> None:
    followers(office, 2, community=HEPING.code)
    approved(office, to_village())
    clock.now = DUE - timedelta(seconds=1)

    assert plan_due(office) == 0

    assert stored(office).status is Status.APPROVED


def test_what_is_only_submitted_is_not_sent(office: Runtime) -> None:
    followers(office, 2, community=HEPING.code)
    one = lifecycle.submit(lifecycle.draft("b1", to_village(), by="author", at=NOW), by="author", at=NOW)
    with office.database.transaction() as session:
        broadcasts.save(session, one, now=NOW)

    assert plan_due(office) == 0
    assert rows_of(office.database) == []


def test_at_night_it_waits_for_the_morning(office: Runtime, clock: TestClock) -> None:
    followers(office, 2, community=HEPING.code)
    approved(office, to_village(schedule=Once(NIGHT)))
    clock.now = NIGHT

    assert plan_due(office) == 0
    clock.now = MORNING - timedelta(seconds=1)
    assert plan_due(office) == 0
    assert skipped_because(office) == []
    clock.now = MORNING
    assert plan_due(office) == 1
    assert statuses(office.database) == ["pending"] * 2


def test_an_urgent_one_does_not_wait_for_the_morning(office: Runtime, clock: TestClock) -> None:
    followers(office, 2, community=HEPING.code)
    approved(office, to_village(schedule=Once(NIGHT), urgent=True))
    clock.now = NIGHT

    assert plan_due(office) == 1


def test_what_is_too_late_is_skipped_with_its_reason_and_never_sent(
    office: Runtime, clock: TestClock
) -> None:
    followers(office, 2, community=HEPING.code)
    approved(office, to_village())
    clock.now = DUE + timedelta(minutes=61)

    assert [plan_due(office), plan_due(office)] == [0, 0]

    assert skipped_because(office) == ["missed_by_more_than_the_grace"]
    assert rows_of(office.database) == []


def test_after_days_of_standstill_only_the_last_occurrence_goes_out(
    office: Runtime, clock: TestClock
) -> None:
    followers(office, 2, community=HEPING.code)
    approved(office, to_village(schedule=Recurring("0 12 * * *", END)))
    clock.advance(days=3)

    assert plan_due(office) == 1

    assert skipped_because(office) == ["missed_by_more_than_the_grace"] * 3 + [None]
    assert len(rows_of(office.database)) == 2


def test_a_single_follower_gets_a_row_of_their_own(office: Runtime) -> None:
    followers(office, 1, community=HEPING.code)
    approved(office, to_village())

    plan_due(office)

    assert batches(office) == [1]


def test_batches_are_even_so_that_no_call_has_a_single_recipient(
    sqlite: Database, tmp_path: Path, clock: TestClock
) -> None:
    office = an_office(sqlite, tmp_path, clock, broadcasts={"mass_batch": 4})
    people = followers(office, 9, community=HEPING.code)
    approved(office, to_village())

    plan_due(office)

    assert batches(office) == [3, 3, 3]
    assert [row.recipient for row in rows_of(office.database)] == people


def test_the_months_allowance_and_its_reserve_are_kept(office: Runtime, clock: TestClock) -> None:
    """Four a month, one of them for emergencies: the fourth piece of routine news reaches nobody."""
    followers(office, 2, community=HEPING.code)
    for number in range(4):
        approved(office, to_village(), broadcast_id=f"b{number}")
    assert plan_due(office) == 4

    assert [stored(office, f"b{number}").status for number in range(4)] == [Status.SENDING] * 3 + [
        Status.HALTED
    ]
    approved(office, to_village(urgent=True), broadcast_id="urgent")
    plan_due(office)
    assert stored(office, "urgent").status is Status.SENDING
    clock.now = DUE + days(30)
    next_month = to_village(schedule=Once(clock.now), valid_until=clock.now + days(1))
    approved(office, next_month, broadcast_id="august")
    plan_due(office)
    assert stored(office, "august").status is Status.SENDING


def test_answers_to_questions_take_nothing_from_the_months_allowance(office: Runtime) -> None:
    one, _ = followers(office, 2, community=HEPING.code)
    with office.database.transaction() as session:
        for number in range(5):
            outbox.queue_follow_up(session, one, "答复", key=f"question{number}", vault=VAULT, now=NOON)
    approved(office, to_village())

    plan_due(office)

    assert batches(office)[-1] == 2


def test_who_opted_out_or_left_gets_nothing(office: Runtime) -> None:
    stays, _opted_out, left = followers(office, 3, community=HEPING.code)
    with office.database.transaction() as session:
        residents.opt_out(session, _opted_out, NOON)
        residents.unfollow(session, left, NOON)
    approved(office, to_village())

    plan_due(office)

    assert [row.recipient for row in rows_of(office.database)] == [stays]


def last_event(runtime: Runtime) -> tuple[str, str, Mapping[str, object]]:
    *_, event = trail(runtime, "broadcast b1")
    return event.actor, event.action, event.detail


def test_when_nobody_can_be_reached_it_stops_and_says_so(office: Runtime) -> None:
    approved(office, to_village())

    plan_due(office)

    assert stored(office).status is Status.HALTED
    assert "nobody" in (stored(office).reason or "")
    assert last_event(office) == (
        "scheduler",
        "broadcast.halted",
        {"revision": 1, "reason": stored(office).reason},
    )


def test_what_was_changed_after_the_approval_is_stopped_and_nothing_goes_out(office: Runtime) -> None:
    followers(office, 2, community=HEPING.code)
    worker(office, HEPING.code)
    one = approved(office, to_village(texts=a_content(channels=tuple(Channel)).texts))
    with office.database.transaction() as session:
        changed = session.get_one(BroadcastRow, one.id)
        changed.content = {**changed.content, "title": "别的标题"}

    plan_due(office)

    assert stored(office).status is Status.HALTED
    assert "approved" in (stored(office).reason or "")
    assert last_event(office) == (
        "scheduler",
        "broadcast.halted",
        {"revision": 1, "reason": stored(office).reason},
    )
    assert set(statuses(office.database)) <= {"cancelled"}
    assert [task.status for task in tasks(office) if task.is_undone] == []


def test_one_broadcast_that_cannot_be_planned_does_not_hold_up_the_others(office: Runtime) -> None:
    followers(office, 2, community=HEPING.code)
    approved(office, to_village(), broadcast_id="a")
    approved(office, to_village(), broadcast_id="b")
    with office.database.transaction() as session:
        session.execute(update(BroadcastRow).where(BroadcastRow.id == "a").values(approved_fingerprint="0"))

    plan_due(office)

    assert stored(office, "b").status is Status.SENDING


def test_a_group_gets_one_row_each_way(office: Runtime) -> None:
    put_groups(
        office,
        (
            GroupEntry(HEPING.code, "工作群", GroupKind.WECOM_INTERNAL, webhook_key="k"),
            GroupEntry(HEPING.code, "客户群", GroupKind.WECOM_CUSTOMER, chat_id="c", owner_userid="o"),
            GroupEntry(HEPING.code, "没有群主", GroupKind.WECOM_CUSTOMER, chat_id="c"),
            GroupEntry(BEIJIE.code, "别处的群", GroupKind.WECOM_INTERNAL, webhook_key="k"),
        ),
    )
    channels = (Channel.WECOM_WEBHOOK, Channel.WECOM_CUSTOMER_GROUP)
    approved(office, to_village(texts=a_content(channels=channels).texts))

    plan_due(office)

    rows = rows_of(office.database)
    assert sorted(row.channel for row in rows) == sorted(channels)
    assert {row.resident_id for row in rows} == {None}
    assert batches(office) == [1, 1]


def test_every_worker_has_a_task_and_who_is_bound_gets_it_as_a_message(office: Runtime) -> None:
    (bound,) = followers(office, 1, community=HEPING.code)
    worker(office, HEPING.code, bound_to=bound)
    worker(office, HEPING.code, name="未绑定的示例网格员")
    put_groups(office, [GroupEntry(HEPING.code, "和平村群", GroupKind.WECHAT)])
    content = to_village(texts=a_content(channels=(Channel.RELAY,)).texts)
    approved(office, content)

    plan_due(office)

    first, second = tasks(office)
    instruction, words = sent_in_order(office)
    assert {(row.recipient, row.channel) for row in rows_of(office.database)} == {(bound, Channel.RELAY)}
    assert f"任务{first.id}" in instruction
    assert "和平村群" in instruction
    assert words == content.text_for(Channel.RELAY)
    assert second.id != first.id


def test_a_task_is_counted_once_though_it_is_two_messages(office: Runtime) -> None:
    (bound,) = followers(office, 1, community=HEPING.code)
    worker(office, HEPING.code, bound_to=bound)
    approved(office, to_village(texts=a_content(channels=(Channel.RELAY,)).texts))

    plan_due(office)

    with office.database.reading() as session:
        assert broadcasts.tally(session, "b1") == {("relay", "pending"): 1}
        assert relay_tasks.coverage_of(session, "b1").total == 1


def test_the_words_of_a_task_wait_for_their_instruction_and_for_the_task_before(office: Runtime) -> None:
    """A worker of two groups could not tell which words belong to which."""
    (bound,) = followers(office, 1, community=HEPING.code)
    worker(office, HEPING.code, bound_to=bound)
    names = ("一社群", "二社群")
    put_groups(office, [GroupEntry(HEPING.code, name, GroupKind.WECHAT) for name in names])
    content = to_village(texts=a_content(channels=(Channel.RELAY,)).texts)
    approved(office, content)
    plan_due(office)
    mine = DatabaseOutbox(office.database, VAULT)

    first = mine.claim(now=NOON)
    meanwhile = mine.claim(now=NOON)
    assert first is not None
    mine.record(first, Accepted(""), now=NOON)
    bodies = [first.body, *sent_in_order(office)]

    assert meanwhile is None
    assert [body == content.text_for(Channel.RELAY) for body in bodies] == [False, True, False, True]
    assert [name in body for name, body in zip(names, bodies[::2], strict=True)] == [True, True]


def test_a_crash_while_planning_leaves_nothing_behind(
    office: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    followers(office, 2, community=HEPING.code)
    approved(office, to_village())
    with monkeypatch.context() as patched:
        patched.setattr(broadcasts, "save", lambda *_args, **_named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            plan_due(office)
    assert rows_of(office.database) == []

    assert plan_due(office) == 1

    with office.database.reading() as session:
        assert session.query(DeliveryRow).count() == 2
