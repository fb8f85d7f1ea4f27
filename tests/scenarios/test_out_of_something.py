"""没了 of flour is a want, of a person a death: nobody whose larder is empty is condoled with, and every mourner is."""

import pytest

from bot import wording
from tests.scenarios.phone import Phone

FUNERAL_GUIDANCE = "【白事简办提示】"
IN_NEED = wording.IN_NEED[:12]
OUT_OF_FOOD_OR_MEDICINE = (
    "屋里面没了油也没了，谁能给送一下",
    "药没了，谁能给送一下",
    "白面没了，能给我家送点不",
    "菜没了，谁能给送一下",
    "油没了，谁能给送一下",
    "盐没了，能送不",
    "我妈的药没了，谁能给捎一下",
    "水没了，人和羊都没喝的",
    "煤没了，炕烧不热，老人冷得很",
    "柴火没了，没法做饭",
    "娃奶粉没了",
    "尿不湿没了咋办",
)
OUT_OF_SOMETHING_ELSE = (
    "钱没了",
    "电没了",
    "信号没了",
    "手机没了",
    "我爸工作没了",
    "我娃没了口罩咋办",
    "人都拉走了，羊没人喂",
)
BEREAVED = (
    "我爸昨晚走了，怎么办",
    "我妈没了，我在广州回不去",
    "我孩子没了",
    "老人没了，咋办",
    "二舅没了，能去送不",
    "我嫂子夜里没了，咋埋",
    "我爷今早没了",
    "家里老人走了，能摆席不",
    "人没了咋埋",
    "老伴也没了",
)


@pytest.mark.parametrize("words", OUT_OF_FOOD_OR_MEDICINE, ids=range(len(OUT_OF_FOOD_OR_MEDICINE)))
def test_who_is_out_of_something_to_live_on_hears_whom_to_call(townsman: Phone, words: str) -> None:
    reply = townsman.says(words)

    assert "节哀" not in reply
    assert reply.startswith(IN_NEED)


@pytest.mark.parametrize("words", OUT_OF_SOMETHING_ELSE, ids=range(len(OUT_OF_SOMETHING_ELSE)))
def test_who_is_out_of_something_else_is_not_condoled_with(townsman: Phone, words: str) -> None:
    reply = townsman.says(words)

    assert "节哀" not in reply
    assert "去世" not in reply


@pytest.mark.parametrize("words", BEREAVED, ids=range(len(BEREAVED)))
def test_who_is_bereaved_is_condoled_with(townsman: Phone, words: str) -> None:
    assert "节哀" in townsman.says(words)


@pytest.mark.parametrize("words", ["这会儿能出去不", "盐没了咋办", "健康码没了"], ids=range(3))
def test_who_speaks_of_no_death_is_offered_nothing_on_the_dead_on_a_slight_chance(
    townsman: Phone, words: str
) -> None:
    reply = townsman.says(words)

    assert "殡仪馆" not in reply
    assert "丧事" not in reply
    assert "亲人走了" not in reply
