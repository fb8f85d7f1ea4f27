"""Pictures waiting to be read. The message is kept sealed; the picture itself is fetched, read and forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.messages import Inbound
from bot.store.payloads import read_inbound, write_inbound
from bot.store.tables import ScreenshotRow
from bot.store.turns import take_turn
from bot.store.vault import Vault

PURPOSE = "screenshot"
CLAIM_LASTS = timedelta(minutes=1)
# Reading changes nothing outside, so a picture whose reader died is read again; but not for ever.
MOST_ATTEMPTS = 3


class State(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Screenshot:
    """One picture in our hands: `attempt` says whose."""

    id: int
    resident_id: int
    attempt: int
    message: Inbound


def add(session: Session, message: Inbound, resident_id: int, *, vault: Vault, now: datetime) -> None:
    """Keep a picture for a worker to read."""
    sealed = vault.seal(write_inbound(message), PURPOSE)
    session.add(
        ScreenshotRow(resident_id=resident_id, payload_sealed=sealed, state=State.WAITING, received_at=now)
    )
    session.flush()


def claim(session: Session, *, vault: Vault, now: datetime) -> Screenshot | None:
    """The oldest picture nobody is reading."""
    take_turn(session, PURPOSE)
    abandoned = (ScreenshotRow.state == State.READING) & (ScreenshotRow.claimed_until <= now)
    row = session.scalar(
        select(ScreenshotRow)
        .where((ScreenshotRow.state == State.WAITING) | abandoned)
        .order_by(ScreenshotRow.id)
        .limit(1)
    )
    if row is None:
        return None
    row.state, row.attempts, row.claimed_until = State.READING, row.attempts + 1, now + CLAIM_LASTS
    session.flush()
    return Screenshot(
        row.id, row.resident_id, row.attempts, read_inbound(vault.open(row.payload_sealed, PURPOSE))
    )


def finish(session: Session, screenshot: Screenshot) -> bool:
    """The picture is read and answered; False when somebody else took it over meanwhile."""
    return _move(session, screenshot, State.READ)


def set_back(session: Session, screenshot: Screenshot) -> bool:
    """It could not be fetched now; True when it will be tried again, False when it is given up."""
    if screenshot.attempt >= MOST_ATTEMPTS:
        _move(session, screenshot, State.GIVEN_UP)
        return False
    return _move(session, screenshot, State.WAITING)


def forget(session: Session, resident_id: int) -> None:
    """Let go of one resident's pictures, read or not: the sealed message knows who sent it."""
    session.execute(delete(ScreenshotRow).where(ScreenshotRow.resident_id == resident_id))


def has_waiting(session: Session, *, now: datetime) -> bool:
    """Whether a worker would find something to read."""
    abandoned = (ScreenshotRow.state == State.READING) & (ScreenshotRow.claimed_until <= now)
    waiting = select(ScreenshotRow.id).where((ScreenshotRow.state == State.WAITING) | abandoned)
    return session.scalar(waiting.limit(1)) is not None


def _move(session: Session, screenshot: Screenshot, state: State) -> bool:
    moved = session.execute(
        update(ScreenshotRow)
        .where(
            ScreenshotRow.id == screenshot.id,
            ScreenshotRow.attempts == screenshot.attempt,
            ScreenshotRow.state == State.READING,
        )
        .values(state=state)
        .returning(ScreenshotRow.id)
    ).first()
    return moved is not None
