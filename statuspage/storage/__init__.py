"""History that survives a restart: SQLAlchemy Core over SQLite, behind the port `Store`."""
