"""Text in, judgement out. No rows, no network, no database, no clock."""
