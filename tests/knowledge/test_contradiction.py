import json
from pathlib import Path

import pytest

from knowledge.contradiction import differences
from knowledge.places import Places

FLIPS = Path(__file__).parent.parent / "data" / "meaning_flips.jsonl"
PLACES = Places(["定西市", "安定区", "通渭县", "临洮县", "巉口镇", "文峰镇", "福台社区居民委员会"])


def labelled(*, flipped: bool) -> list[tuple[str, str]]:
    rows = [json.loads(line) for line in FLIPS.read_text(encoding="utf-8").splitlines()]
    return [(row["left"], row["right"]) for row in rows if row["flipped"] is flipped]


@pytest.mark.parametrize(("left", "right"), labelled(flipped=True))
def test_a_flipped_meaning_is_noticed_from_both_sides(left: str, right: str) -> None:
    assert differences(left, right, places=PLACES)
    assert differences(right, left, places=PLACES)


@pytest.mark.parametrize(("left", "right"), labelled(flipped=False))
def test_an_honest_paraphrase_is_not_vetoed(left: str, right: str) -> None:
    assert differences(left, right, places=PLACES) == ()


def test_a_text_never_differs_from_itself() -> None:
    for left, right in labelled(flipped=True):
        assert differences(left, left, places=PLACES) == ()
        assert differences(right, right, places=PLACES) == ()


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("隔离3天", "隔离三十天", "数量不同:3天/30天"),
        ("临洮停班车了", "通渭县停班车了", "地点不同:临洮/通渭"),
        ("7月15日开学", "7月20日开学", "日期不同:7月15日/7月20日"),
        ("结果是阳性", "结果是阴性", "检测结果不同:阳性/阴性"),
    ],
)
def test_a_difference_is_said_in_words_for_people(left: str, right: str, said: str) -> None:
    assert differences(left, right, places=PLACES) == (said,)


def test_a_place_only_one_side_names_is_no_difference() -> None:
    assert differences("通渭县能出门吗", "能不能出门", places=PLACES) == ()


def test_the_long_and_the_short_name_of_a_place_are_one() -> None:
    assert PLACES.named_in("从临洮县到临洮") == {"临洮"}


def test_an_area_tree_name_ending_in_the_office_is_found_as_people_say_it() -> None:
    assert PLACES.named_in("福台社区今天核酸吗") == {"福台社区"}


def test_a_yes_no_question_contradicts_neither_yes_nor_no() -> None:
    assert differences("孕妇能打疫苗吗", "孕妇不能打疫苗", places=PLACES) == ()
