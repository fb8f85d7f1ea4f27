import pytest

from knowledge.courtesies import load_courtesies
from knowledge.text import normalise


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("请问去哪达做核酸呢？", "去哪达做核酸?"),
        ("您好，我想问一下班车开着没？谢谢你们啦！", "班车开着没?"),
        ("麻烦您说一下，老人走了咋办啊", "老人走了咋办"),
        ("老师你好，酒席能摆几桌呀谢谢", "酒席能摆几桌"),
        ("请问下午能做核酸吗", "下午能做核酸吗"),
        ("请问一下午都没人接", "一下午都没人接"),
        ("请问下葬能去几个人", "下葬能去几个人"),
        ("问一下大家庭能不能聚", "大家庭能不能聚"),
    ],
)
def test_courtesies_around_a_question_are_not_part_of_it(said: str, question: str) -> None:
    assert load_courtesies().taken_from(normalise(said)) == question


@pytest.mark.parametrize(
    "said",
    [
        "想问下周发不发菜",
        "我想问题啥时候能解决",
        "你好像发烧了",
        "大家好多天没下楼了",
        "要问问医生才能吃药吗",
        "怎么跟大夫说谢谢",
        "感谢信在哪里看",
    ],
)
def test_no_word_is_cut_in_two_for_courtesy(said: str) -> None:
    assert load_courtesies().taken_from(normalise(said)) == said
