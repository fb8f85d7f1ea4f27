"""What was read of many texts, as plain arrays: kept between two starts, so that only new texts are read again."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.gram_rows import TermRows, gram_rows
from knowledge.segment import Rows
from knowledge.terms import Terms
from knowledge.text import Segmenter

Arrays = Mapping[str, NDArray[Any]]
END = "\0"
"""Between two texts."""
_AT_ONCE = 32_768
"""Texts that are read together."""


class RowCache(Protocol):
    """Keeps arrays between two starts; what it does not have, or cannot read, is read anew."""

    def load(self, key: str) -> Arrays | None: ...

    def save(self, key: str, arrays: Arrays) -> None: ...


class KeptRows:
    """Texts with the numbers of their terms: takes what is kept, learns what is not, and holds what was asked for."""

    def __init__(self, arrays: Arrays | None = None) -> None:
        terms, texts, self._rows = _restored(arrays)
        self.terms = Terms(terms)
        self._places = {text: place for place, text in enumerate(texts)}
        self._kept = len(self._places)
        self._asked = np.zeros(0, dtype=np.int64)

    @property
    def has_learnt(self) -> bool:
        """Whether a text was asked for that was not kept."""
        return len(self._places) > self._kept

    def rows_of(self, texts_by_owner: Mapping[str, tuple[str, ...]], *, segmenter: Segmenter) -> Rows:
        """The texts of each owner, each text once, with their terms."""
        texts_of = [tuple(dict.fromkeys(texts)) for texts in texts_by_owner.values()]
        texts = [text for group in texts_of for text in group]
        self._learn([*dict.fromkeys(text for text in texts if text not in self._places)], segmenter)
        places = np.fromiter(map(self._places.__getitem__, texts), dtype=np.int64, count=len(texts))
        self._asked = np.flatnonzero(np.bincount(np.concatenate((self._asked, places))))
        rows = self._rows.taken(places)
        return Rows(
            owners=tuple(texts_by_owner),
            counts=np.fromiter(map(len, texts_of), dtype=np.int64, count=len(texts_of)),
            texts=texts,
            lengths=rows.lengths,
            row_terms=rows.terms,
        )

    def _learn(self, texts: Sequence[str], segmenter: Segmenter) -> None:
        self._places |= zip(texts, range(len(self._places), len(self._places) + len(texts)), strict=True)
        read = (
            gram_rows(segmenter.canonical_all(texts[start : start + _AT_ONCE]), self.terms)
            for start in range(0, len(texts), _AT_ONCE)
        )
        self._rows = TermRows.joined(chain((self._rows,), read))

    def to_arrays(self) -> Arrays:
        """All that was asked for, as the constructor takes it back; a text that holds `END` is left out and read again."""
        texts = list(self._places)
        places = [place for place in self._asked.tolist() if END not in texts[place]]
        rows = self._rows.taken(np.asarray(places, dtype=np.int64))
        return {
            "terms": np.array(list(self.terms), dtype=np.str_),
            "texts": np.frombuffer(END.join(map(texts.__getitem__, places)).encode(), dtype=np.uint8),
            "lengths": rows.lengths,
            "row_terms": rows.terms,
        }


def _restored(arrays: Arrays | None) -> tuple[list[str], list[str], TermRows]:
    """Terms, texts and rows as they were kept; nothing when arrays are missing or do not fit together."""
    nothing: tuple[list[str], list[str], TermRows] = [], [], TermRows.joined(())
    if arrays is None:
        return nothing
    try:
        terms, rows = arrays["terms"].tolist(), TermRows(arrays["lengths"], arrays["row_terms"])
        texts = arrays["texts"].tobytes().decode().split(END)
    except (KeyError, ValueError):
        return nothing
    fit = len(texts) == len(rows.lengths) and int(rows.lengths.sum()) == len(rows.terms)
    return (terms, texts, rows) if fit and int(rows.terms.max(initial=-1)) < len(terms) else nothing
