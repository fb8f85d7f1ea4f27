"""Danger to life: told by the lexicon alone, cheap, before anything else, and rather once too often."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from knowledge.text import normalise
from knowledge.vocabulary import read_lexicon


class CrisisKind(StrEnum):
    """Which help is needed: a listener and 120; an ambulance; the police; the fire brigade. UNCLEAR: it sounds like danger,
    though no word of the lexicon says of which kind (see `routing`).
    """

    SELF_HARM = "self_harm"
    MEDICAL = "medical"
    VIOLENCE = "violence"
    FIRE = "fire"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class CrisisWords:
    kinds: tuple[tuple[CrisisKind, re.Pattern[str]], ...]
    harmless: re.Pattern[str]
    reported: re.Pattern[str]


@lru_cache(maxsize=1)
def load_crisis_words() -> CrisisWords:
    table = tomllib.loads(read_lexicon("crisis.toml"))
    return CrisisWords(
        kinds=tuple(
            (CrisisKind(entry["name"]), re.compile("|".join(entry["patterns"]))) for entry in table["kind"]
        ),
        harmless=re.compile(table["harmless"]),
        reported=re.compile(table["reported"]),
    )


def is_crisis(text: str) -> CrisisKind | None:
    """The kind of danger `text` speaks of, None when of none. Takes a raw text or a normal form."""
    return crisis_in(normalise(text))


def crisis_in(normal: str) -> CrisisKind | None:
    """The same of a normal form."""
    words = load_crisis_words()
    plain = words.harmless.sub("", normal)
    found = next((kind for kind, pattern in words.kinds if pattern.search(plain)), None)
    only_reported = found is not CrisisKind.SELF_HARM and words.reported.search(plain)
    return None if only_reported else found
