"""A shelf that follows its counter: nothing is read twice, and what changed alone is read anew."""

from dataclasses import dataclass

from bot.kept_shelf import KeptShelf
from bot.store.engine import Database, Session
from bot.store.revisions import CLAIMS, raise_revision
from knowledge.text import Segmenter, build_segmenter


@dataclass(frozen=True)
class Thing:
    id: str
    texts: tuple[str, ...]
    body: str = ""


class Store:
    """What stands in the database, and how often it was read."""

    def __init__(self, *things: Thing) -> None:
        self.things = things
        self.read = 0

    def __call__(self, _session: Session) -> tuple[Thing, ...]:
        self.read += 1
        return self.things


def standing(kept: KeptShelf[Thing], database: Database, segmenter: Segmenter) -> dict[str, tuple[str, ...]]:
    with database.reading() as session:
        shelf, _ = kept.as_of_now(session, segmenter=segmenter)
    return {name: thing.texts for name, thing in shelf.items.items()}


def changed(database: Database) -> None:
    with database.transaction() as session:
        raise_revision(session, CLAIMS)


def test_it_is_read_again_only_when_the_counter_has_risen(sqlite: Database) -> None:
    store, segmenter = Store(Thing("a", ("水库投毒",)), Thing("b", ("停水三天",))), build_segmenter()
    kept = KeptShelf(CLAIMS, store)
    for _ in range(3):
        assert standing(kept, sqlite, segmenter) == {"a": ("水库投毒",), "b": ("停水三天",)}
    assert store.read == 1

    store.things = (Thing("b", ("停水五天",)), Thing("c", ("封路",)))
    assert standing(kept, sqlite, segmenter).keys() == {"a", "b"}
    changed(sqlite)
    assert standing(kept, sqlite, segmenter) == {"b": ("停水五天",), "c": ("封路",)}
    assert store.read == 2


def test_what_its_owner_has_written_is_not_read_back(sqlite: Database) -> None:
    store, segmenter = Store(), build_segmenter()
    kept = KeptShelf(CLAIMS, store)
    with sqlite.reading() as session:
        shelf, at = kept.as_of_now(session, segmenter=segmenter)
    changed(sqlite)

    kept.keep(shelf.with_item(Thing("a", ("封路",)), segmenter=segmenter), at + 1)

    assert standing(kept, sqlite, segmenter) == {"a": ("封路",)}
    assert store.read == 1
