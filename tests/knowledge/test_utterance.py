"""What a text means when negations, rhetoric and denying questions are resolved."""

from knowledge.contrast_table import contrast_table
from knowledge.marks import need_of
from knowledge.utterance import read_utterance


def test_a_rewriting_applies_also_to_what_an_earlier_one_made() -> None:
    assert read_utterance("嫑不戴口罩").plain == read_utterance("必须戴口罩").plain


def test_a_text_that_denies_nothing_is_meant_as_it_stands() -> None:
    assert read_utterance("明天城关镇做核酸").plain == "明天城关镇做核酸"


def test_of_every_rewriting_it_is_known_what_a_text_must_hold_for_it() -> None:
    assert [pattern for pattern, _ in contrast_table()["speech"]["rewritings"] if not need_of(pattern)] == []
