"""What teaches `sameness`, and how it is fitted: pairs of texts that mean the same, or do not. Not used in serving."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations, islice, pairwise, product
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from knowledge.article import Article
from knowledge.claim import Claim
from knowledge.exchanges import Comparison
from knowledge.fitting import Recipe, Rows, calibrate, fit_judge
from knowledge.lessons import Lessons
from knowledge.profile import Profiler
from knowledge.retrieval import Candidates
from knowledge.sameness import (
    KINDS,
    SAME_FEATURES,
    Differences,
    Sameness,
    differences_of,
    features_of,
    sameness_of,
)
from knowledge.shelf import fill_shelf
from knowledge.text import clauses, normalise
from knowledge.training import find_for_question, find_for_report
from knowledge.variants import Variants

_RECIPE = Recipe(trees=300, leaves=15, linear=0.0, smallest_leaf=30, features_tried=0.4, rate=0.05)
_NEIGHBOURS = 100
"""Variants that stand together in the file were written by one hand, and no two of those texts are about the same thing."""
_LESS = 0.3
"""So much counts a pair of texts of which each was written for a third one."""
_SEEN_OFTEN = 8
"""Pairs in which a difference must be found to have a weight."""
_STRENGTH = 0.1
"""Inverse of the L2 penalty."""
_LIGHT = 0.04
"""Log-odds of a weight that is left out: half of all are that light, and say next to nothing together."""
_PARTS = 5
"""In so many the pairs are taken apart: what differences say of each is learnt from the others."""
_EVERY = 3
_BESIDE = 3
_SAYS_SOMETHING = 6

K = TypeVar("K", Article, Claim)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts and whether they mean the `same`. `weight`: how much it counts; `in_words`: its differences are learnt word by word,
    which would be too easy between texts about different things. `about`: the text that both are wordings or variants of, if it is
    not the right one: what is learnt of it is tried on others.
    """

    left: str
    right: str
    same: bool
    weight: float = 1.0
    in_words: bool = True
    about: str = ""


def likenesses(
    variants: Sequence[Variants],
    lessons: Lessons,
    articles: Sequence[Article],
    claims: Sequence[Claim],
    *,
    profiler: Profiler,
) -> Iterator[Likeness]:
    """All that there is to learn from: variants, each beside its text, beside the others of it and beside the nearest of its
    neighbours, and what the packaged articles and claims are asked by.
    """
    for one in variants:
        yield from (Likeness(text, one.text, same=True) for text in one.same)
        yield from (Likeness(text, one.text, same=False) for text in one.other)
        yield from _beside_each_other(one)
    yield from _nearest_others(variants, profiler)
    yield from (Likeness(pair.left, pair.right, pair.same) for pair in lessons.pairs)
    yield from _within({one.question: one for one in articles}.values())
    yield from _within(claims)
    yield from _asked(articles, lessons, profiler)
    yield from _reported(claims, lessons, profiler)


def _beside_each_other(one: Variants) -> Iterator[Likeness]:
    """What means the same as one text means the same, and what means something else than it means something else than those."""
    for left, right in combinations(one.same, 2):
        yield Likeness(left, right, same=True, weight=_LESS, about=one.text)
    for left, right in product(one.other, one.same):
        yield Likeness(left, right, same=False, weight=_LESS, about=one.text)


def _nearest_others(variants: Sequence[Variants], profiler: Profiler) -> Iterator[Likeness]:
    for start in range(0, len(variants), _NEIGHBOURS):
        neighbours = variants[start : start + _NEIGHBOURS]
        shelf = fill_shelf(
            [Article(one.text, one.text, "") for one in neighbours], segmenter=profiler.segmenter
        )
        for one in neighbours:
            for text in (*one.same, *one.other):
                hits = shelf.index.search(profiler.segmenter.grams(text), limit=2)
                nearest = next((hit.owner for hit in hits if hit.owner != one.text), None)
                if nearest:
                    yield Likeness(text, nearest, same=False, weight=_LESS, in_words=False)


def _within(things: Iterable[K]) -> Iterator[Likeness]:
    """Wordings of one thing, each beside the first and beside the one before it, and what the first of several clauses says."""
    for thing in things:
        first, *others = thing.texts
        yield from (Likeness(text, first, same=True) for text in others)
        yield from (Likeness(text, before, same=True, about=first) for before, text in pairwise(others))
        for text in thing.texts:
            beginning, *rest = clauses(normalise(text))
            if rest and len(beginning) >= _SAYS_SOMETHING:
                yield Likeness(beginning, text, same=True, about=first)


def _asked(articles: Sequence[Article], lessons: Lessons, profiler: Profiler) -> Iterator[Likeness]:
    shelf = fill_shelf(articles, segmenter=profiler.segmenter)
    twins: dict[str, frozenset[str]] = {
        one.id: frozenset(other.id for other in articles if other.question == one.question)
        for one in articles
    }
    cases = [
        *((one.text, one.relevant) for one in (*lessons.questions, *lessons.other_matters)),
        *((text, twins[one.id]) for one in articles for text in one.texts[::_EVERY]),
    ]
    for text, relevant in dict(cases).items():
        if relevant is not None:
            yield from _beside(text, relevant, find_for_question(text, shelf, profiler))


