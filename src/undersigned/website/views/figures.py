"""A letter's figures for everybody: how it grew, and where signatures come from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from undersigned.signatures.counting import read_counts
from undersigned.signatures.figures import listed_by_day, shown_countries_of
from undersigned.website.headers import keep
from undersigned.website.languages import words_language
from undersigned.website.letter_page import frame
from undersigned.website.plots.periods import days_of
from undersigned.website.views.letters import find


@require_safe
def show(request: HttpRequest, slug: str, language: str = "") -> HttpResponse:
    letter, words, language = find(slug, language)
    # Up to the last signature: the page is kept until another one comes, not until midnight.
    days = days_of(listed_by_day(letter))
    countries = shown_countries_of(letter)
    with translation.override(words_language(language)):
        response = render(
            request,
            "figures.html",
            {
                **frame(letter, words, language, "figures"),
                "counts": read_counts(letter),
                "days": days,
                "countries": countries,
                "unseen": (days.total if days else 0) - countries.total(),
            },
        )
    return keep(response, letter.slug, letter.revision)
