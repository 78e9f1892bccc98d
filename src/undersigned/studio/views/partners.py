"""Partners of a letter: the list, adding one, its words, its place, its end."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.letters.confirming_alone import is_alone
from undersigned.letters.models import Letter, Partner
from undersigned.letters.partnering import (
    PartnerSlugTaken,
    TooManyPartners,
    end_partner,
    has_key,
    join,
    move_up,
    reword,
)
from undersigned.studio.forms.partners import PartnerForm, ScheduleForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.partners_in_view import (
    files_in_view,
    find_partner,
    languages_of,
    links_of,
    lost_mail,
    partner_in_view,
    partners_in_view,
)
from undersigned.teams.queries import may
from undersigned.teams.rules import Act
from undersigned.vault.recipients import fingerprint


@require_safe
@letter_page(Act.MANAGE_PARTNERS)
def show(request: StudioRequest, letter: Letter) -> HttpResponse:
    active, ended = partners_in_view(letter)
    context = {"active": active, "ended": ended}
    return show_page(request, "partners.html", context, letter=letter, part="partners")


@require_http_methods(["GET", "POST"])
@letter_page(Act.MANAGE_PARTNERS)
def add(request: StudioRequest, letter: Letter) -> HttpResponse:
    form = PartnerForm(request.POST or None, letter=letter, languages=languages_of(letter))
    if form.is_valid():
        try:
            partner = join(
                letter,
                name=form.cleaned_data["name"],
                slug=form.cleaned_data["slug"],
                privacy_url=form.cleaned_data["privacy_url"],
                words=form.words(),
                actor=request.user.name,
            )
            say_done(request, _("The partner is on the form. Next, enter its key."))
            return redirect("studio-partner", letter.slug, partner.slug)
        except PartnerSlugTaken:
            form.add_error("slug", _("Another partner has this address. Choose another."))
        except TooManyPartners:
            form.add_error(None, _("There are too many partners for one form. End one first."))
    status = 422 if form.errors else 200
    context = {"form": form}
    return show_page(
        request, "partner_new.html", context, letter=letter, part="partners", status=status
    )


@require_http_methods(["GET", "POST"])
@letter_page(Act.MANAGE_PARTNERS)
def edit(request: StudioRequest, letter: Letter, partner: str) -> HttpResponse:
    """Everything of one partner; sent is the form with its words."""
    found = find_partner(letter, partner)
    languages = languages_of(letter, found)
    form = PartnerForm(request.POST or None, letter=letter, languages=languages, partner=found)
    if form.is_valid():
        reword(
            found,
            name=form.cleaned_data["name"],
            privacy_url=form.cleaned_data["privacy_url"],
            words=form.words(),
            actor=request.user.name,
        )
        say_done(request, _("Saved. Whoever agreed before is held to the words that they read."))
        return redirect("studio-partner", letter.slug, partner)
    status = 422 if form.errors else 200
    context = _context(request, letter, found, form)
    return show_page(
        request, "partner.html", context, letter=letter, part="partners", status=status
    )


@require_POST
@letter_page(Act.MANAGE_PARTNERS)
def up(request: StudioRequest, letter: Letter, partner: str) -> HttpResponse:
    move_up(find_partner(letter, partner), actor=request.user.name)
    return redirect("studio-partners", letter.slug)


@require_http_methods(["GET", "POST"])
@letter_page(Act.MANAGE_PARTNERS)
def end(request: StudioRequest, letter: Letter, partner: str) -> HttpResponse:
    found = find_partner(letter, partner)
    if request.method == "POST":
        if end_partner(found, actor=request.user.name):
            say_done(request, _("The partnership has ended."))
        return redirect("studio-partner", letter.slug, partner)
    context = {
        "heading": _("End this partnership?"),
        "will": [
            _("Its box goes from the form, and its link leads to the letter without it."),
            _("It gets no contacts any more. A file still tells it whom to erase."),
        ],
        "is_grave": True,
        "button": _("End the partnership"),
        "back": reverse("studio-partner", args=[letter.slug, partner]),
    }
    return show_page(request, "confirm.html", context, letter=letter, part="partners")


def _context(
    request: StudioRequest, letter: Letter, partner: Partner, form: PartnerForm
) -> dict[str, Any]:
    may_export = may(request.user, Act.EXPORT_CONTACTS, letter.team_id, letter.pk)
    files = files_in_view(letter, partner, may_fetch=may_export)
    is_done = partner.key_confirmed_at is not None and not partner.key_confirmed_alone
    by_other = partner.key_set_by != request.user.pk and not is_done
    by_same = partner.key_confirmed_at is None and is_alone(partner, request.user.pk)
    is_confirmable = bool(partner.recipient) and may_export
    return {
        "partner": partner_in_view(letter, partner),
        "form": form,
        "links": links_of(letter, partner),
        # Whoever confirms it alone types what they hear, not what they read here.
        "fingerprint": "" if by_same or not partner.recipient else fingerprint(partner.recipient),
        "has_key": has_key(partner),
        "may_export": may_export,
        "may_confirm": is_confirmable and (by_other or by_same),
        "files": files,
        "is_being_made": any(file.row.state in {"waiting", "running"} for file in files),
        "lost_mail": lost_mail(partner),
        "schedule": ScheduleForm(initial={"schedule": partner.schedule}),
    }
