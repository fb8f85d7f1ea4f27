"""Danger to life: told by the lexicon alone, cheap, before anything else, and rather once too often."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from knowledge.marks import Marks
from knowledge.text import normalise
from knowledge.vocabulary import read_lexicon

_ENDINGS = "咧哩啦嘞喽"
_GOES_ON = re.compile("着[哩嘞]|(?<=[娃妈爸爷奶婆爹娘汉孩儿女]烧)着咧|(?<=充电)着咧|(?<=[灯蜡]点)着咧")


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
class Fever:
    """What tells a fever from a fire where both are said to burn."""

    burns: str
    meant: str
    of_somebody: re.Pattern[str]
    of_the_ill: re.Pattern[str]
    of_fever: re.Pattern[str]
    ill: re.Pattern[str]
    ablaze: re.Pattern[str]

    @classmethod
    def of(cls, words: Mapping[str, str]) -> "Fever":
        burns, since = words["burns"], words["since"]
        return cls(
            burns=burns,
            meant=words["meant"],
            of_somebody=re.compile(f"(?P<of>{words['who']}{since}){burns}"),
            of_the_ill=re.compile(f"(?P<of>{words['some']}{since}){burns}"),
            of_fever=re.compile(words["of_fever"]),
            ill=re.compile(words["ill"]),
            ablaze=re.compile(words["ablaze"]),
        )

    def named(self, normal: str) -> str:
        """With a fever called by its name: what else there is to fear of it is told by that."""
        normal = self.of_fever.sub(self.meant, normal)
        if self.burns not in normal or self.ablaze.search(normal):
            return normal
        named = self.of_somebody.sub(rf"\g<of>{self.meant}", normal)
        return self.of_the_ill.sub(rf"\g<of>{self.meant}", named) if self.ill.search(named) else named


@dataclass(frozen=True, slots=True)
class CrisisWords:
    """`marks`: which of `kinds` may be found in a text at all."""

    kinds: tuple[tuple[CrisisKind, re.Pattern[str]], ...]
    marks: Marks
    harmless: re.Pattern[str]
    reported: re.Pattern[str]
    fever: Fever

    def kind_of(self, plain: str) -> CrisisKind | None:
        """Of the first pattern that is found."""
        likely = (self.kinds[number] for number in self.marks.worth_searching(plain))
        return next((kind for kind, pattern in likely if pattern.search(plain)), None)


@lru_cache(maxsize=1)
def load_crisis_words() -> CrisisWords:
    table = tomllib.loads(read_lexicon("crisis.toml"))
    kinds = tuple(
        (CrisisKind(entry["name"]), re.compile(pattern))
        for entry in table["kind"]
        for pattern in entry["patterns"]
    )
    return CrisisWords(
        kinds=kinds,
        marks=Marks.of(pattern.pattern for _, pattern in kinds),
        harmless=re.compile(f"{table['harmless']}|{table['beasts']}"),
        reported=re.compile(table["reported"]),
        fever=Fever.of(table["fever"]),
    )


def is_crisis(text: str) -> CrisisKind | None:
    """The kind of danger `text` speaks of, None when of none. Takes a raw text or a normal form."""
    return crisis_in(normalise(text))


def crisis_in(normal: str) -> CrisisKind | None:
    """The same of a normal form."""
    words = load_crisis_words()
    normal = _ending_in_le(normal)
    if words.kind_of(normal) is None:  # nearly every message: what is harmless need not be looked for
        return None
    plain = words.harmless.sub("", words.fever.named(normal))
    found = words.kind_of(plain)
    only_reported = found is not CrisisKind.SELF_HARM and words.reported.search(plain)
    return None if only_reported else found


def fever_named(normal: str) -> str:
    """A normal form with a fever called by its name, where it burns in the words of a fire."""
    plain = _ending_in_le(normal)
    named = load_crisis_words().fever.named(plain)
    return normal if named == plain else named


def _ending_in_le(normal: str) -> str:
    """With 了 for whatever the village ends a sentence in; 烧着哩 is no 烧着了: it goes on. So may 烧着咧, but of a house it says that
    it burns.
    """
    normal = _GOES_ON.sub("着呢", normal)
    for ending in _ENDINGS:
        normal = normal.replace(ending, "了")
    return normal
