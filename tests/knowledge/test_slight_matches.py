"""A verdict is not repeated to whoever shares no more than its subject with a claim, however sure the judge is."""

from datetime import date

import pytest

from knowledge.library import Library
from knowledge.rumours import Known, RumourCheck, check_rumour

DAY = date(2022, 7, 14)


def check(desk: Library, text: str) -> RumourCheck:
    return check_rumour(text, library=desk, area_path=(), day=DAY)


@pytest.mark.parametrize(
    "text",
    [
        "听说伊维菌素能治牛身上的虫",
        "听说民政局派人上门给老人送菜",
        "民政局开通微信预约结婚",
        "听说喝罐罐茶睡不着觉",
    ],
)
def test_the_subject_alone_is_not_the_claim(desk: Library, text: str) -> None:
    found = check(desk, text)

    assert found.matches[0].slight
    assert not isinstance(found, Known)


@pytest.mark.parametrize(
    "text",
    [
        "听说伊维菌素人吃了能治新冠",
        "民政局派人上门给老人办防疫补贴，要收走身份证和银行卡",
        "都说喝罐罐茶能把新冠病毒杀死",
        "听说大蒜能防新冠",
    ],
)
def test_who_says_most_of_it_gets_the_verdict(desk: Library, text: str) -> None:
    found = check(desk, text)

    assert isinstance(found, Known)
    assert not found.best.slight
