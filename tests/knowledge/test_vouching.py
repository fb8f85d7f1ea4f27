"""A verdict that says "true" is not given to whoever adds a fee, a ban or a number to the claim; the claim is shown."""

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
        "进村的人和车要登记测温，还要交10块钱，真的吗",
        "进小区要登记测温，老人不让进",
        "从外市回定西凭48小时核酸还要隔离7天",
        "通渭高风险区学校改上网课，要交钱",
        "84和洁厕灵混用没事，真的吗",
        "通渭县高风险区足不出户，没人送菜，真的吗",
    ],
)
def test_what_is_added_to_a_true_claim_is_not_vouched_for(desk: Library, text: str) -> None:
    found = check(desk, text)

    assert isinstance(found, Suspected)


@pytest.mark.parametrize(
    "text",
    [
        "进村进小区的人和车都要登记、测温、验码，是真的吗",
        "听说从外市回定西要48小时核酸",
    ],
)
def test_a_true_claim_in_other_words_is_confirmed(desk: Library, text: str) -> None:
    assert isinstance(check(desk, text), Known)


def test_what_is_added_to_a_false_claim_takes_nothing_away(desk: Library) -> None:
    assert isinstance(check(desk, "听说喝醋能杀病毒，要交钱报名学"), Known)
