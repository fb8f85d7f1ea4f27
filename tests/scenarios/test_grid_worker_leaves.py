"""A grid worker whom the office has dismissed is an ordinary resident from the next message on; a file may bring them back."""

from secrets import choice

import pytest
from sqlalchemy import select

from bot.access import Role
from bot.office import grid_workers as office
from bot.runtime import Runtime
from bot.store import grid_workers
from bot.store.grid_workers import Appointment
from bot.store.tables import DeliveryRow, QuestionRow, ReportRow
from broadcasts.relay import RelayStatus
from tests.bot.office.acting import acting
from tests.clocks import TestClock
from tests.conftest import Loaded
from tests.scenarios.carriers import a_run, add_tasks, statuses, the_worker
from tests.scenarios.phone import Phone


@pytest.fixture
def carrier(villager: Phone, loaded: Loaded, runtime: Runtime, clock: TestClock) -> Phone:
    """A grid worker with one task, number 1."""
    villager.says(f"绑定 {loaded.sample.bind_code}")
    add_tasks(runtime, clock, a_run(runtime, clock), the_worker(runtime))
    return villager


def dismissed(runtime: Runtime) -> None:
    with acting(runtime, Role.ADMINISTRATOR) as act:
        office.dismiss(act, the_worker(runtime), reason="调走了（示例）")


def named_in_a_file_again(runtime: Runtime) -> str:
    """The new bind code."""
    with runtime.database.transaction() as session:
        was = grid_workers.find(session, the_worker(runtime))
        appointment = Appointment(was.community_code, was.grid, was.name, was.phone_last4)
        _, (issued,) = grid_workers.appoint(session, [appointment], vault=runtime.vault, choose=choice)
    return issued.code


@pytest.mark.parametrize(
    "words",
    ["任务", "任务 1", "我的转发任务", "已转发", "已转发 1", "已转发 1,2", "全部已转发", "发不了 1 群散了"],
    ids=range(8),
)
def test_a_command_of_theirs_does_nothing_any_more_and_they_are_told_why(
    carrier: Phone, runtime: Runtime, words: str
) -> None:
    dismissed(runtime)

    told = carrier.says(words)

    assert "没有绑定网格员" in told
    assert "离任" in told
    assert statuses(runtime) == [RelayStatus.CANNOT]
    with runtime.database.reading() as session:
        assert session.scalars(select(QuestionRow)).all() == []


@pytest.mark.parametrize(
    "words", ["发不了3个月工资了咋办", "发不了 2000块钱的工资", "发不了 2 斤菜"], ids=range(3)
)
def test_a_residents_trouble_that_begins_like_a_command_is_none(villager: Phone, words: str) -> None:
    assert "没有绑定网格员" not in villager.says(words)


def test_they_are_offered_no_commands_of_grid_workers(carrier: Phone, runtime: Runtime) -> None:
    assert "发不了" in carrier.says("帮助")

    dismissed(runtime)

    assert "发不了" not in carrier.says("帮助")
    assert "还绑定着" not in carrier.says("解绑")


def test_a_rumour_they_began_to_log_is_not_logged_as_a_grid_workers(carrier: Phone, runtime: Runtime) -> None:
    carrier.says("记谣言 听说明天县里要封路")
    carrier.says("1")

    dismissed(runtime)
    told = carrier.says("2")

    assert "没有绑定网格员" in told
    with runtime.database.reading() as session:
        assert session.scalars(select(ReportRow)).all() == []


def test_the_task_they_were_sent_before_does_not_come_with_their_next_message(
    carrier: Phone, runtime: Runtime
) -> None:
    carrier.says("任务 1")

    dismissed(runtime)
    carrier.says("你好")

    with runtime.database.reading() as session:
        assert [row.status for row in session.scalars(select(DeliveryRow))] == ["cancelled"]


def test_they_are_answered_like_everybody_and_stay_in_their_village(carrier: Phone, runtime: Runtime) -> None:
    dismissed(runtime)

    assert "城关村" in carrier.says("我的数据")


def test_their_old_code_binds_nobody(
    carrier: Phone, loaded: Loaded, runtime: Runtime, townsman: Phone
) -> None:
    dismissed(runtime)

    for phone in (carrier, townsman):
        assert "绑定码不对" in phone.says(f"绑定 {loaded.sample.bind_code}")


def test_who_is_back_binds_with_a_new_code_and_may_still_report_what_was_left(
    carrier: Phone, runtime: Runtime
) -> None:
    dismissed(runtime)
    code = named_in_a_file_again(runtime)
    assert "没有绑定网格员" in carrier.says("任务")

    bound = carrier.says(f"绑定 {code}")

    assert "绑定好了" in bound
    assert "没有要转发的任务" in carrier.says("任务")
    assert "记为转发" in carrier.says("已转发 1")
    assert statuses(runtime) == [RelayStatus.FORWARDED]
