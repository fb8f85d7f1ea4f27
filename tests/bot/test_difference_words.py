import pytest

from bot.difference_words import Speakers, in_words

YOU = Speakers(message="您", known="这条")


@pytest.mark.parametrize(
    ("difference", "told"),
    [
        ("地点不同:渭源/通渭", "地点不同：您说“渭源”，这条说“通渭”"),
        ("地点不同:渭源/没说哪里", "地点不同：您说“渭源”，这条没说哪里"),
        ("一个说“不封”，一个说“封”", "您说“不封”，这条说“封”"),
        ("一个说“85比45”，一个说“45比85”", "您说“85比45”，这条说“45比85”"),
        ("一个说“83”，一个说“90”", "数字不同"),
        ("一个说“早上”，一个说“90”", "数字不同"),
        ("来话多了“儿童”", "您多了“儿童”"),
        ("别的什么", "别的什么"),
    ],
)
def test_each_side_is_called_by_its_name(difference: str, told: str) -> None:
    assert in_words(difference, YOU) == told
