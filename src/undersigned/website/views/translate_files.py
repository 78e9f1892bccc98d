"""Files for a volunteer's own tools, behind their link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from undersigned.letters.models import Translator
from undersigned.letters.translating.volunteering import worker_of
from undersigned.letters.translating.working import source_text
from undersigned.website.exchanging import download, receive
from undersigned.website.languages import direction
from undersigned.website.views.volunteering import behind_link, page


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link()
def files(request: HttpRequest, volunteer: Translator) -> HttpResponse:
    letter, language = volunteer.letter, volunteer.language
    if "as" in request.GET:
        # What is public is translated here; drafts of the next edition are the organisers'.
        return download(letter, language, source_text(letter), request.GET["as"])
    exchange = None
    if request.method == "POST":
        exchange = receive(request, letter, language, worker_of(volunteer))
    return page(
        request,
        volunteer,
        "volunteer_files.html",
        exchange=exchange,
        source_language=letter.source_language,
        source_direction=direction(letter.source_language),
        words_language=language,
        words_direction=direction(language),
        status=exchange.status if exchange else 200,
    )
