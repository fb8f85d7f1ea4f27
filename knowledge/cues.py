"""Explainable signs that something is going round: hearsay, urgency, pleas to forward, miracle cures, "is it true?"."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.marks import Marks
from knowledge.vocabulary import read_lexicon

_SAYS_SOMETHING = 3
"""Fewer letters are no statement: then the lead-in belongs to it ("村里封了")."""

PASSED_ON = frozenset({"hearsay", "asks_truth", "forward_plea", "insider"})
"""Names of the cues that what is said is somebody else's, or is doubted."""
_FRAMING = frozenset({"hearsay", "asks_truth", "forward_plea", "insider", "urgency"})

_LONGEST_TAIL = 120
"""Characters of a text in which its end is looked for."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One sign; `reason` is what staff read when it is found."""

    name: str
    reason: str
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class CueSheet:
    cues: tuple[Cue, ...]
    lead_in: re.Pattern[str]
    tail: re.Pattern[str]
    own_harm: re.Pattern[str]
    confirming: re.Pattern[str]
    telling: str

    @cached_property
    def _marks(self) -> Marks:
        return Marks.of(cue.pattern.pattern for cue in self.cues)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(cue.name for cue in self.cues)

    def found_in(self, normal: str) -> frozenset[str]:
        """Names of the cues in a normal form."""
        likely = (self.cues[number] for number in self._marks.worth_searching(normal))
        return frozenset(cue.name for cue in likely if cue.pattern.search(normal))

    def reasons(self, names: Iterable[str]) -> tuple[str, ...]:
        held = frozenset(names)
        return tuple(cue.reason for cue in self.cues if cue.name in held)

    def core(self, normal: str) -> str:
        """The thing said, without "I heard that …" before and "… is it true?" after; empty when nothing else is."""
        without_tail = normal[:-_LONGEST_TAIL] + self.tail.sub("", normal[-_LONGEST_TAIL:])
        stripped = self.lead_in.sub("", without_tail)
        return stripped if len(stripped) >= _SAYS_SOMETHING else without_tail


@lru_cache(maxsize=1)
def load_cues() -> CueSheet:
    table = tomllib.loads(read_lexicon("cues.toml"))
    cues = tuple(Cue(entry["name"], entry["reason"], _any_of(entry["patterns"])) for entry in table["cue"])
    strip, own_harm = table["strip"], _any_of(table["own_harm"]["patterns"])
    return CueSheet(
        cues,
        lead_in=re.compile(strip["lead_in"]),
        tail=re.compile(strip["tail"]),
        own_harm=own_harm,
        confirming=re.compile(table["confirming"]["pattern"]),
        telling=table["telling"],
    )


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns))


@lru_cache(maxsize=8_192)
def frames(word: str) -> bool:
    """Whether a word only says how something was heard ("urgent notice"): there are few words, and they come again."""
    return not _FRAMING.isdisjoint(load_cues().found_in(word))
