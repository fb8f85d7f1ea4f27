"""Characters and pairs of them that a regular expression cannot do without: a text that has none of them need not be searched.

Most texts show few of the many things we look for, and asking which characters a text has is far cheaper than searching.
Whatever is not understood here counts as "may match anything".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product, starmap
from operator import add

Need = frozenset[str] | None
"""One of these, of one or two characters each, must be in the text; None: nothing is known."""
_PAIRS = 30
"""One character is met about as often as any of so many pairs."""
_TOKEN = re.compile(
    r"(?P<around>\(\?<?[=!])|(?P<open>\((?:\?:)?(?!\?))|(?P<close>\))|(?P<bar>\|)"
    r"|\[(?P<class>[^\]\\^-]+)\]|(?P<open_class>\[(?:\\.|[^\]])*\])|\\(?P<escaped>[^\w\s])"
    r"|(?P<nothing>[$^])|(?P<open_end>\\(?![xuUN]|\d\d).|\.)|(?P<literal>[^()\[\]{}?*+\\])"
)
_MAY_LACK = re.compile(r"[?*]|\{0*[,}]")
_REPEATED = re.compile(r"(?:[?*+]|\{[\d,]*\})[?+]?")


def need_of(pattern: str) -> Need:
    """What a text must have one of for `pattern` to be found in it."""
    need, end = _alternatives(pattern, 0)
    return need if end == len(pattern) else None


def _alternatives(pattern: str, position: int) -> tuple[Need, int]:
    """Up to the bracket that closes, or the end, or beyond it when something is not understood."""
    needs: list[Need] = []
    items: list[Need] = []
    before: Need = None
    while position < len(pattern):
        found = _TOKEN.match(pattern, position)
        if not found:
            return None, len(pattern) + 1
        if found["close"]:
            break
        position = found.end()
        if found["bar"]:
            needs.append(_strictest(items))
            items, before = [], None
            continue
        need, position = _item(found, pattern, position)
        quantifier = _REPEATED.match(pattern, position)
        if quantifier and _MAY_LACK.match(quantifier[0]):
            before = None
        elif not found["around"]:
            one = None if found["open"] else need
            items += _pairs(before, one), need
            before = one
        position = quantifier.end() if quantifier else position
    return _any_of([*needs, _strictest(items)]), position


def _item(found: re.Match[str], pattern: str, position: int) -> tuple[Need, int]:
    if found["open"] or found["around"]:
        need, end = _alternatives(pattern, position)
        return (None if found["around"] else need), end + 1
    return (frozenset(found["class"] or found["escaped"] or found["literal"] or "") or None), position


def _pairs(before: Need, one: Need) -> Need:
    """What two items of a character each need together that stand side by side."""
    return frozenset(starmap(add, product(before, one))) if before and one else None


def _strictest(items: Iterable[Need]) -> Need:
    """Of several that are all needed the one that fewest texts have: of equals the last, where words differ most."""
    return min((one for one in reversed([*items]) if one), key=_often, default=None)


def _often(need: frozenset[str]) -> int:
    """How often texts have one of these, next to other needs."""
    return sum(_PAIRS if len(mark) == 1 else 1 for mark in need)


def _any_of(needs: Sequence[Need]) -> Need:
    return None if None in needs else frozenset().union(*(one for one in needs if one))


@dataclass(frozen=True, slots=True)
class Marks:
    """Of several patterns in order, which may be found in a text at all."""

    always: frozenset[int]
    by_mark: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, patterns: Iterable[str]) -> "Marks":
        always: set[int] = set()
        by_mark: defaultdict[str, set[int]] = defaultdict(set)
        for number, pattern in enumerate(patterns):
            need = need_of(pattern)
            if need is None:
                always.add(number)
            for mark in need or ():
                by_mark[mark].add(number)
        return cls(frozenset(always), {mark: frozenset(held) for mark, held in by_mark.items()})

    def worth_searching(self, text: str) -> Iterator[int]:
        """The numbers of those patterns that `text` has a mark of, in order."""
        marks = chain(text, map(add, text, text[1:]))
        return iter(sorted(self.always.union(*filter(None, map(self.by_mark.get, marks)))))
