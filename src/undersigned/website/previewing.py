"""The page that words become: the real one, where nothing can be sent."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from undersigned.letters.drafting import as_text, as_words
from undersigned.letters.models import Letter, LetterState, Translation
from undersigned.letters.publishing import Text
from undersigned.letters.queries import Words
from undersigned.letters.translating.assembling import Kept, assemble
from undersigned.letters.translating.crediting import credits_when_public
from undersigned.letters.translating.working import wordings_of
from undersigned.website import letter_page
from undersigned.website.languages import words_language

# No script, no form that could be sent, no way out of the frame; style sheets and logo as always.
_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)


def preview(request: HttpRequest, letter: Letter, words: Words, language: str) -> HttpResponse:
    """A letter's page with words that are not public."""
    with translation.override(words_language(language)):
        context = letter_page.page(_as_if_open(letter), words, language)
        response = render(request, "letter.html", {**context, "is_preview": True})
    response.headers["Content-Security-Policy"] = _POLICY
    return response


def working_words(letter: Letter, language: str, source: Text) -> Words:
    """What is being worked on in a language, with the source's words where there is nothing yet."""
    published = {
        one.language: as_text(as_words(one))
        for one in Translation.objects.filter(edition=letter.edition_id)
    }
    before, before_source = published.get(language), published.get(letter.source_language)
    assembled = assemble(
        source,
        language,
        wordings_of(letter, language),
        approved=False,
        kept=Kept(before, before_source) if before and before_source else None,
        named=credits_when_public(letter, language),
    )
    languages = {*published, language} - {letter.source_language}
    return Words(
        translation=Translation(**asdict(assembled.text), behind=assembled.behind),
        translated=True,
        languages=(letter.source_language, *sorted(languages)),
    )


def _as_if_open(letter: Letter) -> Letter:
    """The row as it will be on the day of its launch; never saved."""
    if letter.state in {LetterState.DRAFT, LetterState.GATHERING}:
        letter.state = LetterState.OPEN
        letter.launched_at = letter.launch_at or timezone.now()
        letter.sealing_key = letter.sealing_key or bytes(32)
    return letter