def _reported(claims: Sequence[Claim], lessons: Lessons, profiler: Profiler) -> Iterator[Likeness]:
    shelf = fill_shelf(claims, segmenter=profiler.segmenter)
    cases = [
        *((one.text, one.claims) for one in lessons.reports),
        *((text, frozenset({one.id})) for one in claims for text in one.texts),
    ]
    for text, relevant in dict(cases).items():
        if relevant is not None:
            yield from _beside(text, relevant, find_for_report(text, shelf, profiler))


def _beside(text: str, relevant: frozenset[str], found: Candidates[K] | None) -> Iterator[Likeness]:
    """A message beside the closest wording of what it is about, and of what it is not about."""
    pairs = sorted(
        (pair for pair in (found.pairs if found else ()) if pair.text != text), key=lambda pair: -pair.close
    )
    for same, few in ((True, 1), (False, _BESIDE)):
        closest = (pair for pair in pairs if (pair.item.id in relevant) is same)
        for pair in islice(closest, few):
            yield Likeness(pair.message.reading.normal, pair.text, same, about=pair.item.texts[0])


def fit_sameness(pairs: Sequence[Likeness], *, profiler: Profiler, provenance: str) -> Sameness:
    """Differences first, by logistic regression; then trees over what they say of pairs that were kept from them."""
    twos = [Comparison(profiler.known(one.left), profiler.known(one.right)) for one in pairs]
    labels = np.asarray([one.same for one in pairs])
    case = np.asarray([_case(one) for one in pairs])
    table = _table([differences_of(two) for two in twos], [one.in_words for one in pairs])
    said, weights = _said_apart(table, labels, case % _PARTS, np.asarray([one.in_words for one in pairs]))
    learnt = Rows(
        np.asarray([features_of(two, worths) for two, worths in zip(twos, said.tolist(), strict=True)]),
        labels,
        np.asarray([one.weight for one in pairs]),
        case,
        np.zeros(len(pairs), dtype=np.bool_),
    )
    judge = fit_judge(learnt, features=SAME_FEATURES, recipe=_RECIPE, provenance=provenance)
    stretch, shift = calibrate(_unseen(learnt), labels, learnt.weights)
    return sameness_of(table.named(weights), judge.recalibrated(stretch, shift))


def _case(one: Likeness) -> int:
    return int(sha256((one.about or one.right).encode()).hexdigest(), 16) % 1_000_000


def _unseen(rows: Rows) -> NDArray[np.float64]:
    """Log-odds of each pair by a judge that has not seen it."""
    odds = np.zeros(len(rows.labels))
    for part in range(2):
        here = rows.case % 2 == part
        judge = fit_judge(rows.where(~here), features=SAME_FEATURES, recipe=_RECIPE, provenance="")
        odds[here] = judge.log_odds(rows.features[here])
    return odds


@dataclass(frozen=True, slots=True)
class _Table:
    """A row of differences for each pair. `names`: which of KINDS each column is, by number, and its name."""

    names: tuple[tuple[int, str], ...]
    rows: csr_matrix

    def said(self, weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """What they say of each pair: by each of KINDS, and by all."""
        kind = np.asarray([kind for kind, _ in self.names])
        by_kind = [np.where(kind == number, weights, 0.0) for number in range(len(KINDS))]
        said: NDArray[np.float64] = self.rows @ np.column_stack([*by_kind, weights])
        return said

    def named(self, weights: NDArray[np.float64]) -> tuple[dict[str, float], ...]:
        named: tuple[dict[str, float], ...] = tuple({} for _ in KINDS)
        for (kind, name), weight in zip(self.names, weights.tolist(), strict=True):
            if weight:
                named[kind][name] = weight
        return named


def _table(found: Sequence[Differences], in_words: Sequence[bool]) -> _Table:
    """Of the differences found often enough among pairs to be learnt word by word."""
    told = (_numbered(one) for one, yes in zip(found, in_words, strict=True) if yes)
    times = Counter(name for names in told for name, _ in names)
    often = sorted(name for name, count in times.items() if count >= _SEEN_OFTEN)
    place = {name: number for number, name in enumerate(often)}
    kept = [[(place[name], worth) for name, worth in _numbered(one) if name in place] for one in found]
    columns = np.fromiter((column for row in kept for column, _ in row), dtype=np.int64)
    worths = np.fromiter((worth for row in kept for _, worth in row), dtype=np.float64)
    ends = np.cumsum([0, *map(len, kept)])
    rows = csr_matrix((worths, columns, ends), shape=(len(found), len(often)))
    rows.sort_indices()  # differences are sets, and a sum in another order is another in its last digit
    return _Table(tuple(often), rows)


def _numbered(differences: Differences) -> Iterator[tuple[tuple[int, str], float]]:
    for kind, one in enumerate(differences):
        yield from (((kind, name), worth) for name, worth in one.items())


def _said_apart(
    table: _Table, labels: NDArray[np.bool_], part: NDArray[np.int64], in_words: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What differences say of each pair, learnt from pairs with other texts; and the weights learnt from all."""
    said = np.zeros((len(labels), len(KINDS) + 1))
    for number in range(_PARTS):
        here, others = part == number, in_words & (part != number)
        said[here] = table.said(_weights(table.rows[others], labels[others]))[here]
    return said, _weights(table.rows[in_words], labels[in_words])


def _weights(table: csr_matrix, labels: NDArray[np.bool_]) -> NDArray[np.float64]:
    weights = LogisticRegression(C=_STRENGTH, max_iter=400).fit(table, labels).coef_[0]
    return np.where(np.abs(weights) < _LIGHT, 0.0, weights)
