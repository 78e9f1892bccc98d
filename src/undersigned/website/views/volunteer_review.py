"""A second speaker reads what another volunteer handed in, and lets it through or sends it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from undersigned.letters.models import LanguageState, LetterLanguage, Translator
from undersigned.letters.publishing import KeyNotReady, NothingChanged
from undersigned.letters.translating import approving
from undersigned.letters.translating.crediting import credits_when_public
from undersigned.letters.translating.matching import Match
from undersigned.letters.translating.volunteering import worker_of
from undersigned.letters.translating.volunteers import ACTOR
from undersigned.letters.translating.working import matches_of, source_text
from undersigned.website.languages import direction
from undersigned.website.views.volunteering import behind_link, go_to, page


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link()
def review(request: HttpRequest, volunteer: Translator) -> HttpResponse:
    """A POST lets through; with `back` it sends back, with a word."""
    letter, language = volunteer.letter, volunteer.language
    row = LetterLanguage.objects.filter(
        letter=letter, language=language, state=LanguageState.SUBMITTED
    ).first()
    if row is None:
        return go_to(request, "volunteer")
    if request.method != "POST":
        return _show(request, volunteer, row)
    if not _may(volunteer):
        return _show(request, volunteer, row, _own_work(), 403)
    if "back" in request.POST:
        message = request.POST.get("message", "").replace("\0", "")[:2000]
        approving.send_back(letter, language, actor=ACTOR, message=message)
        return go_to(request, "volunteer")
    try:
        approving.approve(
            letter,
            language,
            worker=worker_of(volunteer),
            is_organiser=False,
            as_seen=request.POST.get("seen", ""),
        )
    except approving.ChangedSince:
        sentence = _("Not let through: somebody changed words while you read. Read them once more.")
        return _show(request, volunteer, row, sentence, 409)
    except approving.StillMissing as refusal:
        return _show(request, volunteer, row, _still_missing(refusal.count), 409)
    except NothingChanged:
        sentence = _("Nothing was published: the words are public already.")
        return _show(request, volunteer, row, sentence, 409)
    except KeyNotReady:
        sentence = _("Not published: the letter’s key is being made. Try again in a few seconds.")
        return _show(request, volunteer, row, sentence, 409)
    return go_to(request, "volunteer")


def _show(
    request: HttpRequest,
    volunteer: Translator,
    row: LetterLanguage,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    letter, language = volunteer.letter, volunteer.language
    waiting = {(one.field, one.digest) for one in approving.waiting(letter, language)}
    blocks: list[Match] = [
        match
        for match in matches_of(letter, language, source_text(letter))
        if (match.block.place.field, match.block.digest) in waiting
    ]
    return page(
        request,
        volunteer,
        "volunteer_review.html",
        status=status,
        blocks=blocks,
        message=row.message,
        seen=approving.seen(letter, language),
        credits=credits_when_public(letter, language),
        may=_may(volunteer),
        refusal=refusal or ("" if _may(volunteer) else _own_work()),
        target_direction=direction(language),
    )


def _may(volunteer: Translator) -> bool:
    return approving.may_approve(
        volunteer.letter, volunteer.language, worker_of(volunteer), is_organiser=False
    )


def _own_work() -> str:
    return _(
        "You wrote some of these words yourself. An organiser lets them through, or somebody "
        "else who speaks the language."
    )


def _still_missing(count: int) -> str:
    return ngettext(
        "It cannot be let through yet: %(n)d block has no words that were read.",
        "It cannot be let through yet: %(n)d blocks have no words that were read.",
        count,
    ) % {"n": count}
