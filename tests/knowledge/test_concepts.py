"""What kind of thing a word names, and that the lists of kinds can be relied on."""

import tomllib
from collections import Counter

import pytest

from knowledge.concepts import CHARACTER, NAME, NUMBER, WORD
from knowledge.text import Segmenter
from knowledge.vocabulary import read_lexicon


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("布洛芬", "药"),
        ("咳嗽", "症状"),
        ("肺炎", "病"),
        ("健康码", "证件"),
        ("殡仪馆", "场所"),
        ("请问", "套话"),
        ("昨天", "时间"),
    ],
)
def test_a_listed_word_is_of_the_kind_it_is_listed_under(segmenter: Segmenter, word: str, kind: str) -> None:
    assert segmenter.kind_of(word) == kind


def test_a_word_that_stands_nowhere_is_of_the_kind_of_its_longest_ending(segmenter: Segmenter) -> None:
    assert segmenter.kind_of("某某口服液") == "药"
    assert segmenter.kind_of("牙周炎") == "病"
    assert segmenter.kind_of("银耳羹汤") == "吃的"


def test_what_has_no_kind_is_told_apart_by_its_form(segmenter: Segmenter) -> None:
    assert segmenter.kind_of("30") == NUMBER
    assert segmenter.kind_of("3.5") == NUMBER
    assert segmenter.kind_of("嗨") == CHARACTER
    assert segmenter.kind_of("临洮县") == NAME
    assert segmenter.kind_of("意思") == WORD


def test_synonyms_are_of_one_kind(segmenter: Segmenter) -> None:
    assert segmenter.kind_of(segmenter.canonical("娃娃")) == segmenter.kind_of(segmenter.canonical("小朋友"))


def test_no_word_and_no_ending_stands_under_two_kinds() -> None:
    entries = tomllib.loads(read_lexicon("concepts.toml"))["concept"]

    for group in ("words", "endings"):
        counted = Counter(word for entry in entries for word in entry.get(group, ()))
        assert [word for word, times in counted.items() if times > 1] == []
    assert len({entry["name"] for entry in entries}) == len(entries)
