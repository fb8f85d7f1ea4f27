"""The contrasts of `lexicon/contrasts.toml`: poles that exclude each other, and which of them a text shows."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Any

from knowledge.contrast_table import contrast_table
from knowledge.marks import Marks
from knowledge.swapping import only_join
from knowledge.utterance import Utterance

_LOOK_AROUND = re.compile(r"\(\?[^)]*\)")
_NO_POLE = "-"
_TWO = 2
_LONG = 30
"""Characters; in a longer text a contrast that is `short_only` says nothing."""

Poles = frozenset[str]


@dataclass(frozen=True, slots=True)
class Contrast:
    label: str
    poles: Mapping[str, str]
    open_pole: str
    short_only: bool
    members_differ: bool
    is_a_case: bool
    in_order: bool
    pattern: re.Pattern[str]

    def shown_in(self, said: Utterance) -> Poles:
        """The poles a text shows; a question that may be answered either way does not show the first."""
        if self.short_only and len(said.plain) > _LONG:
            return frozenset()
        if not (self.open_pole and said.asked):
            return self._found(said.plain)
        return self._found(said.given) | (self._found(said.asked) - {self.open_pole})

    def exchanged(self, one: str, other: str) -> tuple[str, str] | None:
        """The first word of each of two texts, if they belong to different poles."""
        here, there = self.pattern.search(one), self.pattern.search(other)
        if not here or not there:
            return None
        poles = self.poles[here[0]], self.poles[there[0]]
        return (here[0], there[0]) if _NO_POLE not in poles and poles[0] != poles[1] else None

    def order_in(self, plain: str) -> tuple[str, ...]:
        """The poles of two things that a text speaks of one after the other, if that tells something; not of what is only joined (和)."""
        found = [one for one in self.pattern.finditer(plain) if self.poles[one[0]] != _NO_POLE]
        first = next(iter(found), None)
        other = next((one for one in found if first and self.poles[one[0]] != self.poles[first[0]]), None)
        if not first or not other or only_join(plain[first.end() : other.start()]):
            return ()
        return self.poles[first[0]], self.poles[other[0]]

    def _found(self, text: str) -> Poles:
        return frozenset(map(self.poles.__getitem__, self.pattern.findall(text))) - {_NO_POLE}


@dataclass(frozen=True, slots=True)
class Contrasts:
    """`by_start`: for each one or two characters, the contrasts with a word that is or begins with them. `cases`: what may be
    found of those that are cases. `alike`: words for one thing that no contrast holds.
    """

    contrasts: tuple[Contrast, ...]
    by_start: Mapping[str, frozenset[int]]
    cases: Marks
    labels: Mapping[str, str]
    difference: str
    negation: str
    added: str
    alike: tuple[frozenset[str], ...]

    def shown_in(self, said: Utterance) -> dict[int, Poles]:
        """By number of the contrast, the poles shown; contrasts that are not touched are left out."""
        starts = {*said.plain, *map(add, said.plain, said.plain[1:])}
        numbers = frozenset().union(*(self.by_start[start] for start in self.by_start.keys() & starts))
        shown = {number: self.contrasts[number].shown_in(said) for number in numbers}
        return {number: poles for number, poles in shown.items() if poles}

    def orders_in(self, plain: str, shown: Mapping[int, Poles]) -> dict[int, tuple[str, ...]]:
        """Of the contrasts shown, by number, in which order the two things they tell apart are spoken of, where it may matter."""
        told = (
            number
            for number, poles in shown.items()
            if len(poles) == _TWO and self.contrasts[number].in_order
        )
        return {number: order for number in told if (order := self.contrasts[number].order_in(plain))}

    def may_name_a_case(self, normal: str) -> bool:
        """Whether it is worth reading what a normal form states to know if it names a case, in the words in which it is written."""
        return next(self.cases.worth_searching(normal), None) is not None

    def share_pole(self, one: str, other: str) -> bool:
        """Whether two words belong to one pole of some contrast: another word for the same."""
        left, right = (self.shown_in(Utterance(word, word, "", any_question=False)) for word in (one, other))
        return any(
            not left[number].isdisjoint(right[number])
            for number in left.keys() & right.keys()
            if not self.contrasts[number].members_differ
        )

    def are_alike(self, one: str, other: str) -> bool:
        """The same, or that the lexicon knows the two for one thing."""
        return any(one in words and other in words for words in self.alike) or self.share_pole(one, other)

    def differing(
        self, left: Mapping[int, Poles], right: Mapping[int, Poles]
    ) -> Iterator[tuple[str, Poles, Poles]]:
        """The label and both sides of each contrast that both show and share no pole of, in the file's order. Of several days
        or years (今年缴, 明年报) all must be shared by the one that names fewer.
        """
        for number in sorted(left.keys() & right.keys()):
            here, there, label = left[number], right[number], self.contrasts[number].label
            several = label == self.labels["date"] and min(len(here), len(there)) > 1
            if here.isdisjoint(there) or (several and not (here <= there or there <= here)):
                yield label, here, there


@lru_cache(maxsize=1)
def load_contrasts() -> Contrasts:
    table = contrast_table()
    contrasts = tuple(_contrast(entry) for entry in table["contrast"])
    by_start: defaultdict[str, set[int]] = defaultdict(set)
    for number, contrast in enumerate(contrasts):
        for word in contrast.poles:
            by_start[word[:2]].add(number)
    return Contrasts(
        contrasts=contrasts,
        by_start={start: frozenset(numbers) for start, numbers in by_start.items()},
        cases=Marks.of(contrast.pattern.pattern for contrast in contrasts if contrast.is_a_case),
        labels=table["labels"],
        difference=table["templates"]["difference"],
        negation=table["templates"]["negation"],
        added=table["templates"]["added"],
        alike=tuple(map(frozenset, table["templates"]["alike"])),
    )


def _contrast(entry: Mapping[str, Any]) -> Contrast:
    named: dict[str, list[str]] = entry["poles"]
    words = [word for pole in named.values() for word in pole]
    longest_first = sorted(words, key=lambda word: len(_without_look_around(word)), reverse=True)
    return Contrast(
        label=entry["label"],
        poles={_without_look_around(word): pole for pole, group in named.items() for word in group},
        open_pole=next(iter(named)) if entry.get("asked_is_open") else "",
        short_only=bool(entry.get("short_only")),
        members_differ=bool(entry.get("members_differ")),
        is_a_case=bool(entry.get("is_a_case")),
        in_order=bool(entry.get("in_order")),
        pattern=re.compile("|".join(longest_first)),
    )


def _without_look_around(word: str) -> str:
    return _LOOK_AROUND.sub("", word)
