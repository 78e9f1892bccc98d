"""Rules that hold, and sweeps."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import rules

_RULES = "letters/<slug:slug>/rules"

urlpatterns = [
    path(f"{_RULES}/", rules.rules, name="studio-rules"),
    path(f"{_RULES}/stop/", rules.stop_ticked, name="studio-rules-stop"),
    path(f"{_RULES}/<int:rule>/stop/", rules.stop, name="studio-rule-stop"),
    path(f"{_RULES}/<int:rule>/count/", rules.count, name="studio-rule-count"),
    path(f"{_RULES}/sweeps/<uuid:sweep>/", rules.sweep, name="studio-sweep"),
    path(f"{_RULES}/sweeps/<uuid:sweep>/progress/", rules.progress, name="studio-sweep-progress"),
    path(f"{_RULES}/sweeps/<uuid:sweep>/run/", rules.run, name="studio-sweep-run"),
    path(f"{_RULES}/sweeps/<uuid:sweep>/cancel/", rules.cancel, name="studio-sweep-cancel"),
]
