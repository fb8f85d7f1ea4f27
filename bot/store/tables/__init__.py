"""SQLAlchemy rows. They never leave `bot.store`."""

from bot.store.tables.areas import AreaRow, GridWorkerRow, GroupRow, HouseholdRow
from bot.store.tables.broadcasts import BroadcastRow, BroadcastRunRow, DeliveryRow, RelayTaskRow
from bot.store.tables.declarative import Table
from bot.store.tables.headcounts import HeadcountDriveRow, HeadcountRow, NoticeRow
from bot.store.tables.inquiries import AlertRow, QuestionRow, ReportRow, TicketRow
from bot.store.tables.knowledge import ArticleRow, ClaimRow, RevisionRow
from bot.store.tables.operations import AuditEventRow, LeaseRow, PlatformTokenRow, StaffRow
from bot.store.tables.residents import (
    ConversationRow,
    InboxRow,
    NonceRow,
    OpenidRow,
    ResidentRow,
    ScreenshotRow,
)

__all__ = [
    "AlertRow",
    "AreaRow",
    "ArticleRow",
    "AuditEventRow",
    "BroadcastRow",
    "BroadcastRunRow",
    "ClaimRow",
    "ConversationRow",
    "DeliveryRow",
    "GridWorkerRow",
    "GroupRow",
    "HeadcountDriveRow",
    "HeadcountRow",
    "HouseholdRow",
    "InboxRow",
    "LeaseRow",
    "NonceRow",
    "NoticeRow",
    "OpenidRow",
    "PlatformTokenRow",
    "QuestionRow",
    "RelayTaskRow",
    "ReportRow",
    "ResidentRow",
    "RevisionRow",
    "ScreenshotRow",
    "StaffRow",
    "Table",
    "TicketRow",
]
