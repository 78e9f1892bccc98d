"""The signer's page behind a link in a notice: renew under the new text, or leave."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from undersigned.letters.models import Letter
from undersigned.letters.queries import letter_words
from undersigned.signatures.leaving import leave
from undersigned.signatures.models import SignerLink, State
from undersigned.signatures.renewing import renew
from undersigned.signatures.rules import Details
from undersigned.vault.open import CannotOpen
from undersigned.vault.tokens import TOKEN_SHAPE, hash_token, open_under_token
from undersigned.website.languages import known_language, words_language
from undersigned.website.letter_page import frame


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """GET shows; only a deliberate POST changes anything, and twice is as once."""
    link = _find_link(slug, token)
    if request.method == "POST":
        if request.POST.get("choice") == "renew":
            renew(token)
        elif request.POST.get("choice") == "leave":
            leave(token)
        return HttpResponseRedirect(request.path, status=303)
    return _page(request, link, token)


def _find_link(slug: str, token: str) -> SignerLink:
    found = None
    if TOKEN_SHAPE.fullmatch(token):
        found = (
            SignerLink.objects.filter(token_hash=hash_token(token), signature__letter__slug=slug)
            .select_related("signature__letter__edition", "signature__edition")
            .first()
        )
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, link: SignerLink, token: str) -> HttpResponse:
    signature = link.signature
    letter = signature.letter
    language = known_language(signature.language) or letter.source_language
    sealed = bytes(link.sealed_details)
    try:
        details = Details(**json.loads(open_under_token(token, signature.id, "link", sealed)))
    except CannotOpen:
        raise Http404 from None
    with translation.override(words_language(language)):
        context = {
            **frame(letter, letter_words(letter, language), language),
            "details": details,
            "signature": signature,
            "step": _step(link, letter),
            "note": letter.edition.note if letter.edition else "",
        }
        return render(request, "yours.html", context)


def _step(link: SignerLink, letter: Letter) -> str:
    """`renew`, `stay`, `withdrawn`, `expired` or `over`: what there is to say and to choose."""
    signature = link.signature
    if signature.state == State.WITHDRAWN:
        return "withdrawn"
    if signature.state not in (State.CONFIRMED, State.LISTED):
        return "over"
    if link.expires_at <= timezone.now():
        return "expired"
    assert letter.edition is not None  # noqa: S101  somebody signed one
    is_behind = signature.edition.text_number < letter.edition.text_number
    return "renew" if is_behind and letter.takes_signatures(timezone.now()) else "stay"
