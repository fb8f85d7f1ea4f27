"""A text with all that comparing needs, prepared once; what is costly and not always needed, when first asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.contradiction import Statement, statement_of
from knowledge.places import Places
from knowledge.sounds import sound_of
from knowledge.text import Reading, Segmenter, grams_of

REMEMBERED = 4_000
"""Profiles of known texts that are kept: some 10 kB each."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Profile:
    """`words`: the telling words of the topic in their order, with their rarity in the language; `names`: those among
    them that name something (a place, a person, a body, a product).
    """

    reading: Reading
    words: Mapping[str, float]
    names: frozenset[str]
    places: Places

    @cached_property
    def statement(self) -> Statement:
        """What must not differ, for the meaning-flip check."""
        return statement_of(self.reading.normal, places=self.places)

    @cached_property
    def topic(self) -> str:
        """The canonical wording without what is asked, as one string."""
        return self.reading.asking.topic.replace(" ", "")

    @cached_property
    def topic_grams(self) -> frozenset[str]:
        """Characters and pairs of the topic; none reaches across a place where the asking stood."""
        return frozenset().union(*map(grams_of, self.reading.asking.topic.split()))

    @cached_property
    def mass(self) -> float:
        """The rarity of all words together; never 0."""
        return sum(self.words.values()) or 1.0

    @cached_property
    def words_in_line(self) -> str:
        """The words with spaces between them, for comparing them as a bag."""
        return " ".join(self.words)

    @cached_property
    def numbers(self) -> frozenset[str]:
        return frozenset(_NUMBER.findall(self.reading.canonical))

    @cached_property
    def sounds(self) -> str:
        """How the topic sounds."""
        return sound_of(self.topic)

    def missing(self, other: "Profile") -> dict[str, float]:
        """The words `other` does not have, with what they weigh; one that sounds like something there, or whose
        characters stand there, counts less.
        """
        return {
            word: rarity * (1 - _worth(word, other))
            for word, rarity in self.words.items()
            if word not in other.words and word not in other.topic
        }


_BY_CHARACTERS, _BY_SOUND = 0.8, 0.9
"""The worth of a word found by its characters, by its sound only, against 1 for the word itself."""


def _worth(word: str, other: Profile) -> float:
    if len(word) > 1 and sound_of(word) in other.sounds:
        return _BY_SOUND
    return _BY_CHARACTERS * sum(map(other.topic.__contains__, word)) / len(word)


class Profiler:
    """Prepares texts. What the library holds is remembered; residents' messages are not."""

    def __init__(self, segmenter: Segmenter, places: Places) -> None:
        self.segmenter = segmenter
        self.places = places
        self.known = lru_cache(maxsize=REMEMBERED)(self.profile)

    def profile(self, text: str) -> Profile:
        reading = self.segmenter.read(text)
        words = {word: self.segmenter.rarity(word) for word in reading.words}
        return Profile(reading, words, frozenset(filter(self.segmenter.is_name, words)), self.places)
