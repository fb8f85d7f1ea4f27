"""Claims where and when a message is sent: of copies for several places or times the nearest one in force, as of articles.

A claim that is over, or another county's, must neither be told nor stand in the way of the one that holds.
"""

from collections.abc import Iterable
from dataclasses import replace

from knowledge.claim import Claim
from knowledge.claim_match import LIKELY, ClaimMatch
from knowledge.contradiction import compare
from knowledge.here import Here
from knowledge.profile import Profiler
from knowledge.standing import near_copies


def nearest(matches: Iterable[ClaimMatch], here: Here, profiler: Profiler) -> tuple[ClaimMatch, ...]:
    """The matches in their order; of copies that are likely the nearest, at the best one's place, and what stands against any of
    them. The others come last: they are found, but nobody is told them.
    """
    kept: list[ClaimMatch] = []
    farther: list[ClaimMatch] = []
    for match in matches:
        one = match if here.is_near(match.claim) else replace(match, holds=False)
        likely = [other for other in kept if other.score >= LIKELY] if one.score >= LIKELY else []
        twin = next((other for other in likely if _is_copy(one.claim, other.claim, profiler)), None)
        if twin is None:
            kept.append(one)
        elif here.nearness(one.claim) > here.nearness(twin.claim):
            kept[kept.index(twin)] = _in_place_of(twin, one)
            farther.append(replace(twin, holds=False))
        else:
            farther.append(replace(one, holds=False))
    return (*kept, *farther)


def _in_place_of(twin: ClaimMatch, one: ClaimMatch) -> ClaimMatch:
    return replace(
        one,
        score=max(one.score, twin.score),
        reworded=one.reworded or twin.reworded,
        slight=one.slight or twin.slight,
        doubtful=one.doubtful or twin.doubtful,
    )


def _is_copy(one: Claim, other: Claim, profiler: Profiler) -> bool:
    """Whether two claims for other places or times say the same, in the same words or nearly so."""
    if one.scope == other.scope and one.validity == other.validity:
        return False
    if one.text == other.text:
        return True
    left, right = profiler.known(one.text), profiler.known(other.text)
    return near_copies(left, right) and not compare(left.statement, right.statement)
