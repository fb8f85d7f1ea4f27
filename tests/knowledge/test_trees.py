from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from knowledge.fitting import _trees_of
from knowledge.sieve import Branches
from knowledge.trees import Trees

Numbers = NDArray[np.float64]


def lessons(rows: int = 400) -> tuple[Numbers, NDArray[np.bool_]]:
    """Rows that no single straight cut tells apart."""
    chance = np.random.default_rng(7)
    features = chance.normal(size=(rows, 5))
    features[:, 4] = chance.integers(0, 3, size=rows)
    return features, features[:, 0] * features[:, 1] + features[:, 4] > 0.8


def grown(**options: int) -> HistGradientBoostingClassifier:
    features, labels = lessons()
    return HistGradientBoostingClassifier(random_state=0, early_stopping=False, **options).fit(
        features, labels
    )


@pytest.fixture(scope="module")
def model() -> HistGradientBoostingClassifier:
    return grown(max_iter=30, max_leaf_nodes=9, max_depth=5, min_samples_leaf=5)


def test_the_trees_say_what_the_library_that_fitted_them_says(model: HistGradientBoostingClassifier) -> None:
    seen, _ = lessons()
    unseen = np.random.default_rng(11).normal(scale=3, size=(500, 5))

    for rows in (seen, unseen, seen * 1e6):
        assert _trees_of(model).log_odds(rows) == pytest.approx(
            model.decision_function(rows), rel=1e-12, abs=1e-12
        )


def test_a_row_that_stands_exactly_on_a_threshold_goes_the_same_way(
    model: HistGradientBoostingClassifier,
) -> None:
    trees = _trees_of(model)
    nodes = trees.branches
    inner = np.setdiff1d(np.arange(len(nodes.left)), nodes.leaves)
    rows = np.zeros((len(inner), 5))
    rows[np.arange(len(inner)), nodes.feature[inner]] = nodes.threshold[inner]

    assert trees.log_odds(rows) == pytest.approx(model.decision_function(rows), rel=1e-12, abs=1e-12)


def test_trees_of_unequal_depth_and_a_single_stump_end_in_the_leaves_of_the_library() -> None:
    rows, _ = lessons()

    for model in (
        grown(max_iter=1, max_leaf_nodes=2),
        grown(max_iter=12, max_leaf_nodes=20, min_samples_leaf=2),
    ):
        assert _trees_of(model).log_odds(rows) == pytest.approx(
            model.decision_function(rows), rel=1e-12, abs=1e-12
        )


def test_a_tree_that_learnt_nothing_leaves_every_row_at_the_baseline() -> None:
    features, labels = lessons()
    model = HistGradientBoostingClassifier(max_iter=3, min_samples_leaf=len(labels)).fit(features, labels)

    assert _trees_of(model).log_odds(features) == pytest.approx(model.decision_function(features))
    assert len(set(_trees_of(model).log_odds(features).tolist())) == 1


def test_one_row_is_judged_as_it_is_among_others_and_no_rows_give_no_numbers(
    model: HistGradientBoostingClassifier,
) -> None:
    rows, _ = lessons(20)
    trees = _trees_of(model)

    assert [trees.log_odds(row[np.newaxis])[0] for row in rows] == trees.log_odds(rows).tolist()
    assert trees.log_odds(rows[:0]).tolist() == []


def test_trees_come_back_from_a_file_as_they_were_written(
    model: HistGradientBoostingClassifier, tmp_path: Path
) -> None:
    rows, _ = lessons()
    trees = _trees_of(model)

    np.savez(tmp_path / "trees.npz", allow_pickle=False, **trees.to_arrays())
    with np.load(tmp_path / "trees.npz", allow_pickle=False) as arrays:
        again = Trees.from_arrays(arrays)

    assert again.log_odds(rows).tolist() == trees.log_odds(rows).tolist()


def test_arrays_of_which_one_is_missing_are_refused(model: HistGradientBoostingClassifier) -> None:
    arrays = _trees_of(model).to_arrays()
    del arrays["threshold"]

    with pytest.raises(KeyError, match="threshold"):
        Trees.from_arrays(arrays)


def test_a_tree_of_more_leaves_than_can_be_told_apart_is_refused() -> None:
    features = np.random.default_rng(5).normal(size=(2000, 5))
    model = HistGradientBoostingClassifier(max_iter=1, max_leaf_nodes=40, min_samples_leaf=2)

    with pytest.raises(ValueError, match="40 leaves: fit it with at most 32"):
        _trees_of(model.fit(features, np.sin(features[:, 0] * features[:, 1] * 9) > 0))


def test_many_rows_are_judged_as_each_of_them_alone(model: HistGradientBoostingClassifier) -> None:
    rows = np.random.default_rng(3).normal(size=(150, 5))
    trees = _trees_of(model)

    assert trees.log_odds(rows).tolist() == [trees.log_odds(row[np.newaxis])[0] for row in rows]


def walked(trees: Trees, row: Numbers) -> float:
    """What a walk from each root says, node by node."""
    nodes, total = trees.branches, trees.baseline
    for root in nodes.roots.tolist():
        node = root
        for _ in range(nodes.depth):
            goes_left = row[nodes.feature[node]] <= nodes.threshold[node]
            node = int((nodes.left if goes_left else nodes.right)[node])
        total += float(trees.value[node])
    return total


def test_a_single_leaf_and_a_cut_at_infinity_stand_beside_other_trees() -> None:
    branches = Branches(
        roots=np.asarray([0, 1, 4]),
        feature=np.asarray([0, 2, 0, 0, 0, 0, 2, 0, 0]),
        threshold=np.asarray([0.0, np.inf, 0.0, 0.0, -0.0, 0.0, 1.5, 0.0, 0.0]),
        left=np.asarray([0, 2, 2, 3, 5, 5, 7, 7, 8]),
        right=np.asarray([0, 3, 2, 3, 6, 5, 8, 7, 8]),
        depth=2,
    )
    trees = Trees(branches, np.asarray([1.0, 0, 2, 3, 0, 5, 0, 7, 11]), 0.25)
    values = (-np.inf, -1.0, -0.0, 0.0, 1.5, 2.0, np.inf)
    rows = np.asarray([(first, 0.0, third) for first in values for third in values])

    assert trees.log_odds(rows).tolist() == [walked(trees, row) for row in rows]
