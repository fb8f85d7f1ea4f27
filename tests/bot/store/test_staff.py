import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError

from bot.access import Role
from bot.errors import Conflict, NotFound, Unacceptable
from bot.store.engine import Database
from bot.store.staff import (
    NOBODY,
    add_staff,
    assign_role,
    authenticate,
    disable_staff,
    find_staff,
    has_staff,
)
from bot.store.tables import StaffRow
from tests.clocks import TestClock

PASSWORD = "a long enough password"
pytestmark = pytest.mark.usefixtures("dear_hashes")


@pytest.fixture
def office(sqlite: Database, clock: TestClock) -> Database:
    """An office with one editor. Hashing is slow by intent, and the same on either database."""
    with sqlite.transaction() as session:
        add_staff(session, "编辑甲", role=Role.EDITOR, password=PASSWORD, now=clock())
    return sqlite


def test_the_right_password_lets_in(office: Database) -> None:
    with office.transaction() as session:
        member = authenticate(session, "编辑甲", password=PASSWORD)
        assert member is not None
        assert member == find_staff(session, "编辑甲")
        assert member.role is Role.EDITOR


@pytest.mark.parametrize(("name", "password"), [("编辑甲", "wrong"), ("编辑乙", PASSWORD), ("编辑甲", "")])
def test_a_wrong_name_or_password_does_not(office: Database, name: str, password: str) -> None:
    with office.transaction() as session:
        assert authenticate(session, name, password=password) is None


def test_an_unknown_name_costs_as_much_as_a_wrong_password() -> None:
    assert extract_parameters(NOBODY) == extract_parameters(PasswordHasher().hash(PASSWORD))
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(NOBODY, PASSWORD)


def test_a_closed_account_does_not_let_in(office: Database, clock: TestClock) -> None:
    with office.transaction() as session:
        assert disable_staff(session, "编辑甲", now=clock()).disabled_at == clock()
        assert authenticate(session, "编辑甲", password=PASSWORD) is None


def test_only_a_hash_of_the_password_is_kept(office: Database) -> None:
    with office.reading() as session:
        (row,) = session.query(StaffRow).all()
        assert row.password_hash.startswith("$argon2id$")
        assert PASSWORD not in row.password_hash


def test_a_hash_of_older_strength_is_made_anew(office: Database) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with office.transaction() as session:
        session.query(StaffRow).update({"password_hash": weak})
        assert authenticate(session, "编辑甲", password=PASSWORD) is not None
        assert session.query(StaffRow.password_hash).scalar() != weak


def test_a_name_is_given_once(office: Database, clock: TestClock) -> None:
    with office.transaction() as session, pytest.raises(Conflict, match="编辑甲 already"):
        add_staff(session, "编辑甲", role=Role.AUDITOR, password=PASSWORD, now=clock())


def test_a_short_password_is_refused(office: Database, clock: TestClock) -> None:
    with office.transaction() as session, pytest.raises(Conflict, match="at least 10"):
        add_staff(session, "编辑丙", role=Role.EDITOR, password="short", now=clock())


@pytest.mark.parametrize("area_code", [None, "", "629999000000"])
def test_an_area_lead_without_an_area_there_is_would_see_everything(
    office: Database, clock: TestClock, area_code: str | None
) -> None:
    with office.transaction() as session:
        with pytest.raises(Unacceptable, match="area_code"):
            add_staff(
                session, "通渭", role=Role.AREA_LEAD, password=PASSWORD, now=clock(), area_code=area_code
            )
        editor = find_staff(session, "编辑甲")
        assert editor is not None
        with pytest.raises(Unacceptable, match="area_code"):
            assign_role(session, editor.id, Role.AREA_LEAD, area_code=area_code)
        assert find_staff(session, "编辑甲") == editor
        assert find_staff(session, "通渭") is None


def test_a_closed_account_counts_for_no_role(office: Database, clock: TestClock) -> None:
    with office.transaction() as session:
        assert has_staff(session, Role.EDITOR)
        assert not has_staff(session, Role.ADMINISTRATOR)
        disable_staff(session, "编辑甲", now=clock())
        assert not has_staff(session, Role.EDITOR)


def test_an_unknown_account_cannot_be_closed(office: Database, clock: TestClock) -> None:
    with office.transaction() as session, pytest.raises(NotFound):
        disable_staff(session, "编辑乙", now=clock())
