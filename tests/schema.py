"""A database -> its schema as text, as the database itself tells it, so that two can be compared line by line."""

from sqlalchemy import Connection, text

SQLITE = (
    "SELECT type || ' ' || name || ': ' || coalesce(sql, '') FROM sqlite_master WHERE tbl_name != 'alembic_version'"
)
POSTGRES = (
    "SELECT 'column ' || table_name || '.' || column_name || ': ' || data_type || ' ' || is_nullable || ' '"
    " || coalesce(column_default, '') || ' ' || is_identity || ' ' || coalesce(identity_generation, '')"
    " FROM information_schema.columns WHERE table_schema = 'public' AND table_name != 'alembic_version'",
    "SELECT 'index ' || pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
    " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relname != 'alembic_version'",
    "SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT 'constraint ' || conrelid::regclass || ': ' || conname || ' ' || pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic%'",
    "SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT 'statistics ' || attrelid::regclass || '.' || attname || ': ' || attstattarget FROM pg_attribute"
    " WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r')"
    " AND attstattarget > 0",
    "SELECT 'view ' || viewname || definition FROM pg_views WHERE schemaname = 'public'",
)


def schema(connection: Connection) -> list[str]:
    """One line for each table or column, index, trigger, constraint, function and view; line breaks count as spaces."""
    queries = (SQLITE,) if connection.dialect.name == "sqlite" else POSTGRES
    return sorted(" ".join(line.split()) for query in queries for line in connection.scalars(text(query)))
