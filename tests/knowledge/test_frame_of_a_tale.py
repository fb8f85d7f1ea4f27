"""What frames a tale ("today I heard …, is it true?") is left out of what is compared; where no tale is told, it is said itself."""

from datetime import date

import pytest

from knowledge.claim import Claim, Verdict
from knowledge.cues import load_cues
from knowledge.library import Library
from knowledge.rumours import Known, check_rumour
from knowledge.text import Segmenter

DAY = date(2022, 7, 14)
FALSE_CLAIMS = (
    Claim("seeds", "种子站卖的玉米种子是假的", Verdict.FALSE, ""),
    Claim("bus", "明天起县里的班车停运", Verdict.FALSE, ""),
)


@pytest.fixture(scope="module")
def told(segmenter: Segmenter) -> Library:
    return Library.build((), FALSE_CLAIMS, segmenter=segmenter)


@pytest.mark.parametrize(
    "text",
    [
        "种子站卖的玉米种子是假的",
        "听说种子站卖的玉米种子是假的，真的吗",
        "今天听说明天起县里的班车停运",
        "今天，群里说明天起县里的班车停运，是真的吗",
        "昨天听人说，明天起县里的班车停运",
        "今早听邻居讲明天起县里的班车停运",
    ],
)
def test_the_frame_of_a_tale_changes_nothing(told: Library, text: str) -> None:
    assert isinstance(check_rumour(text, library=told, area_path=(), day=DAY), Known)


@pytest.mark.parametrize("text", ["种子站卖的玉米种子是真的", "今天起县里的班车停运"])
def test_the_same_words_where_nothing_is_passed_on_are_said_of_the_thing_itself(
    told: Library, text: str
) -> None:
    assert not isinstance(check_rumour(text, library=told, area_path=(), day=DAY), Known)


@pytest.mark.parametrize(
    "text",
    [
        "昨晚有人被打了",
        "早上听课去了",
        "刚听见枪响",
        "昨天群里传达了封村的通知",
        "昨天听老师讲课的孩子发烧",
        "早上有人说错了话",
        "昨晚听到隔壁有人喊救命",
        "昨天听到医生说我爸阳性",
    ],
)
def test_when_it_happened_is_no_frame(text: str) -> None:
    assert load_cues().core(text) == text
