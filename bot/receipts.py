"""Asks the platform what became of mass sends whose result event never came."""

from collections.abc import Mapping
from datetime import timedelta

import structlog

from bot.errors import PlatformError
from bot.runtime import Runtime
from bot.store import outbox, receipts
from bot.wechat import mass
from bot.wechat.client import PlatformClient
from bot.wechat.mass import MassStatus
from broadcasts.outcome import Delivered, Failed, Outcome

log = structlog.get_logger()

# The event usually comes within minutes; asked for longer than this the platform knows nothing any more.
PATIENCE = timedelta(minutes=5)
GIVEN_UP_AFTER = timedelta(days=3)

SETTLED: Mapping[MassStatus, Outcome] = {
    MassStatus.SENT: Delivered(),
    MassStatus.FAILED: Failed("platform_said:send_fail"),
    MassStatus.DELETED: Failed("platform_said:deleted"),
}


def ask_for_receipts(runtime: Runtime, client: PlatformClient) -> int:
    """Settle what the platform has made up its mind about; how many deliveries changed."""
    now = runtime.clock()
    with runtime.database.reading() as session:
        asked = receipts.awaited(session, accepted_before=now - PATIENCE, after=now - GIVEN_UP_AFTER)
    return sum(_settle(runtime, client, platform_id) for platform_id in asked)


def _settle(runtime: Runtime, client: PlatformClient, platform_id: str) -> int:
    try:
        outcome = SETTLED.get(mass.status(client, platform_id))
    except PlatformError as error:
        log.info("receipt_not_told", code=error.code, rid=error.rid)
        return 0
    if outcome is None:
        return 0
    with runtime.database.transaction() as session:
        return outbox.settle_by_platform_id(session, platform_id, outcome, now=runtime.clock())
