"""A broadcast to very many, with how each delivery of it went."""

import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from benchmarks.bulk import insert_rows
from bot.store.tables import AreaRow, BroadcastRow, DeliveryRow
from broadcasts.audience import Audience
from broadcasts.content import BroadcastKind, Channel, ChannelText, Content, Once
from broadcasts.fingerprint import content_data

BROADCAST = "measured"


def add_deliveries(connection: Connection, count: int, now: datetime, chance: random.Random) -> None:
    """One broadcast to everybody: most arrived, some did not, and for what reason."""
    content = content_data(
        Content(
            kind=BroadcastKind.NOTICE,
            title="停水通知",
            texts=(ChannelText(Channel.OFFICIAL_ACCOUNT, "今晚停水，请提前备水。"),),
            audience=Audience(
                frozenset(connection.scalars(select(AreaRow.code).where(AreaRow.kind == "prefecture")))
            ),
            schedule=Once(now),
            valid_until=now + timedelta(days=3),
        )
    )
    broadcast = {"id": BROADCAST, "kind": "notice", "title": "停水通知", "status": "sending", "revision": 1}
    times = {"created_at": now, "updated_at": now, "valid_until": now + timedelta(days=3)}
    people = {"authors": ["示例1"], "created_by": "示例1"}
    connection.execute(insert(BroadcastRow), [{**broadcast, **times, **people, "content": content}])
    insert_rows(connection, DeliveryRow, (_delivery(number, now, chance) for number in range(count)))


def _delivery(number: int, now: datetime, chance: random.Random) -> dict[str, Any]:
    (channel,) = chance.choices(("official_account", "relay", "wecom_webhook"), (97, 2, 1))
    (status,) = chance.choices(("delivered", "accepted", "pending", "failed"), (70, 20, 8, 2))
    at = now - timedelta(seconds=chance.randrange(24 * 60 * 60))
    return {
        "broadcast_id": BROADCAST,
        "channel": channel,
        "recipient": number,
        "client_msg_id": f"run1.{number}{number % 2}" if channel == "relay" else f"run1m{number // 1_000}",
        "body_sealed": bytes(120),
        "status": status,
        "reason": chance.choice(["blocked", "gone"]) if status == "failed" else "",
        "not_before": at,
        "created_at": at,
        "updated_at": at,
    }
