"""A partner's key: enter it, and confirm it by another person and another way."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.letters.models import Letter
from undersigned.letters.partnering import By, KeyChanged, SamePerson, confirm_key, set_key
from undersigned.studio.forms.partners import ComparedForm, KeyForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.partners_in_view import find_partner
from undersigned.studio.signing_in_again import signed_in_just_now
from undersigned.teams.rules import Act
from undersigned.vault.recipients import fingerprint


@require_http_methods(["GET", "POST"])
@letter_page(Act.MANAGE_PARTNERS)
@signed_in_just_now
def enter(request: StudioRequest, letter: Letter, partner: str) -> HttpResponse:
    found = find_partner(letter, partner)
    form = KeyForm(request.POST or None)
    if form.is_valid():
        if set_key(found, form.cleaned_data["key"], By(request.user.name, request.user.pk)):
            say_done(request, _("The key is stored. Now somebody else has to confirm it."))
        return redirect("studio-partner", letter.slug, partner)
    status = 422 if form.errors else 200
    context = {"form": form, "partner": found}
    return show_page(
        request, "partner_key.html", context, letter=letter, part="partners", status=status
    )


@require_http_methods(["GET", "POST"])
@letter_page(Act.EXPORT_CONTACTS)
@signed_in_just_now
def confirm(request: StudioRequest, letter: Letter, partner: str) -> HttpResponse:
    """By another owner than whoever entered it, who has just shown who they are."""
    found = find_partner(letter, partner)
    form = ComparedForm(request.POST or None, initial={"recipient": found.recipient})
    if form.is_valid():
        try:
            confirm_key(
                found, form.cleaned_data["recipient"], By(request.user.name, request.user.pk)
            )
            say_done(request, _("The key is confirmed. Files can be made for this partner."))
        except SamePerson:
            say_done(request, _("You entered this key. Somebody else has to confirm it."))
        except KeyChanged:
            say_done(request, _("There is nothing to confirm: the key is another one meanwhile."))
        return redirect("studio-partner", letter.slug, partner)
    if not found.recipient:
        return redirect("studio-partner", letter.slug, partner)
    status = 422 if form.errors else 200
    context = {"form": form, "partner": found, "fingerprint": fingerprint(found.recipient)}
    return show_page(
        request, "partner_confirm.html", context, letter=letter, part="partners", status=status
    )
