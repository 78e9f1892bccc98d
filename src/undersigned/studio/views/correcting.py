"""Correct how one signature reads, and take a correction back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.letters.models import Letter
from undersigned.signatures import correcting
from undersigned.signatures.deciding import By
from undersigned.studio.forms.signatures import CorrectionForm, entry_of
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.studio.views.signatures import find_one
from undersigned.studio.waiting import open_case
from undersigned.teams.rules import Act
from undersigned.vault.seal import SealingKeyMissing


@require_http_methods(["GET", "POST"])
@letter_page(Act.MODERATE)
def correct(request: StudioRequest, letter: Letter, signature: UUID) -> HttpResponse:
    row = find_one(letter, signature)
    case = open_case(row).case
    before = entry_of(row, case if case and not row.name else None)
    form = CorrectionForm(
        request.POST or None, kind=row.kind, before=before, language=get_language() or "en"
    )
    if request.method == "POST" and form.is_valid():
        return _correct(request, letter, signature, form.changes())
    return show(
        request,
        "signature_correct.html",
        {"form": form, "one": row, "is_sealed": "name" not in before},
        letter=letter,
        part="signatures",
        status=422 if form.is_bound else 200,
    )


@require_POST
@letter_page(Act.MODERATE)
def withdraw(request: StudioRequest, letter: Letter, correction: UUID) -> HttpResponse:
    try:
        row = correcting.withdraw_correction(By(letter, request.user.name), correction)
    except correcting.CannotCorrect:
        messages.error(request, _("This correction was taken back already."))
        return redirect("studio-signatures", letter.slug)
    say_done(request, _("The correction is taken back. The list follows within seconds."))
    return redirect("studio-signature", letter.slug, row.signature_id)


def _correct(
    request: StudioRequest, letter: Letter, signature: UUID, changes: dict[str, str]
) -> HttpResponse:
    if not changes:
        say_done(request, _("Nothing to correct: it reads like that already."))
        return redirect("studio-signature", letter.slug, signature)
    try:
        correcting.correct(By(letter, request.user.name), signature, changes)
    except correcting.CannotCorrect:
        messages.error(request, _("Nothing was corrected: this signature does not stand any more."))
    except SealingKeyMissing:
        messages.error(
            request, _("Nothing was corrected: names cannot be sealed at the moment. Try later.")
        )
    else:
        say_done(request, _("Corrected. The list follows within seconds; the original is kept."))
    return redirect("studio-signature", letter.slug, signature)
