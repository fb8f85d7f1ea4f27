"""What approval binds, as bytes: one canonical form of a content, and its hash.

The same form is what the store keeps, so that what is read back can be hashed again and compared. Times are
written in UTC and channels and audience in one order: the same broadcast always gives the same fingerprint.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from broadcasts.audience import Audience
from broadcasts.broadcast import Revision
from broadcasts.content import BroadcastKind, Channel, ChannelText, Content, Once, Recurring, Schedule


def fingerprint(revision: Revision) -> str:
    """SHA-256 in hex over the canonical JSON of the revision's content. The number is no part of it: bytes are."""
    canonical = json.dumps(content_data(revision.content), sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode("ascii")).hexdigest()


def content_data(content: Content) -> dict[str, Any]:
    """The content as plain JSON data."""
    return {
        "kind": content.kind.value,
        "title": content.title,
        "texts": {item.channel.value: item.text for item in content.texts},
        "audience": {
            "area_codes": sorted(content.audience.area_codes),
            "tags": sorted(content.audience.tags),
        },
        "schedule": _schedule_data(content.schedule),
        "valid_until": _utc(content.valid_until),
        "urgent": content.urgent,
    }


def content_from(data: Mapping[str, Any]) -> Content:
    """The content that `content_data` wrote. Raises KeyError or ValueError on data it did not write."""
    return Content(
        kind=BroadcastKind(data["kind"]),
        title=data["title"],
        texts=tuple(ChannelText(Channel(name), text) for name, text in data["texts"].items()),
        audience=Audience(frozenset(data["audience"]["area_codes"]), frozenset(data["audience"]["tags"])),
        schedule=_schedule_from(data["schedule"]),
        valid_until=datetime.fromisoformat(data["valid_until"]),
        urgent=data["urgent"],
    )


def _schedule_data(schedule: Schedule) -> dict[str, str]:
    if isinstance(schedule, Once):
        return {"at": _utc(schedule.at)}
    return {"cron": schedule.cron, "until": _utc(schedule.until)}


def _schedule_from(data: Mapping[str, str]) -> Schedule:
    if "at" in data:
        return Once(datetime.fromisoformat(data["at"]))
    return Recurring(data["cron"], datetime.fromisoformat(data["until"]))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
