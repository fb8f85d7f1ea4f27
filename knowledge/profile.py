"""A text with all that comparing needs, prepared once; what it states, which is not always needed, when first asked for."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from knowledge.contradiction import Statement, statement_of
from knowledge.places import Places
from knowledge.sounds import sound_of, sound_of_word
from knowledge.text import Reading, Segmenter, bare, grams_of, passing_grams

ASKED, IDLE = "?", "."
"""Mark an aside as something asked, as a word that tells nothing."""
READ = 250_000
"""Readings of known texts that are kept: a kilobyte each. They take five times as long as the rest of a profile."""
REMEMBERED = 24_000
"""Profiles of known texts that are kept: some 15 kB each."""
PREPARED = 16_000
"""Of these are made in advance at most: the others leave room for claims that are being talked about."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Profile:
    """`words`: the telling words of the topic in their order, with their rarity in the language, `mass` together (never 0),
    `words_in_line` with spaces between them; `names`: those among them that name something (a place, a person, a body, a
    product). `grams`: characters and pairs of the canonical wording, `numbers`: those in it. `topic`: it without what is asked, as
    one string; `topic_grams`: its characters and pairs, none across a place where the asking stood; `sounds`: how it sounds. `kept`:
    whether it is remembered, its n-grams therefore interned. `whole`: the text with the courtesies around it, where it was read without
    them.
    """

    reading: Reading
    words: Mapping[str, float]
    names: frozenset[str]
    mass: float
    words_in_line: str
    grams: frozenset[str]
    topic: str
    topic_grams: frozenset[str]
    sounds: str
    numbers: frozenset[str]
    places: Places
    segmenter: Segmenter
    kept: bool
    whole: str = ""

    @cached_property
    def statement(self) -> Statement:
        """What must not differ, for the meaning-flip check."""
        return statement_of(self.whole or self.reading.normal, places=self.places)

    @cached_property
    def plain(self) -> str:
        """The letters and digits of the text as it was typed."""
        return bare(self.reading.normal)

    @cached_property
    def typed(self) -> frozenset[str]:
        """The n-grams of the text as it was typed."""
        return grams_of(self.plain, held=self.grams) if self.kept else passing_grams(self.plain)

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """What kind of thing each of `words` names."""
        return {word: self.segmenter.kind_of(word) for word in self.words}

    @cached_property
    def wordings(self) -> Mapping[str, str]:
        """The words of our lexicon that it was typed with and that have others beside them, each with their canonical one."""
        return self.segmenter.vocabulary.canonical.known_in(self.plain)

    @cached_property
    def asides(self) -> frozenset[str]:
        """What is asked and which words of one or two characters tell nothing, each marked as such. These are looked for among the
        n-grams: one inside a longer word counts as well, and what is learnt of it is learnt of that.
        """
        asking, idle = self.reading.asking, self.segmenter.vocabulary.stop_words
        asked = (ASKED + kind for kinds in (asking.types, asking.weak) for kind in kinds)
        return frozenset((*asked, *(IDLE + word for word in self.typed & idle)))

    @cached_property
    def _heard(self) -> tuple[tuple[str, float, str, int], ...]:
        """Each of `words` with its rarity, how it sounds, and of how many characters it is."""
        return tuple((word, rarity, sound_of_word(word), len(word)) for word, rarity in self.words.items())

    def complete(self) -> None:
        """Work out all that is worked out when first asked for, before anybody waits for it."""
        for name in _LATER:
            getattr(self, name)

    def missing(self, other: "Profile") -> dict[str, float]:
        """The words `other` does not have, with what they weigh; a word of several characters that sounds like something
        there, or whose characters stand there, counts less.
        """
        topic, sounds = other.topic, other.sounds
        missing = {}
        for word, rarity, sound, length in self._heard:
            if word in topic:
                continue
            if length == 1:
                missing[word] = rarity
            elif sound in sounds:
                missing[word] = rarity * (1 - _BY_SOUND)
            else:
                missing[word] = rarity * (1 - _BY_CHARACTERS * sum(map(topic.__contains__, word)) / length)
        return missing


_LATER = tuple(name for name, value in vars(Profile).items() if isinstance(value, cached_property))
_BY_CHARACTERS, _BY_SOUND = 0.8, 0.9
"""The worth of a word found by its characters, by its sound only, against 1 for the word itself."""


class Profiler:
    """Prepares texts. What the library holds is remembered; residents' messages are not."""

    def __init__(self, segmenter: Segmenter, places: Places) -> None:
        self.segmenter = segmenter
        self.places = places
        # They hold no reference to the profiler, so that all that is remembered goes with it.
        self.read = lru_cache(maxsize=READ)(segmenter.read)
        self.known = lru_cache(maxsize=REMEMBERED)(
            partial(_known, read=self.read, segmenter=segmenter, places=places)
        )

    def forgetful(self) -> "Profiler":
        """One that has remembered nothing yet, for known texts that are residents' own: they must not outlive their use."""
        return Profiler(self.segmenter, self.places)

    def prepare(self, texts: Iterable[str]) -> None:
        """Profile what will be compared before anybody waits for it: a tenth of the work on a message."""
        for text in texts:
            self.known(text)

    def profile(self, text: str) -> Profile:
        return self.profile_of(self.segmenter.read(text))

    def profile_normal(self, normal: str) -> Profile:
        """That of a normal form, or of a stretch of one."""
        return self.profile_of(self.segmenter.read_normal(normal))

    def profile_of(self, reading: Reading) -> Profile:
        """That of a text that has been read."""
        return _profile_of(reading, segmenter=self.segmenter, places=self.places, kept=False)


def _known(text: str, *, read: Callable[[str], Reading], segmenter: Segmenter, places: Places) -> Profile:
    return _profile_of(read(text), segmenter=segmenter, places=places, kept=True)


def _profile_of(reading: Reading, *, segmenter: Segmenter, places: Places, kept: bool) -> Profile:
    words = {word: segmenter.rarity(word) for word in reading.words}
    parts = reading.asking.topic.split()
    topic = "".join(parts)
    grams = grams_of(reading.canonical) if kept else passing_grams(reading.canonical)
    topic_grams = grams
    if reading.asking.topic != reading.canonical:
        topic_grams = grams_of(*parts, held=grams) if kept else passing_grams(*parts)
    return Profile(
        reading=reading,
        words=words,
        names=frozenset(filter(segmenter.is_name, words)),
        mass=sum(words.values()) or 1.0,
        words_in_line=" ".join(words),
        grams=grams,
        topic=topic,
        topic_grams=topic_grams,
        sounds=sound_of(topic),
        numbers=frozenset(_NUMBER.findall(reading.canonical)),
        places=places,
        segmenter=segmenter,
        kept=kept,
    )
