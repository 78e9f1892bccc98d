"""Requests of people about what is held of them."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import requests

_ONE = "teams/<uuid:team>/requests/<uuid:look_up>/"

urlpatterns = [
    path("teams/<uuid:team>/requests/", requests.look_ups, name="studio-requests"),
    path(_ONE, requests.one, name="studio-request"),
    path(f"{_ONE}progress/", requests.progress, name="studio-request-progress"),
    path(f"{_ONE}file/", requests.export, name="studio-request-file"),
    path(f"{_ONE}erase/", requests.erase, name="studio-request-erase"),
]
