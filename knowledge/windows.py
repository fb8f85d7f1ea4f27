"""Finding a short claim inside a long post: each candidate claim is compared with the stretch of clauses nearest to it.

The post as a whole selects the candidates; only those are compared with windows of one to three neighbouring clauses,
so that the cost of a long post does not grow with the number of claims.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.index import Hit
from knowledge.library import Shelf
from knowledge.retrieval import CANDIDATES, ROWS, Pair, T, closeness, closest_per_owner, weigh
from knowledge.similarity import Profile, Profiler
from knowledge.text import Segmenter, clauses

_WIDEST = 3
_WHOLE_UP_TO = 80
"""A message of at most this many characters is also one window as a whole."""
_MOST_CLAUSES = 400


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a message and the n-grams of its clauses (those across a clause border left out)."""

    text: str
    grams: frozenset[str]


def windows_of(normal: str, *, segmenter: Segmenter) -> tuple[Window, ...]:
    """Stretches of one to three neighbouring clauses, and the whole when it is short."""
    parts = [Window(part, segmenter.grams(part)) for part in clauses(normal)[:_MOST_CLAUSES]]
    if len(normal) <= _WHOLE_UP_TO or not parts:
        parts_as_one = [Window(normal, segmenter.grams(normal))]
    else:
        parts_as_one = []
    stretches = [
        _joined(parts[start : start + width])
        for width in range(1, min(_WIDEST, len(parts)) + 1)
        for start in range(len(parts) - width + 1)
    ]
    return tuple({window.text: window for window in [*stretches, *parts_as_one]}.values())


def _joined(parts: Sequence[Window]) -> Window:
    grams: frozenset[str] = frozenset().union(*(part.grams for part in parts))
    return Window(",".join(part.text for part in parts), grams)


def find_window_pairs(
    normal: str,
    shelf: Shelf[T],
    *,
    profiler: Profiler,
    hidden: Callable[[Hit], bool] | None = None,
) -> tuple[list[Pair[T]], dict[str, float]]:
    """Candidates for a message of any length, each beside its best window, best score first; and the idf weights."""
    windows = windows_of(normal, segmenter=profiler.segmenter)
    grams = [window.grams for window in windows]
    found = shelf.index.search(frozenset().union(*grams), limit=ROWS)
    hits = [hit for hit in found if not (hidden and hidden(hit))]
    if not hits:
        return [], {}
    close = closeness(grams, hits, shelf.index)
    nearest = sorted(
        (row for row, _ in closest_per_owner(hits, close.max(axis=1))), key=lambda row: -close[row].max()
    )
    read: dict[str, Profile] = {}
    pairs = [
        _pair(
            hits[row], windows[int(close[row].argmax())].text, float(close[row].max()), shelf, profiler, read
        )
        for row in nearest[:CANDIDATES]
    ]
    return pairs, weigh(pairs, shelf.index)


def _pair(
    hit: Hit, window: str, score: float, shelf: Shelf[T], profiler: Profiler, read: dict[str, Profile]
) -> Pair[T]:
    if window not in read:
        read[window] = profiler.profile(window)
    return Pair(shelf.items[hit.owner], hit.text, read[window], profiler.known(hit.text), score)
