"""What one text says where another says something else, in kinds: another thing asked, a symptom for a medicine, a courtesy.

Each such exchange speaks for "they mean the same" or against it. How much is learnt, and holds for words that nobody has
seen: named are only kinds of words, what is asked, words that tell nothing by themselves, and in which of several wordings
the same is said (`lexicon/synonyms.toml`), all of them of our lexicon.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations, product
from math import sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from knowledge.contrasts import load_contrasts
from knowledge.cues import frames
from knowledge.profile import Profile

Part = tuple[str, ...]
"""Of an exchange: something by itself, or two things and how they stand to each other."""
INSTEAD, _BESIDE, ASKED_TOO = "instead", "beside", "asked"
_ASKED_BY_BOTH = "="
WORDED = "~"
"""Marks one of several wordings: that of something the other text says in another, or of a form of asking."""
_USUAL = 10
"""So much stands in an exchange."""
_BETWEEN = "\t"
"""Stands between the names of a part in a file."""


class Exchange(NamedTuple):
    """What stands in one text only, in the other only (which is which does not matter), and what both ask."""

    here: frozenset[str]
    there: frozenset[str]
    both: frozenset[str]

    @property
    def scale(self) -> float:
        """What its parts are divided by: their number grows with the texts, and says nothing. 1 for the usual exchange."""
        return sqrt(sum(map(len, self)) / _USUAL) or 1.0

    def parts(self) -> Iterator[Part]:
        """What it says across, and everything beside what else stands on its side."""
        yield from self.across()
        for side in (self.here, self.there):
            yield from ((_BESIDE, *two) for two in combinations(sorted(side), 2))

    def across(self) -> Iterator[Part]:
        """Everything by itself, for what stands on the other side, and where both ask the same."""
        yield from ((one,) for one in chain(*self))
        yield from ((INSTEAD, *sorted(two)) for two in product(self.here, self.there))
        for side in (self.here, self.there):
            yield from ((ASKED_TOO, *two) for two in product(self.both, side))


NO_EXCHANGE = Exchange(frozenset(), frozenset(), frozenset())


@dataclass(frozen=True)
class Comparison:
    """A message and a known text, what they say instead of each other, and which telling words of the one the other does not have,
    looked for once.
    """

    message: Profile
    text: Profile

    @cached_property
    def not_said(self) -> Mapping[str, float]:
        """Those of the text that the message lacks."""
        return self.text.missing(self.message)

    @cached_property
    def not_known(self) -> Mapping[str, float]:
        """Those of the message that the text lacks."""
        return self.message.missing(self.text)

    @cached_property
    def exchange(self) -> Exchange:
        return exchange_of(self.message, self.text)


def exchange_of(message: Profile, text: Profile) -> Exchange:
    """What the two say instead of each other."""
    both = message.reading.asking.types & text.reading.asking.types
    asked = frozenset(_ASKED_BY_BOTH + kind for kind in both)
    return Exchange(_only_in(message, text), _only_in(text, message), asked)


def _only_in(one: Profile, other: Profile) -> frozenset[str]:
    topic = other.topic
    kinds = [kind for word, kind in one.kinds.items() if word not in topic]
    return (one.asides - other.asides).union(kinds, _worded_otherwise(one, other))


def _worded_otherwise(one: Profile, other: Profile) -> Iterator[str]:
    """In which words it says what the other says in others: canonical wording holds them for one, and now and then they are
    not. A thing the other does not speak of at all has a kind and no wording; a form of asking is told all the same.
    """
    here, there, forms = one.wordings, other.wordings, one.segmenter.vocabulary.question_forms
    return (
        WORDED + word
        for word in here.keys() - there.keys()
        if here[word] in forms or here[word] in there.values()
    )


_TELLING, _QUALIFYING = 3.0, 6.0
"""Nats of rarity left where the other text does not hint at a word, as `Profile.missing` has it: of one in another's place, of one
more."""


def reworded(two: Comparison, *, title: Profile, few: int) -> str:
    """Which word of each stands where the other has another one, for people; empty if there is none, or if more than `few` words
    set the two apart, for then it is told in other words altogether. However alike the two are, that does not tell another word for
    the same from its opposite. What the `title` of the thing that the text is a wording of says is no other word.
    """
    message, text, here, there = two.message, two.text, two.not_known, two.not_said
    if not (here and there) or len(here) + len(there) > few:
        return ""
    told, words = _of_its_own(here, message, title), load_contrasts()
    mine, theirs = message.reading.canonical, text.reading.canonical
    for stretch, other in _in_each_others_place(mine, theirs):
        said = _word_in(stretch, mine, told, _TELLING)
        known = _word_in(other, theirs, there, _TELLING)
        if said and known and not words.are_alike(said, known):
            return words.negation.format(left=_as_typed(said, message), right=_as_typed(known, text))
    return ""


def qualified(two: Comparison, *, title: Profile, few: int) -> str:
    """Which word a message says within what a text says, if it says all of that and at most `few` words more, for people: one word
    may take back half of it ("for children", "on the upper floors"). Before and behind it stands who said so, and what they feel.
    """
    message, text = two.message, two.text
    own = {} if two.not_said else _of_its_own(two.not_known, message, title)
    if not own:
        return ""
    mine, theirs = message.reading.canonical, text.reading.canonical
    within = _from_first_to_last(mine, theirs)
    more = {word: rarity for word, rarity in own.items() if _stands_in(word, within, mine)}
    if not 0 < len(more) <= few:
        return ""
    said = _word_in(within, mine, more, _QUALIFYING)
    return load_contrasts().added.format(word=_as_typed(said, message)) if said else ""


def _of_its_own(words: Mapping[str, float], message: Profile, title: Profile) -> dict[str, float]:
    """Without those of the title, those that say how it was heard, and a particle at the end."""
    told, said = title.reading.canonical, message.reading.canonical
    return {
        word: rarity
        for word, rarity in words.items()
        if not (word in told or (len(word) == 1 and said.endswith(word)) or frames(word))
    }


def _in_each_others_place(one: str, other: str) -> Iterator[tuple[range, range]]:
    """What each has between stretches that both have in the same order."""
    here, there = 0, 0
    for same in Indel.opcodes(one, other).as_matching_blocks():
        yield range(here, same.a), range(there, same.b)
        here, there = same.a + same.size, same.b + same.size


def _from_first_to_last(one: str, other: str) -> range:
    """From where `one` first has what `other` has as well, to where it last has."""
    same = [block for block in Indel.opcodes(one, other).as_matching_blocks() if block.size]
    return range(same[0].a, same[-1].a + same[-1].size) if same else range(0)


def _word_in(stretch: range, text: str, words: Mapping[str, float], least: float) -> str | None:
    """Of `words` the rarest of which part stands in `stretch`, or which an empty one cuts, if it is rarer than `least`."""
    found = [word for word, rarity in words.items() if rarity > least and _stands_in(word, stretch, text)]
    return max(found, key=words.__getitem__, default=None)


def _stands_in(word: str, stretch: range, text: str) -> bool:
    return text.find(word, max(0, stretch.start - len(word) + 1), stretch.stop + len(word) - 1) >= 0


def _as_typed(word: str, profile: Profile) -> str:
    return next((typed for typed, meant in profile.wordings.items() if meant == word), word)


class Leanings:
    """By how much parts of exchanges speak for two texts' meaning the same, or, below 0, against it: log-odds.

    A pair of texts has hundreds of parts, each of them of one thing or two: so all weights stand in one square table, in which
    every name has a place for each side, and an exchange says the sum of the cells where two of its places meet.
    """

    def __init__(self, weights: Mapping[Part, float]) -> None:
        self.weights = weights
        names = dict.fromkeys(chain.from_iterable(part[-2:] if len(part) > 1 else part for part in weights))
        self._here = {name: place for place, name in enumerate(names)}
        self._there = {name: place + len(names) for name, place in self._here.items()}
        self._table = np.zeros((2 * len(names), 2 * len(names)))
        for part, weight in weights.items():
            for one, other in self._cells(part):
                self._table[one, other] += weight / 2
                self._table[other, one] += weight / 2

    def _cells(self, part: Part) -> Iterator[tuple[int, int]]:
        """Where a part may be met: on the one side, on the other, or across."""
        how, one, other = part if len(part) > 1 else (_BESIDE, *part, *part)
        here, there = self._here, self._there
        if how == _BESIDE:
            yield from ((here[one], here[other]), (there[one], there[other]))
        elif how == INSTEAD:
            yield from {(here[one], there[other]), (here[other], there[one])}
        else:
            yield from ((here[one], here[other]), (here[one], there[other]))

    def column(self, exchanges: Iterable[Exchange]) -> NDArray[np.float64]:
        """What each exchange says, in log-odds: a column of as many rows."""
        return np.asarray([*map(self._say, exchanges)], dtype=np.float64)[:, np.newaxis]

    def _say(self, exchange: Exchange) -> float:
        """The weights of all its parts, added up in one order, for sets have none."""
        here, there = self._here, self._there
        places = [
            *map(here.__getitem__, here.keys() & (exchange.here | exchange.both)),
            *map(there.__getitem__, there.keys() & exchange.there),
        ]
        if not places:
            return 0.0
        places.sort()
        met = np.asarray(places, dtype=np.intp)
        return float(self._table[met[:, np.newaxis], met].sum()) / exchange.scale

    def to_arrays(self) -> dict[str, NDArray[Any]]:
        """`parts`: their names, joined; `weights`: one a part."""
        return {
            "parts": np.asarray([_BETWEEN.join(part) for part in self.weights], dtype=np.str_),
            "weights": np.asarray([*self.weights.values()], dtype=np.float64),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> "Leanings":
        """Raises KeyError when an array is missing."""
        parts = (tuple(part.split(_BETWEEN)) for part in arrays["parts"].tolist())
        return cls(dict(zip(parts, arrays["weights"].tolist(), strict=True)))


NO_LEANINGS = Leanings({})
