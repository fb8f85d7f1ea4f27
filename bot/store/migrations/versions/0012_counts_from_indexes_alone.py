"""Deliveries and reports counted from indexes alone, deliveries listed by when they changed

There is no 0011.
"""

from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_deliveries_counted", "deliveries", ["broadcast_id", "channel", "status", "reason"])
    op.create_index("ix_deliveries_updated", "deliveries", ["broadcast_id", "updated_at", "id"])
    op.drop_index("ix_reports_claim_id_reported_at", "reports")
    op.create_index("ix_reports_claim_id_reported_at", "reports", ["claim_id", "reported_at", "fit"])
    op.create_index("ix_reports_claim_id_told_at", "reports", ["claim_id", "told_at", "told_version"])


def downgrade() -> None:
    op.drop_index("ix_reports_claim_id_told_at", "reports")
    op.drop_index("ix_reports_claim_id_reported_at", "reports")
    op.create_index("ix_reports_claim_id_reported_at", "reports", ["claim_id", "reported_at"])
    op.drop_index("ix_deliveries_updated", "deliveries")
    op.drop_index("ix_deliveries_counted", "deliveries")
