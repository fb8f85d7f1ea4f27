"""A debunk that is on its way when its claim is corrected: nobody who has not got it gets it any more."""

from collections.abc import Callable

from sqlalchemy import select

from bot.access import Role
from bot.office import broadcasts, debunks
from bot.planning import plan_due
from bot.platforms import connect_platforms
from bot.runtime import Runtime
from bot.senders.post import Senders
from bot.store.outbox import BODY, DatabaseOutbox
from bot.store.tables import DeliveryRow
from broadcasts.delivery import deliver
from broadcasts.fingerprint import fingerprint
from tests.bot.office.acting import acting
from tests.bot.office.claims import corrected, published
from tests.clocks import TestClock
from tests.scenarios.phone import Phone
from tests.scenarios.test_response_loop import RUMOUR, open_claim, the_worker_works


def on_its_way(runtime: Runtime, clock: TestClock, claim_id: str) -> str:
    """Drafted with one click, approved by a second person, in the outbox; its id."""
    with acting(runtime, Role.EDITOR) as act:
        one = debunks.draft_debunk(act, claim_id)
        broadcasts.submit(act, one.id, seen=fingerprint(one.revision))
    with acting(runtime, Role.APPROVER) as act:
        broadcasts.approve(act, one.id, seen=fingerprint(one.revision))
    clock.advance(hours=1)
    assert plan_due(runtime) == 1
    return one.id


def bodies(runtime: Runtime, status: str, broadcast_id: str | None) -> list[str]:
    with runtime.database.reading() as session:
        rows = session.scalars(
            select(DeliveryRow).where(
                DeliveryRow.status == status, DeliveryRow.broadcast_id.is_not_distinct_from(broadcast_id)
            )
        )
        return [runtime.vault.open(row.body_sealed, BODY) for row in rows]


def test_what_has_not_gone_out_when_the_claim_is_corrected_stays_in(
    new_phone: Callable[[str], Phone], runtime: Runtime, clock: TestClock
) -> None:
    asker, neighbour = new_phone("asker"), new_phone("neighbour")
    for phone in (asker, neighbour):
        phone.follows(scene=phone.scene_of(runtime, "621121100201"))
    asker.says(RUMOUR)
    the_worker_works(runtime)
    claim_id = open_claim(runtime).id
    published(runtime, claim_id)
    the_worker_works(runtime)
    broadcast_id = on_its_way(runtime, clock, claim_id)
    outgoing = bodies(runtime, "pending", broadcast_id)
    assert outgoing

    corrected(runtime, claim_id)
    the_worker_works(runtime)
    senders = Senders(runtime, connect_platforms(runtime))
    deliver(DatabaseOutbox(runtime.database, runtime.vault), senders, clock=clock, limit=99)

    assert bodies(runtime, "cancelled", broadcast_id) == outgoing
    assert bodies(runtime, "pending", broadcast_id) == []
    corrections = [
        body
        for status in ("waiting", "delivered", "pending")
        for body in bodies(runtime, status, None)
        if body.startswith("更正")
    ]
    assert len(corrections) == 1
