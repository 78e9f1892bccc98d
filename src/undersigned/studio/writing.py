"""What the pages about a letter's text have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from undersigned.letters.models import Letter
from undersigned.website.headers import CONTENT_SECURITY_POLICY
from undersigned.website.languages import direction, own_name


def around_text(letter: Letter) -> dict[str, Any]:
    """The letter's own language, in which fields and differences stand; the preview's address."""
    return {
        "text_language": letter.source_language,
        "text_direction": direction(letter.source_language),
        "text_language_name": own_name(letter.source_language),
        "preview_url": reverse("studio-text-preview", args=[letter.slug]),
    }


def text_tabs(letter: Letter, current: str) -> list[dict[str, Any]]:
    """Writing, and the history of it."""
    tabs = (("studio-text", _("Write")), ("studio-text-history", _("History")))
    return [
        {"label": label, "url": reverse(name, args=[letter.slug]), "is_current": name == current}
        for name, label in tabs
    ]


def frames_allowed(response: HttpResponse) -> HttpResponse:
    """Let a page show another one of ours inside itself."""
    response.headers["Content-Security-Policy"] = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return response
