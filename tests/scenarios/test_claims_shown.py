"""After "not verified yet": a claim that is nearly the same is a yes away, one that differs is a number away, and nothing is kept twice."""

import pytest
from sqlalchemy import func, select

from bot.runtime import Runtime
from bot.store.tables import QuestionRow, ReportRow
from tests.clocks import TestClock
from tests.scenarios.phone import Phone

NEARLY = "听说安定区药店的儿童退烧药全部下架了"
DIFFERING = "喝白酒能预防新冠肺炎"
UNHEARD = "听说县里的水库被人投毒了，是真的吗"


def kept(runtime: Runtime) -> int:
    """How many reports and questions there are."""
    with runtime.database.reading() as session:
        tables = (ReportRow, QuestionRow)
        return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


@pytest.mark.parametrize("yes", ["嗯嗯就是它", "就这个", "好的，1", "是的，谢谢", "一样的", "给我看看"])
def test_a_yes_in_ones_own_words_opens_what_is_nearly_the_same(villager: Phone, yes: str) -> None:
    assert "很像" in villager.says(NEARLY)

    assert "【过时】" in villager.says(yes)


@pytest.mark.parametrize("no", ["不一样", "不是，我说的是男娃", "我说的是大人的药", "这两个不一样"])
def test_a_no_in_ones_own_words_leaves_it_closed(villager: Phone, no: str) -> None:
    villager.says(NEARLY)

    reply = villager.says(no)

    assert "【" not in reply
    assert "还在核实" in reply


@pytest.mark.parametrize("words", ["差不多吧", "到底是不是真的", "是真的吗？", "不知道"])
def test_no_clear_answer_is_asked_for_again_and_keeps_the_choice(
    villager: Phone, runtime: Runtime, words: str
) -> None:
    villager.says(NEARLY)
    before = kept(runtime)

    asked = villager.says(words)

    assert "回 1" in asked
    assert "退烧药" in asked
    assert kept(runtime) == before
    assert "【过时】" in villager.says("1")


@pytest.mark.parametrize("yes", ["是", "对", "就是这个", "是真的", "嗯嗯就是它", "差不多"])
def test_after_claims_that_differ_a_yes_opens_none_and_keeps_the_list(villager: Phone, yes: str) -> None:
    assert "（您说“预防”，这条说“杀死”）" in villager.says(DIFFERING)

    asked = villager.says(yes)

    assert "【" not in asked
    assert "请回它的数字" in asked
    assert "【" in villager.says("1")


def test_none_of_several_is_said_in_ones_own_words(villager: Phone) -> None:
    villager.says(DIFFERING)

    reply = villager.says("不是，我说的是啤酒")

    assert "【" not in reply
    assert "还在核实" in reply


def test_the_words_of_one_that_differs_by_a_letter_do_not_pick_it(villager: Phone) -> None:
    """One letter is all that stands between a claim and its opposite."""
    villager.says(DIFFERING)

    assert "【" not in villager.says("喝高度白酒不能杀死身体里的新冠病毒")


@pytest.mark.parametrize("words", ["是真的吗", "到底是不是真的？", "那能信吗", "准不准"])
def test_whether_it_is_true_asks_after_what_was_just_reported(
    villager: Phone, runtime: Runtime, words: str
) -> None:
    assert "还没有核实" in villager.says(UNHEARD)

    reply = villager.says(words)

    assert "编号 1）还在核实" in reply
    assert kept(runtime) == 1


def test_much_later_it_asks_after_nothing(villager: Phone, clock: TestClock) -> None:
    villager.says(UNHEARD)
    clock.advance(hours=2)

    assert "编号 1）还在核实" not in villager.says("是真的吗")


def test_the_same_rumour_said_twice_is_kept_once_under_its_number(villager: Phone, runtime: Runtime) -> None:
    villager.says(UNHEARD)

    again = villager.says(UNHEARD + "？")

    assert "发来过" in again
    assert "编号 1" in again
    assert kept(runtime) == 1


def test_what_is_nearly_known_is_offered_again_under_the_number_it_has(
    villager: Phone, runtime: Runtime
) -> None:
    villager.says(NEARLY)

    assert "编号 1" in villager.says(NEARLY)
    assert kept(runtime) == 1
    assert "【过时】" in villager.says("1")


def test_on_another_day_or_from_somebody_else_it_is_kept_anew(
    villager: Phone, townsman: Phone, runtime: Runtime, clock: TestClock
) -> None:
    villager.says(UNHEARD)
    townsman.says(UNHEARD)
    clock.advance(hours=25)
    villager.says(UNHEARD)

    assert kept(runtime) == 3


BOTH = "听说县里的水库被人投毒了，还有听说大蒜能治新冠，真的吗"


def test_what_is_told_beside_a_known_rumour_goes_to_a_person_by_itself(
    villager: Phone, runtime: Runtime
) -> None:
    reply = villager.says(BOTH)

    with runtime.database.reading() as session:
        new = session.scalars(select(ReportRow).where(ReportRow.claim_id.is_(None))).one()
    assert "【不实】天天吃生大蒜就不会感染新冠" in reply
    assert "您还说到“县里的水库被人投毒了”" in reply
    assert f"编号 {new.number}" in reply
    assert new.text == "听说县里的水库被人投毒了"
    assert "大蒜" not in new.text


def test_said_again_it_keeps_its_number(villager: Phone, runtime: Runtime) -> None:
    def number(reply: str) -> str:
        return reply.rpartition("编号 ")[2].partition("，")[0]

    assert number(villager.says(BOTH)) == number(villager.says(BOTH))
    with runtime.database.reading() as session:
        new = select(func.count()).select_from(ReportRow).where(ReportRow.claim_id.is_(None))
        assert session.scalar(new) == 1


def test_who_has_reported_enough_today_hears_what_is_known_all_the_same(
    villager: Phone, runtime: Runtime, clock: TestClock
) -> None:
    for number in range(runtime.settings.rumours.reports_per_day):
        villager.says(f"听说{number}号楼的水里有毒，真的吗")
        clock.advance(seconds=20)

    reply = villager.says(BOTH)

    assert "【不实】天天吃生大蒜就不会感染新冠" in reply
    assert "请明天再发来" in reply


@pytest.mark.parametrize("no", ["不是这个", "不是一回事", "不是，我说的是得了更重"])
def test_a_verdict_on_another_claim_is_sent_back_and_goes_to_a_person(
    villager: Phone, runtime: Runtime, no: str
) -> None:
    told = villager.says("听说抽烟的人得新冠重")
    assert "回“不是这个”" in told

    reply = villager.says(no)

    with runtime.database.reading() as session:
        new = session.scalars(select(ReportRow).where(ReportRow.claim_id.is_(None))).one()
    assert f"编号 {new.number}" in reply
    assert new.text == f"听说抽烟的人得新冠重\n{no}"


def test_a_claim_in_its_own_words_needs_no_such_way_out(villager: Phone) -> None:
    assert "不是这个" not in villager.says("听说喝醋能杀病毒、防新冠，真的吗")


@pytest.mark.parametrize("words", ["好的谢谢", "不用了", "2"])
def test_thanks_for_a_verdict_send_nothing_back(villager: Phone, runtime: Runtime, words: str) -> None:
    villager.says("听说抽烟的人得新冠重")
    before = kept(runtime)

    villager.says(words)

    assert kept(runtime) == before
