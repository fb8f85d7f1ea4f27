"""Broadcasts, deliveries and relay tasks"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.declarative import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "broadcasts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(length=60), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_by", sa.String(length=60), nullable=True),
        sa.Column("approved_by", sa.String(length=60), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("approved_fingerprint", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("valid_until", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
    )
    op.create_index("ix_broadcasts_status", "broadcasts", ["status"])
    op.create_table(
        "broadcast_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("broadcast_id", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("planned_at", UtcDateTime(), nullable=False),
        sa.Column("skipped_because", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name="fk_broadcast_runs_broadcast_id_broadcasts"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast_runs"),
        sa.UniqueConstraint("broadcast_id", "due_at", name="uq_broadcast_runs_broadcast_id_due_at"),
    )
    op.create_index("ix_broadcast_runs_broadcast_id", "broadcast_runs", ["broadcast_id"])
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("broadcast_id", sa.String(length=32), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=24), nullable=False),
        sa.Column("recipient", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("client_msg_id", sa.String(length=32), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("platform_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["broadcast_id"], ["broadcasts.id"], name="fk_deliveries_broadcast_id_broadcasts"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_deliveries_resident_id_residents", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["broadcast_runs.id"], name="fk_deliveries_run_id_broadcast_runs"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
    )
    op.create_index("ix_deliveries_broadcast_id", "deliveries", ["broadcast_id"])
    op.create_index("ix_deliveries_client_msg_id", "deliveries", ["client_msg_id"])
    op.create_index("ix_deliveries_due", "deliveries", ["status", "not_before"])
    op.create_index("ix_deliveries_platform_id", "deliveries", ["platform_id"])
    op.create_index("ix_deliveries_resident_id", "deliveries", ["resident_id"])
    op.create_index("ix_deliveries_run_id", "deliveries", ["run_id"])
    op.create_table(
        "relay_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("grid_worker_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=80), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["grid_worker_id"], ["grid_workers.id"], name="fk_relay_tasks_grid_worker_id_grid_workers"
        ),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name="fk_relay_tasks_group_id_groups"),
        sa.ForeignKeyConstraint(
            ["run_id"], ["broadcast_runs.id"], name="fk_relay_tasks_run_id_broadcast_runs"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_relay_tasks"),
        sa.UniqueConstraint(
            "run_id", "grid_worker_id", "group_id", name="uq_relay_tasks_run_id_grid_worker_id_group_id"
        ),
    )
    op.create_index("ix_relay_tasks_grid_worker_id", "relay_tasks", ["grid_worker_id"])
    op.create_index("ix_relay_tasks_run_id", "relay_tasks", ["run_id"])
    op.create_index("ix_relay_tasks_status", "relay_tasks", ["status"])


def downgrade() -> None:
    op.drop_table("relay_tasks")
    op.drop_table("deliveries")
    op.drop_table("broadcast_runs")
    op.drop_table("broadcasts")
