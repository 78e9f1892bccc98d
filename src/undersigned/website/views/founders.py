"""The letter under embargo: read, signed and watched by whoever has the private link."""

from __future__ import annotations

import hmac

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.letters.gathering import exit_begins
from undersigned.letters.models import PUBLIC_STATES, Letter, LetterState
from undersigned.letters.queries import Words, letter_words
from undersigned.letters.time_zones import say_hour
from undersigned.signatures.lateness import mail_delay
from undersigned.signatures.signatories import first_signatories
from undersigned.signatures.signing import SigningClosed, store
from undersigned.vault.seal import SealingKeyMissing
from undersigned.website.desks import open_counter
from undersigned.website.forms import SignForm, sign_form
from undersigned.website.languages import known_language, words_language
from undersigned.website.letter_page import form_context, frame


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The text, the form, and who signed so far. After the launch: the public page."""
    letter = _find(slug, key)
    if letter.state in PUBLIC_STATES:
        return redirect("letter-source", letter.slug)
    words, language = _words(request, letter)
    with translation.override(words_language(language)):
        if request.method == "POST":
            return _sign(request, letter, words, language)
        return _page(request, letter, words, language, sign_form(letter))


@require_safe
def check_inbox(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    letter = _find(slug, key)
    words, language = _words(request, letter)
    with translation.override(words_language(language)):
        context = {**frame(letter, words, language), "delay": mail_delay(timezone.now())}
        return _private(render(request, "check_inbox.html", context))


def _find(slug: str, key: str) -> Letter:
    """Compared in constant time: the key stands as it is in the letter's row."""
    letter = (
        Letter.objects.select_related("edition")
        .filter(slug=slug, edition__isnull=False)
        .exclude(state=LetterState.DRAFT)
        .exclude(founders_key="")
        .first()
    )
    if letter is None or not hmac.compare_digest(letter.founders_key.encode(), key.encode()):
        raise Http404
    return letter


def _words(request: HttpRequest, letter: Letter) -> tuple[Words, str]:
    asked = request.POST.get("language", "") or request.GET.get("language", "")
    words = letter_words(letter, asked or letter.source_language)
    translated = asked if asked in words.languages else ""
    return words, translated or known_language(asked) or letter.source_language


def _sign(request: HttpRequest, letter: Letter, words: Words, language: str) -> HttpResponse:
    form = sign_form(letter, request.POST)
    try:
        accepted = open_counter(letter, for_founders=True).accept(request.POST)
        if accepted is None:
            form.is_valid()
            return _page(request, letter, words, language, form, status=422)
        store([accepted[0]])
    except SigningClosed:
        return _page(request, letter, words, language, form, status=409)
    except (SealingKeyMissing, DatabaseError):
        return _page(request, letter, words, language, form, status=503)
    inbox = reverse("founders-inbox", args=[letter.slug, letter.founders_key])
    return HttpResponseRedirect(inbox, status=303)


def _page(
    request: HttpRequest,
    letter: Letter,
    words: Words,
    language: str,
    form: SignForm,
    *,
    status: int = 200,
) -> HttpResponse:
    begins = exit_begins(letter)
    context = {
        **frame(letter, words, language),
        **form_context(letter, language, form, waited=form.is_bound),
        "founders_url": reverse("founders", args=[letter.slug, letter.founders_key]),
        "founders": first_signatories(letter, language),
        "launch": letter.launch_at and say_hour(letter.launch_at, letter.time_zone),
        "exit_begins": begins and say_hour(begins, letter.time_zone),
        "not_stored": status == 503,
    }
    return _private(render(request, "founders.html", context, status=status))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
