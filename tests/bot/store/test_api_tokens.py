"""The list of tokens: with each one's owner, and no dearer for how many owners there are."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from bot.access import Role
from bot.store import api_tokens, staff
from bot.store.engine import Database
from bot.store.pages import Wanted
from tests.bot.store.people import NOW

OWNERS = ("张三", "李四", "王五")


@pytest.fixture
def kept(database: Database) -> Database:
    with database.transaction() as session:
        for name in OWNERS:
            owner = staff.add_staff(session, name, role=Role.EDITOR, password="long enough, 14", now=NOW)
            api_tokens.add_token(
                session,
                f"dx_{name}",
                owner=owner,
                name=name,
                scopes=["read"],
                now=NOW,
                expires_at=NOW + timedelta(1),
            )
    return database


def test_a_page_of_tokens_names_each_ones_owner(kept: Database) -> None:
    with kept.reading() as session:
        first = api_tokens.read_tokens(session, wanted=Wanted(limit=2), now=NOW)
        rest = api_tokens.read_tokens(session, wanted=Wanted(limit=2, cursor=first.following), now=NOW)

    found = [(one.name, one.owner.name) for one in (*first.items, *rest.items)]
    assert found == [(name, name) for name in reversed(OWNERS)]


def test_all_owners_of_a_page_are_read_at_once(kept: Database) -> None:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    with kept.reading() as session:
        event.listen(kept.engine, "before_cursor_execute", note)
        api_tokens.read_tokens(session, wanted=Wanted(), now=NOW)
        event.remove(kept.engine, "before_cursor_execute", note)

    assert sum("staff.role" in one for one in statements) == 1
