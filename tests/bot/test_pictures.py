"""From a picture to an answer, and messages whose worker died: both off the request path, both once."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event

import pytest

from bot import wording
from bot.inbound import CLAIM_LASTS, Desk
from bot.messages import Inbound, Kind, Work
from bot.pictures import Pictures
from bot.platforms import connect_platforms
from bot.recovery import has_abandoned, recover_messages
from bot.runtime import Runtime
from bot.store import inbox, screenshots
from bot.store.screenshots import MOST_ATTEMPTS
from bot.tasks import Worker
from tests.bot.town import Town, statuses, whole_runtime
from tests.clocks import TestClock


@pytest.fixture
def runtime(sending_town: Town) -> Iterator[Runtime]:
    runtime = whole_runtime(sending_town)
    yield runtime
    runtime.close()


@pytest.fixture
def resident(sending_town: Town) -> int:
    return sending_town.resident("resident-1")


@pytest.fixture
def desk(runtime: Runtime) -> Iterator[Desk]:
    desk = Desk(runtime)
    yield desk
    desk.close()


def a_picture(town: Town, resident: int, media_id: str | None = None) -> None:
    """A resident has sent one; the platform keeps it unless told otherwise."""
    kept = town.sandbox.platform.media.keep("image", b"\x89PNG", "image/png", at=town.now)
    message = Inbound(
        kind=Kind.IMAGE,
        openid=town.sandbox.openid("resident-1"),
        account="gh_1",
        created_at=town.now,
        dedup_key="msg:1",
        media_id=kept.media_id if media_id is None else media_id,
    )
    with town.runtime.database.transaction() as session:
        screenshots.add(session, message, resident, vault=town.runtime.vault, now=town.now)


def pictures(runtime: Runtime, read: Callable[[bytes], str]) -> Pictures:
    return Pictures(runtime, connect_platforms(runtime).account, read)


def sent(town: Town, runtime: Runtime) -> list[str]:
    """What reaches the phone once a worker has delivered."""
    Worker(runtime).look_after(Work.DELIVERIES, Event())
    return town.seen_by("resident-1")


def is_waiting(town: Town) -> bool:
    with town.runtime.database.reading() as session:
        return screenshots.has_waiting(session, now=town.now)


def test_the_words_in_a_picture_are_answered_like_a_message(
    sending_town: Town, runtime: Runtime, resident: int
) -> None:
    a_picture(sending_town, resident)
    reader = pictures(runtime, lambda _: "帮助")
    assert reader.answer_next()
    assert not reader.answer_next()
    assert sending_town.asked_for == [Work.DELIVERIES]
    assert sent(sending_town, runtime) == [wording.HELP.format(hotline="12345")]


def test_a_picture_without_words_is_answered_with_what_to_send_instead(
    sending_town: Town, runtime: Runtime, resident: int
) -> None:
    a_picture(sending_town, resident)
    pictures(runtime, lambda _: " \n").answer_next()
    assert sent(sending_town, runtime) == [wording.UNREADABLE_PICTURE]


def test_a_picture_the_platform_no_longer_has_is_answered_at_once(
    sending_town: Town, runtime: Runtime, resident: int
) -> None:
    a_picture(sending_town, resident, media_id="gone")
    pictures(runtime, lambda _: "帮助").answer_next()
    assert sent(sending_town, runtime) == [wording.UNREADABLE_PICTURE]


def test_a_picture_that_cannot_be_fetched_now_is_tried_again(
    sending_town: Town, runtime: Runtime, resident: int
) -> None:
    a_picture(sending_town, resident)
    sending_town.fail("media/get", -1)
    reader = pictures(runtime, lambda _: "帮助")
    reader.answer_next()
    assert is_waiting(sending_town)
    reader.answer_next()
    assert sent(sending_town, runtime) == [wording.HELP.format(hotline="12345")]


def test_after_the_last_attempt_the_resident_is_told(
    sending_town: Town, runtime: Runtime, resident: int
) -> None:
    a_picture(sending_town, resident)
    reader = pictures(runtime, lambda _: "帮助")
    for _ in range(MOST_ATTEMPTS):
        sending_town.fail("media/get", -1)
        reader.answer_next()
    assert not is_waiting(sending_town)
    assert sent(sending_town, runtime) == [wording.UNREADABLE_PICTURE]


def test_a_picture_that_kills_its_readers_is_given_up(
    sending_town: Town, runtime: Runtime, resident: int, clock: TestClock
) -> None:
    a_picture(sending_town, resident)

    def dies(_: bytes) -> str:
        raise MemoryError

    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(MemoryError):
            pictures(runtime, dies).answer_next()
        clock.advance(minutes=2)
    pictures(runtime, dies).answer_next()
    assert not is_waiting(sending_town)
    assert sent(sending_town, runtime) == [wording.UNREADABLE_PICTURE]


def test_a_picture_that_somebody_else_took_over_is_answered_by_them_alone(
    sending_town: Town, runtime: Runtime, resident: int, clock: TestClock
) -> None:
    a_picture(sending_town, resident)
    quick = pictures(runtime, lambda _: "帮助")

    def slow(_: bytes) -> str:
        clock.advance(minutes=2)
        assert quick.answer_next()
        return "倡议书"

    pictures(runtime, slow).answer_next()
    assert list(statuses(sending_town.runtime.database)) == ["shot1.0"]
    assert sent(sending_town, runtime) == [wording.HELP.format(hotline="12345")]


def test_a_message_whose_worker_died_is_answered_late_and_once(
    sending_town: Town, runtime: Runtime, resident: int, desk: Desk, clock: TestClock
) -> None:
    message = Inbound(
        kind=Kind.TEXT,
        openid=sending_town.sandbox.openid("resident-1"),
        account="gh_1",
        created_at=sending_town.now,
        dedup_key="msg:9",
        text="帮助",
    )
    with runtime.database.transaction() as session:
        inbox.accept(session, message, resident, vault=runtime.vault, now=clock(), lease=CLAIM_LASTS)
    clock.advance(seconds=CLAIM_LASTS.total_seconds() + 10)
    assert not has_abandoned(runtime)
    clock.advance(seconds=timedelta(seconds=30).total_seconds())
    assert has_abandoned(runtime)
    assert recover_messages(runtime, desk)
    assert not recover_messages(runtime, desk)
    assert sent(sending_town, runtime) == [wording.HELP.format(hotline="12345")]
