"""Decisions on signatures that were chosen from a list, or on one: asked first, counted, undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.letters.models import Letter
from undersigned.signatures import approving, deciding
from undersigned.signatures.models import Kind
from undersigned.signatures.reasons import DECLINE_REASONS, VOID_REASONS
from undersigned.signatures.undoing import CannotUndo
from undersigned.signatures.undoing import undo as undo_decision
from undersigned.studio.chosen import asked_back, back, by, chosen_in
from undersigned.studio.forms.signatures import ReasonForm
from undersigned.studio.outcomes import say_nothing_chosen, say_outcome, say_too_many
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.studio.second_person import say_asked, second_person
from undersigned.teams.rules import Act
from undersigned.vault.seal import SealingKeyMissing


@require_http_methods(["GET", "POST"])
@letter_page(Act.VOID)
def void(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Strike out what was chosen, after a question that counts it."""
    chosen = chosen_in(request)
    if not chosen:
        return _nothing_chosen(request, letter)
    form = ReasonForm(request.POST or None, reasons=VOID_REASONS)
    if request.method == "POST" and form.is_valid():
        return _void(request, letter, chosen, form.cleaned_data)
    total, organisations = _counted(letter, chosen)
    takes_two = deciding.takes_two(by(request, letter), chosen)
    strike_out = ngettext(
        "Strike out %(total)d signature", "Strike out %(total)d signatures", total
    )
    ask = ngettext(
        "Ask to strike out %(total)d signature", "Ask to strike out %(total)d signatures", total
    )
    will = [
        ngettext(
            "This will strike out %(total)d signature.",
            "This will strike out %(total)d signatures.",
            total,
        )
        % {"total": total},
        *_organisations(organisations),
        _(
            "It leaves the list and the count at once. "
            "Who signed is told why by mail, ten minutes later."
        ),
        *(second_person(request, letter) if takes_two else ()),
    ]
    heading = ngettext("Strike out this signature?", "Strike out these signatures?", total)
    button = (ask if takes_two else strike_out) % {"total": total}
    return _question(request, letter, chosen, form, heading, will, button)


def _void(
    request: StudioRequest, letter: Letter, chosen: Sequence[UUID], filled: dict[str, Any]
) -> HttpResponse:
    reason, words = filled["reason"], filled["words"]
    try:
        outcome = deciding.void(by(request, letter), chosen, reason, words)
    except deciding.TooManyForOne:
        try:
            asked = approving.ask_to_void(by(request, letter), chosen, reason, words)
        except SealingKeyMissing:
            messages.error(
                request,
                _("Nothing was asked: words cannot be sealed at the moment. Try again later."),
            )
        else:
            say_asked(request, letter, asked)
    else:
        sentence = ngettext(
            "Struck out: %(total)d signature.", "Struck out: %(total)d signatures.", outcome.done
        )
        say_outcome(request, letter, sentence, outcome)
    return back(request, letter)


@require_http_methods(["GET", "POST"])
@letter_page(Act.MODERATE)
def decline(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Do not list what was chosen, with a reason."""
    chosen = chosen_in(request)
    if not chosen:
        return _nothing_chosen(request, letter)
    form = ReasonForm(request.POST or None, reasons=DECLINE_REASONS)
    if request.method == "POST" and form.is_valid():
        return _decline(request, letter, chosen, form.cleaned_data)
    total, organisations = _counted(letter, chosen)
    will = [
        ngettext(
            "This will decline %(total)d signature.",
            "This will decline %(total)d signatures.",
            total,
        )
        % {"total": total},
        *_organisations(organisations),
        _("Who signed is told why by mail, ten minutes later."),
    ]
    heading = ngettext("Decline this signature?", "Decline these signatures?", total)
    return _question(request, letter, chosen, form, heading, will, _("Decline"))


def _decline(
    request: StudioRequest, letter: Letter, chosen: Sequence[UUID], filled: dict[str, Any]
) -> HttpResponse:
    try:
        outcome = deciding.decline(by(request, letter), chosen, filled["reason"], filled["words"])
    except deciding.TooManyForOne:
        say_too_many(request)
    else:
        sentence = ngettext(
            "Declined: %(total)d signature.", "Declined: %(total)d signatures.", outcome.done
        )
        say_outcome(request, letter, sentence, outcome)
    return back(request, letter)


@require_POST
@letter_page(Act.MODERATE)
def accept(request: StudioRequest, letter: Letter) -> HttpResponse:
    outcome = deciding.accept(by(request, letter), chosen_in(request))
    sentence = ngettext(
        "Accepted: %(total)d signature is listed within seconds.",
        "Accepted: %(total)d signatures are listed within seconds.",
        outcome.done,
    )
    say_outcome(request, letter, sentence, outcome)
    return back(request, letter)


@require_POST
@letter_page(Act.MODERATE)
def hold(request: StudioRequest, letter: Letter) -> HttpResponse:
    outcome = deciding.hold(by(request, letter), chosen_in(request))
    sentence = ngettext(
        "%(total)d signature waits in the queue.",
        "%(total)d signatures wait in the queue.",
        outcome.done,
    )
    say_outcome(request, letter, sentence, outcome)
    return back(request, letter)


@require_POST
@letter_page(Act.MODERATE)
def undo(request: StudioRequest, letter: Letter, decision: UUID) -> HttpResponse:
    try:
        outcome = undo_decision(by(request, letter), decision)
    except CannotUndo:
        messages.error(request, _("This was undone already. Nothing has changed."))
        return back(request, letter)
    sentence = ngettext(
        "Undone: %(total)d signature is as it was before.",
        "Undone: %(total)d signatures are as they were before.",
        outcome.done,
    )
    say_outcome(request, letter, sentence, outcome, can_undo=False)
    return back(request, letter)


def _question(
    request: StudioRequest,
    letter: Letter,
    chosen: Sequence[UUID],
    form: ReasonForm,
    heading: str,
    will: Sequence[str],
    button: str,
) -> HttpResponse:
    there = asked_back(request)
    carried = [("chosen", str(one)) for one in chosen]
    return show(
        request,
        "confirm.html",
        {
            "heading": heading,
            "will": will,
            "keeps": _("You can undo it; within ten minutes nobody will have been told."),
            "form": form,
            "button": button,
            "carried": [*carried, ("back", there)],
            "back": there or reverse("studio-signatures", args=[letter.slug]),
        },
        letter=letter,
        part="signatures",
        status=422 if request.method == "POST" else 200,
    )


def _nothing_chosen(request: StudioRequest, letter: Letter) -> HttpResponse:
    say_nothing_chosen(request)
    return back(request, letter)


def _counted(letter: Letter, chosen: Sequence[UUID]) -> tuple[int, int]:
    """How many of the chosen stand, and how many of these are organisations."""
    found = letter.signatures.filter(deciding.STANDS, pk__in=chosen).aggregate(
        total=Count("pk"), organisations=Count("pk", filter=Q(kind=Kind.ORGANISATION))
    )
    return found["total"], found["organisations"]


def _organisations(count: int) -> list[str]:
    """A sentence if there are any."""
    if not count:
        return []
    sentence = ngettext(
        "%(count)d of them is an organisation.", "%(count)d of them are organisations.", count
    )
    return [sentence % {"count": count}]
