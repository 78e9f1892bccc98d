"""What was published under one letter: every edition, and what it changed."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from undersigned.letters.editions import published_texts
from undersigned.letters.models import Letter, Translation
from undersigned.letters.queries import Words
from undersigned.signatures.counting import read_counts
from undersigned.website.headers import keep
from undersigned.website.languages import words_language
from undersigned.website.letter_page import frame, written_date
from undersigned.website.views.letters import find


@require_safe
def show(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    letter, words, language = find(slug, language)
    editions = published_texts(letter, words.translation.language)
    if len(editions) < 2:
        raise Http404
    with translation.override(words_language(language)):
        context = {
            **_frame(letter, words, language),
            "counts": read_counts(letter),
            "editions": [
                {
                    "edition": one.edition,
                    "published": written_date(one.edition.published_at, language),
                    "hash": bytes(one.edition.manifest_hash).hex(),
                    "text": one.translation,
                    "changed": one.changed,
                    "is_current": one.edition.pk == letter.edition_id,
                }
                for one in editions
            ],
        }
        response = render(request, "editions.html", context)
    return keep(response, letter.slug, letter.revision)


def _frame(letter: Letter, words: Words, language: str) -> dict[str, Any]:
    """With links to those languages that have a history, too."""
    context = frame(letter, words, language, "editions")
    of_letter = Translation.objects.filter(edition__letter=letter).values_list("language")
    several = {code for code, number in of_letter.annotate(Count("pk")) if number > 1}
    context["languages"] = [link for link in context["languages"] if link.code in several]
    return context
