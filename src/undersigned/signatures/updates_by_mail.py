"""An update as a mail: plain text, and the same words as a page without pictures or tracking."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
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


@dataclass
class UpdateMails:
    """Writes one update to many: each language is rendered once.

    `is_shown`: there is a page of it to lead to.
    """

    letter: Letter
    update: Update
    is_shown: bool
    _blanks: Blanks = field(default_factory=Blanks)
    _circulars: dict[str, uuid.UUID] = field(default_factory=dict)

    def copy(self, to: str, language: str, token: str) -> Copy:
        """One reader's copy of what many get, in the language in which they signed.

        `token`: the reader's own (`unsubscribing`). Updates are passed on to friends: so it ends
        updates, and has a link to their own page mailed to the reader, and opens nothing itself.
        """
        if language not in self._circulars:
            self._circulars[language] = keep_circular(self._words(language))
        return Copy(to, self._circulars[language], (token,))

    def mail(self, to: str, language: str, token: str) -> Mail:
        """The same as a whole mail, of which nothing is kept."""
        return self._words(language).mail(to, (token,))

    def _words(self, language: str) -> Words:
        return Words.of(self._render(language), self._blanks)

    def _render(self, language: str) -> Mail:
        """To nobody, with a blank for the token."""
        text = text_for(self.update, language)
        words = letter_words(self.letter, language).translation
        ours = words_language(language)
        path = update_path(self.letter, words.language, self.update.number)
        unsubscribe = unsubscribe_url(self.letter.slug, self._blanks.blank(0))
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
            "unsubscribe_url": unsubscribe,
            "own_url": own_page_url(self.letter.slug, self._blanks.blank(0)),
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
                    "List-Unsubscribe": f"<{unsubscribe}>",
                    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                },
            )


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
