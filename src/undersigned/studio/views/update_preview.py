"""What an update looks like in a reader's mail, and a test mail to whoever writes it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from undersigned.letters.models import Letter, Update
from undersigned.signatures.trying_updates import sample, send_test
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.updates_in_view import find_update, not_published
from undersigned.studio.writing import frames_allowed
from undersigned.teams.rules import Act
from undersigned.website.languages import direction, own_name

_STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)


@require_safe
@letter_page(Act.SEND_UPDATES)
def show(request: StudioRequest, letter: Letter, number: int) -> HttpResponse:
    """As a page and as plain text, in one of its languages."""
    update = find_update(letter, number)
    if letter.edition_id is None:
        messages.error(request, not_published())
        return redirect("studio-update", letter.slug, number)
    languages = _languages(update)
    language = _known(request.GET.get("language"), languages)
    here = reverse("studio-update-preview", args=[letter.slug, number])
    written = sample(update, language, request.user.email)
    context = {
        "update": update,
        "mail": written,
        "language": language,
        "direction": direction(language),
        "tabs": [
            {
                "label": own_name(code),
                "url": f"{here}?language={code}",
                "is_current": code == language,
            }
            for code in languages
        ],
        "mail_url": reverse("studio-update-mail", args=[letter.slug, number, language]),
    }
    page = show_page(request, "update_preview.html", context, letter=letter, part="updates")
    return frames_allowed(page)


@require_safe
@letter_page(Act.SEND_UPDATES)
def mail(request: StudioRequest, letter: Letter, number: int, language: str) -> HttpResponse:
    """The mail's own page, for the frame: nothing of it can act, or lead out of it."""
    update = find_update(letter, number)
    if letter.edition_id is None:
        raise Http404
    language = _known(language, _languages(update))
    html = sample(update, language, request.user.email).html
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {_hash_of_style(html)}; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'; sandbox"
    )
    return response


@require_POST
@letter_page(Act.SEND_UPDATES)
def test(request: StudioRequest, letter: Letter, number: int) -> HttpResponse:
    update = find_update(letter, number)
    if letter.edition_id is None:
        messages.error(request, not_published())
        return redirect("studio-update", letter.slug, number)
    language = _known(request.POST.get("language"), _languages(update))
    send_test(update, language, request.user.email)
    say_done(
        request,
        _("A test is on its way to %(address)s. Its links to unsubscribe lead nowhere.")
        % {"address": request.user.email},
    )
    here = reverse("studio-update-preview", args=[letter.slug, number])
    return redirect(f"{here}?language={language}")


def _known(language: str | None, languages: Sequence[str]) -> str:
    """The one that is asked for if it is there, or else the first."""
    return next((code for code in languages if code == language), languages[0])


def _languages(update: Update) -> list[str]:
    """The letter's own first."""
    source = update.letter.source_language
    codes = {text.language for text in update.texts.all()}
    return sorted(codes, key=lambda code: (code != source, code))


def _hash_of_style(html: str) -> str:
    """For a policy that lets this one style sheet in (CSP level 3)."""
    style = _STYLE.search(html)
    digest = hashlib.sha256(style[1].encode() if style else b"").digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
