"""Whatever a resident sends, something is made of it."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from knowledge.answering import Answer, Choices, Unknown, find_answer
from knowledge.intent import Intent
from knowledge.library import Library
from knowledge.rumours import Known, Ordinary, Suspected, check_rumour
from knowledge.text import bare, normalise
from knowledge.understanding import understand
from tests.knowledge.shelves import ARTICLES, AT_ANDING, CLAIMS

DAY = date(2022, 7, 14)
LONGEST = 10_000
EMOJI = "😷👍🏻‼️❤👨‍👩‍👧🇨🇳\ufe0f\u200d😭"
SAID = "听说核酸检测哪里做封城三天白酒病毒，。！？\n【】#12月号不能吗"
SENT = st.one_of(
    st.text(max_size=60),
    st.text(alphabet=st.characters(categories=["Cc", "Cf", "Co", "Zs"]), max_size=40),
    st.text(alphabet=EMOJI, min_size=1, max_size=30),
    st.text(alphabet=SAID, max_size=80),
    st.lists(st.sampled_from([text for one in (*ARTICLES, *CLAIMS) for text in one.texts]), max_size=4).map(
        "\n".join
    ),
)
LONG = st.builds(
    lambda piece: (piece * LONGEST)[:LONGEST], st.one_of(st.text(min_size=1), st.text(SAID, min_size=1))
)
thorough = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
few = settings(thorough, max_examples=3)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library.build(ARTICLES, CLAIMS, places=["临洮县", "通渭县"])


def answered(library: Library, sent: str) -> None:
    answering = find_answer(sent, library=library, area_path=AT_ANDING, day=DAY)

    assert isinstance(answering, (Answer, Choices, Unknown))
    scores = [candidate.score for candidate in answering.candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    if isinstance(answering, Choices):
        assert 1 <= len(answering.offered) <= 5


def checked(library: Library, sent: str) -> None:
    check = check_rumour(sent, library=library, area_path=AT_ANDING, day=DAY)

    assert isinstance(check, (Known, Suspected, Ordinary))
    assert 0 <= check.likelihood <= 1
    assert all(0 <= match.score <= 1 for match in check.matches)
    if isinstance(check, Known):
        assert not check.best.differences
        assert not check.best.reworded


@given(sent=SENT)
@example(sent="")
@example(sent="\x00\x01\x02\x7f")
@example(sent="\ud83d")
@example(sent="😷")
@thorough
def test_any_question_is_answered_offered_choices_or_unknown(library: Library, sent: str) -> None:
    answered(library, sent)


@given(sent=SENT)
@example(sent="")
@example(sent="\x00\x01\x02\x7f")
@example(sent="\ud83d")
@example(sent="是真的吗")
@thorough
def test_any_message_is_known_suspected_or_ordinary(library: Library, sent: str) -> None:
    checked(library, sent)


@given(sent=LONG)
@example(sent="核" * LONGEST)
@example(sent="😷" * LONGEST)
@example(sent="？" * LONGEST)
@example(sent=("听说明天封城，" * LONGEST)[:LONGEST])
@few
def test_ten_thousand_characters_are_read_as_well(library: Library, sent: str) -> None:
    answered(library, sent)
    checked(library, sent)


@given(sent=SENT)
@thorough
def test_any_message_has_an_intent_with_its_reasons(library: Library, sent: str) -> None:
    routing = understand(sent, library=library, area_path=(), day=DAY).routing

    assert isinstance(routing.intent, Intent)
    assert 0 <= routing.probability <= 1
    assert routing.reasons


@given(sent=st.text(alphabet=EMOJI + "？！，。~ \n", max_size=40))
@thorough
def test_what_has_no_letter_is_neither_answered_nor_taken_for_a_rumour(library: Library, sent: str) -> None:
    assert not bare(normalise(sent))
    assert isinstance(find_answer(sent, library=library, area_path=AT_ANDING, day=DAY), Unknown)
    assert isinstance(check_rumour(sent, library=library, area_path=AT_ANDING, day=DAY), Ordinary)
