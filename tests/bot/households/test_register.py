from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations, product

import pytest

from bot.errors import Conflict
from bot.households.headcount import Headcount
from bot.households.register import TRANSITIONS, Entry, Source, State, current, move

NOON = datetime(2022, 7, 12, 4, tzinfo=UTC)
VILLAGE = "621121100200"


def entry(respondent: str, total: int, *, minute: int = 0, code: str | None = "H07") -> Entry:
    return Entry(
        source=Source.SELF,
        community_code=VILLAGE,
        respondent=respondent,
        headcount=Headcount(total=total),
        entered_at=NOON + timedelta(minutes=minute),
        household_code=code,
    )


@pytest.mark.parametrize(("state", "to"), list(product(State, State)))
def test_a_headcount_moves_only_along_the_table(state: State, to: State):
    if to in TRANSITIONS[state]:
        assert move(state, to) is to
    else:
        with pytest.raises(Conflict, match=f"{state} cannot become {to}"):
            move(state, to)


def test_a_withdrawn_answer_never_comes_back():
    assert TRANSITIONS[State.WITHDRAWN] == frozenset()


def test_two_of_a_family_with_the_same_figures_are_one_answer():
    register = current([entry("a", 5), entry("b", 5, minute=1)])
    assert [answer.headcount.total for answer in register.answers] == [5]
    assert register.disputes == ()


def test_two_of_a_family_with_different_figures_are_a_dispute_and_never_a_sum():
    register = current([entry("a", 5), entry("b", 6, minute=1)])
    assert register.answers == ()
    assert [dispute.household for dispute in register.disputes] == ["H07"]


def test_what_one_left_unsaid_is_taken_from_the_other():
    fuller = replace(entry("b", 5, minute=1), headcount=Headcount(total=5, away=2))
    (answer,) = current([entry("a", 5), fuller]).answers
    assert answer.headcount == Headcount(total=5, present=3, away=2)


def test_the_same_person_answering_again_changes_the_answer():
    (answer,) = current([entry("a", 5), entry("a", 6, minute=1)]).answers
    assert answer.headcount.total == 6


def test_a_later_visit_at_the_door_settles_a_dispute():
    visit = replace(entry("worker", 6, minute=9), source=Source.DOOR)
    register = current([entry("a", 5), entry("b", 6, minute=1), visit])
    assert [answer.headcount.total for answer in register.answers] == [6]
    assert register.disputes == ()


def test_an_answer_against_the_visit_opens_a_dispute_again():
    visit = replace(entry("worker", 6, minute=9), source=Source.DOOR)
    assert len(current([visit, entry("a", 5, minute=10)]).disputes) == 1


def test_one_worker_at_two_doors_is_two_households():
    first = replace(entry("worker", 6), source=Source.DOOR)
    second = replace(entry("worker", 3, minute=5, code="H08"), source=Source.DOOR)
    assert [answer.headcount.total for answer in current([first, second]).answers] == [6, 3]


def test_a_code_given_later_belongs_to_the_earlier_answer_too():
    register = current([entry("a", 5, code=None), entry("a", 5, minute=1, code="H07")])
    assert [answer.household for answer in register.answers] == ["H07"]


def test_people_without_a_code_are_households_of_their_own():
    assert len(current([entry("a", 5, code=None), entry("b", 5, code=None)]).answers) == 2


def test_the_same_code_in_two_communities_is_two_households():
    elsewhere = replace(entry("b", 4), community_code="621121100201")
    assert len(current([entry("a", 5), elsewhere]).answers) == 2


@pytest.mark.parametrize("state", [State.DRAFT, State.SUPERSEDED, State.WITHDRAWN])
def test_only_confirmed_answers_count(state: State):
    assert current([replace(entry("a", 5), state=state)]).answers == ()


def test_a_tally_stands_beside_the_answers_and_the_latest_holds():
    early = replace(entry("worker", 180, code=None), source=Source.TALLY, households=50)
    late = replace(early, headcount=Headcount(total=187), entered_at=NOON + timedelta(hours=1))
    register = current([late, early, entry("a", 5)])
    assert [answer.headcount.total for answer in register.answers] == [5]
    assert [tally.headcount.total for tally in register.tallies] == [187]


def test_the_order_of_the_entries_does_not_matter():
    entries = [
        entry("a", 5),
        entry("b", 6, minute=1),
        entry("c", 3, minute=2, code="H08"),
        replace(entry("worker", 6, minute=9), source=Source.DOOR),
    ]
    assert len({current(order) for order in permutations(entries)}) == 1
