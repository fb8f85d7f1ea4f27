"""Which claim and version a broadcast debunks, and where an objection comes from"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("broadcasts", sa.Column("claim_id", sa.String(length=80), nullable=True))
    op.add_column("broadcasts", sa.Column("claim_version", sa.Integer(), nullable=True))
    op.create_index("ix_broadcasts_claim_id", "broadcasts", ["claim_id"])
    op.add_column("appeals", sa.Column("area_code", sa.String(length=12), nullable=True))
    op.create_index("ix_appeals_area_code", "appeals", ["area_code"])


def downgrade() -> None:
    op.drop_index("ix_appeals_area_code", "appeals")
    op.drop_column("appeals", "area_code")
    op.drop_index("ix_broadcasts_claim_id", "broadcasts")
    op.drop_column("broadcasts", "claim_version")
    op.drop_column("broadcasts", "claim_id")
