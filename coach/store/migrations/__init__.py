"""Alembic migrations of the index, applied by `coach.store.migrate`."""
