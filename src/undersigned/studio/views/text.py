"""Write the letter: one form for all its words, beside the page that they become."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.letters.drafting import Saved, draft_of, save, words_in
from undersigned.letters.models import Draft, Letter
from undersigned.studio.conflicts import conflicts_by_field
from undersigned.studio.forms.text import TextForms
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.writing import around_text, frames_allowed
from undersigned.teams.rules import Act


@require_http_methods(["GET", "POST"])
@letter_page(Act.WRITE)
def edit(request: StudioRequest, letter: Letter) -> HttpResponse:
    """The form. A POST with `by_itself` comes from the script, and is answered in JSON."""
    words, draft = words_in(letter, letter.source_language)
    if request.method != "POST":
        return _page(request, letter, draft, TextForms(words))
    forms = TextForms(words, request.POST)
    by_itself = "by_itself" in request.POST
    if not forms.is_valid():
        if by_itself:
            return JsonResponse(
                {"sentence": _("Not saved yet: something needs your attention.")}, status=422
            )
        return _page(request, letter, draft, forms, status=422)
    typed = forms.words()
    draft = draft_of(letter, letter.source_language)
    saved = save(draft, forms.began_with, typed, actor=request.user.name, by_itself=by_itself)
    if by_itself:
        return _answer_script(saved, typed)
    if saved.conflicts:
        return _ask(request, letter, saved)
    say_done(request, _merged_sentence(saved) or _("The text is saved."))
    return redirect(f"{reverse('studio-text', args=[letter.slug])}?saved={saved.draft.version}")


def _page(
    request: StudioRequest,
    letter: Letter,
    draft: Draft | None,
    forms: TextForms,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    shown = {"forms": forms, "draft": draft, **around_text(letter), **context}
    response = show_page(request, "text.html", shown, letter=letter, part="text", status=status)
    return frames_allowed(response)


def _ask(request: StudioRequest, letter: Letter, saved: Saved) -> HttpResponse:
    """Both versions of what two changed; the form goes on with one's own in it."""
    return _page(
        request,
        letter,
        saved.draft,
        TextForms(saved.words, began_with=saved.draft.words),
        status=409,
        conflicts=conflicts_by_field(saved.conflicts),
        kept_as=saved.kept_as,
    )


def _answer_script(saved: Saved, typed: dict[str, Any]) -> HttpResponse:
    """`began_with` is what the form holds now: what others wrote is not in it, and not undone."""
    if not saved.is_saved:
        sentence = _(
            "Not saved by itself: somebody changed the same words. Press “Save” to see both."
        )
        return JsonResponse({"sentence": sentence, "stop": True}, status=409)
    now = timezone.localtime().strftime("%H:%M:%S")
    sentence = _merged_sentence(saved) or _("Saved at %(time)s.") % {"time": now}
    return JsonResponse({"sentence": sentence, "began_with": typed})


def _merged_sentence(saved: Saved) -> str:
    if not saved.was_merged:
        return ""
    return _("Saved, together with what somebody else wrote meanwhile.")
