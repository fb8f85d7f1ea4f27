"""Characters that a regular expression cannot do without: a text that has none of them need not be searched.

Most texts show few of the many things we look for, and asking which characters a text has is far cheaper than searching.
Whatever is not understood here counts as "may match anything".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Need = frozenset[str] | None
"""One of these must be in the text; None: nothing is known."""
_TOKEN = re.compile(
    r"(?P<around>\(\?<?[=!])|(?P<open>\((?:\?:)?(?!\?))|(?P<close>\))|(?P<bar>\|)"
    r"|\[(?P<class>[^\]\\^-]+)\]|(?P<open_class>\[(?:\\.|[^\]])*\])|\\(?P<escaped>[^\w\s])"
    r"|(?P<nothing>[$^])|(?P<open_end>\\.|\.)|(?P<literal>[^()\[\]{}?*+\\])"
)
_MAY_LACK = re.compile(r"[?*]|\{0?,")
_REPEATED = re.compile(r"(?:[?*+]|\{[\d,]*\})[?+]?")


def need_of(pattern: str) -> Need:
    """What a text must have one of for `pattern` to be found in it."""
    need, end = _alternatives(pattern, 0)
    return need if end == len(pattern) else None


def _alternatives(pattern: str, position: int) -> tuple[Need, int]:
    """Up to the bracket that closes, or the end, or beyond it when something is not understood."""
    needs: list[Need] = []
    items: list[Need] = []
    while position < len(pattern):
        found = _TOKEN.match(pattern, position)
        if not found:
            return None, len(pattern) + 1
        if found["close"]:
            break
        position = found.end()
        if found["bar"]:
            needs.append(_strictest(items))
            items = []
            continue
        need, position = _item(found, pattern, position)
        quantifier = _REPEATED.match(pattern, position)
        if not (quantifier and _MAY_LACK.match(quantifier[0])):
            items.append(need)
        position = quantifier.end() if quantifier else position
    return _any_of([*needs, _strictest(items)]), position


def _item(found: re.Match[str], pattern: str, position: int) -> tuple[Need, int]:
    if found["open"] or found["around"]:
        need, end = _alternatives(pattern, position)
        return (None if found["around"] else need), end + 1
    return (frozenset(found["class"] or found["escaped"] or found["literal"] or "") or None), position


def _strictest(items: Sequence[Need]) -> Need:
    """Of several that are all needed the one that fewest texts have: of equals the last, where words differ most."""
    return min((one for one in reversed(items) if one), key=len, default=None)


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
        held = (self.by_mark[char] for char in self.by_mark.keys() & text)
        return iter(sorted(self.always.union(*held)))
