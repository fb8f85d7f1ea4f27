"""What each job finds and leaves: hints for a worker, rows in the tables, nothing sent by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot import jobs
from bot.inbound import CLAIM_LASTS
from bot.messages import Inbound, Kind, Work
from bot.store import audit, grid_workers, inbox, outbox, relay_tasks, screenshots, staff_sessions
from bot.store.areas import Area, AreaKind, replace_or_add
from bot.store.grid_workers import Appointment
from bot.store.inbox import State
from bot.store.inquiries import IntakeChannel, Report, ReportState, own_inquiries
from bot.store.staff_sessions import Kept
from bot.store.tables import BroadcastRunRow, StaffSessionRow
from broadcasts import relay
from tests.bot.store.people import put_report
from tests.bot.town import Town, a_broadcast, a_delivery, statuses
from tests.clocks import TestClock

VILLAGE = "621121100201"
NOON = datetime(2022, 7, 14, 4, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> TestClock:
    return TestClock(NOON)


def a_message(town: Town, key: str, *, kind: Kind = Kind.TEXT) -> Inbound:
    openid = town.sandbox.openid("resident-1")
    return Inbound(kind=kind, openid=openid, account="gh_1", created_at=town.now, dedup_key=key, text="在吗")


def accepted(town: Town, resident: int, key: str) -> inbox.Receipt:
    with town.runtime.database.transaction() as session:
        receipt = inbox.accept(
            session,
            a_message(town, key),
            resident,
            vault=town.runtime.vault,
            now=town.now,
            lease=CLAIM_LASTS,
        )
    assert receipt is not None
    return receipt


def test_nothing_waiting_asks_for_nothing(sending_town: Town) -> None:
    jobs.nudge(sending_town.runtime)
    assert sending_town.asked_for == []


def test_whatever_waits_in_the_tables_is_hinted_at(sending_town: Town, clock: TestClock) -> None:
    resident = sending_town.resident("resident-1")
    sending_town.queue(a_delivery(resident, at=sending_town.now))
    with sending_town.runtime.database.transaction() as session:
        picture = a_message(sending_town, "msg:1", kind=Kind.IMAGE)
        screenshots.add(session, picture, resident, vault=sending_town.runtime.vault, now=sending_town.now)
    accepted(sending_town, resident, "msg:2")
    clock.advance(minutes=1)
    jobs.nudge(sending_town.runtime)
    assert set(sending_town.asked_for) == {Work.DELIVERIES, Work.SCREENSHOTS, Work.MESSAGES}


def test_a_claim_that_ran_out_is_in_doubt(sending_town: Town, clock: TestClock) -> None:
    resident = sending_town.resident("resident-1")
    sending_town.queue(a_delivery(resident, at=sending_town.now))
    outbox.DatabaseOutbox(sending_town.runtime.database, sending_town.runtime.vault).claim(now=clock())
    jobs.sweep_claims(sending_town.runtime)
    assert statuses(sending_town.runtime.database) == {"key-1": "claimed"}
    clock.advance(minutes=3)
    jobs.sweep_claims(sending_town.runtime)
    assert statuses(sending_town.runtime.database) == {"key-1": "unknown"}


def a_worker_with_a_task(town: Town) -> int:
    """A grid worker bound in chat who has been asked to carry one text; the task's number."""
    resident = town.resident("grid-worker")
    broadcast, now = a_broadcast(town), town.now
    with town.runtime.database.transaction() as session:
        replace_or_add(session, [Area(VILLAGE, "示例村", AreaKind.PREFECTURE, None)])
        appointed = [Appointment(VILLAGE, "第一网格", "网格员", "0000")]
        _, issued = grid_workers.appoint(
            session, appointed, vault=town.runtime.vault, choose=lambda letters: letters[0]
        )
        worker = issued[0].worker.id
        grid_workers.bind(session, worker, resident, now=now)
        run = BroadcastRunRow(broadcast_id=broadcast, revision=1, due_at=now, planned_at=now)
        session.add(run)
        session.flush()
        return relay_tasks.add_task(
            session, run_id=run.id, worker_id=worker, group_id=None, title="倡议书", text="全文", now=now
        )


