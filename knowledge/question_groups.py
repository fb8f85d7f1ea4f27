"""Which unanswered questions mean the same: surely, perhaps (a person confirms), or none. The same machinery that answers,
over groups of questions that wait for an answer.

Whoever is put into a group is told the answer that is written for it, so "sure" is as sure as an answer given outright.
"""

from knowledge.asking import Asking
from knowledge.bodies import find_candidates
from knowledge.grouping import Fit, Grouping
from knowledge.judge import Judge
from knowledge.profile import Profile, Profiler
from knowledge.retrieval import Scored, T, judged
from knowledge.shelf import Shelf
from knowledge.similarity import shared_words
from knowledge.text import bare
from knowledge.thresholds import DEFAULTS, Thresholds

_TOO_SHORT = 6
"""A question of fewer letters names a topic more than it asks: it is sure to mean what the very same words mean, no more."""
_SAYS_SOMETHING = 3
_LONGEST = 240
"""Characters of a question that are read."""


def group_question(
    question: str, shelf: Shelf[T], *, profiler: Profiler, judge: Judge, thresholds: Thresholds = DEFAULTS
) -> Grouping[T]:
    """Where `question` belongs among the groups of `shelf`. What asks or says something else is at most suggested."""
    asked = profiler.profile(question[:_LONGEST])
    found = judged(find_candidates(asked, shelf, profiler=profiler.forgetful()), judge=judge)
    likely = tuple(one for one in found if _is_likely(asked, one, thresholds))
    same = next((one for one in found if _is_same(asked, one.pair.known) and not one.differences), None)
    if same is not None:
        return Grouping(Fit.SURE, (same, *(one for one in likely if one is not same)))
    if not likely:
        return Grouping(Fit.NEW, ())
    return Grouping(Fit.SURE if _is_sure(asked, likely[0], thresholds) else Fit.SUGGESTED, likely)


def _is_likely(asked: Profile, one: Scored[T], thresholds: Thresholds) -> bool:
    """Among a handful of groups each is the nearest of all to something: what shares no telling word with it is no likeness."""
    least = thresholds.suggested if shared_words(asked, one.pair.known) else thresholds.answer
    return one.probability >= least


def _is_same(asked: Profile, known: Profile) -> bool:
    """The very same words, but for signs and spelling. A sign may make another number (1、2号楼, 12号楼): that differs."""
    said = bare(asked.reading.normal)
    return len(said) >= _SAYS_SOMETHING and said == bare(known.reading.normal)


def _ask_alike(one: Asking, other: Asking) -> bool:
    """Stricter than for answering: an article may say why as well as whether, a question asks for one of them."""
    return bool(one.decisive & other.decisive) or not (one.decisive or other.decisive)


def _is_sure(asked: Profile, first: Scored[T], thresholds: Thresholds) -> bool:
    known = first.pair.known
    return (
        first.probability >= thresholds.answer
        and not first.differences
        and _ask_alike(asked.reading.asking, known.reading.asking)
        and bool(shared_words(asked, known))
        and min(len(bare(asked.reading.normal)), len(bare(known.reading.normal))) >= _TOO_SHORT
    )
