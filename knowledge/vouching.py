"""What a verdict that says "true" must not be taken to vouch for: a fee, a number or a ban that the claim does not speak of.

"Poor families may ask for relief, for a fee of a hundred" is nearly the claim that they may ask for relief. What somebody adds to a
false claim does no such harm.
"""

import re
import tomllib
from functools import lru_cache

from knowledge.claim import Claim, Verdict
from knowledge.contrasts import load_contrasts
from knowledge.profile import Profile, Profiler
from knowledge.vocabulary import read_lexicon

_ONE = ("1",)
"""As often "a" as a number."""


@lru_cache(maxsize=1)
def _touchy() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, tomllib.loads(read_lexicon("cues.toml"))["vouching"]["patterns"]))


def beyond(said: Profile, around: Profile, claim: Claim, profiler: Profiler) -> str:
    """What is `said` in the words of a true claim, or `around` them, that no wording of it speaks of, for people; empty if nothing, or
    if it is not true. Numbers count among its words only: people tell their age and their house.
    """
    if claim.verdict is not Verdict.TRUE:
        return ""
    known = [profiler.known(text) for text in claim.texts]
    for pattern in _touchy():
        found = pattern.search(around.reading.normal)
        if found and not any(pattern.search(text.reading.normal) for text in known):
            return load_contrasts().added.format(word=found[0])
    numbers = said.numbers.difference(_ONE, *(text.numbers for text in known))
    return load_contrasts().added.format(word="、".join(sorted(numbers))) if numbers else ""
