"""Alembic migrations; `bot.store.schema` runs them."""
