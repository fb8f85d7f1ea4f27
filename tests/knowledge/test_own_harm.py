"""What somebody's own suffer is no rumour: a plea for help is not told that it is false."""

from datetime import date

import pytest

from knowledge.library import Library
from knowledge.rumours import Known, RumourCheck, Suspected, check_rumour

DAY = date(2022, 7, 14)


def check(desk: Library, text: str) -> RumourCheck:
    return check_rumour(text, library=desk, area_path=(), day=DAY)


@pytest.mark.parametrize(
    "text",
    [
        "我妈在通渭养老院发烧了没人管",
        "我爷在通渭养老院没人管",
        "我女儿打完疫苗得了白血病你们管不管",
        "我打完疫苗核酸阳性了",
        "我家单元门焊死了出不去",
    ],
)
def test_a_plea_that_resembles_a_claim_gets_no_verdict_and_is_not_asked_about_it(
    desk: Library, text: str
) -> None:
    found = check(desk, text)

    assert found.matches[0].score > 0.8
    assert not isinstance(found, Known)
    assert not (isinstance(found, Suspected) and found.nearly)


@pytest.mark.parametrize(
    "text",
    [
        "我妈说通渭养老院的老人全感染了没人管",
        "我姐听说打完疫苗得了白血病",
        "打疫苗会得白血病",
        "通渭县养老院全部感染了，我妈还住在那儿",
        "我刚憋了十秒一声没咳，这算没染上吧",
        "我妈病了，兽药伊维菌素能治新冠吗",
        "我阳了，喝白酒能杀病毒吗",
        "我奶奶被民政局的人骗走了银行卡",
        "我刚打了疫苗核酸阳性了，是不是疫苗打的",
    ],
)
def test_what_one_has_heard_or_asks_about_and_how_one_was_cheated_is_told_its_verdict(
    desk: Library, text: str
) -> None:
    assert isinstance(check(desk, text), Known)
