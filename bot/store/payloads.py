"""An inbound message as JSON, for the sealed column it waits in until it is answered."""

import json
from datetime import datetime

from bot.messages import Inbound, Kind


def write_inbound(inbound: Inbound) -> str:
    """JSON that `read_inbound` turns back into the same message."""
    return json.dumps(
        {
            "kind": inbound.kind,
            "openid": inbound.openid,
            "account": inbound.account,
            "created_at": inbound.created_at.isoformat(),
            "dedup_key": inbound.dedup_key,
            "text": inbound.text,
            "media_id": inbound.media_id,
            "event_key": inbound.event_key,
            "menu_id": inbound.menu_id,
            "details": inbound.details,
        },
        ensure_ascii=False,
    )


def read_inbound(payload: str) -> Inbound:
    """The message again."""
    fields = json.loads(payload)
    return Inbound(
        kind=Kind(fields["kind"]),
        openid=fields["openid"],
        account=fields["account"],
        created_at=datetime.fromisoformat(fields["created_at"]),
        dedup_key=fields["dedup_key"],
        text=fields["text"],
        media_id=fields["media_id"],
        event_key=fields["event_key"],
        menu_id=fields["menu_id"],
        details=tuple((name, value) for name, value in fields["details"]),
    )
