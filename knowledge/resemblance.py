"""What a report and a claim have in common and what they say differently, for whoever decides whether they are one."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.contradiction import compare
from knowledge.cues import load_cues
from knowledge.profile import Profiler
from knowledge.shelf import fill_shelf
from knowledge.similarity import shared_words
from knowledge.text import normalise
from knowledge.windows import find_claims

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Resemblance:
    """`shared`: the words that both say, the most telling first; `differences`: what cannot both be so."""

    shared: tuple[str, ...]
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Wordings:
    """A claim by itself, to be compared with."""

    texts: tuple[str, ...]
    id: str = "claim"
    body: str = ""


def resemblance(report: str, texts: Sequence[str], *, profiler: Profiler) -> Resemblance | None:
    """What `report` has in common with the claim of these wordings, looked at as in grouping; None if that is nothing at all."""
    alone = fill_shelf([_Wordings(tuple(texts))], segmenter=profiler.segmenter)
    found = find_claims(load_cues().core(normalise(report)), alone, profiler=profiler.forgetful())
    if found is None or not found.pairs:
        return None
    (pair,) = found.pairs
    shared = shared_words(pair.message, pair.known)[:_NAMED]
    return Resemblance(shared, pair.stated_differences) if shared or pair.stated_differences else None


def questions_alike(question: str, other: str, *, profiler: Profiler) -> Resemblance | None:
    """The same of two questions, each looked at as a whole."""
    here, there = profiler.profile(question), profiler.profile(other)
    shared, differing = shared_words(here, there)[:_NAMED], compare(here.statement, there.statement)
    return Resemblance(shared, differing) if shared or differing else None
