"""Ask a machine for drafts of what nobody has translated yet, and see how far it is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.letters.models import Letter
from undersigned.letters.translating.drafting_by_machine import (
    HandedIn,
    MachineOff,
    NothingToDraft,
    ask_machine,
)
from undersigned.studio.machine_in_view import machine_in_view
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.views.language import begun_or_404
from undersigned.teams.rules import Act


@require_http_methods(["GET", "POST"])
@letter_page(Act.TRANSLATE)
def drafts(request: StudioRequest, letter: Letter, language: str) -> HttpResponse:
    """A POST asks; a GET is for the script that looks how far it is."""
    row = begun_or_404(letter, language)
    if request.method != "POST":
        machine = machine_in_view(letter, row)
        if machine is None or machine.job is None:
            return HttpResponse()
        return render(request, "studio/_progress.html", {"job": machine.job})
    try:
        ask_machine(letter, language, actor=request.user.name)
    except MachineOff:
        say_done(request, _("Nothing was sent: this site has no translation service."))
    except HandedIn:
        say_done(request, _("Nothing was sent: the translation waits to be read."))
    except NothingToDraft:
        say_done(request, _("Nothing was sent: no block is without words."))
    return redirect("studio-language", letter.slug, language)
