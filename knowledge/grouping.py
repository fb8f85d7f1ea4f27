"""Which open claim a new report belongs to: surely, perhaps (a person confirms), or none. The same machinery that repeats
a verdict, over claims that are still being looked into.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic

from knowledge.claim_match import RANK_GAINS
from knowledge.cues import load_cues
from knowledge.judge import Judge
from knowledge.profile import Profiler
from knowledge.retrieval import Scored, T, judged
from knowledge.shelf import Shelf
from knowledge.text import bare, normalise
from knowledge.thresholds import DEFAULTS, Thresholds
from knowledge.windows import find_claims

_TOO_SHORT = 8
"""A report of fewer letters is never sure to belong anywhere: Check's guard of eight words, for Chinese."""


class Fit(StrEnum):
    """How a report fits the claims there are."""

    SURE = "sure"
    SUGGESTED = "suggested"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Grouping(Generic[T]):
    """`candidates`: most probable first, those below the suggestion threshold left out."""

    fit: Fit
    candidates: tuple[Scored[T], ...]


def group(
    report: str, shelf: Shelf[T], *, profiler: Profiler, judge: Judge, thresholds: Thresholds = DEFAULTS
) -> Grouping[T]:
    """Where `report` belongs among the claims of `shelf`. What differs in meaning is at most suggested."""
    core = load_cues().core(normalise(report))
    found = judged(find_claims(core, shelf, profiler=profiler.forgetful()), judge=judge, gains=RANK_GAINS)
    likely = tuple(one for one in found if one.probability >= thresholds.suggested)
    if not likely:
        return Grouping(Fit.NEW, ())
    first = likely[0]
    sure = first.probability >= thresholds.known and not first.differences and len(bare(core)) >= _TOO_SHORT
    return Grouping(Fit.SURE if sure else Fit.SUGGESTED, likely)
