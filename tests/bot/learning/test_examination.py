"""Versions are compared on what none was trained on; a candidate that drops a figure does not pass."""

from dataclasses import replace

import numpy as np
import pytest

from bot.learning.examination import Examination, Measure, drops
from bot.learning.held_back import is_held_back
from bot.learning.material import Material, Seed
from bot.learning.own_list import AskedList, calibrated_on
from knowledge.claim import Claim, Verdict
from knowledge.lessons import load_lessons
from knowledge.models import Models
from knowledge.text import Segmenter
from knowledge.thresholds import DEFAULTS
from tests.bot.learning.judges import a_judge, queries

LESSONS = load_lessons()


@pytest.fixture(scope="module")
def examination() -> Examination:
    return Examination.of(Material(Seed(LESSONS, (), ())))


def test_it_asks_the_held_back_fifth_and_nothing_else(examination: Examination) -> None:
    texts = [one.text for one in (*examination.messages, *examination.lines)]

    assert all(map(is_held_back, texts))
    everything = (*LESSONS.messages, *LESSONS.reports, *LESSONS.lines)
    assert 0.15 < len(texts) / len(everything) < 0.25


def test_what_is_published_is_not_asked(examination: Examination) -> None:
    text = examination.messages[0].text
    claim = Claim("c", text, Verdict.FALSE, "…")

    asked = Examination.of(Material(Seed(LESSONS, (), ()), claims=(claim,)))

    assert text not in {one.text for one in asked.messages}


def test_figures_are_there_for_what_can_be_measured(
    examination: Examination, packaged: Models, segmenter: Segmenter
) -> None:
    few = Examination(examination.messages[:40], examination.lines[:40])

    figures = few.figures(packaged, segmenter=segmenter)

    assert set(figures) == {Measure.FLAG, Measure.ROUTING}
    assert all(0.5 < value <= 1 for value in figures.values())


def test_a_model_that_has_it_the_wrong_way_round_is_told_apart(
    examination: Examination, packaged: Models, segmenter: Segmenter
) -> None:
    few = Examination(examination.messages[:40], ())
    flag = packaged.flag
    wrong = replace(
        flag,
        gram_weights=-flag.gram_weights,
        style_weights=-flag.style_weights,
        intercepts=-flag.intercepts,
    )

    before, after = (few.figures(replace(packaged, flag=one), segmenter=segmenter) for one in (flag, wrong))

    assert drops(before, after) == (Measure.FLAG,)


@pytest.mark.parametrize("measure", Measure)
def test_a_small_loss_is_let_pass_and_a_larger_one_is_not(measure: Measure) -> None:
    worse = measure.margin if measure.lower_is_better else -measure.margin

    assert drops({measure: 0.8}, {measure: 0.8 + worse / 2}) == ()
    assert drops({measure: 0.8}, {measure: 0.8 + worse * 2}) == (measure,)
    assert drops({measure: 0.8}, {measure: 0.8 - worse * 9}) == ()


def test_a_figure_that_only_one_has_is_not_compared() -> None:
    assert drops({Measure.FLAG: 0.9}, {Measure.FLAG: 0.9, Measure.CLAIMS: np.inf}) == ()


def test_judges_are_measured_by_their_surprise_at_the_lists_own_queries(
    packaged: Models, segmenter: Segmenter
) -> None:
    asked = AskedList(taught=queries(2.0, 0.75), held_back=queries(2.0, 0.75))
    judges = replace(packaged, answers=a_judge(), claims=calibrated_on(a_judge(), asked.taught))

    figures = Examination((), (), asked, asked).figures(judges, segmenter=segmenter)

    assert set(figures) == {Measure.ANSWERS, Measure.CLAIMS}
    honest = -(0.75 * np.log(0.75) + 0.25 * np.log(0.25))
    assert np.isclose(figures[Measure.CLAIMS], honest, atol=0.01)
    assert figures[Measure.ANSWERS] > honest + 0.03


def test_how_much_would_still_be_said_outright_is_told_beside_the_figures(packaged: Models) -> None:
    asked = AskedList(taught=queries(2.0, 0.75), held_back=queries(2.0, 0.75))
    sure, careful = (
        replace(packaged, answers=judge, claims=judge)
        for judge in (a_judge(), a_judge().recalibrated(1.0, -1.0))
    )
    thresholds = replace(DEFAULTS, answer=0.8, known=0.9)
    examination = Examination((), (), asked, asked)

    before, after = (examination.outright(one, thresholds) for one in (sure, careful))

    assert before == {"questions: share at 0.8 or above": 0.5, "claims: share at 0.9 or above": 0.0}
    assert after["questions: share at 0.8 or above"] == 0
    assert Examination((), ()).outright(sure, thresholds) == {}
