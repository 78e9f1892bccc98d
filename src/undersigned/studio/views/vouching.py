"""An organisation vouches for another one: noted with who said so, and taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.letters.models import Letter
from undersigned.signatures.authority import raising, vouching
from undersigned.studio.chosen import back, by
from undersigned.studio.forms.vouching import VouchingForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.studio.signature_words import authority_words
from undersigned.studio.views.signatures import find_one
from undersigned.studio.waiting import open_case
from undersigned.teams.rules import Act
from undersigned.vault.seal import SealingKeyMissing

_MOST_SHOWN = 50


@require_http_methods(["GET", "POST"])
@letter_page(Act.MODERATE)
def vouch(request: StudioRequest, letter: Letter, signature: UUID) -> HttpResponse:
    """Choose who vouches, and say who said so."""
    row = find_one(letter, signature)
    words = request.GET.get("q", "").replace("\0", "")[:100]
    found = vouching.who_may_vouch(letter, signature, words)
    shown = list(found[:_MOST_SHOWN])
    language = get_language() or "en"
    form = VouchingForm(
        request.POST or None,
        vouchers=[(str(one.pk), f"{one.name}: {authority_words(one, language)}") for one in shown],
    )
    if request.method == "POST" and form.is_valid():
        problem = _vouch(request, letter, signature, form)
        if not problem:
            return back(request, letter)
        form.add_error(None, problem)
    case = open_case(row).case
    return show(
        request,
        "vouching.html",
        {
            "form": form,
            "one": row,
            "name": (case.name if case else "") or row.name,
            "shown": shown,
            "has_more": len(shown) == _MOST_SHOWN,
            "words": words,
            "back": (request.POST if form.is_bound else request.GET).get("back", ""),
        },
        letter=letter,
        part="signatures",
        status=422 if form.is_bound else 200,
    )


@require_POST
@letter_page(Act.MODERATE)
def take_back(request: StudioRequest, letter: Letter, taken: UUID) -> HttpResponse:
    try:
        row = vouching.take_back(by(request, letter), taken)
    except vouching.NothingToTakeBack:
        messages.error(request, _("This was taken back already. Nothing has changed."))
        return redirect("studio-signatures", letter.slug)
    say_done(request, _("Taken back. What was known before is shown again."))
    return redirect("studio-signature", letter.slug, row.signature_id)


def _vouch(request: StudioRequest, letter: Letter, signature: UUID, form: VouchingForm) -> str:
    """What is wrong; nothing if it is noted."""
    filled = form.cleaned_data
    try:
        vouching.vouch(
            by(request, letter),
            signature,
            [UUID(one) for one in filled["vouchers"]],
            filled["told_by"],
        )
    except raising.CannotVouch:
        return _("Nothing was noted: choose at most three, all of them still on the list.")
    except raising.CannotBeRaised:
        return _("Nothing was noted: there is stronger evidence already, or it does not stand.")
    except SealingKeyMissing:
        return _("Nothing was noted: names cannot be sealed at the moment. Try again later.")
    say_done(request, _("Noted: it is vouched for. The page says so within seconds."))
    return ""
