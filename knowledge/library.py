"""All that is officially known, ready to be searched: published articles and claims with their indexes.

Readers never wait: a shelf is immutable and replaced in one assignment. Writers take turns on a lock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from threading import Lock
from typing import Any, Generic, Protocol, TypeVar

from numpy.typing import NDArray

from knowledge.article import Article
from knowledge.claim import Claim
from knowledge.index import Entry, Index
from knowledge.models import Models, load_models
from knowledge.places import Places
from knowledge.similarity import Profile, Profiler
from knowledge.text import Segmenter, build_segmenter, form_fingerprint


class Shelved(Protocol):
    """What can stand on a shelf: it has an id and the wordings it is found by."""

    @property
    def id(self) -> str: ...

    @property
    def texts(self) -> tuple[str, ...]: ...


T = TypeVar("T", bound=Shelved)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """Things of one kind, by id and by their texts."""

    items: Mapping[str, T]
    index: Index

    def with_item(self, item: T, *, segmenter: Segmenter) -> "Shelf[T]":
        """This shelf with `item`, in place of an earlier one of the same id."""
        cleared = self.index.without(item.id) if item.id in self.items else self.index
        return Shelf({**self.items, item.id: item}, cleared.with_added(entries_of(item, segmenter=segmenter)))

    def without(self, item_id: str) -> "Shelf[T]":
        if item_id not in self.items:
            return self
        return Shelf(
            {key: item for key, item in self.items.items() if key != item_id}, self.index.without(item_id)
        )


def entries_of(item: Shelved, *, segmenter: Segmenter) -> tuple[Entry, ...]:
    return tuple(Entry(item.id, text, segmenter.grams(text)) for text in dict.fromkeys(item.texts))


class IndexCache(Protocol):
    """Keeps the arrays of an index between two starts; what it does not have, or cannot read, is built anew."""

    def load(self, key: str) -> Mapping[str, NDArray[Any]] | None: ...

    def save(self, key: str, arrays: Mapping[str, NDArray[Any]]) -> None: ...


def fill_shelf(items: Iterable[T], *, segmenter: Segmenter, cache: IndexCache | None = None) -> Shelf[T]:
    """A shelf of `items`; of several with one id the last counts. With a cache only unknown texts cost anything."""
    by_id = {item.id: item for item in items}
    if cache is None or not by_id:
        entries = [entry for item in by_id.values() for entry in entries_of(item, segmenter=segmenter)]
        return Shelf(by_id, Index.build(entries))
    owners, texts = _wordings(by_id.values())
    key = _key(owners, texts)
    arrays = cache.load(key)
    if arrays is not None:
        return Shelf(by_id, Index.restore(owners, texts, arrays))
    shelf = fill_shelf(by_id.values(), segmenter=segmenter)
    cache.save(key, shelf.index.arrays)
    return shelf


def _wordings(items: Iterable[Shelved]) -> tuple[list[str], list[str]]:
    pairs = [(item.id, text) for item in items for text in dict.fromkeys(item.texts)]
    return [owner for owner, _ in pairs], [text for _, text in pairs]


def _key(owners: Sequence[str], texts: Sequence[str]) -> str:
    """What the arrays of these texts depend on: the texts, and everything that reads a text."""
    digest = sha256(form_fingerprint().encode())
    for line in (*owners, *texts):
        digest.update(line.encode())
        digest.update(b"\0")
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Shelves:
    """One consistent state of the library."""

    articles: Shelf[Article]
    claims: Shelf[Claim]


class Library:
    """Build once before serving with `Library.build`; publish and withdraw at any time from any thread."""

    def __init__(self, shelves: Shelves, *, profiler: Profiler, models: Models) -> None:
        self.shelves = shelves
        self.profiler = profiler
        self.models = models
        self._writing = Lock()

    @classmethod
    def build(
        cls,
        articles: Iterable[Article] = (),
        claims: Iterable[Claim] = (),
        *,
        segmenter: Segmenter | None = None,
        places: Iterable[str] = (),
        models: Models | None = None,
        cache: IndexCache | None = None,
    ) -> "Library":
        """`places`: names of the area tree. The dictionary (0.6 s) and the models load here, never in a request."""
        segmenter = segmenter or build_segmenter()
        shelves = Shelves(
            fill_shelf(articles, segmenter=segmenter, cache=cache),
            fill_shelf(claims, segmenter=segmenter, cache=cache),
        )
        return cls(shelves, profiler=Profiler(segmenter, Places(places)), models=models or load_models())

    @property
    def articles(self) -> Mapping[str, Article]:
        return self.shelves.articles.items

    @property
    def claims(self) -> Mapping[str, Claim]:
        return self.shelves.claims.items

    def read(self, message: str) -> Profile:
        return self.profiler.profile(message)

    def publish_article(self, article: Article) -> None:
        """Add `article`, or replace the one with its id; the next question finds it."""
        with self._writing:
            shelf = self.shelves.articles.with_item(article, segmenter=self.profiler.segmenter)
            self.shelves = replace(self.shelves, articles=shelf)

    def withdraw_article(self, article_id: str) -> None:
        with self._writing:
            self.shelves = replace(self.shelves, articles=self.shelves.articles.without(article_id))

    def publish_claim(self, claim: Claim) -> None:
        """Add `claim`, or replace the one with its id; the next message finds it."""
        with self._writing:
            shelf = self.shelves.claims.with_item(claim, segmenter=self.profiler.segmenter)
            self.shelves = replace(self.shelves, claims=shelf)

    def withdraw_claim(self, claim_id: str) -> None:
        with self._writing:
            self.shelves = replace(self.shelves, claims=self.shelves.claims.without(claim_id))
