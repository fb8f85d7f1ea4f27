"""Who signs in a terminal gets in as in the console: no way round the lock-out, nor round the telephone."""

import os
import pty
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.access import Permission
from bot.commands.entry import Entry
from bot.commands.signing import Signature, signed, signed_option
from bot.errors import Conflict
from bot.store import audit, second_factor, staff
from bot.store.engine import Database
from bot.store.staff import FirstPassword
from bot.store.vault import Vault
from tests.bot.commands.staffed import PASSWORD, employ
from tests.bot.commands.test_headcounts import DAYS, TITLE
from tests.bot.places import PREFECTURE
from tests.clocks import TestClock
from tests.settings import settings_for

LOCKED_AFTER = 5
DRIVE = (*TITLE, *DAYS, "--area", PREFECTURE.code)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def entry(sqlite: Database, vault: Vault, clock: TestClock, tmp_path: Path) -> Entry:
    employ(sqlite)
    return Entry(settings_for(tmp_path), sqlite, vault, clock)


def signs(
    entry: Entry,
    name: str = "approver",
    password: str = PASSWORD,
    *,
    code: str | None = None,
    needs: Permission = Permission.BROADCAST_APPROVE,
) -> str:
    with signed(entry, Signature(name, password, code), needs=needs) as act:
        return act.member.name


def refused(
    entry: Entry, name: str = "approver", password: str = PASSWORD, *, code: str | None = None
) -> str:
    with pytest.raises(Conflict) as refusal:
        signs(entry, name, password, code=code)
    return str(refusal.value)


def trail(entry: Entry, name: str = "approver") -> list[str]:
    with entry.database.reading() as session:
        return [event.action for event in audit.events_of(session, f"staff {name}")]


def with_telephone(entry: Entry, name: str = "approver") -> str:
    """The secret of the telephone the account has from now on."""
    secret = second_factor.new_secret()
    with entry.database.transaction() as session:
        member = staff.find_staff(session, name)
        assert member is not None
        shown = second_factor.code_at(secret, entry.clock())
        assert second_factor.confirm(session, member.id, secret, shown, vault=entry.vault, now=entry.clock())
    return secret


def test_whoever_has_the_role_and_the_password_signs(entry: Entry) -> None:
    assert signs(entry) == "approver"
    assert signs(entry, "writer", needs=Permission.BROADCAST_WRITE) == "writer"


def test_a_wrong_name_and_a_wrong_password_are_told_alike(entry: Entry) -> None:
    """Else one could find out who works here."""
    assert refused(entry, password="guess") == refused(entry, "nobody")


def test_wrong_passwords_lock_the_account_and_are_kept_in_the_trail(entry: Entry) -> None:
    told = {refused(entry, password="guess") for _ in range(LOCKED_AFTER)}
    told.add(refused(entry))

    assert len(told) == 1
    assert trail(entry) == ["sign_in.failed"] * (LOCKED_AFTER - 1) + ["sign_in.locked", "sign_in.refused"]


def test_a_locked_account_signs_again_when_it_has_rested(entry: Entry, clock: TestClock) -> None:
    for _ in range(LOCKED_AFTER):
        refused(entry, password="guess")

    clock.advance(minutes=entry.settings.console.lock_out_minutes)

    assert signs(entry) == "approver"


def test_the_right_password_forgets_the_wrong_ones_before_it(entry: Entry) -> None:
    for _ in range(2):
        for _ in range(LOCKED_AFTER - 1):
            refused(entry, password="guess")
        assert signs(entry) == "approver"


def test_a_closed_account_signs_nothing(entry: Entry) -> None:
    with entry.database.transaction() as session:
        staff.disable_staff(session, "approver", now=entry.clock())

    refused(entry)


def test_a_first_password_signs_nothing(entry: Entry) -> None:
    """Whoever opened the account knows it, too; and its first use is still the one in the console."""
    with entry.database.transaction() as session:
        member = staff.find_staff(session, "approver")
        assert member is not None
        until = entry.clock() + timedelta(hours=1)
        staff.reset_password(session, member.id, PASSWORD, first=FirstPassword("somebody", until))

    assert "password of your own" in refused(entry)
    assert trail(entry) == ["sign_in.refused"]
    with entry.database.reading() as session:
        found = staff.find_staff(session, "approver")
    assert found is not None
    assert found.first_signed_in_at is None


