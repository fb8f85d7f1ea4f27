"""The area tree, residents and the inbox"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.declarative import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "areas",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("parent_code", sa.String(length=12), nullable=True),
        sa.Column("risk", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(["parent_code"], ["areas.code"], name="fk_areas_parent_code_areas"),
        sa.PrimaryKeyConstraint("code", name="pk_areas"),
    )
    op.create_index("ix_areas_name", "areas", ["name"])
    op.create_index("ix_areas_parent_code", "areas", ["parent_code"])
    op.create_table(
        "nonces",
        sa.Column("nonce_hash", sa.String(length=64), nullable=False),
        sa.Column("dedup_key", sa.String(length=80), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("nonce_hash", name="pk_nonces"),
    )
    op.create_index("ix_nonces_seen_at", "nonces", ["seen_at"])
    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("chat_id", sa.String(length=64), nullable=True),
        sa.Column("owner_userid", sa.String(length=64), nullable=True),
        sa.Column("webhook_key_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["community_code"], ["areas.code"], name="fk_groups_community_code_areas"),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.UniqueConstraint("community_code", "name", name="uq_groups_community_code_name"),
    )
    op.create_index("ix_groups_community_code", "groups", ["community_code"])
    op.create_table(
        "households",
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("household_code", sa.String(length=40), nullable=False),
        sa.Column("grid", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_code"], ["areas.code"], name="fk_households_community_code_areas"
        ),
        sa.PrimaryKeyConstraint("community_code", "household_code", name="pk_households"),
    )
    op.create_table(
        "residents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_code", sa.String(length=12), nullable=True),
        sa.Column("followed_at", UtcDateTime(), nullable=True),
        sa.Column("unfollowed_at", UtcDateTime(), nullable=True),
        sa.Column("opted_out_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_message_at", UtcDateTime(), nullable=False),
        sa.Column("window_until", UtcDateTime(), nullable=True),
        sa.Column("window_left", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["community_code"], ["areas.code"], name="fk_residents_community_code_areas"),
        sa.PrimaryKeyConstraint("id", name="pk_residents"),
    )
    op.create_index("ix_residents_community_code", "residents", ["community_code"])
    op.create_table(
        "conversations",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"],
            ["residents.id"],
            name="fk_conversations_resident_id_residents",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("resident_id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_expires_at", "conversations", ["expires_at"])
    op.create_table(
        "grid_workers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community_code", sa.String(length=12), nullable=False),
        sa.Column("grid", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("phone_last4", sa.String(length=4), nullable=False),
        sa.Column("bind_code_hash", sa.String(length=64), nullable=True),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("bound_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_code"], ["areas.code"], name="fk_grid_workers_community_code_areas"
        ),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_grid_workers_resident_id_residents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_grid_workers"),
        sa.UniqueConstraint("bind_code_hash", name="uq_grid_workers_bind_code_hash"),
        sa.UniqueConstraint(
            "community_code",
            "grid",
            "name",
            "phone_last4",
            name="uq_grid_workers_community_code_grid_name_phone_last4",
        ),
        sa.UniqueConstraint("resident_id", name="uq_grid_workers_resident_id"),
    )
    op.create_index("ix_grid_workers_community_code", "grid_workers", ["community_code"])
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dedup_key", sa.String(length=80), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("claimed_until", UtcDateTime(), nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reply_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_inbox_resident_id_residents", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("dedup_key", name="uq_inbox_dedup_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    op.create_index("ix_inbox_resident_id", "inbox", ["resident_id"])
    op.create_index("ix_inbox_state", "inbox", ["state"])
    op.create_table(
        "openids",
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("openid_hash", sa.String(length=64), nullable=False),
        sa.Column("openid_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_openids_resident_id_residents", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("resident_id", name="pk_openids"),
        sa.UniqueConstraint("openid_hash", name="uq_openids_openid_hash"),
    )
    op.create_table(
        "screenshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_screenshots_resident_id_residents", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_screenshots"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_screenshots_resident_id", "screenshots", ["resident_id"])
    op.create_index("ix_screenshots_state", "screenshots", ["state"])


def downgrade() -> None:
    op.drop_table("screenshots")
    op.drop_table("openids")
    op.drop_table("inbox")
    op.drop_table("grid_workers")
    op.drop_table("conversations")
    op.drop_table("residents")
    op.drop_table("households")
    op.drop_table("groups")
    op.drop_table("nonces")
    op.drop_table("areas")
