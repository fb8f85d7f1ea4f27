"""What storing a batch did, and taking a batch in pieces that fit into one statement."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")

# Few enough parameters for either database in one IN (…), enough to make round trips cheap.
PIECE = 1_000


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows a batch added, changed, and left as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        """Both together."""
        return Changes(
            self.added + other.added, self.changed + other.changed, self.unchanged + other.unchanged
        )

    def __str__(self) -> str:
        """As the command line prints it."""
        return f"{self.added} added, {self.changed} changed, {self.unchanged} unchanged"

    @property
    def any(self) -> bool:
        """Whether anything is different now."""
        return self.added + self.changed > 0


def in_pieces(items: Iterable[Item], size: int = PIECE) -> Iterator[list[Item]]:
    """`items` in order, `size` at a time."""
    remaining = iter(items)
    while piece := list(islice(remaining, size)):
        yield piece
