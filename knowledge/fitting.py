"""Fitting the small models with scikit-learn and taking their numbers out as plain arrays. Not imported when serving."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from knowledge.exchanges import NO_LEANINGS, Exchange, Leanings
from knowledge.judge import Judge
from knowledge.sieve import Branches
from knowledge.style import style_features
from knowledge.text import Segmenter, normalise
from knowledge.text_model import GRAM_WEIGHT, STYLE_WEIGHT, TextModel, counted_grams, gram_table
from knowledge.trees import Trees


@dataclass(frozen=True, slots=True)
class Rows:
    """Feature rows of candidates with their labels and weights; `case` numbers the query each row came from; `differs`:
    whether the meaning-flip check found a difference; `exchanges`: what the two texts say instead of each other.
    """

    features: NDArray[np.float64]
    labels: NDArray[np.bool_]
    weights: NDArray[np.float64]
    case: NDArray[np.int64]
    differs: NDArray[np.bool_]
    exchanges: tuple[Exchange, ...] = ()

    def where(self, kept: NDArray[np.bool_]) -> "Rows":
        return Rows(
            self.features[kept],
            self.labels[kept],
            self.weights[kept],
            self.case[kept],
            self.differs[kept],
            tuple(compress(self.exchanges, kept.tolist())),
        )

    def weighing(self, weight: float) -> "Rows":
        """The same rows, each worth `weight` times as much."""
        return replace(self, weights=self.weights * weight)

    def seen_by(self, judge: Judge) -> NDArray[np.float64]:
        """What `judge` looks at, row by row."""
        if judge.leans:
            return np.hstack((self.features, judge.leanings.column(self.exchanges)))
        return self.features


def together(parts: Sequence[Rows]) -> Rows:
    """All rows; queries of different parts stay apart. Parts in which nothing was worth judging are left out."""
    parts = [part for part in parts if len(part.labels)]
    offsets = np.cumsum([0, *(int(part.case.max()) + 1 for part in parts[:-1])])
    return Rows(
        np.vstack([part.features for part in parts]),
        np.concatenate([part.labels for part in parts]),
        np.concatenate([part.weights for part in parts]),
        np.concatenate([part.case + offset for part, offset in zip(parts, offsets, strict=True)]),
        np.concatenate([part.differs for part in parts]),
        tuple(chain.from_iterable(part.exchanges for part in parts)),
    )


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a judge is fitted: so many trees of so many leaves.

    `linear`: how much of the log-odds is that of a linear model (0..1), the rest is that of the trees; `leaning`: whether it
    learns what exchanges mean; `rate`: how much of each tree counts; `promises_own`: whether it is calibrated on our own
    queries only, each counting as much as among the lessons (what a difference costs, they say all alike). The development questions are easier than ours: by them,
    probabilities would promise too much.
    """

    trees: int
    leaves: int
    linear: float
    smallest_leaf: int = 30
    features_tried: float = 1.0
    rate: float = 0.06
    leaning: bool = False
    promises_own: bool = False


ANSWER_RECIPE = Recipe(
    trees=400, leaves=31, linear=0.0, features_tried=0.4, rate=0.045, leaning=True, promises_own=True
)
CLAIM_RECIPE = Recipe(trees=120, leaves=8, linear=0.5, smallest_leaf=20, features_tried=0.5)
_PARTS = 4
"""In so many the rows are taken apart: what leanings say of each is learnt from the others."""
_SEEN_OFTEN = 8
"""Rows in which a part must stand to have a leaning; with 3, 5, 12 or 30 the figures move no more than from one fit to another."""
_LEANING_STRENGTH = 0.05
"""Inverse of the L2 penalty; half and twice as much do no better."""
_ALIKE_WEIGHS = 3.0
"""Log-odds of likeness are divided by this, or the penalty would spare them."""
_DEEPEST = 8
_LEAF_PENALTY = 5.0
_LINEAR_STRENGTH = 0.1
"""Inverse of the L2 penalty."""


