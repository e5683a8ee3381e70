"""Kinds of rehearsals, and what lists and trends need of scorecards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0004"
down_revision = "r0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column `kind`, and the table `results`, which the next start fills from the folders."""
    op.add_column("rehearsals", sa.Column("kind", sa.String(20), nullable=False, server_default="rehearsal"))
    op.create_index("ix_rehearsals_kind", "rehearsals", ["kind"])
    op.create_table(
        "results",
        sa.Column("rehearsal_id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    """Drop both; the folders stay."""
    op.drop_table("results")
    op.drop_index("ix_rehearsals_kind", "rehearsals")
    op.drop_column("rehearsals", "kind")
