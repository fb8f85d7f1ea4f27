"""All that is officially known, ready to be searched: published articles and claims with their indexes.

Readers never wait: a shelf is immutable and replaced in one assignment. Writers take turns on a lock.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice
from threading import Lock

from knowledge.article import Article
from knowledge.claim import Claim
from knowledge.kept_rows import RowCache
from knowledge.message import Message
from knowledge.models import Models, load_models
from knowledge.places import Places
from knowledge.profile import PREPARED, READ, Profile, Profiler
from knowledge.shelf import Shelf, fill_shelf
from knowledge.text import Segmenter, build_segmenter

PREPARED_EACH = 12
"""Of an article so many wordings are read before the first message; of the longest lists the rest when first compared."""


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
        """`places`: names of the area tree. The dictionary (half a second) and the models load here, never in a request."""
        segmenter = segmenter or build_segmenter()
        shelves = Shelves(
            fill_shelf(articles, segmenter=segmenter, cache=cache, name="articles"),
            fill_shelf(claims, segmenter=segmenter, cache=cache, name="claims"),
        )
        profiler = Profiler(segmenter, Places(places))
        profiler.prepare(_prepared(shelves.articles))
        return cls(shelves, profiler=profiler, models=models or load_models())

    def copy(self) -> "Library":
        """Another library with the same in it; what is published in one is not in the other."""
        return Library(self.shelves, profiler=self.profiler, models=self.models)

    @property
    def articles(self) -> Mapping[str, Article]:
        return self.shelves.articles.items

    @property
    def claims(self) -> Mapping[str, Claim]:
        return self.shelves.claims.items

    def read_ahead(self) -> Iterator[str]:
        """Works out what comparing needs of the articles that are prepared, then reads every known wording that has not been read
        yet, one a step: half the work on a claim that nobody has asked about. As many as are kept; what is published meanwhile
        is read when it is first compared.
        """
        shelves = self.shelves
        for text in _prepared(shelves.articles):
            known = self.profiler.known(text)
            known.complete()
            shelves.articles.index.grams.weigh_known((known.grams, known.topic_grams), known.words)
            yield text
        asked = (text for article in shelves.articles.items.values() for text in article.texts)
        told = (text for claim in shelves.claims.items.values() for text in claim.texts)
        for text in islice(chain(asked, told), READ):
            self.profiler.read(text)
            yield text

    def hear(self, said: str | Message) -> Message:
        """`said` as a message; one that is shared by several searches stays the same, with all that was read of it."""
        return said if isinstance(said, Message) else Message(said, self.profiler)

    def read(self, message: str) -> Profile:
        return self.profiler.profile(message)

    def publish_article(self, article: Article) -> None:
        """Add `article`, or replace the one with its id; the next question finds it."""
        with self._writing:
            shelf = self.shelves.articles.with_item(article, segmenter=self.profiler.segmenter)
            self.profiler.prepare(article.texts[:PREPARED_EACH])
            self.shelves = replace(self.shelves, articles=shelf)

    def with_article(self, article: Article) -> "Library":
        """Another library in which `article` is published, in place of the one with its id; nobody who uses this one
        notices. What is shared is never changed.
        """
        shelf = self.shelves.articles.with_item(article, segmenter=self.profiler.segmenter)
        return Library(replace(self.shelves, articles=shelf), profiler=self.profiler, models=self.models)

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


def _prepared(articles: Shelf[Article]) -> Iterator[str]:
    """The wordings that are prepared for comparing: as many as are kept."""
    texts = (text for article in articles.items.values() for text in article.texts[:PREPARED_EACH])
    return islice(texts, PREPARED)
