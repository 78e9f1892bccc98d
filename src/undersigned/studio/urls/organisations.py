"""The registry of organisations."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import organisations

_REGISTRY = "letters/<slug:slug>/organisations"

urlpatterns = [
    path(f"{_REGISTRY}/", organisations.browse, name="studio-organisations"),
    path(f"{_REGISTRY}/new/", organisations.register, name="studio-organisation-new"),
    path(f"{_REGISTRY}/<uuid:organisation>/", organisations.about, name="studio-organisation"),
    path(
        f"{_REGISTRY}/<uuid:organisation>/merge/",
        organisations.merge,
        name="studio-organisation-merge",
    ),
]
