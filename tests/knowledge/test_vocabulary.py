import tomllib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import Segmenter, normalise
from knowledge.vocabulary import Rewriting, lines_of, read_lexicon

GROUPS: list[tuple[str, tuple[str, ...]]] = [
    (group["canonical"], tuple(group["words"]))
    for group in tomllib.loads(read_lexicon("synonyms.toml"))["group"]
]


def test_a_word_stands_in_one_group_only() -> None:
    counted = Counter(word for canonical, words in GROUPS for word in {canonical, *words})

    assert [word for word, times in counted.items() if times > 1] == []


def test_no_word_is_listed_twice_in_its_group() -> None:
    assert [
        (canonical, word) for canonical, words in GROUPS for word, n in Counter(words).items() if n > 1
    ] == []


def test_every_synonym_is_read_as_the_canonical_form_of_its_group(segmenter: Segmenter) -> None:
    read = {word: segmenter.canonical(normalise(word)) for _, words in GROUPS for word in words}

    assert {
        word: read[word] for canonical, words in GROUPS for word in words if read[word] != canonical
    } == {}


def test_a_canonical_form_stays_as_it_is(segmenter: Segmenter) -> None:
    read = {canonical: segmenter.canonical(normalise(canonical)) for canonical, _ in GROUPS}

    assert {canonical: form for canonical, form in read.items() if form != canonical} == {}


def test_the_longest_word_at_a_place_is_replaced_and_what_was_put_there_is_not_replaced_again() -> None:
    rewrite = Rewriting({"ab": "x", "abc": "y", "x": "z", "y": "y"})

    assert rewrite("ab") == "x"
    assert rewrite("abcab") == "yx"
    assert rewrite("xaby") == "zxy"
    assert rewrite("") == ""


def test_a_word_of_one_character_is_replaced_wherever_it_is_no_part_of_a_longer_one() -> None:
    rewrite = Rewriting({"b": "x", "bcd": "y", "cd": "z"})

    assert rewrite("abca") == "axca"
    assert rewrite("bcdcdb") == "yzx"


def test_a_text_without_any_of_the_words_is_left_alone() -> None:
    assert Rewriting({"核酸检测": "核酸"})("养老院") == "养老院"
    assert Rewriting({})("养老院") == "养老院"


@given(
    st.lists(st.text(alphabet="abcd𠮷\n")), st.dictionaries(st.text("abcd𠮷", min_size=1), st.text("abcd"))
)
def test_in_a_long_text_the_same_words_are_replaced_as_in_its_parts(
    parts: list[str], replacements: dict[str, str]
) -> None:
    rewrite = Rewriting(replacements)
    room = "\n" * 5_000

    assert rewrite(room.join(parts) + room) == room.join(map(rewrite, parts)) + room


def test_the_words_it_knows_in_a_text_are_named_as_they_stand_there_with_what_stands_for_them() -> None:
    rewrite = Rewriting({"ab": "x", "abc": "y", "y": "y", "z": "x"})

    assert rewrite.known_in("abc-y-z-q") == {"abc": "y", "y": "y", "z": "x"}
    assert rewrite.known_in("qqq") == rewrite.known_in("") == {}


def test_ways_of_asking_are_marked_as_such(segmenter: Segmenter) -> None:
    asks = segmenter.vocabulary.question_forms

    assert {"怎么", "什么", "为什么", "多久"} <= asks
    assert asks < set(segmenter.vocabulary.canonical_forms)
    assert "发烧" not in asks


@pytest.mark.parametrize("name", ["words.txt", "stop_words.txt", "places.txt", "emoticons.txt"])
def test_no_line_of_a_word_list_stands_there_twice(name: str) -> None:
    assert [line for line, times in Counter(lines_of(read_lexicon(name))).items() if times > 1] == []


@pytest.mark.parametrize(
    "word",
    [
        "可能",
        "可是",
        "可惜",
        "政治",
        "自治区",
        "自治县",
        "调查",
        "审查",
        "农村",
        "村委会",
        "需求",
        "这么",
        "那么",
    ],
)
def test_a_common_word_is_not_torn_apart_by_a_synonym_inside_it(word: str, segmenter: Segmenter) -> None:
    assert segmenter.canonical(word) == word


def test_comments_and_blank_lines_say_nothing() -> None:
    assert lines_of("# a\n\n b \nc#d\n") == ("b", "c#d")
