"""First sign-ins, and sessions that stay ended"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.declarative import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff", sa.Column("opened_by", sa.String(length=60), nullable=True))
    op.add_column("staff", sa.Column("first_password_until", UtcDateTime(), nullable=True))
    op.add_column("staff", sa.Column("first_signed_in_at", UtcDateTime(), nullable=True))
    op.add_column("staff", sa.Column("sessions_ended", sa.Integer(), nullable=False, server_default="0"))
    # Whoever has a password of their own has been here; when they first came is not known better.
    op.execute("UPDATE staff SET first_signed_in_at = password_changed_at")


def downgrade() -> None:
    for name in ("sessions_ended", "first_signed_in_at", "first_password_until", "opened_by"):
        op.drop_column("staff", name)
