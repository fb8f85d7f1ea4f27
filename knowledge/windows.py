"""Finding a short claim inside a long post: each candidate claim is compared with the stretch of clauses nearest to it.

The post as a whole selects the candidates; only those are compared with single clauses, and only the best clause of each
is widened to its neighbours, so that the cost of a long post grows with neither the claims nor its square.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from knowledge import copies
from knowledge.contradiction import Statement
from knowledge.copies import Sought
from knowledge.idf import Scales
from knowledge.nearness import Near, Nearness, nearness_of
from knowledge.posts import post_features
from knowledge.profile import Profile, Profiler
from knowledge.retrieval import Candidates, Pair, T
from knowledge.shelf import Shelf
from knowledge.similarity import covers
from knowledge.stretches import Surroundings
from knowledge.text import Segmenter, clauses, passing_grams

CANDIDATES = 5
_COMPARED = 24
"""How many claims are judged at most; among how many they are chosen, by the whole post and by the clause that comes closest."""
_FAINT, _OF_FAINT = 0.3, 3
"""Where no clause of a short message comes closer than this (though as close as `NEAR`), only so many are judged: of 46 such messages
that repeat a claim 44 repeat the first and two the second (docs/adr/0056).
"""
_CLAUSE_WEIGHS = 0.5
"""Against the whole post. Of the development posts that repeat a claim it is among the five for .937 (by the post alone .932)."""
_FIRST = 4
_CLOSE = 0.1
"""So many of the first are judged whatever their clauses say; others only if a clause comes this close."""
NEAR = 0.2
_SAID = 0.4
"""If no clause comes this close to anything, nothing is judged: two fifths of the development messages, and no figure moves. `NEAR`
weighs n-grams; where every claim speaks of the same they all weigh little, so that one said so far, each counted once, is judged too.
"""
_WIDEST = 3
_WHOLE_UP_TO = 80
"""A message of at most this many characters is short: also one window as a whole."""
_MOST_CLAUSES = 400
_LONGEST_CLAUSE = 60


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a message, its canonical wording and n-grams (those across a clause border left out)."""

    text: str
    canonical: str
    grams: frozenset[str]


def clauses_of(normal: str, *, segmenter: Segmenter) -> tuple[Window, ...]:
    """The clauses of a normal form in order; one that comes again is left out."""
    pieces = (piece for clause in clauses(normal) for piece in _pieces(clause))
    once = dict.fromkeys(islice(pieces, _MOST_CLAUSES))
    return tuple(_read(clause, segmenter) for clause in once)


def _pieces(clause: str) -> Iterator[str]:
    """A clause as it is; one without end (a voice transcript) in lengths that a claim may have."""
    return (clause[start : start + _LONGEST_CLAUSE] for start in range(0, len(clause), _LONGEST_CLAUSE))


def find_claims(
    normal: str,
    shelf: Shelf[T],
    *,
    profiler: Profiler,
    profile: Callable[[str], Profile] | None = None,
    sought: Sought[T] | None = None,
) -> Candidates[T] | None:
    """What a message of any length may repeat, each beside its best window; None when nothing shares a character.
    `profile` reads a window, if somebody else can do that better; `sought`: what of it, if it matters where it holds.
    """
    parts = clauses_of(normal, segmenter=profiler.segmenter)
    post = _joined(parts)
    numbers = shelf.index.numbers(post.grams)
    hits = copies.search(shelf.index, numbers, shelf, sought=sought, limit=_COMPARED)
    if not hits:
        return None
    number_of = dict(zip(post.grams, numbers.tolist(), strict=True))
    said = [_numbered(part.grams, number_of) for part in parts]
    found = nearness_of(hits, said, shelf.index)
    is_short = len(normal) <= _WHOLE_UP_TO
    nearest = _worth_judging(found, is_short=is_short) if _comes_near(found) else []
    judged = {one.hit.owner for one in nearest}
    unlike = tuple(shelf.items[hit.owner] for hit in hits if hit.owner not in judged)
    scales = Scales(shelf.index.grams)
    if not nearest:
        return Candidates((), scales, np.zeros((0, 0)), unlike)
    pairs = _pairs(nearest, normal, parts, shelf, profiler, profile or profiler.profile_normal, scales)
    return Candidates(pairs, scales, post_features(pairs, post.canonical, post.grams, scales=scales), unlike)


