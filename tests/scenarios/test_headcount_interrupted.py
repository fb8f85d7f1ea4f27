"""我家5口人, then something else, then 对: the numbers wait, are called to mind once, and are stored only when they are confirmed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.runtime import Runtime
from bot.store.headcounts import add_drive, running_drive
from bot.store.tables import HeadcountRow
from tests.scenarios.phone import Phone

STILL_OPEN = "您家人数还没报完"
NUMBERS = "我家5口人,2个在外地"
QUESTION = "核酸在哪做"
ANOTHER_QUESTION = "学校啥时候开学"
# What offers several articles, one article, several ceremonies, a claim that resembles, an article beside a rumour.
LIST = "疫苗"
ONE_OFFERED = "打工证明"
CEREMONIES = "红白事"
RESEMBLING = "大蒜能杀新冠病毒是真的吗"
RELATED = "听说超市要关门"
RUMOUR = "听说明天零点定西要封城，真的吗"
# 渭源县
ELSEWHERE = "621123000000"


def stored(runtime: Runtime) -> list[tuple[int, int | None]]:
    with runtime.database.reading() as session:
        found = session.scalars(select(HeadcountRow).order_by(HeadcountRow.id))
        return [(row.total, row.away) for row in found]


def last_of(phone: Phone, *words: str) -> str:
    return [phone.says(said) for said in words][-1]


# --- the reminder -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        (QUESTION, "采样"),
        (RUMOUR, "【不实】"),
        ("听说陇西有人阳了", "还没有核实"),
        ("帮助", "我能做这些"),
        ("谢谢", "不客气"),
        ("退订", "已退订"),
        ("我的数据", "关于您"),
        (LIST, "回数字就行"),
    ],
)
def test_what_comes_in_between_is_answered_and_the_numbers_are_called_to_mind(
    villager: Phone, runtime: Runtime, words: str, answered: str
) -> None:
    reply = last_of(villager, NUMBERS, words)

    assert answered in reply
    assert reply.count(STILL_OPEN) == 1
    assert STILL_OPEN in reply.splitlines()[-1]
    assert "一共5人，在家3人，在外2人" in reply.splitlines()[-1]
    assert stored(runtime) == []


def test_the_answer_itself_is_the_same_as_ever(villager: Phone) -> None:
    alone = villager.says(QUESTION)

    assert last_of(villager, NUMBERS, QUESTION).startswith(alone)


def test_it_is_called_to_mind_once(villager: Phone) -> None:
    villager.says(NUMBERS)

    replies = [villager.says(words) for words in (QUESTION, ANOTHER_QUESTION, "帮助", RUMOUR)]

    assert [STILL_OPEN in reply for reply in replies] == [True, False, False, False]


def test_once_more_when_it_was_taken_up_and_left_again(villager: Phone) -> None:
    again = last_of(villager, NUMBERS, QUESTION, "我家6口人,2个在外地", ANOTHER_QUESTION)

    assert "一共6人" in again.splitlines()[-1]


def test_it_asks_what_was_open(villager: Phone) -> None:
    assert "这2人是在家的，还是在外地的" in last_of(villager, "5口人", "2个", QUESTION)
    assert "几个在外地" in last_of(villager, "取消", "怎么报人数", QUESTION).splitlines()[-1]
    assert "几个在外地" in last_of(villager, "取消", NUMBERS, "不对", QUESTION).splitlines()[-1]


def test_what_can_be_passed_on_ends_before_it(villager: Phone) -> None:
    reply = last_of(villager, NUMBERS, RUMOUR)

    assert "————\n" + STILL_OPEN in reply


@pytest.mark.parametrize("words", ["人工", "删除"], ids=["a word for the staff", "deletion"])
def test_where_any_word_would_be_the_answer_it_waits_for_the_next_reply(villager: Phone, words: str) -> None:
    assert STILL_OPEN not in last_of(villager, NUMBERS, words)
    assert STILL_OPEN in villager.says("卡点晚上没人" if words == "人工" else "不删了")


@pytest.mark.parametrize("words", ["心里难受得很", CEREMONIES], ids=["a heavy heart", "ceremonies"])
def test_it_is_out_of_place_there_and_comes_later(villager: Phone, words: str) -> None:
    assert STILL_OPEN not in last_of(villager, NUMBERS, words)
    assert STILL_OPEN in villager.says(QUESTION)


def test_a_picture_is_read_without_it(villager: Phone) -> None:
    villager.says(NUMBERS)

    picture = villager.shows("image", {"PicUrl": "http://example.com/p", "MediaId": "m"})

    assert STILL_OPEN not in picture
    assert STILL_OPEN in villager.says(QUESTION)


# --- taken up again ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("yes", ["对", "是的", "没错", "對", "人数对", "人数没错！"], ids=range(6))
@pytest.mark.parametrize("between", [QUESTION, RUMOUR, "帮助"], ids=["question", "rumour", "command"])
def test_a_yes_that_can_mean_nothing_else_confirms_what_was_said_back(
    villager: Phone, runtime: Runtime, between: str, yes: str
) -> None:
    receipt = last_of(villager, NUMBERS, between, yes)

    assert "登记好了：一共5人，在家3人，在外2人" in receipt
    assert stored(runtime) == [(5, 2)]


def test_a_figure_is_added_to_what_was_said(villager: Phone, runtime: Runtime) -> None:
    echo = last_of(villager, "我家5口人", QUESTION, "2个在外地")

    assert "记为：一共5人，在家3人，在外2人" in echo
    assert stored(runtime) == []
    assert "登记好了" in villager.says("1")
    assert stored(runtime) == [(5, 2)]


@pytest.mark.parametrize("figure", ["2个", "俩", "2", "两个人"])
def test_a_number_by_itself_is_asked_about_and_never_stored(
    villager: Phone, runtime: Runtime, figure: str
) -> None:
    asked = last_of(villager, "我家5口人", QUESTION, figure)

    assert "这2人是在家的，还是在外地的" in asked
    assert stored(runtime) == []
    assert last_of(villager, "在外面", "对").startswith("登记好了：一共5人，在家3人，在外2人")


@pytest.mark.parametrize("word", ["1", "一", "可以"])
def test_a_yes_that_could_mean_something_else_is_asked_back(
    villager: Phone, runtime: Runtime, word: str
) -> None:
    asked = last_of(villager, NUMBERS, QUESTION, word)

    assert asked.startswith("记为：一共5人，在家3人，在外2人，对吗？")
    assert stored(runtime) == []
    assert "登记好了" in villager.says("1")


@pytest.mark.parametrize("word", ["好的", "嗯", "谢谢"])
def test_whoever_only_nods_at_the_answer_confirms_nothing(
    villager: Phone, runtime: Runtime, word: str
) -> None:
    assert last_of(villager, NUMBERS, QUESTION, word).startswith("不客气")
    assert stored(runtime) == []
    assert "登记好了" in villager.says("对")


def test_which_people_a_number_meant_may_be_told_after_a_question(villager: Phone, runtime: Runtime) -> None:
    assert "在家3人，在外2人" in last_of(villager, "5口人", "2个", QUESTION, "在外面")
    assert stored(runtime) == []


def test_a_no_asks_for_the_numbers_anew(villager: Phone, runtime: Runtime) -> None:
    assert "重新说一遍" in last_of(villager, NUMBERS, QUESTION, "人数不对")
    assert "在家2人，在外3人" in villager.says("3个在外地")
    assert stored(runtime) == []


@pytest.mark.parametrize("words", ["数字不对", "数字错了", "数字是对的"])
def test_figures_are_those_of_a_household_only_while_they_wait(villager: Phone, words: str) -> None:
    villager.says(QUESTION)

    assert "几个在外地" not in villager.says(words)


def test_then_they_are(villager: Phone, runtime: Runtime) -> None:
    assert "重新说一遍" in last_of(villager, NUMBERS, QUESTION, "数字不对")
    assert "登记好了" in last_of(villager, NUMBERS, QUESTION, "数字是对的")
    assert stored(runtime) == [(5, 2)]


@pytest.mark.parametrize("words", ["那2个人呢", "我娃在陇西上学", "2天做一次核酸吗"], ids=range(3))
def test_what_goes_on_with_the_question_is_no_figure(villager: Phone, runtime: Runtime, words: str) -> None:
    reply = last_of(villager, NUMBERS, QUESTION, words)

    assert "记为" not in reply
    assert "在家的，还是在外地的" not in reply
    assert stored(runtime) == []


def test_a_notice_not_yet_read_comes_before_anything_is_stored(villager: Phone, runtime: Runtime) -> None:
    """Whoever moved in between is counted by another drive, for another purpose."""
    with runtime.database.transaction() as session:
        drive = running_drive(session, (), day=runtime.clock().date())
        assert drive is not None
        add_drive(session, replace(drive, id="elsewhere", area_code=ELSEWHERE, purpose="发放物资"))
    villager.says(NUMBERS)
    villager.says("我住在渭源县清源镇城关村")

    echo = villager.says("对")

    assert "用于发放物资" in echo
    assert "记为：一共5人，在家3人，在外2人，对吗？" in echo
    assert stored(runtime) == []
    assert "登记好了" in villager.says("对")


def test_when_nobody_counts_any_more_nothing_is_called_to_mind(villager: Phone, runtime: Runtime) -> None:
    villager.says(NUMBERS)
    with runtime.database.transaction() as session:
        drive = running_drive(session, (), day=runtime.clock().date())
        assert drive is not None
        add_drive(session, replace(drive, ends_on=drive.starts_on - timedelta(days=1)))

    assert STILL_OPEN not in villager.says(QUESTION)
    assert "没有在登记人数" in villager.says("对")
    assert stored(runtime) == []


# --- something else is offered in between -------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["2", "2个", "第二个", "选2"])
def test_a_number_belongs_to_the_list_that_was_shown_last(
    villager: Phone, runtime: Runtime, number: str
) -> None:
    answer = last_of(villager, "我家5口人", LIST, number)

    assert "依据：" in answer
    assert STILL_OPEN not in answer
    assert stored(runtime) == []


@pytest.mark.parametrize("between", [RELATED, RESEMBLING], ids=["article", "claim"])
def test_a_number_that_a_short_list_does_not_have_is_asked_about(villager: Phone, between: str) -> None:
    assert "这2人是在家的，还是在外地的" in last_of(villager, "我家5口人", between, "2个")


@pytest.mark.parametrize("number", ["2个", "2个人", "俩"])
def test_once_something_was_picked_the_figure_belongs_to_the_household(
    villager: Phone, runtime: Runtime, number: str
) -> None:
    asked = last_of(villager, "我家5口人", LIST, "1", number)

    assert "这2人是在家的，还是在外地的" in asked
    assert stored(runtime) == []
    assert last_of(villager, "在外面", "对").startswith("登记好了：一共5人，在家3人，在外2人")


def test_another_line_of_the_list_can_still_be_picked(villager: Phone) -> None:
    assert "依据：" in last_of(villager, NUMBERS, LIST, "1", "2")


def test_so_can_one_by_its_words_and_the_list_stays(villager: Phone) -> None:
    offered = last_of(villager, NUMBERS, LIST)
    (line,) = (one.removeprefix("2. ") for one in offered.splitlines() if one.startswith("2. "))
    first = villager.says("1")

    assert "依据：" in villager.says(line)
    assert villager.says("1") == first


def test_none_of_the_others_may_be_meant_after_one_was_picked(villager: Phone, runtime: Runtime) -> None:
    assert "已经把您的问题转给工作人员" in last_of(villager, NUMBERS, LIST, "1", "都不是")
    assert "登记好了" in villager.says("人数对")
    assert stored(runtime) == [(5, 2)]


def test_words_that_tell_of_a_household_go_past_the_list(villager: Phone, runtime: Runtime) -> None:
    assert "在家3人，在外2人" in last_of(villager, "我家5口人", LIST, "2个在外地")
    assert "登记好了" in villager.says("对")
    assert stored(runtime) == [(5, 2)]


@pytest.mark.parametrize("between", [LIST, ONE_OFFERED, RESEMBLING, RELATED, "我的社区"])
def test_what_the_reminder_asks_for_confirms_beside_any_offer(
    villager: Phone, runtime: Runtime, between: str
) -> None:
    reminded = last_of(villager, NUMBERS, between)

    assert "回“人数对”" in reminded.splitlines()[-1]
    assert "登记好了" in villager.says("人数对")
    assert stored(runtime) == [(5, 2)]


@pytest.mark.parametrize("between", [LIST, ONE_OFFERED, RESEMBLING, "我的社区", "删除"])
@pytest.mark.parametrize("yes", ["对", "1"])
def test_while_something_else_is_asked_a_bare_yes_stores_nothing(
    villager: Phone, runtime: Runtime, between: str, yes: str
) -> None:
    last_of(villager, NUMBERS, between, yes)

    assert stored(runtime) == []


def test_once_what_was_offered_is_answered_a_yes_is_for_the_numbers(
    villager: Phone, runtime: Runtime
) -> None:
    assert "登记好了" in last_of(villager, NUMBERS, ONE_OFFERED, "1", "对")
    assert "已改好" in last_of(villager, "我家6口人,2个在外地", LIST, "1", "对")
    assert stored(runtime) == [(5, 2), (6, 2)]


def test_a_ceremony_is_chosen_by_its_number(villager: Phone, runtime: Runtime) -> None:
    assert "红事" in last_of(villager, NUMBERS, CEREMONIES, "1")
    assert "白事" in last_of(villager, "红白事", "2")
    assert stored(runtime) == []
