import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from knowledge.fitting import Recipe, Rows, fit_judge
from knowledge.judge import Judge, chances, judge_from

FEATURES = ("height", "weight", "shade")
Numbers = NDArray[np.float64]
FURTHEST = 1e100
"""Far beyond what any feature can be; near the end of the floating-point numbers a sum of them is none."""
ROWS = arrays(
    np.float64,
    st.tuples(st.integers(0, 12), st.just(len(FEATURES))),
    elements=st.floats(-FURTHEST, FURTHEST) | st.sampled_from([0.0, -0.0, 1.0, 0.5]),
)


@pytest.fixture(scope="module", params=[0.0, 0.5], ids=["trees", "trees and a linear model"])
def judge(request: pytest.FixtureRequest) -> Judge:
    chance = np.random.default_rng(3)
    features = chance.normal(size=(200, 3))
    rows = Rows(
        features,
        features[:, 0] + features[:, 1] ** 2 > 1,
        np.ones(200),
        np.arange(200),
        np.zeros(200, dtype=np.bool_),
    )
    return fit_judge(
        rows,
        features=FEATURES,
        recipe=Recipe(trees=8, leaves=5, linear=request.param, smallest_leaf=5),
        provenance="",
    )


@given(rows=ROWS, stretch=st.floats(0.01, 100), shift=st.floats(-50, 50))
def test_probabilities_are_numbers_between_nought_and_one_for_any_rows(
    judge: Judge, rows: Numbers, stretch: float, shift: float
) -> None:
    probable = judge.recalibrated(stretch, shift).probabilities(rows)

    assert probable.shape == (len(rows),)
    assert np.isfinite(probable).all()
    assert ((probable >= 0) & (probable <= 1)).all()


@given(rows=ROWS, stretch=st.floats(0.01, 100), shift=st.floats(-50, 50))
def test_recalibration_never_puts_a_row_before_one_that_was_better(
    judge: Judge, rows: Numbers, stretch: float, shift: float
) -> None:
    before = judge.log_odds(rows)
    after = judge.recalibrated(stretch, shift).log_odds(rows)[np.argsort(before)]

    assert (np.diff(after) >= -1e-9 * np.abs(after[1:])).all()


@given(rows=ROWS)
def test_a_judge_that_was_written_and_read_says_the_same(judge: Judge, rows: Numbers) -> None:
    again = judge_from(judge.to_arrays(), features=FEATURES)

    assert again.probabilities(rows).tolist() == judge.probabilities(rows).tolist()


@given(st.lists(st.floats(allow_nan=False), max_size=10))
def test_greater_log_odds_are_never_less_probable(log_odds: list[float]) -> None:
    probable = chances(np.asarray(sorted(log_odds), dtype=np.float64))

    assert (np.diff(probable) >= 0).all()
    assert ((probable > 0) & (probable <= 1)).all()
