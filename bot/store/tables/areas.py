"""Where: the area tree by division code, grids, their workers, village groups."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.store.tables.declarative import Table


class AreaRow(Table):
    __tablename__ = "areas"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("areas.code"), index=True)
    risk: Mapped[str | None] = mapped_column(String(8))


class GridWorkerRow(Table):
    """A grid worker, bound to WeChat by a code given on paper; only the code's hash is kept. `dismissed_at`: since when they
    are none any more; what they carried stays theirs.
    """

    __tablename__ = "grid_workers"
    __table_args__ = (UniqueConstraint("community_code", "grid", "name", "phone_last4"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_code: Mapped[str] = mapped_column(ForeignKey("areas.code"), index=True)
    grid: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(40))
    phone_last4: Mapped[str] = mapped_column(String(4))
    bind_code_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"), unique=True)
    bound_at: Mapped[datetime | None]
    dismissed_at: Mapped[datetime | None]


class GroupRow(Table):
    """A village's chat group. A webhook key is a credential and lies sealed."""

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("community_code", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    community_code: Mapped[str] = mapped_column(ForeignKey("areas.code"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    chat_id: Mapped[str | None] = mapped_column(String(64))
    owner_userid: Mapped[str | None] = mapped_column(String(64))
    webhook_key_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    members: Mapped[int | None]


class HouseholdRow(Table):
    """A household code; which family it is stands on paper in the village, not here."""

    __tablename__ = "households"

    community_code: Mapped[str] = mapped_column(ForeignKey("areas.code"), primary_key=True)
    household_code: Mapped[str] = mapped_column(String(40), primary_key=True)
    grid: Mapped[str] = mapped_column(String(40))
