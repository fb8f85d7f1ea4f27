"""Shelves: things of one kind with their indexes. Immutable: a change gives a new shelf that shares what stays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from knowledge.index import Entry, Index
from knowledge.kept_rows import KeptRows, RowCache
from knowledge.terms import Terms
from knowledge.text import Segmenter, form_fingerprint


class Shelved(Protocol):
    """What can stand on a shelf: an id, the wordings it is found by, and what else it says (empty: nothing that helps)."""

    @property
    def id(self) -> str: ...

    @property
    def texts(self) -> tuple[str, ...]: ...

    @property
    def body(self) -> str: ...


T = TypeVar("T", bound=Shelved)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """Things of one kind, by id, by their wordings, and, if any of them has a body, by wordings and body together: those without
    one as well, or it would speak for the others that they have one. Both indexes number terms alike.
    """

    items: Mapping[str, T]
    index: Index
    bodies: Index

    def with_item(self, item: T, *, segmenter: Segmenter) -> "Shelf[T]":
        """This shelf with `item`, in place of an earlier one of the same id."""
        cleared = self.without(item.id)
        items = {**cleared.items, item.id: item}
        is_first = bool(item.body) and not len(cleared.bodies)
        told = items.values() if is_first else [item] if len(cleared.bodies) else []
        return Shelf(
            items,
            cleared.index.with_added([_entry(item, item.texts, segmenter)]),
            cleared.bodies.with_added(_entry(one, _all_of(one), segmenter) for one in told),
        )

    def without(self, item_id: str) -> "Shelf[T]":
        if item_id not in self.items:
            return self
        left = {key: item for key, item in self.items.items() if key != item_id}
        return Shelf(left, self.index.without(item_id), self.bodies.without(item_id))


def _all_of(item: Shelved) -> tuple[str, ...]:
    return (*item.texts, item.body) if item.body else item.texts


def _entry(item: Shelved, texts: Iterable[str], segmenter: Segmenter) -> Entry:
    once = tuple(dict.fromkeys(texts))
    return Entry(item.id, once, tuple(segmenter.grams(text) for text in once))


def fill_shelf(
    items: Iterable[T], *, segmenter: Segmenter, cache: RowCache | None = None, name: str = ""
) -> Shelf[T]:
    """A shelf of `items`; of several with one id the last counts. With a cache, in which this shelf has its `name`, only
    new texts are read.
    """
    by_id = {item.id: item for item in items}
    if not by_id:
        terms = Terms()
        return Shelf(by_id, Index(terms, ()), Index(terms, ()))
    key = f"{name}-{form_fingerprint()}"
    kept = KeptRows(cache.load(key) if cache else None)
    worded = {item.id: item.texts for item in by_id.values()}
    with_body = {item.id: _all_of(item) for item in by_id.values()}
    shelf = Shelf(
        by_id,
        Index.assemble(kept.rows_of(worded, segmenter=segmenter), kept.terms),
        Index.assemble(kept.rows_of(with_body, segmenter=segmenter), kept.terms)
        if any(item.body for item in by_id.values())
        else Index(kept.terms, ()),
    )
    if cache and kept.has_learnt:
        cache.save(key, kept.to_arrays())
    return shelf
