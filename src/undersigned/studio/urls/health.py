"""For whoever runs the installation."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import health

urlpatterns = [path("health/", health.show_health, name="studio-health")]
