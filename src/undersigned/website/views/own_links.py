"""Which letters did I sign here? The links are mailed; whoever asks gets the same answer.

From an update too: its link names no address, and mails its reader a link to their own page.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.letters.queries import letter_words
from undersigned.signatures.asking import TooManyAsk, ask_for_links, ask_from_update
from undersigned.signatures.models import Signature
from undersigned.teams.installation import INSTALLATION
from undersigned.vault.seal import SealingKeyMissing
from undersigned.website.languages import direction, words_language
from undersigned.website.letter_page import frame
from undersigned.website.stamps import Stamp, check_stamp, make_stamp
from undersigned.website.typed import Line, TypedForm
from undersigned.website.views import errors
from undersigned.website.views.letters import find


class AddressForm(TypedForm):
    """Where the links are to go."""

    email = Line()


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, language: str) -> HttpResponse:
    with translation.override(language):
        if request.method == "POST":
            return _take(request, language)
        return _page(request, language, AddressForm())


def _take(request: HttpRequest, language: str) -> HttpResponse:
    form = AddressForm(request.POST)
    is_ours = check_stamp(INSTALLATION, request.POST.get("stamp", "")) is Stamp.GOOD
    if not is_ours and form.is_valid():
        # Too quick, too slow, or from elsewhere: whoever typed it sends it once more.
        advice = _("Everything you entered is still here: press the button once more.")
        return _page(request, language, form, advice=advice, status=422)
    if not form.is_valid():
        return _page(request, language, form, status=422)
    try:
        ask_for_links(form.cleaned_data["email"], language)
    except (SealingKeyMissing, TooManyAsk):
        return errors.unavailable(request)
    return HttpResponseRedirect(reverse("links-sent", args=[language]), status=303)


@require_safe
def sent(request: HttpRequest, language: str) -> HttpResponse:
    with translation.override(language):
        return render(request, "links_sent.html", _frame(language))


def by_mail(request: HttpRequest, reader: Signature) -> HttpResponse:
    """Behind an update: a button that mails its reader a link to their own page, and no more."""
    language = words_language(reader.language)
    if request.method == "POST":
        ask_from_update(reader.pk)
        return HttpResponseRedirect(reverse("links-sent", args=[language]), status=303)
    with translation.override(language):
        context = {
            **frame(reader.letter, letter_words(reader.letter, reader.language), reader.language),
            "has_address": reader.sealed_address is not None,
        }
        return render(request, "own_link_by_mail.html", context)


def unknown(request: HttpRequest, slug: str) -> HttpResponse:
    """No such link of a signer's own: a slip in copying it, or everything behind it was erased."""
    letter, words, language = find(slug)
    with translation.override(words_language(language)):
        context = frame(letter, words, language)
        return render(request, "unknown_own_link.html", context, status=404)


def _page(
    request: HttpRequest, language: str, form: AddressForm, *, advice: str = "", status: int = 200
) -> HttpResponse:
    context = {
        **_frame(language),
        "form": form,
        "advice": advice,
        "stamp": make_stamp(INSTALLATION, waited=form.is_bound),
    }
    return render(request, "own_links.html", context, status=status)


def _frame(language: str) -> dict[str, Any]:
    return {"language": language, "language_direction": direction(language)}
