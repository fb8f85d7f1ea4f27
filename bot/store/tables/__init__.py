"""SQLAlchemy rows. They never leave `bot.store`."""

from bot.store.tables.areas import AreaRow, GridWorkerRow, GroupRow, HouseholdRow
from bot.store.tables.broadcasts import BroadcastRow, BroadcastRunRow, DeliveryRow, RelayTaskRow
from bot.store.tables.declarative import Table
from bot.store.tables.headcounts import HeadcountDriveRow, HeadcountRow, NoticeRow
from bot.store.tables.inquiries import (
    OTHERWISE,
    AlertRow,
    QuestionGroupRow,
    QuestionRow,
    ReportRow,
    SightingRow,
    TicketRow,
)
from bot.store.tables.knowledge import ArticleRow, ClaimRow, RevisionRow
from bot.store.tables.operations import DailyFigureRow, LeaseRow, OfficeAlertRow, PlatformTokenRow
from bot.store.tables.residents import (
    ConversationRow,
    InboxRow,
    NonceRow,
    OpenidRow,
    ResidentRow,
    ScreenshotRow,
)
from bot.store.tables.review import (
    AppealRow,
    ArticleVersionRow,
    ClaimActionRow,
    ClaimVersionRow,
    CommentRow,
    EvidenceRow,
    SnapshotRow,
)
from bot.store.tables.staff import (
    ApiTokenRow,
    AuditEventRow,
    IdempotencyKeyRow,
    RoleGrantRow,
    StaffRow,
    StaffSessionRow,
)

__all__ = [
    "OTHERWISE",
    "AlertRow",
    "ApiTokenRow",
    "AppealRow",
    "AreaRow",
    "ArticleRow",
    "ArticleVersionRow",
    "AuditEventRow",
    "BroadcastRow",
    "BroadcastRunRow",
    "ClaimActionRow",
    "ClaimRow",
    "ClaimVersionRow",
    "CommentRow",
    "ConversationRow",
    "DailyFigureRow",
    "DeliveryRow",
    "EvidenceRow",
    "GridWorkerRow",
    "GroupRow",
    "HeadcountDriveRow",
    "HeadcountRow",
    "HouseholdRow",
    "IdempotencyKeyRow",
    "InboxRow",
    "LeaseRow",
    "NonceRow",
    "NoticeRow",
    "OfficeAlertRow",
    "OpenidRow",
    "PlatformTokenRow",
    "QuestionGroupRow",
    "QuestionRow",
    "RelayTaskRow",
    "ReportRow",
    "ResidentRow",
    "RevisionRow",
    "RoleGrantRow",
    "ScreenshotRow",
    "SightingRow",
    "SnapshotRow",
    "StaffRow",
    "StaffSessionRow",
    "Table",
    "TicketRow",
]
