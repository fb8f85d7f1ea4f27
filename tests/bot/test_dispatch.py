"""One reply to one message, with what was held on top of it; but nothing between a person in danger and the numbers."""

from pathlib import Path

import pytest

from bot import wording
from bot.conversation import LASTS, Conversation, Step
from bot.dispatch import Handled, dispatch
from bot.handlers import danger, guide, my_data
from bot.handlers.context import Context
from bot.messages import Inbound, Kind, Nothing, Text
from bot.runtime import Runtime
from bot.store import conversations, residents
from bot.store.engine import Database
from bot.store.outbox import DatabaseOutbox
from broadcasts.outcome import Held
from tests.bot.offices import VAULT, an_office
from tests.bot.store.people import NOW, a_follow_up, a_resident, queued, statuses
from tests.clocks import TestClock

HELD = "您问的事有答复了。"


@pytest.fixture
def office(sqlite: Database, tmp_path: Path) -> Runtime:
    return an_office(sqlite, tmp_path, TestClock(NOW))


@pytest.fixture
def resident_id(office: Runtime) -> int:
    return a_resident(office.database, VAULT)


@pytest.fixture
def _held(office: Runtime, resident_id: int) -> None:
    """An answer came when no window was open."""
    queued(office.database, VAULT, [a_follow_up(resident_id, body=HELD)])
    outbox = DatabaseOutbox(office.database, VAULT)
    batch = outbox.claim(now=NOW)
    assert batch is not None
    outbox.record(batch, Held(), now=NOW)


def sent(office: Runtime, resident_id: int, text: str = "", *, kind: Kind = Kind.TEXT) -> Handled:
    message = Inbound(
        kind=kind,
        openid="",
        account="",
        created_at=NOW,
        dedup_key="",
        text="" if kind is Kind.MENU else text,
        event_key=text if kind is Kind.MENU else "",
    )
    with office.database.transaction() as session:
        resident = residents.find_resident(session, resident_id)
        assert resident is not None
        return dispatch(message, resident, session=session, runtime=office)


def body(handled: Handled) -> str:
    assert isinstance(handled.reply, Text)
    return handled.reply.body


@pytest.mark.usefixtures("_held")
def test_what_was_held_comes_on_top_of_the_next_reply_once(office: Runtime, resident_id: int) -> None:
    first, second = sent(office, resident_id, "帮助"), sent(office, resident_id, "帮助")

    assert first.handler == second.handler == guide.NAME
    assert body(first) == f"{HELD}\n\n{body(second)}"
    assert statuses(office.database) == ["delivered"]


@pytest.mark.usefixtures("_held")
def test_without_a_reply_it_stays_held(office: Runtime, resident_id: int) -> None:
    assert isinstance(sent(office, resident_id, kind=Kind.POSITION).reply, Nothing)
    assert statuses(office.database) == ["waiting"]


@pytest.mark.usefixtures("_held")
def test_in_danger_the_numbers_to_call_come_first_and_alone(office: Runtime, resident_id: int) -> None:
    """Below a long answer they could fall into a second message."""
    handled = sent(office, resident_id, "我不想活了")

    assert handled.handler == danger.NAME
    assert HELD not in body(handled)
    assert "waiting" in statuses(office.database)
    assert HELD in body(sent(office, resident_id, "帮助"))


def test_a_menu_button_says_its_words(office: Runtime, resident_id: int) -> None:
    assert sent(office, resident_id, "我的数据", kind=Kind.MENU).handler == my_data.NAME


def test_an_unfitting_word_ends_the_talk_and_an_event_leaves_it(office: Runtime, resident_id: int) -> None:
    with office.database.transaction() as session:
        conversations.save(session, resident_id, Conversation(Step.CONFIRMING_DELETION, {}), NOW)

    sent(office, resident_id, kind=Kind.POSITION)
    with office.database.reading() as session:
        still = conversations.load(session, resident_id, NOW)
    sent(office, resident_id, "帮助")

    assert still is not None
    with office.database.reading() as session:
        assert conversations.load(session, resident_id, NOW) is None


def test_a_confirmation_outside_its_talk_is_no_deletion(office: Runtime, resident_id: int) -> None:
    entered = NOW - LASTS
    with office.database.transaction() as session:
        conversations.save(session, resident_id, Conversation(Step.CONFIRMING_DELETION, {}), entered)
        resident = residents.find_resident(session, resident_id)
        assert resident is not None
        talk = conversations.load(session, resident_id, NOW)
        context = Context(session, office, resident, "确认删除", NOW, talk)
        message = Inbound(kind=Kind.TEXT, openid="", account="", created_at=NOW, dedup_key="")
        assert not my_data.matches(message, context)


def test_deletion_is_asked_for_before_it_is_done(office: Runtime, resident_id: int) -> None:
    asked = sent(office, resident_id, "删除")
    confirmed = sent(office, resident_id, "确认删除")

    assert body(asked) == wording.CONFIRM_DELETION
    assert confirmed.handler == my_data.NAME
    with office.database.reading() as session:
        assert residents.openid_of(session, resident_id, VAULT) is None
