"""A resident who deletes their data is forgotten in every table; a new table must say how, or why not."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from secrets import choice

import pytest
from sqlalchemy import func, select

from bot import wording
from bot.conversation import Conversation, Step
from bot.dispatch import dispatch
from bot.handlers import my_data
from bot.handlers.offices import written
from bot.households.headcount import Headcount
from bot.messages import Inbound, Kind
from bot.runtime import Runtime
from bot.store import (
    appeals,
    conversations,
    grid_workers,
    headcounts,
    inbox,
    inquiries,
    outbox,
    reports,
    residents,
    screenshots,
)
from bot.store.claims import upsert_claims
from bot.store.engine import Database, Session
from bot.store.grid_workers import Appointment
from bot.store.headcounts import HeadcountDrive
from bot.store.tables import DeliveryRow, GridWorkerRow, Table
from bot.store.vault import Vault
from knowledge.claim import Claim, Verdict
from tests.bot.store.people import (
    NOW,
    a_follow_up,
    a_resident,
    a_sending_broadcast,
    an_openid,
    put_report,
    queued,
    store_areas,
)
from tests.bot.town import bare_runtime
from tests.clocks import TestClock
from tests.settings import settings_for

VILLAGE = "621121100201"
WORKER = Appointment(VILLAGE, "一网格", "示例网格员", "0000")

KEPT: Mapping[str, str] = {
    "inbox": "a retry of the same message must get the same reply; it lies sealed, and is purged by age",
    "deliveries": "what went out stays in a broadcast's figures; nothing waits any more, the text lies sealed",
}
"""Tables in which the number of an erased resident stays, and why that leads to nobody."""


@pytest.fixture
def runtime(database: Database, tmp_path: Path) -> Runtime:
    return bare_runtime(settings_for(tmp_path), database, TestClock(NOW), [])


@pytest.fixture
def resident_id(database: Database, vault: Vault) -> int:
    """Somebody who has left a trace in every table that can hold one."""
    store_areas(database)
    resident_id = a_resident(database, vault, community=VILLAGE)
    with database.transaction() as session:
        _leave_traces(session, resident_id, vault)
    share = a_follow_up(resident_id, key="mass", broadcast_id=a_sending_broadcast(database).id)
    queued(database, vault, [share])
    return resident_id


def _leave_traces(session: Session, resident_id: int, vault: Vault) -> None:
    picture = a_message(Kind.IMAGE, key="msg:1")
    inbox.accept(session, picture, resident_id, vault=vault, now=NOW, lease=timedelta(seconds=6))
    screenshots.add(session, picture, resident_id, vault=vault, now=NOW)
    conversations.save(session, resident_id, Conversation(Step.CONFIRMING_DELETION, {}), NOW)
    inquiries.add_question(session, resident_id=resident_id, text="问", area_code=VILLAGE, now=NOW)
    put_report(session, "听说", resident_id=resident_id, area_code=VILLAGE, likelihood=0.5)
    disputed = Claim(id="c1", text="某事", verdict=Verdict.FALSE, explanation="不实。")
    upsert_claims(session, [disputed], now=NOW)
    appeals.add_appeal(
        session,
        resident_id=resident_id,
        claim_id="c1",
        version=1,
        area_code=None,
        text="不对",
        due_at=NOW,
        now=NOW,
    )
    drive = a_drive()
    headcounts.add_drive(session, drive)
    headcounts.note_told(session, resident_id, drive, now=NOW)
    headcounts.confirm(
        session, resident_id, Headcount(total=5), drive_id=drive.id, community_code=VILLAGE, now=NOW
    )
    outbox.queue_follow_up(session, resident_id, "答复", key="question1", vault=vault, now=NOW)
    _, issued = grid_workers.appoint(session, [WORKER], vault=vault, choose=choice)
    grid_workers.bind(session, issued[0].worker.id, resident_id, now=NOW)


def a_message(kind: Kind, *, key: str, text: str = "") -> Inbound:
    return Inbound(
        kind=kind, openid=an_openid(), account="gh_1", created_at=NOW, dedup_key=key, text=text, media_id="m"
    )


def a_drive() -> HeadcountDrive:
    return HeadcountDrive(
        id="d1",
        title="登记",
        purpose="安排物资",
        basis="示例〔2022〕8号通知",
        area_code="621100000000",
        owner="市民政局（示例）",
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        delete_on=NOW.date(),
        notice_version="1",
    )


def tables_of_residents() -> dict[str, type[Table]]:
    return {
        mapper.class_.__tablename__: mapper.class_
        for mapper in Table.registry.mappers
        if "resident_id" in mapper.columns
    }


def traces(session: Session, resident_id: int) -> dict[str, int]:
    """How many rows of each table name this resident."""
    counted = {
        name: session.scalar(
            select(func.count()).select_from(table).where(table.__table__.c.resident_id == resident_id)
        )
        for name, table in tables_of_residents().items()
    }
    return {name: count for name, count in counted.items() if count}


def erased(runtime: Runtime, resident_id: int) -> str:
    """Through the door a resident goes through; the request that asked for it has just confirmed."""
    message = a_message(Kind.TEXT, key="msg:2", text="确认删除")
    with runtime.database.transaction() as session:
        resident = residents.find_resident(session, resident_id)
        assert resident is not None
        handled = dispatch(message, resident, session=session, runtime=runtime)
    assert handled.handler == my_data.NAME
    return getattr(handled.reply, "body", "")


def test_the_resident_of_these_tests_has_a_trace_in_every_table_that_can_hold_one(
    database: Database, resident_id: int
) -> None:
    with database.reading() as session:
        assert set(traces(session, resident_id)) == set(tables_of_residents())


def test_after_the_deletion_only_tables_with_a_reason_name_the_resident(
    runtime: Runtime, resident_id: int
) -> None:
    erased(runtime, resident_id)

    with runtime.database.reading() as session:
        assert set(traces(session, resident_id)) == set(KEPT)


def test_after_the_deletion_nothing_waits_to_be_sent(runtime: Runtime, resident_id: int) -> None:
    erased(runtime, resident_id)

    with runtime.database.reading() as session:
        left = session.scalars(select(DeliveryRow.status).where(DeliveryRow.resident_id == resident_id))
        assert set(left) == {"cancelled"}


def test_the_receipt_says_what_was_deleted(runtime: Runtime, resident_id: int) -> None:
    receipt = erased(runtime, resident_id)

    day = written(NOW.date())
    assert receipt == wording.DELETED.format(day=day, headcounts=1, inquiries=3)


def test_what_was_asked_stays_for_the_office_without_the_asker(runtime: Runtime, resident_id: int) -> None:
    erased(runtime, resident_id)

    with runtime.database.reading() as session:
        assert [one.text for one in inquiries.open_questions(session, limit=9)] == ["问"]
        assert [one.text for one in reports.open_reports(session, limit=9)] == ["听说"]


def test_a_grid_worker_who_deleted_their_data_can_be_bound_again(
    runtime: Runtime, resident_id: int, vault: Vault
) -> None:
    """Else nobody could ever look after this grid in chat: a code is only given to a worker who is not bound."""
    erased(runtime, resident_id)
    back = a_resident(runtime.database, vault)

    with runtime.database.transaction() as session:
        (issued,) = grid_workers.renew_codes(session, [WORKER], vault=vault, choose=choice)
        grid_workers.bind(session, issued.worker.id, back, now=NOW)
        assert session.scalars(select(GridWorkerRow.resident_id)).all() == [back]
