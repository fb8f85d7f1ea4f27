"""A judge that learns what exchanges mean: from the lessons, never from the row it is asked about."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.exchanges import Exchange
from knowledge.fitting import Recipe, Rows, fit_judge, fit_leanings, together
from knowledge.judge import EXCHANGED, Judge, judge_from
from tests.knowledge.hash_seeds import printed_under_every_seed

FEATURES = ("height", EXCHANGED)
LEANING = Recipe(trees=20, leaves=4, linear=0.5, smallest_leaf=5, leaning=True)
COURTESY = Exchange(frozenset({".请问"}), frozenset(), frozenset())
OTHER_MEDICINE = Exchange(frozenset({"药"}), frozenset({"药"}), frozenset())


def rows(count: int = 400, seed: int = 1) -> Rows:
    """Height tells nothing; a courtesy more changes nothing, another medicine nearly always does."""
    chance = np.random.default_rng(seed)
    kinds = chance.random(count) < 0.5
    labels = chance.random(count) < np.where(kinds, 0.9, 0.1)
    return Rows(
        chance.normal(size=(count, 1)),
        labels,
        np.ones(count),
        np.arange(count),
        np.zeros(count, dtype=np.bool_),
        tuple(COURTESY if kind else OTHER_MEDICINE for kind in kinds),
    )


@pytest.fixture(scope="module")
def judge() -> Judge:
    return fit_judge(rows(), features=FEATURES, recipe=LEANING, provenance="")


def test_it_learns_which_exchanges_change_nothing(judge: Judge) -> None:
    courtesy, medicine = judge.leanings.column([COURTESY, OTHER_MEDICINE])[:, 0]

    assert courtesy > 0.5
    assert medicine < -0.5


def test_what_it_learnt_decides_about_rows_it_has_not_seen(judge: Judge) -> None:
    unseen = rows(seed=2)
    probable = judge.probabilities(unseen.seen_by(judge))

    assert probable[unseen.labels].mean() > probable[~unseen.labels].mean() + 0.5


def test_it_does_not_trust_what_happens_to_be_so_in_the_lessons() -> None:
    """Few rows have the same exchange, and none says anything: a judge that learnt them by heart would be sure."""
    taught = rows()
    own = tuple(
        Exchange(frozenset({f"kind {number % 60}"}), frozenset(), frozenset()) for number in range(400)
    )
    judge = fit_judge(replace(taught, exchanges=own), features=FEATURES, recipe=LEANING, provenance="")
    unseen = replace(rows(seed=3), exchanges=own)
    sure = judge.probabilities(unseen.seen_by(judge))

    assert 0.25 < sure.mean() < 0.75
    assert np.quantile(sure, 0.9) < 0.85


def test_parts_seen_seldom_teach_nothing() -> None:
    rare = Exchange(frozenset({"rare"}), frozenset(), frozenset())
    taught = rows()
    seldom = replace(taught, exchanges=(rare, *taught.exchanges[1:]))

    assert ("rare",) not in fit_leanings(seldom, np.zeros(400)).weights


def test_rows_keep_their_exchanges_when_they_are_picked_and_put_together() -> None:
    taught = rows(6)

    picked = taught.where(np.asarray([True, False, True, False, False, True]))
    both = together([picked, taught])

    assert picked.exchanges == (taught.exchanges[0], taught.exchanges[2], taught.exchanges[5])
    assert both.exchanges == (*picked.exchanges, *taught.exchanges)


def test_it_comes_back_from_a_file_with_what_it_has_learnt(judge: Judge, tmp_path: Path) -> None:
    np.savez_compressed(tmp_path / "judge.npz", allow_pickle=False, **judge.to_arrays())
    with np.load(tmp_path / "judge.npz", allow_pickle=False) as arrays:
        again = judge_from(arrays, features=FEATURES)

    unseen = rows(seed=2)
    assert again.log_odds(unseen.seen_by(again)).tolist() == judge.log_odds(unseen.seen_by(judge)).tolist()


def test_a_judge_without_leanings_looks_at_the_features_alone() -> None:
    taught = rows()
    judge = fit_judge(taught, features=("height",), recipe=replace(LEANING, leaning=False), provenance="")

    assert np.array_equal(taught.seen_by(judge), taught.features)


FITTED_ANEW = """
import numpy as np
from knowledge.exchanges import Exchange
from knowledge.fitting import Rows, fit_leanings

chance = np.random.default_rng(1)
exchanges = tuple(
    Exchange(*(frozenset(chance.choice([*"abcdefghijkl"], 5).tolist()) for _ in range(3))) for _ in range(400)
)
labels = np.asarray([("a" in one.here) != ("b" in one.there) for one in exchanges])
taught = Rows(np.zeros((400, 1)), labels, np.ones(400), np.arange(400), np.zeros(400, dtype=bool), exchanges)
print(fit_leanings(taught, chance.normal(size=400)).weights)
"""


def test_the_same_lessons_teach_the_same_in_every_process() -> None:
    """Exchanges are sets, which have another order under every hash seed."""
    learnt = printed_under_every_seed(FITTED_ANEW)

    assert len(learnt) == 1
