"""A partner's key: enter it, confirm it by another person and another way, remove it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.letters.confirming_alone import (
    FingerprintDiffers,
    NotAlone,
    confirm_alone,
    is_alone,
)
from undersigned.letters.models import Letter, Partner
from undersigned.letters.partnering import (
    By,
    KeyChanged,
    SamePerson,
    confirm_key,
    remove_key,
    set_key,
)
from undersigned.studio.forms.partners import ComparedForm, HeardForm, KeyForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.partner_mails import confirmed_alone
from undersigned.studio.partners_in_view import find_partner
from undersigned.studio.signing_in_again import signed_in_just_now
from undersigned.teams.rules import Act
from undersigned.vault.recipients import fingerprint
from undersigned.vault.seal import SealingKeyMissing


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
    """By an owner who has just shown who they are: another one than whoever entered the key.

    Where there is nobody else, by the same one, in another way.
    """
    found = find_partner(letter, partner)
    if is_alone(found, request.user.pk):
        return _alone(request, letter, found)
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


@require_POST
@letter_page(Act.MANAGE_PARTNERS)
def remove(request: StudioRequest, letter: Letter, partner: str) -> HttpResponse:
    """At once, by whoever works on partners: without a key nothing can leave."""
    if remove_key(find_partner(letter, partner), actor=request.user.name):
        say_done(request, _("The key is removed."))
    return redirect("studio-partner", letter.slug, partner)


def _alone(request: StudioRequest, letter: Letter, partner: Partner) -> HttpResponse:
    form = HeardForm(request.POST or None)
    back = redirect("studio-partner", letter.slug, partner.slug)
    if form.is_valid():
        try:
            confirm_alone(
                partner,
                form.cleaned_data["heard"],
                By(request.user.name, request.user.pk),
                **confirmed_alone(partner, request.user.language),
            )
        except (KeyChanged, NotAlone):
            say_done(request, _("There is nothing to confirm: the key is another one meanwhile."))
            return back
        except FingerprintDiffers:
            sentence = _(
                "This is not the fingerprint of the key that is stored. If you heard it like this, "
                "the key was exchanged on its way: ask for it once more."
            )
            form.add_error("heard", sentence)
        except SealingKeyMissing:
            form.add_error(None, _("This site cannot send mail yet, and it takes one. Try later."))
        else:
            say_done(request, _("The key is confirmed, and counts after three days."))
            return back
    status = 422 if form.errors else 200
    context = {"form": form, "partner": partner}
    return show_page(
        request,
        "partner_confirm_alone.html",
        context,
        letter=letter,
        part="partners",
        status=status,
    )
