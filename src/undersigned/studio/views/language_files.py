"""Files of a letter in one language for translators' own tools."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from undersigned.letters.models import Letter
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.studio.views.language import around_language, begun_or_404, worker_of
from undersigned.teams.rules import Act
from undersigned.website.exchanging import download, receive
from undersigned.website.languages import direction
from undersigned.website.workbench import chosen_source


@require_http_methods(["GET", "HEAD", "POST"])
@letter_page(Act.TRANSLATE)
def files(request: StudioRequest, letter: Letter, language: str) -> HttpResponse:
    """Hand a file out, look through one that came back, take it in."""
    row = begun_or_404(letter, language)
    source = chosen_source(letter, request.GET.get("of", ""))
    if "as" in request.GET:
        return download(letter, language, source.text, request.GET["as"])
    exchange = None
    if request.method == "POST":
        exchange = receive(request, letter, language, worker_of(request), with_draft=True)
    context = {
        **around_language(letter, row),
        "exchange": exchange,
        "has_draft": source.has_draft,
        "source_language": letter.source_language,
        "source_direction": direction(letter.source_language),
        "words_language": language,
        "words_direction": direction(language),
        "back": reverse("studio-language", args=[letter.slug, language]),
    }
    status = exchange.status if exchange else 200
    return show(
        request, "language_files.html", context, letter=letter, part="languages", status=status
    )
