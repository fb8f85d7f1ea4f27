"""Claims where and when a message is sent: of copies for several places or times the nearest one in force, as of articles.

A claim that is over, or another county's, must neither be told nor stand in the way of the one that holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from knowledge.claim import Claim
from knowledge.claim_match import LIKELY, ClaimMatch
from knowledge.contradiction import compare
from knowledge.profile import Profiler
from knowledge.standing import near_copies


@dataclass(frozen=True, slots=True)
class Here:
    """`area_path`: division codes from the prefecture down, empty when unknown; `day`: a date in Asia/Shanghai."""

    area_path: tuple[str, ...]
    day: date

    def holds(self, claim: Claim) -> bool:
        """Whether it is in force, for all that is known of where."""
        return self.is_near(claim) and claim.scope.covers(self.area_path)

    def is_near(self, claim: Claim) -> bool:
        """The same; while nobody knows where, it may be anywhere."""
        return claim.validity.holds_on(self.day) and (
            not self.area_path or claim.scope.covers(self.area_path)
        )

    def nearness(self, claim: Claim) -> tuple[bool, bool, int]:
        """The greater, the rather it is told than a copy of it."""
        holds, code = self.holds(claim), claim.scope.area_code
        return holds, self.is_near(claim), self.area_path.index(code) + 1 if holds and code else 0


def nearest(matches: Iterable[ClaimMatch], here: Here, profiler: Profiler) -> tuple[ClaimMatch, ...]:
    """The matches in their order; of copies that are likely only the nearest, at the best one's place."""
    kept: list[ClaimMatch] = []
    for match in matches:
        one = match if here.is_near(match.claim) else replace(match, holds=False)
        likely = (other for other in kept if min(one.score, other.score) >= LIKELY)
        twin = next((other for other in likely if _is_copy(one.claim, other.claim, profiler)), None)
        if twin is None:
            kept.append(one)
        elif here.nearness(one.claim) > here.nearness(twin.claim):
            kept[kept.index(twin)] = replace(one, score=max(one.score, twin.score))
    return tuple(kept)


def _is_copy(one: Claim, other: Claim, profiler: Profiler) -> bool:
    """Whether two claims for other places or times say the same."""
    if one.scope == other.scope and one.validity == other.validity:
        return False
    if one.text == other.text:
        return True
    left, right = profiler.known(one.text), profiler.known(other.text)
    return near_copies(left, right) and not compare(left.statement, right.statement)
