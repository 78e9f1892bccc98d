"""The list of signatories: filter and paging, at addresses that stay."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from undersigned.letters.places import country_choices
from undersigned.signatures.counting import read_counts
from undersigned.signatures.figures import shown_countries_of
from undersigned.signatures.models import Kind
from undersigned.signatures.paper import names_on_paper
from undersigned.signatures.signatories import find_signatories
from undersigned.website.headers import keep
from undersigned.website.languages import words_language
from undersigned.website.letter_page import frame, withdrawn_in_view
from undersigned.website.views.letters import find

WORDS_LENGTH = 100


@require_safe
def show(request: HttpRequest, slug: str, language: str = "") -> HttpResponse:
    letter, words, language = find(slug, language)
    query = " ".join(request.GET.get("q", "").replace("\0", "").split())[:WORDS_LENGTH]
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    # Only of those who appear: a filter must not say that somebody in a country signed in silence.
    present = set(shown_countries_of(letter))
    country = request.GET.get("country", "")
    country = country if country in present else ""
    page = find_signatories(
        letter,
        language,
        words=query,
        kind=kind,
        country=country,
        number=_number(request.GET.get("page", "")),
    )
    filters = {"q": query, "kind": kind, "country": country}
    kept = {name: value for name, value in filters.items() if value}
    with translation.override(words_language(language)):
        response = render(
            request,
            "signatories.html",
            {
                **frame(letter, words, language, "signatures"),
                "page": page,
                "filters": filters,
                "is_filtered": bool(kept),
                "countries": [
                    choice for choice in country_choices(language) if choice[0] in present
                ],
                "counts": (counts := read_counts(letter)),
                "on_paper": names_on_paper(letter, language)
                if counts.paper and not kept and page.number == 1
                else [],
                "withdrawn": [] if kept else withdrawn_in_view(letter, language),
                "previous": "?" + urlencode({**kept, "page": page.number - 1}),
                "next": "?" + urlencode({**kept, "page": page.number + 1}),
            },
        )
    return keep(response, letter.slug, letter.revision)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
