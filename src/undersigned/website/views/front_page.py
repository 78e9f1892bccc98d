"""The front page: the open letters of this site."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from undersigned.letters.models import Letter, LetterState
from undersigned.letters.queries import letter_words
from undersigned.signatures.counting import read_counts
from undersigned.website.headers import keep
from undersigned.website.languages import DEFAULT, direction, own_name
from undersigned.website.letter_page import LanguageLink, letter_url

EVERYTHING = "*"  # in place of a slug: kept until any letter changes


@require_safe
def show(request: HttpRequest, language: str = DEFAULT) -> HttpResponse:
    """`language`: one of ours; no other has an address here."""
    letters = Letter.objects.filter(state__in=(LetterState.OPEN, LetterState.CLOSED))
    entries = [_entry(letter, language) for letter in letters.order_by("-launched_at", "slug")]
    with translation.override(language):
        response = render(
            request,
            "front.html",
            {
                "open_letters": [entry for entry in entries if entry["is_open"]],
                "closed_letters": [entry for entry in entries if not entry["is_open"]],
                "language": language,
                "language_direction": direction(language),
                "languages": _languages(language),
                "site_url": settings.SITE_URL,
            },
        )
    return keep(response, EVERYTHING, 0)


def _entry(letter: Letter, language: str) -> dict[str, Any]:
    words = letter_words(letter, language)
    return {
        "text": words.translation,
        "text_direction": direction(words.translation.language),
        "url": letter_url(letter, words.translation.language),
        "is_open": letter.state == LetterState.OPEN,
        "is_example": letter.is_example,
        "facilitator": letter.facilitator,
        "counts": read_counts(letter),
    }


def _languages(current: str) -> list[LanguageLink]:
    return [
        LanguageLink(
            code=code,
            name=own_name(code),
            url=reverse("front-language", args=[code]),
            direction=direction(code),
            is_current=code == current,
        )
        for code, _ in settings.LANGUAGES
    ]
