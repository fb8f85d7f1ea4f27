"""Two clauses of which each says of one thing what the other says of another: 红事不准办,白事能简办 beside 白事不准办,红事能简办.

The words are the same, and so are what is denied and what is told; only what is said of which thing differs. It shows in where the
characters stand that only one clause of each text has: some in the same clause here and there, others in the other one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from knowledge.swapping import read_frame

_CLAUSE_END = re.compile("[,;。!]+")
_TWO = 2
_LONGEST = 40
"""Characters. In longer texts the same characters come again by chance."""
_TELLS_ALONE = frozenset("不没停开关封能准")
"""One of these that has moved, or stayed, is enough (查 beside 不查); of others each clause has one."""
_DENIES, _DIGITS = frozenset("不没停关断禁封消缓别"), frozenset("0123456789")
_TELLS_APART = _DENIES | _DIGITS
_TELLS_NOTHING = frozenset("全县市人")


def read_clauses(plain: str) -> tuple[str, ...]:
    """The two clauses of a text, of which one denies or counts what the other does not, in canonical wording and without the words that
    only carry them; empty if it has more or fewer.
    """
    if len(plain) > _LONGEST or not _CLAUSE_END.search(plain) or _TELLS_APART.isdisjoint(plain):
        return ()
    framed = tuple(filter(None, map(read_frame, _CLAUSE_END.split(plain))))
    return framed if len(framed) == _TWO and _sets_apart(framed) else ()


def crossed(left: Sequence[str], right: Sequence[str]) -> tuple[str, str] | None:
    """A clause of each text of which most is the same, if what is said of two things has been exchanged between them."""
    if not left or not right:
        return None
    here, there = (dict(_in_one_clause(clauses)) for clauses in (left, right))
    shared = here.keys() & there.keys() - _TELLS_NOTHING
    moved = {char for char in shared if here[char] != there[char]}
    fewer, more = sorted((moved, shared - moved), key=len)
    if not _from_both(more, here) or not (_from_both(fewer, here) or _TELLS_ALONE & fewer):
        return None
    return left[0], right[fewer is not moved]


def _from_both(chars: AbstractSet[str], clause_of: Mapping[str, int]) -> bool:
    return len({clause_of[char] for char in chars}) == _TWO


def _sets_apart(clauses: Sequence[str]) -> bool:
    """Whether one clause denies what the other does not, or counts what the other counts differently."""
    first, second = map(frozenset, clauses)
    return first.isdisjoint(_DENIES) != second.isdisjoint(_DENIES) or bool(_DIGITS & (first ^ second))


def _in_one_clause(clauses: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The characters that one clause has and the other has not, each with the number of its clause."""
    first, second = (frozenset(clause.replace("没", "不")) for clause in clauses)
    yield from ((char, 0) for char in first - second)
    yield from ((char, 1) for char in second - first)
