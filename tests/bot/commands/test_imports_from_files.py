"""The four CSV imports through the command line: all rows or none, every fault at once, twice is once."""

import csv
from pathlib import Path

import pytest

from bot.store import audit
from bot.store.areas import load_tree
from bot.store.engine import Database
from bot.store.grid_workers import find_by_bind_code, workers_of
from bot.store.groups import groups_of
from bot.store.households import count_households
from bot.store.vault import Vault
from tests.bot import places
from tests.bot.commands.conftest import Dingxin
from tests.bot.places import BEIJIE, HEPING

WORKERS = f"community_code,grid,worker_name,phone_last4\n{HEPING.code},第一网格,示例甲,0001\n{BEIJIE.code},第二网格,示例乙,0002\n"
GROUPS = (
    f"community_code,group_name,kind,members\n{HEPING.code},一组群,wechat,120\n{HEPING.code},二组群,wechat,\n"
)
HOUSEHOLDS = f"community_code,household_code,grid\n{HEPING.code},H001,第一网格\n{HEPING.code},H002,第一网格\n"


def write(folder: Path, text: str, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_whole_prefecture_is_imported_and_once_more_changes_nothing(
    installed: Path, stored: Database, dingxin: Dingxin
) -> None:
    assert installed.exists()
    first = dingxin("areas", "import", places.DINGXI_CSV)
    again = dingxin("areas", "import", places.DINGXI_CSV)
    assert first.stdout == "areas: 2117 added, 0 changed, 0 unchanged\n"
    assert again.stdout == "areas: 0 added, 0 changed, 2117 unchanged\n"
    with stored.reading() as session:
        assert len(load_tree(session).communities()) == 1987
        assert [event.action for event in audit.events_of(session, "dingxi_areas.csv")] == ["areas.imported"]


def test_one_faulty_row_keeps_all_rows_out(installed: Path, stored: Database, dingxin: Dingxin) -> None:
    rows = (
        "code,name,kind,parent_code\n621100000000,定西市,prefecture,\n62110000000,某县,county,621100000000\n"
    )
    result = dingxin("areas", "import", write(installed, rows))
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        'file.csv:3: code: "62110000000" is not a division code of 12 digits',
        "nothing was changed",
    ]
    with stored.reading() as session:
        assert len(load_tree(session)) == 0


def test_a_file_that_is_not_there_is_said_to_be_missing(installed: Path, dingxin: Dingxin) -> None:
    result = dingxin("areas", "import", installed / "nix.csv")
    assert result.exit_code == 1
    assert result.stderr.endswith("nix.csv: no such file\n")


def test_groups_are_imported_once(settled: Path, stored: Database, dingxin: Dingxin) -> None:
    path = write(settled, GROUPS)
    assert dingxin("groups", "import", path).stdout == "groups: 2 added, 0 changed, 0 unchanged\n"
    assert dingxin("groups", "import", path).stdout == "groups: 0 added, 0 changed, 2 unchanged\n"
    with stored.reading() as session:
        assert [(group.name, group.members) for group in groups_of(session, [HEPING.code])] == [
            ("一组群", 120),
            ("二组群", None),
        ]


def test_each_worker_gets_a_code_that_works_and_it_is_told_once(
    settled: Path, stored: Database, seal: Vault, dingxin: Dingxin
) -> None:
    path = write(settled, WORKERS)
    first = dingxin("grid-workers", "import", path)
    rows = list(csv.DictReader(first.stdout.splitlines()))
    assert [(row["community"], row["worker_name"]) for row in rows] == [
        ("通渭县平襄镇和平村", "示例甲"),
        ("安定区中华路街道北街社区", "示例乙"),
    ]
    assert first.stderr == "grid workers: 2 added, 0 changed, 0 unchanged; 2 bind codes issued\n"
    again = dingxin("grid-workers", "import", path)
    assert again.stderr == "grid workers: 0 added, 0 changed, 2 unchanged; 0 bind codes issued\n"
    assert len(again.stdout.splitlines()) == 1
    with stored.reading() as session:
        for row in rows:
            worker = find_by_bind_code(session, row["bind_code"], vault=seal)
            assert worker is not None
            assert worker.name == row["worker_name"]


def test_codes_go_into_a_file_that_only_its_owner_may_read(settled: Path, dingxin: Dingxin) -> None:
    out = settled / "codes.csv"
    result = dingxin("grid-workers", "import", write(settled, WORKERS), "--out", out)
    rows = list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines()))
    assert out.stat().st_mode & 0o777 == 0o600
    assert all(row["bind_code"] not in result.output for row in rows)
    assert len(rows) == 2


def test_when_the_codes_cannot_be_written_nobody_is_appointed(
    settled: Path, stored: Database, dingxin: Dingxin
) -> None:
    result = dingxin(
        "grid-workers", "import", write(settled, WORKERS), "--out", settled / "nix" / "codes.csv"
    )
    assert result.exit_code == 1
    assert "No such file or directory" in result.stderr
    with stored.reading() as session:
        assert workers_of(session, [HEPING.code, BEIJIE.code]) == ()


def test_lost_codes_are_renewed_on_request(settled: Path, dingxin: Dingxin) -> None:
    path = write(settled, WORKERS)
    first = dingxin("grid-workers", "import", path).stdout
    renewed = dingxin("grid-workers", "import", path, "--renew-codes")
    assert renewed.stderr.endswith("2 bind codes issued\n")
    assert not {row["bind_code"] for row in csv.DictReader(first.splitlines())} & {
        row["bind_code"] for row in csv.DictReader(renewed.stdout.splitlines())
    }


def test_households_are_imported_once(settled: Path, stored: Database, dingxin: Dingxin) -> None:
    path = write(settled, HOUSEHOLDS)
    assert dingxin("households", "import", path).stdout == "households: 2 added, 0 changed, 0 unchanged\n"
    assert dingxin("households", "import", path).stdout == "households: 0 added, 0 changed, 2 unchanged\n"
    with stored.reading() as session:
        assert count_households(session, [HEPING.code]) == {HEPING.code: 2}


@pytest.mark.parametrize(
    ("command", "text"), [("groups", GROUPS), ("grid-workers", WORKERS), ("households", HOUSEHOLDS)]
)
def test_nothing_is_imported_for_places_that_are_not_there(
    installed: Path, dingxin: Dingxin, command: str, text: str
) -> None:
    result = dingxin(command, "import", write(installed, text))
    assert result.exit_code == 1
    assert (
        f"file.csv:2: community_code: there is no area {HEPING.code}; import the areas first" in result.stderr
    )
    assert "nothing was changed" in result.stderr
