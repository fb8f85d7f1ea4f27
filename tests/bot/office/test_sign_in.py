"""Somebody signs in while somebody else tries, or an administrator is at work on the account: nobody is thrown out."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.access import Role
from bot.office import sign_in
from bot.office import staff as accounts
from bot.runtime import Runtime
from bot.store import grants, staff
from bot.store.engine import Database
from bot.store.staff import StaffMember
from tests.bot.meeting import meet, the_trail
from tests.bot.office.acting import PASSWORD, a_member, acting
from tests.bot.offices import an_office
from tests.clocks import TestClock

pytestmark = pytest.mark.postgres


@pytest.fixture
def runtime(postgres: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    office = an_office(postgres, tmp_path, clock)
    with office.database.transaction() as session:
        staff.add_staff(session, "editor", role=Role.EDITOR, password=PASSWORD, now=clock())
    a_member(office, Role.ADMINISTRATOR, name="second")
    return office


def trying(runtime: Runtime, password: str) -> Callable[[], StaffMember | sign_in.Refusal]:
    def attempt() -> StaffMember | sign_in.Refusal:
        with runtime.database.transaction() as session:
            return sign_in.check_password(session, runtime, "editor", password, now=runtime.clock())

    return attempt


def test_a_first_sign_in_and_a_wrong_password_wait_for_each_other(runtime: Runtime) -> None:
    meet(runtime.database, the_trail, trying(runtime, PASSWORD), trying(runtime, "not the password"))

    with runtime.database.reading() as session:
        found = staff.find_staff(session, "editor")
    assert found is not None
    assert found.first_signed_in_at is not None


def test_a_granted_role_and_a_wrong_password_wait_for_each_other(runtime: Runtime) -> None:
    with acting(runtime, Role.ADMINISTRATOR) as act:
        member = staff.find_staff(act.session, "editor")
        assert member is not None
        accounts.change_role(act, member.id, Role.REVIEWER, area_code=None, reason="示例")
        (grant,) = grants.pending(act.session)

    def grant_it() -> None:
        with acting(runtime, Role.ADMINISTRATOR, name="second") as act:
            accounts.decide_grant(act, grant.id, granted=True)

    meet(runtime.database, the_trail, grant_it, trying(runtime, "not the password"))

    with runtime.database.reading() as session:
        found = staff.find_staff(session, "editor")
    assert found is not None
    assert found.role is Role.REVIEWER
