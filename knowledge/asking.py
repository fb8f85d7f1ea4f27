"""What a question asks about its topic: the cause, what to do, how long, whether one may … (`lexicon/questions.toml`).

Two questions about one topic are the same only if they ask the same of it; so the asking is told apart from the topic.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from knowledge.marks import Marks
from knowledge.vocabulary import read_lexicon

_GAP = " "
"""Stands where the asking was: the words on either side must not grow together."""
PIECE = 200
"""Characters of a post that are looked at together; most posts ask something in the first of them."""


@dataclass(frozen=True, slots=True)
class QuestionType:
    """`decisive`: its answer never serves a question of another decisive type. `weak`: it says little by itself. `also`: names of
    what is asked by the same words ("when can it open" asks how long as well).
    """

    name: str
    also: frozenset[str]
    pattern: re.Pattern[str]
    decisive: bool
    weak: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """What one text asks. `types` and `weak`: names of types; `topic`: the text without the asking; `decisive`: those of
    `types` whose answer never serves another.
    """

    types: frozenset[str]
    weak: frozenset[str]
    topic: str
    decisive: frozenset[str]

    @property
    def asks(self) -> "Asks":
        """What `QuestionTypes.glance` sees of a text that is no longer than a piece."""
        return Asks(decidedly=bool(self.types), weakly=bool(self.weak))

    def apart_from(self, other: "Asking") -> tuple[str, str] | None:
        """The two things asked when one answer cannot serve both (how, why, when, where …), for people; else None."""
        if not self.decisive or not other.decisive or self.types & other.types:
            return None
        return "、".join(sorted(self.decisive)), "、".join(sorted(other.decisive))


class Asks(NamedTuple):
    """Whether a text asks something of a telling type, and of a weak one."""

    decidedly: bool
    weakly: bool


class QuestionTypes:
    """All types, in the order of the file. Immutable."""

    def __init__(self, types: tuple[QuestionType, ...]) -> None:
        self.types = types
        self.marks = Marks.of(one.pattern.pattern for one in types)
        self._decisive = frozenset(one.name for one in types if one.decisive)

    def read(self, canonical: str) -> Asking:
        """What a text in canonical wording asks."""
        found: dict[bool, set[str]] = {True: set(), False: set()}
        rest = canonical
        for one, left in self._taken_out(canonical):
            found[one.weak] |= {one.name} | one.also
            rest = left
        types = _one_of(frozenset(found[False]))
        return Asking(types, _one_of(frozenset(found[True])), rest, _one_of(types & self._decisive))

    def glance(self, canonical: str) -> Asks:
        """Whether it asks at all: a long post is read piece by piece, and no further than that takes."""
        found: set[bool] = set()
        for one in self._glimpsed(canonical):
            found.add(one.weak)
            if len(found) == len(Asks._fields):
                break
        return Asks(decidedly=False in found, weakly=True in found)

    def _glimpsed(self, canonical: str) -> Iterator[QuestionType]:
        for start in range(0, len(canonical), PIECE):
            for one, _ in self._taken_out(canonical[start : start + PIECE]):
                yield one

    def _taken_out(self, canonical: str) -> Iterator[tuple[QuestionType, str]]:
        """Each type that is found, with what is left: earlier types take their words before later ones look."""
        rest = canonical
        for number in self.marks.worth_searching(canonical):
            one = self.types[number]
            rest, hits = one.pattern.subn(_GAP, rest)
            if hits:
                yield one, rest


@lru_cache(maxsize=1_024)
def _one_of(types: frozenset[str]) -> frozenset[str]:
    """The one of its kind: most texts ask one of a few things, and of known texts it is kept what they ask."""
    return types


def load_question_types() -> QuestionTypes:
    table = tomllib.loads(read_lexicon("questions.toml"))
    return QuestionTypes(tuple(_question_type(entry) for entry in table["type"]))


def _question_type(entry: Mapping[str, object]) -> QuestionType:
    patterns = entry["patterns"]
    also = entry.get("also", [])
    assert isinstance(patterns, list)  # noqa: S101 - our own file
    assert isinstance(also, list)  # noqa: S101 - our own file
    return QuestionType(
        name=str(entry["name"]),
        also=frozenset(map(str, also)),
        pattern=re.compile("|".join(f"(?:{one})" for one in patterns)),
        decisive=bool(entry.get("decisive")),
        weak=bool(entry.get("weak")),
    )