def _pairs(
    nearest: Sequence[Near],
    normal: str,
    parts: Sequence[Window],
    shelf: Shelf[T],
    profiler: Profiler,
    profile: Callable[[str], Profile],
    scales: Scales,
) -> tuple[Pair[T], ...]:
    """Each claim beside the window that says it best."""
    read = cache(profile)
    wholes = [_read(normal, profiler.segmenter)] if len(parts) > 1 and len(normal) <= _WHOLE_UP_TO else []

    def stated(text: str) -> Statement:
        return read(text).statement

    pairs = []
    for near in nearest:
        known = profiler.known(near.text)
        windows = [*_around(near.clause, parts), *wholes]
        marks = [_f2(window, known, scales) for window in windows]
        best = max(range(len(windows)), key=marks.__getitem__)
        window = read(windows[best].text)
        around, hit = Surroundings(normal, _near(near.clause, parts), profiler.places, stated), near.hit
        pairs.append(Pair(shelf.items[hit.owner], near.text, window, known, hit.score, marks[best], around))
    return tuple(pairs)


def _numbered(grams: frozenset[str], number_of: Mapping[str, int]) -> NDArray[np.int32]:
    return np.fromiter(map(number_of.__getitem__, grams), dtype=np.int32, count=len(grams))


def _comes_near(found: Nearness) -> bool:
    """Whether any clause says so much of anything that judging may be worth it."""
    first = range(min(_FIRST, len(found.hits)))
    return bool(found.close.max() >= NEAR) or any(found.said_anyhow(place) >= _SAID for place in first)


def _worth_judging(found: Nearness, *, is_short: bool) -> list[Near]:
    """Of hits those to be judged, closest to a single clause first."""
    scores, close = np.asarray([hit.score for hit in found.hits]), found.close
    high, near = (values.max() or 1.0 for values in (scores, close))
    marks = scores / high + _CLAUSE_WEIGHS * close / near
    at_most = _OF_FAINT if is_short and NEAR <= near < _FAINT else CANDIDATES
    places = (-marks).argsort(kind="stable")[:at_most].tolist()
    first, others = places[:_FIRST], [place for place in places[_FIRST:] if close[place] >= _CLOSE]
    return sorted((found.near(place) for place in (*first, *others)), key=lambda one: -one.close)


def _around(clause: int, parts: Sequence[Window]) -> Iterator[Window]:
    """Every stretch of at most three neighbouring clauses with `clause` in it."""
    for width in range(1, min(_WIDEST, len(parts)) + 1):
        for start in range(max(0, clause - width + 1), min(clause, len(parts) - width) + 1):
            yield _joined(parts[start : start + width])


def _near(clause: int, parts: Sequence[Window]) -> str:
    """A clause with those beside it, as far as a window may reach."""
    return ",".join(part.text for part in parts[max(0, clause - _WIDEST + 1) : clause + _WIDEST])


def _f2(window: Window, known: Profile, scales: Scales) -> float:
    """How well a window says what a text says: F2 of the text's cover (recall) and the window's (precision)."""
    of_text, of_window = covers(window.grams, known.grams, scales)
    return 5 * of_text * of_window / (4 * of_window + of_text) if of_text else 0.0


def _read(text: str, segmenter: Segmenter) -> Window:
    canonical = segmenter.canonical(text)
    return Window(text, canonical, passing_grams(canonical))


def _joined(parts: Sequence[Window]) -> Window:
    if len(parts) == 1:
        return parts[0]
    grams: frozenset[str] = frozenset().union(*(part.grams for part in parts))
    return Window(",".join(part.text for part in parts), "".join(part.canonical for part in parts), grams)
