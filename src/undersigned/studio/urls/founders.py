"""The founding round, and the launch."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import founders

_BASE = "letters/<slug:slug>/founders/"

urlpatterns = [
    path(_BASE, founders.show, name="studio-founders"),
    path(f"{_BASE}start/", founders.start, name="studio-founders-start"),
    path(f"{_BASE}link/", founders.new_link, name="studio-founders-link"),
    path(f"{_BASE}plan/", founders.plan, name="studio-founders-plan"),
    path(f"{_BASE}plan/cancel/", founders.cancel, name="studio-founders-cancel"),
    path(f"{_BASE}launch/", founders.launch_now, name="studio-launch"),
]
