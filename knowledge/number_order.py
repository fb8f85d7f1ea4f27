"""Numbers and days in their places: 3号楼解封5号楼封控 beside 5号楼解封3号楼封控 names the same ones, and says the opposite of each."""

import re
from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

from knowledge.days import mark_days
from knowledge.quantities import mark_quantities
from knowledge.swapping import only_join, read_frame

_TWO_NUMBERS = re.compile(r"\d\D+\d")
_FIRST_MARK = 0xF0000
"""Marks are characters for private use, which no normal form has."""
_MARK = re.compile("([\U000f0000-\U000fffff])")
_OWN_CLAUSE = re.compile(r"[,;。!?]")

_Values = frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class _Told:
    """One value, or several named together, and what its clause says before and after it."""

    kind: str
    values: _Values
    shown: str
    before: str
    after: str

    def together_with(self, other: "_Told") -> "_Told":
        shown = f"{self.shown}、{other.shown}"
        return replace(self, values=self.values | other.values, shown=shown, after=other.after)


def moved(left: str, right: str) -> tuple[str, str] | None:
    """The numbers of two texts that say the same but for their order, if what is said of one is said of another.

    Neither 3号楼、5号楼封控 beside 5号楼、3号楼封控 is such a pair, nor 3天2次 beside 2次3天.
    """
    if left == right or not (_TWO_NUMBERS.search(left) and _TWO_NUMBERS.search(right)):
        return None
    here, there = _numbers(left), _numbers(right)
    for kind in dict.fromkeys(number.kind for number in here):
        one, other = (tuple(each for each in side if each.kind == kind) for side in (here, there))
        if _have_moved(one, other):
            return _say(one), _say(other)
    return None


def _have_moved(one: tuple[_Told, ...], other: tuple[_Told, ...]) -> bool:
    """As many of the same in another order, unless that is another order of clauses or the same is said of all."""
    values, others = ([each.values for each in side] for side in (one, other))
    if values == others or Counter(values) != Counter(others) or _say_one_thing(one):
        return False
    clauses, other_clauses = (Counter(map(_with_its_clause, side)) for side in (one, other))
    return clauses != other_clauses


def _with_its_clause(told: _Told) -> Hashable:
    return told.before, told.values, told.after


def _say_one_thing(numbers: tuple[_Told, ...]) -> bool:
    """3号楼有阳性5号楼有阳性: what follows each is the same, and nothing else precedes any; or the other way round."""
    before, after = {each.before for each in numbers}, {each.after for each in numbers}
    return (len(after) == 1 and before <= after | {""}) or (len(before) == 1 and after <= before | {""})


def _numbers(plain: str) -> list[_Told]:
    found: list[tuple[str, _Values, str]] = []
    pieces = _MARK.split(mark_quantities(mark_days(plain, _marking(found)), _marking(found)))
    told: list[_Told] = []
    for before, mark, after in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
        one = _Told(*found[ord(mark) - _FIRST_MARK], _clauses(before)[-1], _clauses(after)[0])
        if told and told[-1].kind == one.kind and only_join(before):
            one = told.pop().together_with(one)
        told.append(one)
    return told


def _marking(found: list[tuple[str, _Values, str]]) -> Callable[[str, _Values, str], str]:
    """Takes down a kind, values and the words for it, and gives the mark to leave in their place."""

    def mark(kind: str, values: _Values, shown: str) -> str:
        found.append((kind, values, shown))
        return chr(_FIRST_MARK + len(found) - 1)

    return mark


def _clauses(piece: str) -> list[str]:
    return [read_frame(clause) for clause in _OWN_CLAUSE.split(piece)]


def _say(numbers: tuple[_Told, ...]) -> str:
    return "…".join(number.shown for number in numbers)
