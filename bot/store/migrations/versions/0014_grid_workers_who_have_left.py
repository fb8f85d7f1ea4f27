"""Grid workers who have left"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.declarative import UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("grid_workers", sa.Column("dismissed_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    # Whoever had left counts as not bound again: the program before this one knows no other word for it.
    op.drop_column("grid_workers", "dismissed_at")
