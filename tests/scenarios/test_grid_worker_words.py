"""What else a grid worker says: asks for help, gives the work up, counts households. Nothing is done on a guess."""

import pytest
from sqlalchemy import select

from bot.runtime import Runtime
from bot.store.tables import GridWorkerRow, QuestionRow
from tests.clocks import TestClock
from tests.conftest import Loaded
from tests.scenarios.carriers import a_run, add_tasks, the_worker
from tests.scenarios.phone import Phone

MOST_IN_ONE_MESSAGE = 600
"""Characters."""


@pytest.fixture
def worker(villager: Phone, loaded: Loaded) -> Phone:
    villager.says(f"绑定 {loaded.sample.bind_code}")
    return villager


def is_bound(runtime: Runtime) -> bool:
    with runtime.database.reading() as session:
        return session.get_one(GridWorkerRow, the_worker(runtime)).resident_id is not None


def questions(runtime: Runtime) -> list[tuple[int, str | None]]:
    """The number and area of what lies with the staff."""
    with runtime.database.reading() as session:
        return [(one.number, one.area_code) for one in session.scalars(select(QuestionRow))]


def test_help_tells_a_grid_worker_their_own_commands_too(worker: Phone) -> None:
    told = worker.says("帮助")

    assert all(
        command in told for command in ("任务", "已转发 2,3", "全部已转发", "发不了", "记谣言", "解绑")
    )
    assert "问规定" in told
    assert "120" in told
    assert len(told) <= MOST_IN_ONE_MESSAGE


def test_help_tells_nobody_else_of_them(villager: Phone) -> None:
    told = villager.says("帮助")

    assert "发不了" not in told
    assert "问规定" in told


@pytest.mark.parametrize(
    "words",
    [
        "我不干网格员了",
        "我不做网格员了",
        "我不是网格员了",
        "以后不当网格员了",
        "网格员我不干了",
        "解绑",
        "怎么解绑？",
        "取消绑定",
        "换人了 不是我了",
        "网格员换人了",
        "现在不归我管了",
    ],
    ids=range(11),
)
def test_who_gives_the_work_up_is_told_how_and_nothing_is_undone_yet(
    worker: Phone, runtime: Runtime, words: str
) -> None:
    told = worker.says(words)

    assert "还绑定着" in told
    assert "城关村" in told
    assert "乡镇（街道）" in told
    assert "回“删除”" in told
    assert is_bound(runtime)
    assert questions(runtime) == []


def test_who_gives_the_work_up_is_told_what_is_still_to_be_carried(
    worker: Phone, runtime: Runtime, clock: TestClock
) -> None:
    own = the_worker(runtime)
    add_tasks(runtime, clock, a_run(runtime, clock), own, own)

    assert "还有2条没转" in worker.says("解绑")


def test_the_way_that_is_told_unties_after_a_confirmation(worker: Phone, runtime: Runtime) -> None:
    worker.says("解绑")

    asked = worker.says("删除")

    assert "确认删除" in asked
    assert is_bound(runtime)
    worker.says("确认删除")
    assert not is_bound(runtime)


@pytest.mark.parametrize("words", ["我不干网格员了", "解绑", "网格员换人了"], ids=range(3))
def test_who_is_no_grid_worker_is_told_of_no_tie(villager: Phone, words: str) -> None:
    assert "还绑定着" not in villager.says(words)


@pytest.mark.parametrize(
    "words",
    [
        "李家沟 52户 通知了 48户",
        "李家沟52户，通知48户，4户没人",
        "城关村五十二户通知到四十八户",
        "52户都通知到了",
        "今天走访了30户",
        "李家沟 52户 187人 缺3户",
    ],
    ids=range(6),
)
def test_a_count_of_households_goes_to_the_staff_and_the_worker_is_told_so(
    worker: Phone, runtime: Runtime, words: str
) -> None:
    told = worker.says(words)

    ((number, area),) = questions(runtime)
    assert "不登记" in told
    assert f"转给工作人员，编号 {number}" in told
    assert "已转发" in told
    with runtime.database.reading() as session:
        bound = session.get_one(GridWorkerRow, the_worker(runtime))
        assert area == bound.community_code


@pytest.mark.parametrize(
    "words",
    [
        "52户都通知到了吗",
        "52户通知到48户，行吧？",
        "3户没登记上咋办",
        "听说李家沟52户都登记领钱了",
        "我家5口人,2个在外地",
    ],
    ids=range(5),
)
def test_a_question_hearsay_or_ones_own_household_is_no_such_count(worker: Phone, words: str) -> None:
    assert "不登记" not in worker.says(words)


def test_such_a_count_from_others_is_none(villager: Phone) -> None:
    assert "不登记" not in villager.says("李家沟 52户 通知了 48户")
