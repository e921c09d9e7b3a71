"""Django's SQLite with the Swedish collation, which PostgreSQL already has."""

from typing import Any

from django.db.backends.sqlite3 import base

from kit.ordering import COLLATION, compared


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.create_collation(COLLATION, compared)
        return connection
