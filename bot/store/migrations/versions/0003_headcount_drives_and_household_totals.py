"""Headcount drives and household totals"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.declarative import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "headcount_drives",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("owner", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("delete_on", sa.Date(), nullable=False),
        sa.Column("notice_version", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["areas.code"], name="fk_headcount_drives_area_code_areas"),
        sa.PrimaryKeyConstraint("id", name="pk_headcount_drives"),
    )
    op.create_table(
        "headcounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.String(length=40), nullable=False),
        sa.Column("community_code", sa.String(length=12), nullable=True),
        sa.Column("household_code", sa.String(length=40), nullable=True),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("away", sa.Integer(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.Column("elderly", sa.Integer(), nullable=True),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_code"], ["areas.code"], name="fk_headcounts_community_code_areas"
        ),
        sa.ForeignKeyConstraint(
            ["drive_id"], ["headcount_drives.id"], name="fk_headcounts_drive_id_headcount_drives"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_headcounts_resident_id_residents", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_headcounts"),
    )
    op.create_index("ix_headcounts_community_code", "headcounts", ["community_code"])
    op.create_index("ix_headcounts_drive_id", "headcounts", ["drive_id"])
    op.create_index("ix_headcounts_resident_id", "headcounts", ["resident_id"])
    op.create_index("ix_headcounts_state", "headcounts", ["state"])
    op.create_table(
        "notices",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("drive_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("shown_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["drive_id"], ["headcount_drives.id"], name="fk_notices_drive_id_headcount_drives"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_notices_resident_id_residents", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resident_id", "drive_id", name="pk_notices"),
    )


def downgrade() -> None:
    op.drop_table("notices")
    op.drop_table("headcounts")
    op.drop_table("headcount_drives")
