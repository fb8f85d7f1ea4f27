"""A grid worker reports several tasks in one message: each is recorded, and nothing is lost or done without a word."""

import pytest
from sqlalchemy import select

from bot.runtime import Runtime
from bot.store import relay_tasks
from bot.store.tables import QuestionRow, RelayTaskRow
from broadcasts.relay import RelayStatus
from tests.clocks import TestClock
from tests.conftest import Loaded
from tests.scenarios.carriers import a_colleague, a_run, add_tasks, statuses, the_worker
from tests.scenarios.phone import Phone

OPEN, FORWARDED, CANNOT = RelayStatus.OPEN, RelayStatus.FORWARDED, RelayStatus.CANNOT


@pytest.fixture
def carrier(villager: Phone, loaded: Loaded, runtime: Runtime, clock: TestClock) -> Phone:
    """A grid worker with the tasks 1, 2, 3 and 5; number 4 is somebody else's."""
    villager.says(f"绑定 {loaded.sample.bind_code}")
    own, other = the_worker(runtime), a_colleague(runtime)
    add_tasks(runtime, clock, a_run(runtime, clock), own, own, own, other, own)
    return villager


@pytest.mark.parametrize(
    "words",
    [
        "已转发 2,3",
        "已转发 2 3",
        "已转发2和3",
        "2、3 已转发",
        "2，3转发好了",
        "任务2和3都发了",
        "任务二和任务三都转了",
        "2号和3号都发到群里了",
        "我把2跟3转了",
        "2到3都发了",
        "2-3 已转发",
        "2\n3\n已转发",
    ],
    ids=range(12),
)
def test_each_task_that_is_named_is_recorded(carrier: Phone, runtime: Runtime, words: str) -> None:
    told = carrier.says(words)

    assert "任务2、3已记为转发" in told
    assert statuses(runtime) == [OPEN, FORWARDED, FORWARDED, OPEN, OPEN]


def test_a_range_holds_the_workers_own_tasks_and_nobody_elses(carrier: Phone, runtime: Runtime) -> None:
    told = carrier.says("1到3和5都发了")

    assert "任务1、2、3、5已记为转发" in told
    assert statuses(runtime) == [FORWARDED, FORWARDED, FORWARDED, OPEN, FORWARDED]


def test_the_reply_tells_what_was_recorded_what_had_been_and_what_is_unknown(
    carrier: Phone, runtime: Runtime
) -> None:
    carrier.says("已转发 1")

    told = carrier.says("已转发 1,2,4,9")

    assert "任务2已记为转发" in told
    assert "任务1前面已记为转发" in told
    assert "没有编号 4、9 的任务" in told
    assert statuses(runtime) == [FORWARDED, FORWARDED, OPEN, OPEN, OPEN]


def test_what_was_called_back_is_named_among_the_unknown(carrier: Phone, runtime: Runtime) -> None:
    with runtime.database.transaction() as session:
        relay_tasks.cancel_undone(session, "b1", reason="halted")

    assert "没有编号 1、2、3 的任务" in carrier.says("1到3都发了")
    assert FORWARDED not in statuses(runtime)


@pytest.mark.parametrize(
    "words", ["1到4都发了", "1到9都发了", "1号到3号都发了", "2.3 已转发", "第2条和第3条都发了"], ids=range(5)
)
def test_of_what_is_not_clear_nothing_is_recorded_and_the_worker_is_asked(
    carrier: Phone, runtime: Runtime, words: str
) -> None:
    told = carrier.says(words)

    assert "一条都没记" in told
    assert "已转发 1,2" in told
    assert "您没转的有4条" in told
    assert set(statuses(runtime)) == {OPEN}


@pytest.mark.parametrize(
    "words",
    [
        "1、3发了，2没发成",
        "已转发 1 发不了 2 群没了",
        "发不了 2，已转发 1和3",
        "2发不了，其他的都发了",
        "都发了，就2还没发",
        "除了2都发了",
    ],
    ids=range(6),
)
def test_of_a_message_that_says_two_things_no_half_is_recorded(
    carrier: Phone, runtime: Runtime, words: str
) -> None:
    told = carrier.says(words)

    assert "一条都没记" in told
    assert "分开报" in told
    assert set(statuses(runtime)) == {OPEN}


@pytest.mark.parametrize(
    "words",
    [
        "发不了 2,3 群被封了",
        "发不了2和3群被封了",
        "2、3都发不了，群被封了",
        f"发不了 2,3 群被封了{'，没法子' * 80}",
    ],
    ids=range(4),
)
def test_several_that_cannot_be_carried_are_kept_with_their_reason(
    carrier: Phone, runtime: Runtime, words: str
) -> None:
    told = carrier.says(words)

    assert "任务2、3记为“没法转发：群被封了" in told
    assert statuses(runtime) == [OPEN, CANNOT, CANNOT, OPEN, OPEN]


def test_who_gives_no_reason_is_asked_and_one_that_is_known_stands(carrier: Phone, runtime: Runtime) -> None:
    carrier.says("发不了 1 群解散了")
    carrier.says("已转发 5")

    told = carrier.says("发不了 1,2,3,5")
    reasoned = carrier.says("发不了 2、3 没信号")

    assert "任务1记为“没法转发：群解散了”" in told
    assert "任务2、3记为没法转发。为啥转不了" in told
    assert "任务5前面已记为转发，这里改不了" in told
    assert "没法转发：没信号" in reasoned
    assert statuses(runtime) == [CANNOT, CANNOT, CANNOT, OPEN, FORWARDED]


@pytest.mark.parametrize("reason", ["3户没手机", "3个群进不去", "3号楼没网", "一直没信号"], ids=range(4))
def test_a_number_in_the_reason_names_no_task(carrier: Phone, runtime: Runtime, reason: str) -> None:
    carrier.says(f"发不了 2，{reason}")

    with runtime.database.reading() as session:
        assert session.scalar(select(RelayTaskRow.reason).where(RelayTaskRow.id == 2)) == reason
    assert statuses(runtime) == [OPEN, CANNOT, OPEN, OPEN, OPEN]


@pytest.mark.parametrize("words", ["已转发 2,3", "发不了 2,3 群被封了", "1到9都发了"], ids=range(3))
def test_no_report_on_several_becomes_a_question_for_the_staff(
    carrier: Phone, runtime: Runtime, words: str
) -> None:
    carrier.says(words)

    with runtime.database.reading() as session:
        assert session.scalars(select(QuestionRow)).all() == []


def test_from_others_such_words_report_nothing(carrier: Phone, townsman: Phone, runtime: Runtime) -> None:
    assert carrier

    assert "记为转发" not in townsman.says("已转发 2,3")
    assert set(statuses(runtime)) == {OPEN}
