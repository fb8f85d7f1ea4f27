"""A plan that the platform would not carry is refused before anybody approves it."""

from datetime import datetime, timedelta

from broadcasts.calendar import SHANGHAI
from broadcasts.content import Channel, Content, Once, Recurring
from broadcasts.planning import ChannelPlan, QuotaPlan, RefusalCode, plan
from broadcasts.quota import Ledger, Limits
from tests.broadcasts.builders import DUE, NOW, a_content

MONTH_END = datetime(2022, 8, 31, 12, 0, tzinfo=SHANGHAI)
GROUPS = (Channel.WECOM_CUSTOMER_GROUP,)


def planned(content: Content, ledger: Ledger, *, limits: Limits | None = None) -> QuotaPlan:
    return plan(content, ledger, limits=limits or Limits(), now=NOW)


def codes(made: QuotaPlan) -> list[RefusalCode]:
    return [refusal.code for refusal in made.refusals]


def recurring(
    cron: str, *, channels: tuple[Channel, ...] = (Channel.OFFICIAL_ACCOUNT,), urgent: bool = False
) -> Content:
    return a_content(
        schedule=Recurring(cron, MONTH_END), valid_until=MONTH_END, channels=channels, urgent=urgent
    )


def test_every_channel_gets_its_line() -> None:
    ledger = Ledger(followers={0: 25_000, 3: 40}, customer_groups={2: 92}, webhooks=7, relay_tasks=1_887)

    made = planned(a_content(channels=tuple(Channel)), ledger)

    assert made.is_possible
    assert made.channels == (
        ChannelPlan(Channel.OFFICIAL_ACCOUNT, 25_000, 40, 3),
        ChannelPlan(Channel.WECOM_CUSTOMER_GROUP, 92, 0, 92),
        ChannelPlan(Channel.WECOM_WEBHOOK, 7, 0, 7),
        ChannelPlan(Channel.RELAY, 1_887, 0, 1_887),
    )


def test_what_is_urgent_may_use_the_message_kept_in_reserve() -> None:
    ledger = Ledger(followers={3: 500})

    assert codes(planned(a_content(), ledger)) == [RefusalCode.MONTH_USED_UP]
    assert planned(a_content(urgent=True), ledger).is_possible


def test_nothing_reaches_who_has_received_all_four() -> None:
    made = planned(a_content(urgent=True), Ledger(followers={4: 500}))

    assert codes(made) == [RefusalCode.MONTH_USED_UP]
    assert "500" in made.refusals[0].message


def test_a_channel_that_reaches_nobody_is_refused() -> None:
    assert codes(planned(a_content(channels=tuple(Channel)), Ledger())) == [RefusalCode.NOBODY] * 4


def test_a_schedule_that_runs_more_often_than_the_month_allows_is_refused_once_a_month() -> None:
    made = planned(recurring("0 12 * * *"), Ledger(followers={0: 10}))

    assert codes(made) == [RefusalCode.TOO_OFTEN, RefusalCode.TOO_OFTEN]
    assert "20 times in 2022-07" in made.refusals[0].message
    assert "31 times in 2022-08" in made.refusals[1].message


def test_a_weekly_schedule_holds_back_only_those_it_would_take_over_the_limit() -> None:
    content = a_content(schedule=Recurring("0 12 * * 3", DUE + timedelta(days=14)), valid_until=MONTH_END)

    made = planned(content, Ledger(followers={0: 10, 1: 20, 2: 40}))

    assert made.channels[0].recipients == 30
    assert made.channels[0].held_back == 40


def test_what_was_received_this_month_does_not_count_against_the_next() -> None:
    content = a_content(schedule=Once(MONTH_END - timedelta(days=1)), valid_until=MONTH_END)

    made = planned(content, Ledger(followers={4: 500}, mass_calls_today=100))

    assert made.is_possible
    assert made.channels[0].recipients == 500


def test_the_month_is_the_one_on_shanghais_calendar() -> None:
    eve = datetime(2022, 7, 31, 23, 30, tzinfo=SHANGHAI)
    made = planned(a_content(schedule=Once(eve), valid_until=MONTH_END), Ledger(followers={3: 500}))
    after_midnight = planned(
        a_content(schedule=Once(eve + timedelta(minutes=30)), valid_until=MONTH_END),
        Ledger(followers={3: 500}),
    )

    assert codes(made) == [RefusalCode.MONTH_USED_UP]
    assert after_midnight.is_possible


def test_a_single_follower_cannot_be_mass_sent_to() -> None:
    assert codes(planned(a_content(), Ledger(followers={0: 1}))) == [RefusalCode.ONE_RECIPIENT]


def test_calls_beyond_what_is_left_today_are_refused() -> None:
    ledger = Ledger(followers={0: 30_000}, mass_calls_today=98)

    made = planned(a_content(), ledger)

    assert codes(made) == [RefusalCode.DAY_USED_UP]
    assert "3 mass calls on 2022-07-12; the account has 2 left" in made.refusals[0].message
    assert planned(a_content(schedule=Once(DUE + timedelta(days=1))), ledger).is_possible


def test_several_occurrences_on_one_day_share_that_days_calls() -> None:
    content = a_content(schedule=Recurring("0 12,18 * * *", DUE + timedelta(hours=6)))

    made = planned(content, Ledger(followers={0: 30_000}), limits=Limits(mass_calls_per_day=5))

    assert codes(made) == [RefusalCode.DAY_USED_UP]


def test_a_customer_group_takes_as_many_messages_as_the_month_has_days() -> None:
    once = a_content(channels=GROUPS)

    assert planned(once, Ledger(customer_groups={30: 92})).is_possible
    assert codes(planned(once, Ledger(customer_groups={31: 92}))) == [RefusalCode.MONTH_USED_UP]
    assert codes(planned(recurring("0 8,12 * * *", channels=GROUPS), Ledger(customer_groups={0: 1}))) == [
        RefusalCode.TOO_OFTEN,
        RefusalCode.TOO_OFTEN,
    ]


def test_a_minute_by_minute_schedule_is_refused_without_reading_years_of_it() -> None:
    forever = datetime(2100, 1, 1, tzinfo=SHANGHAI)
    content = a_content(schedule=Recurring("* * * * *", forever), valid_until=forever)

    assert RefusalCode.TOO_OFTEN in codes(planned(content, Ledger(followers={0: 10})))
