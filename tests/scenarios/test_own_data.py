"""我的数据, 删除, 退订, 订阅, 帮助, 人工: does it, says so."""

from sqlalchemy import func, select

from bot.runtime import Runtime
from bot.store import recipients
from bot.store.tables import HeadcountRow, OpenidRow, QuestionRow, ReportRow, ResidentRow
from tests.scenarios.phone import Phone

VILLAGE = "621121100201"
RUMOUR = "听说县里的水库被人投毒了，是真的吗"


def count(runtime: Runtime, *conditions: object, table: type) -> int:
    with runtime.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0  # type: ignore[arg-type] # column expressions


def test_my_data_says_what_is_kept(villager: Phone) -> None:
    for words in ("我家5口人,2个在外地", "对", RUMOUR):
        villager.says(words)

    kept = villager.says("我的数据")

    assert "城关村" in kept
    assert "一共5人" in kept
    assert "问过的事：1件" in kept


def test_deletion_asks_first_and_then_leaves_nothing_that_leads_back(
    villager: Phone, runtime: Runtime
) -> None:
    for words in ("我家5口人,2个在外地", "对", RUMOUR):
        villager.says(words)

    asked = villager.says("删除")
    receipt = villager.says("确认删除")

    assert "确认删除" in asked
    assert "删好了" in receipt
    assert "人数登记1条" in receipt
    assert count(runtime, table=HeadcountRow) == 0
    assert count(runtime, table=OpenidRow) == 0
    assert count(runtime, ReportRow.resident_id.is_not(None), table=ReportRow) == 0
    assert count(runtime, table=ReportRow) == 1


def test_deletion_that_is_not_confirmed_deletes_nothing(villager: Phone, runtime: Runtime) -> None:
    villager.says("删除")
    villager.says("取消")

    villager.says("确认删除")

    assert count(runtime, table=OpenidRow) == 1


def test_whoever_deleted_their_data_comes_back_as_somebody_new(villager: Phone, runtime: Runtime) -> None:
    villager.says("删除")
    villager.says("确认删除")

    villager.says("你好")

    assert count(runtime, table=ResidentRow) == 2
    assert "没有登记" in villager.says("我的数据")


def test_a_deletion_says_that_it_forgets_the_opting_out(villager: Phone, runtime: Runtime) -> None:
    villager.says("退订")

    asked = villager.says("删除")
    receipt = villager.says("确认删除")
    villager.scans(villager.scene_of(runtime, VILLAGE))

    assert "不记得您退订过" in asked
    assert "您退订过也不记得了" in receipt
    assert all("回“退订”" in said for said in (asked, receipt))
    with runtime.database.reading() as session:
        receivers = recipients.followers(session, [VILLAGE], allowance=4, month_start=runtime.clock())
    assert len(receivers) == 1


def test_a_deletion_says_nothing_of_opting_out_to_those_who_had_not(villager: Phone) -> None:
    assert "退订" not in villager.says("删除")
    assert "退订" not in villager.says("确认删除")


def test_opting_out_and_in_again_is_done_and_said(villager: Phone, runtime: Runtime) -> None:
    out = villager.says("退订")
    opted_out = count(runtime, ResidentRow.opted_out_at.is_not(None), table=ResidentRow)
    back = villager.says("订阅")

    assert "已退订" in out
    assert opted_out == 1
    assert "已订阅" in back
    assert count(runtime, ResidentRow.opted_out_at.is_not(None), table=ResidentRow) == 0


def test_help_says_what_one_can_do_however_it_is_asked_for(villager: Phone) -> None:
    assert "我能做这些" in villager.says("帮助")
    assert "我能做这些" in villager.says("幫助！")
    assert "我能做这些" in villager.clicks("帮助")


def test_a_word_for_the_staff_is_kept_as_it_is(villager: Phone, runtime: Runtime) -> None:
    asked = villager.says("人工")
    kept = villager.says("我家门口的卡点晚上没人，药送不进来")

    assert "写成一句话" in asked
    assert "交给工作人员" in kept
    assert count(runtime, QuestionRow.text == "我家门口的卡点晚上没人，药送不进来", table=QuestionRow) == 1


def test_older_inquiries_are_counted_and_one_is_seen_by_its_number(villager: Phone) -> None:
    for number in range(1, 12):
        villager.says("人工")
        villager.says(f"卡点第{number}天晚上没人")

    listed = villager.says("我问过的")

    assert listed.count(" · 卡点第") == 8
    assert "还有3件更早的没列出来" in listed
    assert "比如回“进度 3”" in listed
    assert "卡点第3天晚上没人" in villager.says("进度 3")


def test_where_all_inquiries_are_listed_none_is_said_to_be_left_out(villager: Phone) -> None:
    for number in range(1, 9):
        villager.says("人工")
        villager.says(f"卡点第{number}天晚上没人")

    assert "没列出来" not in villager.says("进度")


def test_a_crisis_word_is_heard_even_when_a_word_for_the_staff_is_awaited(
    villager: Phone, runtime: Runtime
) -> None:
    villager.says("人工")

    reply = villager.says("我不想活了")

    assert "12356" in reply
    assert count(runtime, table=QuestionRow) == 0
