"""The index of rehearsals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table `rehearsals`."""
    op.create_table(
        "rehearsals",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("scenario_id", sa.String(200), nullable=False),
        sa.Column("scenario_title", sa.Text(), nullable=False),
        sa.Column("locale", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_sec", sa.Float(53), nullable=True),
        sa.Column("end_reason", sa.String(40), nullable=True),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("recovered", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_rehearsals_state", "rehearsals", ["state"])
    op.create_index("ix_rehearsals_started_at", "rehearsals", ["started_at"])


def downgrade() -> None:
    """Drop it; the folders stay."""
    op.drop_table("rehearsals")
