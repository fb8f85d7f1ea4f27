"""What sending a broadcast would take, worked out before anybody approves it; a plan that cannot hold is refused.

Counts only, never people. The store counts again in the transaction that fills the outbox, so that two plans
cannot both take the last message of a month.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice

from broadcasts.calendar import SHANGHAI, due_times
from broadcasts.content import Channel, Content
from broadcasts.quota import SMALLEST_MASS_BATCH, Ledger, Limits, batch_sizes

_MOST_OCCURRENCES = 2_000
"""Read so many and no more: far beyond every monthly limit, and a minute-by-minute schedule goes on for years."""

Month = tuple[int, int]


class RefusalCode(StrEnum):
    NOBODY = "nobody"
    TOO_OFTEN = "too_often"
    MONTH_USED_UP = "month_used_up"
    DAY_USED_UP = "day_used_up"
    ONE_RECIPIENT = "one_recipient"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the plan cannot hold: a code for a page's wording, a sentence for everything else."""

    channel: Channel
    code: RefusalCode
    message: str


@dataclass(frozen=True, slots=True)
class ChannelPlan:
    """One channel: who gets every occurrence of this month, who is held back by the quota, and how many platform
    calls, or tasks for people, one occurrence takes.
    """

    channel: Channel
    recipients: int
    held_back: int
    calls: int


@dataclass(frozen=True, slots=True)
class QuotaPlan:
    channels: tuple[ChannelPlan, ...]
    refusals: tuple[Refusal, ...]

    @property
    def is_possible(self) -> bool:
        return not self.refusals


@dataclass(frozen=True, slots=True)
class _Case:
    """The question, with its occurrences counted by Shanghai's days and months."""

    ledger: Ledger
    limits: Limits
    urgent: bool
    today: date
    days: Mapping[date, int]
    months: Mapping[Month, int]

    @property
    def this_month(self) -> Month:
        return self.today.year, self.today.month


def plan(content: Content, ledger: Ledger, *, limits: Limits, now: datetime) -> QuotaPlan:
    """What the platform would allow of this content. Raises BadSchedule when its times cannot be read."""
    occurrences = islice(due_times(content.schedule, after=now, until=content.valid_until), _MOST_OCCURRENCES)
    days = Counter(moment.astimezone(SHANGHAI).date() for moment in occurrences)
    months: Counter[Month] = Counter()
    for day, times in days.items():
        months[day.year, day.month] += times
    case = _Case(ledger, limits, content.urgent, now.astimezone(SHANGHAI).date(), days, months)
    lines = tuple(_LINES[channel](case) for channel in content.channels)
    return QuotaPlan(lines, tuple(refusal for line in lines for refusal in _refusals(line, case)))


def _mass(case: _Case) -> ChannelPlan:
    reached, held_back = _split(case.ledger.followers, case, allowance=_mass_allowance(case, case.this_month))
    calls = len(batch_sizes(reached, limits=case.limits))
    return ChannelPlan(Channel.OFFICIAL_ACCOUNT, reached, held_back, calls)


def _customer_groups(case: _Case) -> ChannelPlan:
    reached, held_back = _split(
        case.ledger.customer_groups, case, allowance=_group_allowance(case, case.this_month)
    )
    return ChannelPlan(Channel.WECOM_CUSTOMER_GROUP, reached, held_back, reached)


def _webhooks(case: _Case) -> ChannelPlan:
    return ChannelPlan(Channel.WECOM_WEBHOOK, case.ledger.webhooks, 0, case.ledger.webhooks)


def _relay(case: _Case) -> ChannelPlan:
    return ChannelPlan(Channel.RELAY, case.ledger.relay_tasks, 0, case.ledger.relay_tasks)


def _mass_allowance(case: _Case, _month: Month) -> int:
    return case.limits.allowance(urgent=case.urgent)


def _group_allowance(_case: _Case, month: Month) -> int:
    """A customer group takes as many messages a month as the month has days."""
    return monthrange(*month)[1]


_LINES: Mapping[Channel, Callable[[_Case], ChannelPlan]] = {
    Channel.OFFICIAL_ACCOUNT: _mass,
    Channel.WECOM_CUSTOMER_GROUP: _customer_groups,
    Channel.WECOM_WEBHOOK: _webhooks,
    Channel.RELAY: _relay,
}
_ALLOWANCES: Mapping[Channel, Callable[[_Case, Month], int]] = {
    Channel.OFFICIAL_ACCOUNT: _mass_allowance,
    Channel.WECOM_CUSTOMER_GROUP: _group_allowance,
}


def _split(received: Mapping[int, int], case: _Case, *, allowance: int) -> tuple[int, int]:
    """Who still has room for all of this month's occurrences, and who has not. None this month: room for all."""
    coming = case.months.get(case.this_month, 0)
    held_back = sum(people for had, people in received.items() if coming and had + coming > allowance)
    return sum(received.values()) - held_back, held_back


def _refusals(line: ChannelPlan, case: _Case) -> Iterator[Refusal]:
    if line.recipients + line.held_back == 0:
        yield Refusal(
            line.channel, RefusalCode.NOBODY, f"Nobody in the audience is reached by {line.channel}."
        )
        return
    too_often = tuple(_too_often(line, case))
    yield from too_often
    if line.recipients == 0 and not too_often:
        yield Refusal(
            line.channel,
            RefusalCode.MONTH_USED_UP,
            f"All {line.held_back} recipients of {line.channel} have used up this month's messages.",
        )
    if line.channel is Channel.OFFICIAL_ACCOUNT:
        yield from _call_refusals(line, case)


def _too_often(line: ChannelPlan, case: _Case) -> Iterator[Refusal]:
    allowance = _ALLOWANCES.get(line.channel)
    for month, times in case.months.items() if allowance else ():
        allowed = allowance(case, month) if allowance else times
        if times > allowed:
            yield Refusal(
                line.channel,
                RefusalCode.TOO_OFTEN,
                f"It would be sent {times} times in {month[0]}-{month[1]:02}; {line.channel} allows {allowed}.",
            )


def _call_refusals(line: ChannelPlan, case: _Case) -> Iterator[Refusal]:
    if 0 < line.recipients < SMALLEST_MASS_BATCH:
        yield Refusal(
            line.channel,
            RefusalCode.ONE_RECIPIENT,
            "A mass message needs at least two recipients; reach this one by a follow-up or a grid worker.",
        )
    for day, times in case.days.items():
        room = case.limits.mass_calls_per_day - (case.ledger.mass_calls_today if day == case.today else 0)
        if times * line.calls > room:
            yield Refusal(
                line.channel,
                RefusalCode.DAY_USED_UP,
                f"It takes {times * line.calls} mass calls on {day}; the account has {max(0, room)} left that day.",
            )
            return
