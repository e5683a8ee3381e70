"""Which rehearsals are shared for review, and what became of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables `reviews` and `review_texts`."""
    op.create_table(
        "reviews",
        sa.Column("rehearsal_id", sa.String(64), primary_key=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_by", sa.String(200), nullable=False),
        sa.Column("comments", sa.Integer(), nullable=False),
        sa.Column("unseen", sa.Integer(), nullable=False),
    )
    op.create_index("ix_reviews_shared_at", "reviews", ["shared_at"])
    op.create_table(
        "review_texts",
        sa.Column("rehearsal_id", sa.String(64), primary_key=True),
        sa.Column("comment_id", sa.String(64), primary_key=True),
        sa.Column("text_key", sa.String(64), nullable=False),
    )
    op.create_index("ix_review_texts_text_key", "review_texts", ["text_key"])


def downgrade() -> None:
    """Drop them; the folders keep the reviews."""
    op.drop_table("review_texts")
    op.drop_table("reviews")
