import click
import pytest
from click.testing import CliRunner

from bot.access import Permission
from bot.commands.signing import sign, signed_option
from bot.errors import Conflict
from bot.store import staff
from bot.store.engine import Database
from bot.store.staff import FirstPassword
from tests.bot.commands.staffed import PASSWORD, employ
from tests.bot.store.people import NOW


def signed(
    database: Database,
    name: str,
    *,
    needs: Permission = Permission.BROADCAST_APPROVE,
    password: str = PASSWORD,
) -> str:
    with database.transaction() as session:
        return sign(session, name, password=password, needs=needs).name


def test_whoever_has_the_role_and_the_password_signs(sqlite: Database) -> None:
    employ(sqlite)
    assert signed(sqlite, "approver") == "approver"
    assert signed(sqlite, "writer", needs=Permission.BROADCAST_WRITE) == "writer"


def test_a_wrong_name_and_a_wrong_password_are_told_alike(sqlite: Database) -> None:
    """Else one could find out who works here."""
    employ(sqlite)
    told = set()
    for name, password in (("approver", "guess"), ("nobody", PASSWORD)):
        with pytest.raises(Conflict) as refusal:
            signed(sqlite, name, password=password)
        told.add(str(refusal.value))
    assert len(told) == 1


def test_a_closed_account_signs_nothing(sqlite: Database) -> None:
    employ(sqlite)
    with sqlite.transaction() as session:
        staff.disable_staff(session, "approver", now=NOW)
    with pytest.raises(Conflict):
        signed(sqlite, "approver")


def test_a_first_password_signs_nothing(sqlite: Database) -> None:
    """Whoever opened the account knows it, too; and the hours in which it opens the console do not end here."""
    employ(sqlite)
    with sqlite.transaction() as session:
        member = staff.find_staff(session, "approver")
        assert member is not None
        staff.reset_password(session, member.id, PASSWORD, first=FirstPassword("somebody", NOW))
    with pytest.raises(Conflict, match="password of your own"):
        signed(sqlite, "approver")


def test_only_approvers_approve(sqlite: Database) -> None:
    employ(sqlite)
    with pytest.raises(Conflict, match="writer is editor; this takes one of: approver"):
        signed(sqlite, "writer")


@click.command()
@signed_option
def signs(name: str, password: str) -> None:
    click.echo(f"{name} {len(password)}")


def test_a_password_is_asked_for_and_not_shown() -> None:
    result = CliRunner().invoke(signs, ["--by", "writer"], input="hidden word\n")
    assert (result.exit_code, "hidden word" in result.output) == (0, False)
    assert "writer 11" in result.output


def test_a_password_may_come_from_the_environment() -> None:
    result = CliRunner().invoke(signs, ["--by", "writer"], env={"DINGXIN_STAFF_PASSWORD": "from there"})
    assert result.output == "writer 10\n"
