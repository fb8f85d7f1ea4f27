from dataclasses import replace
from datetime import date

import pytest

from bot.errors import Conflict, Stale
from bot.store.article_files import ending_by, expire_before, find_file, hold_file, note_told, save_file
from bot.store.article_versions import IMPORTED, versions_of, write_version
from bot.store.articles import (
    all_articles,
    knowledge_revision,
    known_articles,
    upsert_articles,
)
from bot.store.engine import Database
from knowledge.approval import edited
from knowledge.article import Article, Category, Scope, Source, Validity
from knowledge.article_life import ArticleState
from knowledge.article_text import Writing, fingerprint
from tests.clocks import TestClock

FULL = Article(
    id="testing-where",
    question="在哪里做核酸",
    answer="在本村检测点。",
    phrasings=("哪达做核酸哩", "核酸点在哪"),
    source=Source("某市卫健委", "示例通知", "示例〔1〕号", "https://example.org/1", date(2022, 7, 12)),
    validity=Validity(date(2022, 7, 12), date(2022, 8, 12)),
    scope=Scope("621121000000"),
    category=Category.TESTING,
)
BARE = Article(id="bare", question="问", answer="答")


def test_an_article_comes_back_as_it_was_stored(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        changes = upsert_articles(session, [FULL, BARE], now=clock())
    with database.reading() as session:
        assert all_articles(session) == (BARE, FULL)
    assert (changes.added, changes.changed, changes.unchanged) == (2, 0, 0)


def test_storing_the_same_again_neither_changes_nor_announces_anything(
    database: Database, clock: TestClock
) -> None:
    with database.transaction() as session:
        upsert_articles(session, [FULL, BARE], now=clock())
    with database.transaction() as session:
        changes = upsert_articles(session, [FULL, BARE], now=clock())
        assert changes.unchanged == 2
        assert not changes.any
        assert knowledge_revision(session) == 1


def test_one_batch_of_changes_is_announced_once(database: Database, clock: TestClock) -> None:
    answer = replace(FULL, answer="改到镇卫生院。")
    with database.transaction() as session:
        upsert_articles(session, [FULL], now=clock())
        changes = upsert_articles(session, [answer, BARE], now=clock())
        assert (changes.added, changes.changed) == (1, 1)
        assert knowledge_revision(session) == 2
        assert all_articles(session) == (BARE, answer)


def test_more_articles_than_fit_one_statement_are_all_stored(database: Database, clock: TestClock) -> None:
    many = [Article(id=f"a{number:05}", question=f"问{number}", answer="答") for number in range(2_345)]
    with database.transaction() as session:
        assert upsert_articles(session, many, now=clock()).added == 2_345
        assert upsert_articles(session, many, now=clock()).unchanged == 2_345
        assert len(all_articles(session)) == 2_345


def test_a_changed_import_is_the_next_version_and_the_one_before_is_kept(
    database: Database, clock: TestClock
) -> None:
    answer = replace(FULL, answer="改到镇卫生院。")
    with database.transaction() as session:
        upsert_articles(session, [FULL], now=clock())
        upsert_articles(session, [answer], now=clock())
    with database.reading() as session:
        file = find_file(session, FULL.id)
        [kept] = versions_of(session, FULL.id)
    assert (file.version, file.state, file.published) == (2, ArticleState.PUBLISHED, answer)
    assert (kept.number, kept.writing.article, kept.note) == (1, FULL, IMPORTED)


def test_an_import_never_overwrites_what_the_desk_is_writing(database: Database, clock: TestClock) -> None:
    writing = Writing(replace(FULL, answer="正在改。"))
    with database.transaction() as session:
        upsert_articles(session, [FULL], now=clock())
        pending = edited(None, fingerprint(writing), by="editor")
        write_version(session, FULL.id, 2, writing, pending, note="", now=clock())
    with database.transaction() as session:
        assert upsert_articles(session, [FULL, BARE], now=clock()).added == 1
    with database.transaction() as session, pytest.raises(Conflict, match="testing-where"):
        upsert_articles(session, [replace(FULL, answer="导入的。")], now=clock())


@pytest.mark.parametrize("state", [ArticleState.DRAFT, ArticleState.WITHDRAWN])
def test_an_import_publishes_nothing_that_the_desk_keeps_from_the_public(
    database: Database, clock: TestClock, state: ArticleState
) -> None:
    with database.transaction() as session:
        upsert_articles(session, [FULL], now=clock())
        save_file(session, replace(find_file(session, FULL.id), state=state), now=clock())
    with database.transaction() as session:
        assert not upsert_articles(session, [FULL], now=clock()).any
        with pytest.raises(Conflict, match="knowledge desk"):
            upsert_articles(session, [replace(FULL, answer="导入的。")], now=clock())


def test_an_expired_article_is_public_again_when_a_new_validity_is_imported(
    database: Database, clock: TestClock
) -> None:
    longer = replace(FULL, validity=Validity(date(2022, 7, 12), date(2022, 9, 12)))
    with database.transaction() as session:
        upsert_articles(session, [FULL], now=clock())
        assert expire_before(session, date(2022, 8, 13), now=clock()) == (FULL.id,)
        assert all_articles(session) == ()
        assert known_articles(session) == (FULL,)
        upsert_articles(session, [longer], now=clock())
        assert all_articles(session) == (longer,)


def test_an_article_holds_on_its_last_day(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        upsert_articles(session, [FULL, BARE], now=clock())
        assert expire_before(session, date(2022, 8, 12), now=clock()) == ()


def test_what_ends_soon_is_named_until_somebody_was_told(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        upsert_articles(session, [FULL, BARE], now=clock())
        assert [one.id for one in ending_by(session, date(2022, 8, 12), limit=9)] == [FULL.id]
        assert ending_by(session, date(2022, 8, 11), limit=9) == ()
        note_told(session, [FULL.id], now=clock())
        assert ending_by(session, date(2022, 8, 12), limit=9) == ()


def test_an_edition_is_worth_one_change(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        upsert_articles(session, [FULL], now=clock())
        file = hold_file(session, FULL.id, edition=0)
        save_file(session, replace(file, owner="editor"), now=clock())
        with pytest.raises(Stale):
            hold_file(session, FULL.id, edition=0)
        with pytest.raises(Stale):
            save_file(session, file, now=clock())
