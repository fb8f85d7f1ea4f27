"""What may stand in the rows of the four files."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bot.errors import ImportFaults
from bot.imports.areas import read_areas
from bot.imports.grid_workers import read_grid_workers
from bot.imports.groups import read_groups
from bot.imports.households import read_households
from bot.store.areas import Area, AreaKind, AreaTree, Risk
from bot.store.grid_workers import Appointment
from bot.store.groups import GroupEntry, GroupKind
from bot.store.households import Household
from tests.bot.places import ANDING, BEIJIE, HEPING, PINGXIANG, PREFECTURE, TONGWEI, TREE

NOTHING = AreaTree(())
NOT_A_CODE = "is not a division code of 12 digits"
MADE_A_NUMBER = "the spreadsheet made a number of it: format the column as text"


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "f.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def told(read: Callable[[], Sequence[object]]) -> list[str]:
    with pytest.raises(ImportFaults) as caught:
        read()
    return str(caught.value).splitlines()


def test_areas_may_stand_in_any_order(write: Callable[[str], Path]) -> None:
    path = write(
        f"code,name,kind,parent_code,risk\n{TONGWEI.code},通渭县,county,{PREFECTURE.code},high\n"
        f"{PREFECTURE.code},定西市,prefecture,,\n"
    )
    assert read_areas(path, stored=NOTHING) == (TONGWEI, PREFECTURE)


def test_a_file_may_build_on_areas_imported_earlier(write: Callable[[str], Path]) -> None:
    path = write(f"code,name,kind,parent_code\n621121100999,新庄村民委员会,village,{PINGXIANG.code}\n")
    assert read_areas(path, stored=TREE) == (
        Area("621121100999", "新庄村民委员会", AreaKind.VILLAGE, PINGXIANG.code),
    )


def test_without_the_risk_column_the_risk_stays_and_an_empty_cell_clears_it(
    write: Callable[[str], Path],
) -> None:
    row = f"{TONGWEI.code},通渭县,county,{PREFECTURE.code}"
    (kept,) = read_areas(write(f"code,name,kind,parent_code\n{row}\n"), stored=TREE)
    (cleared,) = read_areas(write(f"code,name,kind,parent_code,risk\n{row},\n"), stored=TREE)
    assert (kept.risk, cleared.risk) == (Risk.HIGH, None)


def test_every_fault_of_an_area_file_is_told_at_once(write: Callable[[str], Path]) -> None:
    path = write(
        "code,name,kind,parent_code,risk\n"
        f"62112110099,甲,village,{PINGXIANG.code},\n"
        f"6.21121E+11,乙,village,{PINGXIANG.code},\n"
        f"621121100901,,village,{PINGXIANG.code},\n"
        f"621121100902,丙,hamlet,{PINGXIANG.code},\n"
        "621121100903,丁,village,999999999999,\n"
        f"621121100904,戊,village,{TONGWEI.code},\n"
        "621121100905,己,village,,\n"
        f"621121100906,庚,village,{PINGXIANG.code},huge\n"
        "623000000000,辛,prefecture,621100000000,\n"
        f"{PINGXIANG.code},平襄,village,{PINGXIANG.code},\n"
    )
    assert told(lambda: read_areas(path, stored=TREE)) == [
        f'f.csv:2: code: "62112110099" {NOT_A_CODE}',
        f'f.csv:3: code: "6.21121E+11" {NOT_A_CODE}; {MADE_A_NUMBER}',
        "f.csv:4: name: is empty",
        'f.csv:5: kind: "hamlet" is none of prefecture, county, township, neighbourhood, village',
        "f.csv:6: parent_code: there is no area 999999999999, neither in the file nor in the database",
        f"f.csv:7: parent_code: {TONGWEI.code} is a county; a village lies in a township",
        "f.csv:8: parent_code: is empty; a village lies in a township",
        'f.csv:9: risk: "huge" is none of high, medium, low',
        "f.csv:10: parent_code: must be empty: a prefecture is at the top",
        f"f.csv:11: kind: {PINGXIANG.code} is a township in the database; an area's kind cannot change",
    ]


def test_a_code_that_stands_twice_names_both_lines(write: Callable[[str], Path]) -> None:
    row = f"{ANDING.code},安定区,county,{PREFECTURE.code}\n"
    path = write(f"code,name,kind,parent_code\n{row}{row}")
    assert told(lambda: read_areas(path, stored=TREE)) == [
        f"f.csv:3: code: {ANDING.code} stands on line 2 already"
    ]


def test_a_faulty_parent_is_one_fault_not_one_for_each_child(write: Callable[[str], Path]) -> None:
    path = write(
        f"code,name,kind,parent_code\n621121300000,丑镇,town,{TONGWEI.code}\n"
        "621121300201,寅村民委员会,village,621121300000\n621121300202,卯村民委员会,village,621121300000\n"
    )
    assert len(told(lambda: read_areas(path, stored=TREE))) == 1


def test_groups_are_read_with_what_they_need(write: Callable[[str], Path]) -> None:
    path = write(
        "community_code,group_name,kind,chat_id,owner_userid,webhook_key,members\n"
        f"{HEPING.code},群一,wecom_customer,wr1,owner1,,\n"
        f"{HEPING.code},群二,wecom_internal,,,key-1,30\n"
    )
    assert read_groups(path, tree=TREE) == (
        GroupEntry(HEPING.code, "群一", GroupKind.WECOM_CUSTOMER, "wr1", "owner1"),
        GroupEntry(HEPING.code, "群二", GroupKind.WECOM_INTERNAL, webhook_key="key-1", members=30),
    )


def test_every_fault_of_a_group_file_is_told_at_once(write: Callable[[str], Path]) -> None:
    path = write(
        "community_code,group_name,kind,chat_id,owner_userid,webhook_key,members\n"
        f"{PINGXIANG.code},甲,wechat,,,,\n"
        f"{HEPING.code},,wechat,,,,\n"
        f"{HEPING.code},乙,qq,,,,\n"
        f"{HEPING.code},丙,wecom_customer,wr1,,,\n"
        f"{HEPING.code},丁,wechat,,,key-1,many\n"
        f"{HEPING.code},戊,wechat,,,,501\n"
        f"{HEPING.code},戊,wechat,,,,1\n"
    )
    lines = told(lambda: read_groups(path, tree=TREE))
    assert lines == [
        f"f.csv:2: community_code: {PINGXIANG.code} is a township, not a village or neighbourhood",
        "f.csv:3: group_name: is empty",
        'f.csv:4: kind: "qq" is none of wecom_customer, wecom_internal, wechat',
        "f.csv:5: chat_id: a wecom_customer group needs chat_id and owner_userid",
        'f.csv:6: members: "many" is not a whole number from 0 to 500',
        "f.csv:6: webhook_key: only a wecom_internal group has a webhook",
        'f.csv:7: members: "501" is not a whole number from 0 to 500',
        "f.csv:8: group_name: stands on line 7 already for this community",
    ]
    assert "key-1" not in "".join(lines)


def test_grid_workers_are_read(write: Callable[[str], Path]) -> None:
    path = write(f"community_code,grid,worker_name,phone_last4\n{BEIJIE.code},第一网格,示例甲,0042\n")
    assert read_grid_workers(path, tree=TREE) == (Appointment(BEIJIE.code, "第一网格", "示例甲", "0042"),)


def test_a_whole_phone_number_is_refused_and_not_repeated(write: Callable[[str], Path]) -> None:
    path = write(
        "community_code,grid,worker_name,phone_last4\n"
        f"{BEIJIE.code},第一网格,示例甲,99999999999\n{BEIJIE.code},{'长' * 41},示例乙,12\n"
    )
    assert told(lambda: read_grid_workers(path, tree=TREE)) == [
        "f.csv:2: phone_last4: must be the last four digits of the phone number, nothing more",
        "f.csv:3: grid: has 41 characters, at most 40 are kept",
        "f.csv:3: phone_last4: must be the last four digits of the phone number, nothing more",
    ]


def test_a_worker_who_stands_twice_names_both_lines(write: Callable[[str], Path]) -> None:
    row = f"{BEIJIE.code},第一网格,示例甲,0042\n"
    path = write(f"community_code,grid,worker_name,phone_last4\n{row}{row}")
    assert told(lambda: read_grid_workers(path, tree=TREE)) == [
        "f.csv:3: worker_name: stands on line 2 already for this grid"
    ]


def test_households_are_read_and_codes_repeat_between_communities(write: Callable[[str], Path]) -> None:
    path = write(f"community_code,household_code,grid\n{HEPING.code},1,甲\n{BEIJIE.code},1,甲\n")
    assert read_households(path, tree=TREE) == (
        Household(HEPING.code, "1", "甲"),
        Household(BEIJIE.code, "1", "甲"),
    )


def test_a_persons_number_is_no_household_code_and_is_not_repeated(write: Callable[[str], Path]) -> None:
    path = write(
        "community_code,household_code,grid\n"
        f"{HEPING.code},00000000000000000X,甲\n{HEPING.code},13000000000,甲\n{HEPING.code},1,甲\n{HEPING.code},1,乙\n"
    )
    assert told(lambda: read_households(path, tree=TREE)) == [
        "f.csv:2: household_code: is a person's number; use the village's own household codes",
        "f.csv:3: household_code: is a person's number; use the village's own household codes",
        "f.csv:5: household_code: stands on line 4 already for this community",
    ]
