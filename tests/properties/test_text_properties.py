from hypothesis import given
from hypothesis import strategies as st

from knowledge.numerals import to_digits
from knowledge.text import clauses, normalise

TYPED = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from(
            "核酸三十廿万一二两天桌个的吗？！，。（）【】[]（shí）()áōabcＡ１２ 　\u200b\u3000😷👍🏻‼️﹏﹖゛"
        ),
    ),
    max_size=60,
)


@given(TYPED)
def test_the_normal_form_of_a_normal_form_is_itself(typed: str) -> None:
    once = normalise(typed)

    assert normalise(once) == once


@given(TYPED)
def test_a_normal_form_has_no_control_characters_and_no_edges_of_space(typed: str) -> None:
    normal = normalise(typed)

    assert normal == normal.strip()
    assert not any(ord(char) < 32 for char in normal)


@given(TYPED)
def test_digits_stay_digits(typed: str) -> None:
    once = to_digits(normalise(typed))

    assert to_digits(once) == once


@given(TYPED)
def test_every_clause_is_a_piece_of_the_text(typed: str) -> None:
    normal = normalise(typed)

    assert all(clause in normal for clause in clauses(normal))
