"""The one Sender of the outbox: which way a batch goes, and what the platform's answer means.

channel                 way
official_account, relay  one resident: follow-up inside the window, else held for their next message
official_account        several: mass send, under the batch's own key
wecom_webhook           a staff group's webhook, or the office's own
wecom_customer_group    a task that the group's owner confirms
"""

from collections.abc import Callable, Mapping

from bot.errors import PlatformError
from bot.platforms import Platforms
from bot.runtime import Runtime
from bot.senders.account import Account
from bot.senders.corp import CustomerGroups, GroupWebhooks
from bot.senders.pace import Pace
from bot.senders.refusals import Refusal, Way, outcome_of
from bot.wechat import mass
from broadcasts.content import Channel
from broadcasts.delivery import Batch
from broadcasts.outcome import Held, Outcome


class Senders:
    """`broadcasts.delivery.Sender` on the real platforms: exactly one sending call for one batch."""

    def __init__(self, runtime: Runtime, platforms: Platforms, *, pace: Pace | None = None) -> None:
        pace = pace or Pace(runtime.settings.broadcasts.webhook_per_minute, clock=runtime.clock)
        self._runtime = runtime
        self._account = Account(runtime, platforms.account)
        webhooks = GroupWebhooks(runtime, platforms.webhooks, pace)
        self._ways: Mapping[Channel, Callable[[Batch], Outcome]] = {
            Channel.OFFICIAL_ACCOUNT: self._account.send,
            Channel.RELAY: self._account.send,
            Channel.WECOM_WEBHOOK: webhooks.send,
            Channel.WECOM_CUSTOMER_GROUP: CustomerGroups(runtime, platforms.corp).send,
        }

    def send(self, batch: Batch) -> Outcome:
        """Never raises what the platform said; anything else leaves the batch in doubt, as it should."""
        try:
            outcome = self._ways[batch.channel](batch)
        except PlatformError as error:
            way = _way(batch, error)
            outcome = outcome_of(Refusal(error, way, self._runtime.clock()))
            if isinstance(outcome, Held):
                self._account.close_window(batch)
        kind = type(outcome).__name__.lower()
        self._runtime.metrics.deliveries.labels(batch.channel, kind).inc(len(batch.deliveries))
        return outcome


def _way(batch: Batch, error: PlatformError) -> Way:
    if batch.channel in WAYS:
        return WAYS[batch.channel]
    return Way.MASS if error.endpoint == mass.SEND else Way.FOLLOW_UP


WAYS: Mapping[Channel, Way] = {
    Channel.WECOM_WEBHOOK: Way.WEBHOOK,
    Channel.WECOM_CUSTOMER_GROUP: Way.GROUP_TASK,
    Channel.RELAY: Way.FOLLOW_UP,
}
