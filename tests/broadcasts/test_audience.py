"""Who a broadcast reaches, as a predicate and in words."""

import pytest

from broadcasts.audience import Audience, Exclusion, Reachability, describe, exclusion, reaches

PREFECTURE, COUNTY, OTHER_COUNTY, VILLAGE = "621100000000", "621121000000", "621122000000", "621121100201"
PATH = (PREFECTURE, COUNTY, "621121100000", VILLAGE)
HIGH = frozenset({"high_risk"})


@pytest.mark.parametrize("code", PATH)
def test_a_place_is_reached_through_every_area_it_lies_in(code: str) -> None:
    assert reaches(Audience(frozenset({code})), PATH)


def test_a_place_in_another_county_is_not_reached() -> None:
    assert not reaches(Audience(frozenset({OTHER_COUNTY})), PATH)


def test_an_audience_that_names_nothing_reaches_nobody() -> None:
    assert Audience().is_empty
    assert not reaches(Audience(), PATH, tags=HIGH)


def test_a_resident_without_a_known_place_is_in_no_area() -> None:
    assert not reaches(Audience(frozenset({PREFECTURE})), ())


@pytest.mark.parametrize(
    ("tags", "expected"), [(HIGH, True), (frozenset(), False), (frozenset({"other"}), False)]
)
def test_given_area_and_tags_both_must_hold(tags: frozenset[str], *, expected: bool) -> None:
    audience = Audience(frozenset({COUNTY}), HIGH)

    assert reaches(audience, PATH, tags=tags) is expected
    assert not reaches(audience, (PREFECTURE, OTHER_COUNTY), tags=tags)


def test_tags_alone_reach_every_area() -> None:
    assert reaches(Audience(tags=HIGH), (), tags=HIGH)


@pytest.mark.parametrize(
    ("resident", "reason"),
    [
        (Reachability(PATH), None),
        (Reachability((PREFECTURE, OTHER_COUNTY)), Exclusion.ELSEWHERE),
        (Reachability(PATH, following=False), Exclusion.NOT_FOLLOWING),
        (Reachability(PATH, opted_out=True), Exclusion.OPTED_OUT),
    ],
)
def test_who_gets_nothing_is_told_apart_by_reason(resident: Reachability, reason: Exclusion | None) -> None:
    assert exclusion(Audience(frozenset({COUNTY})), resident) is reason


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (Audience(), "nobody"),
        (Audience(frozenset({COUNTY, OTHER_COUNTY})), "everyone in 示例甲县、示例乙县"),
        (Audience(frozenset({"629999000000"})), "everyone in 629999000000"),
        (Audience(frozenset({COUNTY}), HIGH), "those tagged high_risk in 示例甲县"),
        (Audience(tags=HIGH), "those tagged high_risk in every area"),
    ],
)
def test_an_audience_is_put_into_words(audience: Audience, words: str) -> None:
    assert describe(audience, {COUNTY: "示例甲县", OTHER_COUNTY: "示例乙县"}) == words
