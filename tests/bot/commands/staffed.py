"""An office with people in it: names, roles, one password; and a command signed by one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from argon2 import PasswordHasher
from click.testing import Result

from bot.access import Role
from bot.store.engine import Database
from bot.store.tables import StaffRow
from tests.bot.commands.conftest import Dingxin

PASSWORD = "a long enough password"
STAFF = {
    "writer": Role.EDITOR,
    "reviewer": Role.REVIEWER,
    "approver": Role.APPROVER,
    "second approver": Role.APPROVER,
    "auditor": Role.AUDITOR,
}


@dataclass(frozen=True)
class Office:
    """Runs a command as somebody: exit code, stdout and stderr as the shell would have them."""

    dingxin: Dingxin
    stored: Database

    def run(self, *words: object, by: str, password: str = PASSWORD) -> Result:
        return self.dingxin(*words, "--by", by, "--password", password)

    def done(self, *words: object, by: str) -> str:
        """What a command printed that was expected to work."""
        result = self.run(*words, by=by)
        assert result.exit_code == 0, result.stderr
        return result.stdout

    def refused(self, *words: object, by: str, password: str = PASSWORD, code: int = 1) -> str:
        """What stderr says of a command that was expected to fail: no traceback, nothing on stdout."""
        result = self.run(*words, by=by, password=password)
        assert (result.exit_code, result.stdout) == (code, "")
        assert "Traceback" not in result.stderr
        return result.stderr


def employ(database: Database, members: Mapping[str, Role] = STAFF, *, area_code: str | None = None) -> None:
    """All of them, with passwords of their own."""
    now = datetime.now(UTC)
    with database.transaction() as session:
        session.add_all(
            StaffRow(
                name=name,
                role=role,
                area_code=area_code,
                password_hash=_hash(),
                created_at=now,
                password_changed_at=now,
            )
            for name, role in members.items()
        )


@cache
def _hash() -> str:
    """Made once: it is meant to be slow."""
    return PasswordHasher().hash(PASSWORD)
