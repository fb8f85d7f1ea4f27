"""Signs of style in a text as a row of numbers: cues of hearsay, punctuation, particles, who speaks, how long it is."""

import re
import tomllib
from functools import lru_cache

from knowledge.asking import Asks
from knowledge.cues import load_cues
from knowledge.text import Segmenter
from knowledge.vocabulary import read_lexicon

_LENGTHS = (20, 60, 200)
_VERY_SHORT = 6
_FORM = (
    "asks",
    "weakly_asks",
    "statement_asked",
    "asks_nothing",
    "up_to_20",
    "up_to_60",
    "up_to_200",
    "very_short",
)


@lru_cache(maxsize=1)
def _signs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = tomllib.loads(read_lexicon("style.toml"))
    return tuple((entry["name"], re.compile(entry["pattern"])) for entry in table["sign"])


def style_names() -> tuple[str, ...]:
    """What the numbers of `style_features` are, in their order."""
    return (*load_cues().names, *(name for name, _ in _signs()), *_FORM)


def style_features(normal: str, canonical: str, *, segmenter: Segmenter) -> tuple[float, ...]:
    """One number for each of `style_names`, 0..1, from the normal form and the canonical wording of a text."""
    asks = segmenter.question_types.glance(canonical)
    return style_of(normal, cues=load_cues().found_in(normal), asks=asks)


def style_of(normal: str, *, cues: frozenset[str], asks: Asks) -> tuple[float, ...]:
    """The same where the cues and whether it asks are known already."""
    signs = {name: bool(pattern.search(normal)) for name, pattern in _signs()}
    statement_asked = signs["asks_at_end"] and not asks.weakly and not signs["question_word"]
    return (
        *map(float, map(cues.__contains__, load_cues().names)),
        *map(float, signs.values()),
        float(asks.decidedly),
        float(asks.weakly),
        float(statement_asked),
        float(not asks.weakly and not asks.decidedly),
        *(min(len(normal), most) / most for most in _LENGTHS),
        float(len(normal) < _VERY_SHORT),
    )