def fit_judge(rows: Rows, *, features: Sequence[str], recipe: Recipe, provenance: str) -> Judge:
    """A judge of candidates, not yet calibrated."""
    leanings = NO_LEANINGS
    if recipe.leaning:
        rows, leanings = _with_leanings(rows)
    linear = _fit_linear(rows) * recipe.linear if recipe.linear else np.zeros(0)
    trees = _fit_trees(rows, recipe).weighing(1 - recipe.linear)
    return Judge(tuple(features), trees, linear, 1.0, 0.0, 0.0, provenance, leanings)


def _with_leanings(rows: Rows) -> tuple[Rows, Leanings]:
    """The rows with one feature more, and what that is worked out with: for each part of the rows it is learnt from the
    others, or the trees would trust it more than it deserves.
    """
    linear = _fit_linear(rows)
    alike = rows.features @ linear[:-1] + linear[-1]
    column, part = np.zeros((len(rows.labels), 1)), rows.case % _PARTS
    for number in range(_PARTS):
        others = fit_leanings(rows.where(part != number), alike[part != number])
        column[part == number] = others.column(compress(rows.exchanges, (part == number).tolist()))
    return replace(rows, features=np.hstack((rows.features, column))), fit_leanings(rows, alike)


def fit_leanings(rows: Rows, alike: NDArray[np.float64]) -> Leanings:
    """What each part of an exchange adds to the log-odds `alike` that two texts mean the same. Rare parts are left out."""
    parts = [tuple(exchange.parts()) for exchange in rows.exchanges]
    counted = Counter(chain.from_iterable(parts))
    often = sorted(part for part, times in counted.items() if times >= _SEEN_OFTEN)
    places = {one: place for place, one in enumerate(often)}
    found = [sorted(places[part] for part in row if part in places) for row in parts]
    lengths = [*map(len, found)]
    columns = np.fromiter(chain.from_iterable(found), dtype=np.int64)
    shares = np.repeat([1 / exchange.scale for exchange in rows.exchanges], lengths)
    table = csr_matrix((shares, columns, np.cumsum([0, *lengths])), shape=(len(found), len(places)))
    model = LogisticRegression(C=_LEANING_STRENGTH, max_iter=500)
    model.fit(
        hstack([csr_matrix(alike[:, np.newaxis] / _ALIKE_WEIGHS), table]).tocsr(), rows.labels, rows.weights
    )
    return Leanings(dict(zip(places, model.coef_[0, 1:].tolist(), strict=True)))


def _fit_linear(rows: Rows) -> NDArray[np.float64]:
    scaler = StandardScaler().fit(rows.features)
    model = LogisticRegression(C=_LINEAR_STRENGTH, max_iter=4000)
    model.fit(scaler.transform(rows.features), rows.labels, sample_weight=rows.weights)
    coefficients = model.coef_[0] / scaler.scale_
    return np.append(coefficients, model.intercept_[0] - coefficients @ scaler.mean_)


def _fit_trees(rows: Rows, recipe: Recipe) -> Trees:
    model = HistGradientBoostingClassifier(
        max_iter=recipe.trees,
        max_leaf_nodes=recipe.leaves,
        max_depth=_DEEPEST,
        learning_rate=recipe.rate,
        min_samples_leaf=recipe.smallest_leaf,
        l2_regularization=_LEAF_PENALTY,
        max_features=recipe.features_tried,
        early_stopping=False,
        random_state=0,
    ).fit(rows.features, rows.labels, sample_weight=rows.weights)
    return _trees_of(model)


