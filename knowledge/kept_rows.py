"""What was read of many texts, as plain arrays: kept between two starts, so that only new texts are read again."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.segment import Rows
from knowledge.terms import Terms
from knowledge.text import Segmenter

Arrays = Mapping[str, NDArray[Any]]
END = "\0"
"""Between two texts."""


class RowCache(Protocol):
    """Keeps arrays between two starts; what it does not have, or cannot read, is read anew."""

    def load(self, key: str) -> Arrays | None: ...

    def save(self, key: str, arrays: Arrays) -> None: ...


class KeptRows:
    """Texts with the numbers of their terms: takes what is kept, learns what is not, and holds what was asked for."""

    def __init__(self, arrays: Arrays | None = None) -> None:
        terms, self._kept = _restored(arrays)
        self.terms = Terms(terms)
        self._asked: dict[str, NDArray[np.int32]] = {}

    @property
    def has_learnt(self) -> bool:
        """Whether a text was asked for that was not kept."""
        return any(text not in self._kept for text in self._asked)

    def rows_of(self, texts_by_owner: Mapping[str, tuple[str, ...]], *, segmenter: Segmenter) -> Rows:
        """The texts of each owner, each text once, with their terms."""
        texts_of = [tuple(dict.fromkeys(texts)) for texts in texts_by_owner.values()]
        texts = [text for group in texts_of for text in group]
        rows = [self._row(text, segmenter) for text in texts]
        return Rows(
            owners=tuple(texts_by_owner),
            counts=np.fromiter(map(len, texts_of), dtype=np.int64, count=len(texts_of)),
            texts=texts,
            lengths=np.fromiter(map(len, rows), dtype=np.int64, count=len(rows)),
            row_terms=np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32),
        )

    def _row(self, text: str, segmenter: Segmenter) -> NDArray[np.int32]:
        row = self._asked.get(text)
        if row is None:
            row = self._kept.get(text)
            row = self.terms.learn(segmenter.grams(text)) if row is None else row
            self._asked[text] = row
        return row

    def to_arrays(self) -> Arrays:
        """All that was asked for, as the constructor takes it back; a text that holds `END` is left out and read again."""
        kept = {text: row for text, row in self._asked.items() if END not in text}
        return {
            "terms": np.array(list(self.terms), dtype=np.str_),
            "texts": np.frombuffer(END.join(kept).encode(), dtype=np.uint8),
            "lengths": np.fromiter(map(len, kept.values()), dtype=np.int64, count=len(kept)),
            "row_terms": np.concatenate(list(kept.values())) if kept else np.zeros(0, dtype=np.int32),
        }


def _restored(arrays: Arrays | None) -> tuple[list[str], dict[str, NDArray[np.int32]]]:
    """Terms and rows as they were kept; nothing when arrays are missing or do not fit together."""
    if arrays is None:
        return [], {}
    try:
        terms, rows = arrays["terms"].tolist(), dict(_rows(arrays))
    except (KeyError, ValueError):
        return [], {}
    highest = max((int(row.max()) for row in rows.values() if len(row)), default=-1)
    return (terms, rows) if highest < len(terms) else ([], {})


def _rows(arrays: Arrays) -> Iterator[tuple[str, NDArray[np.int32]]]:
    texts = arrays["texts"].tobytes().decode().split(END)
    return zip(texts, np.split(arrays["row_terms"], np.cumsum(arrays["lengths"])[:-1]), strict=True)
