"""Fits the models that come with the program anew and says what they reach.

Run: python -m benchmarks.fit_judges [DEV|--texts|--sameness]

DEV: the folder of development texts (../shared/data/dev). Of its sentences nothing is kept: the judges look at general
features alone (coverage, lengths, question types …), and only their numbers are written. Without DEV the judges learn
from our own words alone. With --texts only the text models are fitted, in seconds, with --sameness only whether two texts
mean the same, in some five minutes; both from our own words. The same inputs give the same numbers.
"""

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.article import Article
from knowledge.claim import Claim, Verdict
from knowledge.claim_seeds import sample_claims
from knowledge.fitting import (
    ANSWER_RECIPE,
    CLAIM_RECIPE,
    Recipe,
    Rows,
    calibrate,
    fit_judge,
    price_difference,
    together,
)
from knowledge.flips import read_pairs
from knowledge.judge import Judge
from knowledge.lessons import Lessons, load_lessons
from knowledge.models import ANSWER_FEATURES, CLAIM_FEATURES
from knowledge.places import Places
from knowledge.profile import Profiler
from knowledge.same_lessons import Likeness, fit_sameness, likenesses
from knowledge.sameness import Sameness
from knowledge.seeds import plain_articles
from knowledge.text import build_segmenter
from knowledge.training import Case, Teacher, answer_lessons, claim_lessons, fit_flag, fit_routing
from knowledge.variants import load_variants

WEIGHTS = Path(__file__).parent.parent / "knowledge" / "weights"
FLIPS = WEIGHTS.parent / "seed" / "lessons" / "flips.jsonl"
SAMPLE_DAY = date(2022, 7, 14)
"""The samples are dated relative to this day (Asia/Shanghai): two days after the notice."""
TEXTS, SAMENESS = "--texts", "--sameness"
LIST_PARTS = 4
"""The development articles are asked in lists of about 360, as large as a bureau's."""


def main() -> None:
    """Fit, calibrate on what each judge had not seen, and write the weights."""
    asked = sys.argv[1:]
    only = asked[0] if asked in ([TEXTS], [SAMENESS]) else None
    dev = Path(*asked) if asked and not only else None
    segmenter = build_segmenter()
    articles, claims = plain_articles(day=SAMPLE_DAY), sample_claims(day=SAMPLE_DAY)
    lessons = load_lessons()
    if only in {None, TEXTS}:
        _write("flag", fit_flag(lessons, articles, claims, segmenter=segmenter).to_arrays())
        _write("routing", fit_routing(lessons, segmenter=segmenter).to_arrays())
    if only in {None, SAMENESS}:
        _write("sameness", _sameness(Profiler(segmenter, Places()), articles, claims, lessons).to_arrays())
    if only is None:
        teacher = Teacher(Profiler(segmenter, Places()))
        _write("answers", _answers_judge(teacher, articles, lessons, dev).to_arrays())
        _write("claims", _claims_judge(teacher, claims, articles, lessons, dev).to_arrays())


