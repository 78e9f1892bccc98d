"""People: who is in a team or works on a letter, as what, and who is invited.

To let somebody in, or change what they are, asks who it is once more: else a stolen session could
bring the second person that grave acts ask for.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.letters.models import Letter
from undersigned.letters.queries import letter_title, letter_titles
from undersigned.studio.forms.accounts import InviteForm, RoleForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page, show, team_page
from undersigned.studio.roles import ROLE_NAMES, role_choices
from undersigned.studio.signing_in_again import signed_in_just_now
from undersigned.teams import changing, inviting
from undersigned.teams.models import Invitation, Membership, Role, Team
from undersigned.teams.queries import may, roles_in
from undersigned.teams.rules import Act

type Scopes = tuple[UUID | None, ...] | None


@require_safe
@team_page(None)
def people(request: StudioRequest, team: Team) -> HttpResponse:
    may_manage = may(request.user, Act.MANAGE_TEAM, team.pk)
    members = _members(team)
    guests_of = Letter.objects.filter(pk__in=[one.letter for one in members if one.letter])
    return show(
        request,
        "team.html",
        {
            "members": [(member, _change_url(member) if may_manage else "") for member in members],
            "invitations": [
                (invitation, _withdraw_url(invitation) if may_manage else "")
                for invitation in _waiting(team)
            ],
            "may_manage": may_manage,
            "role_names": ROLE_NAMES,
            "titles": letter_titles(guests_of),
            "hosted": team,
        },
        team=team,
    )


@require_http_methods(["GET", "POST"])
@team_page(Act.MANAGE_TEAM)
@signed_in_just_now
def invite(request: StudioRequest, team: Team) -> HttpResponse:
    form = InviteForm(request.POST or None, roles=role_choices(frozenset({Role.OWNER})))
    if request.method == "POST" and form.is_valid() and _invite(request, team, form, None):
        return redirect("studio-team", team.pk)
    context = {"form": form, "back": reverse("studio-team", args=[team.pk])}
    return show(request, "invite.html", context, team=team, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@team_page(Act.MANAGE_TEAM)
@signed_in_just_now
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
                return _gone(request, membership)
            if form.is_valid():
                role = Role(form.cleaned_data["role"])
                changing.change_role(membership, role, actor=request.user.name)
                say_done(request, _("The role of %(name)s is changed.") % _named(membership))
                return redirect("studio-team", team.pk)
        except changing.LastOwner:
            form.add_error(
                None, _("A team needs an owner. Make somebody else an owner first, then try again.")
            )
        except changing.NotAMember:
            return _gone(request, membership)
        status = 422
    context = {"form": form, "membership": membership, "role_names": ROLE_NAMES}
    return show(request, "member.html", context, team=team, status=status)


@require_POST
@team_page(Act.MANAGE_TEAM)
def withdraw(request: StudioRequest, team: Team, invitation: UUID) -> HttpResponse:
    _withdraw(request, team.invitations.filter(pk=invitation).first())
    return redirect("studio-team", team.pk)


@require_safe
@letter_page(Act.SEE_LETTER)
def letter_people(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Who works on a letter: the team's members, and those who came for this letter alone.

    A guest sees names, and no addresses but those that were invited to the letter.
    """
    is_guest = not roles_in(request.user, letter.team_id)
    may_invite = may(request.user, Act.INVITE_TO_LETTER, letter.team_id, letter.pk)
    may_manage = may(request.user, Act.MANAGE_TEAM, letter.team_id)
    # Nobody works on a letter without a team: it was put up from the command line.
    members = _members(letter.team, (None, letter.pk)) if letter.team else []
    waiting = _waiting(letter.team, (None, letter.pk)) if letter.team else []
    context = {
        "members": [(member, _change_url(member) if may_manage else "") for member in members],
        "invitations": [
            (invitation, _letter_withdraw_url(letter, invitation) if may_invite else "")
            for invitation in waiting
            if not is_guest or (may_invite and invitation.letter)
        ],
        "may_invite": may_invite and letter.team is not None,
        "without_addresses": is_guest,
        "role_names": ROLE_NAMES,
    }
    return show(request, "letter_people.html", context, letter=letter, part="people")


