"""What was read of many texts, as plain arrays: kept between two starts, so that only new texts are read again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.index import Terms
from knowledge.text import Segmenter

Arrays = Mapping[str, NDArray[Any]]
END = "\0"
"""Between two texts."""


class RowCache(Protocol):
    """Keeps arrays between two starts; what it does not have, or cannot read, is read anew."""

    def load(self, key: str) -> Arrays | None: ...

    def save(self, key: str, arrays: Arrays) -> None: ...


class KeptRows:
    """Texts with the numbers of their terms. `read` takes what is kept and learns what is not."""

    def __init__(self, arrays: Arrays | None = None) -> None:
        self.terms = Terms(arrays["terms"].tolist() if arrays else ())
        self._rows = dict(_rows(arrays)) if arrays else {}

    def read(self, texts: Sequence[str], *, segmenter: Segmenter) -> list[NDArray[np.int32]]:
        """The row of each text, in order."""
        return [self._row(text, segmenter) for text in texts]

    def knows_all(self, texts: Sequence[str]) -> bool:
        return all(text in self._rows for text in texts)

    def _row(self, text: str, segmenter: Segmenter) -> NDArray[np.int32]:
        row = self._rows.get(text)
        return row if row is not None else self.terms.learn(segmenter.grams(text))


def arrays_of(texts: Sequence[str], rows: Sequence[NDArray[np.int32]], terms: Terms) -> Arrays:
    """As `KeptRows` takes them back; a text that cannot be told apart from two is left out and read again."""
    kept = [(text, row) for text, row in zip(texts, rows, strict=True) if END not in text]
    texts, rows = [text for text, _ in kept], [row for _, row in kept]
    return {
        "terms": np.array(list(terms), dtype=np.str_),
        "texts": np.frombuffer(END.join(texts).encode(), dtype=np.uint8),
        "lengths": np.fromiter(map(len, rows), dtype=np.int64, count=len(rows)),
        "row_terms": np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32),
    }


def _rows(arrays: Arrays) -> Iterator[tuple[str, NDArray[np.int32]]]:
    texts = arrays["texts"].tobytes().decode().split(END)
    return zip(texts, np.split(arrays["row_terms"], np.cumsum(arrays["lengths"])[:-1]), strict=True)