def _trees_of(model: HistGradientBoostingClassifier) -> Trees:
    """The fitted trees' nodes one after another; scikit-learn 1.x keeps them in `_predictors`."""
    grown = [stage[0].nodes for stage in model._predictors]  # noqa: SLF001 - there is no public way to read them
    roots = np.cumsum([0, *(len(nodes) for nodes in grown[:-1])], dtype=np.intp)
    nodes = np.concatenate(grown)
    start = np.repeat(roots, [len(one) for one in grown])
    own = np.arange(len(nodes), dtype=np.intp)
    leaf = nodes["is_leaf"].astype(np.bool_)
    branches = Branches(
        roots=roots,
        feature=np.where(leaf, 0, nodes["feature_idx"]).astype(np.intp),
        threshold=np.where(leaf, 0.0, nodes["num_threshold"]),
        left=np.where(leaf, own, nodes["left"] + start).astype(np.intp),
        right=np.where(leaf, own, nodes["right"] + start).astype(np.intp),
        depth=int(nodes["depth"].max()),
    )
    baseline = float(model._baseline_prediction[0, 0])  # noqa: SLF001 - as above
    return Trees(branches, np.where(leaf, nodes["value"], 0.0), baseline)


def calibrate(
    log_odds: NDArray[np.float64], right: NDArray[np.bool_], weights: NDArray[np.float64] | None = None
) -> tuple[float, float]:
    """Stretch and shift that make log-odds of queries the model has not seen honest (Platt 1999); `weights`: how much each
    query counts, all the same if not said.
    """
    model = LogisticRegression(C=1e6).fit(log_odds[:, np.newaxis], right, sample_weight=weights)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def price_difference(
    log_odds: NDArray[np.float64], right: NDArray[np.bool_], differs: NDArray[np.bool_]
) -> float:
    """By how much candidates that say something differently are less likely than their log-odds tell; never below 0."""
    model = LogisticRegression(C=1e6).fit(np.column_stack((log_odds, differs)), right)
    return max(0.0, -float(model.coef_[0, 1]))


_TEXT_STRENGTH = 1.0


def fit_text_model(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    kinds: Sequence[str],
    segmenter: Segmenter,
    weights: Sequence[float] | None = None,
) -> TextModel:
    """A classifier of texts. Kinds weigh the same however many texts each has."""
    normals = [normalise(text) for text in texts]
    canonicals = [segmenter.canonical(normal) for normal in normals]
    style = np.asarray(
        [style_features(*forms, segmenter=segmenter) for forms in zip(normals, canonicals, strict=True)]
    )
    grams, idf = gram_table(canonicals)
    tf_idf = TfidfVectorizer(
        analyzer=counted_grams,
        vocabulary={gram: place for place, gram in enumerate(grams)},
        sublinear_tf=True,
    ).fit_transform(canonicals)
    scaler = StandardScaler().fit(style)
    rows = hstack([csr_matrix(scaler.transform(style) * STYLE_WEIGHT), tf_idf * GRAM_WEIGHT]).tocsr()
    model = LogisticRegression(C=_TEXT_STRENGTH, max_iter=4000, class_weight="balanced")
    model.fit(rows, labels, sample_weight=weights)
    return _text_model_of(model, kinds, grams, idf, scaler)


def _text_model_of(
    model: LogisticRegression,
    kinds: Sequence[str],
    grams: tuple[str, ...],
    idf: NDArray[np.float64],
    scaler: StandardScaler,
) -> TextModel:
    """In the features' own units, one row a kind; of two kinds the first is the other side of the second."""
    fitted = tuple(model.classes_.tolist())
    if fitted != tuple(kinds):
        raise ValueError(f"there are lessons for {', '.join(fitted)} only, needed are {', '.join(kinds)}")
    coefficients, intercepts = model.coef_, model.intercept_
    if len(coefficients) == 1:
        coefficients = np.vstack((np.zeros_like(coefficients), coefficients))
        intercepts = np.append(0.0, intercepts)
    signs = len(scaler.mean_)
    style = coefficients[:, :signs] * STYLE_WEIGHT / scaler.scale_
    return TextModel(
        kinds=tuple(kinds),
        grams=grams,
        idf=idf,
        gram_weights=coefficients[:, signs:] * GRAM_WEIGHT,
        style_weights=style,
        intercepts=intercepts - style @ scaler.mean_,
    )
