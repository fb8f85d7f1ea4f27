"""An explanation read back from what residents were told: each part is itself again, and not a character is told otherwise."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.verdict_text import Explanation, explanation_from

LINES = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1).filter(
    str.strip
)
PARTS = st.builds(Explanation, LINES, LINES, LINES, LINES)
TEXTS = st.text(st.sampled_from("水有毒。 \n\r"), max_size=30)


@given(explanation=PARTS)
def test_four_parts_come_back_from_the_text_they_were_joined_to(explanation: Explanation) -> None:
    assert explanation_from(str(explanation)) == explanation


@given(text=TEXTS)
def test_whatever_text_is_read_it_is_told_as_it_was(text: str) -> None:
    assert str(explanation_from(text)) == text


@given(parts=st.lists(LINES, max_size=9).filter(lambda parts: len(parts) != 4))
def test_a_text_of_other_than_four_lines_stays_whole(parts: list[str]) -> None:
    text = "\n".join(parts)
    assert explanation_from(text) == Explanation(text)
