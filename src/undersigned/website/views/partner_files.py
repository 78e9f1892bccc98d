"""The page behind the link that a partner is mailed: fetch the file that waits. No account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from undersigned.signatures.telling_partners import ACTOR, partner_behind, waiting_file
from undersigned.website.handing_out import hand_out
from undersigned.website.languages import words_language
from undersigned.website.letter_page import frame
from undersigned.website.views.letters import find


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """GET shows: whatever looks through mail fetches nothing. A POST hands the file out."""
    letter, words, language = find(slug)
    partner = partner_behind(slug, token)
    file = waiting_file(partner) if partner else None
    if request.method == "POST" and partner and file:
        response = hand_out(request, file, partner, actor=ACTOR)
        if response is not None:
            return response
        file = None  # it went a moment ago
    with translation.override(words_language(language)):
        context = {**frame(letter, words, language), "partner": partner, "file": file}
        status = 200 if partner else 404
        return render(request, "partner_file.html", context, status=status)
