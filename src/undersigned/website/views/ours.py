"""The page behind a link in a mail to an organisation's published contact: is this yours?"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from undersigned.letters.queries import letter_words
from undersigned.signatures.authority.asking_contact import Question, answer, find_question
from undersigned.signatures.authority.domains import shown_domain
from undersigned.signatures.models import State
from undersigned.signatures.rules import STANDING
from undersigned.website.languages import words_language
from undersigned.website.letter_page import frame


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """GET shows; only a deliberate POST answers, and only the first answer counts."""
    question = find_question(slug, token)
    if question is None:
        raise Http404
    if request.method == "POST":
        answer(question, request.POST.get("answer", ""))
        return HttpResponseRedirect(request.path, status=303)
    return _page(request, question)


def _page(request: HttpRequest, question: Question) -> HttpResponse:
    letter, signature = question.letter, question.signature
    language = letter.source_language
    stands = signature.state in STANDING
    with translation.override(words_language(language)):
        context = {
            **frame(letter, letter_words(letter, language), language),
            "domain": shown_domain(question.check.domain),
            "step": question.check.outcome or ("ask" if stands else "over"),
            # Only what is public already: the link may have been passed on.
            "name": signature.name if signature.state == State.LISTED else "",
        }
        return render(request, "ours.html", context)
