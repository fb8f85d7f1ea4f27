import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.substitution import Substitution


@given(st.text(alphabet="a]b-^，核"))
def test_characters_are_replaced_as_python_translates_them(text: str) -> None:
    assert Substitution("]-^，核", "[ab,酸")(text) == text.translate(str.maketrans("]-^，核", "[ab,酸"))


def test_what_was_put_in_is_not_replaced_again() -> None:
    assert Substitution("ab", "bc")("abc") == "bcc"


def test_each_character_has_one_that_stands_for_it() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Substitution("ab", "c")
