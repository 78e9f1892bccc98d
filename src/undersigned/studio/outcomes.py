"""What a decision did, in words for the next page."""

from __future__ import annotations

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from undersigned.letters.models import Letter
from undersigned.signatures import deciding
from undersigned.signatures.deciding import Outcome
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest


def say_outcome(
    request: StudioRequest,
    letter: Letter,
    sentence: str,
    outcome: Outcome,
    *,
    can_undo: bool = True,
) -> None:
    """What was done, what was left out, and the way back. `sentence` has a place for `total`."""
    if not outcome.done and not outcome.left_out:
        say_nothing_chosen(request)
        return
    sentence = sentence % {"total": outcome.done}
    if outcome.left_out:
        left_out = ngettext(
            "%(total)d was left out: something else has happened to it meanwhile.",
            "%(total)d were left out: something else has happened to them meanwhile.",
            outcome.left_out,
        )
        sentence = f"{sentence} {left_out % {'total': outcome.left_out}}"
    undo = ""
    if can_undo and outcome.decision is not None:
        undo = reverse("studio-undo", args=[letter.slug, outcome.decision.pk])
    say_done(request, sentence, undo=undo)


def say_nothing_chosen(request: StudioRequest) -> None:
    messages.error(request, _("Nothing was ticked, and nothing has changed."))


def say_too_many(request: StudioRequest) -> None:
    messages.error(
        request,
        _(
            "Nothing was changed: one person takes at most %(most)d signatures off a list within "
            "a day. Strike them out instead: then a second owner is asked to approve."
        )
        % {"most": deciding.VOIDED_ALONE},
    )
