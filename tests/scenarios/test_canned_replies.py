"""A reply kept ready for a need, a complaint or a ceremony goes to whoever tells of one, and not to a question that names it."""

import pytest
from sqlalchemy import select

from bot import wording
from bot.runtime import Runtime
from bot.store.tables import ReportRow
from tests.scenarios.phone import Phone


@pytest.mark.parametrize(
    "words",
    [
        "癌症化疗着能打疫苗不",
        "透析病人能打疫苗不",
        "我妈化疗完能住养老院不",
        "我妈化疗回来要不要隔离",
        "透析病人核酸咋做",
    ],
    ids=range(5),
)
def test_a_patients_question_about_something_else_is_a_question(villager: Phone, words: str) -> None:
    assert "断了吃的" not in villager.says(words)


@pytest.mark.parametrize(
    "words", ["透析去不了", "我爸要透析，没车", "我妈化疗出不去咋办", "要去化疗能派车不"], ids=range(4)
)
def test_a_patient_who_cannot_get_there_is_told_whom_to_call(villager: Phone, words: str) -> None:
    assert "网格员" in villager.says(words)


@pytest.mark.parametrize(
    ("words", "article"),
    [
        ("隔壁老太太没人管", "独居老人没人照看"),
        ("哑巴流浪汉没人管", "看见流浪的人怎么帮"),
        ("村里有个疯子没人管", "看见流浪的人怎么帮"),
        ("封控区停水两天了没人管", "停水停电"),
    ],
)
def test_who_tells_of_others_nobody_looks_after_is_offered_what_helps(
    townsman: Phone, words: str, article: str
) -> None:
    assert article in townsman.says(words)


@pytest.mark.parametrize(
    "words", ["村口老两口没人管饭", "下水道堵了没人管", "街上有个精神不正常的人没人管"], ids=range(3)
)
def test_whoever_else_is_left_alone_it_is_no_word_about_us(villager: Phone, words: str) -> None:
    assert "让您等着急了" not in villager.says(words)


@pytest.mark.parametrize("words", ["没人管我", "打了电话没人管", "12345打不通"], ids=range(3))
def test_who_is_not_heard_is_told_that_we_are_sorry(villager: Phone, words: str) -> None:
    assert "让您等着急了" in villager.says(words)


@pytest.mark.parametrize(
    "words", ["能走亲戚不", "去邻县看亲戚行不", "我姨说她明天来我家住，要报备吗"], ids=range(3)
)
def test_visiting_ones_kin_is_no_ceremony(villager: Phone, words: str) -> None:
    reply = villager.says(words)

    assert reply != wording.WHICH_CUSTOM
    assert "节哀" not in reply


@pytest.mark.parametrize("words", ["三周年纸能烧不", "七月十五能烧纸不", "中元节能上坟不"], ids=range(3))
def test_whether_paper_may_be_burnt_is_asked_of_the_article_about_graves(villager: Phone, words: str) -> None:
    assert "能上坟烧纸吗" in villager.says(words)


@pytest.mark.parametrize("words", ["我奶奶昨晚走了，头七能烧纸不", "给我爹过三周年行不行"], ids=range(2))
def test_but_whoever_mourns_is_condoled_with(villager: Phone, words: str) -> None:
    assert "节哀" in villager.says(words)


@pytest.mark.parametrize(
    "words", ["谣言咋举报", "看到可疑的消息、谣言怎么办", "有人借疫情要钱是不是骗子"], ids=range(3)
)
def test_a_question_about_rumours_and_cheats_is_answered_and_no_rumour(
    villager: Phone, runtime: Runtime, words: str
) -> None:
    assert "依据：" in villager.says(words)
    with runtime.database.reading() as session:
        assert session.scalars(select(ReportRow)).all() == []
