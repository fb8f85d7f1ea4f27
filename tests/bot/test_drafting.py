"""The right wording for each risk level, each area named once, and none left out."""

from datetime import date

import pytest

from bot.drafting import KINDS, contents_of, split_by_risk
from bot.store.areas import Area, AreaKind, AreaTree, Risk
from broadcasts.bodies import Letter, LetterKind, bodies_for, sample_letters
from broadcasts.content import Channel, Content, Once
from tests.bot.places import (
    ANDING,
    AREAS,
    BEIJIE,
    HEPING,
    MAYING,
    OTHER_HEPING,
    PINGAN,
    PINGXIANG,
    PREFECTURE,
    TONGWEI,
    TREE,
)
from tests.broadcasts.builders import DUE, END

LETTERS = {letter.kind: letter for letter in sample_letters(day=date(2022, 7, 12))}


def drafted(
    letter: Letter, *codes: str, channels: tuple[Channel, ...] = tuple(Channel)
) -> tuple[Content, ...]:
    return contents_of(
        letter, TREE, area_codes=frozenset(codes), channels=channels, schedule=Once(DUE), valid_until=END
    )


def communities(codes: frozenset[str]) -> list[str]:
    return sorted(area.code for code in codes for area in TREE.communities_under(code))


def test_an_area_of_one_level_stays_whole() -> None:
    assert split_by_risk(TREE, frozenset({PINGXIANG.code})) == {Risk.HIGH: frozenset({PINGXIANG.code})}


def test_an_area_of_several_levels_is_taken_apart_as_far_as_needed() -> None:
    assert split_by_risk(TREE, frozenset({PREFECTURE.code})) == {
        Risk.HIGH: frozenset({PINGXIANG.code}),
        Risk.MEDIUM: frozenset({MAYING.code, PINGAN.code}),
        Risk.LOW: frozenset({BEIJIE.code}),
    }


def test_nobody_is_left_out_and_nobody_named_twice() -> None:
    split = split_by_risk(TREE, frozenset({PREFECTURE.code, TONGWEI.code, HEPING.code}))
    reached = {code for codes in split.values() for code in communities(codes)}
    assert reached == {area.code for area in TREE.communities()}
    assert sum(len(set(communities(codes))) for codes in split.values()) == len(reached)


def test_an_unknown_level_is_a_level_of_its_own() -> None:
    bare = AreaTree(
        Area(area.code, area.name, area.kind, area.parent_code)
        for area in AREAS
        if area.kind is not AreaKind.PREFECTURE
    )
    assert split_by_risk(bare, frozenset({HEPING.code})) == {None: frozenset({HEPING.code})}


@pytest.mark.parametrize("kind", list(LetterKind))
def test_a_closed_village_reads_what_holds_there(kind: LetterKind) -> None:
    letter = LETTERS[kind]
    contents = drafted(letter, TONGWEI.code, ANDING.code)
    for content in contents:
        for community in communities(content.audience.area_codes):
            risk = TREE.risk_of(community)
            assert risk is not None
            expected = bodies_for(letter, risk=risk.value)
            assert content.text_for(Channel.OFFICIAL_ACCOUNT) == expected.chat
            assert content.text_for(Channel.RELAY) == expected.group_text
    reached = [code for content in contents for code in communities(content.audience.area_codes)]
    assert sorted(reached) == sorted(area.code for area in TREE.communities())


def test_levels_that_read_alike_are_one_broadcast() -> None:
    letter = LETTERS[LetterKind.INITIATIVE]
    same = bodies_for(letter, risk="medium") == bodies_for(letter, risk="low")
    assert len(drafted(letter, OTHER_HEPING.code, BEIJIE.code)) == (1 if same else 2)


def test_every_letter_has_a_kind_of_broadcast() -> None:
    assert set(KINDS) == set(LetterKind)


def test_the_schedule_and_the_validity_are_taken_over() -> None:
    (content,) = drafted(LETTERS[LetterKind.FUNERAL], BEIJIE.code, channels=(Channel.RELAY,))
    assert (content.schedule, content.valid_until, content.channels) == (Once(DUE), END, (Channel.RELAY,))
    assert content.kind is KINDS[LetterKind.FUNERAL]
