"""Broadcasts as a system writes them."""

from datetime import datetime, timedelta

from bot.runtime import Runtime


def a_broadcast(runtime: Runtime, *areas: str, **changes: object) -> dict[str, object]:
    """In the form of the interface: a notice to one county in an hour, valid for three days."""
    now = runtime.clock()
    body: dict[str, object] = {
        "kind": "notice",
        "title": "停水通知",
        "body": "今晚停水，请提前备水。",
        "audience": {"area_codes": list(areas or ("621121000000",)), "tags": []},
        "channels": ["official_account", "relay"],
        "schedule": {"at": written(now + timedelta(hours=1))},
        "valid_until": written(now + timedelta(days=3)),
    }
    body.update(changes)
    return {name: value for name, value in body.items() if value is not None}


def written(moment: datetime) -> str:
    return moment.isoformat()
