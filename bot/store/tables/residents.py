"""Who writes to us, as little of it as will do; the openid lies apart, sealed."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.declarative import Table


class ResidentRow(Table):
    """A follower. `window_*` is what the platform still lets us send: how many follow-ups, until when."""

    __tablename__ = "residents"

    id: Mapped[int] = mapped_column(primary_key=True)
    community_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"), index=True)
    followed_at: Mapped[datetime | None]
    unfollowed_at: Mapped[datetime | None]
    opted_out_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    last_message_at: Mapped[datetime]
    window_until: Mapped[datetime | None]
    window_left: Mapped[int] = mapped_column(default=0)


class OpenidRow(Table):
    """The vault: the one place an openid lies, sealed, with a keyed hash to look it up."""

    __tablename__ = "openids"

    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True)
    openid_hash: Mapped[str] = mapped_column(String(64), unique=True)
    openid_sealed: Mapped[bytes] = mapped_column(LargeBinary)


class ConversationRow(Table):
    """Where a talk stands; it expires by itself."""

    __tablename__ = "conversations"

    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[str] = mapped_column(String(40))
    data: Mapped[dict[str, object]] = mapped_column(JSON)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class InboxRow(Table):
    """One received message, by its dedup key. Payload and reply lie sealed; the payload goes when answered."""

    __tablename__ = "inbox"
    # A purged message's number is never given again: follow-ups are keyed by it.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    dedup_key: Mapped[str] = mapped_column(String(80), unique=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12), index=True)
    attempt: Mapped[int] = mapped_column(default=1)
    claimed_until: Mapped[datetime]
    payload_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    reply_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    received_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]


class NonceRow(Table):
    """A request's timestamp and nonce, kept for the time window: the same pair with another message is a replay."""

    __tablename__ = "nonces"

    nonce_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    dedup_key: Mapped[str] = mapped_column(String(80))
    seen_at: Mapped[datetime] = mapped_column(index=True)


class ScreenshotRow(Table):
    """A picture waiting to be read. The media id lies sealed; the picture itself is never stored."""

    __tablename__ = "screenshots"
    # As for the inbox.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id", ondelete="CASCADE"), index=True)
    payload_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(12), index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    claimed_until: Mapped[datetime | None]
    received_at: Mapped[datetime]
