"""A list asks its judge its own wordings; what it finds moves the probabilities, but not far."""

from collections.abc import Iterable

import numpy as np
import pytest

from bot.learning.own_list import (
    MOST_PHRASINGS,
    SHIFT,
    STRETCH,
    ask_own_list,
    calibrated_on,
    first_candidates,
)
from knowledge.article import Article
from knowledge.fitting import Rows
from knowledge.thresholds import DEFAULTS
from knowledge.training import Case
from tests.bot.learning.judges import a_judge, queries

NOWHERE: frozenset[str] = frozenset()


def a_list(things: int, phrasings: int = 5) -> list[Article]:
    return [
        Article(
            f"a{one}", f"第{one}件事怎么办", "…", tuple(f"第{one}件事怎样办{n}" for n in range(phrasings))
        )
        for one in range(things)
    ]


class Asked:
    """Stands in for a teacher: two candidates a query, and it remembers what it was asked of what."""

    def __init__(self) -> None:
        self.passes: list[tuple[list[Article], list[Case]]] = []

    def __call__(self, articles: Iterable[Article], cases: Iterable[Case]) -> Rows:
        articles, cases = list(articles), list(cases)
        self.passes.append((articles, cases))
        number = np.repeat(np.arange(len(cases)), 2)
        right = np.asarray([bool(case.relevant) and not place for case in cases for place in (0, 1)])
        return Rows(
            np.zeros((len(number), 1)),
            right,
            np.ones(len(number)),
            number,
            np.zeros(len(number), dtype=np.bool_),
        )


def test_a_phrasing_is_asked_of_a_list_without_it_and_a_question_of_one_without_its_article() -> None:
    asked = Asked()

    assert ask_own_list(a_list(60), ask=asked, packaged=NOWHERE)

    for articles, cases in asked.passes:
        wordings = {text for one in articles for text in one.texts}
        assert not any(case.text in wordings for case in cases)
        assert all(case.relevant <= {one.id for one in articles} for case in cases)
        assert {bool(case.relevant) for case in cases} == {True, False}


def test_what_comes_with_the_program_is_never_asked() -> None:
    asked, articles = Asked(), a_list(60)
    packaged = frozenset(text for one in articles[:5] for text in one.texts)

    ask_own_list(articles, ask=asked, packaged=packaged)

    assert not packaged & {case.text for _, cases in asked.passes for case in cases}


def test_rules_for_several_counties_are_all_right() -> None:
    asked, articles = Asked(), a_list(60)
    twin = Article("twin", articles[0].question, "…")

    ask_own_list([*articles, twin], ask=asked, packaged=NOWHERE)

    right = [case.relevant for _, cases in asked.passes for case in cases if "a0" in case.relevant]
    assert right
    assert all("twin" in one for one in right)


@pytest.mark.parametrize(
    "articles", [a_list(60, phrasings=3), a_list(10, phrasings=40)], ids=["few phrasings", "few things"]
)
def test_a_small_list_says_nothing(articles: list[Article]) -> None:
    assert ask_own_list(articles, ask=Asked(), packaged=NOWHERE) is None


def test_a_large_list_is_asked_no_more_than_takes_a_moment() -> None:
    asked = Asked()

    ask_own_list(a_list(1000), ask=asked, packaged=NOWHERE)

    phrasings = sum(bool(case.relevant) for _, cases in asked.passes for case in cases)
    assert MOST_PHRASINGS * 0.7 < phrasings <= MOST_PHRASINGS


def test_what_is_held_back_is_not_calibrated_on() -> None:
    asked = ask_own_list(a_list(60), ask=Asked(), packaged=NOWHERE)

    assert asked
    taught, held = len(set(asked.taught.case)), len(set(asked.held_back.case))
    assert 0.1 < held / (taught + held) < 0.3
    assert not set(asked.taught.case) & set(asked.held_back.case)


def test_of_each_query_the_likeliest_candidate_counts_and_a_difference_in_meaning_with_it() -> None:
    rows = Rows(
        np.asarray([[0.1], [4.0], [-1.0], [-3.0]]),
        np.asarray([False, True, False, True]),
        np.ones(4),
        np.asarray([7, 7, 9, 9]),
        np.asarray([False, True, False, False]),
    )

    log_odds, right = first_candidates(a_judge(), rows)

    assert log_odds.tolist() == [4.0 - 3.0, -1.0]
    assert right.tolist() == [True, False]


def test_a_judge_that_is_too_sure_becomes_more_careful() -> None:
    judge = calibrated_on(a_judge(), queries(says=2.0, right=0.75))

    assert np.isclose(judge.probabilities(np.asarray([[2.0]])), 0.75, atol=0.02)


@pytest.mark.parametrize(("says", "right"), [(0.2, 0.999), (3.0, 0.5)], ids=["bolder", "no idea"])
def test_a_list_moves_its_judge_only_so_far(says: float, right: float) -> None:
    judge = calibrated_on(a_judge(), queries(says=says, right=right))

    assert STRETCH[0] <= judge.stretch <= STRETCH[1]
    assert SHIFT[0] <= judge.shift <= SHIFT[1]


def test_what_the_packaged_judge_holds_for_less_than_0_73_stays_below_the_usual_threshold() -> None:
    boldest = a_judge().recalibrated(STRETCH[1], SHIFT[1])

    assert boldest.probabilities(np.asarray([[np.log(0.73 / 0.27)]]))[0] < DEFAULTS.answer


def test_a_list_on_which_everything_is_right_moves_nothing() -> None:
    rows = queries(says=1.0, right=1.0)
    always = Rows(
        rows.features, np.ones(len(rows.labels), dtype=np.bool_), rows.weights, rows.case, rows.differs
    )
    judge = a_judge()

    assert calibrated_on(judge, always) is judge
