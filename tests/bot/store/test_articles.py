from dataclasses import replace
from datetime import date

import pytest

from bot.errors import NotFound
from bot.store.articles import all_articles, knowledge_revision, remove_article, upsert_articles
from bot.store.engine import Database
from knowledge.article import Article, Category, Scope, Source, Validity
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


def test_a_removed_article_is_gone_and_announced(database: Database, clock: TestClock) -> None:
    with database.transaction() as session:
        upsert_articles(session, [FULL, BARE], now=clock())
        remove_article(session, "bare")
        assert all_articles(session) == (FULL,)
        assert knowledge_revision(session) == 2


def test_what_is_not_there_cannot_be_removed(database: Database) -> None:
    with database.transaction() as session, pytest.raises(NotFound, match="no article nix"):
        remove_article(session, "nix")
