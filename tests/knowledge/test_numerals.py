"""Numerals in Chinese characters: where they are numbers, and which."""

import pytest

from knowledge.numerals import parse_numeral, to_digits, to_rounded_digits, values_of


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("隔离三天", "隔离3天"),
        ("廿四号", "24号"),
        ("两千五百块", "2500块"),
        ("两千五块", "2500块"),
        ("十五个人", "15个人"),
        ("俩人", "2人"),
        ("第二针", "第2针"),
        ("二〇二二年", "2022年"),
        ("一起去", "一起去"),
        ("万一发烧", "万一发烧"),
        ("统一安排", "统一安排"),
        ("三四天", "三四天"),
        ("十五六个人", "十五六个人"),
        ("五六十人", "五六十人"),
        ("一亿两千万人", "120000000人"),
        ("十二两酒", "十二两酒"),
        ("周一十点", "周一10点"),
        ("周一十一点", "周一11点"),
        ("周一二十点", "周一20点"),
        ("星期一二十点", "星期一20点"),
        ("周一10点", "周一10点"),
        ("周五十号", "周五10号"),
        ("每周三十元", "每周30元"),
        ("初一十点", "初一10点"),
        ("统一二十号开学", "统一20号开学"),
        ("统一号令", "统一号令"),
        ("第一百货", "第1百货"),
    ],
)
def test_numerals_become_digits_only_where_they_count_something(words: str, digits: str) -> None:
    assert to_digits(words) == digits


@pytest.mark.parametrize(
    ("run", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("一百零五", 105),
        ("三万二", 32000),
        ("一亿两千万", 120_000_000),
        ("仨", 3),
        ("七八", None),
        ("十五六", None),
        ("五一十", None),
    ],
)
def test_a_numeral_has_one_value_or_none(run: str, value: int | None) -> None:
    assert parse_numeral(run) == value


@pytest.mark.parametrize(
    ("run", "values"),
    [
        ("三四", (3, 4)),
        ("三五", (3, 5)),
        ("一两", (1, 2)),
        ("十五六", (15, 16)),
        ("廿三四", (23, 24)),
        ("五六十", (50, 60)),
        ("两三千五", (2500, 3500)),
        ("一百零五六", (105, 106)),
        ("二〇二二", (2022,)),
        ("五一", ()),
    ],
)
def test_of_two_numbers_in_one_breath_either_may_be_meant(run: str, values: tuple[int, ...]) -> None:
    assert values_of(run) == values


@pytest.mark.parametrize(
    ("words", "digits"),
    [("十五六个人", "16个人"), ("五六十户", "60户"), ("三四天", "三四天"), ("十五个人", "15个人")],
)
def test_for_likeness_alone_the_second_of_two_numbers_is_near_enough(words: str, digits: str) -> None:
    assert to_rounded_digits(words) == digits
