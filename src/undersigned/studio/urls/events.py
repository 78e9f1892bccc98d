"""Who did what."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import events

urlpatterns = [
    path("letters/<slug:slug>/events/", events.of_letter, name="studio-events"),
    path(
        "letters/<slug:slug>/events/<str:form>/", events.file_of_letter, name="studio-events-file"
    ),
    path("teams/<uuid:team>/events/", events.of_team, name="studio-team-events"),
    path(
        "teams/<uuid:team>/events/<str:form>/", events.file_of_team, name="studio-team-events-file"
    ),
]
