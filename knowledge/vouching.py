"""What a verdict must not be taken to vouch for: that a rule is at an end, and, where it says "true", a fee, a number or a ban
that the claim does not speak of, and what somebody does who only plays the policeman.

"Poor families may ask for relief, for a fee of a hundred" is nearly the claim that they may ask for relief. What somebody adds to a
false claim does no such harm. "Signing for fever medicine has been cancelled" is in all but a word the claim that one has to sign.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from knowledge.claim import Claim, Verdict
from knowledge.contrasts import load_contrasts
from knowledge.profile import Profile, Profiler
from knowledge.text import bare
from knowledge.vocabulary import read_lexicon

_PARTICLE = 1
_ONE = ("1",)
"""As often "a" as a number."""


@dataclass(frozen=True, slots=True)
class _Touchy:
    """`ended`: words for the end of a rule. `added`: what else a verdict that says "true" does not speak of."""

    ended: tuple[re.Pattern[str], ...]
    added: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _touchy() -> _Touchy:
    table = tomllib.loads(read_lexicon("cues.toml"))["vouching"]
    return _Touchy(*(tuple(map(re.compile, table[kind])) for kind in ("ended", "added")))


def _closes(found: re.Match[str]) -> bool:
    """Whether it is the end of a single clause: what ends elsewhere in a message is another thing (全市停课,考试取消)."""
    return "," not in found.string and len(bare(found.string[found.end() :])) <= _PARTICLE


def beyond(said: Profile, around: Profile, claim: Claim, profiler: Profiler) -> str:
    """What is `said` in the words of a claim, or `around` them, that no wording of it speaks of and its verdict is not on, for people;
    empty if nothing. An outdated claim's verdict itself says that a rule has ended. Numbers count among its words only: people tell
    their age and their house.
    """
    if claim.verdict is Verdict.OUTDATED:
        return ""
    known = [profiler.known(text) for text in claim.texts]
    is_true = claim.verdict is Verdict.TRUE
    touchy = _touchy()
    patterns = (*touchy.ended, *(touchy.added if is_true else ()))
    for pattern in patterns:
        found = pattern.search(around.reading.normal)
        if (
            found
            and (is_true or _closes(found))
            and not any(pattern.search(text.reading.normal) for text in known)
        ):
            return load_contrasts().added.format(word=found[0])
    if not is_true:
        return ""
    numbers = said.numbers.difference(_ONE, *(text.numbers for text in known))
    return load_contrasts().added.format(word="、".join(sorted(numbers))) if numbers else ""
