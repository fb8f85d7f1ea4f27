"""What people say around a question out of courtesy (`lexicon/courtesies.toml`): with it or without, they ask the same."""

import re
import tomllib
from functools import lru_cache
from typing import NamedTuple

from knowledge.vocabulary import read_lexicon

_TAIL = 60
"""Characters that are searched for an ending, however long the text: of longer thanks a part stays."""


class Courtesies(NamedTuple):
    """What they begin with, and what they end with."""

    opening: re.Pattern[str]
    ending: re.Pattern[str]

    def taken_from(self, normal: str) -> str:
        """The question itself, from a normal form; nothing where all of it was courtesy."""
        begun = self.opening.sub("", normal)
        return begun[:-_TAIL] + self.ending.sub(r"\1", begun[-_TAIL:], count=1)


@lru_cache(maxsize=1)
def load_courtesies() -> Courtesies:
    table = tomllib.loads(read_lexicon("courtesies.toml"))
    return Courtesies(re.compile(table["opening"]), re.compile(table["ending"]))
