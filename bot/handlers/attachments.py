"""Pictures, voice without a transcript, videos, places, files: read, or a plain word on what to send instead."""

from bot import wording
from bot.handlers.context import Context
from bot.messages import Inbound, Kind, Reply, Text, Work
from bot.store import screenshots

NAME = "attachments"

UNREADABLE = frozenset({Kind.VIDEO, Kind.SHORT_VIDEO, Kind.PLACE, Kind.FILE, Kind.UNSUPPORTED})


def matches(message: Inbound, context: Context) -> bool:
    speechless = message.kind is not Kind.MENU and not context.words.strip()
    return message.kind in UNREADABLE or speechless


def handle(message: Inbound, context: Context) -> Reply:
    if message.kind is not Kind.IMAGE:
        return Text(wording.UNSUPPORTED.get(message.kind, wording.UNSUPPORTED[Kind.UNSUPPORTED]))
    if not context.runtime.settings.screenshots.enabled:
        return Text(wording.NO_PICTURES)
    screenshots.add(
        context.session, message, context.resident.id, vault=context.runtime.vault, now=context.now
    )
    return Text(wording.READING_PICTURE, then=Work.SCREENSHOTS)
