"""An update as a mail: plain text, and the same words as a page without pictures or tracking."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from undersigned.letters.languages import words_language
from undersigned.letters.models import Letter, Update
from undersigned.letters.plain_prose import plain_prose
from undersigned.letters.prose import render_prose
from undersigned.letters.queries import letter_path, letter_words
from undersigned.letters.updates import text_for, update_path
from undersigned.mail.circulars import Blanks, Copy, Words, keep_circular
from undersigned.mail.outbox import Mail
from undersigned.signatures.exporting.scripts import writing_of
from undersigned.signatures.signer_links import own_page_url
from undersigned.signatures.unsubscribing import unsubscribe_url


@dataclass(frozen=True)
class Way:
    """The addresses that only one reader has: out of updates, and to their own page."""

    unsubscribe: str
    own: str


@dataclass
class UpdateMails:
    """Writes one update to many: each language is rendered once.

    `is_shown`: there is a page of it to lead to.
    """

    letter: Letter
    update: Update
    is_shown: bool
    _new: Blanks = field(default_factory=Blanks)
    _rendered: dict[str, Mail] = field(default_factory=dict)
    _circulars: dict[str, uuid.UUID] = field(default_factory=dict)

    def copy(self, to: str, language: str, unsubscribe: str, own: str) -> Copy:
        """One reader's copy of what many get, with the secrets of their two addresses."""
        if language not in self._circulars:
            words = Words.of(self._words(language), self._new)
            self._circulars[language] = keep_circular(words)
        return Copy(to, self._circulars[language], (unsubscribe, own))

    def write(self, to: str, language: str, way: Way) -> Mail:
        """For one reader, in the language in which they signed, as far as it is there."""
        words, blanks = self._words(language), self._blanks

        def fill(text: str) -> str:
            return text.replace(blanks.unsubscribe, way.unsubscribe).replace(blanks.own, way.own)

        headers = {name: fill(value) for name, value in words.headers.items()}
        return replace(words, to=to, text=fill(words.text), html=fill(words.html), headers=headers)

    @property
    def _blanks(self) -> Way:
        slug = self.letter.slug
        return Way(
            unsubscribe_url(slug, self._new.blank(0)), own_page_url(slug, self._new.blank(1))
        )

    def _words(self, language: str) -> Mail:
        """To nobody yet, with blanks."""
        if language not in self._rendered:
            self._rendered[language] = self._render(language)
        return self._rendered[language]

    def _render(self, language: str) -> Mail:
        text = text_for(self.update, language)
        words = letter_words(self.letter, language).translation
        ours = words_language(language)
        path = update_path(self.letter, words.language, self.update.number)
        context = {
            "title": text.title,
            "body": render_prose(text.body),
            "plain_body": plain_prose(text.body),
            "text_language": text.language,
            "text_direction": writing_of(text.language).direction,
            "language": ours,
            "direction": writing_of(ours).direction,
            "letter_title": words.title,
            "letter_language": words.language,
            "letter_direction": writing_of(words.language).direction,
            "letter_url": settings.SITE_URL + letter_path(self.letter, words.language),
            "page_url": settings.SITE_URL + path if self.is_shown else "",
            "unsubscribe_url": self._blanks.unsubscribe,
            "own_url": self._blanks.own,
        }
        with translation.override(ours):
            return Mail(
                to="",
                subject=" ".join(text.title.split()),
                text=render_to_string("mail/update.txt", context).rstrip("\n") + "\n",
                html=render_to_string("mail/update.html", context),
                language=text.language,
                headers={
                    "List-Id": f"<{self.letter.slug}.updates.{_host()}>",
                    "List-Unsubscribe": f"<{self._blanks.unsubscribe}>",
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                },
            )


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
