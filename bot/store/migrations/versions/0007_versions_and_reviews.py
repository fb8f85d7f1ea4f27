"""Versions of articles and claims, reviews, evidence, appeals"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.declarative import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _new_tables()
    _new_columns()
    # What there is was published by an import, at its last change for all we know.
    op.execute("UPDATE claims SET published_at = updated_at")


def _new_tables() -> None:
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("author", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
    )
    op.create_index("ix_comments_subject", "comments", ["subject"])
    op.create_table(
        "snapshots",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("taken_at", UtcDateTime(), nullable=False),
        sa.Column("taken_by", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_snapshots"),
    )
    op.create_table(
        "article_versions",
        sa.Column("article_id", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("drafted_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_by", sa.String(length=60), nullable=True),
        sa.Column("approved_by", sa.String(length=60), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_article_versions_article_id_articles",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_article_versions"),
        sa.UniqueConstraint("article_id", "number", name="uq_article_versions_article_id_number"),
    )
    op.create_index("ix_article_versions_article_id", "article_versions", ["article_id"])
    op.create_table(
        "claim_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name="fk_claim_actions_claim_id_claims", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_claim_actions"),
    )
    op.create_index("ix_claim_actions_at", "claim_actions", ["at"])
    op.create_index("ix_claim_actions_claim_id", "claim_actions", ["claim_id"])
    op.create_table(
        "claim_versions",
        sa.Column("claim_id", sa.String(length=80), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("drafted_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_by", sa.String(length=60), nullable=True),
        sa.Column("approved_by", sa.String(length=60), nullable=True),
        sa.Column("approved_at", UtcDateTime(), nullable=True),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name="fk_claim_versions_claim_id_claims", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_claim_versions"),
        sa.UniqueConstraint("claim_id", "number", name="uq_claim_versions_claim_id_number"),
    )
    op.create_index("ix_claim_versions_claim_id", "claim_versions", ["claim_id"])
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(length=80), nullable=False),
        sa.Column("issuer", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("document_number", sa.String(length=80), nullable=False),
        sa.Column("url", sa.String(length=1000), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("snapshot_sha256", sa.String(length=64), nullable=True),
        sa.Column("added_by", sa.String(length=60), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name="fk_evidence_claim_id_claims", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_sha256"], ["snapshots.sha256"], name="fk_evidence_snapshot_sha256_snapshots"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
    )
    op.create_index("ix_evidence_claim_id", "evidence", ["claim_id"])
    op.create_table(
        "appeals",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.String(length=80), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=60), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name="fk_appeals_claim_id_claims", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["number"], ["tickets.number"], name="fk_appeals_number_tickets"),
        sa.ForeignKeyConstraint(
            ["resident_id"], ["residents.id"], name="fk_appeals_resident_id_residents", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("number", name="pk_appeals"),
    )
    op.create_index("ix_appeals_claim_id", "appeals", ["claim_id"])
    op.create_index("ix_appeals_resident_id", "appeals", ["resident_id"])
    op.create_index("ix_appeals_state", "appeals", ["state"])


def _new_columns() -> None:
    op.add_column("articles", sa.Column("source_snapshot", sa.String(length=64), nullable=True))
    op.add_column(
        "articles", sa.Column("state", sa.String(length=12), nullable=False, server_default="published")
    )
    op.add_column("articles", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("articles", sa.Column("edition", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("articles", sa.Column("owner", sa.String(length=60), nullable=True))
    op.add_column("articles", sa.Column("expiry_told_at", UtcDateTime(), nullable=True))
    op.create_index("ix_articles_owner", "articles", ["owner"])
    op.create_index("ix_articles_state", "articles", ["state"])
    op.create_index("ix_articles_updated_at", "articles", ["updated_at"])
    op.add_column(
        "claims", sa.Column("state", sa.String(length=16), nullable=False, server_default="published")
    )
    op.add_column("claims", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("claims", sa.Column("edition", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("claims", sa.Column("harm", sa.String(length=10), nullable=True))
    op.add_column("claims", sa.Column("risk", sa.String(length=10), nullable=True))
    op.add_column("claims", sa.Column("risk_reason", sa.Text(), nullable=False, server_default=""))
    op.add_column("claims", sa.Column("due_at", UtcDateTime(), nullable=True))
    op.add_column("claims", sa.Column("look_again_at", UtcDateTime(), nullable=True))
    op.add_column("claims", sa.Column("assigned_to", sa.String(length=60), nullable=True))
    op.add_column(
        "claims", sa.Column("verified_with", sa.String(length=120), nullable=False, server_default="")
    )
    op.add_column("claims", sa.Column("restricted", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("claims", sa.Column("merged_into", sa.String(length=80), nullable=True))
    op.add_column("claims", sa.Column("log", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("claims", sa.Column("report_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("claims", sa.Column("first_reported_at", UtcDateTime(), nullable=True))
    op.add_column("claims", sa.Column("last_reported_at", UtcDateTime(), nullable=True))
    op.add_column("claims", sa.Column("opened_at", UtcDateTime(), nullable=True))
    op.add_column("claims", sa.Column("published_at", UtcDateTime(), nullable=True))
    op.add_column("claims", sa.Column("closed_at", UtcDateTime(), nullable=True))
    op.add_column("claims", sa.Column("closed_by", sa.String(length=60), nullable=True))
    op.create_index("ix_claims_assigned_to", "claims", ["assigned_to"])
    op.create_index("ix_claims_due_at", "claims", ["due_at"])
    op.create_index("ix_claims_last_reported_at", "claims", ["last_reported_at"])
    op.create_index("ix_claims_merged_into", "claims", ["merged_into"])
    op.create_index("ix_claims_opened_at", "claims", ["opened_at"])
    op.create_index("ix_claims_published_at", "claims", ["published_at"])
    op.create_index("ix_claims_report_count", "claims", ["report_count"])
    op.create_index("ix_claims_risk", "claims", ["risk"])
    op.create_index("ix_claims_state", "claims", ["state"])
    op.create_index("ix_claims_state_due_at", "claims", ["state", "due_at"])
    op.create_index("ix_claims_state_last_reported_at", "claims", ["state", "last_reported_at"])
    op.create_index("ix_claims_updated_at", "claims", ["updated_at"])
    op.create_index("ix_claims_verdict", "claims", ["verdict"])


def downgrade() -> None:
    # An older program would publish what nobody has approved.
    op.execute("DELETE FROM claims WHERE version = 0")
    op.execute("DELETE FROM articles WHERE version = 0")
    _drop_columns()
    op.drop_table("appeals")
    op.drop_table("evidence")
    op.drop_table("claim_versions")
    op.drop_table("claim_actions")
    op.drop_table("article_versions")
    op.drop_table("snapshots")
    op.drop_table("comments")


def _drop_columns() -> None:
    op.drop_index("ix_claims_verdict", "claims")
    op.drop_index("ix_claims_updated_at", "claims")
    op.drop_index("ix_claims_state_last_reported_at", "claims")
    op.drop_index("ix_claims_state_due_at", "claims")
    op.drop_index("ix_claims_state", "claims")
    op.drop_index("ix_claims_risk", "claims")
    op.drop_index("ix_claims_report_count", "claims")
    op.drop_index("ix_claims_published_at", "claims")
    op.drop_index("ix_claims_opened_at", "claims")
    op.drop_index("ix_claims_merged_into", "claims")
    op.drop_index("ix_claims_last_reported_at", "claims")
    op.drop_index("ix_claims_due_at", "claims")
    op.drop_index("ix_claims_assigned_to", "claims")
    op.drop_column("claims", "closed_by")
    op.drop_column("claims", "closed_at")
    op.drop_column("claims", "published_at")
    op.drop_column("claims", "opened_at")
    op.drop_column("claims", "last_reported_at")
    op.drop_column("claims", "first_reported_at")
    op.drop_column("claims", "report_count")
    op.drop_column("claims", "log")
    op.drop_column("claims", "merged_into")
    op.drop_column("claims", "restricted")
    op.drop_column("claims", "verified_with")
    op.drop_column("claims", "assigned_to")
    op.drop_column("claims", "look_again_at")
    op.drop_column("claims", "due_at")
    op.drop_column("claims", "risk_reason")
    op.drop_column("claims", "risk")
    op.drop_column("claims", "harm")
    op.drop_column("claims", "edition")
    op.drop_column("claims", "version")
    op.drop_column("claims", "state")
    op.drop_index("ix_articles_updated_at", "articles")
    op.drop_index("ix_articles_state", "articles")
    op.drop_index("ix_articles_owner", "articles")
    op.drop_column("articles", "expiry_told_at")
    op.drop_column("articles", "owner")
    op.drop_column("articles", "edition")
    op.drop_column("articles", "version")
    op.drop_column("articles", "state")
    op.drop_column("articles", "source_snapshot")
