"""What remains of a talk when something else is said."""

from dataclasses import replace

from bot.conversation import LASTS, PICKED, Conversation, Step
from tests.bot.store.people import NOW

NUMBERS = Conversation(Step.CONFIRMING_HEADCOUNT, {"total": 5}, until=NOW + LASTS)
LIST = Conversation(Step.CHOOSING_ANSWER, {"ids": ["a", "b"]}, until=NOW + 2 * LASTS)


def test_numbers_of_a_household_are_set_aside_until_their_own_time_is_over() -> None:
    left = NUMBERS.left()

    assert left == Conversation(Step.LEFT, {}, aside=NUMBERS)
    assert left is not None
    assert left.until == NUMBERS.until


def test_they_stay_aside_however_much_is_said() -> None:
    left = replace(LIST, aside=NUMBERS).left()

    assert left is not None
    assert left.aside == NUMBERS
    assert left.left() == left
    assert left.until == NUMBERS.until


def test_nothing_else_is_set_aside() -> None:
    assert LIST.left() is None


def test_a_talk_or_what_it_came_in_between_of_is_found_by_its_step() -> None:
    between = replace(LIST, aside=NUMBERS)

    assert between.at(Step.CONFIRMING_HEADCOUNT) is NUMBERS
    assert between.at(Step.CHOOSING_ANSWER) is between
    assert between.at(Step.ASKED) is None


def test_a_list_asks_until_something_was_picked_from_it() -> None:
    assert LIST.asks
    assert not replace(LIST, data={**LIST.data, PICKED: True}).asks
    assert not Conversation(Step.ASKED, {}).asks