@require_http_methods(["GET", "POST"])
@letter_page(Act.INVITE_TO_LETTER)
@signed_in_just_now
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
    if request.method == "POST" and form.is_valid() and _invite(request, letter.team, form, letter):
        return redirect("studio-people", letter.slug)
    context = {"form": form, "back": reverse("studio-people", args=[letter.slug])}
    status = 422 if form.is_bound else 200
    return show(request, "invite.html", context, letter=letter, part="people", status=status)


@require_POST
@letter_page(Act.INVITE_TO_LETTER)
def letter_withdraw(request: StudioRequest, letter: Letter, invitation: UUID) -> HttpResponse:
    invitations = Invitation.objects.filter(team=letter.team_id, letter=letter.pk)
    _withdraw(request, invitations.filter(pk=invitation).first())
    return redirect("studio-people", letter.slug)


def _invite(request: StudioRequest, team: Team, form: InviteForm, letter: Letter | None) -> bool:
    """Whether the mail is queued; if not, the form has the reason."""
    invited = inviting.Invited(
        email=form.cleaned_data["email"],
        role=Role(form.cleaned_data["role"]),
        letter=letter.pk if letter else None,
        letter_title=letter_title(letter) if letter else "",
        language=request.user.language,
    )
    try:
        inviting.invite(team, invited, actor=request.user.name)
    except inviting.AlreadyMember:
        form.add_error(
            "email", _("They are here already. An owner of the team can change their role.")
        )
        return False
    except inviting.TooManyInvitations:
        form.add_error(
            None,
            _(
                "That is enough for a day: 50 invitations of a team, or 3 to one address. "
                "Nothing was sent. Try again tomorrow."
            ),
        )
        return False
    say_done(request, _("The invitation is on its way to %(email)s.") % {"email": invited.email})
    return True


def _withdraw(request: StudioRequest, invitation: Invitation | None) -> None:
    if invitation is None:
        raise Http404
    try:
        inviting.withdraw(invitation, actor=request.user.name)
        say_done(request, _("The invitation is withdrawn; its link works no more."))
    except inviting.InvitationEnded:
        say_done(request, _("The invitation had ended before."))


def _gone(request: StudioRequest, membership: Membership) -> HttpResponse:
    """To the team; who removed themselves has no team page any more."""
    say_done(request, _("%(name)s does not work here any more.") % _named(membership))
    if membership.person == request.user and not request.user.is_host:
        return redirect("studio")
    return redirect("studio-team", membership.team_id)


def _change_url(membership: Membership) -> str:
    return reverse("studio-member", args=[membership.team_id, membership.pk])


def _withdraw_url(invitation: Invitation) -> str:
    return reverse("studio-invitation-withdraw", args=[invitation.team_id, invitation.pk])


def _letter_withdraw_url(letter: Letter, invitation: Invitation) -> str:
    """Of an invitation to the whole team: on the team's page only."""
    if invitation.letter is None:
        return ""
    return reverse("studio-people-withdraw", args=[letter.slug, invitation.pk])


def _members(team: Team, scopes: Scopes = None) -> list[Membership]:
    members = team.memberships.select_related("person").order_by("person__name", "pk")
    # Members of the team first, guests of a letter after them.
    return sorted(_within(scopes, members), key=lambda member: member.letter is not None)


def _waiting(team: Team, scopes: Scopes = None) -> list[Invitation]:
    waiting = team.invitations.filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    ).order_by("-created_at", "pk")
    return list(_within(scopes, waiting))


def _within[Row: (Membership, Invitation)](scopes: Scopes, rows: QuerySet[Row]) -> Iterable[Row]:
    """Those for one of the letters in `scopes` (None in it: for the whole team)."""
    return rows if scopes is None else [row for row in rows if row.letter in scopes]


def _named(membership: Membership) -> dict[str, str]:
    return {"name": membership.person.name}
