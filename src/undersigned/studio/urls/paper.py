"""Paper: sheets to print and to enter."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import paper

_BASE = "letters/<slug:slug>/paper/"

urlpatterns = [
    path(_BASE, paper.show, name="studio-paper"),
    path(f"{_BASE}new/", paper.enter, name="studio-paper-new"),
    path(f"{_BASE}blank/<str:code>.pdf", paper.blank, name="studio-paper-blank"),
    path(f"{_BASE}<uuid:paper>/", paper.correct, name="studio-paper-sheet"),
    path(f"{_BASE}<uuid:paper>/take-back/", paper.take_back, name="studio-paper-back"),
]
