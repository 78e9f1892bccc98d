"""What is kept, and until when."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import keeping

urlpatterns = [
    path("letters/<slug:slug>/kept/", keeping.look, name="studio-kept"),
    path("letters/<slug:slug>/kept/until/", keeping.choose, name="studio-kept-until"),
]
