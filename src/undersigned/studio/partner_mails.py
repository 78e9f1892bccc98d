"""The mail to somebody who confirmed a partner's key alone, in case it was not them."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from undersigned.letters.models import Partner
from undersigned.letters.queries import letter_title


def confirmed_alone(partner: Partner, language: str) -> dict[str, str]:
    """Its `subject` and `text`."""
    letter = partner.letter
    words = {
        "partner": partner.name,
        "title": letter_title(letter),
        "url": settings.SITE_URL + reverse("studio-partner", args=[letter.slug, partner.slug]),
    }
    with translation.override(language):
        return {
            "subject": _("You alone confirmed the key of %(partner)s") % words,
            "text": render_to_string("studio/mail/key_confirmed_alone.txt", words),
        }
