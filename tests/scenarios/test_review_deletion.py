"""Deletion leaves no way back: not by a retry, not by leaving, not by what lies waiting."""

from sqlalchemy import func, select

from bot.messages import Inbound, Kind
from bot.runtime import Runtime
from bot.store import outbox, screenshots
from bot.store.tables import DeliveryRow, GridWorkerRow, InboxRow, OpenidRow, ResidentRow, ScreenshotRow
from tests.clocks import TestClock
from tests.conftest import Loaded
from tests.scenarios.phone import Phone

A_PICTURE = Inbound(
    kind=Kind.IMAGE,
    openid="oTestpicture",
    account="gh_1",
    created_at=TestClock().now,
    dedup_key="msg:7",
    media_id="m",
)


def count(runtime: Runtime, table: type, *conditions: object) -> int:
    with runtime.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0  # type: ignore[arg-type] # column expressions


def delete_all(phone: Phone) -> str:
    phone.says("删除")
    return phone.says("确认删除")


def test_a_retry_of_the_deletion_does_not_bring_the_openid_back(villager: Phone, runtime: Runtime) -> None:
    villager.says("删除")
    confirmation = villager.text("确认删除")
    first = villager.sends(confirmation)

    retried = villager.sends(confirmation)

    assert retried == first
    assert "删好了" in first
    assert count(runtime, OpenidRow) == 0


def test_whoever_deletes_and_then_leaves_is_not_written_down_again(villager: Phone, runtime: Runtime) -> None:
    delete_all(villager)

    replies = [
        villager.happens("unsubscribe", {"EventKey": ""}),
        villager.happens("LOCATION", {"Latitude": "35.2", "Longitude": "105.2", "Precision": "60"}),
        villager.happens("VIEW", {"EventKey": "http://example.com/"}),
    ]

    assert replies == ["", "", ""]
    assert count(runtime, OpenidRow) == 0
    assert count(runtime, ResidentRow) == 1


def test_deletion_unties_a_grid_worker_so_that_a_new_code_can_bind_them(
    villager: Phone, runtime: Runtime, loaded: Loaded
) -> None:
    villager.says(f"绑定 {loaded.sample.bind_code}")
    assert count(runtime, GridWorkerRow, GridWorkerRow.resident_id.is_not(None)) == 1

    delete_all(villager)

    assert count(runtime, GridWorkerRow, GridWorkerRow.resident_id.is_not(None)) == 0


def test_deletion_takes_pictures_replies_and_late_answers_along(
    villager: Phone, runtime: Runtime, clock: TestClock
) -> None:
    villager.says("我问过的")
    with runtime.database.transaction() as session:
        resident_id = session.scalar(select(ResidentRow.id)) or 0
        outbox.queue_follow_up(
            session, resident_id, "您问的有答复了。", key="question1", vault=runtime.vault, now=clock()
        )
        screenshots.add(session, A_PICTURE, resident_id, vault=runtime.vault, now=clock())

    delete_all(villager)

    assert count(runtime, ScreenshotRow) == 0
    assert count(runtime, DeliveryRow) == 0
    assert count(runtime, InboxRow, InboxRow.reply_sealed.is_not(None)) == 1  # the receipt of the deletion
    assert count(runtime, InboxRow, InboxRow.payload_sealed.is_not(None)) == 0
