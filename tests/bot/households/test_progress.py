from datetime import UTC, datetime, timedelta

from bot.households.headcount import Headcount
from bot.households.progress import SMALL_CELL, CommunityProgress, summarise
from bot.households.register import Entry, Source, current

NOON = datetime(2022, 7, 12, 4, tzinfo=UTC)
VILLAGE = "621121100200"


def entry(
    number: int, headcount: Headcount, *, household: int | None = None, source: Source = Source.SELF
) -> Entry:
    return Entry(
        source=source,
        community_code=VILLAGE,
        respondent=f"r{number}",
        headcount=headcount,
        entered_at=NOON + timedelta(minutes=number),
        household_code=None
        if source is Source.TALLY
        else f"H{household if household is not None else number}",
        households=52 if source is Source.TALLY else 1,
    )


FIVE = Headcount(total=5, present=3, away=2, children=1)


def test_a_community_is_summed_from_its_households():
    register = current([entry(1, FIVE), entry(2, Headcount(total=2, elderly=2))])
    assert summarise(register, {VILLAGE: 9}) == (
        CommunityProgress(
            community_code=VILLAGE,
            households_known=9,
            households_answered=2,
            people=7,
            present=3,
            away=2,
            children=1,
            elderly=2,
            conflicts=0,
        ),
    )


def test_a_disputed_household_is_a_conflict_and_in_no_sum():
    register = current([entry(1, FIVE, household=1), entry(2, Headcount(total=6), household=1)])
    (row,) = summarise(register, {VILLAGE: 9})
    assert (row.households_answered, row.people, row.conflicts) == (0, 0, 1)


def test_a_tally_is_shown_beside_the_people_and_never_among_them():
    tally = entry(3, Headcount(total=187), source=Source.TALLY)
    (row,) = summarise(current([entry(1, FIVE), tally]), {VILLAGE: 52})
    assert (row.people, row.tally_people, row.tally_households) == (5, 187, 52)


def test_a_community_nobody_answered_from_is_still_listed():
    (row,) = summarise(current([]), {VILLAGE: 9}, hide_small_cells=True)
    assert (row.households_known, row.households_answered, row.people) == (9, 0, 0)


def test_an_answer_from_an_unlisted_community_is_not_lost():
    (row,) = summarise(current([entry(1, FIVE)]), {})
    assert (row.households_known, row.people) == (0, 5)


def test_fewer_than_five_households_hide_their_people_but_not_their_coverage():
    few = current([entry(number, FIVE) for number in range(SMALL_CELL - 1)])
    (row,) = summarise(few, {VILLAGE: 9}, hide_small_cells=True)
    assert (row.households_answered, row.people, row.present, row.away) == (4, None, None, None)
    assert (row.children, row.elderly) == (None, None)


def test_five_households_are_enough_to_be_shown():
    enough = current([entry(number, FIVE) for number in range(SMALL_CELL)])
    (row,) = summarise(enough, {VILLAGE: 9}, hide_small_cells=True)
    assert row.people == 25
