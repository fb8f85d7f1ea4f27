"""What is known of one county is not told of whichever town somebody calls "ours": it is shown, and they say whether it is meant."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.article import Scope
from knowledge.claim_seeds import sample_claims
from knowledge.library import Library
from knowledge.rumours import Known, RumourCheck, Suspected, check_rumour
from knowledge.text import Segmenter

DAY = date(2022, 7, 14)
DINGXI = ("定西市", "安定区", "通渭县", "陇西县", "渭源县", "临洮县", "漳县", "岷县")
MARKET, LINTAO = "临洮县城超市全部断货，买不到菜", "621124"


@pytest.fixture(scope="module")
def placed(segmenter: Segmenter) -> Library:
    return Library.build((), sample_claims(day=DAY), segmenter=segmenter, places=DINGXI)


def check(desk: Library, text: str, *area_path: str) -> RumourCheck:
    return check_rumour(text, library=desk, area_path=area_path, day=DAY)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("县城超市全部断货，买不到菜", "临洮"),
        ("我们这超市买不到菜了", "临洮"),
        ("听说养老院老人全感染了", "通渭"),
        ("高风险区足不出户物资送上门", "通渭"),
    ],
)
def test_a_message_that_names_no_place_is_asked_whether_it_is_this_one(
    placed: Library, text: str, place: str
) -> None:
    found = check(placed, text)

    assert isinstance(found, Suspected)
    assert found.meant is not None
    assert found.meant.unplaced == place


@pytest.mark.parametrize(
    "text", [MARKET, "听说通渭养老院老人全感染了", "听说盐要涨价了", "从外市回定西要48小时核酸"]
)
def test_the_place_named_or_none_in_the_claim_it_is_known(placed: Library, text: str) -> None:
    assert isinstance(check(placed, text), Known)


def test_where_staff_gave_the_claim_its_county_those_who_live_there_need_not_name_it(placed: Library) -> None:
    claim = next(claim for claim in placed.claims.values() if claim.text == MARKET)
    scoped = placed.copy()
    scoped.publish_claim(replace(claim, scope=Scope(LINTAO)))

    assert isinstance(check(scoped, "县城超市全部断货，买不到菜", "621100", LINTAO), Known)
    assert not isinstance(check(scoped, "县城超市全部断货，买不到菜", "621100", "621102"), Known)


def test_a_copy_for_their_county_is_told_though_another_is_for_all(placed: Library) -> None:
    claim = next(claim for claim in placed.claims.values() if claim.text == MARKET)
    copied = placed.copy()
    copied.publish_claim(replace(claim, id="market-of-lintao", scope=Scope(LINTAO)))

    found = check(copied, "县城超市全部断货，买不到菜", "621100", LINTAO)

    assert isinstance(found, Known)
    assert found.best.claim.id == "market-of-lintao"
