"""A drive is opened with everything residents are told; its summary is numbers and nobody."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.households.headcount import Headcount
from bot.store import headcounts, households
from bot.store.engine import Database
from bot.store.households import Household
from bot.store.vault import Vault
from tests.bot.commands.conftest import Dingxin
from tests.bot.commands.staffed import Office, employ
from tests.bot.places import BEIJIE, HEPING, PREFECTURE, TONGWEI
from tests.bot.store.people import NOW, a_resident

TITLE = (
    "--title",
    "人数登记",
    "--purpose",
    "安排物资",
    "--basis",
    "示例〔2022〕8号",
    "--owner",
    "市民政局（示例）",
)
DAYS = ("--from", "2022-07-14", "--to", "2022-07-28", "--delete-on", "2022-08-27")


@pytest.fixture
def office(settled: Path, dingxin: Dingxin, stored: Database) -> Office:
    assert settled.exists()
    employ(stored)
    return Office(dingxin, stored)


def opened(office: Office, drive_id: str = "summer", *days: str, area: str = PREFECTURE.code) -> str:
    return office.done("headcounts", "open", drive_id, *TITLE, "--area", area, *(days or DAYS), by="writer")


def answered(office: Office, seal: Vault, number: int, headcount: Headcount, *, community: str) -> None:
    resident = a_resident(office.stored, seal, number)
    with office.stored.transaction() as session:
        headcounts.confirm(session, resident, headcount, drive_id="summer", community_code=community, now=NOW)


def rows_of(printed: str) -> dict[str, list[str]]:
    """Community → its figures."""
    lines = [line.split("\t") for line in printed.splitlines()[1:]]
    return {line[0]: line[1:] for line in lines}


def test_a_drive_keeps_everything_residents_are_told(office: Office) -> None:
    assert "deleted on 2022-08-27" in opened(office)

    with office.stored.reading() as session:
        (drive,) = headcounts.drives(session)
    assert (drive.purpose, drive.basis, drive.area_code) == ("安排物资", "示例〔2022〕8号", PREFECTURE.code)
    assert drive.delete_on - drive.ends_on == timedelta(days=30)


@pytest.mark.parametrize(
    ("area", "days", "code", "told"),
    [
        ("999999999999", DAYS, 1, "no area 999999999999"),
        (
            PREFECTURE.code,
            ("--from", "2022-07-28", "--to", "2022-07-14", "--delete-on", "2022-08-27"),
            2,
            "must follow",
        ),
        (
            PREFECTURE.code,
            ("--from", "2022-07-14", "--to", "2022-07-28", "--delete-on", "2022-07-20"),
            2,
            "must follow",
        ),
        (
            PREFECTURE.code,
            ("--from", "14.7.2022", "--to", "2022-07-28", "--delete-on", "2022-08-27"),
            2,
            "--from",
        ),
    ],
)
def test_a_drive_that_makes_no_sense_is_not_opened(
    office: Office, area: str, days: tuple[str, ...], code: int, told: str
) -> None:
    line = office.refused("headcounts", "open", "d", *TITLE, "--area", area, *days, by="writer", code=code)

    assert told in line
    with office.stored.reading() as session:
        assert headcounts.drives(session) == []


def test_an_auditor_opens_no_drive(office: Office) -> None:
    line = office.refused("headcounts", "open", "d", *TITLE, "--area", PREFECTURE.code, *DAYS, by="auditor")
    assert "auditor" in line


def test_the_summary_adds_up_each_community(office: Office, seal: Vault) -> None:
    opened(office)
    with office.stored.transaction() as session:
        households.put_households(
            session, [Household(HEPING.code, f"{number}", "一网格") for number in range(4)]
        )
    answered(office, seal, 1, Headcount(total=5, present=3, away=2, children=1), community=HEPING.code)
    answered(office, seal, 2, Headcount(total=2, elderly=2), community=HEPING.code)
    answered(office, seal, 3, Headcount(total=4), community=BEIJIE.code)

    rows = rows_of(office.dingxin("headcounts", "summary").stdout)

    assert rows["通渭县平襄镇和平村"] == ["2", "4", "7", "3", "2", "1", "2", "0"]
    assert rows["安定区中华路街道北街社区"][:3] == ["1", "0", "4"]


def test_a_changed_answer_replaces_the_first(office: Office, seal: Vault) -> None:
    opened(office)
    answered(office, seal, 1, Headcount(total=5), community=HEPING.code)
    answered(office, seal, 1, Headcount(total=6), community=HEPING.code)

    assert rows_of(office.dingxin("headcounts", "summary").stdout)["通渭县平襄镇和平村"][:3] == [
        "1",
        "0",
        "6",
    ]


def test_the_summary_of_one_area_leaves_out_the_others(office: Office, seal: Vault) -> None:
    opened(office)
    answered(office, seal, 1, Headcount(total=5), community=HEPING.code)
    answered(office, seal, 2, Headcount(total=4), community=BEIJIE.code)

    rows = rows_of(office.dingxin("headcounts", "summary", "--area", TONGWEI.code).stdout)

    assert list(rows) == ["通渭县平襄镇和平村"]


def test_few_answers_can_be_hidden(office: Office, seal: Vault) -> None:
    opened(office)
    answered(office, seal, 1, Headcount(total=5), community=HEPING.code)

    rows = rows_of(office.dingxin("headcounts", "summary", "--hide-small").stdout)

    assert rows["通渭县平襄镇和平村"] == ["1", "0", "<5", "<5", "<5", "<5", "<5", "0"]


def test_the_newest_drive_is_summed_up_unless_another_is_named(office: Office, seal: Vault) -> None:
    opened(office)
    answered(office, seal, 1, Headcount(total=5), community=HEPING.code)
    opened(office, "autumn", "--from", "2022-09-01", "--to", "2022-09-14", "--delete-on", "2022-10-14")

    assert rows_of(office.dingxin("headcounts", "summary").stdout) == {}
    assert len(rows_of(office.dingxin("headcounts", "summary", "--drive", "summer").stdout)) == 1


def test_a_summary_before_the_first_drive_says_that_there_is_none_yet(office: Office) -> None:
    result = office.dingxin("headcounts", "summary")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "no headcount drive has been opened yet; see headcounts open\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--drive", "winter"), "no headcount drive winter"),
        (("--area", "999999999999"), "no area 999999999999"),
    ],
)
def test_a_summary_of_what_is_not_there_is_refused(office: Office, words: tuple[str, str], told: str) -> None:
    """An empty table would look as if nobody had answered."""
    opened(office)

    result = office.dingxin("headcounts", "summary", *words)

    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
