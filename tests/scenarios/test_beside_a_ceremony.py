"""What a family asks beside the news of a death or a wedding is not lost in the whole guidance; nobody else is condoled with."""

import pytest

from bot import wording
from tests.scenarios.phone import Phone

FUNERAL_GUIDANCE, WEDDING_GUIDANCE = "【白事简办提示】", "【红事缓办提示】"


@pytest.mark.parametrize(
    ("words", "article"),
    [
        ("我丈人殁了，从银川能回来奔丧吗", "能回去奔丧吗"),
        ("我大爷走了 我在乌鲁木齐回得来不", "能回去奔丧吗"),
        ("外公去世了，丧事最多让来几个人", "丧事最多能来多少人"),
        ("婆婆去世了，殡葬费用能减不", "基本服务费可以减免"),
        ("我伯去世了 家在临洮高风险区 没人拉", "在高风险区，家里人去世了"),
        ("我奶奶去世五年了，能上坟不", "能上坟烧纸"),
        ("我老伴去世了，心里过不去", "心里过不去怎么办"),
        ("我叔阳了以后去世了，遗体咋处理", "在高风险区，家里人去世了"),
        ("我舅舅去世了，丧事能请乐队吗", "请乐队、唱戏、做大道场"),
    ],
    ids=range(9),
)
def test_a_mourner_who_asks_something_is_condoled_with_and_shown_its_article(
    townsman: Phone, words: str, article: str
) -> None:
    reply = townsman.says(words)

    assert "节哀" in reply
    assert article in reply
    assert "回“白事”" in reply
    assert FUNERAL_GUIDANCE not in reply


def test_the_number_opens_the_answer_and_the_word_the_whole_guidance(townsman: Phone) -> None:
    told = "我大爷走了 我在乌鲁木齐回得来不"
    townsman.says(told)
    answer = townsman.says("1")
    townsman.says(told)

    assert "依据：" in answer
    assert FUNERAL_GUIDANCE not in answer
    assert townsman.says("白事").startswith(FUNERAL_GUIDANCE)


def test_sympathy_is_said_once(townsman: Phone) -> None:
    assert townsman.says("我外婆去世了，在外地能回去奔丧吗").count("节哀") == 1


@pytest.mark.parametrize(
    "words", ["我爷爷昨晚殁了，现在该咋办", "我妈走了，想摆几桌送送", "我大没了 要给谁说"], ids=range(3)
)
def test_who_only_tells_of_a_death_is_told_all(townsman: Phone, words: str) -> None:
    reply = townsman.says(words)

    assert FUNERAL_GUIDANCE in reply
    assert "回“人工”" not in reply


def test_what_no_article_answers_may_go_to_the_staff(townsman: Phone) -> None:
    reply = townsman.says("我爷爷去世了，能不能放炮")

    assert FUNERAL_GUIDANCE in reply
    assert "回“人工”" in reply
    assert "接亲" not in reply


@pytest.mark.parametrize(
    "words",
    [
        "我表哥在殡仪馆上班，能跟他一起吃饭不",
        "丧葬费怎么领",
        "想结婚，说不上媳妇",
        "结婚要多大",
        "现在彩礼要多少合适",
        "同学结婚在渭源，能去不",
        "我是做席的大厨，还能接活不",
        "隔壁村有人偷着办酒席，往哪举报",
        "一桌能坐几个人",
    ],
    ids=range(9),
)
def test_what_is_no_ceremony_of_ones_own_is_a_plain_question(townsman: Phone, words: str) -> None:
    reply = townsman.says(words)

    assert "节哀" not in reply
    assert FUNERAL_GUIDANCE not in reply
    assert WEDDING_GUIDANCE not in reply
    assert reply != wording.WHICH_CUSTOM


@pytest.mark.parametrize(
    ("words", "article"),
    [("结婚要不要给村里报备", "红白事要报备吗"), ("我是给人做席的厨子 能不能接活", "流动席棚")],
    ids=range(2),
)
def test_what_an_article_says_of_a_feast_is_shown(townsman: Phone, words: str, article: str) -> None:
    assert article in townsman.says(words)


@pytest.mark.parametrize(
    "words",
    ["我外甥腊月结婚咋弄", "我和对象腊月结婚，要注意啥", "我侄子下月办喜事，日子都看好了"],
    ids=range(3),
)
def test_who_only_tells_of_a_wedding_is_told_all(townsman: Phone, words: str) -> None:
    assert WEDDING_GUIDANCE in townsman.says(words)
