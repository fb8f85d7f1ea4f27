import pytest

from bot.households.headcount import Doubt, ReadingKind
from bot.households.reading import read_headcount
from bot.households.tally import Tally, doubts_about_tally, read_tally


@pytest.mark.parametrize(
    "text",
    [
        "李家沟 52户 187人 缺3户",
        "李家沟52户187口人还差三户",
        "李家沟：共五十二户，一百八十七人，3户没报",
        "李家溝　户数５２　人数１８７　缺３",
    ],
)
def test_a_tally_line_is_read(text: str):
    assert read_tally(text) == Tally("李家沟", households=52, people=187, missing=3)


def test_nobody_missing_is_zero_and_silence_is_not():
    assert read_tally("李家沟 52户 187人 齐了") == Tally("李家沟", 52, 187, missing=0)
    assert read_tally("李家沟 52户 187人") == Tally("李家沟", 52, 187, missing=None)


@pytest.mark.parametrize(
    "text", ["我家5口人", "听说李家沟3户5人阳了", "全村187户人", "李家沟 187人", "52户 187人", ""]
)
def test_other_lines_are_no_tally(text: str):
    assert read_tally(text) is None


def test_a_tally_line_is_never_read_as_one_household():
    assert read_headcount("李家沟 52户 187人 缺3户").kind is ReadingKind.OTHER


@pytest.mark.parametrize(
    ("tally", "known", "doubts"),
    [
        (Tally("李家沟", 52, 187, 3), 52, ()),
        (Tally("李家沟", 52, 187, 3), None, ()),
        (Tally("李家沟", 52, 187, 3), 40, (Doubt.FIGURES_CLASH,)),
        (Tally("李家沟", 52, 30, 3), 52, (Doubt.FIGURES_CLASH,)),
        (Tally("李家沟", 2, 90, 3), 52, (Doubt.FIGURES_CLASH, Doubt.TOO_MANY)),
        (Tally("李家沟", 5, 1870, 0), 52, (Doubt.TOO_MANY,)),
    ],
)
def test_a_tally_is_checked_against_itself_and_the_known_households(
    tally: Tally, known: int | None, doubts: tuple[Doubt, ...]
):
    assert tuple(doubts_about_tally(tally, known_households=known)) == doubts
