"""A grid worker's word is taken for what it says; a mass send that missed some is not shown as delivered."""

import pytest
from sqlalchemy import select

from bot.messages import Work
from bot.runtime import Runtime
from bot.store import outbox, receipts, relay_tasks
from bot.store.tables import DeliveryRow, RelayTaskRow, ResidentRow
from broadcasts.content import Channel
from broadcasts.delivery import Delivery, DeliveryStatus
from broadcasts.relay import RelayStatus
from tests.clocks import TestClock
from tests.conftest import Loaded
from tests.scenarios.carriers import a_run, add_tasks, the_worker
from tests.scenarios.phone import Phone

MSG_ID = "1000001625"


@pytest.fixture
def sending(runtime: Runtime, clock: TestClock) -> int:
    """A broadcast that is being sent; the number of its run."""
    return a_run(runtime, clock)


@pytest.fixture
def carrier(villager: Phone, loaded: Loaded, runtime: Runtime, clock: TestClock, sending: int) -> Phone:
    """A grid worker with one task, number 1."""
    villager.says(f"绑定 {loaded.sample.bind_code}")
    add_tasks(runtime, clock, sending, the_worker(runtime))
    return villager


def status_of_the_task(runtime: Runtime) -> str | None:
    with runtime.database.reading() as session:
        return session.scalar(select(RelayTaskRow.status))


@pytest.mark.parametrize("asking", ["任务", "任务 1"])
def test_the_words_to_carry_follow_the_instruction_and_stand_alone(
    carrier: Phone, runtime: Runtime, clock: TestClock, asked_for: list[Work], asking: str
) -> None:
    instruction = carrier.says(asking)

    batch = outbox.DatabaseOutbox(runtime.database, runtime.vault).claim(now=clock())
    assert "任务1" in instruction
    assert "原文" not in instruction
    assert batch is not None
    assert batch.body == "原文"
    assert asked_for == [Work.DELIVERIES]


def test_a_task_that_is_asked_for_again_is_sent_again(carrier: Phone, runtime: Runtime) -> None:
    carrier.says("任务")
    carrier.says("任务")

    with runtime.database.reading() as session:
        assert len(session.scalars(select(DeliveryRow)).all()) == 2


def test_a_task_that_was_called_back_is_shown_to_nobody(carrier: Phone, runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        relay_tasks.cancel_undone(session, "b1", reason="halted")

    assert "没有编号 1 的任务" in carrier.says("任务 1")


def test_saying_twice_that_it_cannot_be_forwarded_is_no_confirmation(
    carrier: Phone, runtime: Runtime
) -> None:
    carrier.says("发不了 1 群被封了")

    again = carrier.says("发不了 1 还是不行")

    assert status_of_the_task(runtime) == RelayStatus.CANNOT
    assert "没法转发" in again


@pytest.mark.parametrize(
    "words", ["发过了", "群里发了", "2个群都发了", "任务1转了", "发了 1", "全部发了"], ids=range(6)
)
def test_a_worker_reports_in_the_words_at_hand(carrier: Phone, runtime: Runtime, words: str) -> None:
    assert "记为转发" in carrier.says(words)
    assert status_of_the_task(runtime) == RelayStatus.FORWARDED


@pytest.mark.parametrize("words", ["还没转呢", "明天发", "等一哈再转"], ids=range(3))
def test_who_has_not_carried_it_yet_reports_nothing(carrier: Phone, runtime: Runtime, words: str) -> None:
    assert "不急" in carrier.says(words)
    assert status_of_the_task(runtime) == RelayStatus.OPEN


def test_a_message_that_does_not_get_out_is_one_that_cannot_be_carried(
    carrier: Phone, runtime: Runtime
) -> None:
    carrier.says("发不出去，群满了")

    assert status_of_the_task(runtime) == RelayStatus.CANNOT


def test_a_reason_that_is_told_later_is_kept_and_in_the_workers_own_words(
    carrier: Phone, runtime: Runtime
) -> None:
    asked = carrier.says("发不了")
    told = carrier.says("发不了 1 群解散了，人都到另一个群了")
    again = carrier.says("发不了 1")

    assert "为啥转不了" in asked
    with runtime.database.reading() as session:
        assert session.scalar(select(RelayTaskRow.reason)) == "群解散了,人都到另一个群了"
    assert "群解散了,人都到另一个群了" in told
    assert "群解散了" in again


def test_what_was_forwarded_stays_forwarded_and_the_worker_is_told_so(
    carrier: Phone, runtime: Runtime
) -> None:
    carrier.says("已转发 1")

    told = carrier.says("发不了 1")

    assert status_of_the_task(runtime) == RelayStatus.FORWARDED
    assert "已记为转发" in told
    assert "改不了" in told


def accepted_mass(runtime: Runtime, clock: TestClock, resident: Phone) -> None:
    resident.says("你好")
    with runtime.database.transaction() as session:
        resident_id = session.scalar(select(ResidentRow.id)) or 0
        share = Delivery(
            id=0,
            channel=Channel.OFFICIAL_ACCOUNT,
            recipient=resident_id,
            body="通知",
            client_msg_id="k",
            not_before=clock(),
            broadcast_id="b1",
        )
        outbox.queue(session, [share], vault=runtime.vault, now=clock())
        for row in session.scalars(select(DeliveryRow)):
            row.status, row.platform_id = DeliveryStatus.ACCEPTED, MSG_ID


def finished(phone: Phone, *, total: int, sent: int) -> None:
    counts = {
        "TotalCount": total,
        "FilterCount": total,
        "SentCount": sent,
        "ErrorCount": total - sent,
    }
    fields = {"MsgID": MSG_ID, "Status": "send success", **{name: str(n) for name, n in counts.items()}}
    phone.happens("MASSSENDJOBFINISH", fields)


@pytest.mark.parametrize(
    ("sent", "status"), [(5, DeliveryStatus.DELIVERED), (3, DeliveryStatus.ACCEPTED)], ids=["all", "some"]
)
def test_only_a_mass_send_that_reached_everybody_is_delivered(
    villager: Phone, runtime: Runtime, clock: TestClock, sending: int, sent: int, status: DeliveryStatus
) -> None:
    assert sending
    accepted_mass(runtime, clock, villager)

    finished(villager, total=5, sent=sent)

    clock.advance(hours=1)
    with runtime.database.reading() as session:
        row = session.scalars(select(DeliveryRow)).one()
        asked = receipts.awaited(session, accepted_before=clock(), after=row.created_at.replace(year=2020))
    assert row.status == status
    assert ("3" in row.reason) == (sent == 3)
    assert asked == []
