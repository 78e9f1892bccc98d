"""The page that a draft becomes: the real one, inside the studio, where nothing can be sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from undersigned.letters.drafting import words_in
from undersigned.letters.models import Letter, LetterState, Translation
from undersigned.letters.queries import Words
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.teams.rules import Act
from undersigned.website import letter_page as public_page
from undersigned.website.languages import words_language

# No script, no form that could be sent, no way out of the frame; style sheets and logo as always.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)


@require_safe
@letter_page(Act.WRITE)
def show(request: StudioRequest, letter: Letter) -> HttpResponse:
    language = letter.source_language
    drafted, _ = words_in(letter, language)
    words = Words(
        translation=Translation(**{**drafted, "language": language}),
        translated=True,
        languages=(language,),
    )
    with translation.override(words_language(language)):
        context = public_page.page(_as_if_open(letter), words, language)
        response = render(request, "letter.html", context)
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def _as_if_open(letter: Letter) -> Letter:
    """The row as it will be on the day of its launch; never saved."""
    if letter.state in {LetterState.DRAFT, LetterState.GATHERING}:
        letter.state = LetterState.OPEN
        letter.launched_at = letter.launch_at or timezone.now()
        letter.sealing_key = letter.sealing_key or bytes(32)
    return letter
