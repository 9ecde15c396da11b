"""The store's connection -> Alembic: revisions run inside the one transaction that monitor/store/migrate.py opened."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
