from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from knowledge.fitting import Recipe, Rows, calibrate, fit_judge, together
from knowledge.judge import Judge, chances, judge_from

FEATURES = ("height", "weight", "shade")
TREES_ONLY = Recipe(trees=12, leaves=6, linear=0.0, smallest_leaf=5)
BOTH = Recipe(trees=12, leaves=6, linear=0.5, smallest_leaf=5)


def rows(count: int = 300, seed: int = 5) -> Rows:
    """Heavy ones and those that are tall and dark are right."""
    chance = np.random.default_rng(seed)
    features = chance.normal(size=(count, 3)) * (1, 20, 0.1) + (0, 60, 0)
    labels = (features[:, 1] > 75) | ((features[:, 0] > 0.5) & (features[:, 2] > 0))
    return Rows(features, labels, np.ones(count), np.arange(count) // 3, np.zeros(count, dtype=np.bool_))


@pytest.fixture(scope="module", params=[TREES_ONLY, BOTH], ids=["trees", "trees and a linear model"])
def judge(request: pytest.FixtureRequest) -> Judge:
    return fit_judge(rows(), features=FEATURES, recipe=request.param, provenance="定西 2022")


def mean(values: NDArray[np.float64]) -> float:
    return float(values.mean())


def test_what_is_right_is_judged_more_probable_than_what_is_wrong(judge: Judge) -> None:
    unseen = rows(seed=6)
    probable = judge.probabilities(unseen.features)

    assert mean(probable[unseen.labels]) > mean(probable[~unseen.labels]) + 0.25


def test_a_judge_comes_back_from_a_file_without_pickle_as_it_was(judge: Judge, tmp_path: Path) -> None:
    calibrated = judge.recalibrated(1.7, -0.4)

    np.savez_compressed(tmp_path / "judge.npz", allow_pickle=False, **calibrated.to_arrays())
    with np.load(tmp_path / "judge.npz", allow_pickle=False) as arrays:
        again = judge_from(arrays, features=FEATURES)

    assert again.features == FEATURES
    assert again.provenance == "定西 2022"
    assert again.log_odds(rows().features).tolist() == calibrated.log_odds(rows().features).tolist()


def test_a_judge_fitted_on_other_features_is_refused_and_they_are_named(judge: Judge) -> None:
    with pytest.raises(ValueError, match=r"other features.*age.*weight.*fit it again"):
        judge_from(judge.to_arrays(), features=("height", "age", "shade"))


def test_a_judge_fitted_on_the_same_features_in_another_order_is_refused(judge: Judge) -> None:
    with pytest.raises(ValueError, match="their order"):
        judge_from(judge.to_arrays(), features=FEATURES[::-1])


def test_recalibration_keeps_the_order_and_changes_the_probabilities(judge: Judge) -> None:
    features = rows().features
    again = judge.recalibrated(0.5, -1.0)

    assert again.log_odds(features) == pytest.approx(0.5 * judge.log_odds(features) - 1.0)
    assert np.argsort(again.log_odds(features), kind="stable").tolist() == (
        np.argsort(judge.log_odds(features), kind="stable").tolist()
    )
    assert mean(again.probabilities(features)) != pytest.approx(mean(judge.probabilities(features)), abs=0.01)


def test_recalibrating_twice_is_one_after_the_other(judge: Judge) -> None:
    features = rows().features
    twice = judge.recalibrated(2.0, 0.5).recalibrated(0.5, 1.0)

    assert twice.log_odds(features) == pytest.approx(0.5 * (2.0 * judge.log_odds(features) + 0.5) + 1.0)


def test_the_linear_model_says_in_the_features_own_units_what_it_said_when_it_was_fitted() -> None:
    taught = rows()
    judge = fit_judge(taught, features=FEATURES, recipe=BOTH, provenance="")
    scaler = StandardScaler().fit(taught.features)
    model = LogisticRegression(C=0.1, max_iter=4000).fit(scaler.transform(taught.features), taught.labels)
    expected = model.decision_function(scaler.transform(taught.features))

    assert taught.features @ judge.linear[:-1] + judge.linear[-1] == pytest.approx(expected / 2)


@pytest.mark.parametrize("share", [0.15, 0.5, 1.0])
def test_the_linear_model_and_the_trees_have_the_shares_they_were_given(share: float) -> None:
    def log_odds(linear: float) -> NDArray[np.float64]:
        recipe = replace(BOTH, linear=linear)
        return fit_judge(rows(), features=FEATURES, recipe=recipe, provenance="").log_odds(rows().features)

    assert log_odds(share) == pytest.approx(share * log_odds(1.0) + (1 - share) * log_odds(0.0))


def test_chances_are_certain_at_neither_end_however_far_the_log_odds_go() -> None:
    far = chances(np.asarray([-1e300, -40.0, 0.0, 40.0, 1e300]))

    assert far[2] == 0.5
    assert 0 < far[0] == far[1] < 1e-12
    assert 1 - 1e-12 < far[3] == far[4] <= 1


def test_calibrated_log_odds_are_honest() -> None:
    chance = np.random.default_rng(2)
    boastful = chance.normal(scale=6, size=20_000)
    right = chance.random(20_000) < chances(boastful / 3 - 0.5)

    stretch, shift = calibrate(boastful, right)

    assert stretch == pytest.approx(1 / 3, abs=0.02)
    assert shift == pytest.approx(-0.5, abs=0.06)


def test_a_query_counts_as_often_as_its_weight_says() -> None:
    log_odds = np.asarray([-2.0, -1.0, 0.0, 0.5, 1.0, 2.0])
    right = np.asarray([False, True, False, False, True, True])
    times = np.asarray([1, 3, 2, 5, 1, 2])

    weighed = calibrate(log_odds, right, times.astype(np.float64))

    assert weighed == pytest.approx(calibrate(log_odds.repeat(times), right.repeat(times)), abs=1e-4)
    assert weighed != pytest.approx(calibrate(log_odds, right), abs=1e-2)


def test_queries_of_different_lessons_stay_apart_when_put_together() -> None:
    one, other = rows(30), rows(12, seed=9)

    both = together([one, other, one])

    assert len(both.labels) == 72
    assert len(set(both.case.tolist())) == 10 + 4 + 10
    assert np.array_equal(both.features[30:42], other.features)


def test_rows_may_weigh_more_and_be_picked_without_losing_what_belongs_together() -> None:
    taught = rows(30).weighing(0.5)
    kept = taught.where(taught.case < 2)

    assert kept.weights.tolist() == [0.5] * 6
    assert kept.case.tolist() == [0, 0, 0, 1, 1, 1]
    assert np.array_equal(kept.labels, taught.labels[:6])


def test_a_row_that_weighs_nothing_teaches_nothing() -> None:
    honest = rows()
    lies = replace(honest, labels=~honest.labels, weights=np.zeros(len(honest.labels)))

    judge = fit_judge(together([honest, lies]), features=FEATURES, recipe=BOTH, provenance="")

    probable = judge.probabilities(honest.features)
    assert mean(probable[honest.labels]) > mean(probable[~honest.labels]) + 0.2
