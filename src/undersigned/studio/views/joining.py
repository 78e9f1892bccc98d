"""The link in an invitation."""

from __future__ import annotations

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.studio.forms.accounts import JoinForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import open_page
from undersigned.studio.views.beginning import sign_in_newcomer
from undersigned.teams import inviting
from undersigned.teams.models import Invitation, Person
from undersigned.website.languages import DEFAULT


@require_http_methods(["GET", "POST"])
@open_page
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody new makes an account; somebody known signs in first, then accepts."""
    try:
        invitation = inviting.find(token, timezone.now())
        if isinstance(request.user, Person):
            return _join_as(request, request.user, token, invitation)
        if Person.objects.filter(email=invitation.email).exists():
            return redirect_to_login(request.get_full_path())
        return _join_new(request, token, invitation)
    except inviting.InvitationEnded:
        return render(request, "studio/link_ended.html", {"why": "invitation"}, status=410)


def _join_as(
    request: HttpRequest, person: Person, token: str, invitation: Invitation
) -> HttpResponse:
    if person.email != invitation.email:
        return render(
            request,
            "studio/join_other.html",
            {"invitation": invitation, "person": person},
            status=403,
        )
    if request.method == "GET":
        return render(request, "studio/join_as.html", {"invitation": invitation, "person": person})
    inviting.join_as(token, person)
    assert invitation.team is not None  # noqa: S101  `find` sees to it
    say_done(request, _("You now work with %(team)s.") % {"team": invitation.team.name})
    return redirect("studio")


def _join_new(request: HttpRequest, token: str, invitation: Invitation) -> HttpResponse:
    form = JoinForm(request.POST or None, email=invitation.email)
    if not (request.method == "POST" and form.is_valid()):
        status = 422 if form.is_bound else 200
        context = {"form": form, "invitation": invitation}
        return render(request, "studio/join.html", context, status=status)
    try:
        person = inviting.join(
            token,
            name=form.cleaned_data["name"],
            password=form.cleaned_data["password"],
            language=get_language() or DEFAULT,
        )
    except inviting.WrongPerson:  # made an account in another window meanwhile
        return redirect_to_login(request.get_full_path())
    return sign_in_newcomer(request, person)
