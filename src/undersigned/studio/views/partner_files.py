"""Files for a partner: when they are made, make one now, download it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from undersigned.letters.models import Letter, PartnerSchedule
from undersigned.letters.partnering import set_schedule
from undersigned.signatures.models import PartnerFile
from undersigned.signatures.partner_files import BeingMade, NoKey, order_file
from undersigned.studio.forms.partners import ScheduleForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.partners_in_view import find_partner
from undersigned.teams.rules import Act
from undersigned.website.handing_out import hand_out


@require_POST
@letter_page(Act.EXPORT_CONTACTS)
def schedule(request: StudioRequest, letter: Letter, partner: str) -> HttpResponse:
    found = find_partner(letter, partner)
    form = ScheduleForm(request.POST)
    if form.is_valid() and found.ended_at is None:
        chosen = PartnerSchedule(form.cleaned_data["schedule"])
        set_schedule(found, chosen, actor=request.user.name)
        say_done(request, _("Saved."))
    return redirect("studio-partner", letter.slug, partner)


@require_POST
@letter_page(Act.EXPORT_CONTACTS)
def make(request: StudioRequest, letter: Letter, partner: str) -> HttpResponse:
    try:
        order_file(find_partner(letter, partner), actor=request.user.name)
        say_done(request, _("The file is being made. Look again in a moment."))
    except NoKey:
        say_done(request, _("No key, no file: the partner's key is not confirmed yet."))
    except BeingMade:
        say_done(request, _("A file for this partner is being made already."))
    return redirect("studio-partner", letter.slug, partner)


@require_POST
@letter_page(Act.EXPORT_CONTACTS)
def fetch(request: StudioRequest, letter: Letter, partner: str, file: int) -> HttpResponse:
    """The file as it lies there: nobody but the partner can open it."""
    found = find_partner(letter, partner)
    row = get_object_or_404(PartnerFile, partner=found, number=file)
    response = hand_out(request, row, found, actor=request.user.name)
    if response is None:
        say_done(request, _("The file is not there any more. Make it again."))
        return redirect("studio-partner", letter.slug, partner)
    return response
