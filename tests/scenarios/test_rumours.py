"""A rumour typed in: the published verdict, or an honest "not verified yet"."""

import re

import pytest
from sqlalchemy import select

from bot.runtime import Runtime
from bot.store.tables import ReportRow
from tests.clocks import TestClock
from tests.scenarios.phone import Phone

UNHEARD = "听说县里的水库被人投毒了，是真的吗"


def report(runtime: Runtime) -> ReportRow:
    with runtime.database.reading() as session:
        return session.scalars(select(ReportRow)).one()


def test_a_known_rumour_gets_verdict_explanation_source_date_and_a_text_to_forward(villager: Phone) -> None:
    reply = villager.says("听说明天零点定西要封城，真的吗")

    assert "【不实】" in reply
    assert "依据：" in reply
    assert re.search(r"核实日期：\d{4}年\d{1,2}月\d{1,2}日", reply)
    assert "可以直接转给亲友" in reply


def test_the_same_place_frame_with_another_county_is_not_taken_for_the_known_one(villager: Phone) -> None:
    reply = villager.says("听说渭源县全县高风险，谁都不准出门，真的假的")

    assert "【" not in reply.split("与它相近")[0]
    assert "还没有核实" in reply


NEARLY = "听说安定区药店的儿童退烧药全部下架了"


@pytest.mark.parametrize("yes", ["1", "是", "就是它", "对着哩"])
def test_nearly_the_known_one_is_shown_and_its_verdict_is_one_reply_away(villager: Phone, yes: str) -> None:
    reply = villager.says(NEARLY)

    assert "【" not in reply
    assert "很像" in reply
    assert "还没有核实" not in reply
    assert "【过时】" in villager.says(yes)


@pytest.mark.parametrize("no", ["2", "不是", "是另一回事", "都不是"])
def test_whoever_means_another_one_hears_that_it_is_kept(villager: Phone, runtime: Runtime, no: str) -> None:
    villager.says(NEARLY)

    reply = villager.says(no)

    assert f"编号 {report(runtime).number}" in reply
    assert "还在核实" in reply


def test_what_the_same_message_repeats_besides_is_told_at_once(villager: Phone) -> None:
    reply = villager.says(f"{NEARLY}。还说喝醋能杀病毒")

    assert "很像" in reply
    assert "喝醋防不了新冠" in reply


def test_what_is_nearly_a_known_rumour_is_not_comforted_away(villager: Phone) -> None:
    assert "很像" in villager.says("安定区药店的儿童退烧药全部下架了，烦死了")


def test_who_does_not_say_where_is_asked_whether_it_is_the_county_of_the_known_one(villager: Phone) -> None:
    reply = villager.says("听说养老院老人全感染了")

    assert "说的是通渭" in reply
    assert "您没说是哪里" in reply
    assert "【不实】" in villager.says("1")


def test_a_plea_for_ones_own_is_not_told_that_it_is_false(villager: Phone) -> None:
    assert "【" not in villager.says("我妈在通渭养老院发烧了没人管")


def test_an_unheard_rumour_is_kept_for_a_person_under_a_number(villager: Phone, runtime: Runtime) -> None:
    reply = villager.says(UNHEARD)

    number = report(runtime).number
    assert "还没有核实" in reply
    assert f"编号 {number}" in reply
    assert "12345" in reply


def test_reviewers_see_text_and_area_and_why(villager: Phone, runtime: Runtime) -> None:
    villager.says(UNHEARD)

    row = report(runtime)
    assert row.text == UNHEARD
    assert row.area_code == "621121100201"
    assert row.reasons


def test_a_resident_sees_the_state_of_their_own_question_and_of_no_other(
    villager: Phone, townsman: Phone, runtime: Runtime
) -> None:
    villager.says(UNHEARD)
    number = report(runtime).number

    own = villager.says(f"进度 {number}")
    listed = villager.says("我问过的")
    stranger = townsman.says(f"进度{number}")

    assert "正在核实" in own
    assert str(number) in listed
    assert "没有找到" in stranger


