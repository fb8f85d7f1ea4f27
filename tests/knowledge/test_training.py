from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge.answering import find_answer
from knowledge.labelled import LabelledLine, LabelledMessage, LabelledQuestion
from knowledge.library import Library
from knowledge.logistic import parse_logistic
from knowledge.models import MATCHING, Models
from knowledge.routing import Intent
from knowledge.text import Segmenter
from knowledge.training import Lessons, Rows, article_rows, fit, left_out_cases, save_models, train
from tests.knowledge.shelves import ARTICLES, CLAIMS

LESSONS = Lessons(
    questions=(
        LabelledQuestion("去哪里捅嗓子", frozenset({"testing"})),
        LabelledQuestion("洋芋多少钱一斤", frozenset()),
        LabelledQuestion("没人看过的", None),
    ),
    messages=(
        LabelledMessage("听说喝白酒能防病毒是真的吗", frozenset({"liquor"}), rumour=True),
        LabelledMessage("家人们快转发，明天封城", frozenset({"lock-down"}), rumour=True),
        LabelledMessage("核酸还做吗", frozenset(), rumour=False),
        LabelledMessage("今天下雨了", frozenset(), rumour=False),
    ),
    lines=(
        LabelledLine("核酸在哪做", Intent.QUESTION),
        LabelledLine("听说要封城真的吗", Intent.RUMOUR),
        LabelledLine("谢谢你", Intent.CHAT),
        LabelledLine("退订", Intent.COMMAND),
    ),
    day=date(2022, 7, 14),
)


@pytest.fixture(scope="module")
def library(segmenter: Segmenter) -> Library:
    return Library.build(ARTICLES, CLAIMS, segmenter=segmenter)


@pytest.fixture(scope="module")
def models(library: Library) -> Models:
    return train(library, LESSONS)


def test_a_phrasing_is_asked_of_a_shelf_without_itself_and_of_one_without_its_article(
    library: Library,
) -> None:
    shelf = library.shelves.articles
    cases = list(left_out_cases(shelf))
    rows = article_rows(shelf, cases, profiler=library.profiler)
    answerable = {number for number, case in enumerate(cases) if case.relevant}

    assert len(cases) == 2 * len({text for article in ARTICLES for text in article.texts})
    assert any(case.relevant == {"going-out", "going-out-lintao"} for case in cases)
    assert set(rows.case[rows.labels]) <= answerable
    assert rows.labels.sum() > len(answerable) / 2


def test_a_fitted_model_separates_what_its_one_feature_separates() -> None:
    features = np.array([[float(number)] for number in range(20)])
    rows = Rows(features, features[:, 0] >= 10, np.ones(20), np.arange(20))

    model = fit(rows, features=("height",), provenance="test")

    low, high = model.probabilities(np.array([[0.0], [19.0]]))
    assert low < 0.2
    assert high > 0.8


def test_trained_models_rank_the_right_article_first_and_say_what_they_were_fitted_on(
    library: Library, models: Models, day: date
) -> None:
    taught = Library(library.shelves, profiler=library.profiler, models=models)

    answering = find_answer("核酸在哪里做", library=taught, area_path=(), day=day)

    assert answering.candidates[0].article.id == "testing"
    assert f"{len(ARTICLES)} articles and {len(CLAIMS)} claims" in models.answers.provenance


def test_the_same_lessons_give_the_same_models(library: Library, models: Models) -> None:
    assert train(library, LESSONS) == models


def test_saved_models_are_plain_text_that_reads_back_the_same(models: Models, tmp_path: Path) -> None:
    save_models(models, tmp_path)

    text = (tmp_path / "answers.toml").read_text(encoding="utf-8")
    again = parse_logistic(text, features=MATCHING)

    assert np.allclose(again.coefficients, models.answers.coefficients, atol=1e-5)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "answers.toml",
        "flag.toml",
        "routing_chat.toml",
        "routing_question.toml",
        "routing_rumour.toml",
        "rumours.toml",
    ]


def test_a_model_of_other_features_is_refused(models: Models) -> None:
    with pytest.raises(ValueError, match="train it again"):
        parse_logistic(models.answers.to_toml(), features=("height",))
