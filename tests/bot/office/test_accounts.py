"""Accounts stay within the area of whoever looks after them: a county's administrator reaches none beyond the county."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bot.access import Role
from bot.errors import Conflict, Forbidden, NotFound
from bot.office import staff as accounts
from bot.office.act import Act
from bot.runtime import Runtime
from bot.store import staff
from bot.store.engine import Database
from bot.store.pages import Wanted
from tests.bot.office.acting import a_member, acting
from tests.bot.offices import an_office
from tests.bot.places import ANDING, PINGXIANG, TONGWEI
from tests.clocks import TestClock

COUNTYS = "通渭县管理员"


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    office = an_office(database, tmp_path, clock)
    a_member(office, Role.ADMINISTRATOR)
    a_member(office, Role.EDITOR, name="市编辑")
    a_member(office, Role.EDITOR, name="安定编辑", area_code=ANDING.code)
    a_member(office, Role.EDITOR, name="平襄编辑", area_code=PINGXIANG.code)
    return office


def countys(runtime: Runtime) -> AbstractContextManager[Act]:
    return acting(runtime, Role.ADMINISTRATOR, name=COUNTYS, area_code=TONGWEI.code)


def number_of(runtime: Runtime, name: str) -> int:
    with runtime.database.reading() as session:
        found = staff.find_staff(session, name)
    assert found is not None
    return found.id


@pytest.mark.parametrize("area_code", [None, ANDING.code])
@pytest.mark.parametrize("role", [Role.EDITOR, Role.APPROVER])
def test_a_countys_administrator_opens_no_account_beyond_it(
    runtime: Runtime, role: Role, area_code: str | None
) -> None:
    with pytest.raises(Forbidden), countys(runtime) as act:
        accounts.open_account(act, "新来的", role, area_code=area_code, reason="到岗")


def test_a_countys_administrator_opens_accounts_of_the_county(runtime: Runtime) -> None:
    with countys(runtime) as act:
        opened = accounts.open_account(act, "新来的", Role.EDITOR, area_code=PINGXIANG.code, reason="到岗")
    assert opened.member.area_code == PINGXIANG.code


@pytest.mark.parametrize("name", ["市编辑", "安定编辑"])
@pytest.mark.parametrize(
    "does",
    [
        accounts.one,
        accounts.unlock,
        lambda act, number: accounts.reset_access(act, number, reason="示例"),
        lambda act, number: accounts.close_account(act, number, reason="示例"),
        lambda act, number: accounts.change_role(
            act, number, Role.EDITOR, area_code=TONGWEI.code, reason="示例"
        ),
    ],
    ids=["one", "unlock", "reset", "close", "change"],
)
def test_to_a_countys_administrator_there_is_no_account_beyond_it(
    runtime: Runtime, name: str, does: Callable[[Act, int], object]
) -> None:
    with pytest.raises(NotFound), countys(runtime) as act:
        does(act, number_of(runtime, name))


@pytest.mark.parametrize("area_code", [None, ANDING.code])
@pytest.mark.parametrize("name", ["平襄编辑", COUNTYS])
def test_a_countys_administrator_lets_nobody_out_of_it(
    runtime: Runtime, name: str, area_code: str | None
) -> None:
    with pytest.raises(Forbidden), countys(runtime) as act:
        accounts.change_role(act, number_of(runtime, name), Role.EDITOR, area_code=area_code, reason="示例")


def test_a_countys_administrator_lists_the_accounts_of_the_county(runtime: Runtime) -> None:
    with countys(runtime) as act:
        listed = {one.name for one in accounts.members(act, None, Wanted()).items}
    with acting(runtime, Role.ADMINISTRATOR) as act:
        all_of_them = {one.name for one in accounts.members(act, None, Wanted()).items}
    assert listed == {COUNTYS, "平襄编辑"}
    assert all_of_them > listed


def test_a_countys_administrator_neither_sees_nor_decides_what_was_asked_for_beyond_it(
    runtime: Runtime,
) -> None:
    asked = {"市编辑": None, "安定编辑": ANDING.code, "平襄编辑": None}
    with acting(runtime, Role.ADMINISTRATOR) as act:
        for name, area_code in asked.items():
            number = number_of(runtime, name)
            accounts.change_role(act, number, Role.REVIEWER, area_code=area_code, reason="示例")
        waiting = accounts.waiting_grants(act)
    with countys(runtime) as act:
        assert accounts.waiting_grants(act) == ()
    for grant in waiting:
        with pytest.raises(NotFound), countys(runtime) as act:
            accounts.decide_grant(act, grant.id, granted=True)
    assert len(waiting) == len(asked)


def test_a_countys_administrator_grants_what_was_asked_for_within_it(runtime: Runtime) -> None:
    number = number_of(runtime, "平襄编辑")
    with acting(runtime, Role.ADMINISTRATOR) as act:
        accounts.change_role(act, number, Role.REVIEWER, area_code=PINGXIANG.code, reason="示例")
    with countys(runtime) as act:
        (grant,) = accounts.waiting_grants(act)
        accounts.decide_grant(act, grant.id, granted=True)
        assert accounts.one(act, number).role is Role.REVIEWER


def test_a_countys_administrator_is_no_last_one_of_the_prefecture(runtime: Runtime) -> None:
    """Nobody could look after the accounts beyond the county any more."""
    number = number_of(runtime, "administrator")
    with countys(runtime):
        pass
    with pytest.raises(Conflict), acting(runtime, Role.ADMINISTRATOR) as act:
        accounts.change_role(act, number, Role.EDITOR, area_code=None, reason="示例")
    with pytest.raises(Conflict), acting(runtime, Role.ADMINISTRATOR) as act:
        accounts.change_role(act, number, Role.ADMINISTRATOR, area_code=TONGWEI.code, reason="示例")
