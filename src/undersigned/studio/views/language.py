"""Translate a letter into one language: the workbench, the page that it becomes, handing in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.letters.models import LanguageState, Letter, LetterLanguage
from undersigned.letters.translating import approving
from undersigned.letters.translating.working import Worker
from undersigned.studio.forms.languages import HandInForm
from undersigned.studio.machine_in_view import machine_in_view
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.teams.rules import Act
from undersigned.website.bench_forms import Outcome, Sent, answer_script, keep_words, read_sent
from undersigned.website.languages import direction, own_name
from undersigned.website.previewing import preview as preview_page
from undersigned.website.previewing import working_words
from undersigned.website.workbench import chosen_source, matched, progress_of, workbench


@require_http_methods(["GET", "POST"])
@letter_page(Act.TRANSLATE)
def bench(request: StudioRequest, letter: Letter, language: str) -> HttpResponse:
    """Both texts side by side. A POST with `by_itself` comes from the script."""
    row = begun_or_404(letter, language)
    if request.method != "POST":
        return _bench(request, letter, row)
    sent = read_sent(request.POST)
    outcome = keep_words(letter, language, sent, worker_of(request))
    if sent.by_itself:
        return answer_script(
            letter, language, sent, outcome, history_url=_history_url(letter, language)
        )
    if not outcome.is_fine:
        return _bench(request, letter, row, sent, outcome)
    if sent.then == "hand-in":
        return redirect("studio-language-hand-in", letter.slug, language)
    return redirect(
        reverse("studio-language", args=[letter.slug, language]) + outcome.query + outcome.anchor
    )


@require_safe
@letter_page(Act.TRANSLATE)
def preview(request: StudioRequest, letter: Letter, language: str) -> HttpResponse:
    begun_or_404(letter, language)
    source = chosen_source(letter, request.GET.get("of", ""))
    return preview_page(request, letter, working_words(letter, language, source.text), language)


@require_http_methods(["GET", "POST"])
@letter_page(Act.TRANSLATE)
def hand_in(request: StudioRequest, letter: Letter, language: str) -> HttpResponse:
    row = begun_or_404(letter, language)
    form = HandInForm(
        request.POST if request.method == "POST" else None, initial={"credits": row.credits}
    )
    if not form.is_valid():
        return _hand_in(request, letter, row, form)
    LetterLanguage.objects.filter(pk=row.pk).update(credits=form.cleaned_data["credits"])
    try:
        approving.hand_in(
            letter, language, worker=worker_of(request), message=form.cleaned_data["message"]
        )
    except approving.NothingTranslated:
        say_done(request, _("Nothing was handed in: there are no new words to read."))
        return redirect("studio-language", letter.slug, language)
    say_done(
        request,
        _("Handed in. Somebody else reads it now; until then, nothing of it is public."),
    )
    return redirect("studio-languages", letter.slug)


def begun_or_404(letter: Letter, language: str) -> LetterLanguage:
    """The work on a language; raises Http404 where nobody has begun."""
    row = LetterLanguage.objects.filter(letter=letter, language=language).first()
    if row is None:
        raise Http404
    return row


def worker_of(request: StudioRequest) -> Worker:
    """People are numbered, and translators have UUIDs: a number as one is nobody else's."""
    return Worker(UUID(int=request.user.pk), request.user.name)


def around_language(letter: Letter, row: LetterLanguage) -> dict[str, Any]:
    """What the pages about one language have in common."""
    return {
        "row": row,
        "language_code": row.language,
        "name": own_name(row.language),
        "text_language": row.language,
        "text_direction": direction(row.language),
        "waits": row.state == LanguageState.SUBMITTED,
    }


def _bench(
    request: StudioRequest,
    letter: Letter,
    row: LetterLanguage,
    sent: Sent | None = None,
    outcome: Outcome | None = None,
) -> HttpResponse:
    asked = request.GET
    shown = workbench(
        letter,
        row.language,
        chosen_source(letter, sent.of if sent else asked.get("of", "")),
        only_left=sent.only_left if sent else "left" in asked,
        page=sent.page if sent else asked.get("page"),
        again=outcome.again if outcome else None,
        unknown=[*outcome.unknown.values()] if outcome else (),
        history_url=_history_url(letter, row.language),
    )
    context = {
        **around_language(letter, row),
        "bench": shown,
        "machine": machine_in_view(letter, row),
        "was_saved": sent is None and "saved" in asked,
        "signed_out": _(
            "Not saved: you have been signed out. Sign in again in a new tab; what you typed "
            "stays here."
        ),
        "preview_url": reverse("studio-language-preview", args=[letter.slug, row.language]),
        "files_url": reverse("studio-language-files", args=[letter.slug, row.language]),
        "can_hand_in": True,
    }
    status = outcome.status if outcome else 200
    return show_page(
        request, "language.html", context, letter=letter, part="languages", status=status
    )


def _hand_in(
    request: StudioRequest, letter: Letter, row: LetterLanguage, form: HandInForm
) -> HttpResponse:
    source = chosen_source(letter, "")
    context = {
        **around_language(letter, row),
        "form": form,
        "progress": progress_of(matched(letter, row.language, source.text).values()),
        "has_draft": source.has_draft,
        "new": len(approving.waiting(letter, row.language)),
    }
    status = 422 if form.errors else 200
    return show_page(
        request, "language_hand_in.html", context, letter=letter, part="languages", status=status
    )


def _history_url(letter: Letter, language: str) -> Callable[[int], str]:
    """Reversing is slow, and there are hundreds of blocks."""
    before, after = reverse("studio-wording-history", args=[letter.slug, language, 0]).split("/0/")
    return lambda wording: f"{before}/{wording}/{after}"
