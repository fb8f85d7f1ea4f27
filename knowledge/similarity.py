"""How alike a message and a known text are, as a few numbers that do not grow with length or with the list.

Which numbers are worth having was measured: see docs/understanding.md. All are general (coverage, rarity of what stays
unmatched, what is asked, contradictions); none is about particular words.
"""

from collections.abc import Iterable
from math import log, sqrt

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from knowledge.exchanges import Comparison
from knowledge.idf import Scales
from knowledge.profile import Profile

PAIR_FEATURES = (
    "equal",
    "topic_equal",
    "gram_cover_text",
    "gram_cover_message",
    "gram_cosine",
    "topic_gram_cover_text",
    "topic_gram_cover_message",
    "word_cover_text",
    "word_cover_message",
    "words_missing_in_message",
    "words_missing_in_text",
    "rarest_missing_in_message",
    "rarest_missing_in_text",
    "second_missing_in_message",
    "second_missing_in_text",
    "missing_in_message",
    "missing_in_text",
    "rarest_shared",
    "second_shared",
    "newest_missing_in_message",
    "newest_missing_in_text",
    "newest_shared",
    "first_word_same",
    "last_word_same",
    "subsequence",
    "topic_subsequence",
    "edit_ratio",
    "typed_ratio",
    "typed_cosine",
    "partial_ratio",
    "token_ratio",
    "sound_ratio",
    "asks_alike",
    "asks_only_message",
    "asks_only_text",
    "asks_nothing_message",
    "asks_nothing_text",
    "asks_apart",
    "weakly_asks_alike",
    "numbers_apart",
    "number_only_message",
    "number_only_text",
    "message_length",
    "text_length",
    "length_ratio",
    "words_in_message",
    "words_in_text",
)
"""`newest`: how rare the rarest n-gram of such words is in the list, 1 if nothing in the list holds it. What everybody says may
be new to a list, and what is rare in the language may stand in all of it.
"""
OF_THE_LIST = frozenset(
    {
        "gram_cover_text",
        "gram_cover_message",
        "gram_cosine",
        "topic_gram_cover_text",
        "topic_gram_cover_message",
        "newest_missing_in_message",
        "newest_missing_in_text",
        "newest_shared",
    }
)
"""Those that depend on what else is in the list."""
RAREST = 17.0
"""The rarity of a word jieba's dictionary does not know, in nats: scales rarities to 0..1."""
_MOST_WORDS = 8.0
_UNDECIDED = 0.5
"""How alike two texts ask when neither asks anything."""


def pair_features(two: Comparison, scales: Scales) -> tuple[float, ...]:
    """The numbers named by `PAIR_FEATURES`, in that order."""
    message, text = two.message, two.text
    here, there = message.reading.canonical, text.reading.canonical
    return (
        float(here == there),
        float(message.topic == text.topic or message.words.keys() == text.words.keys()),
        *_gram_features(message.grams, text.grams, scales),
        *covers(message.topic_grams, text.topic_grams, scales),
        *_word_features(two, scales),
        LCSseq.normalized_similarity(here, there),
        LCSseq.normalized_similarity(message.topic, text.topic),
        fuzz.ratio(here, there) / 100,
        fuzz.ratio(message.plain, text.plain) / 100,
        _typed_cosine(message.typed, text.typed),
        fuzz.partial_ratio(here, there) / 100,
        fuzz.token_set_ratio(message.words_in_line, text.words_in_line) / 100,
        fuzz.ratio(message.sounds, text.sounds) / 100,
        *_asking_features(message, text),
        float(bool(message.numbers and text.numbers) and message.numbers.isdisjoint(text.numbers)),
        float(bool(message.numbers - text.numbers)),
        float(bool(text.numbers - message.numbers)),
        log(1 + len(here)) / 4,
        log(1 + len(there)) / 4,
        abs(log((1 + len(here)) / (1 + len(there)))),
        min(_MOST_WORDS, len(message.words)),
        min(_MOST_WORDS, len(text.words)),
    )


