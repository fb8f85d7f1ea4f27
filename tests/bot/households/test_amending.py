"""What a correction says holds; what it leaves open stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.households.amending import amended, tells_a_change
from bot.households.headcount import Headcount

BEFORE = Headcount(total=5, present=3, away=2, children=1)


@pytest.mark.parametrize(
    ("said", "headcount"),
    [
        (Headcount(total=6), Headcount(6, 4, 2, 1)),
        (Headcount(away=3), Headcount(5, 2, 3, 1)),
        (Headcount(present=4), Headcount(5, 4, 1, 1)),
        (Headcount(children=2), Headcount(5, 3, 2, 2)),
        (Headcount(6, 6, 0), Headcount(6, 6, 0, 1)),
        (Headcount(elderly=1), Headcount(5, 3, 2, 1, 1)),
    ],
)
def test_only_what_is_said_changes(said: Headcount, headcount: Headcount) -> None:
    assert amended(BEFORE, said) == headcount


figures = st.none() | st.integers(0, 30)
answers = st.builds(Headcount, figures, figures, figures, figures, figures)


@given(answers, answers)
def test_what_a_correction_says_is_never_lost(before: Headcount, said: Headcount) -> None:
    after = amended(before, said)

    for name in ("total", "present", "away", "children", "elderly"):
        assert getattr(said, name) in {None, getattr(after, name)}


@pytest.mark.parametrize("text", ["不对，是7个人", "刚才说錯了", "家里添了个娃，六口人了", "现在四口"])
def test_a_change_is_told_by_its_words(text: str) -> None:
    assert tells_a_change(text)


def test_an_answer_by_itself_tells_no_change() -> None:
    assert not tells_a_change("我家5口人，2个在外地")
