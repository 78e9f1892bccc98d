"""The page for monitors."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import OperationalError, connections
from django.test import Client


@pytest.mark.django_db
def test_a_site_that_works_says_ok(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response.headers["Cache-Control"] == "no-store"
    assert client.head("/healthz").status_code == 200
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_a_site_without_its_database_says_so_and_no_more(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    secret = OperationalError("could not connect to postgres://user:secret@db.example.org")
    with patch.object(type(connections["default"]), "cursor", side_effect=secret):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"unavailable\n")
    assert "secret" not in str(response.headers)
    assert [record.getMessage() for record in caplog.records if "undersigned" in record.name] == [
        "The database does not answer (OperationalError)."
    ]
