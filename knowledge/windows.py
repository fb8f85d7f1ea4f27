"""Finding a short claim inside a long post: each candidate claim is compared with the stretch of clauses nearest to it.

The post as a whole selects the candidates; only those are compared with windows of one to three neighbouring clauses,
so that the cost of a long post does not grow with the number of claims.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.index import Hit
from knowledge.library import Shelf
from knowledge.retrieval import CANDIDATES, Pair, T
from knowledge.similarity import Profile, Profiler
from knowledge.text import clauses

ROWS = 60
_WIDEST = 3
_WHOLE_UP_TO = 80
"""A message of at most this many characters is also one window as a whole."""
_MOST_CLAUSES = 400


def windows_of(normal: str) -> tuple[str, ...]:
    """Stretches of one to three neighbouring clauses, and the whole when it is short."""
    parts = clauses(normal)[:_MOST_CLAUSES]
    stretches = [
        ",".join(parts[start : start + width])
        for width in range(1, min(_WIDEST, len(parts)) + 1)
        for start in range(len(parts) - width + 1)
    ]
    whole = [normal] if len(normal) <= _WHOLE_UP_TO or not stretches else []
    return tuple(dict.fromkeys([*whole, *stretches]))


def find_window_pairs(
    normal: str,
    shelf: Shelf[T],
    *,
    profiler: Profiler,
    hidden: Callable[[Hit], bool] | None = None,
) -> tuple[list[Pair[T]], dict[str, float]]:
    """Candidates for a message of any length, each beside its best window, closest first; and the idf weights."""
    windows = windows_of(normal)
    grams = [profiler.segmenter.grams(window) for window in windows]
    hits = [
        hit
        for hit in shelf.index.search(frozenset().union(*grams), limit=ROWS)
        if not (hidden and hidden(hit))
    ]
    if not hits:
        return [], {}
    known = [profiler.known(hit.text) for hit in hits]
    weights = shelf.index.weights(frozenset().union(*grams, *(profile.reading.grams for profile in known)))
    close = _closeness(grams, [profile.reading.grams for profile in known], weights)
    return _pairs(windows, hits, known, close, shelf=shelf, profiler=profiler), weights


def _closeness(
    windows: Sequence[frozenset[str]], texts: Sequence[frozenset[str]], weights: Mapping[str, float]
) -> NDArray[np.float64]:
    """`similarity.coverage` of each text by each window, all at once: texts down, windows across."""
    columns = {gram: number for number, gram in enumerate(frozenset().union(*texts))}
    idf = np.asarray([weights[gram] for gram in columns])
    in_window, in_text = _membership(windows, columns), _membership(texts, columns)
    shared = (in_text * idf) @ in_window.T
    window_mass = np.asarray([sum(weights[gram] for gram in grams) for grams in windows])
    text_mass = in_text @ idf
    close: NDArray[np.float64] = 5 * shared / (4 * text_mass[:, np.newaxis] + window_mass + 1e-9)
    return close


def _membership(sets: Sequence[frozenset[str]], columns: Mapping[str, int]) -> NDArray[np.float64]:
    table = np.zeros((len(sets), len(columns)))
    for row, grams in enumerate(sets):
        table[row, [columns[gram] for gram in grams if gram in columns]] = 1.0
    return table


def _pairs(
    windows: Sequence[str],
    hits: Sequence[Hit],
    known: Sequence[Profile],
    close: NDArray[np.float64],
    *,
    shelf: Shelf[T],
    profiler: Profiler,
) -> list[Pair[T]]:
    chosen: dict[str, int] = {}
    for row, hit in enumerate(hits):
        if hit.owner not in chosen or close[row].max() > close[chosen[hit.owner]].max():
            chosen[hit.owner] = row
    nearest = sorted(chosen.values(), key=lambda row: -close[row].max())[:CANDIDATES]
    read: dict[str, Profile] = {}
    pairs = []
    for row in nearest:
        window = windows[int(close[row].argmax())]
        if window not in read:
            read[window] = profiler.profile(window)
        item = shelf.items[hits[row].owner]
        pairs.append(Pair(item, hits[row].text, read[window], known[row], float(close[row].max())))
    return pairs
