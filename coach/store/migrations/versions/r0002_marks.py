"""What streamers marked findings as."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table `marks`."""
    op.create_table(
        "marks",
        sa.Column("rehearsal_id", sa.String(64), primary_key=True),
        sa.Column("finding_id", sa.String(200), primary_key=True),
        sa.Column("rule", sa.String(200), nullable=False),
        sa.Column("mark", sa.String(20), nullable=False),
    )
    op.create_index("ix_marks_rule", "marks", ["rule"])


def downgrade() -> None:
    """Drop it; the folders keep the marks."""
    op.drop_table("marks")
