"""How much of a claim stands anywhere in a post, beyond the stretch of it that comes closest.

A story tells who, where and what in different sentences: no window holds the claim, the post does. A long post holds much
by chance, though; what is held tells as much as it would surprise in any post of that length.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import fsum, log

import numpy as np
from numpy.typing import NDArray

from knowledge.idf import Idf, Scales
from knowledge.profile import Profile
from knowledge.retrieval import Pair, T
from knowledge.similarity import RAREST, pairs_of, two_largest
from knowledge.standing import shares_and_gaps

POST_FEATURES = (
    "post_gram_cover",
    "post_rarest_gram",
    "post_second_gram",
    "post_rarest_gram_missing",
    "post_second_gram_missing",
    "post_word_cover",
    "post_rarest_word_missing",
    "post_words_missing",
    "post_word_surprise",
    "post_word_surprise_cover",
    "post_name_surprise",
    "post_name_surprise_beyond_window",
    "post_gram_surprise",
    "post_gram_surprise_cover",
    "post_gram_surprise_beyond_window",
    "names",
    "name_cover_window",
    "rarest_name_missing_in_window",
    "rarest_name_missing_in_post",
    "names_only_in_window",
    "window_at",
    "text_is_question",
    "close",
    "close_share_of_best",
    "close_gap",
)
_MOST = 3.0
_CLAIM_LONG = 20
"""Characters of a usual claim: the idf of an n-gram says how rare it is among texts of that length."""


def post_features(
    pairs: Sequence[Pair[T]], post: str, post_grams: frozenset[str], *, scales: Scales
) -> NDArray[np.float64]:
    """One row a pair, the numbers of `POST_FEATURES`. `post`: its canonical wording. The unit of the rarities is the idf of an
    n-gram that no claim holds.
    """
    close = np.asarray([pair.close for pair in pairs])
    rows = [_row(pair, post, post_grams, scales.idf) for pair in pairs]
    return np.concatenate((np.asarray(rows), close[:, np.newaxis], shares_and_gaps(close)), axis=1)


def _row(pair: Pair[T], post: str, post_grams: frozenset[str], idf: Idf) -> tuple[float, ...]:
    """Of n-grams pairs of characters only: single ones stand in any long post."""
    weights = {gram: idf[gram] for gram in pairs_of(pair.known.topic_grams, pair.known.topic)}
    grams, words = weights.keys() & post_grams, _held(pair.known.words, post)
    return (
        *_gram_features(weights, grams, idf.unseen),
        *_word_features(pair.known, words),
        *_word_surprises(pair, words, len(post)),
        *_gram_surprises(pair, weights, grams, len(post), idf.unseen),
        *_name_features(pair, words),
        max(0, post.find(pair.message.reading.canonical)) / (len(post) or 1),
        float("?" in pair.text or "？" in pair.text),
    )


def _gram_features(weights: Mapping[str, float], held: AbstractSet[str], unseen: float) -> tuple[float, ...]:
    mass = fsum(map(weights.__getitem__, held))
    return (
        mass / (fsum(weights.values()) or 1.0),
        *(weight / unseen for weight in two_largest(map(weights.__getitem__, held))),
        *(weight / unseen for weight in two_largest(map(weights.__getitem__, weights.keys() - held))),
    )


def _word_features(known: Profile, held: AbstractSet[str]) -> tuple[float, float, float]:
    missing = [rarity for word, rarity in known.words.items() if word not in held]
    total = sum(missing)
    return 1 - total / known.mass, max(missing, default=0.0) / RAREST, min(_MOST, total / RAREST)


def _word_surprises(pair: Pair[T], held: AbstractSet[str], length: int) -> tuple[float, float, float, float]:
    """How surprising it would be to find of a claim's words and names what the post holds, had the post nothing to do with it.

    What stands at one place with the probability p = exp(-rarity) stands somewhere among n places with about n p: as
    information that is rarity - log n, in nats, and nothing where that is below 0.
    """
    known, window, places = pair.known, pair.message.reading.canonical, log(1 + length)
    of_word = {word: rarity - places if rarity > places else 0.0 for word, rarity in known.words.items()}
    of_held = sum(surprise for word, surprise in of_word.items() if word in held)
    names = known.names & held
    return (
        of_held / RAREST,
        of_held / (sum(of_word.values()) or 1.0),
        fsum(map(of_word.__getitem__, names)) / RAREST,
        fsum(of_word[name] for name in names if name not in window) / RAREST,
    )


def _gram_surprises(
    pair: Pair[T], weights: Mapping[str, float], held: AbstractSet[str], length: int, unseen: float
) -> tuple[float, float, float]:
    """The same of a claim's n-grams, whose idf is their rarity in a text as long as a claim."""
    longer, window = log(max(1.0, (1 + length) / _CLAIM_LONG)), pair.message.grams
    of_gram = {gram: weight - longer if weight > longer else 0.0 for gram, weight in weights.items()}
    of_held = fsum(map(of_gram.__getitem__, held))
    return (
        of_held / unseen,
        of_held / (fsum(of_gram.values()) or 1.0),
        fsum(map(of_gram.__getitem__, held - window)) / unseen,
    )


def _name_features(pair: Pair[T], held: AbstractSet[str]) -> tuple[float, ...]:
    known, window = pair.known, pair.message
    missing_here = known.names - _held(known.names, window.topic)
    only_here = window.names - _held(window.names, known.topic)
    total = _rarity(known.names, known)
    return (
        min(_MOST, len(known.names)),
        1 - _rarity(missing_here, known) / total if total else 1.0,
        _rarest(missing_here, known),
        _rarest(known.names - held, known),
        min(_MOST, _rarity(only_here, window) / RAREST),
    )


def _held(words: Iterable[str], text: str) -> frozenset[str]:
    return frozenset(word for word in words if word in text)


def _rarity(words: Iterable[str], profile: Profile) -> float:
    return fsum(map(profile.words.__getitem__, words))


def _rarest(words: Iterable[str], profile: Profile) -> float:
    return max(map(profile.words.__getitem__, words), default=0.0) / RAREST