def test_a_worker_is_reminded_of_what_they_owe_once_an_hour_and_thrice_a_day(
    sending_town: Town, clock: TestClock
) -> None:
    number = a_worker_with_a_task(sending_town)
    jobs.remind_workers(sending_town.runtime)
    assert statuses(sending_town.runtime.database) == {}
    for _ in range(6):
        clock.advance(hours=1)
        jobs.remind_workers(sending_town.runtime)
        jobs.remind_workers(sending_town.runtime)
    assert len(statuses(sending_town.runtime.database)) == relay.MOST_REMINDERS
    batch = outbox.DatabaseOutbox(sending_town.runtime.database, sending_town.runtime.vault).claim(
        now=clock()
    )
    assert batch is not None
    assert f"{number}. 倡议书" in batch.body


def test_nobody_is_reminded_in_quiet_hours(sending_town: Town, clock: TestClock) -> None:
    a_worker_with_a_task(sending_town)
    clock.advance(hours=11)
    jobs.remind_workers(sending_town.runtime)
    assert statuses(sending_town.runtime.database) == {}


def test_what_was_received_a_month_ago_is_gone_and_the_rest_stays(
    sending_town: Town, clock: TestClock
) -> None:
    town, database = sending_town, sending_town.runtime.database
    resident = town.resident("resident-1")
    answered(town, accepted(town, resident, "msg:old"))
    town.queue(a_delivery(resident, at=town.now, key="old"))
    clock.advance(days=31)
    answered(town, accepted(town, resident, "msg:new"))
    town.queue(a_delivery(resident, at=town.now, key="new"))
    jobs.purge(town.runtime)
    assert statuses(database) == {"new": "pending"}
    with database.reading() as session:
        assert inbox.standing(session, "msg:new", town.runtime.vault).reply == "好"
        events = audit.events_of(session, "retention")
    assert [event.detail["messages"] for event in events] == [1]
    assert accepted(town, resident, "msg:old").attempt == 1


def answered(town: Town, receipt: inbox.Receipt) -> None:
    with town.runtime.database.transaction() as session:
        inbox.record_reply(
            session, receipt, "好", state=State.ANSWERED, vault=town.runtime.vault, now=town.now
        )


def test_who_reported_a_rumour_is_forgotten_and_the_report_stays(
    sending_town: Town, clock: TestClock
) -> None:
    town = sending_town
    resident = town.resident("resident-1")
    with town.runtime.database.transaction() as session:
        for state in (ReportState.NEW, ReportState.ANSWERED):
            put_report(
                session,
                "听说要封城",
                resident_id=resident,
                channel=IntakeChannel.SCREENSHOT,
                state=state,
                now=town.now,
            )
    clock.advance(days=31)
    jobs.purge(town.runtime)
    with town.runtime.database.reading() as session:
        left = own_inquiries(session, resident, limit=9)
    assert [one.state for one in left if isinstance(one, Report)] == [ReportState.NEW]


def test_browsers_whose_session_has_ended_are_forgotten(sending_town: Town, clock: TestClock) -> None:
    with sending_town.runtime.database.transaction() as session:
        for name, hours in (("left alone", 1), ("in use", 3)):
            staff_sessions.begin(session, name, Kept({}, None, timedelta(hours=hours)), now=clock())
    clock.advance(hours=2)
    jobs.purge(sending_town.runtime)
    with sending_town.runtime.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(StaffSessionRow)) == 1
        assert staff_sessions.load(session, "in use", now=clock()) == {}


def test_a_purge_that_finds_nothing_leaves_no_trace(sending_town: Town) -> None:
    jobs.purge(sending_town.runtime)
    with sending_town.runtime.database.reading() as session:
        assert audit.events_of(session, "retention") == ()


def test_every_job_has_a_name_of_its_own() -> None:
    names = [job.name for job in jobs.JOBS]
    assert len(set(names)) == len(names)