def _write(name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    np.savez_compressed(WEIGHTS / f"{name}.npz", allow_pickle=False, **arrays)


def _sameness(
    profiler: Profiler, articles: Sequence[Article], claims: Sequence[Claim], lessons: Lessons
) -> Sameness:
    pairs = [
        *likenesses(load_variants(), lessons, articles, claims, profiler=profiler),
        *(Likeness(one.left, one.right, not one.flipped) for one in read_pairs(FLIPS)),
    ]
    provenance = f"Fitted on own words ({len(pairs)} pairs)."
    print(provenance)
    return fit_sameness(pairs, profiler=profiler, provenance=provenance)


def _answers_judge(
    teacher: Teacher, articles: Sequence[Article], lessons: Lessons, dev: Path | None
) -> Judge:
    own = answer_lessons(teacher, articles, lessons)
    others = [_dev_answers(dev, teacher)] if dev else []
    return _fitted([*own.values()], others, ANSWER_FEATURES, ANSWER_RECIPE, _own_sets(own, dev))


def _claims_judge(
    teacher: Teacher, claims: Sequence[Claim], articles: Sequence[Article], lessons: Lessons, dev: Path | None
) -> Judge:
    own = claim_lessons(teacher, claims, articles, lessons)
    others = [_dev_claims(dev, teacher)] if dev else []
    return _fitted([*own.values()], others, CLAIM_FEATURES, CLAIM_RECIPE, _own_sets(own, dev))


def _own_sets(rows: dict[str, Rows], dev: Path | None) -> str:
    counted = ", ".join(f"{len(set(part.case.tolist()))} {name}" for name, part in rows.items())
    return f"Fitted on own words ({counted})" + (
        " and on general features of the development texts." if dev else "."
    )


def _fitted(
    own: Sequence[Rows], others: Sequence[Rows], features: Sequence[str], recipe: Recipe, provenance: str
) -> Judge:
    """Fitted on everything; calibrated on log-odds that judges gave to queries kept from them."""
    rows = together([*own, *others])
    fold = np.asarray([int(sha256(str(case).encode()).hexdigest(), 16) % LIST_PARTS for case in rows.case])
    unseen = np.zeros(len(rows.labels))
    for part in range(LIST_PARTS):
        kept = fold != part
        judge = fit_judge(rows.where(kept), features=features, recipe=recipe, provenance="")
        unseen[~kept] = judge.log_odds(rows.where(~kept).seen_by(judge))
    first, weights = _firsts(unseen, rows.case), None
    if recipe.promises_own:
        first = first[first < sum(len(part.labels) for part in own)]
        weights = rows.weights[first]
    cost = price_difference(unseen[first], rows.labels[first], rows.differs[first])
    stretch, shift = calibrate(unseen[first] - cost * rows.differs[first], rows.labels[first], weights)
    print(
        f"{provenance}\n{len(first)} first candidates: stretch {stretch:.3f}, shift {shift:.3f}, veto {cost:.3f}"
    )
    judge = fit_judge(rows, features=features, recipe=recipe, provenance=provenance)
    return replace(judge, veto_cost=cost).recalibrated(stretch, shift)


def _firsts(log_odds: NDArray[np.float64], case: NDArray[np.int64]) -> NDArray[np.int64]:
    """The row of the best candidate of each query."""
    order = np.lexsort((-log_odds, case))
    starts = np.flatnonzero(np.diff(case[order], prepend=-1))
    return order[starts]


def _objects(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _dev_answers(dev: Path, teacher: Teacher) -> Rows:
    """Lists of a quarter of the articles; a question nothing fits goes with its nearest article."""
    articles = [
        Article(str(one["id"]), str(one["question"]), "") for one in _objects(dev / "answers_articles.jsonl")
    ]
    part = {one.id: int(sha256(one.id.encode()).hexdigest(), 16) % LIST_PARTS for one in articles}
    cases = [
        Case(str(one["text"]), frozenset(one["relevant"])) for one in _objects(dev / "answers_queries.jsonl")
    ]  # type: ignore[arg-type, call-overload]
    nearest = teacher.nearest_articles(articles, [case.text for case in cases])
    home = [
        part[min(case.relevant) if case.relevant else near] for case, near in zip(cases, nearest, strict=True)
    ]
    return together(
        [
            teacher.ask_articles(
                [one for one in articles if part[one.id] == number],
                [case for case, at in zip(cases, home, strict=True) if at == number],
            )
            for number in range(LIST_PARTS)
        ]
    )


def _dev_claims(dev: Path, teacher: Teacher) -> Rows:
    """Messages of one claim weigh as the root of their number: a hundred copies of one post teach one thing."""
    claims = [
        Claim(str(one["id"]), str(one["text"]), Verdict.FALSE, "")
        for one in _objects(dev / "rumours_claims.jsonl")
    ]
    cases = [
        Case(str(one["text"]), frozenset(one["claims"])) for one in _objects(dev / "rumours_messages.jsonl")
    ]  # type: ignore[arg-type, call-overload]
    rows = teacher.ask_claims(claims, cases)
    copies = Counter(min(case.relevant) for case in cases if case.relevant)
    weights = [1 / copies[min(case.relevant)] ** 0.5 if case.relevant else 1.0 for case in cases]
    return replace(rows, weights=np.asarray(weights)[rows.case])


if __name__ == "__main__":
    main()
