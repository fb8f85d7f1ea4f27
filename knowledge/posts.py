"""How much of a claim stands anywhere in a post, beyond the stretch of it that comes closest.

A story tells who, where and what in different sentences: no window holds the claim, the post does. A long post holds much
by chance, though; what is held tells as much as it would surprise in any post of that length.
"""

from collections.abc import Iterable, Sequence
from math import fsum, log

import numpy as np
from numpy.typing import NDArray

from knowledge.idf import Scales
from knowledge.profile import Profile
from knowledge.retrieval import Pair, T
from knowledge.similarity import RAREST, two_largest
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
    rows = [
        (
            *_gram_features(pair.known, post_grams, scales),
            *_word_features(pair.known, post),
            *_word_surprises(pair, post),
            *_gram_surprises(pair, post, post_grams, scales),
            *_name_features(pair, post),
            max(0, post.find(pair.message.reading.canonical)) / (len(post) or 1),
            float("?" in pair.text or "？" in pair.text),
        )
        for pair in pairs
    ]
    return np.hstack((np.asarray(rows), close[:, np.newaxis], shares_and_gaps(close)))


def _gram_features(known: Profile, post_grams: frozenset[str], scales: Scales) -> tuple[float, ...]:
    """Pairs of characters only: single ones stand in any long post."""
    pairs = frozenset(gram for gram in known.topic_grams if len(gram) > 1)
    held, missing = pairs & post_grams, pairs - post_grams
    idf, unseen = scales.idf, scales.idf.unseen
    return (
        scales.mass(held) / (scales.mass(pairs) or 1.0),
        *(weight / unseen for weight in two_largest(map(idf.__getitem__, held))),
        *(weight / unseen for weight in two_largest(map(idf.__getitem__, missing))),
    )


def _word_features(known: Profile, post: str) -> tuple[float, float, float]:
    missing = [rarity for word, rarity in known.words.items() if word not in post]
    total = sum(missing)
    return 1 - total / known.mass, max(missing, default=0.0) / RAREST, min(_MOST, total / RAREST)


def _word_surprises(pair: Pair[T], post: str) -> tuple[float, float, float, float]:
    """How surprising it would be to find of a claim's words and names what the post holds, had the post nothing to do with it.

    What stands at one place with the probability p = exp(-rarity) stands somewhere among n places with about n p: as
    information that is rarity - log n, in nats, and nothing where that is below 0.
    """
    known, window, places = pair.known, pair.message.reading.canonical, log(1 + len(post))
    of_word = {word: max(0.0, rarity - places) for word, rarity in known.words.items()}
    held = sum(surprise for word, surprise in of_word.items() if word in post)
    names = _held(known.names, post)
    return (
        held / RAREST,
        held / (sum(of_word.values()) or 1.0),
        fsum(map(of_word.__getitem__, names)) / RAREST,
        fsum(of_word[name] for name in names if name not in window) / RAREST,
    )


def _gram_surprises(
    pair: Pair[T], post: str, post_grams: frozenset[str], scales: Scales
) -> tuple[float, float, float]:
    """The same of a claim's n-grams, whose idf is their rarity in a text as long as a claim."""
    longer, idf, window = log(max(1.0, (1 + len(post)) / _CLAIM_LONG)), scales.idf, pair.message.reading.grams
    of_gram = {gram: max(0.0, idf[gram] - longer) for gram in pair.known.topic_grams if len(gram) > 1}
    held = of_gram.keys() & post_grams
    of_held = fsum(map(of_gram.__getitem__, held))
    return (
        of_held / idf.unseen,
        of_held / (fsum(of_gram.values()) or 1.0),
        fsum(map(of_gram.__getitem__, held - window)) / idf.unseen,
    )


def _name_features(pair: Pair[T], post: str) -> tuple[float, ...]:
    known, window = pair.known, pair.message
    missing_here = known.names - _held(known.names, window.topic)
    missing = known.names - _held(known.names, post)
    only_here = window.names - _held(window.names, known.topic)
    total = _rarity(known.names, known)
    return (
        min(_MOST, len(known.names)),
        1 - _rarity(missing_here, known) / total if total else 1.0,
        _rarest(missing_here, known),
        _rarest(missing, known),
        min(_MOST, _rarity(only_here, window) / RAREST),
    )


def _held(words: frozenset[str], text: str) -> frozenset[str]:
    return frozenset(word for word in words if word in text)


def _rarity(words: Iterable[str], profile: Profile) -> float:
    return fsum(map(profile.words.__getitem__, words))


def _rarest(words: Iterable[str], profile: Profile) -> float:
    return max(map(profile.words.__getitem__, words), default=0.0) / RAREST
