"""All that is officially known, ready to be searched: published articles and claims with their indexes.

Readers never wait: a shelf is immutable and replaced in one assignment. Writers take turns on a lock.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Generic, Protocol, TypeVar

from knowledge.article import Article
from knowledge.claim import Claim
from knowledge.index import Entry, Index
from knowledge.kept_rows import KeptRows, RowCache, arrays_of
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


def fill_shelf(
    items: Iterable[T], *, segmenter: Segmenter, cache: RowCache | None = None, name: str = ""
) -> Shelf[T]:
    """A shelf of `items`; of several with one id the last counts. With a cache, in which this shelf has its `name`, only
    new texts are read.
    """
    by_id = {item.id: item for item in items}
    wordings = [(item.id, text) for item in by_id.values() for text in dict.fromkeys(item.texts)]
    if not wordings:
        return Shelf(by_id, Index.build(()))
    owners, texts = zip(*wordings, strict=True)
    key = f"{name}-{form_fingerprint()}"
    kept = KeptRows(cache.load(key) if cache else None)
    rows = kept.read(texts, segmenter=segmenter)
    if cache and not kept.knows_all(texts):
        cache.save(key, arrays_of(texts, rows, kept.terms))
    return Shelf(by_id, Index.assemble(owners, texts, rows, kept.terms))


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
        cache: RowCache | None = None,
    ) -> "Library":
        """`places`: names of the area tree. The dictionary (0.6 s) and the models load here, never in a request."""
        segmenter = segmenter or build_segmenter()
        shelves = Shelves(
            fill_shelf(articles, segmenter=segmenter, cache=cache, name="articles"),
            fill_shelf(claims, segmenter=segmenter, cache=cache, name="claims"),
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
