import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking import QuestionTypes, load_question_types
from knowledge.contrast_table import contrast_table
from knowledge.contrasts import load_contrasts
from knowledge.crisis import load_crisis_words
from knowledge.cues import load_cues
from knowledge.marks import Marks, need_of

SAID = "怎么办什么时候哪里能不能好吗多久听说转发真假的朋友圈医生特效药封城 3"
PLAIN = st.sampled_from("甲乙丙丁")
ONE = PLAIN | st.sampled_from(["[甲乙]", "[丙丁]"])
QUANTIFIERS = st.sampled_from(["?", "*", "+", "{0,2}", "{,2}", "{2}", "{1,}", "??", "{0}"])
PATTERNS = st.recursive(
    PLAIN | st.sampled_from(["[甲乙]", "[^丙]", ".", r"\d", r"\?", "$", "^", "(?<!甲)", "(?=乙)", "(?!丁)"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.builds("{}{}".format, ONE, QUANTIFIERS),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map(lambda part: f"({part})"),
        st.builds("(?:{}){}".format, inner, QUANTIFIERS),
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("pattern", "need"),
    [
        ("怎么办", {"么办"}),
        ("(?:应该)?怎么(?:治|医)的?", {"怎么"}),
        ("封城|解封", {"封城", "解封"}),
        ("封城|围", {"封城", "围"}),
        ("[甲乙]丙?", {"甲", "乙"}),
        ("[甲乙]丙", {"甲丙", "乙丙"}),
        ("甲丙?乙", {"乙"}),
        ("甲+乙", {"甲乙"}),
        (r"\d+人", {"人"}),
        ("(?<!能)不(?!好)", {"不"}),
        ("气(?<!暖气)上", {"气上"}),
        ("甲$|^乙", {"甲", "乙"}),
        (r"真\?", {"真?"}),
        ("甲{0,2}乙{2}", {"乙"}),
        ("甲(?:乙)丙", {"丙"}),
        ("甲{0}乙", {"乙"}),
        ("甲{00,1}乙", {"乙"}),
        (
            "[甲乙丙丁戊己][子丑寅卯辰巳午未申酉戌亥一二三四五六七八九十东西南北中天地人大小]",
            frozenset("甲乙丙丁戊己"),
        ),
        ("[甲乙丙]丁[甲乙丙]", {"丁甲", "丁乙", "丁丙"}),
    ],
)
def test_a_pattern_needs_one_of_the_characters_or_pairs_that_fewest_texts_have(
    pattern: str, need: set[str]
) -> None:
    assert need_of(pattern) == frozenset(need)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "甲?",
        "甲|",
        "(?:甲|乙*)",
        r"\d",
        ".",
        "[^甲]",
        "^$",
        "(?P<name>甲)",
        "(?i:a)",
        r"\x31",
        r"(甲)\10",
    ],
)
def test_where_nothing_is_needed_or_something_is_not_understood_anything_may_match(pattern: str) -> None:
    assert need_of(pattern) is None


@given(pattern=PATTERNS, text=st.text("甲乙丙丁1?", max_size=12))
def test_a_text_without_what_a_pattern_needs_is_never_matched_by_it(pattern: str, text: str) -> None:
    need = need_of(pattern)

    assert need is None or any(mark in text for mark in need) or not re.search(pattern, text)


def test_patterns_worth_searching_come_in_order_each_once() -> None:
    marks = Marks.of(["乙|丙", r"\d", "甲", "乙丙", "丙乙"])

    assert list(marks.worth_searching("丙乙")) == [0, 1, 4]
    assert list(marks.worth_searching("")) == [1]


@given(data=st.data())
def test_whatever_one_of_our_patterns_is_found_in_has_what_it_needs(data: st.DataObject) -> None:
    sheet, types = load_cues(), load_question_types()
    cries = (pattern for _, pattern in load_crisis_words().kinds)
    said = (pattern for pattern, _ in contrast_table()["speech"]["rewritings"])
    named = (one.pattern for one in load_contrasts().contrasts if one.is_a_case)
    asked = (kind.pattern for kind in types.types)
    ours = (*cries, *(cue.pattern for cue in sheet.cues), *asked, *map(re.compile, said), *named)
    pattern = data.draw(st.sampled_from(ours))
    need = need_of(pattern.pattern)

    assert need is not None
    text = data.draw(st.from_regex(pattern))
    assert any(mark in text for mark in need)


@given(text=st.text(SAID, max_size=20))
def test_what_is_asked_and_what_is_passed_on_is_found_as_if_everything_were_searched(text: str) -> None:
    types, sheet = load_question_types(), load_cues()

    assert types.read(text) == _searched(types, text)
    assert sheet.found_in(text) == {cue.name for cue in sheet.cues if cue.pattern.search(text)}


def _searched(types: QuestionTypes, text: str) -> object:
    """What `types` reads in `text` when no type is left out."""
    every = QuestionTypes(types.types)
    every.marks = Marks(frozenset(range(len(types.types))), {})
    return every.read(text)
