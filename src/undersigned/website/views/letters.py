"""A letter's page and its count."""

from __future__ import annotations

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from undersigned.letters.models import Letter
from undersigned.letters.queries import Words, letter_path, letter_words, public_letter
from undersigned.signatures.counting import read_counts
from undersigned.website import letter_page
from undersigned.website.headers import keep
from undersigned.website.languages import known_language, words_language
from undersigned.website.negotiating import best_language


@require_safe
def show(request: HttpRequest, slug: str, language: str = "") -> HttpResponse:
    letter, words, found = find(slug, language)
    languages = () if language else words.languages
    if len(languages) > 1:
        best = best_language(request.headers.get("Accept-Language", ""), languages)
        if best != found:
            return _in_language(request, letter, best, languages)
    with translation.override(words_language(found)):
        response = render(request, "letter.html", letter_page.page(letter, words, found))
    return keep(response, letter.slug, letter.revision, languages)


def _in_language(
    request: HttpRequest, letter: Letter, language: str, languages: tuple[str, ...]
) -> HttpResponse:
    """On to the language that the visitor reads best. Nobody may keep this answer for others."""
    query = request.META.get("QUERY_STRING", "")
    path = letter_path(letter, language)
    response = HttpResponseRedirect(f"{path}?{query}" if query else path)
    keep(response, letter.slug, letter.revision, languages)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def count(request: HttpRequest, slug: str) -> HttpResponse:
    letter, _, _ = find(slug)
    counts = read_counts(letter)
    response = JsonResponse(
        {
            "total": counts.total,
            "on_paper": counts.paper,
            "organisations": counts.organisations,
            "individuals": counts.people,
            "countries": counts.countries,
        }
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return keep(response, letter.slug, letter.revision)


def find(slug: str, language: str = "") -> tuple[Letter, Words, str]:
    """A public letter and its words for a language; raises Http404.

    A language is served if the letter has it, or else the product's own words do: then the form
    and the labels are in it, and the letter stands in its own language with a sentence about it.
    """
    letter = public_letter(slug)
    if letter is None:
        raise Http404
    language = language or letter.source_language
    words = letter_words(letter, language)
    if not words.translated and known_language(language) is None:
        raise Http404
    return letter, words, language
