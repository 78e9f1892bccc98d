"""The page behind the way out that stands in every update: a button, or one click (RFC 8058)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from undersigned.letters.models import Letter
from undersigned.letters.queries import letter_words
from undersigned.signatures.models import Signature
from undersigned.signatures.unsubscribing import find_subscriber, unsubscribe
from undersigned.website.languages import words_language
from undersigned.website.letter_page import frame
from undersigned.website.views import own_links

_ONE_CLICK = ("List-Unsubscribe", "One-Click")


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """GET shows; only a POST changes anything, from a person or from their mail program."""
    reader = find_subscriber(slug, token)
    if reader is None:
        return own_links.unknown(request, slug)
    if request.method == "POST":
        unsubscribe(reader)
        if request.POST.get(_ONE_CLICK[0]) == _ONE_CLICK[1]:
            # Mail programs follow no redirects, and show nobody what they are told.
            return HttpResponse(content_type="text/plain")
        return HttpResponseRedirect(request.path, status=303)
    return _page(request, reader)


def _page(request: HttpRequest, reader: Signature) -> HttpResponse:
    letter: Letter = reader.letter
    with translation.override(words_language(reader.language)):
        words = letter_words(letter, reader.language)
        context = {**frame(letter, words, reader.language), "gets_updates": reader.consent_updates}
        return render(request, "unsubscribe.html", context)
