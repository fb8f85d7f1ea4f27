"""What is sent out: broadcasts, their runs, one delivery row per recipient or group, relay tasks."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.declarative import Table


class BroadcastRow(Table):
    """A broadcast and its current revision; `content` is the whole of what approval binds.

    `claim_id` and `claim_version`: which verdict it was drafted from; what overtakes that verdict stops it.
    """

    __tablename__ = "broadcasts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    status: Mapped[str] = mapped_column(String(12), index=True)
    revision: Mapped[int]
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    authors: Mapped[list[str]] = mapped_column(JSON)
    created_by: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    submitted_by: Mapped[str | None] = mapped_column(String(60))
    approved_by: Mapped[str | None] = mapped_column(String(60))
    approved_at: Mapped[datetime | None]
    approved_fingerprint: Mapped[str | None] = mapped_column(String(64))
    reason: Mapped[str | None] = mapped_column(Text)
    claim_id: Mapped[str | None] = mapped_column(String(80), index=True)
    claim_version: Mapped[int | None]
    valid_until: Mapped[datetime]
    updated_at: Mapped[datetime]


class BroadcastRunRow(Table):
    """One occurrence of a broadcast. The unique pair is what keeps a restart from planning it twice."""

    __tablename__ = "broadcast_runs"
    __table_args__ = (UniqueConstraint("broadcast_id", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    broadcast_id: Mapped[str] = mapped_column(ForeignKey("broadcasts.id"), index=True)
    revision: Mapped[int]
    due_at: Mapped[datetime]
    planned_at: Mapped[datetime]
    skipped_because: Mapped[str | None] = mapped_column(String(60))


class DeliveryRow(Table):
    """One thing to one recipient: a broadcast's share, a follow-up, an alert. Recipients are ids, never openids.

    Rows that go out in one platform call share `client_msg_id`. `recipient` is a resident's, group's or grid worker's
    id, as the channel says; `resident_id` is set as well when it ends on a resident's phone.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        Index("ix_deliveries_due", "status", "not_before"),
        # How many stand where is counted from this alone: a broadcast may have a million.
        Index("ix_deliveries_counted", "broadcast_id", "channel", "status", "reason"),
        Index("ix_deliveries_updated", "broadcast_id", "updated_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    broadcast_id: Mapped[str | None] = mapped_column(ForeignKey("broadcasts.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("broadcast_runs.id"), index=True)
    channel: Mapped[str] = mapped_column(String(24))
    recipient: Mapped[int]
    resident_id: Mapped[int | None] = mapped_column(
        ForeignKey("residents.id", ondelete="CASCADE"), index=True
    )
    client_msg_id: Mapped[str] = mapped_column(String(32), index=True)
    body_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[str] = mapped_column(String(12))
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    platform_id: Mapped[str] = mapped_column(String(64), default="", index=True)
    reason: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class RelayTaskRow(Table):
    """A grid worker is asked to carry a text into a village group by hand, and says when it is done."""

    __tablename__ = "relay_tasks"
    __table_args__ = (UniqueConstraint("run_id", "grid_worker_id", "group_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("broadcast_runs.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    grid_worker_id: Mapped[int] = mapped_column(ForeignKey("grid_workers.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id"))
    status: Mapped[str] = mapped_column(String(12), index=True)
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(80), default="")
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
