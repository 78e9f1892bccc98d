"""A letter's figures."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import figures

urlpatterns = [
    path("letters/<slug:slug>/figures/", figures.show_figures, name="studio-figures"),
]
