"""init, config check, staff add, backup and restore."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.access import Role
from bot.store import audit, schema
from bot.store.areas import load_tree
from bot.store.engine import Database, open_database
from bot.store.staff import authenticate, find_staff
from tests.bot.commands.conftest import Dingxin
from tests.bot.places import TONGWEI

PASSWORD = re.compile(r"password \(shown this once\): (\S+)")


def password_in(output: str) -> str:
    found = PASSWORD.search(output)
    assert found is not None
    return found.group(1)


def test_init_makes_a_database_and_an_administrator(configured: Path, dingxin: Dingxin) -> None:
    result = dingxin("init")
    assert result.exit_code == 0
    database = open_database(f"sqlite:///{configured / 'var' / 'dingxin.sqlite3'}")
    with database.transaction() as session:
        member = authenticate(session, "admin", password=password_in(result.stdout))
        assert member is not None
        assert member.role is Role.ADMINISTRATOR
        assert [event.action for event in audit.events_of(session, "staff admin")] == ["staff.added"]
    assert schema.is_current(database)
    database.close()


def test_init_again_leaves_the_administrator_alone(configured: Path, dingxin: Dingxin) -> None:
    assert configured.exists()
    dingxin("init", "--administrator", "张主任")
    again = dingxin("init", "--administrator", "李主任")
    assert again.exit_code == 0
    assert again.stdout == "the database is up to date\n"


def test_a_staff_members_password_is_shown_once_and_works(
    installed: Path, stored: Database, dingxin: Dingxin
) -> None:
    assert installed.exists()
    result = dingxin("staff", "add", "编辑甲", "--role", "editor")
    assert result.exit_code == 0
    with stored.transaction() as session:
        member = authenticate(session, "编辑甲", password=password_in(result.stdout))
        assert member is not None
        assert member.role is Role.EDITOR
        assert member.is_shut_out(member.created_at + timedelta(hours=48))
        assert not member.is_shut_out(member.created_at + timedelta(hours=47))


def test_a_name_is_given_once(installed: Path, dingxin: Dingxin) -> None:
    assert installed.exists()
    dingxin("staff", "add", "编辑甲", "--role", "editor")
    result = dingxin("staff", "add", "编辑甲", "--role", "reviewer")
    assert result.exit_code == 1
    assert result.stderr == "there is a staff member called 编辑甲 already\n"


def test_an_area_lead_is_bound_to_an_area_from_the_start(
    settled: Path, stored: Database, dingxin: Dingxin
) -> None:
    assert settled.exists()
    result = dingxin("staff", "add", "通渭", "--role", "area_lead", "--area", TONGWEI.code)
    assert result.stdout.startswith("staff member: 通渭 (area_lead, 621121000000)\n")
    with stored.reading() as session:
        member = find_staff(session, "通渭")
        assert member is not None
        assert member.area_code == TONGWEI.code
        (added,) = audit.events_of(session, "staff 通渭")
    assert added.detail == {"role": "area_lead", "area": TONGWEI.code}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--role", "area_lead"), "area_code: an account of this role is bound to an area; name it\n"),
        (("--role", "area_lead", "--area", "629999000000"), "area_code: there is no area 629999000000\n"),
        (("--role", "editor", "--area", "629999000000"), "area_code: there is no area 629999000000\n"),
    ],
)
def test_an_account_is_bound_to_an_area_there_is_or_not_opened(
    settled: Path, stored: Database, dingxin: Dingxin, words: tuple[str, ...], why: str
) -> None:
    assert settled.exists()
    result = dingxin("staff", "add", "通渭", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", why)
    with stored.reading() as session:
        assert find_staff(session, "通渭") is None


def test_an_unknown_role_is_bad_usage(installed: Path, dingxin: Dingxin) -> None:
    assert installed.exists()
    result = dingxin("staff", "add", "编辑甲", "--role", "king")
    assert result.exit_code == 2
    assert "'editor', 'reviewer', 'approver', 'area_lead', 'auditor', 'administrator'" in result.stderr


def test_a_name_that_cannot_be_kept_is_refused(installed: Path, dingxin: Dingxin) -> None:
    assert installed.exists()
    assert dingxin("staff", "add", "长" * 61, "--role", "editor").exit_code == 1
    assert dingxin("staff", "add", " ", "--role", "editor").exit_code == 1


def test_a_configuration_is_checked_against_a_real_service(configured: Path, dingxin: Dingxin) -> None:
    assert configured.exists()
    result = dingxin("config", "check")
    assert result.exit_code == 2
    assert result.stderr.startswith("[wechat] app_id: is not set; copy AppID")
    assert "[console] secret_key: is not set" in result.stderr


def test_a_checked_configuration_is_shown_without_its_secrets(configured: Path, dingxin: Dingxin) -> None:
    result = dingxin("config", "check", "--incomplete")
    key = (configured / "config.toml").read_text(encoding="utf-8").split('"')[1]
    assert result.exit_code == 0
    assert 'encryption_key = "********"' in result.stdout
    assert key not in result.output


def test_a_backup_is_restored_on_another_machine(
    settled: Path, dingxin: Dingxin, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = dingxin("backup", "state.zip")
    assert made.exit_code == 0
    assert (settled / "state.zip").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("DINGXIN_SERVICE__DATA_DIR", str(settled / "elsewhere"))
    restored = dingxin("restore", "state.zip")
    assert restored.exit_code == 0
    assert restored.stdout.endswith("0 deliveries held back\n")
    database = open_database(f"sqlite:///{settled / 'elsewhere' / 'dingxin.sqlite3'}")
    with database.reading() as session:
        assert len(load_tree(session)) == 11
        assert audit.verify(session) is None
        assert [event.action for event in audit.events_of(session, "state.zip")] == ["backup.restored"]
    database.close()


def test_a_backup_overwrites_nothing(settled: Path, dingxin: Dingxin) -> None:
    (settled / "state.zip").write_text("earlier", encoding="utf-8")
    result = dingxin("backup", "state.zip")
    assert result.exit_code == 1
    assert "is there already" in result.stderr
    assert (settled / "state.zip").read_text(encoding="utf-8") == "earlier"


def test_a_backup_that_fails_leaves_no_file(configured: Path, dingxin: Dingxin) -> None:
    assert dingxin("backup", "state.zip").exit_code == 1
    assert not list(configured.glob("state.zip*"))


def test_a_restore_over_a_service_at_work_is_refused(settled: Path, dingxin: Dingxin) -> None:
    assert settled.exists()
    dingxin("backup", "state.zip")
    result = dingxin("restore", "state.zip")
    assert result.exit_code == 1
    assert result.stderr == "the database is not empty (table areas); restore into a new one\n"
