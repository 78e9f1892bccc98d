"""What the HTTP server runs."""

from __future__ import annotations

import django
import pytest

from undersigned.website.front.app import Front


def test_the_server_runs_the_front(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django, "setup", lambda **_: None)  # it is, and the log is pytest's
    from undersigned.config import asgi

    assert isinstance(asgi.application, Front)
