"""A decision that waits for a second person: looked at, approved, refused, taken back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from undersigned.letters.models import Letter
from undersigned.signatures import approving
from undersigned.signatures.models import Decision, Kind
from undersigned.studio.chosen import by
from undersigned.studio.notices import say_done
from undersigned.studio.outcomes import say_outcome
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.studio.signature_words import name_shown, reason_words
from undersigned.teams.installation import studio_opener
from undersigned.teams.queries import roles_in
from undersigned.teams.rules import Act, allows
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen, Opener


@require_safe
@letter_page(Act.SEE_QUEUE)
def look(request: StudioRequest, letter: Letter, decision: UUID) -> HttpResponse:
    """Everything that it would do, for those who answer."""
    row = approving.waiting_decisions(letter).filter(pk=decision).first()
    if row is None:
        raise Http404
    decided = row.decided.select_related("signature").order_by("signature__sort_key", "pk")
    total = decided.count()
    is_mine = row.person_id == request.user.pk
    may_approve = allows(roles_in(request.user, letter.team_id), Act.APPROVE)
    return show(
        request,
        "decision.html",
        {
            "decision": row,
            "total": total,
            "organisations": decided.filter(signature__kind=Kind.ORGANISATION).count(),
            "rows": [
                {"pk": one.signature_id, "name": name_shown(one.signature)} for one in decided
            ],
            "reason": reason_words()[row.reason],
            "words": _words(row),
            "is_mine": is_mine,
            "may_answer": may_approve and not is_mine,
        },
        letter=letter,
        part="queue",
    )


@require_POST
@letter_page(Act.APPROVE)
def approve(request: StudioRequest, letter: Letter, decision: UUID) -> HttpResponse:
    """By another owner than the one who asked."""
    try:
        outcome = approving.approve(by(request, letter), decision, _opener())
    except approving.SamePerson:
        messages.error(request, _("You asked for this. Another owner has to approve it."))
        return redirect("studio-decision", letter.slug, decision)
    except approving.NothingToApprove:
        _say_gone(request)
        return redirect("studio-queue", letter.slug)
    except (CannotOpen, KeyMissing):
        messages.error(
            request,
            _("Nothing was changed: the words for the signers cannot be opened. Ask anew."),
        )
        return redirect("studio-decision", letter.slug, decision)
    sentence = ngettext(
        "Approved, and struck out: %(total)d signature.",
        "Approved, and struck out: %(total)d signatures.",
        outcome.done,
    )
    say_outcome(request, letter, sentence, outcome)
    return redirect("studio-queue", letter.slug)


@require_POST
@letter_page(Act.APPROVE)
def refuse(request: StudioRequest, letter: Letter, decision: UUID) -> HttpResponse:
    try:
        approving.refuse(by(request, letter), decision)
    except approving.NothingToApprove:
        _say_gone(request)
    else:
        say_done(request, _("Refused. The signatures stay as they are."))
    return redirect("studio-queue", letter.slug)


@require_POST
@letter_page(Act.VOID)
def take_back(request: StudioRequest, letter: Letter, decision: UUID) -> HttpResponse:
    """By whoever asked for it."""
    try:
        approving.take_back(by(request, letter), decision)
    except approving.NothingToApprove:
        _say_gone(request)
    else:
        say_done(request, _("Taken back. The signatures stay as they are."))
    return redirect("studio-queue", letter.slug)


def _words(row: Decision) -> str:
    try:
        return approving.words_of(row, _opener())
    except (CannotOpen, KeyMissing):
        return _("(cannot be opened)")


def _opener() -> Opener:
    return studio_opener(settings.DATA / "web")


def _say_gone(request: StudioRequest) -> None:
    messages.error(
        request, _("Nothing was changed: this was approved, refused or taken back already.")
    )