def test_a_claim_seen_in_a_link_or_heard_in_a_voice_message_is_checked_too(villager: Phone) -> None:
    link = villager.shows(
        "link",
        {"Title": "明天零点起定西全城封闭，只进不出", "Description": "", "Url": "http://example.com/a"},
    )
    voice = villager.shows(
        "voice", {"MediaId": "m", "Format": "amr", "Recognition": "听说明天零点定西要封城，真的吗。"}
    )

    assert "【不实】" in link
    assert "【不实】" in voice


def test_what_is_likely_a_known_claim_is_asked_of_and_told_on_a_yes(villager: Phone) -> None:
    asked = villager.says("下礼拜一全市的学校都要停课")
    told = villager.says("就是它")

    assert "这像是我们核实过的一条说法：\n“下周一起全市中小学全部停课”" in asked
    assert "还没有核实" not in asked
    assert "【不实】下周一起全市中小学全部停课" in told


def test_what_denies_a_known_claim_is_not_given_its_verdict_and_a_yes_does_not_open_it(
    villager: Phone,
) -> None:
    denied = villager.says("听说蚊子不会传播新冠，真的吗")
    yes = villager.says("是")
    picked = villager.says("1")

    assert "【不实】" not in denied + yes
    assert "传染与否不同：您说“不会传”，这条说“会传”" in denied
    assert "【不实】蚊子叮咬会传播新冠" in picked


def test_flooding_is_bounded_for_a_day_and_not_for_ever(villager: Phone, clock: TestClock) -> None:
    for number in range(20):
        villager.says(f"听说{number}号水库的水有毒，是真的吗")

    bounded = villager.says("听说东河的水也有毒，是真的吗")
    clock.advance(hours=25)
    tomorrow = villager.says("听说西河的水也有毒，是真的吗")

    assert "明天再发" in bounded
    assert "还没有核实" in tomorrow


def test_a_wedding_or_a_death_in_the_family_is_never_a_rumour(villager: Phone, runtime: Runtime) -> None:
    wedding = villager.says("我儿子下月初六结婚，席都订好了咋办")
    funeral = villager.says("我爸昨晚走了，后事咋办呢")

    assert "还没有核实" not in wedding + funeral
    with runtime.database.reading() as session:
        assert session.scalars(select(ReportRow)).all() == []


def test_the_question_that_came_along_is_answered_below(townsman: Phone) -> None:
    reply = townsman.says("听说食盐要断货，药店还开门吗")

    assert reply.startswith("【不实】")
    assert "您还问到“药店现在开不开？”" in reply
    assert reply.index("【不实】") < reply.index("您还问到")


def test_a_likely_one_is_offered_and_picked_by_its_number(townsman: Phone) -> None:
    reply = townsman.says("听说要封城，我去医院透析咋办")

    assert "还没有核实" in reply
    assert "透析、化疗的病人怎么按时去医院？" in reply
    assert "依据：" in townsman.says("1")


def test_one_choice_at_a_time(townsman: Phone) -> None:
    reply = townsman.says(f"{NEARLY}，我要不要做核酸")

    assert "就是它，回 1" in reply
    assert "请单独再发一句" in reply


def test_what_is_officially_answered_about_it_is_a_number_away(townsman: Phone) -> None:
    reply = townsman.says("听说给村上交钱就能办酒席，是真的吗")

    assert "还没有核实" in reply
    assert "1. 满月酒、升学宴、寿宴还能办吗？" in reply
    assert "依据：" in townsman.says("1")


@pytest.mark.parametrize("words", ["好的", "嗯", "不是"])
def test_only_a_number_opens_what_nobody_was_asked_about(townsman: Phone, words: str) -> None:
    told = townsman.says("听说给村上交钱就能办酒席，是真的吗")
    assert "想看，回数字" in told

    assert "依据：" not in townsman.says(words)
