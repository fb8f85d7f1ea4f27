"""Residents, broadcasts and deliveries as rows to test the store with."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from secrets import choice

from sqlalchemy import select

from bot.store import areas, broadcasts, grid_workers, outbox, reports, residents
from bot.store.engine import Database, Session
from bot.store.grid_workers import Appointment
from bot.store.inquiries import IntakeChannel, ReportState
from bot.store.tables import DeliveryRow
from bot.store.vault import Vault
from broadcasts import lifecycle
from broadcasts.broadcast import Broadcast
from broadcasts.content import Channel
from broadcasts.delivery import Delivery
from tests.bot.places import AREAS
from tests.broadcasts.builders import DUE, an_approved

NOW = datetime(2022, 7, 14, 4, 0, tzinfo=UTC)


def an_openid(number: int = 1) -> str:
    """28 characters, as the platform's are."""
    return f"oStore{number:0>22}"


def a_resident(
    database: Database, vault: Vault, number: int = 1, *, community: str | None = None, follows: bool = True
) -> int:
    with database.transaction() as session:
        found = residents.recognise(session, an_openid(number), vault=vault, now=NOW)
        if follows:
            residents.follow(session, found.id, NOW)
        if community:
            residents.bind_community(session, found.id, community)
        return found.id


def a_worker(
    database: Database, vault: Vault, community: str, *, name: str = "示例网格员", bound_to: int | None = None
) -> int:
    appointment = Appointment(community, "一网格", name, "0000")
    with database.transaction() as session:
        _, issued = grid_workers.appoint(session, [appointment], vault=vault, choose=choice)
        if bound_to is not None:
            grid_workers.bind(session, issued[0].worker.id, bound_to, now=NOW)
        return issued[0].worker.id


def put_report(
    session: Session,
    text: str,
    *,
    resident_id: int | None = None,
    state: ReportState = ReportState.NEW,
    claim_id: str | None = None,
    area_code: str | None = None,
    channel: IntakeChannel = IntakeChannel.CHAT,
    likelihood: float = 0.9,
    reasons: tuple[str, ...] = (),
    now: datetime = NOW,
) -> int:
    """What somebody wrote, as a chat message that nobody has looked at yet; its number."""
    return reports.add_report(
        session,
        resident_id=resident_id,
        text=text,
        state=state,
        claim_id=claim_id,
        area_code=area_code,
        channel=channel,
        likelihood=likelihood,
        reasons=reasons,
        now=now,
    )


def store_areas(database: Database) -> None:
    with database.transaction() as session:
        areas.replace_or_add(session, AREAS)


def a_follow_up(recipient: int, *, key: str = "answer1", **fields: object) -> Delivery:
    delivery = Delivery(
        id=0,
        channel=Channel.OFFICIAL_ACCOUNT,
        recipient=recipient,
        body="您的问题有答复了。",
        client_msg_id=key,
        not_before=NOW,
    )
    return replace(delivery, **fields)  # type: ignore[arg-type] # the fields of a delivery, by name


def a_sending_broadcast(database: Database, broadcast_id: str = "b1") -> Broadcast:
    """A broadcast that is being sent, in the table."""
    approved = replace(an_approved(), id=broadcast_id)
    sending = lifecycle.start(approved, at=DUE, occurrence=DUE, recipients=2)
    with database.transaction() as session:
        broadcasts.save(session, sending, now=NOW)
    return sending


def halted(database: Database, broadcast: Broadcast) -> None:
    with database.transaction() as session:
        after = lifecycle.halt(broadcast, reason="规定变了")
        broadcasts.save(session, after, now=NOW, was=broadcast)


def queued(database: Database, vault: Vault, deliveries: Iterable[Delivery]) -> None:
    with database.transaction() as session:
        outbox.queue(session, deliveries, vault=vault, now=NOW)


def rows_of(database: Database) -> list[DeliveryRow]:
    with database.reading() as session:
        return list(session.scalars(select(DeliveryRow).order_by(DeliveryRow.id)))


def statuses(database: Database) -> list[str]:
    """In the order in which they were queued."""
    return [row.status for row in rows_of(database)]
