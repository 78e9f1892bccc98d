"""Coming in, and who is who."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import beginning, joining, teams, you

urlpatterns = [
    path("begin/<str:token>/", beginning.begin, name="studio-begin"),
    path("you/", you.change, name="studio-you"),
    path("join/<str:token>/", joining.join, name="studio-join"),
    path("teams/<uuid:team>/", teams.people, name="studio-team"),
    path("teams/<uuid:team>/invite/", teams.invite, name="studio-team-invite"),
    path("teams/<uuid:team>/members/<int:member>/", teams.change, name="studio-member"),
    path(
        "teams/<uuid:team>/invitations/<uuid:invitation>/withdraw/",
        teams.withdraw,
        name="studio-invitation-withdraw",
    ),
    path("letters/<slug:slug>/people/", teams.letter_people, name="studio-people"),
    path("letters/<slug:slug>/people/invite/", teams.letter_invite, name="studio-people-invite"),
    path(
        "letters/<slug:slug>/people/invitations/<uuid:invitation>/withdraw/",
        teams.letter_withdraw,
        name="studio-people-withdraw",
    ),
]
