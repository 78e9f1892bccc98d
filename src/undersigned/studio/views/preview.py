"""The page that a draft becomes: the real one, inside the studio, where nothing can be sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from undersigned.letters.drafting import words_in
from undersigned.letters.models import Letter, Translation
from undersigned.letters.queries import Words
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.teams.rules import Act
from undersigned.website.previewing import preview


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
    return preview(request, letter, words, language)
