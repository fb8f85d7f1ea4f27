"""Reports that belong to claims being looked into, and groups of questions"""

import sqlalchemy as sa
from alembic import op

from bot.store.tables.declarative import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_asked_at", UtcDateTime(), nullable=False),
        sa.Column("last_asked_at", UtcDateTime(), nullable=False),
        sa.Column("article_id", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_question_groups_article_id_articles"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_question_groups"),
    )
    op.create_index("ix_question_groups_article_id", "question_groups", ["article_id"])
    op.create_index("ix_question_groups_count", "question_groups", ["count"])
    op.create_index("ix_question_groups_last_asked_at", "question_groups", ["last_asked_at"])
    op.create_index("ix_question_groups_state", "question_groups", ["state"])
    op.create_table(
        "sightings",
        sa.Column("claim_id", sa.String(length=80), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name="fk_sightings_claim_id_claims", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", "area_code", name="pk_sightings"),
    )
    op.create_index("ix_sightings_area_code", "sightings", ["area_code"])
    op.add_column("questions", sa.Column("group_id", sa.Integer(), nullable=True))
    op.add_column("questions", sa.Column("fit", sa.String(length=10), nullable=True))
    op.create_index("ix_questions_group_id", "questions", ["group_id"])
    op.add_column("reports", sa.Column("fit", sa.String(length=10), nullable=True))
    op.add_column("reports", sa.Column("probability", sa.Double(), nullable=True))
    op.add_column(
        "reports", sa.Column("heard_where", sa.String(length=20), nullable=False, server_default="")
    )
    op.add_column("reports", sa.Column("reach", sa.String(length=12), nullable=False, server_default=""))
    op.add_column("reports", sa.Column("entered_by", sa.String(length=60), nullable=True))
    op.add_column("reports", sa.Column("told_version", sa.Integer(), nullable=True))
    op.add_column("reports", sa.Column("told_at", UtcDateTime(), nullable=True))
    op.drop_index("ix_reports_claim_id", "reports")
    op.drop_index("ix_reports_state", "reports")
    op.create_index("ix_reports_claim_id_reported_at", "reports", ["claim_id", "reported_at"])
    op.create_index("ix_reports_state_number", "reports", ["state", "number"])
    # What there is was published by an import, and whoever was answered at once got its only version.
    op.execute(
        "UPDATE claims SET "
        "report_count = (SELECT count(*) FROM reports WHERE reports.claim_id = claims.id), "
        "first_reported_at = (SELECT min(reported_at) FROM reports WHERE reports.claim_id = claims.id), "
        "last_reported_at = (SELECT max(reported_at) FROM reports WHERE reports.claim_id = claims.id)"
    )
    op.execute(
        "INSERT INTO sightings (claim_id, area_code, count, first_at, last_at) "
        "SELECT claim_id, coalesce(area_code, ''), count(*), min(reported_at), max(reported_at) FROM reports "
        "WHERE claim_id IS NOT NULL GROUP BY claim_id, coalesce(area_code, '')"
    )
    op.execute(
        "UPDATE reports SET told_version = 1 WHERE claim_id IS NOT NULL AND state IN ('answered', 'decided')"
    )


def downgrade() -> None:
    # An older program knows published claims only.
    op.execute(
        "UPDATE reports SET claim_id = NULL, state = 'new' "
        "WHERE claim_id IN (SELECT id FROM claims WHERE version = 0)"
    )
    op.drop_table("sightings")
    op.drop_index("ix_reports_state_number", "reports")
    op.drop_index("ix_reports_claim_id_reported_at", "reports")
    op.create_index("ix_reports_state", "reports", ["state"])
    op.create_index("ix_reports_claim_id", "reports", ["claim_id"])
    op.drop_column("reports", "told_at")
    op.drop_column("reports", "told_version")
    op.drop_column("reports", "entered_by")
    op.drop_column("reports", "reach")
    op.drop_column("reports", "heard_where")
    op.drop_column("reports", "probability")
    op.drop_column("reports", "fit")
    op.drop_index("ix_questions_group_id", "questions")
    op.drop_column("questions", "fit")
    op.drop_column("questions", "group_id")
    op.drop_table("question_groups")
