"""The delivery log: write a handover down, add the answer, take one out."""

from __future__ import annotations

from django.forms import model_to_dict
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.letters.handing_over import add_handover, change_handover, remove_handover
from undersigned.letters.models import Handover, Letter
from undersigned.signatures.counting import read_counts
from undersigned.studio.forms.deliver import HandoverForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.teams.rules import Act


@require_http_methods(["GET", "POST"])
@letter_page(Act.EXPORT_NAMES)
def add(request: StudioRequest, letter: Letter) -> HttpResponse:
    counts = read_counts(letter)
    initial = {
        "handed_over_on": timezone.localdate(),
        "organisations": counts.organisations,
        "people": counts.people,
        "is_public": True,
    }
    form = HandoverForm(request.POST or None, initial=initial)
    if form.is_valid():
        add_handover(letter, form.delivery(), actor=request.user.name)
        say_done(request, _("The handover is in the delivery log."))
        return redirect("studio-deliver", letter.slug)
    return _page(request, letter, form, None)


@require_http_methods(["GET", "POST"])
@letter_page(Act.EXPORT_NAMES)
def change(request: StudioRequest, letter: Letter, handover: int) -> HttpResponse:
    row = _found(letter, handover)
    form = HandoverForm(request.POST or None, initial=model_to_dict(row))
    if form.is_valid():
        change_handover(row, form.delivery(), actor=request.user.name)
        say_done(request, _("The handover is changed."))
        return redirect("studio-deliver", letter.slug)
    return _page(request, letter, form, row)


@require_http_methods(["GET", "POST"])
@letter_page(Act.EXPORT_NAMES)
def remove(request: StudioRequest, letter: Letter, handover: int) -> HttpResponse:
    row = _found(letter, handover)
    if request.method == "POST":
        remove_handover(row, actor=request.user.name)
        say_done(request, _("The handover is out of the delivery log."))
        return redirect("studio-deliver", letter.slug)
    context = {
        "heading": _("Take this handover out of the log?"),
        "will": [
            _("The note and the answer go with it."),
            _("The letter's page shows it no more.")
            if row.is_public
            else _("It was not on the letter's page."),
        ],
        "is_grave": True,
        "button": _("Take it out"),
        "back": reverse("studio-handover", args=[letter.slug, row.pk]),
    }
    return show(request, "confirm.html", context, letter=letter, part="deliver")


def _page(
    request: StudioRequest, letter: Letter, form: HandoverForm, handover: Handover | None
) -> HttpResponse:
    context = {
        "form": form,
        "handover": handover,
        "back": reverse("studio-deliver", args=[letter.slug]),
    }
    status = 422 if form.is_bound else 200
    return show(request, "handover.html", context, letter=letter, part="deliver", status=status)


def _found(letter: Letter, handover: int) -> Handover:
    row = letter.handovers.filter(pk=handover).first()
    if row is None:
        raise Http404
    row.letter = letter
    return row
