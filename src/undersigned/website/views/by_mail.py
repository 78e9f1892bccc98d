"""How to sign by mail, for those whose web is blocked: to be read here and passed on."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from undersigned.signatures.receiving.labels import Field, written, yes
from undersigned.signatures.receiving.prepared import prepared_message
from undersigned.website.headers import keep
from undersigned.website.languages import words_language
from undersigned.website.letter_page import frame, kept_until
from undersigned.website.views.letters import find


@require_safe
def show(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    letter, words, language = find(slug, language)
    with translation.override(words_language(language)):
        message = prepared_message(letter, words.translation.title)
        if message is None:
            raise Http404
        context = {
            **frame(letter, words, language, "by-mail"),
            "message": message,
            "publish": written(Field.PUBLISH),
            "organisation": written(Field.ORGANISATION),
            "yes": yes(),
            "kept_until": kept_until(letter, language),
        }
        response = render(request, "by_mail.html", context)
    return keep(response, letter.slug, letter.revision)
