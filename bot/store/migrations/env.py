"""Alembic's entry. The connection is handed in by `bot.store.schema`; nothing here reads a configuration."""

from alembic import context

from bot.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    compare_type=True,
    user_module_prefix="",
    include_name=context.config.attributes.get("include_name"),
    # SQLite cannot alter columns in place; batch mode copies the table instead.
    render_as_batch=context.config.attributes.get("batch", True),
)
with context.begin_transaction():
    context.run_migrations()
