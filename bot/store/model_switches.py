"""From which version of the models somebody went back: the audit trail knows, and nobody has to keep it a second time."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.store.tables import AuditEventRow

TRAINED, ROLLED_BACK = "models.trained", "models.rolled_back"


def rolled_back_from(session: Session) -> frozenset[str]:
    """The versions that were last left by going back, not by training another."""
    rows = session.execute(
        select(AuditEventRow.action, AuditEventRow.detail)
        .where(AuditEventRow.action.in_([TRAINED, ROLLED_BACK]))
        .order_by(AuditEventRow.id)
    )
    went_back = {
        str(detail.get("from" if action == ROLLED_BACK else "replaces")): action for action, detail in rows
    }
    return frozenset(version for version, action in went_back.items() if action == ROLLED_BACK)
