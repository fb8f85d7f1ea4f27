"""What would be answered otherwise if an article were published."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from knowledge.article import Article, Scope, Validity
from knowledge.library import Library
from knowledge.regression import Asked, OutcomeKind, Regression, compare, own_wordings
from knowledge.text import Segmenter

DAY = date(2022, 7, 14)
BATH = Article("bath", "村里的浴池几点开门", "浴池每天早上八点到晚上八点开门。")
FERRY = Article("ferry", "摆渡船几点开", "摆渡船停开到月底。", phrasings=("渡口的船还开吗",))


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build([FERRY], segmenter=segmenter)


def always() -> bool:
    return True


def compared(
    library: Library, article: Article, *texts: str, has_time: Callable[[], bool] = always
) -> Regression:
    return compare([Asked(text) for text in texts], article, library=library, day=DAY, has_time=has_time)


def test_a_question_nobody_could_answer_would_be_answered(library: Library) -> None:
    found = compared(library, BATH, "村里的浴池几点开门", "摆渡船几点开")

    (changed,) = found.changed
    assert changed.asked.text == "村里的浴池几点开门"
    assert changed.before.kind is not OutcomeKind.ANSWER
    assert (changed.after.kind, changed.after.articles) == (OutcomeKind.ANSWER, (BATH,))
    assert (found.tried, found.total) == (2, 2)


def test_another_answer_to_the_same_question_is_a_change(library: Library) -> None:
    found = compared(library, replace(FERRY, answer="摆渡船又开了，早上六点第一班。"), "摆渡船几点开")

    (changed,) = found.changed
    assert changed.before.kind is changed.after.kind is OutcomeKind.ANSWER


def test_the_same_once_more_changes_nothing(library: Library) -> None:
    assert compared(library, FERRY, "摆渡船几点开", "浴池几点开").changed == ()


def test_a_rule_that_is_over_would_be_said_to_be_over(library: Library) -> None:
    found = compared(library, replace(FERRY, validity=Validity(None, date(2022, 7, 1))), "摆渡船几点开")

    assert [one.after.kind for one in found.changed] == [OutcomeKind.EXPIRED]


def test_a_rule_for_one_county_changes_nothing_elsewhere(library: Library) -> None:
    here, there = ("621100000000", "621121000000"), ("621100000000", "621102000000")
    article = replace(FERRY, id="ferry-here", answer="通渭的船照开。", scope=Scope("621121000000"))
    asked = [Asked("摆渡船几点开", here), Asked("摆渡船几点开", there)]

    found = compare(asked, article, library=library, day=DAY, has_time=always)

    assert [one.asked.area_path for one in found.changed] == [here]


def test_the_library_in_use_is_left_as_it_is(library: Library) -> None:
    compared(library, BATH, "村里的浴池几点开门")

    assert dict(library.articles) == {"ferry": FERRY}


def test_only_what_brings_up_the_article_is_answered_anew(library: Library) -> None:
    found = compared(library, BATH, "村里的浴池几点开门", "摆渡船几点开", "路灯谁来修", "水电费怎么交")

    assert (found.tried, found.total, found.near) == (4, 4, 2)


def test_what_the_article_no_longer_says_is_answered_anew_too(library: Library) -> None:
    found = compared(
        library, replace(FERRY, question="轮渡码头", phrasings=(), answer="见通知。"), "渡口的船还开吗"
    )

    (changed,) = found.changed
    assert changed.before.articles == (FERRY,)


def test_a_long_question_is_always_answered_anew_if_it_has_a_word_of_it(library: Library) -> None:
    found = compared(library, BATH, "我们家住在山上，" * 40 + "村里的浴池几点开门")

    assert found.near == 1


def test_when_the_time_is_up_it_is_said_how_far_it_got(library: Library) -> None:
    left = iter([True, True, False])

    found = compared(library, BATH, *("浴池几点开",) * 5, has_time=lambda: next(left))

    assert (found.tried, found.total) == (2, 5)


def test_wordings_of_what_lies_close_are_asked_too_each_once(library: Library) -> None:
    article = replace(BATH, question="摆渡船几点停", phrasings=("摆渡船几点开",))

    asked = own_wordings(article, library=library, day=DAY, path_of=lambda _: ())

    assert [one.text for one in asked] == ["摆渡船几点停", "摆渡船几点开", "渡口的船还开吗"]
    assert [one.wording_of for one in asked] == ["bath", "bath", "ferry"]
