"""倡议书, 红白事, and one's own wedding or funeral: the text that holds here today, with kindness."""

from tests.scenarios.phone import Phone


def test_the_letter_of_ones_own_area_comes_with_source_and_day(villager: Phone, townsman: Phone) -> None:
    closed, open_ = villager.says("倡议书"), townsman.says("倡议书")

    assert "足不出户" in closed
    assert "高风险区" not in open_.splitlines()[0]
    for letter in (closed, open_):
        assert "依据：" in letter
        assert "截至2022年7月14日" in letter


def test_a_wedding_in_the_family_is_congratulated_and_helped(villager: Phone) -> None:
    reply = villager.says("我儿子下月初六结婚，席都订好了咋办")

    assert "恭喜" in reply
    assert "不实" not in reply


def test_a_death_in_the_family_is_met_with_condolence_and_never_with_wedding_words(townsman: Phone) -> None:
    reply = townsman.says("我奶奶今早走了，想办个席送送")

    assert "节哀" in reply
    assert "恭喜" not in reply


def test_asking_for_both_customs_asks_which(townsman: Phone) -> None:
    asked = townsman.says("红白事")

    assert "1. 红事" in asked
    assert "节哀" in townsman.says("2")


def test_words_choose_a_custom_as_well_as_numbers(townsman: Phone) -> None:
    townsman.says("红白事")

    assert "恭喜" in townsman.says("红事")


def test_who_is_vexed_to_death_is_neither_condoled_nor_told_of_funerals(villager: Phone) -> None:
    for vexed in ("急死人了核酸结果咋还不出来", "热死人了咋弄电扇", "愁死人了洋芋咋卖"):
        reply = villager.says(vexed)

        assert "节哀" not in reply
        assert "白事" not in reply


def test_who_complains_of_the_village_is_not_sent_the_letter(villager: Phone) -> None:
    letter = villager.says("倡议书")

    for complaint in ("我要告我们队长乱摊派", "发给居民的消毒液呢"):
        assert villager.says(complaint) != letter
