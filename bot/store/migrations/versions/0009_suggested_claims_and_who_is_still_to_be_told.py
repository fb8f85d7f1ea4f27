"""Claims suggested for a report, and who is still to be told"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.declarative import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reports", sa.Column("suggested_claim_id", sa.String(length=80), nullable=True))
    op.add_column("reports", sa.Column("held_until", UtcDateTime(), nullable=True))
    op.create_index("ix_reports_suggested_claim_id", "reports", ["suggested_claim_id"])
    op.create_index("ix_reports_claim_id_told_version", "reports", ["claim_id", "told_version"])
    op.create_index("ix_reports_state_fit_number", "reports", ["state", "fit", "number"])
    op.add_column("claims", sa.Column("untold_since", UtcDateTime(), nullable=True))
    op.create_index("ix_claims_untold_since", "claims", ["untold_since"])


def downgrade() -> None:
    op.drop_index("ix_claims_untold_since", "claims")
    op.drop_column("claims", "untold_since")
    op.drop_index("ix_reports_state_fit_number", "reports")
    op.drop_index("ix_reports_claim_id_told_version", "reports")
    op.drop_index("ix_reports_suggested_claim_id", "reports")
    op.drop_column("reports", "held_until")
    op.drop_column("reports", "suggested_claim_id")
