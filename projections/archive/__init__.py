"""The archive: the log copied into PostgreSQL, message by message, without a gap. All readers read it here."""