def test_only_approvers_approve(entry: Entry) -> None:
    with pytest.raises(Conflict, match="writer is editor; this takes one of: approver"):
        signs(entry, "writer")


def test_an_account_with_a_telephone_signs_with_its_code_and_with_each_once(
    entry: Entry, clock: TestClock
) -> None:
    secret = with_telephone(entry)
    clock.advance(minutes=1)
    code = second_factor.code_at(secret, clock())

    assert "--code" in refused(entry)
    assert signs(entry, code=f"{code[:3]} {code[3:]}") == "approver"
    assert "has been used" in refused(entry, code=code)


def test_wrong_codes_lock_the_account_as_wrong_passwords_do(entry: Entry) -> None:
    with_telephone(entry)
    for _ in range(LOCKED_AFTER - 1):
        assert "code is wrong" in refused(entry, code="none")

    assert "rests for a while" in refused(entry, code="none")
    assert trail(entry)[-1] == "sign_in.locked"


def test_an_account_without_a_telephone_signs_whatever_code_is_given(entry: Entry) -> None:
    assert signs(entry, code="123456") == "approver"


def test_an_account_that_is_closed_once_it_was_let_in_signs_nothing(entry: Entry) -> None:
    def closes_it() -> datetime:
        if trail(entry) == ["sign_in", "sign_in.first"]:
            with entry.database.transaction() as session:
                staff.disable_staff(session, "approver", now=entry.clock())
        return entry.clock()

    assert "changed meanwhile" in refused(replace(entry, clock=closes_it))


def test_a_step_that_fails_leaves_the_sign_in_in_the_trail(entry: Entry) -> None:
    with pytest.raises(Conflict, match="too late"):
        stumbles(entry)

    assert trail(entry) == ["sign_in", "sign_in.first"]
    with entry.database.reading() as session:
        assert not list(audit.events_of(session, "broadcast b1"))


def stumbles(entry: Entry) -> None:
    with signed(entry, Signature("approver", PASSWORD), needs=Permission.BROADCAST_APPROVE) as act:
        act.note("broadcast.approved", "broadcast b1")
        raise Conflict("too late")


def test_in_a_terminal_the_code_is_asked_for(settled: Path, stored: Database, seal: Vault) -> None:
    employ(stored)
    secret = with_telephone(Entry(settings_for(settled), stored, seal, an_hour_ago), "writer")
    command = [sys.executable, "-m", "bot", "headcounts", "open", "summer", *DRIVE, "--by", "writer"]
    ours, theirs = pty.openpty()
    os.write(ours, f"{second_factor.code_at(secret, datetime.now(UTC))}\n".encode())

    done = subprocess.run(  # noqa: S603 - our own words
        command,
        stdin=theirs,
        capture_output=True,
        text=True,
        cwd=settled,
        env={**os.environ, "DINGXIN_STAFF_PASSWORD": PASSWORD, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    os.close(ours)
    os.close(theirs)

    assert (done.returncode, done.stderr) == (0, "Code: ")
    assert "summer: open from" in done.stdout


def an_hour_ago() -> datetime:
    return datetime.now(UTC) - timedelta(hours=1)


@click.command()
@signed_option
def shows(name: str, password: str, code: str | None) -> None:
    click.echo(f"{name} {len(password)} {code}")


def test_a_password_is_asked_for_and_not_shown() -> None:
    result = CliRunner().invoke(shows, ["--by", "writer"], input="hidden word\n")
    assert (result.exit_code, "hidden word" in result.output) == (0, False)
    assert "writer 11 None" in result.output


def test_a_password_may_come_from_the_environment() -> None:
    result = CliRunner().invoke(shows, ["--by", "writer"], env={"DINGXIN_STAFF_PASSWORD": "from there"})
    assert result.output == "writer 10 None\n"
