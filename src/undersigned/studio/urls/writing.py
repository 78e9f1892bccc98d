"""The text of a letter, its editions, and how it is set up."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import editions, history, preview, setting_up, text

_BASE = "letters/<slug:slug>/"

urlpatterns = [
    path(f"{_BASE}text/", text.edit, name="studio-text"),
    path(f"{_BASE}text/preview/", preview.show, name="studio-text-preview"),
    path(f"{_BASE}text/history/", history.show, name="studio-text-history"),
    path(f"{_BASE}text/history/compare/", history.compare, name="studio-text-compare"),
    path(
        f"{_BASE}text/history/<int:version>/restore/", history.restore, name="studio-text-restore"
    ),
    path(f"{_BASE}editions/", editions.show, name="studio-editions"),
    path(f"{_BASE}settings/", setting_up.edit, name="studio-settings"),
    path(f"{_BASE}settings/logo/", setting_up.logo, name="studio-logo"),
    path(f"{_BASE}settings/<str:act>/", setting_up.change_state, name="studio-state"),
]
