"""`dingxin token`: printed once, listed without its secret, revoked."""

from pathlib import Path

import pytest

from bot.clock import now_utc
from bot.office.tokens import Refusal, recognise
from bot.store.api_tokens import ApiToken
from bot.store.engine import Database
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.staffed import employ


@pytest.fixture
def office(stored: Database) -> Database:
    employ(stored)
    return stored


def secret_of(printed: str) -> str:
    return printed.rsplit(": ", 1)[1].strip()


def brought(database: Database, secret: str) -> ApiToken | Refusal:
    with database.transaction() as session:
        return recognise(session, secret, now=now_utc())


def test_a_token_is_printed_once_and_opens_what_was_asked_for(
    installed: Path, dingxin: Dingxin, office: Database
) -> None:
    del installed
    result = dingxin("token", "create", "--staff", "writer", "--scope", "read", "--days", 7)
    assert result.exit_code == 0, result.stderr
    token = brought(office, secret_of(result.stdout))
    assert isinstance(token, ApiToken)
    assert (token.owner.name, token.scopes) == ("writer", {"read"})

    listed = dingxin("token", "list").stdout
    assert "writer" in listed
    assert "in force" in listed
    assert secret_of(result.stdout) not in listed


def test_a_revoked_token_opens_nothing(installed: Path, dingxin: Dingxin, office: Database) -> None:
    del installed
    secret = secret_of(dingxin("token", "create", "--staff", "approver").stdout)
    assert dingxin("token", "revoke", 1).exit_code == 0
    assert brought(office, secret) is Refusal.REVOKED
    assert "revoked" in dingxin("token", "list").stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("create", "--staff", "nobody"), 1),
        (("create", "--staff", "writer", "--scope", "everything"), 2),
        (("create", "--staff", "writer", "--days", "0"), 2),
        (("revoke", "7"), 1),
        (("revoke", "x"), 2),
    ],
)
def test_what_cannot_be_says_so(
    installed: Path, dingxin: Dingxin, office: Database, words: tuple[str, ...], code: int
) -> None:
    del installed, office
    result = dingxin("token", *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert "Traceback" not in result.stderr
