"""Candidates for a question: things found by their wordings, or by what they say in their body (an article's answer).

People ask in words that no wording has and the answer does; a body is long and speaks of much, so it is never compared
as a wording, but what it holds of the question is told to the model.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import add

import numpy as np
from numpy.typing import NDArray

from knowledge import copies
from knowledge.copies import Sought
from knowledge.idf import Scales
from knowledge.index import Hit, Wordings
from knowledge.profile import Profile, Profiler
from knowledge.retrieval import Candidates, Pair, T, closest_wordings
from knowledge.shelf import Shelf
from knowledge.similarity import RAREST
from knowledge.standing import shares_and_gaps

BODY_FEATURES = (
    "has_body",
    "body_cover_message",
    "words_nowhere",
    "rarest_nowhere",
    "body_share_of_best",
    "body_gap",
)
CANDIDATES = 8
"""How many things are compared at most. Of our own questions the right article is among them for .923. When the number was chosen, on
other ones, it was for .884 (.881 with the seven best by wording and the five best by body), and for .914 among ten.
"""
_BODY_WEIGHS = 1.5
"""What a body says tells more than a wording does; of our own questions 1 to 4 choose equally well."""
_WORDED, _SAID = 0.4, 0.65
"""Of the best by its wording, and of the best by wording and body: who reaches neither is not judged (docs/adr/0054)."""
_A_PAIR = 2
_RANKED = 40
"""How many things are found by their wordings, by their bodies; among how many a place is told."""
_TELLING = 128
"""Terms of a question that are looked for at most; nobody's question has as many, only tales have. No figure moves with 96."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brings up, by owner: hits by wording and by body, and whose two scores are highest together."""

    by_wording: Mapping[str, Hit]
    by_body: Mapping[str, Hit]
    highest: tuple[str, ...]


def search(numbers: NDArray[np.int32], shelf: Shelf[T], *, sought: Sought[T] | None = None) -> Found:
    """The things that a text of n-grams with these numbers may ask for."""
    by_wording, by_body = (
        {
            hit.owner: hit
            for hit in copies.search(index, numbers, shelf, sought=sought, limit=_RANKED, longest=_TELLING)
        }
        for index in (shelf.index, shelf.bodies)
    )
    marks = _shares(by_wording)
    for owner, share in _shares(by_body).items():
        marks[owner] = marks.get(owner, 0.0) + _BODY_WEIGHS * share
    ranked = sorted(marks, key=marks.__getitem__, reverse=True)
    return Found(by_wording, by_body, tuple(ranked[:CANDIDATES]))


def _shares(hits: Mapping[str, Hit]) -> dict[str, float]:
    """Of the best score, which is the first."""
    best = next((hit.score for hit in hits.values()), 1.0)
    return {owner: hit.score / best for owner, hit in hits.items()}


def find_candidates(
    message: Profile,
    shelf: Shelf[T],
    *,
    profiler: Profiler,
    sought: Sought[T] | None = None,
) -> Candidates[T] | None:
    """What `message` may ask for; None when nothing shares a character. `sought`: what of it, if it matters where it holds."""
    grams = message.grams
    numbers = shelf.index.numbers(grams)
    found = search(numbers, shelf, sought=sought)
    scores, body_scores = (
        {owner: hit.score for owner, hit in hits.items()} for hits in (found.by_wording, found.by_body)
    )
    wordings = {owner: _wordings(shelf, owner, found) for owner in found.highest}
    closest = _worth_judging(closest_wordings(numbers, wordings, shelf.index), scores, body_scores)
    if not closest:
        return None
    pairs = tuple(
        Pair(shelf.items[owner], text, message, profiler.known(text), scores.get(owner, 0.0), close)
        for owner, (text, close) in closest.items()
    )
    scales = Scales(shelf.index.grams)
    ranked = [found.by_body[owner] for owner in closest if owner in found.by_body]
    asked = dict(zip(numbers.tolist(), grams, strict=True))
    bodies = dict(zip((hit.owner for hit in ranked), shelf.bodies.held(ranked, asked), strict=True))
    return Candidates(pairs, scales, _beyond(pairs, scales, bodies, body_scores))


def _wordings(shelf: Shelf[T], owner: str, found: Found) -> Wordings:
    """A thing's wordings, out of the index that found it; in the one by body they come first, the body after them."""
    if owner in found.by_wording:
        return shelf.index.wordings(found.by_wording[owner])
    return shelf.bodies.wordings(found.by_body[owner]).first(len({*shelf.items[owner].texts}))


def _worth_judging(
    closest: Mapping[str, tuple[str, float]], scores: Mapping[str, float], body_scores: Mapping[str, float]
) -> dict[str, tuple[str, float]]:
    """Without those that fall far behind, by their wording as well as with what their body says, for to judge one costs the most of
    all. The one whose body says most stays: an answer may hold what no wording has.
    """
    near = max((close for _, close in closest.values()), default=0.0) or 1.0
    high, said = (max(ranked.values(), default=0.0) or 1.0 for ranked in (scores, body_scores))
    worded = {owner: close / near + scores.get(owner, 0.0) / high for owner, (_, close) in closest.items()}
    marks = {
        owner: mark + _BODY_WEIGHS * body_scores.get(owner, 0.0) / said for owner, mark in worded.items()
    }
    foremost = max(closest, key=lambda owner: body_scores.get(owner, 0.0), default="")
    well_worded, well_marked = (
        _WORDED * max(worded.values(), default=0.0),
        _SAID * max(marks.values(), default=0.0),
    )
    return {
        owner: wording
        for owner, wording in closest.items()
        if owner == foremost or worded[owner] >= well_worded or marks[owner] >= well_marked
    }


def _beyond(
    pairs: tuple[Pair[T], ...],
    scales: Scales,
    bodies: Mapping[str, frozenset[str]],
    body_scores: Mapping[str, float],
) -> NDArray[np.float64]:
    scores = np.asarray([body_scores.get(pair.item.id, 0.0) for pair in pairs])
    asked = _asked_of(pairs[0].message)
    held = [_body_features(pair, bodies.get(pair.item.id), asked, scales) for pair in pairs]
    return np.concatenate((np.asarray(held), shares_and_gaps(scores)), axis=1)


def _asked_of(message: Profile) -> list[tuple[str, float, frozenset[str]]]:
    """The words of a message with their rarity, each with the n-grams that stand where it does."""
    return [
        (word, rarity, frozenset({word} if len(word) <= _A_PAIR else map(add, word, word[1:])))
        for word, rarity in message.words.items()
    ]


def _body_features(
    pair: Pair[T],
    body: frozenset[str] | None,
    asked: Iterable[tuple[str, float, frozenset[str]]],
    scales: Scales,
) -> tuple[float, float, float, float]:
    """`body`: which of the message's n-grams the item's wordings and body hold; `asked`: as `_asked_of` has it."""
    if body is None:
        return 0.0, 0.0, 0.0, 0.0
    message, topic = pair.message, pair.known.topic
    nowhere = [rarity for word, rarity, grams in asked if word not in topic and not grams <= body]
    cover = scales.mass(body) / (scales.whole(message.grams)[0] or 1.0)
    return 1.0, cover, sum(nowhere) / message.mass, max(nowhere, default=0.0) / RAREST
