"""The area tree as the office walks it: how each area is reached, and the risk level that an administrator sets."""

from pathlib import Path

import pytest

from bot.access import Role
from bot.errors import Forbidden, NotFound, Stale, Unacceptable
from bot.office import areas
from bot.office.areas import AreaRecord
from bot.runtime import Runtime
from bot.store.areas import Risk
from bot.store.contacts import Contacts
from bot.store.engine import Database
from bot.store.groups import GroupEntry, GroupKind
from tests.bot.office.acting import acting, trail
from tests.bot.offices import an_office, followers, put_groups, worker
from tests.bot.places import (
    ANDING,
    BEIJIE,
    HEPING,
    OTHER_HEPING,
    PINGAN,
    PINGXIANG,
    PREFECTURE,
    TONGWEI,
    XINCUN,
)
from tests.clocks import TestClock


@pytest.fixture
def runtime(database: Database, tmp_path: Path, clock: TestClock) -> Runtime:
    runtime = an_office(database, tmp_path, clock)
    put_groups(
        runtime,
        [
            GroupEntry(HEPING.code, "和平村群", GroupKind.WECHAT),
            GroupEntry(HEPING.code, "和平村二组群", GroupKind.WECHAT),
            GroupEntry(BEIJIE.code, "北街居民群", GroupKind.WECOM_CUSTOMER),
        ],
    )
    (resident,) = followers(runtime, 1, community=HEPING.code)
    worker(runtime, HEPING.code, name="网格员甲", bound_to=resident)
    worker(runtime, HEPING.code, name="网格员乙")
    worker(runtime, XINCUN.code, name="网格员丙")
    return runtime


def shown(
    runtime: Runtime, code: str, *, role: Role = Role.EDITOR, area_code: str | None = None
) -> AreaRecord:
    with acting(runtime, role, area_code=area_code) as act:
        return areas.show(act, code)


def test_an_area_counts_the_groups_and_grid_workers_of_all_that_lies_below(runtime: Runtime) -> None:
    prefecture, county = shown(runtime, PREFECTURE.code), shown(runtime, PINGXIANG.code)

    assert prefecture.total.contacts == Contacts(groups=3, workers=3, bound=1, reached=1)
    assert [(one.area, one.communities, one.contacts) for one in prefecture.below] == [
        (ANDING, 2, Contacts(groups=1)),
        (TONGWEI, 3, Contacts(groups=2, workers=3, bound=1, reached=1)),
    ]
    assert [(one.area, one.contacts) for one in county.below] == [
        (HEPING, Contacts(groups=2, workers=2, bound=1, reached=1)),
        (XINCUN, Contacts(workers=1)),
    ]


def test_every_community_of_an_area_is_told_for_a_file(runtime: Runtime) -> None:
    with acting(runtime, Role.EDITOR) as act:
        lines = areas.communities(act, TONGWEI.code)

    assert [(one.area, one.contacts.bound) for one in lines] == [(HEPING, 1), (XINCUN, 0), (OTHER_HEPING, 0)]


def test_an_area_lead_reads_their_own_area_only(runtime: Runtime) -> None:
    own = shown(runtime, PINGXIANG.code, role=Role.AREA_LEAD, area_code=TONGWEI.code)
    assert own.total.area == PINGXIANG
    for code in (ANDING.code, PREFECTURE.code):
        with pytest.raises(Forbidden):
            shown(runtime, code, role=Role.AREA_LEAD, area_code=TONGWEI.code)
    with pytest.raises(NotFound):
        shown(runtime, "000000000000")


def test_areas_are_found_as_people_call_them_inside_the_members_area(runtime: Runtime) -> None:
    with acting(runtime, Role.EDITOR) as act:
        everywhere, partly, nothing = areas.find(act, "和平村"), areas.find(act, "平安"), areas.find(act, " ")
    with acting(runtime, Role.AREA_LEAD, area_code=ANDING.code) as act:
        elsewhere = areas.find(act, "和平村")

    assert (everywhere, partly, nothing, elsewhere) == ((HEPING, OTHER_HEPING), (PINGAN,), (), ())


def test_an_administrator_sets_a_risk_level_that_holds_below_and_at_once(runtime: Runtime) -> None:
    with acting(runtime, Role.ADMINISTRATOR) as act:
        areas.set_risk(act, PINGXIANG.code, Risk.LOW, seen=None, reason="解封（示例）")

    record = shown(runtime, PINGXIANG.code)
    assert (record.total.risk, [one.risk for one in record.below]) == (Risk.LOW, [Risk.LOW, Risk.LOW])
    assert shown(runtime, TONGWEI.code).total.risk is Risk.HIGH
    (event,) = trail(runtime, f"area {PINGXIANG.code}")
    assert (event.action, event.detail) == (
        "area.risk",
        {"was": None, "risk": "low", "reason": "解封（示例）"},
    )
    assert runtime.places is not None
    assert runtime.places.refresh().tree.risk_of(HEPING.code) is Risk.LOW


def test_a_level_taken_back_is_that_of_the_area_above_again(runtime: Runtime) -> None:
    with acting(runtime, Role.ADMINISTRATOR) as act:
        areas.set_risk(act, PINGAN.code, None, seen=Risk.MEDIUM, reason="降级（示例）")

    assert shown(runtime, PINGAN.code).total.risk is Risk.LOW


def test_nobody_overwrites_a_level_they_have_not_seen(runtime: Runtime) -> None:
    with pytest.raises(Stale), acting(runtime, Role.ADMINISTRATOR) as act:
        areas.set_risk(act, TONGWEI.code, Risk.LOW, seen=Risk.MEDIUM, reason="降级（示例）")

    assert shown(runtime, TONGWEI.code).total.risk is Risk.HIGH


def test_a_level_is_set_with_a_reason_and_by_administrators_alone(runtime: Runtime) -> None:
    with pytest.raises(Unacceptable), acting(runtime, Role.ADMINISTRATOR) as act:
        areas.set_risk(act, TONGWEI.code, Risk.LOW, seen=Risk.HIGH, reason=" ")
    with pytest.raises(Forbidden), acting(runtime, Role.APPROVER) as act:
        areas.set_risk(act, TONGWEI.code, Risk.LOW, seen=Risk.HIGH, reason="降级（示例）")
