"""What the HTTP server runs."""

from __future__ import annotations

import sys
from importlib import import_module

import django
import pytest
from django.urls import get_resolver
from django.utils import translation
from django.utils.translation import trans_real

from undersigned.config.catalogues import Catalogue
from undersigned.website.front.app import Front


def test_the_server_runs_the_front(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django, "setup", lambda **_: None)  # it is, and the log is pytest's
    from undersigned.config import asgi

    assert isinstance(asgi.application, Front)


def test_languages_share_addresses_and_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django, "setup", lambda **_: None)
    monkeypatch.setattr(trans_real, "DjangoTranslation", None)
    monkeypatch.delitem(sys.modules, "undersigned.config.asgi", raising=False)

    assert isinstance(import_module("undersigned.config.asgi").application, Front)
    assert trans_real.DjangoTranslation is Catalogue
    with translation.override("de"):
        addresses = get_resolver().reverse_dict
    with translation.override("ar"):
        assert get_resolver().reverse_dict is addresses
