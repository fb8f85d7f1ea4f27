"""Whoever changes several articles or claims at once takes them in one order: two who do so wait for each other."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

import pytest

from bot.store import audit
from bot.store.article_files import expire_before, note_told
from bot.store.articles import all_articles, upsert_articles
from bot.store.changes import Changes
from bot.store.claims import all_claims, upsert_claims
from bot.store.engine import Database, Session
from bot.store.tables import ArticleRow, ClaimRow
from knowledge.article import Article, Validity
from knowledge.claim import Claim, Verdict
from tests.bot.meeting import meet, the_trail
from tests.clocks import TestClock

pytestmark = pytest.mark.postgres

# No language sorts these as Python does: it has capitals before small letters.
IDS = ("B", "a", "m", "z")
NOW = TestClock().now
LAST_DAY = date(2022, 7, 13)
Upsert = Callable[[Session, Sequence[str], str], Changes]


def claims(session: Session, ids: Sequence[str], words: str) -> Changes:
    found = [Claim(id=one, text=one, verdict=Verdict.FALSE, explanation=words) for one in ids]
    return upsert_claims(session, found, now=NOW)


def articles(session: Session, ids: Sequence[str], words: str) -> Changes:
    until = Validity(valid_to=LAST_DAY)
    found = [Article(id=one, question=one, answer=words, validity=until) for one in ids]
    return upsert_articles(session, found, now=NOW)


def in_its_middle(session: Session) -> None:
    """Of a file that is being brought in: others wait there, with what they hold by then."""
    for table in (ArticleRow, ClaimRow):
        session.get(table, "m", with_for_update=True)


def bring(database: Database, upsert: Upsert, ids: Sequence[str], words: str) -> Changes:
    with database.transaction() as session:
        changes = upsert(session, ids, words)
        audit.record(session, at=NOW, actor="command line", action="imported", subject=words)
        return changes


def written(database: Database) -> set[str]:
    with database.reading() as session:
        return {one.explanation for one in all_claims(session)} | {
            one.answer for one in all_articles(session)
        }


@pytest.mark.parametrize("upsert", [claims, articles])
def test_two_files_with_the_same_entries_in_another_order_wait_for_each_other(
    postgres: Database, upsert: Upsert
) -> None:
    bring(postgres, upsert, IDS, "first")
    there, back = (partial(bring, postgres, upsert, ids) for ids in (IDS, IDS[::-1]))

    meet(postgres, in_its_middle, partial(there, "second"), partial(back, "third"))

    assert written(postgres) == {"third"}


@pytest.mark.parametrize("upsert", [claims, articles])
def test_two_files_that_bring_the_same_new_entries_bring_them_once(
    postgres: Database, upsert: Upsert
) -> None:
    changes: list[Changes] = []

    def one() -> None:
        changes.append(bring(postgres, upsert, IDS, "first"))

    meet(postgres, the_trail, one, one)

    assert changes == [Changes(added=len(IDS)), Changes(unchanged=len(IDS))]


@pytest.mark.parametrize("upsert", [claims, articles])
def test_entries_that_somebody_holds_are_compared_once_they_are_let_go(
    postgres: Database, upsert: Upsert
) -> None:
    bring(postgres, upsert, IDS, "first")
    changes: list[Changes] = []

    def the_same_by_hand(session: Session) -> None:
        upsert(session, IDS, "second")

    def another() -> None:
        changes.append(bring(postgres, upsert, IDS, "second"))

    meet(postgres, the_same_by_hand, another, lambda: bring(postgres, upsert, IDS, "second"))

    assert changes == [Changes(unchanged=len(IDS))]


@pytest.mark.parametrize("mark", [expire_before, note_told])
def test_a_file_of_articles_and_the_calendar_wait_for_each_other(
    postgres: Database, mark: Callable[..., object]
) -> None:
    for one in reversed(IDS):
        bring(postgres, articles, [one], "first")
    asked = {expire_before: date(2022, 7, 14), note_told: IDS[::-1]}[mark]

    def calendar() -> None:
        with postgres.transaction() as session:
            mark(session, asked, now=NOW)

    meet(postgres, in_its_middle, lambda: bring(postgres, articles, IDS[::-1], "second"), calendar)
