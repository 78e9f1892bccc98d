"""People: who is in a team or works on a letter, as what, and who is invited."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.letters.models import Letter
from undersigned.letters.queries import letter_title
from undersigned.studio.forms.accounts import InviteForm, RoleForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page, show, team_page
from undersigned.studio.roles import ROLE_NAMES, role_choices
from undersigned.teams import changing, inviting
from undersigned.teams.models import Invitation, Membership, Role, Team
from undersigned.teams.queries import may, roles_in
from undersigned.teams.rules import Act


@require_safe
@team_page(None)
def people(request: StudioRequest, team: Team) -> HttpResponse:
    return show(
        request,
        "team.html",
        {
            "members": _members(team),
            "invitations": _waiting(team),
            "may_manage": may(request.user, Act.MANAGE_TEAM, team.pk),
            "role_names": ROLE_NAMES,
            "hosted": team,
        },
        team=team,
    )


@require_http_methods(["GET", "POST"])
@team_page(Act.MANAGE_TEAM)
def invite(request: StudioRequest, team: Team) -> HttpResponse:
    form = InviteForm(request.POST or None, roles=role_choices(frozenset({Role.OWNER})))
    if request.method == "POST" and form.is_valid():
        _invite(request, team, form, None)
        return redirect("studio-team", team.pk)
    context = {"form": form, "back": reverse("studio-team", args=[team.pk])}
    return show(request, "invite.html", context, team=team, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@team_page(Act.MANAGE_TEAM)
def change(request: StudioRequest, team: Team, member: int) -> HttpResponse:
    """Another role, or none any more."""
    membership = team.memberships.select_related("person").filter(pk=member).first()
    if membership is None:
        raise Http404
    roles = role_choices(frozenset({Role.OWNER}))
    if membership.letter:
        roles = [choice for choice in roles if choice[0] != Role.OWNER]
    form = RoleForm(request.POST or None, roles=roles, initial={"role": membership.role})
    status = 200
    if request.method == "POST":
        try:
            if "remove" in request.POST:
                changing.remove(membership, actor=request.user.name)
                say_done(request, _("%(name)s is not in the team any more.") % _named(membership))
                return redirect("studio")
            if form.is_valid():
                role = Role(form.cleaned_data["role"])
                changing.change_role(membership, role, actor=request.user.name)
                say_done(request, _("The role of %(name)s is changed.") % _named(membership))
                return redirect("studio-team", team.pk)
        except changing.LastOwner:
            form.add_error(
                None, _("A team needs an owner. Make somebody else an owner first, then try again.")
            )
        status = 422
    context = {"form": form, "membership": membership, "role_names": ROLE_NAMES}
    return show(request, "member.html", context, team=team, status=status)


@require_POST
@team_page(Act.MANAGE_TEAM)
def withdraw(request: StudioRequest, team: Team, invitation: UUID) -> HttpResponse:
    found = team.invitations.filter(pk=invitation).first()
    if found is None:
        raise Http404
    try:
        inviting.withdraw(found, actor=request.user.name)
        say_done(request, _("The invitation is withdrawn; its link works no more."))
    except inviting.InvitationEnded:
        say_done(request, _("The invitation had ended before."))
    return redirect("studio-team", team.pk)


@require_safe
@letter_page(Act.SEE_LETTER)
def letter_people(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Who works on a letter: the team's members, and those who came for this letter alone."""
    members = [
        member
        for member in (_members(letter.team) if letter.team else [])
        if member.letter in (None, letter.pk)
    ]
    waiting = [
        invitation
        for invitation in (_waiting(letter.team) if letter.team else [])
        if invitation.letter in (None, letter.pk)
    ]
    context = {
        "members": members,
        "invitations": waiting,
        "may_invite": may(request.user, Act.INVITE_TO_LETTER, letter.team_id, letter.pk),
        "role_names": ROLE_NAMES,
    }
    return show(request, "letter_people.html", context, letter=letter, part="people")


@require_http_methods(["GET", "POST"])
@letter_page(Act.INVITE_TO_LETTER)
def letter_invite(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Somebody for this letter alone, such as a partner; never as an owner."""
    if letter.team is None:
        raise Http404
    roles = [
        choice
        for choice in role_choices(roles_in(request.user, letter.team_id, letter.pk))
        if choice[0] != Role.OWNER
    ]
    form = InviteForm(request.POST or None, roles=roles)
    if request.method == "POST" and form.is_valid():
        _invite(request, letter.team, form, letter)
        return redirect("studio-people", letter.slug)
    context = {"form": form, "back": reverse("studio-people", args=[letter.slug])}
    status = 422 if form.is_bound else 200
    return show(request, "invite.html", context, letter=letter, part="people", status=status)


@require_safe
@team_page(Act.MANAGE_TEAM)
def events(request: StudioRequest, team: Team) -> HttpResponse:
    return show(
        request, "team_events.html", {"events": team.events.order_by("-at")[:500]}, team=team
    )


def _invite(request: StudioRequest, team: Team, form: InviteForm, letter: Letter | None) -> None:
    invited = inviting.Invited(
        email=form.cleaned_data["email"],
        role=Role(form.cleaned_data["role"]),
        letter=letter.pk if letter else None,
        letter_title=letter_title(letter) if letter else "",
        language=request.user.language,
    )
    inviting.invite(team, invited, actor=request.user.name)
    say_done(request, _("The invitation is on its way to %(email)s.") % {"email": invited.email})


def _members(team: Team) -> list[Membership]:
    return list(team.memberships.select_related("person").order_by("letter", "person__name"))


def _waiting(team: Team) -> list[Invitation]:
    return list(
        team.invitations.filter(
            accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
        ).order_by("-created_at")
    )


def _named(membership: Membership) -> dict[str, str]:
    return {"name": membership.person.name}
