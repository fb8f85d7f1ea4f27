"""A shelf of what people are at work on, in memory, kept up by a revision counter: read again only when somebody has changed
something, and then only what changed.
"""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from bot.store.engine import Session
from bot.store.revisions import revision
from knowledge.shelf import Shelf, Shelved, fill_shelf
from knowledge.text import Segmenter

# More changes than this at once are quicker read anew.
MOST_STEPS = 200

Item = TypeVar("Item", bound=Shelved)


class KeptShelf(Generic[Item]):
    """`counter` rises with every change of what `read` finds. One worker's: it is asked by one at a time."""

    def __init__(self, counter: str, read: Callable[[Session], tuple[Item, ...]]) -> None:
        self._counter = counter
        self._read = read
        self._revision = -1
        self._shelf: Shelf[Item] | None = None

    def as_of_now(self, session: Session, *, segmenter: Segmenter) -> tuple[Shelf[Item], int]:
        """The shelf as the database has it, and at which revision that is."""
        current = revision(session, self._counter)
        if self._shelf is None or current != self._revision:
            self._shelf = _brought_up(self._shelf, self._read(session), segmenter)
            self._revision = current
        return self._shelf, current

    def keep(self, shelf: Shelf[Item], at: int) -> None:
        """What the caller has written itself: this is the shelf at that revision."""
        self._shelf, self._revision = shelf, at


def _brought_up(shelf: Shelf[Item] | None, items: Iterable[Item], segmenter: Segmenter) -> Shelf[Item]:
    wanted = {item.id: item for item in items}
    held = shelf.items if shelf else {}
    changed = [item for item in wanted.values() if held.get(item.id) != item]
    gone = held.keys() - wanted.keys()
    if shelf is None or len(changed) + len(gone) > MOST_STEPS:
        return fill_shelf(wanted.values(), segmenter=segmenter)
    for item in changed:
        shelf = shelf.with_item(item, segmenter=segmenter)
    for item_id in gone:
        shelf = shelf.without(item_id)
    return shelf
