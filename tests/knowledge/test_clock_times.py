"""Times of day as people write them: with a colon, with minutes, in words."""

import pytest

from knowledge.contradiction import compare
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.text import Segmenter, normalise


@pytest.fixture(scope="module")
def profiler(segmenter: Segmenter) -> Profiler:
    return Profiler(segmenter, Places())


def differences(profiler: Profiler, *texts: str) -> tuple[str, ...]:
    left, right = (profiler.known(text).statement for text in texts)
    return compare(left, right)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("今晚8:00封路", "今晚8点封路"),
        ("今晚20：30封路", "今晚20点30分封路"),
        ("8:30-12:00开门", "8点30分-12点开门"),
        ("6:05的车", "6点5分的车"),
    ],
)
def test_a_time_with_a_colon_has_the_normal_form_of_a_spoken_one(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@pytest.mark.parametrize(
    "typed",
    ["84消毒液1:50兑水", "按1:100稀释", "比例3:10", "比分2:03:15", "85:30", "1:29的84水", "房号12:345"],
)
def test_a_ratio_is_no_time(typed: str) -> None:
    assert "点" not in normalise(typed)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("今晚8:30开始封城", "今晚九点开始封城"),
        ("今晚20:00封城", "今晚22:00封城"),
        ("早上8:00到校", "早上8:20到校"),
        ("早上八点一刻到校", "早上八点三刻到校"),
        ("憋气十秒就没事", "憋气20秒就没事"),
    ],
)
def test_two_times_differ_however_they_are_written(left: str, right: str, profiler: Profiler) -> None:
    assert differences(profiler, left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("今晚8:30开始封城", "今晚八点半开始封城"),
        ("今晚20:00开始封城", "今晚八点开始封城"),
        ("早上8点半到校", "早上8点30分到校"),
        ("早上八点三十分到校", "早上8:30到校"),
        ("早上八点一刻到校", "早上8:15到校"),
        ("晚上8:20熄灯", "20:20熄灯"),
        ("憋气十秒就没事", "憋气10秒就没事"),
    ],
)
def test_one_time_is_the_same_however_it_is_written(left: str, right: str, profiler: Profiler) -> None:
    assert differences(profiler, left, right) == ()


def test_what_differs_is_said_in_hours_and_minutes(profiler: Profiler) -> None:
    assert "8点20分" in differences(profiler, "早上8:20到校", "早上9:00到校")[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [("八点半开门", "8:30开门"), ("十秒", "10秒"), ("五块钱", "5块钱"), ("晚上八点", "晚上8:00")],
)
def test_for_likeness_a_number_is_one_however_it_is_written(
    one: str, other: str, segmenter: Segmenter
) -> None:
    assert segmenter.read(one).canonical == segmenter.read(other).canonical


@pytest.mark.parametrize("words", ["有一点咳嗽", "差一点", "隔离点在哪里", "几点开门"])
def test_a_little_and_together_are_no_numbers(words: str, segmenter: Segmenter) -> None:
    assert not any(char.isdigit() for char in segmenter.read(words).canonical)
