"""Every address of the site."""

from __future__ import annotations

from django.urls import include, path

from undersigned.config.reporting import service_hooks

urlpatterns = [
    path("studio/", include("undersigned.studio.urls")),
    *service_hooks(),
    path("", include("undersigned.website.urls")),
]
handler400 = "undersigned.website.views.errors.bad_request"
handler404 = "undersigned.website.views.errors.not_found"
handler500 = "undersigned.website.views.errors.server_error"
