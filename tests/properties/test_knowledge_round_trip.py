"""Articles go out of the database and in again without loss, as TOML and as JSON lines, and out again to the last byte."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.imports.knowledge import read_articles
from bot.store.articles import all_articles, upsert_articles
from bot.store.engine import Database, open_database
from bot.unprintable import are_printable
from knowledge.article import Article, Category, Scope, Source, Validity
from knowledge.jsonl import write_articles_jsonl
from knowledge.seeds import write_articles
from tests.clocks import TestClock

DAY = TestClock().now.date()
# What every door lets in: anything but control characters and halves of characters.
CONTROL = "".join(one for one in map(chr, range(0x80)) if not are_printable([one]))
WORDS = st.text(st.characters(exclude_characters=CONTROL, exclude_categories=["Cs"]), max_size=40)
SAID = WORDS.filter(str.strip)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
SOURCES = st.builds(
    Source, issuer=SAID, title=WORDS, document_number=WORDS, url=WORDS, issued_on=st.none() | DAYS
)
VALIDITIES = st.one_of(
    st.builds(Validity, st.none() | DAYS),
    st.tuples(DAYS, DAYS).map(lambda days: Validity(min(days), max(days))),
)
ARTICLES = st.builds(
    Article,
    id=SAID,
    question=SAID,
    answer=SAID,
    phrasings=st.lists(SAID, max_size=4).map(tuple),
    source=st.none() | SOURCES,
    validity=VALIDITIES,
    scope=st.sampled_from(["", "621121000000"]).map(Scope),
    category=st.sampled_from(Category),
)
LISTS = st.lists(ARTICLES, min_size=1, max_size=5, unique_by=lambda one: one.id)


@pytest.fixture(scope="module")
def empty(migrated_sqlite: Path) -> Path:
    return migrated_sqlite


def stored(path: Path) -> tuple[Article, ...]:
    database = open_database(f"sqlite:///{path}")
    with database.reading() as session:
        found = all_articles(session)
    database.close()
    return found


def imported(path: Path, articles: tuple[Article, ...]) -> str:
    database: Database = open_database(f"sqlite:///{path}")
    with database.transaction() as session:
        changes = upsert_articles(session, articles, now=TestClock().now)
    database.close()
    return str(changes)


def files_of(folder: Path) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(articles=LISTS)
def test_an_export_goes_in_again_and_comes_out_as_the_same_bytes(
    empty: Path, articles: list[Article]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        first, second = folder / "first.sqlite3", folder / "second.sqlite3"
        for path in (first, second):
            shutil.copyfile(empty, path)
        imported(first, tuple(articles))
        out = stored(first)
        write_articles(out, folder / "toml")
        write_articles_jsonl(folder / "out.jsonl", out)

        again = read_articles(folder / "toml", day=DAY, tree=None)
        assert imported(first, again).endswith(f"0 added, 0 changed, {len(articles)} unchanged")
        imported(second, again)
        assert stored(second) == out
        assert read_articles(folder / "out.jsonl", day=DAY, tree=None) == out

        write_articles(stored(second), folder / "again")
        write_articles_jsonl(folder / "again.jsonl", stored(second))
        assert files_of(folder / "toml") == files_of(folder / "again")
        assert (folder / "out.jsonl").read_bytes() == (folder / "again.jsonl").read_bytes()
