"""How alike a message and a known text are, as a few numbers that do not grow with length or with the list.

Which numbers are worth having was measured: see docs on understanding and `knowledge/weights`. All are general
(coverage, rarity of what stays unmatched, question type, contradictions); none is about particular words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from knowledge.contradiction import Statement, compare, read_statement
from knowledge.places import Places
from knowledge.text import Reading, Segmenter

PAIR_FEATURES = (
    "equal",
    "gram_cover_text",
    "gram_cover_message",
    "gram_cosine",
    "gram_cosine_squared",
    "word_cover_text",
    "word_cover_message",
    "rarest_missing_in_message",
    "rarest_missing_in_text",
    "missing_in_message",
    "missing_in_text",
    "rarest_shared",
    "subsequence",
    "edit_ratio",
    "partial_ratio",
    "asks_same",
    "asks_other",
    "asks_only_message",
    "asks_only_text",
    "contradictions",
    "message_length",
    "length_ratio",
)
_DECISIVE = frozenset({"怎么办", "为什么", "时间", "地点", "找谁", "价钱"})
"""Question types (lexicon/synonyms.toml) whose answers never serve one another."""
CONTEXT_FEATURES = ("share_of_best", "gap_to_rival", "first")
_RARE = 17.0
"""The rarity of a word jieba's dictionary does not know, in nats: scales rarities to 0..1."""
_NEAR_COPY = 0.6
"""Candidates whose n-grams overlap more than this (Jaccard) are copies of one question, not rivals."""
_SOFT = 0.8
"""The worth of a word found by its characters only, against 1 for the word itself."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A text with all that comparing needs, prepared once."""

    reading: Reading
    statement: Statement
    words: Mapping[str, float]

    @property
    def mass(self) -> float:
        return sum(self.words.values()) or 1.0


class Profiler:
    """Prepares texts. What the library holds is remembered; residents' messages are not."""

    def __init__(self, segmenter: Segmenter, places: Places) -> None:
        self.segmenter = segmenter
        self.places = places
        self.known = lru_cache(maxsize=20_000)(self.profile)

    def profile(self, text: str) -> Profile:
        reading = self.segmenter.read(text)
        words = {word: self.segmenter.rarity(word) for word in reading.words}
        return Profile(reading, read_statement(reading.normal, places=self.places), words)


def pair_features(message: Profile, text: Profile, weights: Mapping[str, float]) -> tuple[float, ...]:
    """The numbers named by `PAIR_FEATURES`, in that order. `weights`: idf of both texts' n-grams."""
    here, there = message.reading, text.reading
    return (
        float(here.canonical == there.canonical),
        *_gram_features(here.grams, there.grams, weights),
        *_word_features(message, text),
        LCSseq.normalized_similarity(here.canonical, there.canonical),
        fuzz.ratio(here.canonical, there.canonical) / 100,
        fuzz.partial_ratio(here.canonical, there.canonical) / 100,
        *_asking_features(here.asks, there.asks),
        float(min(2, len(compare(message.statement, text.statement)))),
        log(1 + len(here.canonical)) / 4,
        abs(log((1 + len(here.canonical)) / (1 + len(there.canonical)))),
    )


def _gram_features(
    message: frozenset[str], text: frozenset[str], weights: Mapping[str, float]
) -> tuple[float, ...]:
    shared = message & text
    mass = _mass(shared, weights)
    squares = [sum(weights[gram] ** 2 for gram in grams) for grams in (shared, message, text)]
    cosine = squares[0] / (sqrt(squares[1] * squares[2]) or 1.0)
    return mass / (_mass(text, weights) or 1.0), mass / (_mass(message, weights) or 1.0), cosine, cosine**2


def _mass(grams: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weights[gram] for gram in grams)


def _word_features(message: Profile, text: Profile) -> tuple[float, ...]:
    missing_here = _unmatched(text.words, message)
    missing_there = _unmatched(message.words, text)
    shared = message.words.keys() & text.words.keys()
    return (
        1 - sum(missing_here.values()) / text.mass if text.words else 0.0,
        1 - sum(missing_there.values()) / message.mass if message.words else 0.0,
        max(missing_here.values(), default=0.0) / _RARE,
        max(missing_there.values(), default=0.0) / _RARE,
        min(3.0, sum(missing_here.values()) / _RARE),
        min(3.0, sum(missing_there.values()) / _RARE),
        max((message.words[word] for word in shared), default=0.0) / _RARE,
    )


def _unmatched(words: Mapping[str, float], other: Profile) -> dict[str, float]:
    """The words `other` lacks with what they weigh; a word whose characters stand there counts less."""
    characters = other.reading.canonical
    return {
        word: rarity * (1 - _SOFT * sum(char in characters for char in word) / len(word))
        for word, rarity in words.items()
        if word not in other.words
    }


def _asking_features(here: frozenset[str], there: frozenset[str]) -> tuple[float, ...]:
    return (
        float(bool(here & there)),
        float(bool(here) and bool(there) and not here & there),
        float(bool(here) and not there),
        float(bool(there) and not here),
    )


def asks_apart(message: Profile, text: Profile) -> tuple[str, str] | None:
    """The two things asked when they are of different kind (how, why, when, where …): one answer cannot serve both."""
    here, there = message.reading.asks & _DECISIVE, text.reading.asks & _DECISIVE
    if not here or not there or here & there:
        return None
    return "、".join(sorted(here)), "、".join(sorted(there))


def context_features(profiles: Sequence[Profile], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """For candidates in order, the numbers of `CONTEXT_FEATURES`: how each stands among the others."""
    best = scores.max() or 1.0
    by_score = [int(number) for number in np.argsort(-scores, kind="stable")]
    rows = [
        (score / best, (score - _rival(number, by_score, profiles, scores)) / best, float(score == best))
        for number, score in enumerate(scores)
    ]
    return np.asarray(rows, dtype=np.float64)


def _rival(
    number: int, by_score: Sequence[int], profiles: Sequence[Profile], scores: NDArray[np.float64]
) -> float:
    """The best score among the others that are not a near copy of this one."""
    grams = profiles[number].reading.grams
    others = (other for other in by_score if other != number)
    rival = next((other for other in others if not _near_copy(grams, profiles[other].reading.grams)), None)
    return 0.0 if rival is None else float(scores[rival])


def _near_copy(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    return shared > _NEAR_COPY * (len(one) + len(other) - shared)


def near_copies(one: Profile, other: Profile) -> bool:
    """Whether two texts ask the same in nearly the same words."""
    return _near_copy(one.reading.grams, other.reading.grams)


def shared_words(message: Profile, text: Profile) -> tuple[str, ...]:
    """What both say, the most telling first: the reason shown to staff."""
    shared = message.words.keys() & text.words.keys()
    return tuple(sorted(shared, key=lambda word: -message.words[word]))
