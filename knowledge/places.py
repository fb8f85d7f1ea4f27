"""Names of places in a text: the area tree's names (passed in) and a short list of provinces and cities."""

import re
from collections.abc import Iterable

from knowledge.vocabulary import lines_of, read_lexicon

_OFFICE = re.compile(r"(?:社区)?居民委员会$|(?:村)?村民委员会$|居委会$|村委会$")
_SHORTENED = re.compile(r"(?:市|县|(?<!社)区|镇|乡|街道)$")
_SHORTEST = 2
_LONGEST = 12


class Places:
    """Finds names and gives each in its short form: 临洮县 and 临洮 are one place. Immutable."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._short_by_name: dict[str, str] = {}
        for name in (*lines_of(read_lexicon("places.txt")), *names):
            self._add(name)
        self._first = frozenset(name[0] for name in self._short_by_name)

    def _add(self, name: str) -> None:
        named = _OFFICE.sub(lambda found: "社区" if "社区" in found.group() else "村", name)
        short = _SHORTENED.sub("", named)
        short = short if len(short) >= _SHORTEST else named
        for wording in {name, named, short}:
            if _SHORTEST <= len(wording) <= _LONGEST:
                self._short_by_name[wording] = short

    def named_in(self, normal: str) -> frozenset[str]:
        """Short forms of all places named in a normal form; the longest name at each point wins."""
        found: set[str] = set()
        position = 0
        while position < len(normal):
            length = self._length_at(normal, position) if normal[position] in self._first else 0
            if length:
                found.add(self._short_by_name[normal[position : position + length]])
            position += length or 1
        return frozenset(found)

    def _length_at(self, normal: str, position: int) -> int:
        for length in range(min(_LONGEST, len(normal) - position), _SHORTEST - 1, -1):
            if normal[position : position + length] in self._short_by_name:
                return length
        return 0
