"""One table of figures: what it is called, what is to be said of it, and on which file it is measured."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from knowledge.figures import Figure


@dataclass(frozen=True, slots=True)
class Table:
    """`name` stays the same, for figures are recorded under it; `remark` is read beside it."""

    name: str
    remark: str
    file: Path
    measure: Callable[[], tuple[Figure, ...]]
