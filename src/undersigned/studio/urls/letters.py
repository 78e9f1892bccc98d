"""The first page, and letters as a whole."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import letters, overview

urlpatterns = [
    path("", letters.home, name="studio"),
    path("teams/<uuid:team>/letters/new/", letters.create, name="studio-letter-new"),
    path("letters/<slug:slug>/", overview.overview, name="studio-overview"),
]
