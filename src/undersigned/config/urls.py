"""Every address of the site."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("studio/", include("undersigned.studio.urls")),
    path("", include("undersigned.website.urls")),
]
handler400 = "undersigned.website.views.errors.bad_request"
handler404 = "undersigned.website.views.errors.not_found"
handler500 = "undersigned.website.views.errors.server_error"
