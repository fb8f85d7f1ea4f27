import pytest

from bot.households.numerals import parse_numeral


@pytest.mark.parametrize(
    ("run", "value"),
    [
        ("5", 5),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("廿", 20),
        ("廿三", 23),
        ("卅", 30),
        ("两", 2),
        ("俩", 2),
        ("仨", 3),
        ("一百八十七", 187),
        ("一百零三", 103),
        ("伍", 5),
        ("零", 0),
    ],
)
def test_a_number_is_read(run: str, value: int):
    assert parse_numeral(run) == value


@pytest.mark.parametrize("run", ["五六", "三四", "3五", "二〇二二", "13800000000"])
def test_what_is_not_one_number_has_no_value(run: str):
    assert parse_numeral(run) is None
