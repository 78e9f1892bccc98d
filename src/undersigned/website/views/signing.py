"""Hand in the form, and what to do next. The road in `website.front` does the same, faster."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.letters.models import Letter
from undersigned.letters.queries import Words
from undersigned.signatures.lateness import mail_delay
from undersigned.signatures.signing import SigningClosed, store
from undersigned.vault.seal import SealingKeyMissing
from undersigned.website.desks import open_counter
from undersigned.website.forms import sign_form
from undersigned.website.front.bursts import address_of
from undersigned.website.headers import keep
from undersigned.website.languages import known_language, words_language
from undersigned.website.letter_page import form_context, frame
from undersigned.website.stamps import Stamp, check_stamp
from undersigned.website.views.letters import find


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    if request.method != "POST":  # the address of a form that was handed in, opened anew
        _, _, language = find(slug)
        return HttpResponseRedirect(reverse("sign-page", args=[slug, language]))
    language = request.POST.get("language", "")
    letter, words, language = find(slug, known_language(language) or "")
    with translation.override(words_language(language)):
        try:
            accepted = open_counter(letter).accept(request.POST, address_of(request.META))
            if accepted is None:
                return _show_again(request, letter, words, language)
            row, signed_in = accepted
            store([row])
        except SigningClosed:
            return _refuse(request, letter, words, language, "closed", 409)
        except SealingKeyMissing:
            return _refuse(request, letter, words, language, "paused", 503)
        except DatabaseError:
            return _refuse(request, letter, words, language, "not stored", 503)
    return HttpResponseRedirect(reverse("check-inbox", args=[slug, signed_in]), status=303)


@require_safe
def show(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The form on a page of its own."""
    letter, words, language = find(slug, language)
    with translation.override(words_language(language)):
        context = {
            **frame(letter, words, language, "sign-page"),
            **form_context(letter, language, sign_form(letter), waited=False),
        }
        response = render(request, "sign.html", context)
    return keep(response, letter.slug, letter.revision)


@require_safe
def check_inbox(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """The same page, byte for byte, for everybody who handed in a form."""
    letter, words, language = find(slug, language)
    with translation.override(words_language(language)):
        context = frame(letter, words, language, "check-inbox")
        context["delay"] = mail_delay(timezone.now())
        response = render(request, "check_inbox.html", context)
    return keep(response, letter.slug, letter.revision)


def _show_again(request: HttpRequest, letter: Letter, words: Words, language: str) -> HttpResponse:
    """The form with everything that was typed, and what to do about it."""
    form = sign_form(letter, request.POST)
    form.is_valid()
    advice = {
        Stamp.GOOD: "",
        Stamp.STALE: _(
            "This page was open for more than two hours. "
            "Everything you entered is still here: press “Sign” once more."
        ),
        Stamp.TOO_QUICK: _(
            "That was quicker than people type. Check what you entered, and press “Sign” once more."
        ),
        Stamp.FORGED: _(
            "We could not see that this form came from our page. "
            "Everything you entered is still here: press “Sign” once more."
        ),
    }[check_stamp(letter.pk, request.POST.get("stamp", ""))]
    context = {
        **frame(letter, words, language, "sign-page"),
        **form_context(letter, language, form, waited=True),
        "advice": advice,
    }
    return render(request, "sign.html", context, status=422)


def _refuse(
    request: HttpRequest, letter: Letter, words: Words, language: str, reason: str, status: int
) -> HttpResponse:
    """Nothing was stored; say why, and keep what was typed where trying again makes sense."""
    form = sign_form(letter, request.POST)
    context = {
        **frame(letter, words, language, "sign-page"),
        **form_context(letter, language, form, waited=True),
        "refusal": reason,
    }
    response = render(request, "sign.html", context, status=status)
    if status == 503:
        response.headers["Retry-After"] = "60"
    return response
