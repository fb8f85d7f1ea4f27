"""Who passes on a known claim in plain words, or wants it confirmed, is shown the claim; ordinary talk and plain questions are left alone."""

import pytest

from tests.scenarios.phone import Phone

SEE_IT = "看核实结果"
TOLD = (
    ("等天热了病毒自己就没有了", "天气一热新冠病毒自己就没了"),
    ("这阵子不准办丧事，人一走就直接拉走了", "疫情期间不准办丧事，人走了只能直接拉走"),
)
TO_BE_CONFIRMED = (
    ("漳县的学校全改网课了，是不是", "漳县所有学校改上网课"),
    ("漳县的学校全改网课了，对不对", "漳县所有学校改上网课"),
    ("退烧药全下架了，是不是", "退烧药全部下架"),
)
LEFT_ALONE = (
    "天热了人都不想动",
    "等天热了我们去洗衣服",
    "今天核酸排队腿都站麻了",
    "疫苗我打了，胳膊疼",
    "学校里娃娃都上网课呢",
    "我家娃在家上网课",
    "村里丧事都办得简单",
    "喝点白酒暖和",
    "消毒水味道大得很",
    "高血压药我天天吃着",
    "我巡楼发现封控单元里困着个外地推销员，没亲没友没铺盖，该把他往哪安置",
    "回来要登记，是不是",
    "去县上要核酸，对吧",
    "疫苗六十岁以上能打，是不是",
    "漳县的学校是不是在上课",
    "你们是民政局的，是吧",
)


@pytest.mark.parametrize(("words", "claim"), [*TOLD, *TO_BE_CONFIRMED], ids=range(5))
def test_who_says_what_a_claim_says_is_asked_whether_it_is_that(
    townsman: Phone, words: str, claim: str
) -> None:
    reply = townsman.says(words)

    assert claim in reply
    assert SEE_IT in reply
    assert "【" in townsman.says("1")


def test_what_is_to_be_confirmed_in_the_claims_own_words_gets_its_verdict(townsman: Phone) -> None:
    assert townsman.says("漳县的学校改网课了，是不是").startswith("【不实】")


@pytest.mark.parametrize("words", LEFT_ALONE, ids=range(len(LEFT_ALONE)))
def test_ordinary_talk_and_plain_questions_are_shown_no_claim(townsman: Phone, words: str) -> None:
    reply = townsman.says(words)

    assert SEE_IT not in reply
    assert "核实" not in reply


def test_an_article_that_answers_the_doubt_itself_stands_below_the_note(townsman: Phone) -> None:
    reply = townsman.says("有人发链接说交钱就给补贴，是不是骗子啊")

    assert "还没有核实" in reply
    assert "不点陌生链接" in reply
    assert "依据：" in reply


def test_an_article_that_only_touches_on_the_rumour_is_a_number_away(townsman: Phone) -> None:
    reply = townsman.says("听说多吃大蒜就不得新冠，真的吗")

    assert "依据：" not in reply
