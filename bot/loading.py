"""The library as the database has it: built once, then kept up article by article and claim by claim."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import structlog

from bot.index_cache import FileIndexCache
from bot.learning.model_store import MODELS_FOLDER, InUse, ModelStore, Stamp
from bot.store.areas import names_of_all
from bot.store.articles import known_articles
from bot.store.claims import all_claims
from bot.store.engine import Database, Session
from bot.store.revisions import KNOWLEDGE, revision
from knowledge.article import Article
from knowledge.claim import Claim
from knowledge.library import Library
from knowledge.models import Models
from knowledge.shelf import Shelved
from knowledge.text import Segmenter, build_segmenter

T = TypeVar("T", bound=Shelved)

log = structlog.get_logger()

INDEX_FOLDER = "index"
# More changes than this at once are quicker built anew.
MOST_STEPS = 500


def read_ahead(database: Database, data_dir: Path) -> None:
    """Read every published wording now, so that the next start need not; nothing to do while nothing is known."""
    with database.reading() as session:
        if revision(session, KNOWLEDGE):
            library_loader(build_segmenter(), data_dir)(session)


@dataclass(frozen=True, slots=True)
class Held:
    """A library that was built before, and the names of areas it was built with."""

    library: Library
    places: tuple[str, ...]


def library_loader(segmenter: Segmenter, data_dir: Path, *, held: Held | None = None) -> "LibraryLoader":
    """A loader over what is kept in `data_dir`: read texts, and versions of the models."""
    return LibraryLoader(
        segmenter, FileIndexCache(data_dir / INDEX_FOLDER), ModelStore(data_dir / MODELS_FOLDER), held=held
    )


class LibraryLoader:
    """What `Live` calls, at the start and whenever the knowledge has changed; one call at a time.

    Another version of the models counts as such a change, and so do other names of places: whoever makes one current or
    imports areas raises the knowledge revision.
    One that begins with a library that is `held` changes a copy of it, which shares what is never changed.
    """

    def __init__(
        self, segmenter: Segmenter, cache: FileIndexCache, store: ModelStore, *, held: Held | None = None
    ) -> None:
        self._segmenter = segmenter
        self._cache = cache
        self._store = store
        self._asked_for: tuple[str, Stamp] | None = None
        self._in_use: InUse | None = None
        self._library = held.library.copy() if held else None
        self._places = held.places if held else ()

    def __call__(self, session: Session) -> Library:
        """All that is published or has expired; a few changes are made in the library there is, which readers go on using."""
        articles = {one.id: one for one in known_articles(session)}
        claims = {one.id: one for one in all_claims(session)}
        places = names_of_all(session)
        library, models = self._library, self._models()
        steps = _steps(library, articles.values(), claims.values()) if library else None
        if library is None or steps is None or places != self._places:
            library = Library.build(
                articles.values(),
                claims.values(),
                segmenter=self._segmenter,
                places=places,
                models=models,
                cache=self._cache,
            )
            steps = []
        for step in steps:
            step()
        if library.models is not models:
            library = Library(library.shelves, profiler=library.profiler, models=models)
        self._library, self._places = library, places
        return library

    def _models(self) -> Models:
        """Those of the current version; read again when another one is or its files have been replaced, and never twice when
        one cannot be used.
        """
        current = self._store.current
        asked_for = current, self._store.stamp(current)
        if self._in_use is None or asked_for != self._asked_for:
            before, self._in_use = self._in_use, self._store.in_use(current)
            self._asked_for = asked_for
            if before:
                log.info("models_changed", version=self._in_use.version, before=before.version)
        return self._in_use.models


def _steps(
    library: Library, articles: Iterable[Article], claims: Iterable[Claim]
) -> list[Callable[[], None]] | None:
    """What brings the library up to date; None when building anew is quicker."""
    steps = [
        *_changes(library.articles, articles, library.publish_article, library.withdraw_article),
        *_changes(library.claims, claims, library.publish_claim, library.withdraw_claim),
    ]
    return steps if len(steps) <= MOST_STEPS else None


def _changes(
    held: Mapping[str, T],
    wanted: Iterable[T],
    publish: Callable[[T], None],
    withdraw: Callable[[str], None],
) -> list[Callable[[], None]]:
    by_id = {one.id: one for one in wanted}
    return [
        *(partial(publish, one) for one in by_id.values() if held.get(one.id) != one),
        *(partial(withdraw, gone) for gone in held.keys() - by_id.keys()),
    ]
