import pytest

from bot.errors import NotFound
from bot.store.engine import Database
from bot.store.snapshots import find_snapshot, keep_snapshot
from tests.clocks import TestClock

PAGE = "<h1>通知（示例）</h1>".encode()


def test_a_snapshot_comes_back_byte_for_byte(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        sha256 = keep_snapshot(
            session,
            PAGE,
            media_type="text/html",
            file_name="notice.html",
            url="https://example.org/notice",
            by="editor",
            now=clock(),
        )
    with database.reading() as session:
        kept = find_snapshot(session, sha256)
    assert (kept.content, kept.media_type, kept.taken_by) == (PAGE, "text/html", "editor")


def test_the_same_bytes_are_kept_once_as_they_were_first_taken(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        first = keep_snapshot(session, PAGE, media_type="", file_name="a", url="", by="editor", now=clock())
        again = keep_snapshot(session, PAGE, media_type="", file_name="b", url="", by="other", now=clock())
        assert first == again
        assert find_snapshot(session, first).file_name == "a"


def test_what_was_never_kept_is_not_found(database: Database) -> None:
    with database.reading() as session, pytest.raises(NotFound):
        find_snapshot(session, "0" * 64)
