"""The pages behind a volunteer's link: yes or no first, then the workbench. No account, no cookie.

Whoever has the link is the volunteer. Looking changes nothing; whatever is sent is a use of the
link, which ends when nobody used it for a while.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.letters.models import (
    PUBLIC_STATES,
    LanguageState,
    LetterLanguage,
    Translator,
    TranslatorState,
)
from undersigned.letters.queries import letter_path, letter_title, public_letter
from undersigned.letters.translating import approving, volunteering
from undersigned.letters.translating.volunteering import worker_of
from undersigned.letters.translating.volunteers import LinkEnded, find, used
from undersigned.website.bench_forms import Outcome, Sent, answer_script, keep_words, read_sent
from undersigned.website.languages import direction, own_name, words_language
from undersigned.website.offer_forms import CreditForm
from undersigned.website.previewing import preview as preview_page
from undersigned.website.previewing import working_words
from undersigned.website.workbench import Source, chosen_source, workbench

type View = Callable[[HttpRequest, Translator], HttpResponse]


def behind_link(*, joined: bool = True) -> Callable[[View], Callable[..., HttpResponse]]:
    """Decorator: finds the volunteer, in the language that they read mail in.

    `joined`: only for those who said yes; others are led to where they may.
    """

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, token: str) -> HttpResponse:
            now = timezone.now()
            try:
                volunteer = find(slug, token, now)
            except LinkEnded:
                return _ended(request, slug)
            if request.method == "POST":
                used(volunteer, now)
            with translation.override(words_language(volunteer.reads_in)):
                if joined and volunteer.state != TranslatorState.JOINED:
                    return go_to(request, "volunteer")
                return view(request, volunteer)

        return guarded

    return decorate


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(joined=False)
def show(request: HttpRequest, volunteer: Translator) -> HttpResponse:
    """Before they join, what it is about; afterwards the workbench. POST: words that they typed."""
    if volunteer.state != TranslatorState.JOINED:
        return _ask(request, volunteer, CreditForm())
    if request.method != "POST":
        return _bench(request, volunteer)
    letter, language = volunteer.letter, volunteer.language
    # What is public is translated here; drafts of the next edition are the organisers'.
    sent = replace(read_sent(request.POST), of="")
    outcome = keep_words(letter, language, sent, worker_of(volunteer))
    if sent.by_itself:
        return answer_script(letter, language, sent, outcome)
    if not outcome.is_fine:
        return _bench(request, volunteer, sent, outcome)
    if sent.then == "hand-in":
        return go_to(request, "volunteer-hand-in")
    return go_to(request, "volunteer", outcome.query + outcome.anchor)


@require_POST
@behind_link(joined=False)
def join(request: HttpRequest, volunteer: Translator) -> HttpResponse:
    form = CreditForm(request.POST)
    if not form.is_valid():
        return _ask(request, volunteer, form, status=422)
    # Pressed twice, or taken back at this moment: the page says which.
    with contextlib.suppress(LinkEnded):
        volunteering.join(volunteer, form.cleaned_data["credit"])
    return go_to(request, "volunteer")


@require_safe
@behind_link()
def preview(request: HttpRequest, volunteer: Translator) -> HttpResponse:
    letter, language = volunteer.letter, volunteer.language
    words = working_words(letter, language, _source(volunteer).text)
    return preview_page(request, letter, words, language)


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link()
def hand_in(request: HttpRequest, volunteer: Translator) -> HttpResponse:
    if request.method != "POST":
        return page(request, volunteer, "volunteer_hand_in.html")
    message = request.POST.get("message", "").replace("\0", "")[:2000]
    try:
        approving.hand_in(
            volunteer.letter, volunteer.language, worker=worker_of(volunteer), message=message
        )
    except approving.NothingTranslated:
        sentence = _("Nothing was handed in: there are no new words to read.")
        return page(request, volunteer, "volunteer_hand_in.html", refusal=sentence, status=409)
    return go_to(request, "volunteer")


@require_POST
@behind_link()
def credit(request: HttpRequest, volunteer: Translator) -> HttpResponse:
    form = CreditForm(request.POST)
    if not form.is_valid():
        return _bench(request, volunteer, credit=form)
    volunteering.choose_credit(volunteer, form.cleaned_data["credit"])
    return go_to(request, "volunteer", "#credit")


@require_POST
@behind_link(joined=False)
def leave(request: HttpRequest, volunteer: Translator) -> HttpResponse:
    """No, or no more."""
    try:
        volunteering.leave(volunteer, stay_named="unname" not in request.POST)
    except LinkEnded:
        return _ended(request, volunteer.letter.slug)
    return page(request, volunteer, "volunteer_left.html")


def _source(volunteer: Translator) -> Source:
    return replace(chosen_source(volunteer.letter, ""), has_draft=False)


def _ask(
    request: HttpRequest, volunteer: Translator, form: CreditForm, *, status: int = 200
) -> HttpResponse:
    return page(request, volunteer, "volunteer_asked.html", form=form, status=status)


def _bench(
    request: HttpRequest,
    volunteer: Translator,
    sent: Sent | None = None,
    outcome: Outcome | None = None,
    credit: CreditForm | None = None,
) -> HttpResponse:
    letter, language, asked = volunteer.letter, volunteer.language, request.GET
    row = LetterLanguage.objects.filter(letter=letter, language=language).first()
    waits = row is not None and row.state == LanguageState.SUBMITTED
    return page(
        request,
        volunteer,
        "volunteer.html",
        bench=workbench(
            letter,
            language,
            _source(volunteer),
            only_left=sent.only_left if sent else "left" in asked,
            page=sent.page if sent else asked.get("page"),
            again=outcome.again if outcome else None,
            unknown=[*outcome.unknown.values()] if outcome else (),
        ),
        was_saved=sent is None and "saved" in asked,
        signed_out=_("Not saved: this link works no more. What you typed stays in this page."),
        preview_url=_path(request, "volunteer-preview"),
        files_url=_path(request, "volunteer-files"),
        can_hand_in=True,
        waits=waits,
        sent_back=row.message if row is not None and not waits else "",
        may_review=waits
        and approving.may_approve(letter, language, worker_of(volunteer), is_organiser=False),
        form=credit or CreditForm({"credit": volunteer.credit}),
        status=outcome.status if outcome else 422 if credit else 200,
    )


def page(
    request: HttpRequest, volunteer: Translator, template: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    letter, language = volunteer.letter, words_language(volunteer.reads_in)
    is_public = letter.state in PUBLIC_STATES
    context = {
        "volunteer": volunteer,
        "title": letter_title(letter),
        "team": letter.team.name if letter.team else "",
        "url": letter_path(letter, letter.source_language) if is_public else "",
        "text_language": letter.source_language,
        "text_direction": direction(letter.source_language),
        "source_name": own_name(letter.source_language),
        "target_name": own_name(volunteer.language),
        "language": language,
        "language_direction": direction(language),
        "address": _path(request, "volunteer"),
        **more,
    }
    return render(request, template, context, status=status)


def _ended(request: HttpRequest, slug: str) -> HttpResponse:
    """Nothing that was typed into a page that stood open is lost: it is shown once more."""
    sent = {name: str(text) for name, text in request.POST.items() if name.startswith("w-")}
    typed = [text for text in sent.values() if text.strip()]
    letter = public_letter(slug)
    language = words_language(letter.source_language if letter else "")
    context = {
        "typed": typed,
        "language": language,
        "language_direction": direction(language),
    }
    with translation.override(language):
        return render(request, "volunteer_ended.html", context, status=404)


def go_to(request: HttpRequest, page: str, more: str = "") -> HttpResponse:
    return HttpResponseRedirect(_path(request, page) + more, status=303)


def _path(request: HttpRequest, page: str) -> str:
    match = request.resolver_match
    assert match is not None  # noqa: S101  a view is found by its address
    return reverse(page, kwargs=match.kwargs)
