"""Hide the names of people at risk: counted, hidden, and after a review shown again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.letters.models import Letter
from undersigned.letters.places import country_names
from undersigned.signatures.hidden_groups import Shared
from undersigned.signatures.hiding import count_group, hide_group
from undersigned.signatures.showing_again import (
    NothingHidden,
    SamePerson,
    hidden_by,
    hidden_groups,
    show_again,
)
from undersigned.studio.chosen import by
from undersigned.studio.forms.hiding import GroupForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.teams.queries import roles_in
from undersigned.teams.rules import Act, allows
from undersigned.vault.seal import SealingKeyMissing


@require_http_methods(["GET", "POST"])
@letter_page(Act.MODERATE)
def hide(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Count first (`?country=` or `?organisation=`); a POST of the same hides."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = "country" in sent or "organisation" in sent
    form = GroupForm(sent if asked else None, language=get_language() or "en")
    is_valid = form.is_valid()
    if request.method == "POST" and is_valid:
        return _hide(request, letter, form)
    status = 422 if asked and not is_valid else 200
    context = {
        "form": form,
        "counted": count_group(letter, form.group()) if is_valid else None,
        "carried": form.cleaned_data if is_valid else {},
        "more": _more(form) if is_valid else "",
        "groups": _groups(request, letter),
    }
    return show(request, "hiding.html", context, letter=letter, part="signatures", status=status)


def _hide(request: StudioRequest, letter: Letter, form: GroupForm) -> HttpResponse:
    try:
        hidden = hide_group(by(request, letter), form.group())
    except SealingKeyMissing:
        messages.error(
            request, _("Nothing was hidden: names cannot be sealed at the moment. Try later.")
        )
        return redirect("studio-hiding", letter.slug)
    sentence = ngettext(
        "%(n)d name is hidden. It goes from the pages of this site within seconds.",
        "%(n)d names are hidden. They go from the pages of this site within seconds.",
        hidden,
    )
    said = sentence % {"n": hidden} if hidden else _("Nobody of them appears now.")
    say_done(request, f"{said} {_more(form)}".strip())
    return redirect("studio-hiding", letter.slug)


def _more(form: GroupForm) -> str:
    """What the count leaves out: only the worker can read where most of an organisation's are."""
    if form.group().by is Shared.COUNTRY:
        return ""
    return _(
        "More may follow: those who wait, or appear by initials or to the addressee only, are "
        "looked for in the next minutes, and whoever comes later is hidden too."
    )


@require_POST
@letter_page(Act.MODERATE)
def again(request: StudioRequest, letter: Letter, decision: UUID) -> HttpResponse:
    try:
        shown = _review(request, letter, decision)
    except SamePerson:
        messages.error(
            request, _("Nothing was changed: an owner other than who hid the names has to do this.")
        )
    except NothingHidden:
        messages.error(request, _("These names were shown again already."))
    else:
        sentence = ngettext(
            "%(n)d name is shown again as it was, within a few minutes.",
            "%(n)d names are shown again as they were, within a few minutes.",
            shown,
        )
        say_done(request, sentence % {"n": shown})
    return redirect("studio-hiding", letter.slug)


def _review(request: StudioRequest, letter: Letter, decision: UUID) -> int:
    """Raises NothingHidden, SamePerson: also for whoever is no owner."""
    if not allows(roles_in(request.user, letter.team_id), Act.APPROVE):
        raise SamePerson
    return show_again(by(request, letter), decision)


def _signatures(number: int) -> str:
    return ngettext("%(n)d signature", "%(n)d signatures", number) % {"n": number}


def _groups(request: StudioRequest, letter: Letter) -> list[dict[str, Any]]:
    names = country_names(get_language() or "en")
    is_owner = allows(roles_in(request.user, letter.team_id), Act.APPROVE)
    return [
        {
            "row": row,
            "name": names.get(row.reason, "") if row.hides_by == Shared.COUNTRY else row.reason,
            "signatures": _signatures(hidden_by(row)),
            "may_review": is_owner and row.person_id != request.user.pk,
        }
        for row in hidden_groups(letter)
    ]
