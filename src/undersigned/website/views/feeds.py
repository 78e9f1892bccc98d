"""A letter's updates as feeds: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from undersigned.letters.models import Letter
from undersigned.letters.prose import render_prose
from undersigned.website.headers import keep
from undersigned.website.letter_page import letter_url
from undersigned.website.updates import shown_updates
from undersigned.website.views.letters import find

# What XML cannot hold (XML 1.0, section 2.2), however it is escaped.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
MOST = 50


@require_safe
def atom(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    letter, words, language = find(slug, language)
    updates = shown_updates(letter, language)[:MOST]
    context = {
        "letter": letter,
        "title": words.translation.title,
        "language": words.translation.language,
        "site_url": settings.SITE_URL,
        "home_url": letter_url(letter, language),
        "feed_url": reverse("updates-atom", args=[slug, language]),
        "changed_at": max((one.changed_at for one in updates), default=letter.created_at),
        "updates": [(one, render_prose(one.body)) for one in updates],
    }
    xml = _NO_XML.sub("", render_to_string("updates.xml", context))
    return _open(HttpResponse(xml, content_type="application/atom+xml; charset=utf-8"), letter)


@require_safe
def json(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    letter, words, language = find(slug, language)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": words.translation.title,
        "home_page_url": settings.SITE_URL + letter_url(letter, language),
        "feed_url": settings.SITE_URL + reverse("updates-json", args=[slug, language]),
        "language": words.translation.language,
        "items": [
            {
                "id": f"urn:uuid:{one.id}",
                "url": settings.SITE_URL + one.url,
                "title": one.title,
                "content_html": render_prose(one.body),
                "date_published": one.published_at.isoformat(),
                "date_modified": one.changed_at.isoformat(),
                "language": one.language,
            }
            for one in shown_updates(letter, language)[:MOST]
        ],
    }
    return _open(JsonResponse(feed, content_type="application/feed+json"), letter)


def _open(response: HttpResponse, letter: Letter) -> HttpResponse:
    """For readers on any site."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return keep(response, letter.slug, letter.revision)
