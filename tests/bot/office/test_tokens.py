"""Tokens open what their owner may do, and no more: expired, revoked, closed and resting ones open nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.access import Role
from bot.errors import Forbidden, NotFound, Unacceptable
from bot.office.tokens import (
    Access,
    IssuedToken,
    Refusal,
    allows,
    create_token,
    list_tokens,
    one,
    recognise,
    revoke_token,
)
from bot.runtime import Runtime
from bot.store import staff
from bot.store.api_tokens import ApiToken
from bot.store.engine import Database
from bot.store.pages import Wanted
from bot.store.staff import LockOut
from tests.bot.office.acting import a_member, acting, trail
from tests.bot.offices import an_office
from tests.bot.places import ANDING, PINGXIANG, TONGWEI
from tests.clocks import TestClock


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    runtime = an_office(database, tmp_path, clock)
    a_member(runtime, Role.EDITOR)
    a_member(runtime, Role.APPROVER)
    return runtime


def made(runtime: Runtime, *scopes: str, owner: str = "editor", days: int = 90) -> IssuedToken:
    with acting(runtime, Role.ADMINISTRATOR) as act:
        return create_token(act, owner_name=owner, name="大数据局", scopes=scopes or ("read",), days=days)


def brought(runtime: Runtime, secret: str) -> ApiToken | Refusal:
    with runtime.database.transaction() as session:
        return recognise(session, secret, now=runtime.clock())


def owner_of(found: ApiToken | Refusal) -> str:
    assert isinstance(found, ApiToken)
    return found.owner.name


def test_a_token_acts_on_behalf_of_its_owner_and_its_making_stands_in_the_trail(runtime: Runtime) -> None:
    token = made(runtime)
    assert owner_of(brought(runtime, token.secret)) == "editor"
    (event,) = trail(runtime, f"token {token.token.id}")
    assert (event.actor, event.action, event.detail["owner"]) == ("administrator", "token.created", "editor")
    assert token.secret not in repr(token) + str(event)


def test_the_secret_is_kept_nowhere(runtime: Runtime, database: Database) -> None:
    token = made(runtime)
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM api_tokens").all()
    assert len(rows) == 1
    assert token.secret not in str(rows)


def test_a_made_up_token_opens_nothing(runtime: Runtime) -> None:
    assert brought(runtime, "dx_" + "a" * 43) is Refusal.UNKNOWN
    assert brought(runtime, "\ud800") is Refusal.UNKNOWN


def test_an_expired_token_opens_nothing(runtime: Runtime, clock: TestClock) -> None:
    token = made(runtime, days=1)
    clock.advance(days=1)
    assert brought(runtime, token.secret) is Refusal.EXPIRED


def test_a_revoked_token_opens_nothing(runtime: Runtime) -> None:
    token = made(runtime)
    with acting(runtime, Role.ADMINISTRATOR) as act:
        revoke_token(act, token.token.id, reason="不再使用")
        with pytest.raises(NotFound):
            revoke_token(act, 999, reason="不再使用")
    assert brought(runtime, token.secret) is Refusal.REVOKED


def test_the_token_of_a_closed_account_opens_nothing(runtime: Runtime) -> None:
    token = made(runtime)
    with runtime.database.transaction() as session:
        staff.disable_staff(session, "editor", now=runtime.clock())
    assert brought(runtime, token.secret) is Refusal.ACCOUNT_CLOSED


def test_the_token_of_a_resting_account_opens_nothing_until_it_has_rested(
    runtime: Runtime, clock: TestClock
) -> None:
    token = made(runtime)
    with runtime.database.transaction() as session:
        staff.count_failure(session, "editor", lock_out=LockOut(1, timedelta(minutes=15)), now=clock.now)
    assert brought(runtime, token.secret) is Refusal.ACCOUNT_RESTING
    clock.advance(minutes=15)
    assert owner_of(brought(runtime, token.secret)) == "editor"


def test_its_use_is_noted_at_most_once_a_minute(runtime: Runtime, clock: TestClock) -> None:
    token = made(runtime)
    uses = []
    for _ in range(3):
        brought(runtime, token.secret)
        with acting(runtime, Role.ADMINISTRATOR) as act:
            uses.append(list_tokens(act, Wanted()).items[0].last_used_at)
        clock.advance(seconds=40)
    assert uses == [clock.now - timedelta(seconds=120)] * 2 + [clock.now - timedelta(seconds=40)]


@pytest.mark.parametrize(
    ("scopes", "resource", "access", "open_to"),
    [
        (("read",), "broadcasts", Access.READ, True),
        (("read",), "broadcasts", Access.WRITE, False),
        (("write",), "broadcasts", Access.APPROVE, False),
        (("broadcasts:write",), "broadcasts", Access.WRITE, True),
        (("broadcasts:write",), "claims", Access.WRITE, False),
        (("broadcasts:write",), "broadcasts", Access.READ, False),
    ],
)
def test_a_scope_opens_what_it_names(
    runtime: Runtime, scopes: tuple[str, ...], resource: str, access: Access, *, open_to: bool
) -> None:
    assert allows(made(runtime, *scopes).token, resource, access) is open_to


def test_an_administrator_makes_no_token_that_approves_in_a_colleagues_name(runtime: Runtime) -> None:
    for scope in ("approve", "broadcasts:approve"):
        with pytest.raises(Forbidden):
            made(runtime, scope, owner="approver")


def test_only_an_administrator_makes_tokens(runtime: Runtime) -> None:
    with pytest.raises(Forbidden), acting(runtime, Role.EDITOR) as act:
        create_token(act, owner_name="editor", name="x", scopes=("read",))


def test_a_countys_administrator_makes_sees_and_revokes_no_token_that_reaches_beyond_it(
    runtime: Runtime,
) -> None:
    a_member(runtime, Role.EDITOR, name="安定编辑", area_code=ANDING.code)
    a_member(runtime, Role.EDITOR, name="平襄编辑", area_code=PINGXIANG.code)
    beyond = [made(runtime), made(runtime, owner="安定编辑")]
    within = made(runtime, owner="平襄编辑")
    countys = {"name": "通渭县管理员", "area_code": TONGWEI.code}

    for owner in ("editor", "安定编辑"):
        with pytest.raises(NotFound), acting(runtime, Role.ADMINISTRATOR, **countys) as act:
            create_token(act, owner_name=owner, name="x", scopes=("read",))
    for issued in beyond:
        with pytest.raises(NotFound), acting(runtime, Role.ADMINISTRATOR, **countys) as act:
            one(act, issued.token.id)
        with pytest.raises(NotFound), acting(runtime, Role.ADMINISTRATOR, **countys) as act:
            revoke_token(act, issued.token.id, reason="示例")
    with acting(runtime, Role.ADMINISTRATOR, **countys) as act:
        own = create_token(act, owner_name="平襄编辑", name="x", scopes=("read",))
        listed = [token.id for token in list_tokens(act, Wanted()).items]
        revoke_token(act, within.token.id, reason="示例")
    assert listed == [own.token.id, within.token.id]
    assert all(owner_of(brought(runtime, issued.secret)) for issued in beyond)


def test_a_closed_accounts_tokens_are_not_among_those_in_force(runtime: Runtime) -> None:
    gone, kept = made(runtime), made(runtime, owner="approver")
    with acting(runtime, Role.ADMINISTRATOR) as act:
        staff.disable_staff(act.session, "editor", now=act.now)
        in_force = [token.id for token in list_tokens(act, Wanted(), usable=True).items]
        over = [token.id for token in list_tokens(act, Wanted(), usable=False).items]
    assert (in_force, over) == ([kept.token.id], [gone.token.id])


def test_every_fault_is_told_at_once(runtime: Runtime) -> None:
    with pytest.raises(Unacceptable) as caught, acting(runtime, Role.ADMINISTRATOR) as act:
        create_token(act, owner_name="editor", name=" ", scopes=("all",), days=0)
    assert set(caught.value.faults) == {"name", "scopes", "days"}


def test_the_list_tells_those_in_force_from_those_that_ended(runtime: Runtime, clock: TestClock) -> None:
    revoked, ended, kept = made(runtime), made(runtime, days=1), made(runtime, days=30)
    with acting(runtime, Role.ADMINISTRATOR) as act:
        revoke_token(act, revoked.token.id, reason="retired")
    clock.advance(days=2)

    with acting(runtime, Role.ADMINISTRATOR) as act:
        in_force = [one.id for one in list_tokens(act, Wanted(), usable=True).items]
        over = [one.id for one in list_tokens(act, Wanted(), usable=False).items]
        first = list_tokens(act, Wanted("expires", "", 1))
        rest = list_tokens(act, Wanted("expires", first.following, 5))

    assert (in_force, over) == ([kept.token.id], [ended.token.id, revoked.token.id])
    assert [one.id for one in (*first.items, *rest.items)] == [
        ended.token.id,
        kept.token.id,
        revoked.token.id,
    ]
