"""On which lines of a TOML file its tables stand, and the fields in them: the parser does not say, and a fault without its line
is looked for by eye.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of one table; `first` is that of its head, lines count from 1. 0: nobody knows."""

    first: int = 0
    lines: tuple[str, ...] = ()

    def line_of(self, field: str) -> int:
        """Where the field ("source.title") stands, as far as one sees it: else where the table begins."""
        key = re.compile(rf"(^|[\s.{{,]){re.escape(field.rpartition('.')[2])}\s*=")
        found = (number for number, line in enumerate(self.lines, start=self.first) if key.search(line))
        return next(found, self.first)


def stretches(content: str, name: str, *, count: int) -> Iterator[Stretch]:
    """Those of the `count` tables headed [[name]], as they stand; unknown where a text has such a line in it."""
    lines = content.splitlines()
    head = re.compile(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]")
    heads = [number for number, line in enumerate(lines) if head.match(line)]
    if len(heads) != count:
        yield from [Stretch()] * count
        return
    for begins, ends in pairwise([*heads, len(lines)]):
        yield Stretch(begins + 1, tuple(lines[begins:ends]))
