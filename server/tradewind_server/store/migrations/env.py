"""Alembic's entry: runs on the connection that :mod:`tradewind_server.store.migrate` hands over."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes["metadata"],
    render_as_batch=context.config.attributes["batch"],
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
