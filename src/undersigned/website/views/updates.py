"""A letter's updates for everybody: the list, and each by itself."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from undersigned.website.headers import keep
from undersigned.website.languages import words_language
from undersigned.website.letter_page import frame
from undersigned.website.updates import shown_updates
from undersigned.website.views.letters import find


@require_safe
def show(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    letter, words, language = find(slug, language)
    updates = shown_updates(letter, language)
    if not updates:
        raise Http404
    with translation.override(words_language(language)):
        context = {**frame(letter, words, language, "updates"), "updates": updates}
        response = render(request, "updates.html", context)
    return keep(response, letter.slug, letter.revision)


@require_safe
def one(request: HttpRequest, slug: str, language: str, number: str) -> HttpResponse:
    letter, words, language = find(slug, language)
    address = reverse("update", args=[slug, language, number])
    update = next((one for one in shown_updates(letter, language) if one.url == address), None)
    if update is None:
        raise Http404
    with translation.override(words_language(language)):
        context = {**frame(letter, words, language, "updates"), "update": update}
        context["languages"] = [
            replace(link, url=reverse("update", args=[slug, link.code, number]))
            for link in context["languages"]
        ]
        response = render(request, "update.html", context)
    return keep(response, letter.slug, letter.revision)
