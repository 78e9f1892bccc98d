"""Where a partner is told of files."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.letters.models import Letter
from undersigned.letters.partner_contacts import set_contact
from undersigned.studio.forms.partners import ContactForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.partners_in_view import find_partner
from undersigned.teams.rules import Act
from undersigned.vault.seal import SealingKeyMissing


@require_http_methods(["GET", "POST"])
@letter_page(Act.EXPORT_CONTACTS)
def enter(request: StudioRequest, letter: Letter, partner: str) -> HttpResponse:
    """What is there cannot be shown: it is sealed."""
    found = find_partner(letter, partner)
    form = ContactForm(request.POST) if request.method == "POST" else ContactForm()
    if form.is_valid():
        try:
            set_contact(found, form.cleaned_data["email"], actor=request.user.name)
            say_done(request, _("Saved."))
            return redirect("studio-partner", letter.slug, partner)
        except SealingKeyMissing:
            form.add_error(
                None, _("The letter has no key, so that no address can be stored safely.")
            )
    status = 422 if form.errors else 200
    context = {"form": form, "partner": found}
    return show_page(
        request, "partner_contact.html", context, letter=letter, part="partners", status=status
    )
