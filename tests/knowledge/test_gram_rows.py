from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.gram_rows import TermRows, gram_rows
from knowledge.terms import Terms
from knowledge.text import passing_grams


def read(texts: Sequence[str], terms: Terms) -> list[set[str]]:
    """The terms of each text, by their names; fails if a text has one twice."""
    rows, names = gram_rows(texts, terms), list(terms)
    found = np.split(rows.terms, rows.lengths.cumsum()[:-1])
    assert [len({*row.tolist()}) for row in found] == rows.lengths.tolist()
    return [{names[number] for number in row.tolist()} for row in found]


def test_each_text_has_its_characters_and_pairs_once() -> None:
    assert read(["做核酸", "核核核核", "", "a"], Terms()) == [
        {"做", "核", "酸", "做核", "核酸"},
        {"核", "核核"},
        set(),
        {"a"},
    ]


@given(st.lists(st.text(alphabet="核酸做a1𠮷\U0001f600"), min_size=1))
def test_many_texts_at_once_have_the_terms_that_each_has_by_itself(texts: list[str]) -> None:
    assert read(texts, Terms()) == [passing_grams(text) for text in texts]


def test_terms_known_before_keep_their_numbers() -> None:
    terms = Terms(["酸", "核酸"])

    rows = gram_rows(["核酸"], terms)

    assert list(terms)[:2] == ["酸", "核酸"]
    assert {*rows.terms.tolist()} == {*terms.numbers(["核", "酸", "核酸"]).tolist()} == {0, 1, 2}


def test_texts_of_more_different_characters_than_a_table_has_room_for_are_read_alike() -> None:
    text = "".join(map(chr, range(0x4E00, 0x4E00 + 9_000)))

    assert read([text, "一丁"], Terms()) == [passing_grams(text), {"一", "丁", "一丁"}]


def test_no_texts_have_no_rows() -> None:
    rows = TermRows.joined(())

    assert rows.lengths.tolist() == rows.terms.tolist() == []
    assert rows.taken(np.zeros(0, dtype=np.int64)).lengths.tolist() == []


def test_rows_are_taken_in_any_order_and_more_than_once() -> None:
    terms = Terms()
    rows = TermRows.joined([gram_rows(["核酸", ""], terms), gram_rows(["做"], terms)])

    taken = rows.taken(np.asarray([2, 0, 1, 2]))

    assert taken.lengths.tolist() == [1, 3, 0, 1]
    assert [list(terms)[number] for number in taken.terms[[0, -1]].tolist()] == ["做", "做"]
