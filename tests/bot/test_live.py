"""News arrives in the background; whoever asks meanwhile gets what there was, and never waits."""

from collections.abc import Iterator
from threading import Event, Thread
from threading import enumerate as threads
from typing import Any

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.live import CHECK_EVERY_SECONDS, Late, Live
from bot.store.engine import Database, Session
from bot.store.revisions import raise_revision, revision

NAME = "news"


class Ticks:
    """A monotonic clock moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def look_again(self) -> None:
        self.now += CHECK_EVERY_SECONDS


class Loader:
    """Loads the revision itself as the value; the second load on begins and ends when it is told to."""

    def __init__(self) -> None:
        self.loads = 0
        self.begun = Event()
        self.may_end = Event()

    def __call__(self, session: Session) -> str:
        self.loads += 1
        if self.loads > 1:
            self.begun.set()
            assert self.may_end.wait(20)
        return f"edition {revision(session, NAME)}"


@pytest.fixture
def loader() -> Iterator[Loader]:
    loader = Loader()
    yield loader
    loader.may_end.set()


def published(database: Database) -> None:
    with database.transaction() as session:
        raise_revision(session, NAME)


def background() -> list[Thread]:
    return [one for one in threads() if one.name == f"live-{NAME}"]


def finished() -> None:
    for one in background():
        one.join(20)


def looked_again(live: Live[Any], ticks: Ticks) -> None:
    ticks.look_again()
    live.get()
    finished()


def renamed(database: Database, table: str, to: str) -> None:
    with database.transaction() as session:
        session.execute(text(f"ALTER TABLE {table} RENAME TO {to}"))


def test_what_is_loaded_first_is_there_at_once(sqlite: Database, loader: Loader) -> None:
    assert Live(sqlite, NAME, loader).get() == "edition 0"


def test_whoever_asks_first_after_a_quiet_while_gets_what_was_published_meanwhile(
    sqlite: Database, loader: Loader
) -> None:
    ticks = Ticks()
    live = Live(sqlite, NAME, loader, ticks=ticks)
    loader.may_end.set()
    published(sqlite)
    ticks.look_again()

    assert live.get() == "edition 1"


def test_the_old_is_served_while_the_new_is_loaded(sqlite: Database, loader: Loader) -> None:
    ticks = Ticks()
    live = Live(sqlite, NAME, loader, ticks=ticks)
    published(sqlite)
    ticks.look_again()

    before = live.get()
    assert loader.begun.wait(20)
    meanwhile = live.get()
    loader.may_end.set()
    finished()

    assert (before, meanwhile, live.get()) == ("edition 0", "edition 0", "edition 1")


def test_while_one_load_goes_on_no_other_begins(sqlite: Database, loader: Loader) -> None:
    ticks = Ticks()
    live = Live(sqlite, NAME, loader, ticks=ticks)
    published(sqlite)
    for _ in range(3):
        ticks.look_again()
        live.get()
        assert loader.begun.wait(20)

    assert (len(background()), loader.loads) == (1, 2)


def test_nobody_looks_before_the_time_has_come(sqlite: Database, loader: Loader) -> None:
    ticks = Ticks()
    live = Live(sqlite, NAME, loader, ticks=ticks)
    published(sqlite)
    ticks.now = CHECK_EVERY_SECONDS - 0.1

    assert live.get() == "edition 0"

    assert background() == []


def test_without_news_nothing_is_loaded_again(sqlite: Database, loader: Loader) -> None:
    ticks = Ticks()
    live = Live(sqlite, NAME, loader, ticks=ticks)
    ticks.look_again()

    live.get()
    finished()

    assert loader.loads == 1


def test_refreshing_waits_for_the_news(sqlite: Database, loader: Loader) -> None:
    live = Live(sqlite, NAME, loader)
    loader.may_end.set()
    published(sqlite)

    assert live.refresh() == "edition 1"


def test_news_that_was_not_committed_is_no_news(sqlite: Database, loader: Loader) -> None:
    live = Live(sqlite, NAME, loader)
    with sqlite.transaction() as session:
        raise_revision(session, NAME)
        session.rollback()

    assert live.refresh() == "edition 0"


@pytest.mark.parametrize("failure", [ValueError, KeyError, OSError])
def test_a_load_that_fails_leaves_the_old_is_logged_and_is_tried_again(
    sqlite: Database, failure: type[Exception]
) -> None:
    ticks, results = Ticks(), iter(["old", None, "new"])

    def load(_session: Session) -> str:
        result = next(results)
        if result is None:
            raise failure("words of a resident")
        return result

    live = Live(sqlite, NAME, load, ticks=ticks)
    published(sqlite)
    with capture_logs() as logged:
        looked_again(live, ticks)
    after_the_failure = live.get()
    looked_again(live, ticks)

    assert (after_the_failure, live.get()) == ("old", "new")
    assert logged == [
        {"event": "reload_failed", "log_level": "error", "what": NAME, "kind": failure.__name__, "serving": 0}
    ]


def test_a_database_that_is_away_for_a_while_leaves_what_there_is_and_is_logged(database: Database) -> None:
    ticks = Ticks()
    live = Live(database, NAME, lambda session: revision(session, NAME), ticks=ticks)
    published(database)
    renamed(database, "revisions", "elsewhere")
    with capture_logs() as logged:
        looked_again(live, ticks)
    meanwhile = live.get()
    renamed(database, "elsewhere", "revisions")
    looked_again(live, ticks)

    assert (meanwhile, live.get()) == (0, 1)
    assert [(one["event"], one["what"], one["serving"]) for one in logged] == [("reload_failed", NAME, 0)]


def test_what_is_loaded_late_is_loaded_when_it_is_asked_for_and_once(
    sqlite: Database, loader: Loader
) -> None:
    late = Late(sqlite, NAME, loader)
    assert loader.loads == 0

    assert (late.get(), late.refresh(), loader.loads) == ("edition 0", "edition 0", 1)
