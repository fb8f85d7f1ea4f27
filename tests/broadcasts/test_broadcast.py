"""A content cannot be written down wrongly, and its fingerprint is the same for the same bytes only."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from broadcasts.audience import Audience
from broadcasts.broadcast import Revision
from broadcasts.content import BroadcastKind, Channel, ChannelText, Content, Once, Recurring, Schedule
from broadcasts.errors import Incomplete
from broadcasts.fingerprint import content_data, content_from, fingerprint
from tests.broadcasts.builders import DUE, END, a_content, a_draft

BOTH = (Channel.OFFICIAL_ACCOUNT, Channel.RELAY)
SHANGHAI_OFFSET = timezone(timedelta(hours=8))


def print_of(content: Content) -> str:
    return fingerprint(Revision(number=1, content=content, authors=frozenset({"a"})))


def test_a_broadcast_shows_the_content_of_its_standing_revision() -> None:
    broadcast = a_draft()

    assert broadcast.content is broadcast.revision.content


def test_the_text_of_each_channel_is_found() -> None:
    content = replace(
        a_content(),
        texts=(ChannelText(Channel.OFFICIAL_ACCOUNT, "甲"), ChannelText(Channel.RELAY, "乙")),
    )

    assert content.channels == BOTH
    assert content.text_for(Channel.RELAY) == "乙"


def test_asking_for_a_channel_it_does_not_use_is_an_error() -> None:
    with pytest.raises(LookupError, match="wecom_webhook"):
        a_content().text_for(Channel.WECOM_WEBHOOK)


def test_one_channel_cannot_hold_two_texts() -> None:
    with pytest.raises(Incomplete, match="two texts"):
        a_content(channels=(Channel.RELAY, Channel.RELAY))


@pytest.mark.parametrize(
    "build", [Once, lambda at: Recurring("0 8 * * *", at), lambda at: a_content(valid_until=at)]
)
def test_a_time_without_a_zone_is_refused(build: Callable[[datetime], object]) -> None:
    with pytest.raises(ValueError, match="zone"):
        build(datetime(2022, 7, 12, 8, 0))  # noqa: DTZ001 - the naive time is the case


def test_a_fingerprint_is_64_hexadecimal_digits() -> None:
    assert len(print_of(a_content())) == 64
    assert int(print_of(a_content()), 16) >= 0


@pytest.mark.parametrize(
    "changed",
    [
        a_content(title="示例倡议书（二）"),
        a_content(kind=BroadcastKind.NOTICE),
        a_content(text="示例：家中喜事照办。"),
        a_content(channels=BOTH),
        a_content(audience=Audience(frozenset({"621122000000"}))),
        a_content(audience=Audience(frozenset({"621121000000"}), frozenset({"high_risk"}))),
        a_content(schedule=Once(DUE + timedelta(minutes=1))),
        a_content(schedule=Recurring("0 8 * * *", END)),
        a_content(valid_until=END + timedelta(seconds=1)),
        a_content(urgent=True),
    ],
)
def test_whatever_changes_what_is_sent_changes_the_fingerprint(changed: Content) -> None:
    assert print_of(changed) != print_of(a_content())


def test_the_same_moment_in_another_zone_has_the_same_fingerprint() -> None:
    abroad = a_content(
        schedule=Once(DUE.astimezone(SHANGHAI_OFFSET)), valid_until=END.astimezone(SHANGHAI_OFFSET)
    )

    assert print_of(abroad) == print_of(a_content())


def test_the_order_of_channels_does_not_matter_to_the_fingerprint() -> None:
    assert print_of(a_content(channels=BOTH)) == print_of(a_content(channels=BOTH[::-1]))


def test_the_revision_number_and_the_authors_are_no_part_of_the_fingerprint() -> None:
    one = Revision(number=1, content=a_content(), authors=frozenset({"a"}))

    assert fingerprint(one) == fingerprint(replace(one, number=9, authors=frozenset({"b"})))


@pytest.mark.parametrize("schedule", [Once(DUE), Recurring("0 8 * * 1-5", END)])
def test_a_content_read_back_from_json_has_the_fingerprint_it_was_stored_with(schedule: Schedule) -> None:
    content = a_content(schedule=schedule, channels=BOTH, urgent=True)

    stored = json.dumps(content_data(content), sort_keys=True)

    assert print_of(content_from(json.loads(stored))) == print_of(content)


@pytest.mark.parametrize("key", ["kind", "texts", "schedule", "urgent"])
def test_data_with_a_missing_part_is_not_read_as_a_content(key: str) -> None:
    data = content_data(a_content())
    del data[key]

    with pytest.raises(KeyError):
        content_from(data)


def test_a_lone_surrogate_in_a_text_does_not_break_the_fingerprint() -> None:
    assert print_of(a_content(text="\ud83d")) != print_of(a_content(text="\ud83e"))
