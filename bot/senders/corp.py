"""WeCom's two ways: the webhook of a group of the office's own people, and a task for a residents' group's owner."""

from bot.runtime import Runtime
from bot.senders.pace import Pace
from bot.store import groups
from bot.store.outbox import OFFICE
from bot.wechat.client import PlatformClient
from bot.wecom import customer_groups
from bot.wecom.webhook import Webhooks
from broadcasts.delivery import Batch
from broadcasts.outcome import Accepted, Delivered, Failed, Outcome, Skipped
from broadcasts.pacing import Lane


class GroupWebhooks:
    """What it accepts stands in the group at once: delivered. Each key takes only so many a minute."""

    def __init__(self, runtime: Runtime, webhooks: Webhooks, pace: Pace) -> None:
        self._runtime = runtime
        self._webhooks = webhooks
        self._pace = pace

    def send(self, batch: Batch) -> Outcome:
        """Raises PlatformError."""
        (delivery,) = batch.deliveries
        key = self._office_key() if delivery.recipient == OFFICE else self._group_key(delivery.recipient)
        if not key:
            return Skipped("no_office_webhook" if delivery.recipient == OFFICE else "group_without_webhook")
        self._pace.wait(key, lane=Lane.REPLY if delivery.broadcast_id is None else Lane.BULK)
        self._webhooks.send_text(key, text=batch.body)
        return Delivered()

    def _office_key(self) -> str:
        return self._runtime.settings.wecom.staff_webhook_key.get_secret_value()

    def _group_key(self, group_id: int) -> str:
        with self._runtime.database.reading() as session:
            return groups.webhook_key_of(session, group_id, self._runtime.vault) or ""


class CustomerGroups:
    """Creates tasks. Until the owner confirms, nobody has received anything: accepted, never delivered."""

    def __init__(self, runtime: Runtime, client: PlatformClient | None) -> None:
        self._runtime = runtime
        self._client = client

    def send(self, batch: Batch) -> Outcome:
        """Raises PlatformError."""
        if self._client is None:
            return Skipped("wecom_not_configured")
        (delivery,) = batch.deliveries
        with self._runtime.database.reading() as session:
            group = groups.find_group(session, delivery.recipient)
        if group is None or not group.chat_id or not group.owner_userid:
            return Skipped("group_without_owner")
        task = customer_groups.create(
            self._client, group.owner_userid, chat_ids=[group.chat_id], text=batch.body
        )
        return Failed("group_not_the_owners") if group.chat_id in task.failed else Accepted(task.msg_id)
