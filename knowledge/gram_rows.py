"""The n-grams of many texts at once, as rows of numbered terms: one text after another they take five times as long."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from knowledge.terms import Terms

_NONE = "\0"
"""Behind each text. The smallest character, in no canonical wording; a pair that ends with it is a single character."""
_CHARACTERS = 0x110000
_LOOKED_UP = 1 << 26
"""Whole numbers below it are looked up in a table, others sorted. The pairs of eight thousand different characters are below."""


@dataclass(frozen=True, slots=True)
class TermRows:
    """The terms of texts, each once a text: as many as `lengths` says, those of one text after those of another."""

    lengths: NDArray[np.int64]
    terms: NDArray[np.int32]

    @classmethod
    def joined(cls, parts: Iterable["TermRows"]) -> "TermRows":
        """Of parts that are read meanwhile: what grows in one piece leaves no gaps between what else comes and goes."""
        lengths, terms = bytearray(), bytearray()
        for part in parts:
            lengths += part.lengths.tobytes()
            terms += part.terms.tobytes()
        return cls(np.frombuffer(lengths, dtype=np.int64), np.frombuffer(terms, dtype=np.int32))

    def taken(self, places: NDArray[np.int64]) -> "TermRows":
        """Those of the texts at `places`, in that order."""
        return _rows_of(matrix_of(self)[places])


def matrix_of(rows: TermRows) -> Any:
    """SciPy's view of rows: which text has which term."""
    starts = np.concatenate((np.zeros(1, dtype=np.int32), rows.lengths.cumsum(dtype=np.int32)))
    shape = (len(rows.lengths), int(rows.terms.max(initial=-1)) + 1)
    return csr_array((np.ones(len(rows.terms), dtype=np.bool_), rows.terms, starts), shape=shape)


def _rows_of(matrix: Any) -> TermRows:
    return TermRows(np.diff(matrix.indptr).astype(np.int64), matrix.indices)


def gram_rows(texts: Sequence[str], terms: Terms) -> TermRows:
    """Single characters and pairs of canonical wordings, as `text.passing_grams` has them; what is new among them is learnt."""
    codes = np.frombuffer("".join(f"{text}{_NONE}" for text in texts).encode("utf-32-le"), dtype="<u4")
    characters, places = _distinct(codes, below=_CHARACTERS)
    shown = np.flatnonzero(places)
    single = places[shown].astype(np.int64) * len(characters)
    pairs, numbers = _distinct(
        np.stack((single, single + places[shown + 1]), axis=1).ravel(), below=len(characters) ** 2
    )
    names = np.stack((characters[pairs // len(characters)], characters[pairs % len(characters)]), axis=1)
    learnt = terms.learn(names.astype("<u4").view("<U2").ravel().tolist())
    ends = np.flatnonzero(places == 0)
    matrix = matrix_of(TermRows(2 * (np.diff(ends, prepend=-1) - 1), learnt[numbers]))
    matrix.sum_duplicates()
    return _rows_of(matrix)


def _distinct(numbers: NDArray[Any], *, below: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which numbers there are, in order, and for each of `numbers` its place among them, as `np.unique` has it."""
    if below > _LOOKED_UP:
        values, places = np.unique(numbers, return_inverse=True)
        return values, places
    there = np.zeros(below, dtype=np.bool_)
    there[numbers] = True
    values = np.flatnonzero(there)
    place_of = np.empty(below, dtype=np.int32)
    place_of[values] = np.arange(len(values))
    return values, place_of[numbers]
