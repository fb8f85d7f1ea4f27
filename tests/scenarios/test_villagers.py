"""What villagers really type, and what a kind clerk would do with it: danger first, grief with grief, no scolding."""

import pytest

from knowledge.crisis import CrisisKind, is_crisis
from tests.scenarios.phone import Phone

IN_DANGER = (
    ("我想死", CrisisKind.SELF_HARM),
    ("没人管我 我不如从楼上下去", CrisisKind.SELF_HARM),
    ("我不想再拖累家里人了", CrisisKind.SELF_HARM),
    ("听说有人自杀，我也不想活了", CrisisKind.SELF_HARM),
    ("娃把84喝了", CrisisKind.MEDICAL),
    ("老人摔了一跤站不起来", CrisisKind.MEDICAL),
    ("孕妇肚子疼", CrisisKind.MEDICAL),
    ("老人喘得厉害", CrisisKind.MEDICAL),
    ("你们再不来人我就死给你们看", CrisisKind.SELF_HARM),
    ("老师说孩子割手腕", CrisisKind.SELF_HARM),
    ("楼上有人要跳", CrisisKind.SELF_HARM),
    ("烧炕中煤烟了，头晕恶心", CrisisKind.MEDICAL),
    ("吃错药了", CrisisKind.MEDICAL),
    ("120", CrisisKind.MEDICAL),
    ("快救救我", CrisisKind.MEDICAL),
    ("打了120，人不来", CrisisKind.MEDICAL),
    ("120到现在还没到", CrisisKind.MEDICAL),
    ("救护车叫不来", CrisisKind.MEDICAL),
    ("救命啊，有人打我", CrisisKind.VIOLENCE),
    ("救命，着火了", CrisisKind.FIRE),
    ("家里煤气味道很大", CrisisKind.FIRE),
)
IN_NO_DANGER = (
    "想死你了",
    "笑死我了",
    "想死我妈了",
    "听说通渭有人自杀是真的吗",
    "门上贴封条了，万一着火咋办",
    "喝了酒精能杀毒吗",
    "被困在高速上三天了",
    "煤烟中毒咋预防",
    "我哥出车祸没了，遗体咋运回来",
)


@pytest.mark.parametrize(("words", "kind"), IN_DANGER, ids=range(len(IN_DANGER)))
def test_each_cry_gets_its_own_help(words: str, kind: CrisisKind) -> None:
    assert is_crisis(words) is kind


@pytest.mark.parametrize("words", IN_NO_DANGER, ids=range(len(IN_NO_DANGER)))
def test_figures_of_speech_and_hearsay_are_no_cry(words: str) -> None:
    assert is_crisis(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "老人刚咽气",
        "我爸昨晚走了，怎么办",
        "我妈没了，我在广州回不去",
        "给我爹过三周年行不行",
        "我孩子没了",
        "我娃他爷昨黑里走咧 咋弄哩",
        "死了人咋办",
    ],
    ids=range(7),
)
def test_a_bereaved_family_is_met_with_the_funeral_guidance_at_once(villager: Phone, words: str) -> None:
    assert "节哀" in villager.says(words)


@pytest.mark.parametrize(
    "words",
    [
        "我妈高血压药没了封着出不去",
        "我妈精神病药没了 闹得厉害",
        "我家老人走不动 怎么做核酸",
        "我爸工作没了",
        "我娃没了口罩咋办",
        "我孙子满月",
        "好想我去世的老伴",
    ],
    ids=range(7),
)
def test_nobody_is_condoled_with_whose_family_lives(villager: Phone, words: str) -> None:
    assert "节哀" not in villager.says(words)


@pytest.mark.parametrize("words", ["奶粉没了 咋办", "没吃的了 没人管", "我爸尿毒症今天要透析"], ids=range(3))
def test_who_lacks_food_or_medicine_is_told_whom_to_call_now(villager: Phone, words: str) -> None:
    reply = villager.says(words)

    assert "网格员" in reply
    assert "120" in reply


def test_a_number_that_was_not_offered_keeps_the_choice_open(villager: Phone) -> None:
    offered = villager.says("快递")

    assert "1." in offered
    assert "没有这个数字" in villager.says("9")
    assert "依据：" in villager.says("一")


def test_a_place_nobody_knows_keeps_the_choice_open(villager: Phone) -> None:
    villager.says("我的社区")

    assert "没找到这个地方" in villager.says("火星村")
    assert "中华路街道" in villager.says("1")


def test_the_whole_address_names_a_village(villager: Phone) -> None:
    assert "记下了：您在渭源县清源镇城关村" in villager.says("我住在甘肃省定西市渭源县清源镇城关村")


def test_after_a_request_to_say_it_again_a_bare_number_will_do(villager: Phone) -> None:
    villager.says("我家5口人，1个在外地，5个在家")

    assert "一共6人" in villager.says("6")
    assert "登记好了" in villager.says("对对对")


def test_a_parent_alone_is_no_complaint_about_us(villager: Phone) -> None:
    assert "让您等着急了" not in villager.says("我妈一个人在老家没人管，能不能找人看一下")


@pytest.mark.parametrize("words", ["喂有人没", "喂，在吗"], ids=range(2))
def test_who_calls_out_is_greeted(villager: Phone, words: str) -> None:
    assert villager.says(words).startswith("您好，我在")


def test_none_of_these_with_nothing_offered_is_no_question_for_the_staff(villager: Phone) -> None:
    assert "编号" not in villager.says("都不是")


@pytest.mark.parametrize("words", ["我的自行车链子掉了咋修", "洋芋现在一斤多少钱"], ids=range(2))
def test_what_is_no_matter_of_ours_is_said_to_be_none(villager: Phone, words: str) -> None:
    assert "这个我帮不上" in villager.says(words)


def test_a_single_choice_asks_once(villager: Phone) -> None:
    offered = villager.says("打工证明")

    assert offered.startswith("您是想问“")
    assert "？”吗？" not in offered


def test_eleven_is_a_number_and_no_hearty_yes(villager: Phone) -> None:
    villager.says("我家5口人")

    assert "一共11人" in villager.says("11")


def test_yes_to_nothing_registers_nobody(villager: Phone) -> None:
    villager.says("怎么报人数")

    assert "登记好了" not in villager.says("好的")


def test_why_one_should_be_counted_is_answered_every_time(villager: Phone) -> None:
    villager.says("我家5口人")

    assert "用于" in villager.says("登记人数干啥用")


def test_a_greeting_is_no_word_for_the_staff(villager: Phone) -> None:
    villager.says("人工")

    assert "编号" not in villager.says("你好")
    assert "已经交给工作人员" in villager.says("卡点晚上没人")
    assert "卡点晚上没人" in villager.says("我上次问的有结果了吗")


def test_deletion_is_confirmed_in_plain_words_and_called_off_likewise(villager: Phone) -> None:
    villager.says("删除")
    assert "不办了" in villager.says("不删了")

    villager.says("删除")
    assert "删好了" in villager.says("确定删")
