"""A letter by a partner's link: the same page, with the partner's box and its count."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from undersigned.letters.queries import letter_path
from undersigned.website import letter_page
from undersigned.website.headers import keep
from undersigned.website.languages import words_language
from undersigned.website.views.letters import find


@require_safe
def show(request: HttpRequest, slug: str, language: str, partner: str) -> HttpResponse:
    """Once a partner has ended, its link leads to the letter all the same."""
    letter, words, language = find(slug, language)
    found = letter.partners.filter(slug=partner).first()
    if found is None:
        raise Http404
    if found.ended_at is not None:
        return HttpResponseRedirect(letter_path(letter, language))
    with translation.override(words_language(language)):
        context = letter_page.page(letter, words, language, via=found)
        context["languages"] = [
            replace(one, url=reverse("with-partner", args=[slug, one.code, partner]))
            for one in context["languages"]
        ]
        response = render(request, "letter.html", context)
    return keep(response, letter.slug, letter.revision)
