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
    ("120", CrisisKind.MEDICAL),
    ("快救救我", CrisisKind.MEDICAL),
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
)


@pytest.mark.parametrize(("words", "kind"), IN_DANGER, ids=range(len(IN_DANGER)))
def test_each_cry_gets_its_own_help(words: str, kind: CrisisKind) -> None:
    assert is_crisis(words) is kind


@pytest.mark.parametrize("words", IN_NO_DANGER, ids=range(len(IN_NO_DANGER)))
def test_figures_of_speech_and_hearsay_are_no_cry(words: str) -> None:
    assert is_crisis(words) is None


@pytest.mark.parametrize(
    "words",
    ["老人刚咽气", "我爸昨晚走了，怎么办", "我妈没了，我在广州回不去", "给我爹过三周年行不行"],
    ids=range(4),
)
def test_a_bereaved_family_is_met_with_the_funeral_guidance_at_once(villager: Phone, words: str) -> None:
    assert "节哀" in villager.says(words)


@pytest.mark.parametrize(
    "words",
    ["我妈高血压药没了封着出不去", "我妈精神病药没了 闹得厉害", "我家老人走不动 怎么做核酸", "我爸工作没了"],
    ids=range(4),
)
def test_nobody_is_condoled_with_whose_family_lives(villager: Phone, words: str) -> None:
    assert "节哀" not in villager.says(words)
