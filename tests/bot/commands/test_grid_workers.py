"""A grid worker who has left is dismissed in a terminal, named as in the file; the file again brings them back, and says so."""

import csv
from pathlib import Path

import pytest

from bot.access import Role
from bot.store import audit, grid_workers
from bot.store.engine import Database
from bot.store.grid_workers import GridWorker
from bot.store.pages import Wanted
from bot.store.vault import Vault
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.staffed import Office, employ
from tests.bot.places import ANDING, HEPING, TONGWEI

HEADER = "community_code,grid,worker_name,phone_last4\n"
LEAVES, STAYS = f"{HEPING.code},第一网格,示例甲,0001\n", f"{HEPING.code},第二网格,示例乙,0002\n"
NAMESAKE = f"{HEPING.code},第一网格,示例甲,9999\n"
NAMED = ("grid-workers", "dismiss", HEPING.code, "第一网格", "示例甲", "--reason", "调走（示例）")


@pytest.fixture
def office(settled: Path, dingxin: Dingxin, stored: Database) -> Office:
    imported(settled, dingxin, LEAVES, STAYS)
    employ(stored, {"boss": Role.ADMINISTRATOR, "writer": Role.EDITOR})
    employ(stored, {"lead": Role.AREA_LEAD}, area_code=TONGWEI.code)
    employ(stored, {"elsewhere": Role.AREA_LEAD}, area_code=ANDING.code)
    return Office(dingxin, stored)


def imported(folder: Path, dingxin: Dingxin, *rows: str) -> tuple[str, list[str]]:
    """What was said of it, and the bind codes given out."""
    (folder / "workers.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    result = dingxin("grid-workers", "import", "workers.csv")
    assert result.exit_code == 0
    return result.stderr, [row["bind_code"] for row in csv.DictReader(result.stdout.splitlines())]


def workers(office: Office, *, left: bool = False) -> list[GridWorker]:
    with office.stored.reading() as session:
        return list(grid_workers.read_workers(session, wanted=Wanted(), left=left).items)


@pytest.mark.parametrize("who", ["boss", "lead"])
def test_whoever_may_takes_a_worker_out_of_service_and_it_is_kept(office: Office, who: str) -> None:
    printed = office.done(*NAMED, by=who)

    assert printed == "out of service; 0 relay tasks are left without a carrier\n"
    assert [one.name for one in workers(office)] == ["示例乙"]
    (left,) = workers(office, left=True)
    with office.stored.reading() as session:
        (event,) = audit.events_of(session, f"grid worker {left.id}")
    assert (event.action, event.actor) == ("grid_worker.dismissed", who)
    assert event.detail == {"area": HEPING.code, "reason": "调走（示例）"}


@pytest.mark.parametrize(
    ("who", "told"),
    [("writer", "this takes one of: administrator, area_lead"), ("elsewhere", "outside the area")],
)
def test_nobody_else_does(office: Office, who: str, told: str) -> None:
    assert told in office.refused(*NAMED, by=who)
    assert workers(office, left=True) == []


def test_somebody_who_is_no_grid_worker_or_none_any_more_is_not_found(office: Office) -> None:
    office.done(*NAMED, by="boss")

    assert "no such grid worker" in office.refused(*NAMED, by="boss")
    wrong_grid = ("grid-workers", "dismiss", HEPING.code, "第九网格", "示例乙", "--reason", "调走（示例）")
    assert "no such grid worker" in office.refused(*wrong_grid, by="boss")


def test_it_takes_a_reason(office: Office) -> None:
    assert "--reason" in office.refused(*NAMED[:-1], " ", by="boss", code=2)


def test_of_two_who_are_called_so_the_one_with_that_telephone(
    office: Office, settled: Path, dingxin: Dingxin
) -> None:
    imported(settled, dingxin, LEAVES, STAYS, NAMESAKE)

    assert "last four digits" in office.refused(*NAMED, by="boss")
    office.done(*NAMED, "--phone-last4", "9999", by="boss")

    assert [one.phone_last4 for one in workers(office, left=True)] == ["9999"]


def test_who_stands_in_the_file_again_is_back_with_a_new_code_and_it_is_said(
    office: Office, settled: Path, dingxin: Dingxin, seal: Vault
) -> None:
    office.done(*NAMED, by="boss")

    said, codes = imported(settled, dingxin, LEAVES, STAYS)
    again, none = imported(settled, dingxin, LEAVES, STAYS)

    assert said == (
        "grid workers: 0 added, 1 changed, 1 unchanged; 1 bind codes issued; 1 who had left are back in service\n"
    )
    assert again == "grid workers: 0 added, 0 changed, 2 unchanged; 0 bind codes issued\n"
    assert none == []
    with office.stored.transaction() as session:
        found = grid_workers.find_by_bind_code(session, codes[0], vault=seal)
    assert found is not None
    assert (found.name, found.dismissed_at) == ("示例甲", None)


def test_a_file_without_who_has_left_brings_nobody_back(
    office: Office, settled: Path, dingxin: Dingxin
) -> None:
    office.done(*NAMED, by="boss")
    successor = f"{HEPING.code},第一网格,示例丙,0003\n"

    said, _ = imported(settled, dingxin, successor, STAYS)

    assert said == "grid workers: 1 added, 0 changed, 1 unchanged; 1 bind codes issued\n"
    assert [one.name for one in workers(office, left=True)] == ["示例甲"]
    assert sorted(one.name for one in workers(office)) == ["示例丙", "示例乙"]
