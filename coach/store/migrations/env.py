"""Runs migrations on the connection that `coach.store.migrate` hands over."""

from __future__ import annotations

from alembic import context

from coach.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite cannot alter most of a table in place.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
