"""After "not verified yet": a claim that is nearly the same is a yes away, one that differs is a number away."""

import pytest
from sqlalchemy import func, select

from bot.runtime import Runtime
from bot.store.tables import QuestionRow, ReportRow
from tests.scenarios.phone import Phone

NEARLY = "听说安定区药店的儿童退烧药全部下架了"
DIFFERING = "喝白酒能预防新冠肺炎"


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
    assert "不同在" in villager.says(DIFFERING)

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
