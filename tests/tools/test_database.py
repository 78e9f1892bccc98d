"""The tests run on the database that was asked for, set up as a site's is."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    wanted = "postgresql" if settings.ENV.database_url else "sqlite"

    assert connection.vendor == wanted


@pytest.mark.django_db
@pytest.mark.skipif(bool(settings.ENV.database_url), reason="about SQLite's file")
def test_sqlite_is_a_file_with_a_write_ahead_log(data_directory: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
    assert Path(connection.settings_dict["NAME"]) == data_directory / "test.sqlite3"
