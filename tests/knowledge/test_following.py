"""A question that leans on the one before it: what is new in it, and the whole of it said in full."""

import pytest

from knowledge.following import InFull, leaning, said_in_full
from knowledge.places import Places


@pytest.mark.parametrize(
    ("said", "new"),
    [
        ("那从上海呢", "从上海"),
        ("孩子呢", "孩子"),
        ("上海回来的呢", "上海回来"),
        ("要是老人的话呢", "老人"),
        ("老人也要吗", "老人"),
        ("那孕妇能行不", "孕妇"),
        ("坐飞机也一样吗", "坐飞机"),
    ],
)
def test_what_is_new_is_what_stands_between_and_and_the_particle(said: str, new: str) -> None:
    assert leaning(said) == new


@pytest.mark.parametrize(
    "said",
    [
        "从上海回来要隔离吗",
        "人呢",
        "你们人呢",
        "那咋办呢",
        "那啥时候解除呢",
        "那几天呢",
        "然后呢",
        "真的呢",
        "那要做核酸吗",
        "好的",
        "",
        "那上海呢,北京呢",
    ],
)
def test_a_message_of_its_own_leans_on_nothing(said: str) -> None:
    assert leaning(said) is None


PLACES = Places(("定西市", "安定区", "临洮县"))


@pytest.mark.parametrize(
    ("new", "before", "full"),
    [
        ("从上海", "从兰州回来要隔离吗", "从上海回来要隔离吗"),
        ("临洮", "安定区核酸在哪做？", "临洮核酸在哪做"),
        ("从高风险区回来", "从兰州回来要隔离吗", "从高风险区回来要隔离吗"),
        ("孩子", "老人能打疫苗吗", "孩子能打疫苗吗"),
        ("红事", "村里能办白事吗", "村里能办红事吗"),
    ],
)
def test_it_takes_the_place_of_what_it_excludes(new: str, before: str, full: str) -> None:
    assert said_in_full(new, before, places=PLACES) == InFull(full, exchanged=True)


@pytest.mark.parametrize("new", ["坐火车", "小孩子", "打了疫苗"])
def test_what_excludes_nothing_narrows_the_question(new: str) -> None:
    full = said_in_full(new, "从兰州回来要隔离吗", places=PLACES)

    assert full == InFull(f"{new}从兰州回来要隔离吗", exchanged=False)
