"""Messages whose worker died before it answered, and that the platform has stopped retrying: answered late."""

from datetime import timedelta

import structlog

from bot.inbound import Desk
from bot.runtime import Runtime
from bot.store import inbox

log = structlog.get_logger()

# The platform retries for a quarter of a minute; past that only we can take the message up again.
PATIENCE = timedelta(seconds=30)
AT_ONCE = 20


def has_abandoned(runtime: Runtime) -> bool:
    """Whether somebody waits for an answer that nobody works on."""
    before = runtime.clock() - PATIENCE
    with runtime.database.reading() as session:
        return bool(inbox.abandoned(session, before=before, vault=runtime.vault, limit=1))


def recover_messages(runtime: Runtime, desk: Desk) -> bool:
    """Answer some of them as follow-ups; False when there were none."""
    before = runtime.clock() - PATIENCE
    with runtime.database.reading() as session:
        found = inbox.abandoned(session, before=before, vault=runtime.vault, limit=AT_ONCE)
    for message in found:
        desk.recover(message)
    if found:
        log.warning("messages_recovered", count=len(found))
    return bool(found)
