"""Claims looked for by what they say, whether one, many or none says it: on both databases."""

import pytest
from sqlalchemy import insert

from bot.store import claim_lists
from bot.store.claim_lists import Sought, page_of_claims
from bot.store.engine import Database, Session
from bot.store.pages import Wanted
from bot.store.tables import ClaimRow
from tests.bot.store.people import NOW

MANY = claim_lists.FEW + 1


@pytest.fixture
def full(database: Database) -> Database:
    """Many claims about a supermarket, two of them about its doors, one of those about a person."""
    texts = ["超市要关门", "超市的张某要关门", *["超市没菜了"] * (MANY - 2), "水库被投毒", "打了八折100%的真"]
    rows = [
        {
            "id": f"c{number:05}",
            "text": text,
            "phrasings": [],
            "topic": "other",
            "state": "new",
            "restricted": "张某" in text,
            "log": {},
            "opened_at": NOW,
            "updated_at": NOW,
        }
        for number, text in enumerate(texts)
    ]
    with database.transaction() as session:
        session.execute(insert(ClaimRow), rows)
    return database


def found(session: Session, text: str, *, order: str = "opened") -> list[str]:
    """All of them, page by page."""
    ids, cursor = [], ""
    while True:
        page = page_of_claims(session, Sought(text=text), Wanted(order, cursor, 200))
        ids += [file.id for file in page.items]
        cursor = page.following
        if not cursor:
            return ids


def test_what_few_say_is_found_and_what_is_said_of_a_person_is_not(full: Database) -> None:
    with full.reading() as session:
        assert found(session, "关门") == ["c00000"]
        assert found(session, "关门", order="reported") == ["c00000"]


def test_what_many_say_is_found_page_by_page(full: Database) -> None:
    with full.reading() as session:
        assert len(set(found(session, "超市"))) == len(found(session, "超市")) == MANY - 1


def test_what_nobody_says_is_not_found(full: Database) -> None:
    with full.reading() as session:
        assert found(session, "没有这句话") == []


def test_a_sign_that_searches_use_stands_for_itself(full: Database) -> None:
    with full.reading() as session:
        assert len(found(session, "100%的")) == 1
        assert found(session, "超%门") == []
