"""我有不同意见: a second review by somebody else, with a number and a day; a grid worker's two taps."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.access import Role
from bot.errors import Conflict, Forbidden
from bot.office import appeals
from bot.runtime import Runtime
from bot.store.tables import AppealRow, ClaimVersionRow, ReportRow
from tests.bot.office.acting import acting
from tests.bot.office.claims import published
from tests.conftest import Loaded
from tests.scenarios.phone import Phone
from tests.scenarios.test_response_loop import RUMOUR, open_claim, sent, the_worker_works


@pytest.fixture
def told(phone: Phone, runtime: Runtime) -> Phone:
    """Somebody who asked, and was told what a reviewer wrote and an approver approved."""
    phone.follows()
    phone.says(RUMOUR)
    the_worker_works(runtime)
    published(runtime, open_claim(runtime).id)
    the_worker_works(runtime)
    return phone


def objection(told: Phone, runtime: Runtime) -> int:
    told.says("我有不同意见")
    told.says("那天我就在水库边上，看见有人倒东西，电话13893212345")
    with runtime.database.reading() as session:
        return session.scalars(select(AppealRow.number)).one()


def test_an_objection_gets_a_number_and_a_day(told: Phone, runtime: Runtime) -> None:
    assert "写成一句话" in told.says("我有不同意见")
    reply = told.says("那天我就在水库边上")

    with runtime.database.reading() as session:
        [row] = session.scalars(select(AppealRow))
    assert f"编号 {row.number}" in reply
    assert "7月17日前" in reply
    assert (row.text, row.version, row.state) == ("那天我就在水库边上", 1, "open")
    assert "重新核实" in told.says(f"进度 {row.number}")


def test_an_objection_says_which_community_it_comes_from(told: Phone, runtime: Runtime) -> None:
    told.follows(scene=told.scene_of(runtime, "621121100201"))
    objection(told, runtime)

    with runtime.database.reading() as session:
        assert session.scalars(select(AppealRow.area_code)).one() == "621121100201"


def test_an_objection_may_be_said_in_one_message(told: Phone) -> None:
    assert "编号" in told.says("我有不同意见：照片不是外省的")


def test_who_was_told_nothing_has_nothing_to_object_to(phone: Phone) -> None:
    phone.follows()
    assert "没查到" in phone.says("我有不同意见")


def test_a_verdict_names_the_way_to_object(told: Phone) -> None:
    assert "我有不同意见" in told.says(RUMOUR)


def test_whoever_wrote_or_approved_the_verdict_does_not_decide(told: Phone, runtime: Runtime) -> None:
    number = objection(told, runtime)
    for role in (Role.REVIEWER, Role.APPROVER):
        with acting(runtime, role) as act, pytest.raises(Forbidden):
            appeals.dismiss(act, number, answer="结论不变。")


def test_a_dismissed_objection_is_answered_once(told: Phone, runtime: Runtime) -> None:
    number = objection(told, runtime)
    before = len(sent(runtime))
    with acting(runtime, Role.REVIEWER, name="another") as act:
        appeals.dismiss(act, number, answer="调了监控，是清洁工倒水。")
    with acting(runtime, Role.REVIEWER, name="another") as act, pytest.raises(Conflict):
        appeals.dismiss(act, number, answer="再答一次。")

    [(_, body)] = sent(runtime)[before:]
    assert "结论没有变" in body
    assert "调了监控" in body


def test_an_upheld_objection_opens_the_draft_of_a_correction_and_changes_nothing_yet(
    told: Phone, runtime: Runtime
) -> None:
    number = objection(told, runtime)
    with acting(runtime, Role.REVIEWER, name="another") as act:
        file = appeals.uphold(act, number, answer="确有其事，正在查。")

    assert (file.state, file.version) == ("published", 1)
    with runtime.database.reading() as session:
        [draft] = session.scalars(select(ClaimVersionRow).where(ClaimVersionRow.number == 2))
    assert (draft.authors, draft.approved_by, draft.published_at) == (["another"], None, None)
    assert "【不实】" in told.says(RUMOUR)


def test_staff_read_an_objection_without_contact_data(told: Phone, runtime: Runtime) -> None:
    number = objection(told, runtime)
    with acting(runtime, Role.REVIEWER, name="another") as act:
        appeal, _ = appeals.show(act, number)
    assert "13893212345" not in appeal.text
    assert "水库边上" in appeal.text


def test_a_grid_worker_logs_a_rumour_in_two_taps_and_names_nobody(
    new_phone: Callable[[str], Phone], runtime: Runtime, loaded: Loaded
) -> None:
    worker = new_phone("worker")
    worker.follows()
    worker.says(f"绑定 {loaded.sample.bind_code}")

    assert "在哪儿听到" in worker.says("记谣言 听说县里的水库被人投毒了")
    assert "传到多少人" in worker.says("3")
    assert "编号" in worker.says("2")

    with runtime.database.reading() as session:
        [row] = session.scalars(select(ReportRow))
    assert (row.resident_id, row.entered_by, row.channel) == (None, None, "grid_worker")
    assert (row.heard_where, row.reach, row.area_code) == ("market", "a_few", "621121100201")
    the_worker_works(runtime)
    assert open_claim(runtime).report_count == 1


def test_only_a_grid_worker_logs_for_others(phone: Phone) -> None:
    phone.follows()
    assert "在哪儿听到" not in phone.says("记谣言 听说县里的水库被人投毒了")
    assert "编号" in phone.says(RUMOUR)


def test_whoever_picked_a_similar_verdict_is_remembered_as_told(phone: Phone, runtime: Runtime) -> None:
    phone.follows(scene=phone.scene_of(runtime, "621121100201"))
    reply = phone.says("听说憋气10秒咳嗽就说明没感染新冠，是真的吗")
    assert "回数字看核实结果" in reply
    for _ in range(2):
        phone.says("听说憋气10秒咳嗽就说明没感染新冠，是真的吗")
        phone.says("1")

    with runtime.database.reading() as session:
        [picked] = session.scalars(select(ReportRow).where(ReportRow.fit == "picked"))
    assert picked.told_version == 1
