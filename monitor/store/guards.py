"""Dialect -> the raw SQL that Alembic cannot see: triggers that refuse edits, the search index, the queue's marks."""

from sqlalchemy import Connection, text

from monitor.store.tables import APPENDED, META, OPEN, PROJECTIONS

PLACE = f"open = CASE WHEN NEW.{OPEN} THEN 1 ELSE 0 END, priority = NEW.priority"
FOLLOW = f"UPDATE marks SET {PLACE} WHERE item = NEW.id"  # noqa: S608
# PostgreSQL keeps a search index of the open konten alone: of a common word's hits nine in ten are dealt with.
SHIFT = f"UPDATE item_search SET open = NEW.{OPEN} WHERE item = NEW.id AND open <> (NEW.{OPEN})"  # noqa: S608


def guard(connection: Connection) -> None:
    """Puts every guard in place; run after a table was rebuilt, for that drops its triggers silently."""
    for statement in guards(connection.dialect.name):
        connection.execute(text(statement))


def guards(dialect: str) -> list[str]:
    """Statements that make every guard anew, whatever stands there already."""
    return _sqlite() if dialect == "sqlite" else _postgres()


def fixed(table: str) -> str:
    """The columns of a table with a projection that never change, separated by commas."""
    return ", ".join(c.name for c in META.tables[table].columns if c.name not in PROJECTIONS[table])


def _sqlite() -> list[str]:
    made = [
        "CREATE VIRTUAL TABLE IF NOT EXISTS item_search USING"
        " fts5(words, marks, content='', tokenize='unicode61 remove_diacritics 0')",
        "CREATE VIRTUAL TABLE IF NOT EXISTS statement_search USING"
        " fts5(words, content='', tokenize='unicode61 remove_diacritics 0')",
    ]
    for table in APPENDED:
        columns = f" OF {fixed(table)}" if table in PROJECTIONS else ""
        made += _sqlite_trigger(f"{table}_no_update", f"BEFORE UPDATE{columns} ON {table}", _refusal(table))
        made += _sqlite_trigger(f"{table}_no_delete", f"BEFORE DELETE ON {table}", _refusal(table))
    return made + _sqlite_trigger("items_follow", "AFTER UPDATE OF state, priority ON items", FOLLOW)


def _sqlite_trigger(name: str, when: str, body: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name}", f"CREATE TRIGGER {name} {when} BEGIN {body}; END"]


def _refusal(table: str) -> str:
    return f"SELECT RAISE(ABORT, 'rows of {table} are appended, never changed')"


def _postgres() -> list[str]:
    made = [
        "CREATE TABLE IF NOT EXISTS item_search"
        " (item bigint PRIMARY KEY REFERENCES items (id), words tsvector NOT NULL, open boolean NOT NULL)",
        "CREATE INDEX IF NOT EXISTS item_search_words ON item_search USING gin (words)",
        "CREATE INDEX IF NOT EXISTS item_search_open ON item_search USING gin (words) WHERE open",
        "CREATE TABLE IF NOT EXISTS statement_search"
        " (statement bigint PRIMARY KEY REFERENCES statements (id), words tsvector NOT NULL)",
        "CREATE INDEX IF NOT EXISTS statement_search_words ON statement_search USING gin (words)",
        # So that the planner knows how rare the 10,000 most frequent words are, instead of the first 1,000.
        "ALTER TABLE item_search ALTER COLUMN words SET STATISTICS 1000",
        "CREATE OR REPLACE FUNCTION jernih_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'rows of % are appended, never changed', TG_TABLE_NAME"
        " USING ERRCODE = 'restrict_violation'; END $$",
        "CREATE OR REPLACE FUNCTION jernih_follow() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {FOLLOW}; {SHIFT}; RETURN NULL; END $$",
    ]
    for table in APPENDED:
        columns = f" OF {fixed(table)}" if table in PROJECTIONS else ""
        made += _postgres_trigger(f"{table}_no_update", table, f"BEFORE UPDATE{columns}", "ROW", "jernih_refuse")
        made += _postgres_trigger(f"{table}_no_delete", table, "BEFORE DELETE", "ROW", "jernih_refuse")
        made += _postgres_trigger(f"{table}_no_truncate", table, "BEFORE TRUNCATE", "STATEMENT", "jernih_refuse")
    return made + _postgres_trigger(
        "items_follow", "items", "AFTER UPDATE OF state, priority", "ROW", "jernih_follow"
    )


def _postgres_trigger(name: str, table: str, when: str, each: str, function: str) -> list[str]:
    return [
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()",
    ]
