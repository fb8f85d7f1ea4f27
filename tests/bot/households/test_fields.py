import pytest

from bot.households.fields import Field, read_fields
from bot.households.headcount import Doubt, Headcount, ReadingKind

ALL_THREE = (Field.TOTAL, Field.PRESENT, Field.AWAY)


@pytest.mark.parametrize("text", ["5,3,2", "5-3-2", "５　３　２", "五、三、二", "5人，3人，2人"])
def test_listed_numbers_answer_the_fields_in_the_order_asked(text: str):
    assert read_fields(text, ALL_THREE).headcount == Headcount(total=5, present=3, away=2)


def test_the_third_of_total_home_and_away_follows_from_the_other_two():
    assert read_fields("5-2", (Field.TOTAL, Field.AWAY)).headcount == Headcount(total=5, present=3, away=2)
    assert read_fields("3,2", (Field.PRESENT, Field.AWAY)).headcount == Headcount(total=5, present=3, away=2)


def test_more_or_fewer_numbers_than_asked_must_be_asked_again():
    assert read_fields("5,3", ALL_THREE).doubts == (Doubt.UNLABELLED,)


def test_listed_numbers_that_clash_are_a_conflict():
    reading = read_fields("5,4,2", ALL_THREE)
    assert (reading.kind, reading.doubts) == (ReadingKind.CONFLICT, (Doubt.FIGURES_CLASH,))


def test_a_vague_number_is_not_guessed():
    assert read_fields("五六", (Field.TOTAL,)).doubts == (Doubt.VAGUE,)


def test_none_is_zero_when_one_group_was_asked_for():
    assert read_fields("没有", (Field.ELDERLY,)).headcount == Headcount(elderly=0)


def test_none_is_no_answer_to_how_many_in_all():
    assert read_fields("没有", (Field.TOTAL,)).kind is ReadingKind.OTHER


def test_words_win_over_the_order_asked():
    reading = read_fields("在家3外出2", (Field.AWAY, Field.PRESENT))
    assert reading.headcount == Headcount(total=5, present=3, away=2)


def test_a_bare_number_is_an_answer_because_we_asked():
    reading = read_fields("五个人吧", (Field.TOTAL,))
    assert (reading.headcount, reading.doubts) == (Headcount(total=5), ())