def covers(message: frozenset[str], text: frozenset[str], scales: Scales) -> tuple[float, float]:
    """Which share of the text's idf mass the message holds, and the other way round."""
    shared = scales.mass(message & text)
    return shared / (scales.known(text)[0] or 1.0), shared / (scales.whole(message)[0] or 1.0)


def _gram_features(
    message: frozenset[str], text: frozenset[str], scales: Scales
) -> tuple[float, float, float]:
    (here, squares_here), (there, squares_there) = scales.whole(message), scales.known(text)
    shared, squares = scales.both(message & text)
    return (
        shared / (there or 1.0),
        shared / (here or 1.0),
        squares / (sqrt(squares_here * squares_there) or 1.0),
    )


def _typed_cosine(message: frozenset[str], text: frozenset[str]) -> float:
    """Of n-grams as they were typed: what canonical wording unifies is now and then what sets two questions apart."""
    return len(message & text) / (sqrt(len(message) * len(text)) or 1.0)


def _word_features(two: Comparison, scales: Scales) -> tuple[float, ...]:
    message, text, not_said, not_known = two.message, two.text, two.not_said, two.not_known
    mass_not_said, mass_not_known = sum(not_said.values()), sum(not_known.values())
    first_here, second_here = two_largest(not_said.values())
    first_there, second_there = two_largest(not_known.values())
    both_say = message.words.keys() & text.words.keys()
    shared = two_largest(map(message.words.__getitem__, both_say))
    mine, theirs = message.reading.words, text.reading.words
    both = bool(mine and theirs)
    return (
        1 - mass_not_said / text.mass if theirs else 0.0,
        1 - mass_not_known / message.mass if mine else 0.0,
        float(len(not_said)),
        float(len(not_known)),
        first_here / RAREST,
        first_there / RAREST,
        second_here / RAREST,
        second_there / RAREST,
        min(3.0, mass_not_said / RAREST),
        min(3.0, mass_not_known / RAREST),
        shared[0] / RAREST,
        shared[1] / RAREST,
        max(map(scales.idf.rarest_in_known, not_said), default=0.0) / scales.idf.unseen,
        max(map(scales.rarest, not_known), default=0.0) / scales.idf.unseen,
        max(map(scales.idf.rarest_in_known, both_say), default=0.0) / scales.idf.unseen,
        float(both and mine[0] == theirs[0]),
        float(both and mine[-1] == theirs[-1]),
    )


def pairs_of(grams: frozenset[str], text: str) -> frozenset[str]:
    """The pairs of characters among the n-grams of a text: what is left of them without its single characters. The n-grams of several
    texts are those of one text after another.
    """
    return grams.difference(text)


def two_largest(values: Iterable[float]) -> tuple[float, float]:
    """The largest and the second largest of `values`; 0 for what there is not."""
    ordered = sorted((0.0, 0.0, *values))
    return ordered[-1], ordered[-2]


def _asking_features(message: Profile, text: Profile) -> tuple[float, ...]:
    here, there = message.reading.asking, text.reading.asking
    return (
        _overlap(here.types, there.types),
        float(len(here.types - there.types)),
        float(len(there.types - here.types)),
        float(not here.types),
        float(not there.types),
        float(bool(here.apart_from(there))),
        _overlap(here.weak, there.weak),
    )


def _overlap(here: frozenset[str], there: frozenset[str]) -> float:
    """Jaccard's index."""
    either = len(here | there)
    return len(here & there) / either if either else _UNDECIDED


def shared_words(message: Profile, text: Profile) -> tuple[str, ...]:
    """What both say, the most telling first: the reason shown to staff."""
    shared = message.words.keys() & text.words.keys()
    return tuple(sorted(shared, key=lambda word: (-message.words[word], word)))
