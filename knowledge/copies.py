"""Copies of one thing for many places or times: those that are far must not take the places of what is near.

One question may have an article for each of ninety communities. Of those that do not hold where and when it is asked two are
enough to tell that there are others; the rest would crowd out the one that does.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.index import LONGEST_QUERY, Hit, Index
from knowledge.shelf import Shelf, T

_FAR_COPIES = 2
_LOOKED_AT = 8
"""Hits, the first. Copies have nearly the same score: if they crowd at all, they crowd there."""


class Comparable(Protocol):
    def __lt__(self, other: Any, /) -> bool: ...


@dataclass(frozen=True, slots=True)
class Sought(Generic[T]):
    """What is looked for: what is `near` before copies of it that are not, or `only` what is near. Of copies that are far the two
    are kept that are told `rather`: for which it is greatest.
    """

    near: Callable[[T], bool]
    rather: Callable[[T], Comparable]
    only: bool = False


def search(
    index: Index,
    numbers: NDArray[np.int32],
    shelf: Shelf[T],
    *,
    sought: Sought[T] | None,
    limit: int,
    longest: int = LONGEST_QUERY,
) -> tuple[Hit, ...]:
    """The best `limit` things for a query in an index of `shelf`, as `Index.search_numbers` has them; of far copies two."""
    find = partial(index.search_numbers, numbers, limit=limit, longest=longest)
    if sought is None:
        return find()
    near = partial(_is_near, shelf=shelf, sought=sought)
    if sought.only:
        return find(among=near)
    hits = find()
    if not _may_crowd(hits[:_LOOKED_AT], shelf):
        return hits
    few = _with_few_far_copies(hits, shelf, sought)
    if len(few) == len(hits):
        return hits
    found = {hit.owner: hit for hit in (*few, *find(among=near))}
    return tuple(sorted(found.values(), key=lambda hit: -hit.score)[:limit])


def _is_near(owner: str, *, shelf: Shelf[T], sought: Sought[T]) -> bool:
    return sought.near(shelf.items[owner])


def _title(hit: Hit, shelf: Shelf[T]) -> str:
    return shelf.items[hit.owner].texts[0]


def _may_crowd(hits: Sequence[Hit], shelf: Shelf[T]) -> bool:
    """Whether more than two of them are copies of one thing."""
    titles = [_title(hit, shelf) for hit in hits]
    return len(titles) - len({*titles}) >= _FAR_COPIES


def _with_few_far_copies(hits: Sequence[Hit], shelf: Shelf[T], sought: Sought[T]) -> list[Hit]:
    far: defaultdict[str, list[str]] = defaultdict(list)
    for hit in hits:
        if not sought.near(shelf.items[hit.owner]):
            far[_title(hit, shelf)].append(hit.owner)
    kept = (
        sorted(owners, key=lambda owner: sought.rather(shelf.items[owner]), reverse=True)
        for owners in far.values()
    )
    dropped = frozenset(owner for owners in kept for owner in owners[_FAR_COPIES:])
    return [hit for hit in hits if hit.owner not in dropped]
